"""Who something is for: what tells namesakes apart, and what must be known before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from frontdesk.domain.history import NOTHING_MISSED, Missed
from frontdesk.domain.patient import Patient
from frontdesk.text import visible
from frontdesk.ui.layout.cells import Line, Span, aligned, line_width, wrapped_spans
from frontdesk.ui.layout.patient_words import found_line, missed_spans, standing_spans
from frontdesk.ui.widgets.lines import LineWidget


class PersonLines(LineWidget):
    """Birth date and phone; whether they come no more, the flags, and the visits they let lapse.

    Two rows, where the flags are not too many for one: all of them must be seen before anything is booked.
    """

    _patient: Patient | None = None
    _today = date.min
    _missed = NOTHING_MISSED

    def show(self, patient: Patient | None, today: date) -> None:
        """Replaces who it is, and the day whose flags hold; None shows nobody."""
        if patient is None or self._patient is None or patient.id != self._patient.id:
            self._missed = NOTHING_MISSED
        self._patient, self._today = patient, today
        self._fit()

    def let_lapse(self, missed: Missed) -> None:
        """What they let lapse so far, beside the flags."""
        self._missed = missed
        self._fit()

    def on_resize(self) -> None:
        """Flags take more rows in a narrow window."""
        self._fit()

    def privacy_turned(self) -> None:
        """Other words, maybe in fewer rows."""
        self._fit()

    def _fit(self) -> None:
        with self.desk_privacy():
            rows = max(2, len(self.draw(self.size.width or 60, 0)))
        if self.styles.height is None or self.styles.height.value != rows:
            self.styles.height = rows
            # What can spare a row gives it.
            self.screen.set_class(rows > 2, "-flagged")
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Its rows."""
        del height
        if self._patient is None:
            return ()
        known_as = self._patient.shown.known_as
        called = (Span(f" “{visible(known_as)}”"),) if known_as else ()
        flags = " · ".join(visible(flag.words) for flag in self._patient.shown.flags_on(self._today))
        lapsed, standing = missed_spans(self._missed), standing_spans(self._patient)
        warned = wrapped_spans((*standing, Span(f" ⚠ {flags}" if flags else "", "warn")), width - 1, indent="   ")
        beside = line_width(warned[-1]) + line_width(lapsed) <= width
        rows = [*warned[:-1], aligned(warned[-1], lapsed, width)] if beside else [*warned, aligned((), lapsed, width)]
        return ((*called, *found_line(self._patient, self._today)[1]), *rows)
