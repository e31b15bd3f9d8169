"""A list with a field above it: what is typed narrows it, and its keys work while somebody types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Generic, TypeVar

from textual.binding import Binding
from textual.widget import Widget

from frontdesk.ui.dialogs.base import Dialog, Said
from frontdesk.ui.widgets.field import CleanInput
from frontdesk.ui.widgets.pick_list import PickList

T = TypeVar("T")
K = TypeVar("K")


class Narrowing(Dialog[T], Generic[T, K]):
    """Give `show_found`, which fills the list, and `accept`, which takes what is selected in it."""

    BINDINGS: ClassVar = [
        Binding("up", "move(-1)", "up", show=False, priority=True),
        Binding("down", "move(1)", "down", show=False, priority=True),
        Binding("pageup", "page(-1)", "page up", show=False, priority=True),
        Binding("pagedown", "page(1)", "page down", show=False, priority=True),
    ]

    def __init__(self, found: PickList[K], placeholder: str, title: Said = "") -> None:
        """`found` is the list, `placeholder` what the empty field says."""
        super().__init__(title)
        self._typed, self._found = CleanInput(placeholder=placeholder), found

    def show_found(self) -> None:
        """Fills the list with what is meant by what is typed."""
        raise NotImplementedError

    def body(self) -> Iterator[Widget]:
        """The field and the list."""
        yield self._typed
        yield self._found

    def on_mount(self) -> None:
        """Shows all."""
        self.show_found()

    def is_changed(self) -> bool:
        """What is typed here is only a search."""
        return False

    def on_input_changed(self) -> None:
        """Narrows the list to what is typed."""
        self.show_found()
        self._found.select_first()

    def on_pick_list_picked(self) -> None:
        """Enter in the list takes what is selected."""
        self.action_dialog_accept()

    def action_move(self, by: int) -> None:
        """Up or down."""
        self._found.action_move(by)

    def action_page(self, by: int) -> None:
        """Up or down by a page."""
        self._found.action_page(by)
