"""The least that the framework asks for a dashboard of this shape: what every ratio in speed.py is a ratio to.

A stock header, footer, search field and table of 60 rows, and twelve timers that tick once a second. No database, no
clinic, nothing of frontdesk.
"""

from __future__ import annotations

import time

from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.widgets import DataTable, Footer, Header, Input, Static

FAMILIES = ("Abbot", "Brandt", "Costa", "Duval", "Engel", "Ferro", "Grant", "Holm", "Ivers", "Jansen", "Keller", "Lund")
HEADS = ("Time", "Patient", "Room", "With", "Service", "Status", "Phone", "Note")
VISITS = [
    (
        f"{8 + number // 6:02}:{number % 6}0",
        f"{FAMILIES[number % 12]} {number:02}",
        f"R{number % 12 + 1}",
        f"Dr {FAMILIES[number * 7 % 12]}",
        ("initial", "follow-up", "community")[number % 3],
        ("booked", "arrived", "needles in", "checked out")[number % 4],
        f"416 555 {number * 101 % 10_000:04}",
        f"remark {number}",
    )
    for number in range(60)
]


class Left(Static):
    """Minutes and seconds until the needles come out of one room."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self._room, self._until = room, time.monotonic() + 1500 + 60 * room

    def on_mount(self) -> None:
        """Shows it now and each second."""
        self.tell()
        self.set_interval(1, self.tell)

    def tell(self) -> None:
        """What is left."""
        seconds = max(0, int(self._until - time.monotonic()))
        self.update(f"R{self._room} {seconds // 60:02}:{seconds % 60:02}", layout=False)


class Floor(App[None]):
    """The table, what is typed, and the timers."""

    TITLE = "floor"
    CSS = "#left { height: 1; } Left { width: 10; height: 1; } DataTable { height: 1fr; }"
    BINDINGS = [("ctrl+f", "find", "Find"), ("f5", "fill", "Fill"), ("ctrl+q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield Header()
        yield Input(placeholder="Find")
        with Horizontal(id="left"):
            yield from (Left(room) for room in range(1, 13))
        yield DataTable(cursor_type="row")
        yield Footer()

    def on_mount(self) -> None:
        """Fills the table, which has the keys."""
        table = self.query_one(DataTable)
        table.add_columns(*HEADS)
        self.action_fill()
        table.focus()

    def on_input_changed(self) -> None:
        """Shows what has the words in it."""
        self.action_fill()

    def action_fill(self) -> None:
        """The rows with what is typed in them."""
        typed = self.query_one(Input).value.lower()
        table = self.query_one(DataTable)
        table.clear()
        table.add_rows(row for row in VISITS if typed in " ".join(row).lower())

    def action_find(self) -> None:
        """To the field."""
        self.query_one(Input).focus()


if __name__ == "__main__":
    Floor().run()
