"""How a time and a day are written wherever people read them, and where programs do."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from pendulum import DateTime


def clock_text(minute: int) -> str:
    """`17:00` for a local minute of the day; `24:00` for its end."""
    return f"{minute // 60:02}:{minute % 60:02}"


@lru_cache(maxsize=512)
def clock_of(instant: DateTime, timezone: str) -> str:
    """`10:40` of an instant in a zone; remembered, since a screen says the same few hundred again and again."""
    local = instant.in_timezone(timezone)
    return f"{local.hour:02}:{local.minute:02}"


def date_text(day: date) -> str:
    """`14.03.1961`."""
    return f"{day:%d.%m.%Y}"


def iso_day(day: date | None) -> str | None:
    """`1961-03-14`, for the log, for scripts and for other programs; None for no day."""
    return None if day is None else day.isoformat()


def iso_instant(instant: DateTime | None, timezone: str) -> str | None:
    """RFC 3339 in whole seconds, with the offset of a zone; None for no instant."""
    return None if instant is None else instant.in_timezone(timezone).isoformat(timespec="seconds")


def weekday_date_text(day: date) -> str:
    """`Tue 14.03.1961`."""
    return f"{day:%a} {date_text(day)}"


def day_and_month(day: date) -> str:
    """`23 Nov`."""
    return f"{day.day} {day:%b}"


def short_day(day: date) -> str:
    """`Mon 23 Nov`."""
    return f"{day:%a} {day_and_month(day)}"


def column_day(day: date) -> str:
    """`Tue  3 Nov`: as wide on every day, so that days stand one under another."""
    return f"{day:%a} {day.day:2} {day:%b}"


def long_day(day: date) -> str:
    """`Monday 23 November`."""
    return f"{day:%A} {day.day} {day:%B}"


def moment_text(instant: DateTime, timezone: str) -> str:
    """`Tue 24 Nov 10:40` of an instant in a zone; what is typed is read back from it."""
    return f"{short_day(instant.in_timezone(timezone))} {clock_of(instant, timezone)}"
