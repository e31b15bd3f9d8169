"""When the workstation sounds: few sounds, all true, none while silenced.

The manners of IEC 60601-1-8 as a model only: low sounds once, medium every minute, high every 15 seconds. What is
overdue when the program starts sounds at once, since nothing here remembers an earlier run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pendulum import DateTime

from frontdesk.domain.board import Raised, RoomNow, raised_in
from frontdesk.domain.retention import Alarm

EVERY_S: dict[Alarm, int | None] = {Alarm.LOW: None, Alarm.MEDIUM: 60, Alarm.HIGH: 15}
"""Seconds between two sounds of a level; None sounds once."""


class Sounding:
    """Which alarms have sounded and when; asked once a second, it says whether to ring now."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[Alarm, DateTime]] = {}

    def rings(self, rooms: Sequence[RoomNow], now: DateTime) -> bool:
        """Whether any room's alarm is due to be heard; a higher level than the last one heard is due at once.

        One sound is for every alarm that may be heard and is no higher than what it is for: rooms that are due together
        are not heard one after the other.
        """
        standing = [alarm for room in rooms for alarm in room.alarms]
        heard = [(alarm.level, alarm.key) for alarm in standing if alarm.sounds]
        due = [level for level, key in heard if _is_due(level, self._last.get(key), now)]
        present = {alarm.key for alarm in standing}
        self._last = {key: last for key, last in self._last.items() if key in present}
        if not due:
            return False
        loudest = max(level.rank for level in due)
        self._last |= {key: (level, now) for level, key in heard if level.rank <= loudest}
        return True


def _is_due(level: Alarm, last: tuple[Alarm, DateTime] | None, now: DateTime) -> bool:
    if last is None or last[0].rank < level.rank:
        return True
    every = EVERY_S[level]
    if every is None:
        return False
    # A clock that was set back must not keep an alarm quiet for as long as it was set back.
    return not 0 <= (now - last[1]).total_seconds() < every


class Noticed:
    """Which alarms this screen has seen rise, so that each is handed to the log once."""

    def __init__(self) -> None:
        self._ranks: dict[str, int] = {}

    def new(self, rooms: Iterable[RoomNow]) -> tuple[Raised, ...]:
        """The alarms that stand higher than when last asked."""
        standing = raised_in(rooms)
        new = tuple(one for one in standing if one.level.rank > self._ranks.get(one.key, 0))
        self._ranks = {one.key: one.level.rank for one in standing}
        return new
