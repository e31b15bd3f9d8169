"""A screen with a field and a list, for tests of the skin without a screen's own contents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from textual.binding import Binding
from textual.widget import Widget

from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.keys import bindings_for
from frontdesk.ui.layout.cells import Span
from frontdesk.ui.screens.base import DeskScreen
from frontdesk.ui.widgets.field import CleanInput
from frontdesk.ui.widgets.pick_list import Item, PickList
from tests.ui.shop import FakeDesk, opener


class Sketch(DeskScreen):
    """Rows to choose from and a field to type into; counts how often it was asked to reload."""

    PLACE = keys.DAY
    BINDINGS = [
        *bindings_for(keys.DAY),
        Binding("ctrl+f", "focus_field", "field"),
        Binding("ctrl+n", "book", "book"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.rows: PickList[int] = PickList([Item(row, (Span(f"row {row}"),)) for row in range(30)])
        self.field = CleanInput()
        self.field.styles.width = 30
        self.done: list[str] = []
        self.reloads = 0
        self.refuses: dict[str, str] = {}

    def content(self) -> Iterator[Widget]:
        yield self.rows
        yield self.field

    def on_mount(self) -> None:
        self.rows.focus()

    def heading(self) -> str:
        return "Mon 23 Nov 2026"

    def reload(self) -> None:
        self.reloads += 1

    def why_not(self, action_id: str) -> str | None:
        return self.refuses.get(action_id)

    def action_focus_field(self) -> None:
        self.field.focus()

    def action_book(self) -> None:
        self.desk_app.say(f"booked row {self.rows.key}")

    def action_visit_next(self) -> None:
        self.done.append("visit.next")

    def action_book_move(self) -> None:
        self.done.append("book.move")


class Other(DeskScreen):
    """Another main screen."""

    PLACE = keys.PATIENTS
    BINDINGS = [*bindings_for(keys.PATIENTS)]

    def __init__(self) -> None:
        super().__init__()
        self.reloads = 0

    def reload(self) -> None:
        self.reloads += 1


def sketch_app(desk: FakeDesk | None = None, open_desk: Callable[[], Any] | None = None) -> FrontdeskApp:
    """A dashboard of sketches."""
    return FrontdeskApp(open_desk or opener(desk or FakeDesk()), {keys.DAY: Sketch, keys.PATIENTS: Other})
