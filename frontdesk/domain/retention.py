"""The time needles stay in, and the alarm when they should be out.

Computed from stored instants and the clock alone: nothing counts down anywhere, so a restart, a crash or a second
terminal changes nothing. The levels follow the shape of IEC 60601-1-8 (as a model only; this is no medical device).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.areas import Areas
from frontdesk.domain.errors import Refused
from frontdesk.domain.instants import later, seconds_between
from frontdesk.domain.privacy import is_private
from frontdesk.domain.time_text import clock_text

MEDIUM_AFTER = 3
"""Minutes past the planned end at which `low` becomes `medium`."""
HIGH_AFTER = 5
"""Minutes past the planned end (or past must-leave-by) before which the alarm is never `high`."""
LEAVE_WARNING = 5
"""Minutes before must-leave-by at which the alarm starts."""
SILENCE_MINUTES = 3
"""How long silencing hushes one level's sound."""
MOST_NEEDLES = 200
"""A count above this is a slip of the finger."""
LONGEST_RETENTION = 180
"""Minutes; a longer retention is a slip of the finger."""
KEPT_DAYS = 3
"""Days after which kept needles come out unless somebody says otherwise."""
LONGEST_KEPT = 30
"""Days; needles that stay longer are a slip of the finger."""


class Alarm(StrEnum):
    """How urgently needles are due out."""

    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """0 to 3, so that levels can be compared."""
        return _RANKS[self]

    @property
    def mark(self) -> str:
        """The sign that tells the level apart without colour: none to three stars."""
        return "*" * self.rank


_RANKS = {Alarm.NONE: 0, Alarm.LOW: 1, Alarm.MEDIUM: 2, Alarm.HIGH: 3}


