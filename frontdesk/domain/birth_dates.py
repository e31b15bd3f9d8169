"""Birth dates as people type them: `14.3.61`, `14 mar 1961`, `1961-03-14`, `Mar 14, 1961`.

Understood or refused, never guessed: a wrong birth date joins two people's files.
"""

from __future__ import annotations

import re
from datetime import date

from frontdesk.domain.errors import Refused
from frontdesk.domain.lookup.births import months_begun
from frontdesk.patterns import late
from frontdesk.text import visible

FIRST_YEAR = 1900
"""Nobody older comes to be treated; a year before it is a slip of the finger."""

_YEAR_FIRST = late(r"(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})", re.ASCII)
_EIGHT = late(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_DAY_FIRST = late(r"(\d{1,2})[. ] ?(\d{1,2})[. ] ?(\d{4}|\d{2})", re.ASCII)
_EITHER = late(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
_DAY_NAME = late(r"(\d{1,2})(?:st|nd|rd|th|\.)?[ -]*(?:of )?([^\W\d_]{3,})[.,]?[ -]*(\d{4}|\d{2})")
_NAME_DAY = late(r"([^\W\d_]{3,})[. -]*(\d{1,2})(?:st|nd|rd|th)?,?[ -]+(\d{4}|\d{2})")


def parse_birth_date(text: str, today: date) -> date:
    """The birth date that `text` means; raises `Refused` when that is not certain.

    A year of two digits is the latest one that has been; `3/4/80` is refused, since it is read in two ways.
    """
    said = " ".join(text.casefold().split())
    shown = visible(text.strip())[:40]
    parts = _parts(said, shown)
    if parts is None:
        raise Refused(f'"{shown}" is no birth date; say 14.3.1961, 14 mar 61 or 1961-03-14')
    year, month, day = parts
    try:
        found = date(_year(year, month, day, today), month, day)
    except ValueError:
        raise Refused(f'"{shown}": no calendar has that day') from None
    if found > today:
        raise Refused(f'"{shown}" lies in the future')
    if found.year < FIRST_YEAR:
        raise Refused(f'"{shown}" lies before {FIRST_YEAR}')
    return found


def _parts(said: str, shown: str) -> tuple[str, int, int] | None:
    """Year as written, month, day."""
    if match := _YEAR_FIRST.fullmatch(said) or _EIGHT.fullmatch(said):
        return match[1], int(match[2]), int(match[3])
    if match := _DAY_FIRST.fullmatch(said):
        return match[3], int(match[2]), int(match[1])
    if match := _EITHER.fullmatch(said):
        one, two = int(match[1]), int(match[3])
        if one != two and one <= 12 and two <= 12:
            raise Refused(f'"{shown}": day and month could be either way round; write the month in letters')
        return match[4], min(one, two), max(one, two)
    if match := _DAY_NAME.fullmatch(said):
        return match[3], _month(match[2], shown), int(match[1])
    if match := _NAME_DAY.fullmatch(said):
        return match[3], _month(match[1], shown), int(match[2])
    return None


def _month(name: str, shown: str) -> int:
    # Misspelt behind its first letters, it is that month all the same.
    months = months_begun(name) or months_begun(name[:3])
    if len(months) != 1:
        raise Refused(f'"{shown}": {visible(name)[:20]} is no month')
    return next(iter(months))


def _year(written: str, month: int, day: int, today: date) -> int:
    if len(written) == 4:
        return int(written)
    year = today.year // 100 * 100 + int(written)
    return year if (year, month, day) <= (today.year, today.month, today.day) else year - 100
