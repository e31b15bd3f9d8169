"""A report as lines: its tables side by side where they fit, one under another where they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from frontdesk.domain.report import Report
from frontdesk.domain.report_tables import SHADES, Cell, Table, headline, tables
from frontdesk.text import visible
from frontdesk.ui.layout.cells import Line, Span, fit, line_width, pad, width, wrapped

NAME = 24
"""Cells that the first column takes at most, and `LEAST` at the least."""
LEAST = 10
_BETWEEN = 3
"""Cells between tables that stand side by side."""


def report_lines(report: Report, cells: int) -> tuple[Line, ...]:
    """The whole report."""
    lines: list[Line] = [(Span(f" {row}", "strong"),) for row in wrapped(" · ".join(headline(report)), cells - 2)]
    waiting = [block for table in tables(report) for block in _blocks(table, cells - 1)]
    while waiting:
        row = [waiting.pop(0)]
        left = cells - 1 - row[0][0]
        for block in tuple(waiting):
            if block[0] + _BETWEEN <= left:
                waiting.remove(block)
                row.append(block)
                left -= block[0] + _BETWEEN
        lines += [(), *_beside(row)]
    return tuple(fit(line, cells) for line in lines)


Block = tuple[int, Sequence[Line]]
"""How wide it is, and its lines."""


def _blocks(table: Table, cells: int) -> Iterator[Block]:
    """A table; one that is wider than the window in parts, each with the first column."""
    sizes = _sizes(table)
    gap = 0 if any(cell.heat is not None for row in table.rows for cell in row) else 2
    columns = list(range(1, len(table.heads)))
    first = max(LEAST, min(sizes[0], NAME)) + (0 if gap else 1)
    while True:
        taken = first
        part: list[int] = []
        while columns and (not part or taken + gap + sizes[columns[0]] <= cells):
            taken += gap + sizes[columns[0]]
            part.append(columns.pop(0))
        whole = not columns
        yield _block(table, (0, *part), (first, *(sizes[index] for index in part)), gap, cells, notes=whole)
        if whole:
            return


def _block(table: Table, columns: Sequence[int], sizes: Sequence[int], gap: int, cells: int, *, notes: bool) -> Block:
    def row(shown: Sequence[Cell], role: str = "text") -> Line:
        spans: list[Span] = []
        for column, size in zip(columns, sizes, strict=True):
            cell = shown[column]
            words = pad(cell.text, size) if gap or column else f"{pad(cell.text, size - 1)} "
            if column and column not in table.bars:
                words = " " * (size - width(cell.text)) + visible(cell.text) if width(cell.text) <= size else words
            spans += [Span(" " * gap)] if spans and gap else []
            spans += _inked(cell, words, role, bar=column in table.bars)
        return tuple(spans)

    lines: list[Line] = [(Span(table.title, "strong"),)]
    lines.append(row([Cell(head) for head in table.heads], "dim"))
    lines += [row(one) for one in table.rows]
    taken = max(line_width(line) for line in lines)
    if notes:
        # As wide as the table, so that another finds its place beside it.
        lines += [(Span(text, "dim"),) for note in table.notes for text in wrapped(note, max(taken, min(56, cells)))]
    return max(line_width(line) for line in lines), lines


def _inked(cell: Cell, words: str, role: str, *, bar: bool) -> Iterator[Span]:
    """Of a shaded cell the shade in its ink, the number on its paper."""
    if cell.heat is not None:
        at = next((index for index, one in enumerate(words) if one in SHADES), 0)
        yield Span(words[: at + 1], f"heat-{cell.heat}-ink")
        yield Span(words[at + 1 :], f"heat-{cell.heat}")
    else:
        yield Span(words, "warn" if cell.loud else "dim" if cell.dim else "retention-ink" if bar else role)


def _sizes(table: Table) -> list[int]:
    lines = [table.heads, *(tuple(cell.text for cell in row) for row in table.rows)]
    return [max(width(line[index]) for line in lines) for index in range(len(table.heads))]


def _beside(blocks: Sequence[Block]) -> Iterator[Line]:
    for row in range(max(len(lines) for _, lines in blocks)):
        line: list[Span] = [Span(" ")]
        for index, (size, lines) in enumerate(blocks):
            line += fit(lines[row] if row < len(lines) else (), size + (_BETWEEN if index + 1 < len(blocks) else 0))
        yield tuple(line)
