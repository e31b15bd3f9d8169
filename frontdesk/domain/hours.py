"""Opening hours: local times of the week, and the instants they are on a given day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise

import pendulum
from msgspec import Struct
from pendulum import DateTime, FixedTimezone, Timezone

from frontdesk.domain.time_text import clock_text
from frontdesk.patterns import late

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The names of `clinic.toml`, Monday first as in ISO 8601."""
DAY_NAMES = dict(
    zip(WEEKDAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True)
)
"""What people read for them."""
SHORT_DAYS = tuple(day.capitalize() for day in WEEKDAYS)
"""`Mon` to `Sun`, where there is little room."""

_SPAN = late(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")


def weekday_begun(word: str) -> str | None:
    """The weekday that a word means, from two letters on, also as `mondays` or `weds`; None where it is none."""
    said = word.casefold().removesuffix(".")
    if said == "weds":
        return "wed"
    return next((day for day, name in DAY_NAMES.items() if said[1:] and f"{name}s".casefold().startswith(said)), None)


class Span(Struct, frozen=True, order=True):
    """A half-open stretch of instants: `starts` is inside, `ends` is not, so neighbours do not clash."""

    starts: DateTime
    ends: DateTime

    def overlaps(self, other: Span) -> bool:
        """Whether the two share any time."""
        return self.starts < other.ends and other.starts < self.ends

    def holds(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.starts <= other.starts and other.ends <= self.ends


class OpenSpan(Struct, frozen=True, order=True):
    """One stretch of a day that is open, in minutes after local midnight; 1440 is the end of the day."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{clock_text(self.start)}-{clock_text(self.end)}"


@lru_cache(maxsize=32)
def _zone(name: str) -> Timezone | FixedTimezone:
    """The zone of a name; pendulum reads its file anew at each call, a tenth of a millisecond."""
    return pendulum.timezone(name)


class WeekHours(Struct, frozen=True):
    """Open spans for each day of the week, Monday first; each day's spans are sorted and do not overlap."""

    days: tuple[tuple[OpenSpan, ...], ...] = ((),) * 7

    def on(self, day: date) -> tuple[OpenSpan, ...]:
        """The spans of that day's weekday."""
        return self.days[day.weekday()]

    def spans_on(self, day: date, timezone: str) -> tuple[Span, ...]:
        """The instants that are open on a local day, sorted and apart also on the days when the clocks change.

        What the clocks skip is not open: a span is cut to the day and to what the one before it leaves.
        """
        opened: list[Span] = []
        whole = day_span(day, timezone)
        earliest = whole.starts
        for span in self.on(day):
            starts = max(earliest, local_instant(day, span.start, timezone))
            ends = min(whole.ends, local_instant(day, span.end, timezone))
            if starts < ends:
                opened.append(Span(starts, ends))
                earliest = ends
        return tuple(opened)

    def as_text(self) -> dict[str, list[str]]:
        """The form of `clinic.toml`: `{"mon": ["09:00-13:00", "14:00-18:00"]}`, closed days left out."""
        return {WEEKDAYS[index]: [str(span) for span in spans] for index, spans in enumerate(self.days) if spans}


@lru_cache(maxsize=2048)
def local_instant(day: date, minute: int, timezone: str) -> DateTime:
    """The UTC instant of a local minute of a day (1440: the next midnight).

    Follows RFC 5545 3.3.5 where the clocks change: a time that does not exist is read with the offset before the
    gap, one that exists twice is the first of the two.
    """
    if minute >= 1440:
        return local_instant(pendulum.date(day.year, day.month, day.day).add(days=1), minute - 1440, timezone)
    zone = _zone(timezone)
    naive = pendulum.naive(day.year, day.month, day.day, minute // 60, minute % 60)
    aware = naive.replace(tzinfo=zone, fold=0)
    offset = zone.utcoffset(aware)
    assert offset is not None
    utc = naive - offset
    return pendulum.datetime(utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second)


@lru_cache(maxsize=64)
def minutes_east(timezone: str) -> tuple[int, int]:
    """By how many minutes the clocks of a zone are ahead of UTC, at the least and at the most, from 2020 to 2100.

    Sampled every week: a zone that has two times keeps each for a month at least. Remembered: it is ten milliseconds.
    """
    zone = _zone(timezone)
    weeks = (datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=7 * week) for week in range(80 * 52))
    found = {(week.astimezone(zone).utcoffset() or timedelta()) // timedelta(minutes=1) for week in weeks}
    return min(found), max(found)


def day_span(day: date, timezone: str) -> Span:
    """The instants of a local day: 23, 24 or 25 hours."""
    return Span(local_instant(day, 0, timezone), local_instant(day, 1440, timezone))


@lru_cache(maxsize=1024)
def local_day(instant: DateTime, timezone: str) -> date:
    """The local day an instant falls on; remembered, since each visit of a day is asked about several times."""
    local = instant.in_timezone(timezone)
    return date(local.year, local.month, local.day)


def local_minute(instant: DateTime, timezone: str) -> int:
    """The minutes after midnight that a clock on the wall shows at an instant."""
    local = instant.in_timezone(timezone)
    return local.hour * 60 + local.minute


def weeks_later(instant: DateTime, weeks: int, timezone: str) -> DateTime:
    """The same local time some weeks on, whatever the clocks do in between."""
    if not weeks:
        return instant
    day = local_day(instant, timezone) + timedelta(weeks=weeks)
    return local_instant(day, local_minute(instant, timezone), timezone)


def parse_span(text: str) -> OpenSpan:
    """Reads `"09:00-13:00"`; raises ValueError with the reason. `24:00` is the end of the day."""
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        raise ValueError(f'"{text}" is no span of hours; write "09:00-13:00"')
    h1, m1, h2, m2 = (int(group) for group in match.groups())
    if m1 > 59 or m2 > 59 or h1 > 23 or h2 * 60 + m2 > 1440:
        raise ValueError(f'"{text}" names a time that no clock shows')
    if h1 * 60 + m1 >= h2 * 60 + m2:
        raise ValueError(f'"{text}" ends before it starts')
    return OpenSpan(h1 * 60 + m1, h2 * 60 + m2)


def week_hours(days: Mapping[str, Iterable[str]]) -> WeekHours:
    """Reads the hours of `clinic.toml`; raises ValueError naming the day and what is wrong."""
    week: list[tuple[OpenSpan, ...]] = [()] * 7
    for name, spans in days.items():
        if name not in WEEKDAYS:
            raise ValueError(f'"{name}" is no day; the days are {", ".join(WEEKDAYS)}')
        parsed = sorted(parse_span(span) for span in spans)
        for earlier, later in pairwise(parsed):
            if later.start < earlier.end:
                raise ValueError(f"{name}: {earlier} and {later} overlap")
        week[WEEKDAYS.index(name)] = tuple(parsed)
    return WeekHours(tuple(week))
