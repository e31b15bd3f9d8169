"""Dates, times and periods of RFC 5545 (3.3.4, 3.3.5, 3.3.9) as Python's own.

By the form of the value, not by its VALUE parameter: exporters forget or mistake that one far more often.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo

from icalendar.prop import vDuration

_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?\Z", re.IGNORECASE)


def parse_time(value: str, zone: tzinfo | None = None) -> date:
    """A `date`, or a `datetime`: aware when it ends in Z or a `zone` is given, otherwise floating (naive).

    Raises `ValueError` with what is wrong, in words, for a date that does not exist (30 February) or is no date.
    """
    match = _TIME.match(value.strip())
    if not match:
        raise ValueError(f"{value.strip()[:40]!r} is not a date or time")
    year, month, day, hour, minute, second, utc = match.groups()
    try:
        if hour is None:
            return date(int(year), int(month), int(day))
        # A leap second (60) is allowed by 3.3.12 and unknown to most clocks, this one too.
        return datetime(
            int(year), int(month), int(day), int(hour), int(minute), min(int(second), 59), tzinfo=UTC if utc else zone
        )
    except ValueError:
        raise ValueError(f"{value.strip()} does not exist") from None


def parse_duration(value: str) -> timedelta:
    """A length of time. Raises `ValueError` for nonsense and for lengths no calendar can hold."""
    try:
        length = vDuration.from_ical(value.strip().upper())  # type: ignore[no-untyped-call]
    except (ValueError, TypeError, ArithmeticError):
        raise ValueError(f"{value.strip()[:40]!r} is not a length of time") from None
    if not isinstance(length, timedelta):
        raise ValueError(f"{value.strip()[:40]!r} is not a length of time")
    return length


def parse_moments(value: str, zone: tzinfo | None) -> list[date | tuple[datetime, datetime | timedelta]]:
    """The members of an RDATE or EXDATE list: dates, times, or periods (start and end, or start and length)."""
    members: list[date | tuple[datetime, datetime | timedelta]] = []
    for each in value.split(","):
        first, slash, second = each.strip().partition("/")
        start = parse_time(first, zone)
        if not slash:
            members.append(start)
            continue
        end = parse_duration(second) if second[:1].upper() in ("P", "+", "-") else parse_time(second, zone)
        if not isinstance(start, datetime) or not isinstance(end, (datetime, timedelta)):
            raise ValueError(f"{each.strip()[:40]!r} is not a period")
        members.append((start, end))
    return members


def is_day(moment: date) -> bool:
    """Whether this is a whole day: a `datetime` is a `date` to Python."""
    return not isinstance(moment, datetime)


def stamp(moment: date) -> str:
    """`moment` as RFC 5545 writes it, instants in UTC: the same moment always gives the same words."""
    if not isinstance(moment, datetime):
        return moment.strftime("%Y%m%d")
    if moment.tzinfo is None:
        return moment.strftime("%Y%m%dT%H%M%S")
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
