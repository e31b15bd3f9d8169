"""Lines of which there are as many as what is said takes: more in a narrow window, fewer in a wide one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from frontdesk.ui.layout.cells import Line
from frontdesk.ui.widgets.lines import LineWidget


class GrowingLines(LineWidget):
    """As high as `rows`, which each subclass says."""

    UNSIZED: ClassVar[int] = 60
    """The cells it is taken to be wide before it has a size."""

    def rows(self, cells: int) -> Sequence[Line]:
        """The lines to show in `cells` cells, as many as it takes."""
        raise NotImplementedError

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Its rows."""
        del height
        return self.rows(width)

    def show_rows(self) -> None:
        """Draws anew, as high as it is now."""
        self.grow()
        self.redraw()

    def grow(self) -> None:
        """Takes the height of its rows."""
        with self.desk_privacy():
            height = len(self.rows(self.size.width or self.UNSIZED))
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height

    def on_mount(self) -> None:
        """As high as it will be, before the first frame."""
        self.grow()

    def on_resize(self) -> None:
        """Long lines take more rows in a narrow window."""
        self.grow()

    def privacy_turned(self) -> None:
        """Other words, maybe in more rows or fewer."""
        self.grow()
