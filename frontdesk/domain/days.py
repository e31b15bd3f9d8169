"""Days as people say them: `today`, `tue`, `+2w`, `24 nov`, `a week from tuesday`, `the first friday of march`.

Understood or refused, never guessed: a wrong day is an appointment nobody comes to. A bare weekday is the coming one,
today included; `next tue` is the Tuesday of next week (weeks begin on Monday, ISO 8601); a date without a year is the
next such date, today included. Where a booking hangs on it, `certain_day` asks back what two people may mean
differently.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from frontdesk.domain.errors import NotSaid, Refused
from frontdesk.domain.sayings import Saying, compiled, meant, saying
from frontdesk.domain.time_text import day_and_month, short_day
from frontdesk.domain.time_words import (
    COUNT,
    MONTH,
    MONTH_NAMES,
    MONTHS,
    ORDINALS,
    WEEKDAY,
    WEEKDAYS,
    WEEKDAYS_MANY,
    any_of,
    count_of,
)
from frontdesk.text import visible

_NAMED = {
    "today": 0,
    "tomorrow": 1,
    "tmrw": 1,
    "tmr": 1,
    "tomorow": 1,
    "tommorow": 1,
    "tommorrow": 1,
    "next day": 1,
    "yesterday": -1,
    "day after tomorrow": 2,
    "day after tmrw": 2,
    "day before yesterday": -2,
}

YEARS = range(1900, 2200)
"""Years a day may lie in; beyond, somebody mistyped."""
NEAR_YEARS = 20
"""How far from today a year of two digits may be; further, the century is anyone's guess."""
FAR_DAYS = 366 * 8
"""How far ahead the next 29 February may be (the leap day of 1900 or 2100 is left out)."""
_SHORTEST_MONTH, _LONGEST_YEAR = 28, 366
"""In days: how far apart two days of one date are at least, and mostly at most."""
MOST_CHARACTERS = 60
"""How long a day may be said."""

_DAY = r"(?P<day>\d{1,2})(?P<suffix>st|nd|rd|th)?"
_SPELLED = rf"(?P<spelled>{any_of(ORDINALS)})"
_YEAR = r"(?:,? ?[-/ ]?(?P<year>\d{4}))?"
_UNIT = r"(?P<unit>d|days?|w|wks?|weeks?|fortnights?|months?|years?)"
_LATER = r"(?:from now|from today|after today|later|hence|(?P<ago>ago))"
_OF = r"(?:(?:of|in) )?(?:the )?"
_WHICH_MONTH = r"(?P<which>this|current|next|following|coming|last|previous|past)"
_NTH = rf"(?:(?P<nth>last|\d(?:st|nd|rd|th)|{any_of([word for word, place in ORDINALS.items() if place <= 5])}))"

_Rule = Saying[[date], date]


class _Wrong(Exception):
    """The words are understood, and name no day; the message says why."""


def parse_day(text: str, today: date) -> date:
    """The day `text` means, said on `today`; raises `Refused` when that is not certain: `5/3` is two days."""
    said = _said(text)
    if len(said) <= MOST_CHARACTERS:
        try:
            day = _day(said, today)
        except _Wrong as wrong:
            raise Refused(f'"{visible(text.strip())}": {wrong}') from None
        except (ValueError, OverflowError):
            raise Refused(f'"{visible(text.strip())}": no calendar has that day') from None
        if day is not None:
            if day.year not in YEARS:
                raise Refused(f'"{visible(text.strip())}": the year {day.year} is too far away')
            return day
    raise NotSaid(f'"{visible(text.strip())[:60]}" is no day; say today, tue, next tue, +2w, 24 nov or 2026-11-24')


def last_such_day(text: str, today: date) -> date:
    """As `parse_day`, but a date without a year is the last such one, today included: what who looks back means."""
    if not _names_no_year(_said(text)):
        return parse_day(text, today)
    for back in range(0, FAR_DAYS, _SHORTEST_MONTH):
        try:
            day = parse_day(text, today - timedelta(days=back))
        except Refused:
            # The weekday said with it may be that of the last one, and not of the next.
            if back > _LONGEST_YEAR:
                raise
        else:
            if day <= today:
                return day
    return parse_day(text, today)


def possible_days(text: str, today: date) -> tuple[date, ...]:
    """Every day `text` may well mean: one, or the same weekday of two weeks. Raises `Refused` as `parse_day` does."""
    day = parse_day(text, today)
    return (day,) if _is_certain(_said(text), today, day) else (day, day + timedelta(days=7))


