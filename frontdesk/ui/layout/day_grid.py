"""The grid of a day: rows of time, columns with their lanes, and where the cursor stands and may go."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.day import DaySheet
from frontdesk.domain.packing import DayPlaces
from frontdesk.ui.layout.day_axis import Axis, axis_of
from frontdesk.ui.layout.day_entries import Column, Key, View, columns_of, notes_of
from frontdesk.ui.layout.day_lanes import Placed, place

SLOTS = (5, 10, 15, 20, 30, 60)
"""Row heights in minutes."""
WANTED_MINUTES = 300
"""A row is as fine as leaves this much of the day in sight: a morning and the beginning of the afternoon."""
COARSEST = 15
"""Minutes a row is not made coarser than for that: a visit needs rows for its name and its phases."""


class Cursor(Struct, frozen=True):
    """Where keys act: a column and a minute, and what stands there. `key` None is free or closed time.

    What it stands on is kept by key, so that it follows an appointment that is moved, here or on another terminal.
    """

    column: int = 0
    minute: int = 0
    key: Key | None = None


class DayGrid(Struct, frozen=True):
    """A day laid out in rows of `slot` minutes from row `first_row` to `end_row` (rows count from midnight)."""

    places: DayPlaces
    view: View
    axis: Axis
    slot: int
    columns: tuple[Column, ...]
    placed: tuple[tuple[Placed, ...], ...]
    first_row: int
    end_row: int
    notes: tuple[Block, ...]
    slips: Mapping[int, str] = {}
    """By visit, when one that slips is expected."""
    misfits: Mapping[int, str] = {}
    """By visit, why its place is no place for it: time off, closed, another kind of room."""
    where: Mapping[Key, tuple[int, Placed]] = {}
    """The column and place of each visit and block: a cursor key asks for them a dozen times."""

    @property
    def sheet(self) -> DaySheet:
        """The day as it was read."""
        return self.places.sheet

    def row_of(self, minute: int) -> int:
        """The row a minute lies in."""
        return minute // self.slot

    def index_of(self, column: int) -> int:
        """The place of a column among the columns; the first where it is not there."""
        return next((index for index, one in enumerate(self.columns) if one.id == column), 0)

    def on_row(self, index: int, row: int) -> tuple[Placed, ...]:
        """What stands on a row of a column, from left to right."""
        return tuple(sorted((one for one in self.placed[index] if one.covers(row)), key=lambda one: one.lane))

    def find(self, key: Key | None) -> tuple[int, Placed] | None:
        """The column and place of a visit or block."""
        return None if key is None else self.where.get(key)

    def at(self, cursor: Cursor) -> Placed | None:
        """What the cursor is on: its visit or block, or the free gap there."""
        found = self.find(cursor.key)
        if found is not None:
            return found[1]
        if not self.columns:
            return None
        row = self.row_of(cursor.minute)
        return next((one for one in self.on_row(self.index_of(cursor.column), row) if one.entry.is_free), None)

    def visit(self, cursor: Cursor) -> Appointment | None:
        """The visit the cursor is on."""
        found = self.find(cursor.key)
        return found[1].entry.visit if found else None

    def settled(self, cursor: Cursor) -> Cursor:
        """The cursor after the day has changed: still on its visit, wherever that is now; else on the same time."""
        if not self.columns:
            return replace(cursor, key=None)
        found = self.find(cursor.key)
        if found is not None:
            index, one = found
            row = self.row_of(cursor.minute)
            same = one.covers(row) and self.columns[index].id == cursor.column
            minute = cursor.minute if same else one.entry.start
            return Cursor(self.columns[index].id, minute, cursor.key)
        index = self.index_of(cursor.column)
        row = min(max(self.row_of(cursor.minute), self.first_row), self.end_row - 1)
        return self.cursor_at(index, row, 0.0, prefer_free=cursor.key is None, minute=cursor.minute)

    def cursor_at(
        self, index: int, row: int, across: float, *, prefer_free: bool = False, minute: int | None = None
    ) -> Cursor:
        """The cursor on a row of a column, on what lies `across` (0 the left edge, 1 the right one)."""
        here = self.on_row(index, row)
        kept = minute if minute is not None and self.row_of(minute) == row else row * self.slot
        chosen = next((one for one in here if one.lane <= across * one.lanes < one.lane + one.span), None)
        if prefer_free:
            chosen = next((one for one in here if one.entry.is_free), chosen)
        if chosen is None and here:
            chosen = here[0]
        key = None if chosen is None or chosen.entry.is_free else chosen.entry.key
        return Cursor(self.columns[index].id, kept, key)

    def booking_minute(self, cursor: Cursor) -> int:
        """When a booking made at the cursor would start: its row, or the clinic's first slot of the free gap there."""
        one = self.at(cursor)
        minute = self.row_of(cursor.minute) * self.slot
        if one is None or not one.entry.is_free:
            return minute
        slot = self.sheet.clinic.slot_minutes
        return max(minute, -(-one.entry.start // slot) * slot)

    def putting_minute(self, cursor: Cursor, starts: DateTime) -> int:
        """When something that began at `starts` would, put down at the cursor: on the row of its own time at that."""
        own = self.axis.same_clock(starts)
        return own if self.row_of(own) == self.row_of(cursor.minute) else self.booking_minute(cursor)

    @property
    def visits(self) -> tuple[tuple[int, Placed], ...]:
        """Every visit with its column's place, in the order of time."""
        found = [
            (index, one) for index, placed in enumerate(self.placed) for one in placed if one.entry.visit is not None
        ]
        return tuple(sorted(found, key=lambda pair: (pair[1].entry.start, pair[0], pair[1].lane)))


def slot_for(rows: int, clinic_slot: int) -> int:
    """The finest row height that still shows `WANTED_MINUTES` in `rows` rows; a multiple of the clinic's slot."""
    choices = [slot for slot in SLOTS if slot % clinic_slot == 0 or slot >= clinic_slot] or [60]
    return next((slot for slot in choices if rows * slot >= WANTED_MINUTES or slot >= COARSEST), choices[-1])


def grid_of(sheet: DaySheet, view: View, now: DateTime, rows: int) -> DayGrid:
    """Lays a day out for a window of `rows` rows."""
    axis = axis_of(sheet.day, sheet.clinic.timezone)
    slot = slot_for(rows, sheet.clinic.slot_minutes)
    places = DayPlaces.of(sheet, now)
    columns = columns_of(places, view)
    placed = tuple(place(column.entries, slot) for column in columns)
    first, end = _shown(columns, axis, slot)
    notes = notes_of(sheet, view)
    return DayGrid(places, view, axis, slot, columns, placed, first, end, notes, where=_where(placed))


def _where(placed: tuple[tuple[Placed, ...], ...]) -> dict[Key, tuple[int, Placed]]:
    """Of one that stands in two columns, the first."""
    pairs = [(index, one) for index, column in enumerate(placed) for one in column if not one.entry.is_free]
    return {one.entry.key: (index, one) for index, one in reversed(pairs)}


def _shown(columns: tuple[Column, ...], axis: Axis, slot: int) -> tuple[int, int]:
    """The rows from an hour before the first thing of the day to an hour after the last."""
    starts = [start for column in columns for start, _ in column.open]
    starts += [entry.start for column in columns for entry in column.entries]
    ends = [end for column in columns for _, end in column.open]
    ends += [entry.end for column in columns for entry in column.entries]
    first = max(0, min(starts, default=9 * 60) // 60 * 60 - 30)
    last = min(axis.length, max(ends, default=17 * 60) + 30)
    return first // slot, max(first // slot + 1, -(-last // slot))
