"""The foot of the wall board as a widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from frontdesk.ui.layout.cells import Line
from frontdesk.ui.layout.strip import STEADY, Beat
from frontdesk.ui.layout.tile_words import View
from frontdesk.ui.layout.wall_foot import Foot, foot_lines, foot_rows
from frontdesk.ui.widgets.lines import LineWidget


class BoardFoot(LineWidget):
    """What is due soon, who comes next and who runs late; as high as the window allows."""

    DEFAULT_CSS = "BoardFoot { width: 1fr; height: 2; }"
    FILL = "foot"
    TICKS: ClassVar[bool] = True

    def __init__(self, view: Callable[[], View]) -> None:
        """`view` gives how the tiles above are shown, since names are shown alike."""
        super().__init__()
        self._view = view
        self._beat: Beat = STEADY
        self._foot: Foot | None = None

    def show(self, foot: Foot, beat: Beat) -> None:
        """As it stands now."""
        self._foot, self._beat = foot, beat
        self.redraw()

    def blink(self, beat: Beat) -> None:
        """The other face of what blinks."""
        self._beat = beat
        self.redraw()

    def fit_height(self, rows: int) -> None:
        """Takes its share of a window of so many rows."""
        self.styles.height = foot_rows(rows)

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """The lines; none before anything is known."""
        del height
        if self._foot is None:
            return ()
        return foot_lines(self._foot, self._view(), width, self.app.size.height, self._beat)
