"""A text as a table: a header, and rows below it.

Titles and comments stand above the header of what people export, blank rows between the others, sources below; none of
them is a row of the table, and every row keeps the line a person finds it on.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from frontdesk.domain.errors import Refused
from frontdesk.exchange.splitting import Row, split

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_HEADER_WITHIN = 50


class Table(Struct, frozen=True):
    """A header and the rows below it, as written; rows may be shorter or longer than the header."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    delimiter: str


def read_table(text: str, *, known: Callable[[Sequence[str]], int] | None = None) -> Table:
    """The table that `text` holds; `known` counts the cells of a record that are names of columns.

    With `known` the record with the most such cells is the header, else the first that is about as full as the others:
    a title row fills one cell of many. Raises `Refused` where there is no table.
    """
    if not text.strip("\ufeff\x00\x1a \t\r\n"):
        raise Refused("the file is empty" if not text else "the file holds nothing but blanks")
    if text.lstrip("\ufeff \t\r\n")[:1] == "<":
        raise Refused("this is a web page or XML, not a table")
    rows, dialect = split(text)
    filled = [row for row in rows if not row.empty]
    if not filled:
        raise Refused("the file holds no table: every cell is blank")
    header = _header(filled, known)
    body = filled[filled.index(header) + 1 :]
    return Table(
        header=tuple(cell.strip("\ufeff \t\r\n") for cell in header.cells),
        rows=tuple(row for row in body if not _comment(row, len(header.cells))),
        delimiter=dialect.delimiter,
    )


def _header(rows: list[Row], known: Callable[[Sequence[str]], int] | None) -> Row:
    first = rows[:_HEADER_WITHIN]
    usual, _ = Counter(_fullness(row) for row in first).most_common(1)[0]
    full = (row for row in first if _fullness(row) * 2 >= usual and not _comment(row, usual))
    likely = next(full, first[0])
    if known:
        best = max(first, key=lambda row: known(row.cells))
        if known(best.cells) > max(1, known(likely.cells)):
            return best
    return likely


def _fullness(row: Row) -> int:
    return sum(1 for cell in row.cells if cell.strip())


def _comment(row: Row, width: int) -> bool:
    """Whether the row is a remark in a table of several columns: one cell that begins with a hash."""
    return width > 1 and _fullness(row) == 1 and row.cells[0].lstrip().startswith("#")
