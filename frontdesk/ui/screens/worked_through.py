"""A list that is worked through a key a row, and beside it what belongs to the row that is marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.widget import Widget

from frontdesk.ui.layout.cells import Line
from frontdesk.ui.screens.base import DeskScreen
from frontdesk.ui.widgets.beside import Beside
from frontdesk.ui.widgets.frame import KeyLine
from frontdesk.ui.widgets.pick_list import PickList

_WIDE, _HIGH = 140, 30
"""Columns from which the lines stand beside the list, not beneath it; rows below which there are few of them."""


class WorkedThrough(DeskScreen):
    """A screen of such a list: give `show_rows` and `lines_beside`. Esc goes back to where it was opened from."""

    CSS_PATH = "worked_through.tcss"
    GOES_BACK: ClassVar[bool] = True

    def __init__(self) -> None:
        super().__init__()
        self.rows: PickList[int] = PickList(empty="reading…", id="list")
        self.beside = Beside(self.lines_beside, id="beside")

    def show_rows(self) -> None:
        """Makes the rows of what was read, for the width there is."""
        raise NotImplementedError

    def lines_beside(self, width: int, height: int) -> Sequence[Line]:
        """What belongs to the marked row."""
        raise NotImplementedError

    def content(self) -> Iterator[Widget]:
        """The list and the lines."""
        yield self.rows
        yield self.beside

    def on_mount(self) -> None:
        """The keys go to the list."""
        self.rows.focus()

    def on_resize(self) -> None:
        """Another width has room for other words."""
        width, height = self.app.size
        self.set_class(width >= _WIDE, "-wide")
        self.set_class(height < _HIGH, "-low")
        self.call_after_refresh(self.show_rows)

    def on_pick_list_moved(self) -> None:
        """Another row, other lines and keys."""
        self.beside.redraw()
        self.refresh_frame(KeyLine)
