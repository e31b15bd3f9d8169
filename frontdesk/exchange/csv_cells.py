"""Cells of tables that spreadsheets open: what one would take for a formula is only text there."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""How a formula begins, and how one begins that was made text already."""
_MADE_TEXT = re.compile(r"'+[=+\-@\t\r]")
_NUMBER = re.compile(r"\+[0-9 ()./-]+|-?[0-9]+(?:\.[0-9]+)?")
_AT_ONCE = 500
"""Rows of one portion."""


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with its header (RFC 4180); a cell that would be taken for a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return out.getvalue()


def table_parts(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The same in portions, for however many rows; each cell in quotes, so that no reader need guess which sign parts.

    A cell written so says what it said once `as_meant` has read it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    for done, row in enumerate(rows, start=1):
        writer.writerow([harmless(cell) for cell in row])
        if done % _AT_ONCE == 0:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def harmless(cell: str) -> str:
    """The cell as no spreadsheet takes it for a formula; a number, also of a telephone with its `+`, is as it was."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def as_meant(cell: str) -> str:
    """What a cell says: without the apostrophe that keeps it from being a formula."""
    return cell[1:] if cell.startswith("'") and _MADE_TEXT.match(cell) else cell
