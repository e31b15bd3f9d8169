"""The day as one widget: paints what `DaySight` shows, and only the cells that changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual.message import Message

from frontdesk.ui.jumping import Landing
from frontdesk.ui.layout.cells import Line
from frontdesk.ui.layout.day_entries import Key
from frontdesk.ui.layout.day_sight import DaySight
from frontdesk.ui.widgets.lines import LineWidget


class DayPane(LineWidget):
    """The grid or list. It holds no state of its own: `sight` does, and the screen changes that."""

    SCROLLS: ClassVar[bool] = True

    class Landed(Message):
        """The cursor was put on something at once."""

    def __init__(self, sight: DaySight, covered: Callable[[], int] = lambda: 0, *, id: str | None = None) -> None:
        """`sight` is drawn as it is whenever `redraw` is called; `covered` is how many cells a dialog hides."""
        super().__init__(id=id)
        self._sight, self._covered, self._were_covered = sight, covered, 0

    def landings(self) -> Sequence[Landing]:
        """Every visit and block in sight."""
        return [Landing(x, y, partial(self._land, key)) for x, y, key in self._sight.places()]

    def _land(self, key: Key) -> None:
        self._sight.select(key)
        self.post_message(self.Landed())

    def privacy_turned(self) -> None:
        """What was drawn has names in it, or dots."""
        self._sight.draw_anew()

    def redraw(self) -> None:
        """As every widget of lines; where a form came over it or went, nothing stays in its place."""
        covered = self._covered()
        if covered == self._were_covered:
            super().redraw()
            return
        self._were_covered = covered
        self._lines = ()
        self.refresh()

    def fit(self) -> None:
        """Tells the sight how much there is room for."""
        self._sight.resize(max(1, self.size.width - self._covered()), self.size.height)

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """The day in sight."""
        del width, height  # its own, which `fit` takes
        self.fit()
        return self._sight.lines()


class CardPane(LineWidget):
    """What the cursor is on, in full."""

    def __init__(self, lines: Callable[[int, int], Sequence[Line]], *, id: str | None = None) -> None:
        """`lines` makes the card for a width and a height."""
        super().__init__(id=id)
        self._card = lines

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """The card."""
        return self._card(width, height)
