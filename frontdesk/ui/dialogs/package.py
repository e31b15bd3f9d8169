"""Prepaid visits of a patient: what is left of each package, and the form of a new one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from textual.widget import Widget

from frontdesk.desk.packages import PackageDone, PackageSheet
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.day_asked import day_asked
from frontdesk.domain.errors import Refused
from frontdesk.domain.package import MOST_VISITS
from frontdesk.domain.privacy import is_private
from frontdesk.domain.time_text import date_text
from frontdesk.ui.dialogs.base import Dialog, Note
from frontdesk.ui.layout.patient_words import FILE_HIDDEN
from frontdesk.ui.widgets.choice_field import ChoiceField
from frontdesk.ui.widgets.field import Field
from frontdesk.ui.widgets.number_field import NumberField

USUAL = 10
_MOST = 6
"""Packages listed; older ones are in the record."""


class PackageDialog(Dialog[PackageDone]):
    """Shows what is left; Enter writes down a new package, where a number of visits is given."""

    ACCEPT_WORDS: ClassVar[str] = "write it down"
    WIDTH: ClassVar[int] = 72

    def __init__(self, sheet: PackageSheet, clinic: Clinic) -> None:
        """`clinic` has the services to choose from."""
        super().__init__(lambda: f"{sheet.patient.name}: prepaid visits")
        self._sheet = sheet
        services: list[tuple[str | None, str]] = [(one.name, one.name) for one in clinic.active_services]
        self._visits = NumberField(
            "New package of", "", name="visits", low=1, high=MOST_VISITS, placeholder=f"visits, like {USUAL}"
        )
        self._service: ChoiceField[str | None] = ChoiceField(
            "For", [(None, "any service"), *services], chosen=None, cells=18
        )
        self._expires = Field(
            "Expires", name="expires_on", check=self._day, limit=40, placeholder="31.12.2027, +26w; empty: never"
        )

    def body(self) -> Iterator[Widget]:
        """What is left, then the form."""
        yield Note(self._told, "text")
        yield self._visits
        yield self._service
        yield Note("")
        yield self._expires

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """Arrows turn the service."""
        turn = (("← →", "service"),) if self.focused is self._service else ()
        return (*super().key_line(), *turn, ("Tab", "next field"))

    def is_changed(self) -> bool:
        """Whether Esc would lose anything."""
        return super().is_changed() or self._service.value is not None

    def accept(self) -> None:
        """Writes it down; everything that is wrong is said beside its field."""
        try:
            visits, expires_on = self._visits.checked(), self._expires.checked()
        except Refused as refused:
            self.fail(refused)
            return
        patient_id, service = self._sheet.patient.id, self._service.value
        self.save(
            lambda: self.desk.packages.sell(patient_id, visits, service=service, expires_on=expires_on), self.done
        )

    def _told(self) -> str:
        if is_private():
            return FILE_HIDDEN
        rows = [
            f"{one.words(self._sheet.today)} · bought {date_text(one.package.bought_on)}"
            for one in self._sheet.packages[:_MOST]
        ]
        return "\n".join(rows) or "No package yet."

    def _day(self, typed: str) -> date | None:
        return day_asked(typed, self._sheet.today) if typed else None
