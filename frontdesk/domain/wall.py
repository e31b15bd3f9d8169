"""What a wall board shows besides the rooms: what is due soon, who comes next, who runs late; all of it or a part."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from frontdesk.domain.board import RoomNow
from frontdesk.domain.clinic import Practitioner
from frontdesk.domain.day import DaySheet
from frontdesk.domain.due import Due, next_due
from frontdesk.domain.projection import SLIPS_FROM, Expected, Projection
from frontdesk.domain.retention import Alarm
from frontdesk.domain.visit import WAITING

SOON = 15
"""Minutes ahead that count as soon."""


class Wall(Struct, frozen=True):
    """Which part of the clinic a board is for: some rooms, one practitioner's, or all of it."""

    rooms: frozenset[int] | None = None
    """Ids; None is every room."""
    practitioner: Practitioner | None = None
    words: str = ""
    """What it is for, as whoever opened it said."""
    urgent_first: bool = False
    """The order it begins with: the most urgent first, or the clinic's."""

    def shows(self, room: RoomNow) -> bool:
        """Whether a room is on this board; one that is overdue or nobody's is on every board."""
        if room.level is Alarm.HIGH or room.ownerless:
            return True
        if self.rooms is not None and room.room.id not in self.rooms:
            return False
        if self.practitioner is None:
            return True
        concerned = [one.in_charge.id for one in (room.appointment, room.next_appointment) if one is not None]
        return self.practitioner.id in concerned

    def expects(self, one: Expected) -> bool:
        """Whether somebody who comes is expected on this board."""
        if self.practitioner is not None and one.visit.in_charge.id != self.practitioner.id:
            return False
        return self.rooms is None or (one.room is not None and one.room.id in self.rooms)


EVERYTHING = Wall()


def soon(rooms: Iterable[RoomNow]) -> tuple[tuple[RoomNow, Due], ...]:
    """What is due within `SOON` minutes or past it, the most urgent first."""
    return tuple((room, due) for room, due in next_due(rooms) if due.remaining_seconds <= SOON * 60)


def arrivals(projection: Projection, wall: Wall = EVERYTHING) -> tuple[Expected, ...]:
    """Who is not in a room yet, in the order in which they are expected to go in."""
    coming = [one for one in projection.visits.values() if one.visit.status in WAITING and wall.expects(one)]
    return tuple(sorted(coming, key=lambda one: (one.starts_s, one.visit.starts, one.visit.id)))


def running_late(
    projection: Projection, sheet: DaySheet, wall: Wall = EVERYTHING
) -> tuple[tuple[Practitioner, int], ...]:
    """The practitioners who keep the next patient waiting, with the minutes; the latest first."""
    people = [wall.practitioner] if wall.practitioner is not None else list(sheet.clinic.active_practitioners)
    late = [(one, projection.late_minutes(one.id)) for one in people]
    return tuple(sorted((pair for pair in late if pair[1] >= SLIPS_FROM), key=lambda pair: -pair[1]))
