"""The wall board: every room's timer, read from across the room; nothing can be changed here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from msgspec.structs import replace
from pendulum import DateTime
from textual.containers import Vertical
from textual.widget import Widget

from frontdesk.domain.projection import project
from frontdesk.domain.wall import arrivals, running_late, soon
from frontdesk.ui import keys
from frontdesk.ui.layout.wall_foot import Foot
from frontdesk.ui.live_keys import named
from frontdesk.ui.screens.base import DeskScreen
from frontdesk.ui.widgets.board_foot import BoardFoot
from frontdesk.ui.widgets.frame import HeaderLine, MessageLine, NotLive, RoomStrip
from frontdesk.ui.widgets.lines import LineWidget
from frontdesk.ui.widgets.room_tiles import RoomTiles


class BoardScreen(DeskScreen):
    """The tiles full screen: initials unless names are asked for, and nothing about anybody's health."""

    PLACE: ClassVar[str] = keys.BOARD
    BINDINGS: ClassVar = [*keys.bindings_for(keys.BOARD)]

    def __init__(self) -> None:
        super().__init__()
        self._order: bool | None = None
        self.tiles = RoomTiles(self.clock, board=True)
        self.foot = BoardFoot(lambda: self.tiles.view)
        self.not_live = NotLive()

    def content(self) -> Iterator[Widget]:
        """The tiles, and beneath them what is due and who comes."""
        yield Vertical(self.not_live, self.tiles, self.foot)

    @property
    def by_urgency(self) -> bool:
        """The most urgent first: as somebody turned it, else as the board was opened."""
        return self.desk_app.wall.urgent_first if self._order is None else self._order

    def heading(self) -> str:
        """What it is, and of which part of the clinic."""
        words = self.desk_app.wall.words
        return f"Rooms: {words}" if words else "Rooms"

    def on_mount(self) -> None:
        """The keys go to the tiles."""
        self.tiles.focus()

    def fit_window(self) -> None:
        """The foot takes more of a large window."""
        super().fit_window()
        self.foot.fit_height(self.app.size.height)

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """The little that can be pressed."""
        leave = "leave" if self.desk_app.came_from is None else "back"
        order = named(("rooms.order", "order"), ("board.names", "initials or names"))
        return (*order, ("Esc", leave), *named(("help", "help")))

    def frame_lines(self) -> Iterator[LineWidget]:
        """No room strip, since the tiles are it; a message line only while there is something that must be read."""
        for line in super().frame_lines():
            if isinstance(line, RoomStrip):
                line.display = False
                continue
            if isinstance(line, MessageLine):
                line.display = bool(self.desk_app.banner) or self.desk_app.message.tone == "error"
            yield line

    def redraw_frame(self, *kinds: type[LineWidget]) -> None:
        """The band too, the moment the database is out of reach or back."""
        super().redraw_frame(*kinds)
        if not kinds:
            self.not_live.show()

    def reload(self) -> None:
        """The app has today's sheet, and loads it anew itself."""
        self.tick(self.desk_app.now())

    def tick(self, now: DateTime) -> None:
        """The timers of this second."""
        today = self.desk_app.today
        if today is None:
            return
        wall, beat = self.desk_app.wall, self.desk_app.beat
        rooms = [one for one in self.desk_app.board.rooms(now, by_urgency=self.by_urgency) if wall.shows(one)]
        expected = project(today, now)
        late = running_late(expected, today, wall)
        self.not_live.show()
        self.tiles.show(rooms, beat)
        self.foot.show(
            Foot(soon(rooms), arrivals(expected, wall), late, expected.practitioners, now, today.clinic), beat
        )
        self.refresh_frame(HeaderLine, MessageLine)

    def blink(self) -> None:
        """The other face of what blinks."""
        self.tiles.blink(self.desk_app.beat)
        self.foot.blink(self.desk_app.beat)

    def action_rooms_order(self) -> None:
        """By place, or the most urgent first."""
        self._order = not self.by_urgency
        self.tick(self.desk_app.now())

    def action_board_names(self) -> None:
        """Short names, or initials again."""
        view = self.tiles.view
        self.tiles.view = replace(view, initials=not view.initials)
        self.tiles.redraw()
        self.foot.redraw()

    def action_back(self) -> None:
        """To where the board was opened from; ends the program where it was started as a board."""
        came_from = self.desk_app.came_from
        if came_from is None:
            self.app.exit(return_code=0)
        else:
            self.call_next(self.desk_app.show, came_from)

    def action_quit(self) -> None:
        """As Esc: what was opened is closed."""
        self.action_back()
