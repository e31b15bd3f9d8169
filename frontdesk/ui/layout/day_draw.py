"""The grid drawn: header, rows of time with their cells, the now-line and the cursor, in exactly the cells given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from pendulum import DateTime

from frontdesk.domain.visit import ENDED
from frontdesk.ui.layout.cells import Line, Span, cut, fit, pad, width
from frontdesk.ui.layout.day_cell import CellLook, visit_rows
from frontdesk.ui.layout.day_entries import SHORTEST_FREE, Column, Key
from frontdesk.ui.layout.day_grid import Cursor, DayGrid
from frontdesk.ui.layout.day_lanes import Placed
from frontdesk.ui.layout.day_marks import Marks
from frontdesk.ui.layout.day_words import count_words, stretch_words

GUTTER = 7
"""Cells of the time beside the rows: mark, five digits, a blank."""
NARROWEST = {"practitioners": 20, "rooms": 14}
"""Cells below which a column is not drawn; the others are reached by moving there."""


class Carried(Struct, frozen=True):
    """What is being moved: the words at the cursor, and its key, which is dimmed where it still stands."""

    words: str
    key: Key


class Window(Struct, frozen=True, gc=False):
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

    def places(self) -> tuple[tuple[int, int], ...]:
        """Of each column in sight its place among all, and its width."""
        return tuple((self.left + offset, cells) for offset, cells in enumerate(self.widths()))


Texts = dict[tuple[Key, int, int, int, CellLook], list[list[Span]]]
"""The cells of an entry by its key, rows and width, and by how it stands out."""


class InWindow(Struct):
    """What was drawn for some columns side by side."""

    head: Line = ()
    """The columns' names over them."""
    lines: dict[int, Line] = field(default_factory=dict)
    """Their rows, without a cursor."""
    under: dict[tuple[Cursor, Carried | None, int, int], tuple[int, tuple[Line, ...]]] = field(default_factory=dict)
    """By cursor, what it carries and the rows in sight: the rows that it changes, from the first of them on."""


class Drawn(Struct):
    """What was drawn before, kept until the day or the minute changes.

    A cursor key draws the rows it is on alone, and scrolling those that come into sight, down or to the side.
    """

    windows: dict[tuple[int, int, int], InWindow] = field(default_factory=dict)
    """By the first column, how many, and the cells of all."""
    columns: dict[tuple[int, int], dict[int, list[Span]]] = field(default_factory=dict)
    """The cells of each row of a column, by the column's place and its width."""
    texts: Texts = field(default_factory=dict)
    """The cells of each visit and block, in each look it had."""

    def within(self, window: Window) -> InWindow:
        """What there is of a window."""
        return self.windows.setdefault((window.left, window.columns, window.cells), InWindow())

    def forget(self) -> None:
        """The day, or what is marked in it, is different now."""
        self.windows.clear()
        self.columns.clear()
        self.texts.clear()


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
        if one is None or not _is_all_round(one, top, rows):
            top = min(max(top, last + margin - rows + 1), first - margin)
    left = max(0, min(left, len(grid.columns) - fitting))
    top = max(grid.first_row, min(top, grid.end_row - rows))
    return Window(top, rows, left, fitting, cells)


def _is_all_round(one: Placed, top: int, rows: int) -> bool:
    """Whether a block fills the window, as time off does: the hours in sight are better than its start."""
    return one.entry.key is not None and one.entry.key[0] == "block" and one.first <= top and top + rows <= one.end


