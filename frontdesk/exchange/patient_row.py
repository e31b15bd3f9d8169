"""One row of a table as a patient's details, or the reason why it can't be one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from msgspec import Struct

from frontdesk import text
from frontdesk.domain.errors import Problem
from frontdesk.domain.full_names import take_apart
from frontdesk.domain.patient import PatientDetails
from frontdesk.domain.patient_file import DATES, NOTHING_MORE, TEXTS, ContactBy, FileDetails
from frontdesk.exchange.column_words import Field
from frontdesk.exchange.csv_cells import as_meant
from frontdesk.exchange.dates import BadDate, DateColumn, Incomplete
from frontdesk.exchange.flag_lines import flags_of
from frontdesk.exchange.headers import Columns, squeezed
from frontdesk.exchange.sexes import SexColumn
from frontdesk.exchange.splitting import Row
from frontdesk.exchange.table import Table

PHONES_LIMIT = 20
"""Phones of one patient; more are a broken file."""

_BLANKS = frozenset({"", "null", "\\n", "n/a", "nan", "none", "-"})
_SEVERAL = re.compile(r":::|[;\r\n|]")
_DAY_FIRST_HINT = re.compile(r"\b(?:dd?[-/. ]?mm?[-/. ]?y|[jt]{1,2}[-/. ]?mm?[-/. ]?[aj])", re.IGNORECASE)
_MONTH_FIRST_HINT = re.compile(r"\bmm?[-/. ]?dd?[-/. ]?y", re.IGNORECASE)
_AMERICAN = frozenset({"zip", "zipcode", "ssn", "homezip", "addresszip"})
_OF_THE_FILE = tuple(Field(name) for name in (*TEXTS, *DATES, "preferred_contact"))
_YES = frozenset({"yes", "true", "1", "x"})
_WORDED = {Field.MIDDLE: "Middle name", Field.SUFFIX: "Suffix", Field.MOTHERS_NAME: "Mother's maiden name"}


class Rejected(Exception):
    """A row that can't go in; the message says why."""


def is_blank(value: str) -> bool:
    """Whether a trimmed cell says nothing: databases write NULL, spreadsheets n/a."""
    return value.lower() in _BLANKS


def _plain(value: str) -> bool:
    """Whether a text is so ordinary that nothing can be wrong with it: it saves most cells the long look."""
    return value.isprintable() and (value.isascii() or max(value) < "\u0300")


@lru_cache(maxsize=65_536)
def _objection(value: str, limit: int) -> str | None:
    return text.objection(value, limit=limit)


def _checked(value: str, field: str, limit: int) -> str:
    if len(value) <= limit and _plain(value):
        return value
    reason = _objection(value, limit)
    if reason:
        raise Rejected(f"{field} {reason}")
    return value


