"""Where a service fits, marked in the day: each start that would do, the offers with their digits, the one chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from frontdesk.domain.packing import Slot
from frontdesk.ui.layout.cells import Span, pad, width
from frontdesk.ui.layout.day_entries import View
from frontdesk.ui.layout.day_grid import DayGrid


class Mark(Struct, frozen=True):
    """What a free row says instead of how long it is free: the first of `words` that fits, in a role."""

    words: tuple[str, ...]
    role: str

    def span(self, cells: int) -> Span:
        """The mark in exactly `cells` cells."""
        return Span(pad(next((one for one in self.words if width(one) <= cells), ""), cells), self.role)


Marks = Mapping[tuple[int, int], Mark]
"""By column and row."""


def marks_of(grid: DayGrid, offers: Sequence[Slot], fits: Sequence[Slot], chosen: Slot | None) -> Marks:
    """The marks on the day of `grid`; places of other days leave none."""
    marks: dict[tuple[int, int], Mark] = {}

    def put(slot: Slot, sign: str, more: str, role: str) -> None:
        minute = grid.axis.minute(slot.starts)
        if 0 <= minute < grid.axis.length:
            column = slot.room.id if grid.view is View.ROOMS else slot.practitioner.id
            clock = f"{sign} {grid.axis.clock(minute)}"
            marks[column, grid.row_of(minute)] = Mark((f"{clock}{more}", clock, sign), role)

    for slot in reversed(fits):
        put(slot, "▏", "", "done")
    for number, slot in reversed(list(enumerate(offers, 1))):
        put(slot, f" {number}", "", "offer")
    if chosen is not None:
        put(chosen, "▸", " here", "pick")
    return marks
