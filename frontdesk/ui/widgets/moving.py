"""Rows in which the arrows move: line by line, by what is seen, to the ends."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding

from frontdesk.ui.widgets.lines import LineWidget


class MovingLines(LineWidget):
    """The keys; what moves, the rows or a selection in them, each subclass says."""

    BINDINGS: ClassVar = [
        Binding("up,k", "move(-1)", "up", show=False),
        Binding("down,j", "move(1)", "down", show=False),
        Binding("pageup", "page(-1)", "page up", show=False),
        Binding("pagedown", "page(1)", "page down", show=False),
        Binding("home", "end(-1)", "first", show=False),
        Binding("end", "end(1)", "last", show=False),
    ]

    def action_move(self, by: int) -> None:
        """Up or down by rows; stops at the ends."""
        raise NotImplementedError

    def action_page(self, by: int) -> None:
        """Up or down by what is seen."""
        raise NotImplementedError

    def action_end(self, to: int) -> None:
        """To the first or the last row."""
        raise NotImplementedError
