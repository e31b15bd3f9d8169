"""Who something is for: what tells namesakes apart, and what must be known before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from frontdesk.domain.patient import Patient
from frontdesk.text import visible
from frontdesk.ui.layout.cells import Line, Span
from frontdesk.ui.layout.patient_words import found_line
from frontdesk.ui.widgets.lines import LineWidget


class PersonLines(LineWidget):
    """Two rows: birth date and phone, and the flags."""

    _patient: Patient | None = None
    _today = date.min

    def show(self, patient: Patient | None, today: date) -> None:
        """Replaces who it is, and the day whose flags hold; None shows nobody."""
        self._patient, self._today = patient, today
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """The two rows."""
        del width, height
        if self._patient is None:
            return ()
        known_as = self._patient.shown.known_as
        called = (Span(f" “{visible(known_as)}”"),) if known_as else ()
        flags = " · ".join(visible(flag.words) for flag in self._patient.shown.flags_on(self._today))
        return ((*called, *found_line(self._patient, self._today)[1]), (Span(f" ⚠ {flags}" if flags else "", "warn"),))
