"""Patients from a table: what another system or a spreadsheet exported.

Every row becomes a patient or a line in the list of what was rejected, with the reason; nothing is merged, and the same
file gives the same keys whenever it is read, so that importing it again changes nothing.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from uuid import UUID

from msgspec import Struct

from frontdesk.domain.errors import Problem
from frontdesk.domain.patient import PatientDetails
from frontdesk.domain.patient_file import NOTHING_MORE, FileDetails
from frontdesk.exchange.column_words import Field
from frontdesk.exchange.decode import decode
from frontdesk.exchange.headers import Columns, count_known, find_columns, words_of
from frontdesk.exchange.patient_row import Rejected, RowReader, is_blank
from frontdesk.exchange.sexes import words_among
from frontdesk.exchange.splitting import Row
from frontdesk.exchange.table import Table, read_table
from frontdesk.text import visible

Progress = Callable[[int, int], None]
"""Told the rows done and the rows in all."""
_PROGRESS_EVERY = 500


class PatientRecord(Struct, frozen=True):
    """One patient of a file; `key` names the row within its namespace, the same in every reading of the file."""

    where: str
    key: str
    details: PatientDetails
    file: FileDetails = NOTHING_MORE


class PatientFile(Struct, frozen=True):
    """What a table of patients held.

    `namespace` is the same for files with the same header, or of the same frontdesk: the exports of one system.
    `mended` tells what was changed or left out of rows that went in, `columns` which column was taken for what.
    """

    namespace: str
    records: tuple[PatientRecord, ...]
    rejected: tuple[Problem, ...]
    mended: tuple[Problem, ...]
    columns: Mapping[str, str]
    encoding: str
    delimiter: str


def read_patients(
    data: bytes,
    *,
    today: date,
    columns: Mapping[str, str] | None = None,
    day_first: bool | None = None,
    progress: Progress | None = None,
) -> PatientFile:
    """The patients in the bytes of a table.

    `columns` overrules what the header is taken for (`{"given": "Rufname"}`), `day_first` settles dates like
    03/04/1980 where no date in the file does. Raises `Refused` for a file that is no table or has no names in it.
    """
    decoded = decode(data)
    wanted = {words_of(name) for name in (columns or {}).values() if name}
    table = read_table(
        decoded.text,
        known=lambda cells: count_known(cells) + sum(words_of(cell) in wanted for cell in cells if wanted),
    )
    found = find_columns(table.header, lambda field, place: _weight(table, field, place), columns)
    reader = RowReader.of(table, found, today=today, day_first=day_first)
    records: list[PatientRecord] = []
    rejected: list[Problem] = []
    mended: list[Problem] = list(reader.doubts())
    keys = _Keys(table, found)
    for done, row in enumerate(table.rows):
        if progress and done % _PROGRESS_EVERY == 0:
            progress(done, len(table.rows))
        where = f"line {row.line}"
        try:
            details, remarks = reader.read(row)
            file, more = reader.file(row)
        except Rejected as rejection:
            rejected.append(Problem(where, visible(str(rejection))))
            continue
        mended.extend(Problem(where, visible(remark)) for remark in (*remarks, *more))
        records.append(PatientRecord(where, keys.of(row, details), details, file))
    if progress:
        progress(len(table.rows), len(table.rows))
    return PatientFile(
        namespace=_namespace(table, found),
        records=tuple(records),
        rejected=tuple(rejected),
        mended=tuple(mended),
        columns={field: ", ".join(table.header[place] for place in places) for field, places in found.places.items()},
        encoding=decoded.encoding,
        delimiter=table.delimiter,
    )


def frontdesk_namespace(database_id: str) -> str:
    """What the tables are known by that a frontdesk wrote of its own patients."""
    return f"frontdesk:{UUID(database_id).hex}"


def _namespace(table: Table, columns: Columns) -> str:
    """Which frontdesk gave the ids, where one says so in every row; else the header."""
    place = columns.one(Field.ID_GIVEN_BY)
    givers = set() if place is None else {row.cells[place].strip() for row in table.rows if place < len(row.cells)}
    if len(givers) == 1:
        with suppress(ValueError):
            return frontdesk_namespace(givers.pop())
    plain = "\n".join(words_of(name) for name in table.header)
    return "table:" + hashlib.sha256(plain.encode()).hexdigest()[:16]


def _weight(table: Table, field: Field, place: int) -> float:
    """How well a column serves a field: an id by being unique, the sex by words, all by how much they are filled."""
    values = [row.cells[place].strip() for row in table.rows if place < len(row.cells)]
    filled = [value for value in values if value and not is_blank(value)]
    share = len(filled) / (len(values) or 1)
    if field is Field.ID:
        return share if len(set(filled)) == len(filled) else -1
    if field is Field.SEX:
        return share + words_among(filled)
    if field is Field.STREET and "formatted" in words_of(table.header[place]):
        return share - 0.5
    return share


def key_of(number: str) -> str:
    """What the row of another system's patient is known by, by the number there."""
    return f"id:{number}"


class _Keys:
    """Names rows so that the same file read again names them the same."""

    def __init__(self, table: Table, columns: Columns) -> None:
        self._place = columns.one(Field.ID)
        self._same: Counter[str] = Counter()
        if self._place is not None and _weight(table, Field.ID, self._place) < 0:
            self._place = None  # a number that several rows share names a family or a visit, not a patient

    def of(self, row: Row, details: PatientDetails) -> str:
        """The other system's id, else name and birth date with a number, since namesakes are two people."""
        if self._place is not None and self._place < len(row.cells):
            value = row.cells[self._place].strip()
            if not is_blank(value):
                return key_of(value)
        born = details.birth_date.isoformat() if details.birth_date else ""
        name = f"{_folded(details.family)}|{_folded(details.given)}|{born}"
        self._same[name] += 1
        return f"{name}#{self._same[name]}"


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
