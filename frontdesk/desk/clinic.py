"""Setting the clinic up, and changing it later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from frontdesk.desk.context import Context, clinic_of
from frontdesk.domain.clinic import Clinic
from frontdesk.store import clinic as clinic_rows

if TYPE_CHECKING:
    from frontdesk.domain.setup import ClinicSpec
    from frontdesk.domain.setup_plan import SetupResult


class ClinicDesk:
    """The clinic as it is set up, read and changed as a whole."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def load(self) -> Clinic | None:
        """The clinic, or None while none is set up."""
        with self._context.store.glance() as connection:
            return clinic_rows.load(connection)

    def get(self) -> Clinic:
        """The clinic; raises `Refused` saying what to do while none is set up."""
        with self._context.store.glance() as connection:
            return clinic_of(connection)

    def read_answers(self, answers: Mapping[str, Any]) -> ClinicSpec:
        """The set-up in answers of a screen, in the shape of `clinic.toml`; raises `Invalid` as a file does."""
        # Imported when used: it brings phonenumbers, which the dashboard's first paint should not wait for.
        from frontdesk.exchange.clinic_toml import clinic_in

        return clinic_in(answers)

    def as_toml(self) -> str:
        """The clinic as a `clinic.toml`, to be edited and set up again."""
        from frontdesk.domain.setup import spec_of
        from frontdesk.exchange.clinic_toml import clinic_toml

        return clinic_toml(spec_of(self.get()))

    def setup(self, spec: ClinicSpec) -> SetupResult:
        """Makes the clinic what `spec` says, by name; writes nothing when it is so already.

        Raises `Refused` for another time zone where that would move what is planned, and for less equipment than
        coming visits take at once.
        """
        # Imported when used: every verb reads the clinic, few change it.
        from frontdesk.desk.clinic_setup import set_up

        return set_up(self._context, spec)
