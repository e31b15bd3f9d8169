"""Who something is for: what tells namesakes apart, and what must be known before."""

from __future__ import annotations

from collections.abc import Sequence

from frontdesk.domain.patient import Patient
from frontdesk.text import visible
from frontdesk.ui.layout.cells import Line, Span
from frontdesk.ui.layout.patient_words import found_line
from frontdesk.ui.widgets.lines import LineWidget


class PersonLines(LineWidget):
    """Two rows: birth date and phone, and the flags."""

    _patient: Patient | None = None

    def show(self, patient: Patient | None) -> None:
        """Replaces who it is; None shows nobody."""
        self._patient = patient
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """The two rows."""
        del width, height
        if self._patient is None:
            return ()
        known_as = self._patient.details.known_as
        called = (Span(f" “{visible(known_as)}”"),) if known_as else ()
        flags = " · ".join(visible(flag.words) for flag in self._patient.details.flags)
        return ((*called, *found_line(self._patient)[1]), (Span(f" ⚠ {flags}" if flags else "", "warn"),))
