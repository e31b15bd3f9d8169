"""What became free in a made-up year, what of it somebody else got, and all else that is counted of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

import pendulum
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment

ZONE = "America/Toronto"
FIRST = date(2026, 1, 5)
FLOOR = 20
"""Minutes of a freed place that somebody else must take for it to count as refilled."""


@dataclass
class Freed:
    """A place that became free: whose, with whom, when; `at` is when."""

    visit: Appointment
    at: DateTime
    how: str


@dataclass
class Tally:
    """What a year came to."""

    done: Counter[str] = field(default_factory=Counter)
    freed: list[Freed] = field(default_factory=list)
    placed_at: dict[int, DateTime] = field(default_factory=dict)
    """When each visit was put where it stands."""
    refilled: Counter[str] = field(default_factory=Counter)
    standing: Counter[str] = field(default_factory=Counter)
    """Days at the end of which somebody stood so."""
    seconds: float = 0.0
    until: date | None = None
    """The last day that was lived: what became free after it is nobody's yet."""

    @property
    def use_cases(self) -> int:
        """How often the desk was asked to do something."""
        return sum(self.done.values())

    def share(self) -> str:
        """What share of the freed places somebody else was treated in."""
        over = [one for one in self.freed if self.until is None or local_day(one.visit.starts) <= self.until]
        by_how = Counter(one.how for one in over)
        parts = [f"{how} {self.refilled[how]} of {count}" for how, count in sorted(by_how.items())]
        total = sum(by_how.values())
        return f"{100 * self.refilled.total() / max(1, total):.0f} % ({', '.join(parts)})"


def at(day: date, hour: int, minute: int = 0) -> DateTime:
    """The instant of a local time."""
    return pendulum.datetime(day.year, day.month, day.day, hour, minute, tz=ZONE).in_timezone("UTC")


def local_day(instant: DateTime) -> date:
    """The clinic's day of an instant."""
    local = instant.in_timezone(ZONE)
    return date(local.year, local.month, local.day)
