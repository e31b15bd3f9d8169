"""A day's reminders as a table, for a program that sends text messages, or for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from frontdesk.exchange.csv_cells import table

HEADER = ("appointment", "day", "time", "name", "phone", "email", "language", "reach", "state", "text")


def reminders_csv(rows: Iterable[Sequence[str]]) -> str:
    """The table with its header."""
    return table(HEADER, rows)
