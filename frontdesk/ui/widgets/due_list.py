"""What is due next over all rooms, in a line or two beneath the tiles."""

from __future__ import annotations

from collections.abc import Sequence

from frontdesk.domain.board import RoomNow
from frontdesk.ui.layout.cells import Line
from frontdesk.ui.layout.strip import STEADY, Beat, due_lines
from frontdesk.ui.widgets.lines import LineWidget

TALL = 32
"""Rows of the window from which there are two lines."""


class DueList(LineWidget):
    """Needles, checks, lamps, e-stim and cups of every room, the most urgent first."""

    DEFAULT_CSS = "DueList { width: 1fr; height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._rooms: tuple[RoomNow, ...] = ()
        self._beat: Beat = STEADY

    def show(self, rooms: Sequence[RoomNow], beat: Beat) -> None:
        """The rooms as they stand now."""
        self._rooms, self._beat = tuple(rooms), beat
        self.fit_height()
        self.redraw()

    def blink(self, beat: Beat) -> None:
        """The other face of what blinks."""
        self._beat = beat
        self.redraw()

    def fit_height(self) -> None:
        """Takes as many rows as the window can spare."""
        rows = 2 if self.app.size.height >= TALL else 1
        if self.styles.height is None or self.styles.height.value != rows:
            self.styles.height = rows

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """As many as fit."""
        return due_lines(self._rooms, width, height, beat=self._beat)
