"""Cells of tables that spreadsheets open: what one would take for a formula is only text there."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"\+[0-9 ()./-]+|-?[0-9]+(?:\.[0-9]+)?")


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with its header (RFC 4180); a cell that would be taken for a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return out.getvalue()


def harmless(cell: str) -> str:
    """A number, and a phone number in international form, are left as they are written."""
    if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
