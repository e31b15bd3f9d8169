"""What is known of the row that is marked, beside its list or under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from frontdesk.ui.layout.cells import Line
from frontdesk.ui.widgets.lines import LineWidget


class Beside(LineWidget):
    """Lines that a screen makes for the room there is."""

    def __init__(self, shown: Callable[[int, int], Sequence[Line]], *, id: str) -> None:
        """`shown` takes columns and rows; `id` is what the screen's styles call it."""
        super().__init__(id=id)
        self._shown = shown

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """The lines for that many columns and rows."""
        return self._shown(width, height)
