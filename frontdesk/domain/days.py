"""Days as people say them: `today`, `tue`, `+2w`, `24 nov`.

Understood or refused, never guessed: a wrong day is an appointment nobody comes to. A bare weekday is the coming one,
today included; `next tue` is the Tuesday of next week (weeks begin on Monday, ISO 8601); a date without a year is the
next such date, today included.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from frontdesk.domain.errors import Refused
from frontdesk.text import visible

_WEEKDAYS = {
    name: index
    for index, names in enumerate(
        (
            ("mon", "monday"),
            ("tue", "tues", "tuesday"),
            ("wed", "weds", "wednesday"),
            ("thu", "thur", "thurs", "thursday"),
            ("fri", "friday"),
            ("sat", "saturday"),
            ("sun", "sunday"),
        )
    )
    for name in names
}
_MONTH_NAMES = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_MONTHS = {
    **{name: number for number, name in enumerate(_MONTH_NAMES, 1)},
    **{name[:3]: number for number, name in enumerate(_MONTH_NAMES, 1)},
    "sept": 9,
}
_NUMBERS = {
    name: number
    for number, name in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
} | {"a": 1, "an": 1}
_WORDS = {
    "today": 0,
    "tomorrow": 1,
    "tmrw": 1,
    "yesterday": -1,
    "day after tomorrow": 2,
    "the day after tomorrow": 2,
    "day before yesterday": -2,
    "the day before yesterday": -2,
}

YEARS = range(1900, 2200)
"""Years a day may lie in; beyond, somebody mistyped."""
NEAR_YEARS = 20
"""How far from today a year of two digits may be; further, the century is anyone's guess."""
FAR_DAYS = 366 * 8
"""How far ahead the next 29 February may be (the leap day of 1900 or 2100 is left out)."""

_WD = rf"(?P<weekday>{'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})\.?"
_MON = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_DAY = r"(?P<day>\d{1,2})(?P<suffix>st|nd|rd|th)?"
_YEAR = r"(?:,? ?[-/ ]?(?P<year>\d{4}))?"
_COUNT = rf"(?P<count>\d{{1,4}}|{'|'.join(_NUMBERS)})"
_UNIT = r"(?P<unit>d|days?|w|wks?|weeks?|fortnights?|months?|years?)"

_Rule = tuple[re.Pattern[str], Callable[["re.Match[str]", date, bool | None], date]]


class _Wrong(Exception):
    """The words are understood, and name no day; the message says why."""


def parse_day(text: str, today: date, *, day_first: bool | None = None) -> date:
    """The day `text` means, said on `today`; raises `Refused` when that is not certain.

    `day_first` says how `5/3` is read; without it such a date is refused unless only one reading exists.
    """
    said = " ".join(text.lower().replace(",", ", ").split()).replace(" ,", ",").strip(", ")
    if len(said) <= 60:
        for pattern, meaning in _RULES:
            match = pattern.fullmatch(said)
            if match is None:
                continue
            try:
                day = meaning(match, today, day_first)
            except _Wrong as wrong:
                raise Refused(f'"{visible(text.strip())}": {wrong}') from None
            except (ValueError, OverflowError):
                raise Refused(f'"{visible(text.strip())}": no calendar has that day') from None
            if day.year not in YEARS:
                raise Refused(f'"{visible(text.strip())}": the year {day.year} is too far away')
            return day
    raise Refused(f'"{visible(text.strip())[:60]}" is no day; say today, tue, next tue, +2w, 24 nov or 2026-11-24')


def _word(match: re.Match[str], today: date, _: bool | None) -> date:
    return today + timedelta(days=_WORDS[match["word"]])


def _weekday(match: re.Match[str], today: date, _: bool | None) -> date:
    ahead = (_WEEKDAYS[match["weekday"]] - today.weekday()) % 7
    match match["which"]:
        case "last":
            return today + timedelta(days=ahead - 7)
        case "next":
            return _in_next_week(match, today, _)
        case _:
            return today + timedelta(days=ahead)


def _in_next_week(match: re.Match[str], today: date, _: bool | None) -> date:
    return today + timedelta(days=7 - today.weekday() + _WEEKDAYS[match["weekday"]])


def _shift(match: re.Match[str], today: date, _: bool | None) -> date:
    groups = match.groupdict()
    count = _NUMBERS.get(match["count"]) or int(match["count"])
    if groups.get("sign") == "-" or groups.get("ago"):
        count = -count
    unit = match["unit"]
    if unit.startswith("d"):
        return today + timedelta(days=count)
    if unit.startswith("w"):
        return today + timedelta(weeks=count)
    if unit.startswith("f"):
        return today + timedelta(weeks=2 * count)
    months = today.year * 12 + today.month - 1 + count * (12 if unit.startswith("y") else 1)
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    if today.day > monthrange(year, month + 1)[1]:
        raise _Wrong(f"{_MONTH_NAMES[month].title()} {year} has no day {today.day}; name one")
    return date(year, month + 1, today.day)


