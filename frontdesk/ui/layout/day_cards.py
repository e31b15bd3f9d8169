"""The card beside the day: made when it says something else, and neither at every key nor in every second."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic, TypeVar

from pendulum import DateTime

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.day import DaySheet
from frontdesk.domain.privacy import is_private
from frontdesk.domain.visit import ON_PREMISES
from frontdesk.ui.layout.cells import Line
from frontdesk.ui.layout.conflicts import misplaced, over_blocks, over_visits
from frontdesk.ui.layout.day_card import block_card, told_by_the_clock, visit_card, visit_summary
from frontdesk.ui.layout.day_free import FreePlaces, free_card
from frontdesk.ui.layout.day_sight import DaySight
from frontdesk.ui.layout.slips import slip_lines

T = TypeVar("T")


class AsLaid(Generic[T]):
    """What was made for where the cursor stood, while the day is laid as it is.

    It is anew each minute, and when anything in it changes; until then a cursor that goes to and fro asks for the same.
    """

    def __init__(self) -> None:
        self._grid: object = None
        self._made: dict[object, tuple[tuple[object, ...], T]] = {}
        """By what the cursor is on: what else it goes by, and what was made."""

    def here(self, sight: DaySight, goes_by: tuple[object, ...], make: Callable[[], T]) -> T:
        """What `make` makes for the cursor, or made when it stood here; `goes_by` is all it goes by besides the day."""
        if self._grid is not sight.grid:
            self._grid = sight.grid
            self._made.clear()
        place = sight.cursor.key or sight.cursor
        known = self._made.get(place)
        if known is None or known[0] != goes_by:
            known = self._made[place] = goes_by, make()
        return known[1]


class Cards:
    """The card of what the cursor is on."""

    def __init__(self) -> None:
        self._made: AsLaid[Sequence[Line]] = AsLaid()
        self._free = FreePlaces()

    def lines(self, sight: DaySight, now: DateTime, cells: int, rows: int, *, narrow: bool) -> Sequence[Line]:
        """The card; `narrow` where it has a few rows beneath the day."""
        sheet, visit, block = sight.sheet, sight.visit, sight.block
        if sheet is None:
            return ()
        make: Callable[[], Sequence[Line]]
        if visit is not None:
            told = told_by_the_clock(visit, sheet.clinic, now)
            make = partial(_visit_card, visit, sight, sheet, now, cells, rows, narrow=narrow)
        elif block is not None:
            told = ()
            make = partial(_block_card, block, sheet, cells)
        else:
            told = (sight.start,)
            make = partial(free_card, sight, cells, self._free)
        return self._made.here(sight, (*told, cells, rows, narrow, is_private()), make)


def runs(sight: DaySight) -> bool:
    """Whether the card of what the cursor is on tells of something that goes on within a minute of the clock."""
    visit = sight.visit
    return visit is not None and (
        visit.status in ON_PREMISES
        or visit.count_owed
        or bool(visit.timers)
        or any(one.is_in for one in visit.retentions)
    )


def _block_card(block: Block, sheet: DaySheet, cells: int) -> Sequence[Line]:
    zone = sheet.clinic.timezone
    return block_card(block, sheet.clinic, cells, over_visits(block, sheet.appointments, zone))


def _visit_card(
    visit: Appointment, sight: DaySight, sheet: DaySheet, now: DateTime, cells: int, rows: int, *, narrow: bool
) -> Sequence[Line]:
    clinic = sheet.clinic
    over = over_blocks(visit, sheet.blocks, clinic.timezone) + misplaced(visit, clinic, cells)
    late = [*over, *slip_lines(visit, sight.projection, clinic)]
    plan = sheet.plans.get(visit.patient.id)
    packages = sheet.packages.get(visit.patient.id, ())
    if narrow:
        return visit_summary(visit, clinic, now, cells, rows, late, plan, packages)
    return visit_card(visit, clinic, now, cells, late, plan, packages)
