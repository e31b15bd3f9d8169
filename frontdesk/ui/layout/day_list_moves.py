"""Moving the cursor in the list of a day, and where it stands when a day is opened."""

from __future__ import annotations

from collections.abc import Sequence

from pendulum import DateTime

from frontdesk.domain.visit import ENDED
from frontdesk.ui.layout import day_moves
from frontdesk.ui.layout.day_grid import Cursor, DayGrid
from frontdesk.ui.layout.day_list import ListRow


def by_rows(rows: Sequence[ListRow], grid: DayGrid, cursor: Cursor, by: int) -> Cursor:
    """So many rows down, or up (negative); stops at the ends. From no row it goes as from the first."""
    if not rows:
        return cursor
    keys = [row.key for row in rows]
    here = keys.index(cursor.key) if cursor.key in keys else 0
    row = rows[min(max(here + by, 0), len(keys) - 1)]
    minute = min(max(0, grid.axis.minute(row.starts)), grid.axis.length - 1)
    return Cursor(row.visit.practitioner.id if row.visit else cursor.column, minute, row.key)


def settled(rows: Sequence[ListRow], grid: DayGrid, cursor: Cursor) -> Cursor:
    """On a row that there is: the same one, else the nearest in time."""
    if not rows or cursor.key in [row.key for row in rows]:
        return cursor
    at = grid.axis.instant(cursor.minute).timestamp()
    nearest = min(rows, key=lambda row: abs(row.starts.timestamp() - at))
    return Cursor(cursor.column, cursor.minute, nearest.key)


def opening(rows: Sequence[ListRow] | None, grid: DayGrid, before: Cursor, now: DateTime) -> Cursor:
    """At now, or at the same time as on the day before, at opening at the soonest; in the list on what comes next."""
    if not grid.columns:
        return Cursor()
    column = before.column if any(one.id == before.column for one in grid.columns) else grid.columns[0].id
    minute = grid.axis.minute(now)
    wanted = minute if 0 <= minute < grid.axis.length else before.minute
    cursor = day_moves.to_minute(grid, Cursor(column), day_moves.not_before_opening(grid, column, wanted))
    if not rows:
        return cursor
    coming = (row for row in rows if row.starts >= now and row.visit and row.visit.status not in ENDED)
    return Cursor(column, cursor.minute, next(coming, rows[-1]).key)
