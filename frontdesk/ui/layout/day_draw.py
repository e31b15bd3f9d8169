"""The grid drawn: header, rows of time with their cells, the now-line and the cursor, in exactly the cells given."""

from __future__ import annotations

from dataclasses import dataclass

from pendulum import DateTime

from frontdesk.ui.layout.cells import Line, Span, cut, fit, pad, width
from frontdesk.ui.layout.day_cell import CellLook, visit_rows
from frontdesk.ui.layout.day_entries import Column
from frontdesk.ui.layout.day_grid import Cursor, DayGrid
from frontdesk.ui.layout.day_lanes import Placed
from frontdesk.ui.layout.day_words import count_words, stretch_words

GUTTER = 7
"""Cells of the time beside the rows: mark, five digits, a blank."""
NARROWEST = {"practitioners": 20, "rooms": 14}
"""Cells below which a column is not drawn; the others are reached by moving there."""


@dataclass(frozen=True, slots=True)
class Window:
    """What part of a grid is in sight: the first row, how many, and the columns from `left` on, `columns` of them."""

    top: int
    rows: int
    left: int
    columns: int
    cells: int

    def widths(self) -> tuple[int, ...]:
        """The cells of each column in sight, rules not counted."""
        room = self.cells - GUTTER - self.columns
        return tuple((index + 1) * room // self.columns - index * room // self.columns for index in range(self.columns))


def window_for(grid: DayGrid, cells: int, rows: int, top: int, left: int, cursor: Cursor | None) -> Window:
    """The window nearest to `top` and `left` that holds the cursor; without a cursor only kept inside the day."""
    narrowest = NARROWEST[grid.view.value]
    fitting = max(1, min(len(grid.columns), (cells - GUTTER) // (narrowest + 1)))
    if cursor is not None and grid.columns:
        index = grid.index_of(cursor.column)
        left = min(max(left, index - fitting + 1), index)
        one = grid.at(cursor)
        row = grid.row_of(cursor.minute)
        first, last = (
            (row, row) if one is None or one.entry.is_free else (one.first, min(one.end, one.first + rows) - 1)
        )
        # A little of what comes next stays in sight.
        margin = min(2, max(0, (rows - (last - first + 1)) // 2))
        top = min(max(top, last + margin - rows + 1), first - margin)
    left = max(0, min(left, len(grid.columns) - fitting))
    top = max(grid.first_row, min(top, grid.end_row - rows))
    return Window(top, rows, left, fitting, cells)


def centred_top(grid: DayGrid, minute: int, rows: int) -> int:
    """The first row that puts a time a third down the window: more of what comes than of what was."""
    return max(grid.first_row, min(grid.row_of(minute) - rows // 3, grid.end_row - rows))


def header_line(grid: DayGrid, window: Window) -> Line:
    """The columns' names and how their day goes, on a rule."""
    spans = [Span("─" * GUTTER, "rule")]
    for offset, cells in enumerate(window.widths()):
        column = grid.columns[window.left + offset]
        more_left = "‹ " if offset == 0 and window.left else ""
        last = offset == window.columns - 1
        more_right = " ›" if last and window.left + window.columns < len(grid.columns) else ""
        name = cut(f" {more_left}{column.title} ", cells - width(more_right))
        words = count_words(column.visits)
        spans.append(Span("┬", "rule"))
        spans.append(Span(name, "strong"))
        left = cells - width(name) - width(more_right)
        if words and width(words) + 3 <= left:
            spans += [Span("─ ", "rule"), Span(f"{words} ", "dim")]
            left -= width(words) + 3
        spans += [Span("─" * left, "rule"), Span(more_right, "strong")]
    return fit(spans, window.cells, "rule")


def row_lines(grid: DayGrid, window: Window, now: DateTime, cursor: Cursor | None) -> tuple[Line, ...]:
    """The rows in sight. `cursor` None draws none."""
    now_row = grid.row_of(grid.axis.minute(now)) if 0 <= grid.axis.minute(now) < grid.axis.length else -1
    rows = range(window.top, min(window.top + window.rows, grid.end_row))
    lines = [[_gutter(grid, row, now_row, now, cursor)] for row in rows]
    for offset, cells in enumerate(window.widths()):
        index = window.left + offset
        drawn = _column_rows(grid, index, cells, rows, now, now_row, cursor)
        for row, line, cell in zip(rows, lines, drawn, strict=True):
            line.append(Span("┼", "now") if row == now_row else Span("│", "rule"))
            line.extend(cell)
    return tuple(fit(line, window.cells) for line in lines)


def _gutter(grid: DayGrid, row: int, now_row: int, now: DateTime, cursor: Cursor | None) -> Span:
    if row == now_row:
        return Span(f"►{grid.axis.clock(grid.axis.minute(now))} ", "now")
    clock = grid.axis.clock(row * grid.slot)
    if cursor is not None and grid.row_of(cursor.minute) == row:
        return Span(f" {clock} ", "cursor")
    return Span(f" {clock} ", "strong" if clock.endswith(":00") else "dim")


def _column_rows(
    grid: DayGrid, index: int, cells: int, rows: range, now: DateTime, now_row: int, cursor: Cursor | None
) -> list[list[Span]]:
    column = grid.columns[index]
    placed = [one for one in grid.placed[index] if one.first < rows.stop and rows.start < one.end]
    chosen = grid.at(cursor) if cursor is not None and cursor.column == column.id else None
    texts = {
        one.entry.key: visit_rows(grid, one, one.cells(cells)[1], now, _look(grid, one, chosen, now))
        for one in placed
        if not one.entry.is_free
    }
    lines: list[list[Span]] = []
    for row in rows:
        line: list[Span] = []
        at = 0
        is_now = row == now_row
        for one in sorted((one for one in placed if one.covers(row)), key=lambda one: one.lane):
            left, size = one.cells(cells)
            if left > at:
                line.append(_empty(grid, column, row, left - at, is_now))
            if one.entry.is_free:
                line.append(_free(grid, one, row, size, now, is_now, one is chosen and cursor is not None, cursor))
            else:
                line.extend(texts[one.entry.key][row - one.first])
            at = left + size
        if at < cells:
            stands = cursor is not None and cursor.column == column.id and grid.row_of(cursor.minute) == row
            if stands and chosen is None and at == 0:
                closed = "" if _is_open(grid, column, row) else f" {grid.axis.clock(row * grid.slot)} closed"
                line.append(Span(pad(f"▸{closed}", cells), "cursor"))
            else:
                line.append(_empty(grid, column, row, cells - at, is_now))
        lines.append(line)
    return lines


def _look(grid: DayGrid, one: Placed, chosen: Placed | None, now: DateTime) -> CellLook:
    if chosen is not None and one.entry.key == chosen.entry.key:
        return CellLook.CHOSEN
    visit = one.entry.visit
    if visit is not None and visit.facts.ended_at is not None:
        return CellLook.OVER
    return CellLook.PLAIN


def _is_open(grid: DayGrid, column: Column, row: int) -> bool:
    start, end = row * grid.slot, (row + 1) * grid.slot
    return any(first < end and start < last for first, last in column.open)


def _empty(grid: DayGrid, column: Column, row: int, cells: int, is_now: bool) -> Span:
    if is_now:
        return Span("─" * cells, "now")
    if column.id and not _is_open(grid, column, row):
        return Span("╌" * cells if row * grid.slot % 60 == 0 else " " * cells, "closed")
    return Span(" " * cells, "text")


def _free(
    grid: DayGrid, one: Placed, row: int, cells: int, now: DateTime, is_now: bool, chosen: bool, cursor: Cursor | None
) -> Span:
    """A row of free time: its length on the first one that is not over yet, the cursor's slot by its time."""
    now_minute = grid.axis.minute(now)
    if chosen and cursor is not None and grid.row_of(cursor.minute) == row:
        start = grid.booking_minute(cursor)
        left = one.entry.end - start
        return Span(pad(f"▸ {grid.axis.clock(start)} free {stretch_words(left)}", cells), "cursor")
    if is_now:
        return Span("─" * cells, "now")
    first = max(one.first, grid.row_of(max(0, now_minute)) + 1) if now_minute > one.entry.start else one.first
    if row == first and now_minute < one.entry.end:
        left = one.entry.end - max(one.entry.start, now_minute)
        words = f" free {stretch_words(left)}"
        if left >= grid.slot and width(words) <= cells:
            return Span(pad(words, cells), "free")
    return Span(" " * cells, "text")
