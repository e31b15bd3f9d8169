"""The day's vertical axis: minutes that have passed since local midnight, and the clock they read.

Passed minutes, not clock minutes: on the day the clocks go back 01:30 comes twice, and each visit still has a row.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

import pendulum
from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.hours import Span, day_span, local_instant
from frontdesk.domain.instants import later

_MINUTE = timedelta(minutes=1)


class Axis(Struct, frozen=True, eq=False):
    """One local day as `length` minutes from 0: 1380, 1440 or 1500. `axis_of` makes one a day."""

    day: date
    timezone: str
    starts: DateTime
    length: int

    def minute(self, instant: DateTime) -> int:
        """The minute an instant falls in; negative before the day, `length` or more after it."""
        return datetime.__sub__(instant, self.starts) // _MINUTE

    def instant(self, minute: int) -> DateTime:
        """The UTC instant at which a minute begins."""
        return later(self.starts, minute)

    def same_clock(self, instant: DateTime) -> int:
        """The minute of this day that reads as the clock did at an instant of any day."""
        local = instant.in_timezone(self.timezone)
        return self.minute(local_instant(self.day, local.hour * 60 + local.minute, self.timezone))

    def clock(self, minute: int) -> str:
        """What the clinic's clock shows then: `10:15`."""
        return _clock(self, minute)

    def stretch(self, span: Span) -> tuple[int, int]:
        """A span as first and end minute, cut to the day; the end is never before the first."""
        return self.cut(self.minute(span.starts), self.minute(span.ends))

    def cut(self, first: int, end: int) -> tuple[int, int]:
        """Two minutes of any day as far as they lie in this one."""
        first = min(max(0, first), self.length)
        return first, min(max(first, end), self.length)


@lru_cache(maxsize=4)
def axis_of(day: date, timezone: str) -> Axis:
    """The axis of a local day."""
    span = day_span(day, timezone)
    return Axis(day, timezone, span.starts, int((span.ends - span.starts).total_seconds() // 60))


@lru_cache(maxsize=512)
def _clock(axis: Axis, minute: int) -> str:
    local = pendulum.instance(axis.instant(minute)).in_timezone(axis.timezone)
    return f"{local.hour:02}:{local.minute:02}"
