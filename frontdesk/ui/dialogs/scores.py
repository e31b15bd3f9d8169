"""Scores at a visit: four numbers in four keys, each going on to the next; Enter saves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from msgspec.structs import replace
from textual.binding import Binding
from textual.events import Key
from textual.widget import Widget

from frontdesk.domain.errors import Refused
from frontdesk.domain.patient import Patient
from frontdesk.domain.privacy import is_private
from frontdesk.domain.scores import WORST, Scale, Scores, checked
from frontdesk.ui.dialogs.base import Dialog, Note
from frontdesk.ui.layout.cells import Line, Span, fit
from frontdesk.ui.widgets.lines import LineWidget

_CELLS = 12


class ScoreRows(LineWidget, can_focus=True):
    """A row a scale: the points chosen among 0 to 10, and those of the last time."""

    DEFAULT_CSS = "ScoreRows { height: 4; width: 100%; }"
    BINDINGS: ClassVar = [
        Binding("up,k", "move(-1)", "up", show=False),
        Binding("down,j", "move(1)", "down", show=False),
        Binding("left,h", "turn(-1)", "fewer", show=False),
        Binding("right,l", "turn(1)", "more", show=False),
        Binding("backspace,delete", "clear", "not asked", show=False),
    ]

    def __init__(self, scores: Scores, last: Scores) -> None:
        """`scores` are chosen to begin with; `last` are those of the time before."""
        super().__init__()
        self.scores, self._last = scores, last
        self._begun_with = scores
        self._touched: set[Scale] = set()
        self.at = 0

    @property
    def is_changed(self) -> bool:
        """Whether other points are chosen than at the beginning."""
        return self.scores != self._begun_with

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """The four rows."""
        del height
        lines: list[Line] = []
        for number, scale in enumerate(Scale):
            points, before = self.scores.of(scale), self._last.of(scale)
            if is_private() and scale not in self._touched:
                points = None
            here = number == self.at and self.has_keys
            spans = [
                Span(f"{' ▸ ' if here else '   '}{scale.value.capitalize():{_CELLS}}", "strong" if here else "text")
            ]
            for one in range(WORST + 1):
                chosen = one == points
                text = f"[{one}]" if chosen else f" {one} "
                spans.append(Span(text, "cursor" if chosen else "dim"))
            last = "" if before is None or is_private() else f"   last {before}"
            spans.append(Span(last, "dim"))
            lines.append(fit(spans, width))
        return lines

    def on_key(self, event: Key) -> None:
        """A digit, or t for ten: that many points, and on to the next."""
        typed = event.character or ""
        if typed in "0123456789tT" and len(typed) == 1:
            event.stop()
            self._set(WORST if typed in "tT" else int(typed))
            self.action_move(1)

    def action_move(self, by: int) -> None:
        """To another scale; stops at the ends."""
        self.at = max(0, min(len(Scale) - 1, self.at + by))
        self.redraw()

    def action_turn(self, by: int) -> None:
        """A point fewer or more, from what the last time was."""
        scale = list(Scale)[self.at]
        now = self.scores.of(scale)
        if now is None:
            before = self._last.of(scale)
            self._set(before if before is not None else 5)
        else:
            self._set(max(0, min(WORST, now + by)))

    def action_clear(self) -> None:
        """Not asked this time."""
        self._set(None)

    def _set(self, points: int | None) -> None:
        scale = list(Scale)[self.at]
        self.scores = replace(self.scores, **{scale.value: points})
        self._touched.add(scale)
        self.redraw()


class ScoreDialog(Dialog[Scores]):
    """Asks how somebody is; answers with the scores."""

    ACCEPT_WORDS: ClassVar[str] = "save"
    WIDTH: ClassVar[int] = 70

    def __init__(self, patient: Patient, scores: Scores = Scores(), last: Scores = Scores()) -> None:  # noqa: B008 (frozen)
        """`patient` is whose they are; `scores` those to be corrected, `last` those of the time before."""
        super().__init__(lambda: f"How is {patient.short_name}?")
        self._rows = ScoreRows(scores, last)

    def body(self) -> Iterator[Widget]:
        """What the numbers mean, and the rows."""
        yield Note("0 is no trouble at all, 10 the worst there is; sleep and mood too.", "dim")
        yield self._rows

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """The digits first."""
        return (("0-9", "points"), ("t", "ten"), ("↑ ↓", "scale"), ("⌫", "not asked"), *super().key_line())

    def is_changed(self) -> bool:
        """Whether Esc would lose anything."""
        return self._rows.is_changed

    def accept(self) -> None:
        """The answer."""
        try:
            self.done(checked(self._rows.scores))
        except Refused as refused:
            self.fail(refused)
