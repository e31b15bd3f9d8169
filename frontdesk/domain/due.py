"""What is due next: needles, checks, lamps, e-stim and cups of every room in one list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.instants import seconds_between
from frontdesk.domain.retention import Alarm
from frontdesk.domain.timer import TimerKind

if TYPE_CHECKING:
    from frontdesk.domain.board import RoomNow

NEEDLES = "needles"
"""The kind of a due that is a retention's; the others are kinds of timers."""


class Due(Struct, frozen=True):
    """One thing that has to be seen to at an instant. `key` tells it from every other for as long as it runs."""

    key: str
    kind: str
    words: str
    due_at: DateTime
    remaining_seconds: int
    """Negative past due."""
    alarm: Alarm
    sounds: bool

    @property
    def urgency(self) -> tuple[int, bool, DateTime]:
        """Sorts the most urgent first: alarms by level, needles before what is timed beside them, then by instant."""
        alarmed = self.alarm is not Alarm.NONE
        return (-self.alarm.rank, alarmed and self.kind != NEEDLES, self.due_at)


def dues_of(visit: Appointment, now: DateTime) -> tuple[Due, ...]:
    """Everything that runs for a visit whose patient is in a room, the most urgent first."""
    if not visit.holds_room:
        return ()
    found: list[Due] = []
    retention = visit.retention if visit.needles_are_in else None
    needles, may_come_out = Alarm.NONE, False
    if retention is not None:
        may_come_out = retention.may_come_out(now)
        needles = retention.alarm(now)
        at = retention.next_due_at
        left = int(seconds_between(now, at) // 1)
        found.append(Due(f"retention {retention.id}", NEEDLES, "needles out", at, left, needles, retention.sounds(now)))
    for timer in visit.timers:
        # Whoever goes in to take needles out looks in on the patient by that.
        if timer.kind is TimerKind.CHECK and (may_come_out or needles is not Alarm.NONE):
            continue
        found.append(
            Due(
                f"timer {timer.id}",
                timer.kind.value,
                timer.kind.words,
                timer.due_at,
                timer.remaining_seconds(now),
                timer.alarm(now),
                timer.sounds(now),
            )
        )
    return tuple(sorted(found, key=lambda due: due.urgency))


def may_be_hushed(visit: Appointment, now: DateTime) -> bool:
    """Whether anything rings: needles that are due, or a lamp, e-stim or cups whose time is over."""
    return any(due.alarm is not Alarm.NONE and due.kind != TimerKind.CHECK for due in dues_of(visit, now))


def next_due(rooms: Iterable[RoomNow]) -> tuple[tuple[RoomNow, Due], ...]:
    """What is due over all rooms, the most urgent first."""
    return tuple(sorted(((room, due) for room in rooms for due in room.dues), key=lambda one: one[1].urgency))