def certain_day(text: str, today: date) -> date:
    """As `parse_day`, but refuses a day that may well be meant a week later: `tue` said on a Tuesday."""
    day, *others = possible_days(text, today)
    for other in others:
        either = f"{_words(day, today)} or {_words(other, today)}"
        raise Refused(f'"{visible(text.strip())}" could be {either}; name the date, like {day_and_month(other)}')
    return day


def _said(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").replace(",", ", ").split()).replace(" ,", ",").strip(", ")


def _words(day: date, today: date) -> str:
    near = {0: "today", 1: "tomorrow"}.get((day - today).days)
    return near or short_day(day)


def _is_certain(said: str, today: date, day: date) -> bool:
    if re.fullmatch(rf"(?:on )?(?:this )?(?:coming )?{WEEKDAY}", said):
        return day != today
    if re.fullmatch(rf"(?:on )?next {WEEKDAY}", said):
        # On a Sunday, `next mon` is tomorrow for some and the Monday after for others.
        return today.weekday() != 6
    return True


def _names_no_year(said: str) -> bool:
    """Whether it is a date of some year, or of some month."""
    for pattern, meaning in _RULES:
        match = compiled(pattern).fullmatch(said)
        if match is not None:
            return meaning in _DATED and not match.groupdict().get("year")
    return False


def _day(said: str, today: date) -> date | None:
    return meant(_RULES, said, today)


def _word(match: re.Match[str], today: date) -> date:
    return today + timedelta(days=_NAMED[match["word"]])


def _weekday(match: re.Match[str], today: date) -> date:
    ahead = (WEEKDAYS[match["weekday"]] - today.weekday()) % 7
    match match["which"]:
        case "last":
            return today + timedelta(days=ahead - 7)
        case "next":
            return _in_next_week(match, today)
        case _:
            return today + timedelta(days=ahead)


def _in_next_week(match: re.Match[str], today: date) -> date:
    return today + timedelta(days=7 - today.weekday() + WEEKDAYS[match["weekday"]])


def _in_this_week(match: re.Match[str], today: date) -> date:
    back = 7 if match["past"] else 0
    return today + timedelta(days=WEEKDAYS[match["weekday"]] - today.weekday() - back)


def _nth_weekday(match: re.Match[str], today: date) -> date:
    """`3 fridays from now`, `friday after next`: counted from tomorrow on."""
    count = count_of(match["count"]) if "count" in match.groupdict() else 2
    ahead = (WEEKDAYS[match["weekday"]] - today.weekday() - 1) % 7 + 1
    if ahead == 7:
        raise _Wrong(f"from today or from the {today + timedelta(days=7):%A} after? name the date")
    return today + timedelta(days=ahead + 7 * (count - 1))


def _shift(match: re.Match[str], today: date) -> date:
    groups = match.groupdict()
    count = count_of(match["count"])
    return _moved(today, -count if groups.get("sign") == "-" or groups.get("ago") else count, match["unit"])


def _moved(day: date, count: int, unit: str) -> date:
    if unit.startswith("d"):
        return day + timedelta(days=count)
    if unit.startswith("w"):
        return day + timedelta(weeks=count)
    if unit.startswith("f"):
        return day + timedelta(weeks=2 * count)
    if unit.startswith("y"):
        raise _Wrong("on which day? name the date")
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    if day.day > monthrange(year, month + 1)[1]:
        raise _Wrong(f"{MONTH_NAMES[month].title()} {year} has no day {day.day}; name one")
    return date(year, month + 1, day.day)


def _from_a_day(match: re.Match[str], today: date) -> date:
    """`a week from tuesday`, `two days from tomorrow`, `tomorrow+2`, `fri + 1w`."""
    groups = match.groupdict()
    count = count_of(groups.get("count") or "1")
    from_day = _certain(match["from"], today)
    return _moved(from_day, -count if groups.get("sign") == "-" else count, groups.get("unit") or "d")


def _week_after(match: re.Match[str], today: date) -> date:
    """`tuesday week`, as it is said in Britain."""
    return _certain(match["from"], today) + timedelta(weeks=1)


def _certain(said: str, today: date) -> date:
    day = _day(said, today)
    if day is None:
        raise _Wrong(f'"{said}" is no day')
    if not _is_certain(said, today, day):
        raise _Wrong(f"{said} could be {_words(day, today)} or a week later; name the date")
    return day


def _weekday_in_weeks(match: re.Match[str], today: date) -> date:
    """`in 2 weeks on friday`: the Friday of that week, where counting from the coming Friday is the same."""
    weeks, weekday = count_of(match["count"]), WEEKDAYS[match["weekday"]]
    of_that_week = today + timedelta(weeks=weeks, days=weekday - today.weekday())
    from_the_coming = today + timedelta(weeks=weeks, days=(weekday - today.weekday()) % 7)
    if of_that_week != from_the_coming:
        raise _Wrong(f"{_words(of_that_week, today)} or {_words(from_the_coming, today)}? name the date")
    return of_that_week


def _named_month(match: re.Match[str], today: date) -> date:
    month, day = MONTHS[match["month"]], _ordinal(match)
    if match["year"]:
        return _checked(match, date(int(match["year"]), month, day))
    return _checked(match, _next(today, lambda one: (one.month, one.day) == (month, day)))


def _day_of_month(match: re.Match[str], today: date) -> date:
    wanted = _ordinal(match)
    return _checked(match, _next(today, lambda one: one.day == wanted))


def _day_of_that_month(match: re.Match[str], today: date) -> date:
    first = _month(match, today)
    return _checked(match, date(first.year, first.month, _ordinal(match)))


def _month(match: re.Match[str], today: date) -> date:
    """The first of the month that is said: by name, or as `this month`, `next month`."""
    groups = match.groupdict()
    if groups.get("month"):
        month = MONTHS[groups["month"]]
        if groups.get("year"):
            return date(int(groups["year"]), month, 1)
        return date(today.year if month >= today.month else today.year + 1, month, 1)
    which = groups.get("which") or "this"
    by = {"next": 1, "following": 1, "coming": 1, "last": -1, "previous": -1, "past": -1}.get(which, 0)
    return _moved(today.replace(day=1), by, "months")


def _weekday_of_month(match: re.Match[str], today: date) -> date:
    """`the first friday of march`, `last monday of next month`."""
    first, weekday = _month(match, today), WEEKDAYS[match["weekday"]]
    days = [
        date(first.year, first.month, day)
        for day in range(1, monthrange(first.year, first.month)[1] + 1)
        if date(first.year, first.month, day).weekday() == weekday
    ]
    nth = match["nth"]
    place = -1 if nth == "last" else (ORDINALS.get(nth) or int(nth[0])) - 1
    if place >= len(days):
        raise _Wrong(f"{first:%B %Y} has only {len(days)} such days")
    groups = match.groupdict()
    if groups.get("month") and not groups.get("year") and days[place] < today:
        raise _Wrong(f"{days[place].day} {first:%b %Y} has passed; say the year")
    return days[place]


def _last_of_month(match: re.Match[str], today: date) -> date:
    first = _month(match, today)
    return date(first.year, first.month, monthrange(first.year, first.month)[1])


def _year_first(match: re.Match[str], _today: date) -> date:
    month = match["month"]
    return date(int(match["year"]), MONTHS.get(month) or int(month), int(match["day"]))


def _dotted(match: re.Match[str], today: date) -> date:
    return _numbers(today, int(match["day"]), int(match["number"]), match["year"])


def _dotted_and_no_time(match: re.Match[str], today: date) -> date:
    """`14.3`, `24.11`: a day, as neither is a time nor a month and a day."""
    return _numbers(today, int(match["day"]), int(match["number"]), None)


def _slashed(match: re.Match[str], today: date) -> date:
    one, two = int(match["one"]), int(match["two"])
    if one > 12 or one == two:
        return _numbers(today, one, two, match["year"])
    if two > 12:
        return _numbers(today, two, one, match["year"])
    raise _Wrong("day and month could be either way round; write the month in letters")


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
    spelled = match.groupdict().get("spelled")
    if spelled:
        return ORDINALS[spelled]
    day, suffix = int(match["day"]), match["suffix"]
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
    weekday = match.groupdict().get("weekday")
    if weekday and day.weekday() != WEEKDAYS[weekday]:
        raise _Wrong(f"{day.day} {day:%b %Y} is a {day:%A}")
    return day


_ON = rf"(?:on )?(?:{WEEKDAY},? ?)?"
_A_DAY = rf"(?:{_DAY}|{_SPELLED})"
_NUMBERED = r"(?P<day>\d{1,2})(?P<suffix>st|nd|rd|th)"
_NAMED_DAY = rf"(?P<from>(?:the )?(?:{any_of(_NAMED)})|(?:this |next )?(?:{any_of(WEEKDAYS)})\.?)"

_RULES: tuple[_Rule, ...] = (
    saying(rf"(?:the )?(?P<word>{any_of(_NAMED)})", _word),
    saying(rf"(?:on )?(?:(?P<which>this|next|last|(?:this )?coming) )?{WEEKDAY}", _weekday),
    saying(rf"(?:on )?{WEEKDAY} (?:of |in )?next week", _in_next_week),
    saying(rf"next week,? (?:on )?{WEEKDAY}", _in_next_week),
    saying(rf"(?:on )?{WEEKDAY} (?:of |in )?(?:this|(?P<past>last)) week", _in_this_week),
    saying(rf"(?:this|(?P<past>last)) week,? (?:on )?{WEEKDAY}", _in_this_week),
    saying(rf"{COUNT} {WEEKDAYS_MANY} (?:from now|from today|later|hence)", _nth_weekday),
    saying(rf"{WEEKDAY} after next", _nth_weekday),
    saying(rf"(?P<sign>[+-]) ?{COUNT} ?{_UNIT}", _shift),
    saying(rf"(?:in|after) {COUNT} ?{_UNIT}(?:'s?)?(?: time)?", _shift),
    saying(rf"{COUNT} ?{_UNIT}'? (?:time|{_LATER})", _shift),
    saying(rf"{COUNT} {_UNIT} (?:from|after|on) {_NAMED_DAY}", _from_a_day),
    saying(rf"{COUNT} {_UNIT} (?P<from>today|tomorrow|tmrw)", _from_a_day),
    saying(rf"{_NAMED_DAY} ?(?P<sign>[+-]) ?{COUNT} ?{_UNIT}", _from_a_day),
    saying(rf"{_NAMED_DAY} ?(?P<sign>[+-]) ?(?P<count>\d{{1,3}})", _from_a_day),
    saying(rf"{_NAMED_DAY} week", _week_after),
    saying(rf"(?:in )?{COUNT} (?:w|wks?|weeks?),? (?:on )?{WEEKDAY}", _weekday_in_weeks),
    saying(rf"(?:on )?{WEEKDAY} in {COUNT} (?:w|wks?|weeks?)", _weekday_in_weeks),
    saying(rf"{_ON}(?:the )?{_A_DAY}\.?[-/ ]?(?:of )?{MONTH}{_YEAR}", _named_month),
    saying(rf"{_ON}{MONTH}[-/ ]?(?:the )?{_A_DAY}{_YEAR}", _named_month),
    saying(rf"{_ON}(?:the )?{_NUMBERED}", _day_of_month),
    saying(rf"{_ON}the (?:{_DAY}|{_SPELLED})", _day_of_month),
    saying(rf"{_ON}(?:the )?{_A_DAY}(?: day)? {_OF}{_WHICH_MONTH} month", _day_of_that_month),
    saying(rf"{_WHICH_MONTH} month,? (?:on )?(?:the )?{_A_DAY}", _day_of_that_month),
    saying(rf"(?:on )?(?:the )?{_NTH} {WEEKDAY} {_OF}(?:{_WHICH_MONTH} )?month", _weekday_of_month),
    saying(rf"(?:on )?(?:the )?{_NTH} {WEEKDAY} {_OF}{MONTH}{_YEAR}", _weekday_of_month),
    saying(rf"(?:on )?(?:the )?last day {_OF}(?:{MONTH}{_YEAR}|(?:{_WHICH_MONTH} )?month)", _last_of_month),
    saying(r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})", _year_first),
    saying(rf"(?P<year>\d{{4}})[-/]{MONTH}[-/](?P<day>\d{{1,2}})", _year_first),
    saying(r"(?P<day>\d{1,2})\. ?(?P<number>\d{1,2})\.(?: ?(?P<year>\d{4}|\d{2}))?", _dotted),
    saying(r"(?P<day>2[4-9]|3[01])\.(?P<number>\d{1,2})", _dotted_and_no_time),
    saying(r"(?P<day>1[3-9]|2\d|3[01])\.(?P<number>[1-9])", _dotted_and_no_time),
    saying(r"(?P<one>\d{1,2})/(?P<two>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?", _slashed),
    saying(r"(?P<one>\d{1,2})-(?P<two>\d{1,2})-(?P<year>\d{4})", _slashed),
)
_DATED = (_named_month, _day_of_month, _dotted, _dotted_and_no_time, _slashed)
"""The meanings that take a date as the next such one where no year is said with it."""
