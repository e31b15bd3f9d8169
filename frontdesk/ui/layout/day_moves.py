"""Moving the cursor in the grid: by slot, by lane and column, by appointment."""

from __future__ import annotations

from frontdesk.ui.layout.day_grid import Cursor, DayGrid
from frontdesk.ui.layout.day_lanes import Placed


def by_rows(grid: DayGrid, cursor: Cursor, by: int) -> Cursor:
    """One slot down (1) or up (-1); a visit or block is left in one step, whatever its height."""
    if not grid.columns:
        return cursor
    index = grid.index_of(cursor.column)
    here = grid.at(cursor)
    row = grid.row_of(cursor.minute)
    across = _across(here)
    if here is not None and not here.entry.is_free:
        row = here.end - 1 if by > 0 else here.first
    row = min(max(row + by, grid.first_row), grid.end_row - 1)
    moved = grid.cursor_at(index, row, across)
    return cursor if moved.key is not None and moved.key == cursor.key else moved


def by_columns(grid: DayGrid, cursor: Cursor, by: int) -> Cursor:
    """To what stands beside on the same row: the next lane, then the next column; stops at the last."""
    if not grid.columns:
        return cursor
    index = grid.index_of(cursor.column)
    row = grid.row_of(cursor.minute)
    here = grid.at(cursor)
    lane = here.lane if here is not None else 0
    beside = grid.on_row(index, row)
    ahead = [one for one in beside if (one.lane > lane if by > 0 else one.lane < lane)]
    if ahead:
        chosen = ahead[0] if by > 0 else ahead[-1]
        key = None if chosen.entry.is_free else chosen.entry.key
        return Cursor(cursor.column, cursor.minute, key)
    index += by
    if not 0 <= index < len(grid.columns):
        return cursor
    return grid.cursor_at(index, row, 0.0 if by > 0 else 0.999, minute=cursor.minute)


def by_visits(grid: DayGrid, cursor: Cursor, by: int) -> Cursor:
    """The next (1) or previous (-1) appointment in the order of time, across the columns; stops at the ends."""
    visits = grid.visits
    if not visits:
        return cursor
    keys = [one.entry.key for _, one in visits]
    if cursor.key in keys:
        place = keys.index(cursor.key) + by
    else:
        here = (cursor.minute, grid.index_of(cursor.column))
        place = sum(1 for index, one in visits if (one.entry.start, index) < here)
        place += -1 if by < 0 else 0
    index, one = visits[min(max(place, 0), len(visits) - 1)]
    return Cursor(grid.columns[index].id, one.entry.start, one.entry.key)


def to_end(grid: DayGrid, cursor: Cursor, to: int) -> Cursor:
    """To the column's first (-1) or last (1) open slot."""
    if not grid.columns:
        return cursor
    index = grid.index_of(cursor.column)
    column = grid.columns[index]
    starts = [start for start, _ in column.open] or [grid.first_row * grid.slot]
    ends = [end for _, end in column.open] or [grid.end_row * grid.slot]
    row = grid.row_of(min(starts)) if to < 0 else grid.row_of(max(ends) - 1)
    return grid.cursor_at(index, row, 0.0)


def not_before_opening(grid: DayGrid, column: int, minute: int) -> int:
    """A minute, or where the column opens later, that: nothing can be booked before. On a day without hours, as is."""
    own = [start for start, _ in grid.columns[grid.index_of(column)].open]
    opens = own or [start for one in grid.columns for start, _ in one.open]
    return max(minute, min(opens)) if opens else minute or 9 * 60


def to_minute(grid: DayGrid, cursor: Cursor, minute: int) -> Cursor:
    """To a time of the cursor's column."""
    if not grid.columns:
        return cursor
    row = min(max(grid.row_of(minute), grid.first_row), grid.end_row - 1)
    return grid.cursor_at(grid.index_of(cursor.column), row, 0.0, prefer_free=True, minute=minute)


def _across(here: Placed | None) -> float:
    return here.lane / here.lanes if here is not None else 0.0
