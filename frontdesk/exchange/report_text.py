"""A report as plain text: its tables one under another."""

from __future__ import annotations

from collections.abc import Iterator

from frontdesk.domain.report import Report
from frontdesk.domain.report_tables import Table, headline, tables, title_of
from frontdesk.exchange.plain_text import cells, pad, wrap

WIDTH = 100
"""Cells at which notes are broken; tables are as wide as they are."""
NAME = 24
"""Cells that the first column takes at most."""


def report_rows(report: Report) -> Iterator[str]:
    """The rows."""
    yield f"{report.clinic.name} · {title_of(report)}"
    yield from wrap(headline(report), WIDTH, gap=" · ")
    for table in tables(report):
        yield ""
        yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    yield table.title.upper()
    lines = [table.heads, *(tuple(cell.text for cell in row) for row in table.rows)]
    columns = len(table.heads)
    sizes = [max(cells(line[index]) for line in lines) for index in range(columns)]
    sizes[0] = min(sizes[0], NAME)
    for line in lines:
        parts = [
            pad(line[index], sizes[index], right=bool(index) and index not in table.bars) for index in range(columns)
        ]
        yield "  " + "  ".join(parts).rstrip()
    for note in table.notes:
        yield from wrap([note], WIDTH, indent="  ")
