"""A text cut into records and cells: which separator, which quotes, and where each record begins.

Python's csv module does the cutting; it asks for a dialect, and its own Sniffer guesses wrong on short files and on
separators inside quotes, so the dialect is found here by trying each one and looking at the result.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Iterable

DELIMITERS = (",", ";", "\t", "|", "`", "^", "~", "\x1f")
"""What may stand between cells; of equally good ones the first is taken."""

_QUOTES = ("'", "#", "`", "|", "~")  # beside the double quote, which is always tried first
_SAMPLE = 64 * 1024
_SAMPLE_RECORDS = 200
_LOOKS = 20  # times the lines of a file may be read again to mend quotes
_DECLARED = re.compile(r"\s*\"?sep=(.)\"?[ \t]*(?=[\r\n]|$)", re.IGNORECASE)


class Row(Struct, frozen=True):
    """The cells of one record as written, and the number of the line it begins on (from 1)."""

    line: int
    cells: list[str]

    @property
    def empty(self) -> bool:
        """Whether every cell is blank."""
        return not any(cell.strip() for cell in self.cells)


class Dialect(Struct, frozen=True):
    """How a text is cut into cells; `escape` is a backslash where quotes inside cells are written `\\"`."""

    delimiter: str
    quote: str = '"'
    skip_blanks: bool = False
    escape: str | None = None


def split(text: str) -> tuple[list[Row], Dialect]:
    """Every record of `text`, blank ones and comments too, and the dialect it was cut with."""
    text = text.removesuffix("\x1a")
    declared = _DECLARED.match(text)
    if declared:
        # Excel's own line: kept out of the table, but counted.
        dialect = _with_details(text, declared[1], '"')
        rows = _records(text[declared.end() :], dialect)
        return (rows[1:] if rows and not rows[0].cells else rows), dialect
    dialect = _dialect(text)
    return _records(text, dialect), dialect


def _dialect(text: str) -> Dialect:
    """The dialect under which the beginning of `text` looks most like a table."""
    sample = text[:_SAMPLE]
    best, most = Dialect(","), 0.0
    for delimiter in DELIMITERS:
        if delimiter in sample:
            dialect = Dialect(delimiter, _quote(sample, delimiter))
            score = _likeness(sample, dialect)
            if score > most:
                best, most = dialect, score
    return _with_details(text, best.delimiter, best.quote)


def _with_details(text: str, delimiter: str, quote: str) -> Dialect:
    """The dialect with the habits that show only where quotes are: blanks before them, backslashes inside."""
    sample = text[:_SAMPLE]
    between, mark = re.escape(delimiter), re.escape(quote)
    skip_blanks = delimiter != "\t" and re.search(f"{between} +{mark}", sample) is not None
    backslashes = re.search(rf"\\{mark}(?!\s*(?:{between}|[\r\n]|$))", sample) is not None
    doubled = re.search(rf"[^{between}\s]{mark}{mark}", sample) is not None
    return Dialect(delimiter, quote, skip_blanks, "\\" if backslashes and not doubled else None)


def _quote(sample: str, delimiter: str) -> str:
    """The quote character: another than `"` only where every cell that begins with it ends with it."""
    between = re.escape(delimiter)
    edge = rf"(?:^|{between}) *"
    if re.search(f'{edge}"', sample, re.MULTILINE):
        return '"'
    for quote in _QUOTES:
        if quote == delimiter:
            continue
        mark = re.escape(quote)
        opened = len(re.findall(f"{edge}{mark}", sample, re.MULTILINE))
        closed = len(re.findall(rf"{edge}{mark}[^{mark}]*{mark} *(?={between}|\r|\n|$)", sample, re.MULTILINE))
        if opened >= 2 and opened == closed:
            return quote
    return '"'


def _likeness(sample: str, dialect: Dialect) -> float:
    """How much the sample looks like a table: many columns, and the same number in most records."""
    records: list[list[str]] = []
    for cells in _reader(_lines(sample), dialect):
        if any(cells):
            records.append(cells)
        if len(records) >= _SAMPLE_RECORDS:
            break
    widths = Counter(len(cells) for cells in records)
    del widths[1]
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    headed = any(len(cells) == width for cells in records[:1])
    return count / len(records) * (1 - 1 / (width + 1)) + (0.3 if headed else 0.0)


def _reader(lines: Iterable[str], dialect: Dialect, *, strict: bool = False, quoted: bool = True) -> Reader:
    # The module's limit on a cell is process-wide and made for streams; the text is in memory already.
    csv.field_size_limit(2**31 - 1)
    return csv.reader(
        lines,
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        escapechar=dialect.escape,
        skipinitialspace=dialect.skip_blanks,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        strict=strict,
    )


def _lines(text: str) -> list[str]:
    """The lines of `text` with their ends: LF, CRLF or a lone CR, and nothing else that Unicode calls a line end."""
    return list(io.StringIO(text, newline=""))


def _records(text: str, dialect: Dialect) -> list[Row]:
    """The records of `text`, read strictly, so that a quote that never closes can't swallow the rows below it."""
    lines = _lines(text)
    rows: list[Row] = []
    at = looked_at = 0
    while at < len(lines):
        # A file made of nothing but wrong quotes is cut without regard to them before it can cost hours.
        patient = looked_at <= _LOOKS * len(lines) + 1000
        reader = _reader(map(lines.__getitem__, range(at, len(lines))), dialect, strict=patient, quoted=patient)
        begin = at
        try:
            for cells in reader:
                rows.append(Row(1 + begin, cells))
                begin = at + reader.line_num
            return rows
        except csv.Error:
            looked_at += reader.line_num
            width = len(rows[0].cells) if rows else 0
            taken, cells = _mend(lines[begin : at + reader.line_num], dialect, width)
            rows.append(Row(1 + begin, cells))
            at = begin + taken
    return rows


def _mend(lines: list[str], dialect: Dialect, width: int) -> tuple[int, list[str]]:
    """How many of `lines` are the record with wrong quotes that begins there, and its cells.

    One line if it can be read by itself, or if it and the next look like whole rows once the opening quote is taken
    for a character like any other; all of them if they together have the usual number of cells.
    """
    try:
        list(_reader(lines[:1], dialect, strict=True))
    except csv.Error as error:
        if "unexpected end of data" not in str(error):
            return 1, next(_reader(lines[:1], dialect))
    plain = list(_reader(lines[:2], dialect, quoted=False))
    together = list(_reader(lines, dialect))
    whole = all(len(cells) == width for cells in plain)
    if not whole and len(together) == 1 and len(together[0]) == width:
        return len(lines), together[0]
    return 1, plain[0]
