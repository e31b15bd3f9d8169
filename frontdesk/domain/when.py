"""Times and moments as people say them: `10:20`, `3pm`, `tomorrow 10:20`; days are in `days`.

Understood or refused, never guessed; the reason says what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TypeVar

import pendulum
from pendulum import DateTime

from frontdesk.domain.days import parse_day
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import local_instant
from frontdesk.text import visible

__all__ = ["instant_of", "parse_day", "parse_moment", "parse_time"]

_TWELVE = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))? ?(?P<half>[ap]) ?\.? ?m\.?", re.ASCII)
_CLOCK = re.compile(r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})", re.ASCII)
_H_CLOCK = re.compile(r"(?P<hour>\d{1,2}) ?h ?(?P<minute>\d{2})?", re.ASCII)
_FOUR = re.compile(r"(?P<hour>\d{2})(?P<minute>\d{2})", re.ASCII)
_NOON = frozenset({"noon", "midday", "12 noon", "12:00 noon"})
_RFC3339 = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?(?P<offset>[Zz]|[+-]\d{2}:\d{2})?", re.ASCII
)


def parse_time(text: str) -> int:
    """The minute of the day `text` means; raises `Refused` when that is not certain.

    The clock has 24 hours. `2:30` is refused (02:30 or 2:30pm?); `7:30` to `9:30` are mornings, as on every
    appointment card. `midnight` is refused: it may be either end of the day.
    """
    said = " ".join(text.lower().split())
    for lead in ("at ", "@ ", "@"):
        said = said.removeprefix(lead)
    if said in _NOON:
        return 720
    if match := _TWELVE.fullmatch(said):
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if 1 <= hour <= 12 and minute <= 59:
            return (hour % 12 + (12 if match["half"] == "p" else 0)) * 60 + minute
    elif match := _CLOCK.fullmatch(said) or _H_CLOCK.fullmatch(said) or _FOUR.fullmatch(said):
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if hour <= 23 and minute <= 59:
            if match.re is _CLOCK and len(match["hour"]) == 1 and 1 <= hour <= 6:
                raise Refused(f'"{visible(text.strip())}" could be night or afternoon; say 0{said} or {said}pm')
            return hour * 60 + minute
    raise Refused(f'"{visible(text.strip())[:60]}" is no time; say 10:20, 1020, 3pm, 3:15pm or noon')


def parse_moment(text: str, today: date, timezone: str, *, day_first: bool | None = None) -> DateTime:
    """The instant (UTC) of a day and a time in either order, local to `timezone`; raises `Refused` with the reason.

    Also what the program's own JSON gives out, `2026-11-24T10:00:00-05:00`: an offset is obeyed.
    """
    said = " ".join(text.split())
    if match := _RFC3339.fullmatch(said):
        return _rfc3339(match, today, timezone)
    shown = visible(said)[:60]
    day = _try(lambda: parse_day(said, today, day_first=day_first))
    if isinstance(day, date):
        raise Refused(f'"{shown}" names a day and no time; add one, like 10:20')
    if isinstance(_try(lambda: parse_time(said)), int):
        raise Refused(f'"{shown}" names a time and no day; say today {shown} or tue {shown}')
    readings, nearly = _readings(said, today, day_first)
    if len(readings) == 1:
        return instant_of(*readings.pop(), timezone)
    if readings:
        raise Refused(f'"{shown}" can be read in two ways; write it like 2026-11-24 10:20')
    raise nearly or Refused(f'"{shown}" is no day and time; say tue 10:20, tomorrow 3pm or 2026-11-24 10:20')


def instant_of(day: date, minute: int, timezone: str) -> DateTime:
    """The UTC instant of a local minute of a day; refuses one that the clocks skip or show twice on that day."""
    instant = local_instant(day, minute, timezone)
    local = instant.in_timezone(timezone)
    clock = f"{minute // 60:02}:{minute % 60:02}"
    if (local.date(), local.hour * 60 + local.minute) != (day, minute):
        raise Refused(f"{clock} does not exist on {day}: the clocks go forward to {local:%H:%M} or later")
    zone = pendulum.timezone(timezone)
    naive = pendulum.naive(day.year, day.month, day.day, minute // 60, minute % 60)
    first, second = (zone.utcoffset(naive.replace(tzinfo=zone, fold=fold)) for fold in (0, 1))
    if first != second:
        raise Refused(f"{clock} comes twice on {day}: the clocks go back; write it as {local.isoformat()}, say")
    return instant


def _rfc3339(match: re.Match[str], today: date, timezone: str) -> DateTime:
    day, clock = parse_day(match[1], today), parse_time(match[2])
    seconds = int(match[3] or 0)
    offset = match["offset"]
    if seconds > 59:
        raise Refused(f'"{match[0]}" is no time; say 10:20')
    if offset is None:
        return instant_of(day, clock, timezone).add(seconds=seconds)
    ahead = 0
    if offset not in "Zz":
        ahead = (int(offset[1:3]) * 60 + int(offset[4:6])) * (-1 if offset[0] == "-" else 1)
    utc = pendulum.datetime(day.year, day.month, day.day, clock // 60, clock % 60, seconds)
    return utc.subtract(minutes=ahead)


def _readings(said: str, today: date, day_first: bool | None) -> tuple[set[tuple[date, int]], Refused | None]:
    """Every way to cut the words into a day and a time that makes sense.

    And what was wrong with the other half where one half did: the most useful thing to say when nothing makes sense.
    """
    words = said[:80].split(" ")
    readings: set[tuple[date, int]] = set()
    nearly: Refused | None = None
    for cut in range(len(words) - 1, 0, -1):
        front, back = (" ".join(half).lstrip(",").rstrip(",-@") for half in (words[:cut], words[cut:]))
        for day_text, time_text in ((front, back), (back, front)):
            day = _try(partial(parse_day, day_text, today, day_first=day_first))
            time = _try(partial(parse_time, time_text))
            if isinstance(day, date) and isinstance(time, int):
                readings.add((day, time))
            elif isinstance(day, date) and isinstance(time, Refused):
                nearly = nearly or time
            elif isinstance(time, int) and isinstance(day, Refused):
                nearly = nearly or day
    return readings, nearly


_T = TypeVar("_T")


def _try(ask: Callable[[], _T]) -> _T | Refused:
    try:
        return ask()
    except Refused as refused:
        return refused