class RowReader(Struct, frozen=True):
    """Reads the rows of one table: its columns, and how each column writes dates and sexes."""

    columns: Columns
    width: int
    birth_dates: DateColumn
    deaths: DateColumn
    sexes: SexColumn
    birth_header: str
    of_the_file: tuple[Field, ...]
    """The fields of the file besides for which there are columns."""

    @classmethod
    def of(cls, table: Table, columns: Columns, *, today: date, day_first: bool | None) -> RowReader:
        """The reader for a table whose columns are known; looks through the rows once for how dates are written."""
        american = any(squeezed(name) in _AMERICAN for name in table.header)

        def dates(field: Field) -> tuple[DateColumn, str]:
            place = columns.one(field)
            name = "" if place is None else table.header[place]
            hint = day_first
            if _DAY_FIRST_HINT.search(name):
                hint = True
            elif _MONTH_FIRST_HINT.search(name):
                hint = False
            values = _values(table.rows, place)
            return DateColumn.of(values, today=today, day_first=hint, month_first_likely=american), name

        births, name = dates(Field.BIRTH_DATE)
        return cls(
            columns=columns,
            width=len(table.header),
            birth_dates=births,
            deaths=dates(Field.DECEASED_ON)[0],
            sexes=SexColumn.of(_values(table.rows, columns.one(Field.SEX))),
            birth_header=name,
            of_the_file=tuple(field for field in _OF_THE_FILE if field in columns.places),
        )

    def doubts(self) -> Iterator[Problem]:
        """What was assumed about the whole table and might be wrong."""
        if self.birth_dates.undecided:
            order = "day first" if self.birth_dates.day_first else "month first"
            yield Problem(f"column {text.visible(self.birth_header)}", f"no date shows its order; read {order}")

    def read(self, row: Row) -> tuple[PatientDetails, tuple[str, ...]]:
        """The patient in `row`, and what was left out of it; raises `Rejected`."""
        cells = row.cells
        if any(cell.strip() for cell in cells[self.width :]):
            raise Rejected(f"has {len(cells)} cells under {self.width} columns")
        remarks: list[str] = []
        given, family = self._names(cells)
        if not given and not family:
            raise Rejected("no name")
        details = PatientDetails(
            given=_checked(given, "given name", text.NAME_LIMIT),
            family=_checked(family, "family name", text.NAME_LIMIT),
            known_as=_checked(self._cell(cells, Field.KNOWN_AS), "known as", text.NAME_LIMIT),
            former_name=_short(self._cell(cells, Field.FORMER_NAME), "former name", text.NAME_LIMIT, remarks),
            original_name=_short(self._cell(cells, Field.ORIGINAL_NAME), "original name", text.NAME_LIMIT, remarks),
            birth_date=self._date(cells, Field.BIRTH_DATE, self.birth_dates, "birth date", remarks),
            sex=self.sexes.read(self._cell(cells, Field.SEX)),
            phones=self._phones(cells),
            email=next(self._several(cells, Field.EMAIL, "e-mail"), ""),
            address=_long(self._address(cells), "address", remarks),
            notes=_long(self._notes(cells), "notes", remarks),
            deceased_on=self._date(cells, Field.DECEASED_ON, self.deaths, "date of death", remarks),
            retired=self._cell(cells, Field.RETIRED).casefold() in _YES,
            flags=flags_of(_long(self._cell(cells, Field.FLAGS), "flags", remarks)),
        )
        return details, tuple(remarks)

    def file(self, row: Row) -> tuple[FileDetails, tuple[str, ...]]:
        """What the row says of the file besides, and what was left out of that: no reason to turn anybody away."""
        values: dict[str, Any] = {}
        remarks: list[str] = []
        for field in self.of_the_file:
            value = self._cell(row.cells, field)
            if value and field.value not in TEXTS:
                values[field.value] = self._known(field, value, remarks)
            elif value:
                limit = text.NAME_LIMIT if field.value.endswith("_name") else text.LINE_LIMIT
                values[field.value] = _short(value, field.value.replace("_", " "), limit, remarks)
        return (FileDetails(**values) if values else NOTHING_MORE), tuple(remarks)

    def _known(self, field: Field, value: str, remarks: list[str]) -> date | ContactBy | None:
        """A day or a way to reach them, as frontdesk writes either; None, remarked, for anything else."""
        try:
            if field is Field.PREFERRED_CONTACT:
                return ContactBy(value.casefold())
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is not None and day.year >= 1900 and day <= self.birth_dates.today:
            return day
        remarks.append(f"{field.value.replace('_', ' ')} {_quoted(value)} is not known here; left out")
        return None

    def _cell(self, cells: list[str], field: Field) -> str:
        place = self.columns.one(field)
        return "" if place is None else _trimmed(cells, place)

    def _names(self, cells: list[str]) -> tuple[str, str]:
        given = self._name(cells, Field.GIVEN)
        family = self._name(cells, Field.FAMILY)
        if given or family:
            parts = (self._name(cells, Field.FAMILY_BEFORE), family, self._name(cells, Field.FAMILY_2))
            return given, " ".join(filter(None, parts)) if family else family
        whole = self._name(cells, Field.FULL)
        if whole:
            return take_apart(whole) if whole.isprintable() else ("", whole)
        return take_apart(self._name(cells, Field.FULL_FAMILY_FIRST), family_first=True)

    def _name(self, cells: list[str], field: Field) -> str:
        # Null, None and Nan are names that people bear; only what no one is called counts as blank here.
        place = self.columns.one(field)
        if place is None or place >= len(cells):
            return ""
        name = cells[place].strip(" \t\r\n\u00a0")
        return "" if name in {"\\N", "-", "n/a", "N/A"} else as_meant(name)

    def _date(self, cells: list[str], field: Field, column: DateColumn, words: str, remarks: list[str]) -> date | None:
        value = self._cell(cells, field)
        if not value:
            return None
        try:
            return column.read(value)
        except Incomplete as incomplete:
            remarks.append(f"{words} {_quoted(value)} {incomplete}; left out")
            return None
        except BadDate as bad:
            raise Rejected(f"{words} {_quoted(value)} {bad}") from None

    def _phones(self, cells: list[str]) -> tuple[str, ...]:
        phones = tuple(dict.fromkeys(self._several(cells, Field.PHONE, "phone")))
        if len(phones) > PHONES_LIMIT:
            raise Rejected(f"has {len(phones)} phones; at most {PHONES_LIMIT} fit")
        return phones

    def _several(self, cells: list[str], field: Field, words: str) -> Iterator[str]:
        """Every value of a field that has several columns or several values in a cell."""
        for place in self.columns.places.get(field, ()):
            value = _trimmed(cells, place)
            if value:
                for part in map(str.strip, _SEVERAL.split(value)):
                    if part:
                        yield _checked(part, words, text.LINE_LIMIT)

    def _address(self, cells: list[str]) -> str:
        """Street and house in the file's order, then the town's line, then the country."""
        in_order = sorted(
            place for field in (Field.HOUSE, Field.STREET) for place in self.columns.places.get(field, ())
        )
        street = " ".join(filter(None, (_trimmed(cells, place) for place in in_order)))
        more = ", ".join(filter(None, (_trimmed(cells, p) for p in self.columns.places.get(Field.STREET_2, ()))))
        town = self._town(cells)
        return "\n".join(filter(None, (street, more, town, self._cell(cells, Field.COUNTRY))))

    def _town(self, cells: list[str]) -> str:
        """`Carlton, VIC 3053` with a state; without one, town and postcode in the file's order (`50667 Köln`)."""
        city, postcode = self._cell(cells, Field.CITY), self._cell(cells, Field.POSTCODE)
        state = self._cell(cells, Field.STATE)
        if state:
            return ", ".join(filter(None, (city, " ".join(filter(None, (state, postcode))))))
        if city and postcode and (self.columns.one(Field.POSTCODE) or 0) < (self.columns.one(Field.CITY) or 0):
            return f"{postcode} {city}"
        return " ".join(filter(None, (city, postcode)))

    def _notes(self, cells: list[str]) -> str:
        """The notes, and below them the parts of the name that have no field of their own."""
        lines = [_trimmed(cells, place) for place in self.columns.places.get(Field.NOTES, ())]
        lines += [f"{words}: {value}" for field, words in _WORDED.items() if (value := self._cell(cells, field))]
        return "\n".join(filter(None, lines))


