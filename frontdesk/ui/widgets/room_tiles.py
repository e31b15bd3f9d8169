"""The tiles as one widget: a tick repaints the cells that changed and no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual.binding import Binding
from textual.message import Message

from frontdesk.domain.board import RoomNow
from frontdesk.ui.jumping import Landing
from frontdesk.ui.layout.cells import Line, Span
from frontdesk.ui.layout.strip import STEADY, Beat
from frontdesk.ui.layout.tile_words import View
from frontdesk.ui.layout.tiles import first_row, grid_for, tiles_lines
from frontdesk.ui.widgets.lines import LineWidget


class RoomTiles(LineWidget, can_focus=True):
    """Every room as a tile; one is selected, by the room's id, wherever the order puts it."""

    TICKS: ClassVar[bool] = True
    DEFAULT_CSS = "RoomTiles { width: 1fr; height: 1fr; }"
    BINDINGS = [
        Binding("left,h", "move(-1,0)", "left", show=False),
        Binding("right,l", "move(1,0)", "right", show=False),
        Binding("up,k", "move(0,-1)", "up", show=False),
        Binding("down,j", "move(0,1)", "down", show=False),
        Binding("tab", "turn(1)", "next room", show=False),
        Binding("shift+tab", "turn(-1)", "room before", show=False),
        Binding("home", "end(0)", "first", show=False),
        Binding("end", "end(-1)", "last", show=False),
        Binding("enter", "open", "open", show=False),
    ]

    class Moved(Message):
        """Another room is chosen."""

    class Opened(Message):
        """Enter on a tile."""

    def __init__(self, clock: Callable[..., str], *, board: bool = False) -> None:
        """`clock` reads an instant in the clinic's zone; on a `board` nothing is selected."""
        super().__init__()
        self.view = View(clock, initials=board, board=board)
        self.beat: Beat = STEADY
        self.rooms: tuple[RoomNow, ...] = ()
        self.selected_id: int | None = None
        self._top = 0

    @property
    def selected(self) -> RoomNow | None:
        """The room keys act on."""
        return next((one for one in self.rooms if one.room.id == self.selected_id), None)

    def show(self, rooms: Sequence[RoomNow], beat: Beat) -> None:
        """The rooms as they stand now; the selection stays with its room."""
        self.rooms, self.beat = tuple(rooms), beat
        if not self.view.board and self.selected is None and self.rooms:
            self.selected_id = self.rooms[0].room.id
        self.redraw()

    def blink(self, beat: Beat) -> None:
        """The other face of what blinks."""
        self.beat = beat
        self.redraw()

    def select(self, room_id: int) -> None:
        """Moves the selection to a room."""
        self.selected_id = room_id
        self.redraw()
        self.post_message(self.Moved())

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """The tiles; nothing to show is said."""
        if not self.rooms:
            return [(), (Span("  No rooms yet.", "dim"),)]
        grid = grid_for(len(self.rooms), width, height, board=self.view.board)
        shown = max(1, height // grid.tile_height)
        if self.selected_id is not None:
            self._top = first_row(self._index() // grid.columns, self._top, shown, grid.rows)
        return tiles_lines(
            self.rooms, grid, width, height, self.view, selected=self.selected_id, top=self._top, beat=self.beat
        )

    def landings(self) -> Sequence[Landing]:
        """Every tile in sight; none on a board, where nothing is chosen."""
        if self.view.board:
            return ()
        grid = grid_for(len(self.rooms), *self.size, board=self.view.board)
        places = [(one.room.id, *grid.place(index)) for index, one in enumerate(self.rooms)]
        return [
            Landing(column * (grid.tile_width + 1), (row - self._top) * grid.tile_height, partial(self._land, room_id))
            for room_id, row, column in places
            if row >= self._top
        ]

    def _land(self, room_id: int) -> None:
        self.focus()
        self.select(room_id)

    def action_move(self, across: int, down: int) -> None:
        """To the neighbour; stops at the edges."""
        grid = grid_for(len(self.rooms), *self.size, board=self.view.board)
        row, column = grid.place(self._index())
        column = min(max(0, column + across), grid.columns - 1)
        row = min(max(0, row + down), grid.rows - 1)
        self._go(row * grid.columns + column)

    def action_turn(self, by: int) -> None:
        """To the next room, round and round."""
        if self.rooms:
            self._go((self._index() + by) % len(self.rooms))

    def action_end(self, to: int) -> None:
        """To the first or the last room."""
        self._go(0 if to == 0 else len(self.rooms) - 1)

    def action_open(self) -> None:
        """Enter."""
        self.post_message(self.Opened())

    def _index(self) -> int:
        return next((at for at, one in enumerate(self.rooms) if one.room.id == self.selected_id), 0)

    def _go(self, index: int) -> None:
        if self.rooms:
            self.select(self.rooms[min(index, len(self.rooms) - 1)].room.id)