def centred_top(grid: DayGrid, minute: int, rows: int) -> int:
    """The first row that puts a time a third down the window: more of what comes than of what was."""
    return max(grid.first_row, min(grid.row_of(minute) - rows // 3, grid.end_row - rows))


def header_line(grid: DayGrid, window: Window, drawn_before: Drawn | None = None) -> Line:
    """The columns' names and how their day goes, on a rule; `drawn_before` as in `row_lines`."""
    kept = drawn_before.within(window) if drawn_before is not None else InWindow()
    kept.head = kept.head or _header_line(grid, window)
    return kept.head


def _header_line(grid: DayGrid, window: Window) -> Line:
    spans = [Span("─" * GUTTER, "rule")]
    for offset, cells in enumerate(window.widths()):
        column = grid.columns[window.left + offset]
        more_left = "‹ " if offset == 0 and window.left else ""
        last = offset == window.columns - 1
        more_right = " ›" if last and window.left + window.columns < len(grid.columns) else ""
        name = cut(f" {more_left}{column.title} ", cells - width(more_right))
        spans.append(Span("┬", "rule"))
        spans.append(Span(name, "strong"))
        left = cells - width(name) - width(more_right)
        said = count_words(column.visits)
        words = next((words for words in said if width(words) + 3 <= left), "")
        if words:
            spans += [Span("─ ", "rule"), Span(f"{words} ", "dim")]
            left -= width(words) + 3
        spans += [Span("─" * left, "rule"), Span(more_right, "strong")]
    return fit(spans, window.cells, "rule")


def row_lines(
    grid: DayGrid,
    window: Window,
    now: DateTime,
    cursor: Cursor | None,
    carried: Carried | None = None,
    drawn_before: Drawn | None = None,
    marks: Marks | None = None,
) -> tuple[Line, ...]:
    """The rows in sight. `cursor` None draws none; `carried` is what is being moved to where it stands.

    `drawn_before` belongs to this grid, its `marks` and what is carried: what is there is not drawn again, and rows
    without the cursor are the very lines that they were.
    """
    drawn = drawn_before if drawn_before is not None else Drawn()
    kept = drawn.within(window)
    rows = range(window.top, min(window.top + window.rows, grid.end_row))
    missing = [row for row in rows if row not in kept.lines]
    if missing:
        painter = _painter(grid, now, None, carried, marks, drawn.texts)
        columns = [_cells(painter, place, drawn, missing) for place in window.places()]
        for row in missing:
            kept.lines[row] = painter.line(row, [column[row] for column in columns], window.cells)
    lines = [kept.lines[row] for row in rows]
    if cursor is not None:
        here = (cursor, carried, rows.start, rows.stop)
        if here not in kept.under:
            painter = _painter(grid, now, cursor, carried, marks, drawn.texts)
            touched = painter.touched(rows)
            kept.under[here] = touched.start, _under_cursor(painter, window, cursor, touched, drawn)
        first, under = kept.under[here]
        lines[first - rows.start : first - rows.start + len(under)] = under
    return tuple(lines)


def _cells(painter: _Painter, place: tuple[int, int], drawn: Drawn, rows: Sequence[int]) -> dict[int, list[Span]]:
    """The rows of a column, drawn as far as they were not: its place among the columns, and its width."""
    known = drawn.columns.setdefault(place, {})
    missing = [row for row in rows if row not in known]
    if missing:
        wanted = range(missing[0], missing[-1] + 1)
        known.update(zip(wanted, painter.column(*place, wanted), strict=True))
    return known


def _under_cursor(painter: _Painter, window: Window, cursor: Cursor, touched: range, drawn: Drawn) -> tuple[Line, ...]:
    """The rows that look different for the cursor; without it all of them are drawn."""
    index = painter.grid.index_of(cursor.column)
    columns: list[Mapping[int, list[Span]]] = []
    for place in window.places():
        column: Mapping[int, list[Span]] = drawn.columns[place]
        if place[0] == index:
            column = dict(zip(touched, painter.column(*place, touched), strict=True))
        columns.append(column)
    return tuple(painter.line(row, [column[row] for column in columns], window.cells) for row in touched)


def _painter(
    grid: DayGrid, now: DateTime, cursor: Cursor | None, carried: Carried | None, marks: Marks | None, texts: Texts
) -> _Painter:
    minute = grid.axis.minute(now)
    now_row = grid.row_of(minute) if 0 <= minute < grid.axis.length else -1
    return _Painter(grid, now, cursor, carried, marks or {}, texts, now_row)


class _Painter(Struct, frozen=True):
    """Draws the rows of one grid at one instant."""

    grid: DayGrid
    now: DateTime
    cursor: Cursor | None
    carried: Carried | None
    marks: Marks
    texts: Texts
    now_row: int
    """The row of now; -1 on another day."""

    def gutter(self, row: int) -> Span:
        """The time beside a row: now's own on its row, whole hours stronger."""
        axis = self.grid.axis
        if row == self.now_row:
            return Span(f"►{axis.clock(axis.minute(self.now))} ", "now")
        clock = axis.clock(row * self.grid.slot)
        if self.cursor is not None and self.grid.row_of(self.cursor.minute) == row:
            return Span(f" {clock} ", "pick")
        return Span(f" {clock} ", "strong" if clock.endswith(":00") else "dim")

    def line(self, row: int, columns: list[list[Span]], cells: int) -> Line:
        """A row across all columns in sight."""
        rule = Span("┼", "now") if row == self.now_row else Span("│", "rule")
        return fit((self.gutter(row), *(span for column in columns for span in (rule, *column))), cells)

    def touched(self, rows: range) -> range:
        """Those of some rows that look different for the cursor: its own, and all of what it is on."""
        assert self.cursor is not None
        row = self.grid.row_of(self.cursor.minute)
        one = self.grid.at(self.cursor)
        first, end = (
            (row, row + 1) if one is None or one.entry.is_free else (min(row, one.first), max(row + 1, one.end))
        )
        return range(max(first, rows.start), max(first, rows.start, min(end, rows.stop)))

    def column(self, index: int, cells: int, rows: range) -> list[list[Span]]:
        """The rows of one column, each exactly `cells` cells wide."""
        column = self.grid.columns[index]
        placed = [one for one in self.grid.placed[index] if one.first < rows.stop and rows.start < one.end]
        here = self.cursor if self.cursor is not None and self.cursor.column == column.id else None
        chosen = self.grid.at(here) if here is not None else None
        texts = {one.entry.key: self._text(one, cells, chosen) for one in placed if not one.entry.is_free}
        return [self._row(column, placed, texts, row, cells, here, chosen) for row in rows]

    def _row(
        self,
        column: Column,
        placed: list[Placed],
        texts: dict[Key, list[list[Span]]],
        row: int,
        cells: int,
        here: Cursor | None,
        chosen: Placed | None,
    ) -> list[Span]:
        stands = here is not None and self.grid.row_of(here.minute) == row
        if stands and self.carried is not None:
            return [Span(pad(f"▸ {self.carried.words}", cells), "pick")]
        line: list[Span] = []
        at = 0
        for one in sorted((one for one in placed if one.covers(row)), key=lambda one: one.lane):
            left, size = one.cells(cells)
            if left > at:
                line.append(self._empty(column, row, left - at))
            if one.entry.is_free:
                mark = self.marks.get((column.id, row))
                if mark is not None and not (stands and one is chosen and mark.role == "done"):
                    line.append(mark.span(size))
                else:
                    line.append(self._free(one, row, size, here if stands and one is chosen else None))
            else:
                line.extend(texts[one.entry.key][row - one.first])
            at = left + size
        if at < cells:
            if stands and chosen is None and at == 0:
                closed = "" if self._is_open(column, row) else f" {self.grid.axis.clock(row * self.grid.slot)} closed"
                line.append(Span(pad(f"▸{closed}", cells), "pick"))
            else:
                line.append(self._empty(column, row, cells - at))
        return line

    def _text(self, one: Placed, cells: int, chosen: Placed | None) -> list[list[Span]]:
        size, look = one.cells(cells)[1], self._look(one, chosen)
        key = (one.entry.key, one.first, one.end, size, look)
        known = self.texts.get(key)
        if known is None:
            known = self.texts[key] = visit_rows(self.grid, one, size, self.now, look)
        return known

    def _look(self, one: Placed, chosen: Placed | None) -> CellLook:
        if self.carried is not None and one.entry.key == self.carried.key:
            return CellLook.OVER
        if chosen is not None and one.entry.key == chosen.entry.key and self.carried is None:
            return CellLook.CHOSEN
        visit = one.entry.visit
        return CellLook.OVER if visit is not None and visit.status in ENDED else CellLook.PLAIN

    def _is_open(self, column: Column, row: int) -> bool:
        start, end = row * self.grid.slot, (row + 1) * self.grid.slot
        return any(first < end and start < last for first, last in column.open)

    def _empty(self, column: Column, row: int, cells: int) -> Span:
        if row == self.now_row:
            return Span("─" * cells, "now")
        if column.id and not self._is_open(column, row):
            return Span("╌" * cells if row * self.grid.slot % 60 == 0 else " " * cells, "closed")
        return Span(" " * cells, "text")

    def _free(self, one: Placed, row: int, cells: int, here: Cursor | None) -> Span:
        """A row of free time: how long it is on the first row still to come, its time under the cursor."""
        axis, grid = self.grid.axis, self.grid
        if here is not None:
            start = grid.booking_minute(here)
            clock, stretch = axis.clock(start), stretch_words(one.entry.end - start)
            forms = (f"▸ {clock} free {stretch}", f"▸ {clock} {stretch}", f"▸ {clock}")
            return Span(pad(next((one for one in forms if width(one) <= cells), forms[-1]), cells), "pick")
        if row == self.now_row:
            return Span("─" * cells, "now")
        now_minute = axis.minute(self.now)
        begun = now_minute > one.entry.start
        first = max(one.first, grid.row_of(max(0, now_minute)) + 1) if begun else one.first
        left = one.entry.end - max(one.entry.start, now_minute)
        words = f" free {stretch_words(left)}"
        if row == first and left >= SHORTEST_FREE and width(words) <= cells:
            return Span(pad(words, cells), "free")
        return Span(" " * cells, "text")
