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

from frontdesk.domain.clocks import Clock
from frontdesk.domain.days import certain_day, parse_day
from frontdesk.domain.errors import NotSaid, Refused
from frontdesk.domain.hours import local_instant
from frontdesk.domain.phrases import Phrase, minute_in, moment_in
from frontdesk.domain.time_text import clock_text
from frontdesk.domain.time_words import is_timely
from frontdesk.patterns import late
from frontdesk.text import visible

__all__ = ["instant_of", "parse_day", "parse_moment", "parse_time"]

MOST_CHARACTERS = 80
"""How long a moment may be said."""
_ANY_DAY = date(2001, 1, 1)
_RFC3339 = late(
    r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?(?P<offset>[Zz]|[+-]\d{2}:\d{2})?", re.ASCII
)


def parse_time(text: str) -> int:
    """The minute of the day `text` means; raises `Refused` when that is not certain.

    The clock has 24 hours. `2:30` is refused (02:30 or 2:30pm?); `7:30` to `9:30` are mornings, as on every
    appointment card. `midnight` is refused: it may be either end of the day.
    """
    words = text[: MOST_CHARACTERS + 1].split()
    said = None
    if len(text.strip()) <= MOST_CHARACTERS and all(map(is_timely, words)):
        said = Phrase(words, _ANY_DAY).said(0, len(words))
    if said is None or said.clock is None or said.day or said.around or said.days or said.soon:
        said = None
    minute = minute_in(said) if said else None
    if minute is None:
        clock = said.clock if said else None
        open_ = _open(text, clock)
        if open_:
            raise Refused(open_)
        raise NotSaid(f'"{visible(text.strip())[:60]}" is no time; say 10:20, 1020, 3pm or noon')
    return minute


def _open(text: str, clock: Clock | None) -> str:
    """What to say instead of a time that is one of the night or one of the day."""
    if clock is None or clock.bare or not clock.halves:
        return ""
    night, day = (clock_text(minute) for minute in clock.readings)
    said = f"{clock.minute // 60}:{clock.minute % 60:02}"
    return f'"{visible(text.strip())}" could be night or afternoon; say {night} or {said}pm ({day})'


def parse_moment(text: str, today: date, timezone: str) -> DateTime:
    """The instant (UTC) of a day and a time in either order, local to `timezone`; raises `Refused` with the reason.

    Also what the program's own JSON gives out, `2026-11-24T10:00:00-05:00`: an offset is obeyed.
    """
    said = " ".join(text.split())
    if match := _RFC3339.fullmatch(said):
        return _rfc3339(match, today, timezone)
    words = said.split(" ")
    if len(said) <= MOST_CHARACTERS and all(map(is_timely, words)):
        understood = Phrase(words, today).said(0, len(words))
        moment = moment_in(understood) if understood else None
        if moment is not None:
            return instant_of(*moment, timezone)
    raise _why_no_moment(said, today)


def instant_of(day: date, minute: int, timezone: str) -> DateTime:
    """The UTC instant of a local minute of a day; refuses one that the clocks skip or show twice on that day."""
    instant = local_instant(day, minute, timezone)
    local = instant.in_timezone(timezone)
    clock = clock_text(minute)
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
        raise NotSaid(f'"{match[0]}" is no time; say 10:20')
    if offset is None:
        return instant_of(day, clock, timezone).add(seconds=seconds)
    ahead = 0
    if offset not in "Zz":
        ahead = (int(offset[1:3]) * 60 + int(offset[4:6])) * (-1 if offset[0] == "-" else 1)
    utc = pendulum.datetime(day.year, day.month, day.day, clock // 60, clock % 60, seconds)
    return utc.subtract(minutes=ahead)


def _why_no_moment(said: str, today: date) -> Refused:
    """What is wrong with the other half where one half is right: the most useful thing to say."""
    shown = visible(said)[:60]
    if isinstance(_try(lambda: parse_day(said, today)), date):
        return Refused(f'"{shown}" names a day and no time; add one, like 10:20')
    if isinstance(_try(lambda: parse_time(said)), int):
        return Refused(f'"{shown}" names a time and no day; say today {shown} or tue {shown}')
    words = said[:MOST_CHARACTERS].split(" ")
    for cut in range(len(words) - 1, 0, -1):
        front, back = (" ".join(half).lstrip(",").rstrip(",-@") for half in (words[:cut], words[cut:]))
        for day_text, time_text in ((front, back), (back, front)):
            day = _try(partial(certain_day, day_text, today))
            time = _try(partial(parse_time, time_text))
            if isinstance(day, date) and isinstance(time, Refused):
                return time
            if isinstance(time, int) and isinstance(day, Refused):
                return day
    return NotSaid(f'"{shown}" is no day and time; say tue 10:20, tomorrow 3pm or 2026-11-24 10:20')


_T = TypeVar("_T")


def _try(ask: Callable[[], _T]) -> _T | Refused:
    try:
        return ask()
    except Refused as refused:
        return refused
