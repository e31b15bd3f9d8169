"""The file above the visits of the patient who is marked, as high as it needs to be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from frontdesk.domain.patient import Patient
from frontdesk.ui.layout.cells import Line
from frontdesk.ui.layout.patient_card import card_lines
from frontdesk.ui.widgets.growing import GrowingLines

if TYPE_CHECKING:
    from frontdesk.desk.patients import PatientCard


class FileCard(GrowingLines):
    """Who it is, what must be known of them, and how they are reached."""

    DEFAULT_CSS = "FileCard { width: 1fr; height: auto; }"
    UNSIZED: ClassVar[int] = 40
    patient: Patient | None = None
    today = date.min
    zone = "UTC"
    more: PatientCard | None = None

    def show(self, patient: Patient | None, today: date, zone: str, more: PatientCard | None = None) -> None:
        """Another patient, or the same one changed; `more` once it has been read."""
        self.patient, self.today, self.zone, self.more = patient, today, zone, more
        self.show_rows()

    def rows(self, cells: int) -> Sequence[Line]:
        """The file's rows; none without a file."""
        return card_lines(self.patient, self.today, cells, self.more, self.zone) if self.patient else ()
