"""The Rooms screen: a tile a room with its timer, and the steps of the visit in it one key away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pendulum import DateTime
from textual.containers import Vertical
from textual.widget import Widget

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.board import RoomNow, RoomState
from frontdesk.ui import keys
from frontdesk.ui.live_keys import key_of, named
from frontdesk.ui.screens.handing_out import HandingOut
from frontdesk.ui.screens.timing_steps import TimingSteps
from frontdesk.ui.widgets.due_list import DueList
from frontdesk.ui.widgets.frame import HeaderLine, KeyLine
from frontdesk.ui.widgets.room_tiles import RoomTiles


class RoomsScreen(TimingSteps, HandingOut):
    """Every room as it stands now; the steps go to the visit of the chosen one."""

    PLACE: ClassVar[str] = keys.ROOMS
    BINDINGS: ClassVar = [*keys.bindings_for(keys.ROOMS)]

    def __init__(self) -> None:
        super().__init__()
        self.by_urgency = False
        self.tiles = RoomTiles(self.clock)
        self.due = DueList()

    def content(self) -> Iterator[Widget]:
        """The tiles, and beneath them what is due next in any of them."""
        yield Vertical(self.tiles, self.due)

    def heading(self) -> str:
        """What needs somebody, in numbers."""
        rooms = self.tiles.rooms
        resting = sum(one.state is RoomState.RETENTION for one in rooms)
        free = sum(one.state is RoomState.FREE for one in rooms)
        order = ", most urgent first" if self.by_urgency else ""
        return f"{resting} resting, {free} free{order}" if rooms else "Rooms"

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """As everywhere; whoever is nobody's is to be taken over first."""
        line = super().key_line()
        room = self.tiles.selected
        return (*named(("visit.hand_over", "hand over")), *line) if room is not None and room.ownerless else line

    def on_mount(self) -> None:
        """The keys go to the tiles."""
        self.tiles.focus()

    def on_resize(self) -> None:
        """The list of what is due is as high as the window can spare."""
        self.due.fit_height()

    def reload(self) -> None:
        """The app has today's sheet, and loads it anew itself."""
        self.tick(self.desk_app.now())

    def tick(self, now: DateTime) -> None:
        """The timers of this second."""
        if self.desk_app.today is None:
            return
        rooms = self.desk_app.board.rooms(now, by_urgency=self.by_urgency)
        self.tiles.show(rooms, self.desk_app.beat)
        self.due.show(rooms, self.desk_app.beat)
        self.refresh_frame(HeaderLine, KeyLine)

    def blink(self) -> None:
        """The other face of what blinks."""
        self.tiles.blink(self.desk_app.beat)
        self.due.blink(self.desk_app.beat)

    @property
    def chosen(self) -> Appointment | None:
        """Who is in the chosen room, or else who is planned for it next."""
        room = self.tiles.selected
        return None if room is None else _visit_of(room)

    @property
    def chosen_room(self) -> str | None:
        """The chosen room: a visit that is in none yet is taken here."""
        room = self.tiles.selected
        return room.room.name if room else None

    def why_not(self, action_id: str) -> str | None:
        """Says of the room what keeps a step from being taken."""
        room = self.tiles.selected
        if action_id in ("visit.next", "visit.left", "visit.timer", "room.ready") or action_id.startswith("needles."):
            if room is None:
                return f"There is no room yet: set the clinic up first ({key_of('screen.setup')})."
            if _visit_of(room) is None:
                return f"{room.room.name} is free, and nobody is booked into it today."
        return super().why_not(action_id)

    def action_rooms_order(self) -> None:
        """By place, or the most urgent first."""
        self.by_urgency = not self.by_urgency
        self.tick(self.desk_app.now())
        self.desk_app.hint("Most urgent first." if self.by_urgency else "In the clinic's order.", tone="dim")

    async def action_room_open(self) -> None:
        """To the visit in the room, on its day."""
        visit = self.chosen
        if visit is None:
            self.desk_app.hint(self.why_not("visit.next") or "")
            return
        await self.go_to_visit(visit)

    def on_room_tiles_moved(self) -> None:
        """Other keys work for another room."""
        self.refresh_frame(KeyLine)

    async def on_room_tiles_opened(self) -> None:
        """Enter."""
        await self.action_room_open()


def _visit_of(room: RoomNow) -> Appointment | None:
    if room.appointment is not None and room.state is not RoomState.FREE:
        return room.appointment
    return room.next_appointment
