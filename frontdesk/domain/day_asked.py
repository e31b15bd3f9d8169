"""What is answered where a day and nothing else is asked for: there `2 weeks`, `+7` and `next week` are days too.

In a line that books they would be a stretch in which a place is wanted, or nothing certain; where a day alone is asked
for, and what was understood is shown before it counts, they are what people type.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from frontdesk.domain.days import last_such_day, parse_day
from frontdesk.domain.errors import NotSaid, Refused
from frontdesk.domain.sayings import Saying, meant, saying
from frontdesk.domain.stretches import Said, read_stretch
from frontdesk.domain.time_words import COUNT, MONTH, MONTHS
from frontdesk.text import visible

EXAMPLES = "tomorrow, tue, next week, in 2 weeks, +7, 24 nov or 2026-12-01"
"""What can be said of a day to be seen, one of each kind."""
_MOST_CHARACTERS = 60
T = TypeVar("T")
_Reading = Callable[[str, date], date]
_Rule = Saying[[date], date]


def day_asked(text: str, today: date) -> date:
    """As `parse_day`, and a length of time counts from `today`: `2 weeks`, `10 days`, `+7` and `-7` in days."""
    day = _meant(_LENGTHS, text, today)
    return parse_day(text, today) if day is None else day


def day_to_see(text: str, today: date) -> date:
    """As `day_asked`, and a week or month begins on its first day, or on `today` where that lies in it."""
    return _seen(text, today, _AHEAD, day_asked)


def day_to_look_back_to(text: str, today: date) -> date:
    """As `day_to_see`, for who looks back: `2 oct` and `october` are the last ones, and `last week` is one."""
    return _seen(text, today, _BACK, last_such_day)


def _seen(text: str, today: date, rules: tuple[_Rule, ...], read: _Reading) -> date:
    day = _meant(rules, text, today)
    if day is not None:
        return day
    try:
        return read(text, today)
    except Refused as refused:
        stretch = _meant(_STRETCHES, text, today)
        if stretch is not None and stretch.days is not None:
            first, last = stretch.days
            return today if first <= today <= last else first
        if not isinstance(refused, NotSaid):
            raise
        raise NotSaid(f'"{visible(text.strip())[:60]}" is no day; say {EXAMPLES}') from None


def _meant(rules: tuple[Saying[[date], T], ...], text: str, today: date) -> T | None:
    said = " ".join(text.lower().split())
    return meant(rules, said, today) if len(said) <= _MOST_CHARACTERS else None


def _stretch(match: re.Match[str], today: date) -> Said | None:
    return read_stretch(match[0], today)


def _length(match: re.Match[str], today: date) -> date:
    return parse_day(f"in {match['length']}", today)


def _days(match: re.Match[str], today: date) -> date:
    return parse_day(f"{match['sign']}{match['count']} days", today)


def _week_after_next(_: re.Match[str], today: date) -> date:
    return today + timedelta(days=14 - today.weekday())


def _last_week(_: re.Match[str], today: date) -> date:
    return today - timedelta(days=7 + today.weekday())


def _last_month(_: re.Match[str], today: date) -> date:
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def _coming_month(match: re.Match[str], today: date) -> date:
    return _month(match, today, today.year + (MONTHS[match["month"]] < today.month))


def _month_before(match: re.Match[str], today: date) -> date:
    return _month(match, today, today.year - (MONTHS[match["month"]] > today.month))


def _month(match: re.Match[str], today: date, year: int) -> date:
    # By `parse_day`, which refuses a year that is none, or too far away.
    first = parse_day(f"{int(match['year'] or year):04}-{MONTHS[match['month']]:02}-01", today)
    return today if (first.year, first.month) == (today.year, today.month) else first


_UNITS = r"d|days?|w|wks?|weeks?|fortnights?|months?"
_LENGTHS: tuple[_Rule, ...] = (
    saying(rf"(?P<length>{COUNT} ?(?:{_UNITS}))", _length),
    saying(r"(?P<sign>[+-]) ?(?P<count>\d{1,3})", _days),
)
_STRETCHES: tuple[Saying[[date], Said | None], ...] = (
    saying(r"(?:(?:early|(?:the )?(?:beginning|start) of) )?(?:the )?[a-z]+ (?:week|month)", _stretch),
    saying(r"(?:(?:this|next|coming) )?weekend", _stretch),
    saying(r"the week (?:of|starting|beginning) .+", _stretch),
)
"""Whole weeks and months; where in one of them somebody means its end, no day is certain."""
_AHEAD: tuple[_Rule, ...] = (
    saying(r"(?:the )?week after next", _week_after_next),
    saying(rf"{MONTH}(?:,? (?P<year>\d{{4}}))?", _coming_month),
)
_BACK: tuple[_Rule, ...] = (
    *_LENGTHS[1:],
    saying(r"(?:the )?(?:last|previous|past) week", _last_week),
    saying(r"(?:the )?(?:last|previous|past) month", _last_month),
    saying(rf"{MONTH}(?:,? (?P<year>\d{{4}}))?", _month_before),
)
