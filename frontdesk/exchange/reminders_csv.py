"""A day's reminders as a table (RFC 4180), for a program that sends text messages, or for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

HEADER = ("appointment", "day", "time", "name", "phone", "email", "language", "reach", "state", "text")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"\+[0-9 ()./-]+")


def reminders_csv(rows: Iterable[Sequence[str]]) -> str:
    """The table with its header; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return out.getvalue()


def _harmless(cell: str) -> str:
    """A phone number in international form is left as it is written."""
    if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