def _values(rows: Iterable[Row], place: int | None) -> Iterator[str]:
    if place is not None:
        for row in rows:
            yield _trimmed(row.cells, place)


def _trimmed(cells: list[str], place: int) -> str:
    if place >= len(cells):
        return ""
    value = cells[place].strip()
    return "" if is_blank(value) else as_meant(value)


def _quoted(value: str) -> str:
    return f"'{value if len(value) <= 40 else value[:40] + '…'}'"


def _short(value: str, words: str, limit: int, remarks: list[str]) -> str:
    """A text of one line as it may be stored; what that takes away is remarked."""
    reason = None if len(value) <= limit and _plain(value) else _objection(value, limit)
    if reason is None:
        return value
    remarks.append(f"{words} {reason}; the rest was kept")
    return text.clean(value, limit=limit)


def _long(value: str, words: str, remarks: list[str]) -> str:
    """A text of several lines as it may be stored; what that takes away is remarked."""
    if not value or (len(value) <= text.NOTES_LIMIT and _plain(value.replace("\n", " "))):
        return value
    kept = text.clean(value, lines=True, limit=text.NOTES_LIMIT)
    reason = text.objection(value.replace("\r", ""), lines=True, limit=text.NOTES_LIMIT)
    if reason:
        remarks.append(f"{words} {reason}; the rest was kept")
    return kept
