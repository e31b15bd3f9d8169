"""Where visits and blocks stand in the day's window, for letters to be put on them."""

from __future__ import annotations

from collections.abc import Iterator

from pendulum import DateTime

from frontdesk.domain.day import DaySheet
from frontdesk.ui.layout.day_draw import GUTTER, Window
from frontdesk.ui.layout.day_entries import Key
from frontdesk.ui.layout.day_grid import DayGrid
from frontdesk.ui.layout.day_list import ListRow, list_place


def places_in_grid(grid: DayGrid, window: Window) -> Iterator[tuple[int, int, Key]]:
    """The cell and row, the columns' names in row 0, and the key of each in sight, column by column, earlier first."""
    left = GUTTER
    for offset, cells in enumerate(window.widths()):
        left += 1
        for one in sorted(grid.placed[window.left + offset], key=lambda one: (one.first, one.lane)):
            row = max(one.first, window.top) - window.top
            if not one.entry.is_free and one.end > window.top and row < window.rows:
                yield left + one.cells(cells)[0], row + 1, one.entry.key
        left += cells


def places_in_list(
    sheet: DaySheet, rows: tuple[ListRow, ...], now: DateTime, top: int, height: int
) -> Iterator[tuple[int, int, Key]]:
    """The same of the plain list."""
    for row in rows:
        at = list_place(sheet, rows, now, row.key) - top
        if 0 <= at < height:
            yield 0, at, row.key
