"""The tour's two rows above the message: how far it has come, and what to press next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from frontdesk.ui import keys
from frontdesk.ui.layout.cells import Line, Span, aligned
from frontdesk.ui.widgets.frame import FrameLine

if TYPE_CHECKING:
    from frontdesk.ui.tour.app import TourApp

TURN_KEY = "ctrl+n"
"""Leaves the tour and goes on with it."""


class TourLine(FrameLine):
    """Two rows while the tour goes on, one that says how to come back while it does not."""

    FILL: ClassVar[str] = "tile"

    @property
    def tour_app(self) -> TourApp:
        """The app, by its own type."""
        return self.app  # type: ignore[return-value]

    def on_mount(self) -> None:
        """A dialog that opens has a line; the one behind it is empty from the same frame on."""
        self.tour_app.call_later(self.tour_app.show_tour)

    def fit(self) -> None:
        """Takes its rows, or gives one back, and draws anew."""
        self.screen.add_class("-toured")
        guide = self.tour_app.guide
        self.display = guide.is_on or guide.progress.step is not None
        rows = 2 if guide.is_on else 1
        if self.styles.height is None or self.styles.height.value != rows:
            self.styles.height = rows
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """What is to be done, its keys marked."""
        del height
        if self.screen is not self.app.screen:
            # The dialog above has a line of its own.
            return ()
        guide = self.tour_app.guide
        progress = guide.progress
        count = len(progress.steps)
        far = f"{min(progress.number + 1, count)} of {count}"
        title = "The tour is over" if progress.step is None else f"Tour, {far}: {progress.step.title}"
        does = "goes on with it" if not guide.is_on else "leaves it" if progress.step else "closes this"
        turn = (Span(keys.key_words(TURN_KEY), "foot-key"), Span(f" {does} ", "head-dim"))
        if not guide.is_on:
            return (aligned((Span(f" {title}", "head-dim"),), turn, width, "head"),)
        first = aligned((Span(f" {title}", "head-strong"),), turn, width, "head")
        return (first, (Span(" ", "tile-text"), *tour_spans(guide.words, self.tour_app.keymap)))


def tour_spans(words: str, keymap: keys.Keymap = keys.USUAL) -> Line:
    """What the tour says, the keys in it by their names of now: `visit.next` becomes Space."""
    parts = re.split(r"`([^`]+)`", words)
    return tuple(
        Span(_key(part, keymap), "tile-timer") if number % 2 else Span(part, "tile-text")
        for number, part in enumerate(parts)
        if part
    )


def _key(name: str, keymap: keys.Keymap) -> str:
    try:
        return keymap.action(name).key_words or "Ctrl+P"
    except KeyError:
        return name