class Retention(Struct, frozen=True):
    """Needles in a patient: the facts of one side, from the count in to the count out.

    Minutes count from `in_at`. Counts are None while unknown; `count_out` None with `out_at` given is a count owed.
    """

    id: int
    in_at: DateTime
    count_in: int
    planned_minutes: int
    earliest_minutes: int
    latest_minutes: int
    leave_by: DateTime | None = None
    checked_at: DateTime | None = None
    silenced_level: Alarm = Alarm.NONE
    silenced_until: DateTime | None = None
    out_at: DateTime | None = None
    count_out: int | None = None
    kept: int = 0
    missing: int = 0
    missing_reason: str = ""
    missing_by: str = ""
    boot: str = ""
    """The start of the machine on which the needles went in; `domain.elapsed` checks the wall clock by it."""
    boot_ms: int | None = None
    """Milliseconds from that start to `in_at`; None where nobody knows."""
    shift_ms: int = 0
    """By how much the instants differ from the stored ones, since the clock was set meanwhile."""
    areas_in: Areas = ()
    areas_out: Areas = ()
    open_end: bool = False
    """The patient decides when: no target, the planned end is the latest minute."""
    told: bool = False
    """The patient knows which needles were kept."""
    remove_on: date | None = None
    """The local day on which kept needles come out."""
    kept_out_at: DateTime | None = None
    """When the needles that were kept came out too."""

    @property
    def why_missing(self) -> str:
        """`, fell behind the bed`: what follows the number of those that are missing; nothing in privacy mode."""
        return f", {self.missing_reason}" if self.missing_reason and not is_private() else ""

    @property
    def due_at(self) -> DateTime:
        """The planned end."""
        return later(self.in_at, self.planned_minutes)

    @property
    def earliest_at(self) -> DateTime:
        """From here on the needles may come out."""
        return later(self.in_at, self.earliest_minutes)

    @property
    def latest_at(self) -> DateTime:
        """The end of the service's window."""
        return later(self.in_at, self.latest_minutes)

    @property
    def next_due_at(self) -> DateTime:
        """When the patient must be seen to next: the planned end, or must-leave-by where that is sooner."""
        return self.due_at if self.leave_by is None else min(self.due_at, self.leave_by)

    @property
    def is_in(self) -> bool:
        """Whether needles are in the patient."""
        return self.out_at is None

    @property
    def count_owed(self) -> bool:
        """Whether the needles are out but nobody has given the count yet."""
        return self.out_at is not None and self.count_out is None

    @property
    def unaccounted(self) -> int:
        """Needles in that are neither out, nor kept by plan, nor written down as missing."""
        return self.count_in - (self.count_out or 0) - self.kept - self.missing

    @property
    def settled(self) -> bool:
        """Whether every needle in is accounted for."""
        return self.out_at is not None and self.count_out is not None and self.unaccounted == 0

    def remaining_seconds(self, now: DateTime) -> int:
        """Seconds until the planned end, negative past it."""
        return int(seconds_between(now, self.due_at) // 1)

    def may_come_out(self, now: DateTime) -> bool:
        """Whether the earliest minute of the window has come."""
        return now >= self.earliest_at

    def alarm(self, now: DateTime) -> Alarm:
        """The level now; none once the needles are out."""
        if not self.is_in:
            return Alarm.NONE
        (_, low), (_, medium), (_, high) = self.alarms_at
        if now >= high:
            return Alarm.HIGH
        if now >= medium:
            return Alarm.MEDIUM
        return Alarm.LOW if now >= low else Alarm.NONE

    @property
    def alarms_at(self) -> tuple[tuple[Alarm, DateTime], ...]:
        """From when on each level stands, lowest first, for as long as the needles are in."""
        return _alarms_at(self.in_at, self.planned_minutes, self.latest_minutes, self.leave_by)

    def seconds_to_rise(self, now: DateTime) -> float | None:
        """Seconds until the alarm next rises; None where it can't."""
        ahead = [seconds_between(now, since) for _, since in self.alarms_at if since > now] if self.is_in else ()
        return min(ahead, default=None)

    def sounds(self, now: DateTime) -> bool:
        """Whether the alarm may be heard: not while its level, or a higher one, is silenced."""
        level = self.alarm(now)
        if level is Alarm.NONE:
            return False
        return not (self.is_hushed(now) and level.rank <= self.silenced_level.rank)

    def is_hushed(self, now: DateTime) -> bool:
        """Whether a silence holds now."""
        return is_hushed(self.silenced_until, now)


@lru_cache(maxsize=256)
def _alarms_at(
    in_at: DateTime, planned: int, latest: int, leave: DateTime | None
) -> tuple[tuple[Alarm, DateTime], ...]:
    """Remembered: every second asks it a dozen times of each patient with needles in."""
    due = later(in_at, planned)
    low, medium = due, later(due, MEDIUM_AFTER)
    high = max(later(in_at, latest), later(due, HIGH_AFTER))
    if leave is not None:
        low = min(low, later(leave, -LEAVE_WARNING))
        medium, high = min(medium, leave), min(high, later(leave, HIGH_AFTER))
    return (Alarm.LOW, low), (Alarm.MEDIUM, medium), (Alarm.HIGH, high)


def is_hushed(until: DateTime | None, now: DateTime) -> bool:
    """Whether a silence that ends at `until` holds: it has lasted no longer than any may, whoever wrote it down."""
    return until is not None and later(until, -SILENCE_MINUTES) <= now < until


def must_leave_at(minute: int, now: DateTime, timezone: str) -> DateTime:
    """When the clinic's clock next shows a minute of the day, over midnight too; raises `Refused` where it has passed.

    More than half a day ahead is a time that has passed today, not one of tomorrow.
    """
    local = now.in_timezone(timezone)
    at = local.replace(hour=minute // 60, minute=minute % 60, second=0, microsecond=0)
    if at <= local:
        at = at.add(days=1)
    if at > local.add(hours=12):
        raise Refused(f"must-leave-by {clock_text(minute)} has passed already")
    return at.in_timezone("UTC")
