"""Setting the clinic up, and changing it later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frontdesk.desk.context import Context, clinic_of
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import local_day
from frontdesk.domain.setup import ClinicSpec, document, spec_of
from frontdesk.domain.setup_plan import SetupChanges, SetupResult, plan_setup, same_local_times
from frontdesk.store import clinic as clinic_rows
from frontdesk.store.engine import Connection


class ClinicDesk:
    """The clinic as it is set up, read and changed as a whole."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def load(self) -> Clinic | None:
        """The clinic, or None while none is set up."""
        with self._context.store.read() as connection:
            return clinic_rows.load(connection)

    def get(self) -> Clinic:
        """The clinic; raises `Refused` saying what to do while none is set up."""
        with self._context.store.read() as connection:
            return clinic_of(connection)

    def read_answers(self, answers: Mapping[str, Any]) -> ClinicSpec:
        """The set-up in answers of a screen, in the shape of `clinic.toml`; raises `Invalid` as a file does."""
        # Imported when used: it brings phonenumbers, which the dashboard's first paint should not wait for.
        from frontdesk.exchange.clinic_toml import clinic_of

        return clinic_of(answers)

    def as_toml(self) -> str:
        """The clinic as a `clinic.toml`, to be edited and set up again."""
        from frontdesk.exchange.clinic_toml import clinic_toml

        return clinic_toml(spec_of(self.get()))

    def setup(self, spec: ClinicSpec) -> SetupResult:
        """Makes the clinic what `spec` says, by name; writes nothing when it is so already.

        Raises `Refused` for another time zone where that would move what is planned.
        """
        with self._context.store.read() as connection:
            result = self._plan(connection, spec)[1].result
        if not result.changed:
            return result
        try:
            with self._context.writing() as writing:
                before, changes = self._plan(writing.connection, spec)
                if not changes.result.changed:
                    raise _SetUpMeanwhile(changes.result)
                clinic_rows.apply(writing.connection, spec, changes)
                writing.log(
                    "clinic.setup",
                    "clinic",
                    before=None if before is None else document(spec_of(before)),
                    after=document(spec),
                )
                return changes.result
        except _SetUpMeanwhile as meanwhile:
            return meanwhile.result

    def _plan(self, connection: Connection, spec: ClinicSpec) -> tuple[Clinic | None, SetupChanges]:
        now = self._context.clock.now()
        clinic = clinic_rows.load(connection)
        if clinic is not None and not same_local_times(
            clinic.timezone, spec.timezone, clinic_rows.planned_span(connection)
        ):
            raise Refused(
                f"the clinic has appointments at times of {clinic.timezone}: with {spec.timezone} they would show at "
                "other times of day; keep the zone, or set the other clinic up in a database of its own"
            )
        used = clinic_rows.in_use(connection, now)
        return clinic, plan_setup(clinic, spec, used, local_day(now, spec.timezone))


class _SetUpMeanwhile(Exception):
    """Another process did the same between looking and writing: rolls the empty transaction back."""

    def __init__(self, result: SetupResult) -> None:
        self.result = result
        super().__init__()
