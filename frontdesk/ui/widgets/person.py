"""Who something is for: what tells namesakes apart, and what must be known before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from frontdesk.domain.history import NOTHING_MISSED, Missed
from frontdesk.domain.patient import Patient
from frontdesk.text import visible
from frontdesk.ui.layout.cells import Line, Span, aligned
from frontdesk.ui.layout.patient_words import found_line, missed_spans, standing_spans
from frontdesk.ui.widgets.lines import LineWidget


class PersonLines(LineWidget):
    """Two rows: birth date and phone; whether they come no more, the flags, and the visits they let lapse."""

    _patient: Patient | None = None
    _today = date.min
    _missed = NOTHING_MISSED

    def show(self, patient: Patient | None, today: date) -> None:
        """Replaces who it is, and the day whose flags hold; None shows nobody."""
        if patient is None or self._patient is None or patient.id != self._patient.id:
            self._missed = NOTHING_MISSED
        self._patient, self._today = patient, today
        self.redraw()

    def let_lapse(self, missed: Missed) -> None:
        """What they let lapse so far, beside the flags."""
        self._missed = missed
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """The two rows."""
        del height
        if self._patient is None:
            return ()
        known_as = self._patient.shown.known_as
        called = (Span(f" “{visible(known_as)}”"),) if known_as else ()
        flags = " · ".join(visible(flag.words) for flag in self._patient.shown.flags_on(self._today))
        second = aligned(
            (*standing_spans(self._patient), Span(f" ⚠ {flags}" if flags else "", "warn")),
            missed_spans(self._missed),
            width,
        )
        return ((*called, *found_line(self._patient, self._today)[1]), second)
