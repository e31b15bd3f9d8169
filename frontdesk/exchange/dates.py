"""Birth dates as files write them.

`03/04/1980` says nothing by itself, but its column does: one 25 in the first place decides for all. So dates are read
by the column, and a value is only refused once the column's order is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

FIRST_YEAR = 1600
"""Older birth dates are typing errors; lists of historical people reach back that far."""
_LONGEST = 60  # characters; no way to write a day takes more
_SERIAL_ZERO = date(1899, 12, 30)  # so that Excel's 61 is 1 March 1900, which its invented 29 February makes it
_TAIL = r"(?:[T ,]+\d{1,2}[:.]\d{2}.*)?$"
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ]\s?(\d{1,2})[-/. ]\s?(\d{1,2})\.?" + _TAIL)
_EAST_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_YEAR_LAST = re.compile(r"(\d{1,2})\s?([-/. ])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})\.?" + _TAIL)
_DAY_MONTH_NAME = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|\.|er|º)?[-\s/,]*(?:de |of )?([^\W\d]{3,})\.?[-\s/,]*(?:de )?(\d{4}|\d{2})" + _TAIL
)
_MONTH_NAME_DAY = re.compile(r"([^\W\d]{3,})\.?[-\s]*(\d{1,2})(?:st|nd|rd|th)?[-,\s]+(\d{4}|\d{2})" + _TAIL)
_SERIAL = re.compile(r"(\d{5})(?:\.0+)?$")
_INCOMPLETE = re.compile(
    r"-{1,2}\d{1,2}-?\d{1,2}$|\d{4}(?:[-/.]\d{1,2})?$|\d{1,2}[-/.]\d{4}$|(?:0000|\?{4}|1604)-\d{2}-\d{2}$"
)
_NOTHING = re.compile(r"[-/.?0 ]*$|null$|\\n$|n/?a$|none$|nan$|nat$|unknown$|unbekannt$|inconnue?$", re.IGNORECASE)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan janv januar january ene enero gen gennaio sty stycznia styczen oca ocak janvier janeiro januari",
            "feb fev februar february fevr fevrier febrero fevereiro febbraio lut lutego luty sub subat februari",
            "mar marz mars march maerz marzo marco maart mrt marca marzec mart mrz",
            "apr april avr avril abr abril aprile kwi kwietnia kwiecien nis nisan",
            "may mai mayo maio mag maggio mei maj maja mayis",
            "jun june juni juin junio junho giu giugno cze czerwca czerwiec haz haziran",
            "jul july juli juil juillet julio julho lug luglio lip lipca lipiec tem temmuz",
            "aug august aou aout ago agosto augustus sie sierpnia sierpien agu agustos augusti",
            "sep sept september septembre septiembre set setembro settembre wrz wrzesnia wrzesien eyl eylul",
            "oct oktober october octobre octubre out outubro ott ottobre okt paz pazdziernika pazdziernik eki ekim",
            "nov november novembre noviembre novembro lis listopada listopad kas kasim",
            "dec dez dezember december decembre dic diciembre dezembro dicembre gru grudnia grudzien ara aralik",
        ),
        1,
    )
    for name in names.split()
}
_ACCENTS = str.maketrans("äáàâéèêíóôúûüçğışńźł", "aaaaeeeioouuucgisnzl")


class BadDate(ValueError):
    """A value that is no date of a living person; the message goes on after the value."""


class Incomplete(ValueError):
    """A value that lacks the year or the day: nothing is wrong, and nothing can be stored."""


class DateColumn:
    """Reads one column of dates, each value once; `undecided` where nothing in it shows the order of day and month."""

    def __init__(self, today: date, *, day_first: bool = True, serials: bool = False, undecided: bool = False) -> None:
        """`serials` where it holds a spreadsheet's numbers of days."""
        self.today, self.day_first, self.undecided = today, day_first, undecided
        self._serials = serials
        self._seen: dict[str, date | ValueError | None] = {}

    @classmethod
    def of(cls, values: Iterable[str], *, today: date, day_first: bool | None, month_first_likely: bool) -> DateColumn:
        """The column that holds `values`; `day_first` is the caller's word, used where the values leave it open."""
        first = second = open_ = serials = others = 0
        dotted = False
        for value in values:
            match = _YEAR_LAST.match(value)
            if match:
                a, b = int(match[1]), int(match[3])
                first += a > 12 >= b
                second += b > 12 >= a
                open_ += a <= 12 and b <= 12 and a != b
                dotted = dotted or match[2] == "."
            serial = _SERIAL.match(value) is not None
            serials += serial
            others += bool(value) and not serial
        if first != second:
            order, undecided = first > second, False
        elif day_first is not None:
            order, undecided = day_first, False
        else:
            order, undecided = dotted or not month_first_likely, bool(open_) and not dotted
        return cls(today, day_first=order, serials=serials > others, undecided=undecided)

    def read(self, value: str) -> date | None:
        """The date that `value` means, None for a blank; raises `BadDate` or `Incomplete`."""
        if value not in self._seen:
            try:
                self._seen[value] = self._read(value)
            except ValueError as error:
                self._seen[value] = error
        known = self._seen[value]
        if isinstance(known, ValueError):
            raise known
        return known

    def _read(self, value: str) -> date | None:
        text = value.strip()
        if len(text) > _LONGEST:
            raise BadDate("is not a date")
        if _NOTHING.match(text):
            return None
        if self._serials and (match := _SERIAL.match(text)):
            found = _SERIAL_ZERO + timedelta(days=int(match[1]))
        elif _INCOMPLETE.match(text):
            raise Incomplete("is not a whole date")
        else:
            year, month, day = self._parts(text)
            found = self._real(year, month, day)
        if found > self.today:
            raise Incomplete("is in the future")
        if found.year < FIRST_YEAR:
            raise BadDate(f"is before {FIRST_YEAR}")
        return found

    def _parts(self, text: str) -> tuple[str, int, int]:
        """Year as written, month and day."""
        for pattern in (_YEAR_FIRST, _COMPACT, _EAST_ASIAN):
            if match := pattern.match(text):
                return match[1], int(match[2]), int(match[3])
        if match := _YEAR_LAST.match(text):
            day, month = (match[1], match[3]) if self.day_first else (match[3], match[1])
            return match[4], int(month), int(day)
        if match := _DAY_MONTH_NAME.match(text):
            return match[3], _month(match[2]), int(match[1])
        if match := _MONTH_NAME_DAY.match(text):
            return match[3], _month(match[1]), int(match[2])
        raise BadDate("is not a date")

    def _real(self, year: str, month: int, day: int) -> date:
        try:
            if len(year) == 4:
                return date(int(year), month, day)
            # Two digits are the youngest past year they can be: nobody is born tomorrow.
            for century in (self.today.year // 100, self.today.year // 100 - 1):
                found = date(century * 100 + int(year), month, day)
                if found <= self.today:
                    break
        except ValueError:
            raise BadDate("is a day that does not exist") from None
        return found


def _month(name: str) -> int:
    plain = name.casefold().translate(_ACCENTS)
    number = _MONTHS.get(plain)
    if number is None:
        raise BadDate("is not a date")
    return number
