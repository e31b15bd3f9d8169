"""Birth dates as people type them: every day that the digits may mean, the clinic's own order first.

Half-typed dates are read too, so that the list narrows while the year is still being typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from msgspec import Struct

from frontdesk.domain.lookup.fold import forms

MONTH_FIRST = frozenset({"US", "AS", "GU", "MP", "PR", "UM", "VI", "FM", "MH", "PW", "PH"})
"""Countries (ISO 3166) whose people write the month before the day: the United States and who writes as they do."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2039
"""The years a birth date may lie in when the year is left out or cut short."""

_MONTH_NAMES = (
    "january januar janvier enero gennaio",
    "february februar fevrier febrero febbraio",
    "march marz maerz mrz mars marzo",
    "april avril abril aprile",
    "may mai mayo maggio",
    "june juni juin junio giugno",
    "july juli juillet julio luglio",
    "august aout agosto",
    "september septembre septiembre settembre",
    "october oktober octobre octubre ottobre",
    "november novembre noviembre",
    "december dezember decembre diciembre dicembre",
)
"""In plain letters, as what is typed is compared with them; to fold one here would load what folds all scripts."""
_NUMERIC = re.compile(r"(\d{1,4})[./-](\d{1,2})(?:[./-](\d{0,4}))?")
_SPACED = re.compile(r"(\d{1,2})[./-]? (\d{1,2})[./-]? (\d{2}|\d{4})")
_COMPACT = re.compile(r"\d{6}|\d{8}")
_ORDINAL = r"(\d{1,2})(?:st|nd|rd|th|er|o)?"
_BREAK = r"(?:\s+(?:of|de|di)\s+|[\s./,-]*)"
_DAY_MONTH = re.compile(rf"(?<![\w.]){_ORDINAL}{_BREAK}([^\W\d_]{{3,}}){_BREAK}(\d{{1,4}})?(?!\w)")
_MONTH_YEAR = re.compile(rf"(?<!\w)([^\W\d_]{{3,}}){_BREAK}(\d{{4}})(?!\w)")
_MONTH_DAY = re.compile(rf"(?<!\w)([^\W\d_]{{3,}}){_BREAK}{_ORDINAL}(?:[\s./,-]+(\d{{1,4}}))?(?!\w)")


def _month_words() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, names in enumerate(_MONTH_NAMES, start=1):
        for name in names.split():
            for length in range(3, len(name) + 1):
                found.setdefault(name[:length], set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


_MONTHS = _month_words()


def months_begun(word: str) -> frozenset[int]:
    """The months, 1 to 12, whose name in one of the languages around begins so; none for fewer than three letters."""
    plain = forms(word)
    return _MONTHS.get(plain[0], frozenset()) if plain else frozenset()


class Births(Struct, frozen=True):
    """The days that were meant: `likely` by the clinic's order of day and month, `other` by the other one.

    `spans` are whole months, years or decades, first and last day included.
    """

    likely: tuple[date, ...] = ()
    other: tuple[date, ...] = ()
    spans: tuple[tuple[date, date], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.likely or self.other or self.spans)


def from_digits(text: str, *, day_first: bool) -> Births:
    """Reads `14.3.61`, `14/03/1961`, `1961-03-14`, `14 3 61`, `19610314`, `14.3.`, `1961`, `61`; nothing for others."""
    match = _NUMERIC.fullmatch(text) or _SPACED.fullmatch(text)
    if match:
        first, second, third = match.group(1), match.group(2), match.group(3) or ""
        if len(first) >= 3:
            return _year_first(first, second, third) if len(first) == 4 and len(third) <= 2 else Births()
        return _day_and_month(first, second, third, day_first)
    if _COMPACT.fullmatch(text):
        head, tail = (text[:4], text[4:]) if len(text) == 8 else ("", "")
        year_first = _days(head, {int(tail[:2])}, int(tail[2:])) if head else ()
        rest = _day_and_month(text[:2], text[2:4], text[4:], day_first)
        return Births((*year_first, *rest.likely), rest.other)
    if text.isdecimal() and text.isascii() and 2 <= len(text) <= 4:
        return Births(spans=tuple(_whole_years(text)))
    return Births()


def from_words(text: str) -> tuple[Births, str, bool]:
    """Finds `14 mar 1961`, `14th of March 1961`, `March 14, 61`, `14. März` or `March 1961` in a text.

    Gives the days, the text without them, and whether a year was there: without one it may be no date at all.
    """
    for pattern, day_at, month_at in ((_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        for match in pattern.finditer(text):
            days = _days(match.group(3) or "", months_begun(match.group(month_at)), int(match.group(day_at)))
            if days:
                return Births(days), f"{text[: match.start()]} {text[match.end() :]}", bool(match.group(3))
    for match in _MONTH_YEAR.finditer(text):
        firsts = [_day(int(match.group(2)), month, 1) for month in sorted(months_begun(match.group(1)))]
        spans = tuple((first, _month_end(first)) for first in firsts if first)
        if spans:
            # May and March are names as well, and 1961 may be a number or another year.
            return Births(spans=spans), f"{text[: match.start()]} {text[match.end() :]}", False
    return Births(), text, False


def _day_and_month(first: str, second: str, year: str, day_first: bool) -> Births:
    day_month = _days(year, {int(second)}, int(first))
    month_day = _days(year, {int(first)}, int(second))
    likely, other = (day_month, month_day) if day_first else (month_day, day_month)
    return Births(likely, tuple(day for day in other if day not in likely)) if likely else Births(other)


def _year_first(year: str, month: str, day: str) -> Births:
    if day:
        return Births(tuple(found for one in _begun_by(day) for found in _days(year, {int(month)}, one)))
    firsts = (_day(int(year), one, 1) for one in _begun_by(month))
    return Births(spans=tuple((first, _month_end(first)) for first in firsts if first))


def _begun_by(digits: str) -> tuple[int, ...]:
    """The months or days that a half-typed number may become: 1 is 1 or 10 to 19, 0 is 1 to 9."""
    if len(digits) > 1:
        return (int(digits),)
    return (*([int(digits)] if digits != "0" else []), *(int(digits + last) for last in "0123456789"))


def _month_end(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _days(year: str, months: Iterable[int], day: int) -> tuple[date, ...]:
    found = (_day(one, month, day) for one in _years(year) for month in sorted(months))
    return tuple(one for one in found if one is not None)


def _years(text: str) -> Iterator[int]:
    """The years a whole, short or half-typed year may mean: 1961 for 1961, 1961 and 2061 no, 61 both, 196 the ten."""
    if len(text) in (1, 3):
        for head in (text,) if len(text) == 3 else (f"19{text}", f"20{text}"):
            yield from range(int(head) * 10, int(head) * 10 + 10)
    elif len(text) == 2:
        yield from (1900 + int(text), 2000 + int(text))
    elif text:
        yield int(text)
    else:
        yield from range(_FIRST_YEAR, _LAST_YEAR + 1)


def _whole_years(text: str) -> Iterator[tuple[date, date]]:
    years = [year for year in _years(text) if _FIRST_YEAR - 50 <= year <= _LAST_YEAR]
    if len(text) == 3 and years:
        yield date(years[0], 1, 1), date(years[-1], 12, 31)
    elif len(text) != 3:
        yield from ((date(year, 1, 1), date(year, 12, 31)) for year in years)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if _FIRST_YEAR - 50 <= year <= _LAST_YEAR + 60 else None
    except ValueError:
        return None