def _named_month(match: re.Match[str], today: date, _: bool | None) -> date:
    month, day = _MONTHS[match["month"]], _ordinal(match)
    if match["year"]:
        return _checked(match, date(int(match["year"]), month, day))
    return _checked(match, _next(today, lambda one: (one.month, one.day) == (month, day)))


def _day_of_month(match: re.Match[str], today: date, _: bool | None) -> date:
    wanted = _ordinal(match)
    return _checked(match, _next(today, lambda one: one.day == wanted))


def _year_first(match: re.Match[str], _today: date, _: bool | None) -> date:
    month = match["month"]
    return date(int(match["year"]), _MONTHS.get(month) or int(month), int(match["day"]))


def _dotted(match: re.Match[str], today: date, _: bool | None) -> date:
    return _numbers(today, int(match["day"]), int(match["number"]), match["year"])


def _slashed(match: re.Match[str], today: date, day_first: bool | None) -> date:
    one, two = int(match["one"]), int(match["two"])
    if one > 12 or one == two:
        return _numbers(today, one, two, match["year"])
    if two > 12:
        return _numbers(today, two, one, match["year"])
    if day_first is None:
        raise _Wrong("day and month could be either way round; write the month in letters")
    return _numbers(today, *((one, two) if day_first else (two, one)), match["year"])


def _numbers(today: date, day: int, month: int, year: str | None) -> date:
    if year is None:
        return _next(today, lambda one: (one.month, one.day) == (month, day))
    if len(year) == 4:
        return date(int(year), month, day)
    full = 2000 + int(year)
    if abs(full - today.year) > NEAR_YEARS:
        raise _Wrong("write the year with four digits")
    return date(full, month, day)


def _ordinal(match: re.Match[str]) -> int:
    day = int(match["day"])
    suffix = match["suffix"]
    right = "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    if suffix and suffix != right:
        raise _Wrong(f"{day}{right} or another day?")
    return day


def _next(today: date, wanted: Callable[[date], bool]) -> date:
    for ahead in range(FAR_DAYS):
        day = today + timedelta(days=ahead)
        if wanted(day):
            return day
    raise ValueError("no such day")


def _checked(match: re.Match[str], day: date) -> date:
    """The day, if it is the weekday that was said with it."""
    weekday = match["weekday"]
    if weekday and day.weekday() != _WEEKDAYS[weekday]:
        raise _Wrong(f"{day.day} {day:%b %Y} is a {day:%A}")
    return day


def _rule(pattern: str, meaning: Callable[[re.Match[str], date, bool | None], date]) -> _Rule:
    return re.compile(pattern, re.ASCII), meaning


_RULES: tuple[_Rule, ...] = (
    _rule(rf"(?P<word>{'|'.join(_WORDS)})", _word),
    _rule(rf"(?:on )?(?:(?P<which>this|next|last) )?{_WD}", _weekday),
    _rule(rf"(?:on )?{_WD} (?:of |in )?next week", _in_next_week),
    _rule(rf"next week,? (?:on )?{_WD}", _in_next_week),
    _rule(rf"(?P<sign>[+-]) ?{_COUNT} ?{_UNIT}", _shift),
    _rule(rf"in {_COUNT} ?{_UNIT}", _shift),
    _rule(rf"{_COUNT} {_UNIT} (?:from now|from today|later|(?P<ago>ago))", _shift),
    _rule(rf"(?:on )?(?:{_WD},? ?)?(?:the )?{_DAY}\.?[- /]?(?:of )?{_MON}{_YEAR}", _named_month),
    _rule(rf"(?:on )?(?:{_WD},? ?)?{_MON}[- /]?(?:the )?{_DAY}{_YEAR}", _named_month),
    _rule(r"(?:on )?(?:" + _WD + r",? )?(?:the )?(?P<day>\d{1,2})(?P<suffix>st|nd|rd|th)", _day_of_month),
    _rule(r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})", _year_first),
    _rule(rf"(?P<year>\d{{4}})[-/]{_MON}[-/](?P<day>\d{{1,2}})", _year_first),
    _rule(r"(?P<day>\d{1,2})\. ?(?P<number>\d{1,2})\.(?: ?(?P<year>\d{4}|\d{2}))?", _dotted),
    _rule(r"(?P<one>\d{1,2})/(?P<two>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?", _slashed),
)
