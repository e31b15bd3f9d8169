"""What stands where it should not: a visit over a block or out of hours, a block over visits, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.block import runs_into
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.day import DaySheet
from frontdesk.domain.packing import misfits
from frontdesk.domain.time_text import clock_of
from frontdesk.text import visible
from frontdesk.ui.layout.cells import Span, wrapped

MOST_NAMED = 6
"""Visits that the card of a block names."""


def over_blocks(visit: Appointment, blocks: Iterable[Block], timezone: str) -> list[list[Span]]:
    """`‼ over Lunch 12:00-12:45`: the blocks that a visit's hands-on time or room runs into."""
    return [
        [
            Span(
                f" ‼ over {visible(one.called)} {clock_of(one.starts, timezone)}-{clock_of(one.ends, timezone)}",
                "warn",
            )
        ]
        for one in blocks
        if one.blocks and runs_into([one], [visit])
    ]


def misfit_words(sheet: DaySheet) -> Mapping[int, str]:
    """By visit of a day that waits to be treated, what its place runs into beside other visits, in a few words."""
    found = misfits(sheet.clinic, sheet.taking, sheet.blocks)
    return {key: visible(why[0].with_what) for key, why in found.items()}


def misplaced(visit: Appointment, clinic: Clinic, cells: int) -> list[list[Span]]:
    """`‼ Dr Lin: outside working hours (09:00-13:00), 15 min`: what a visit runs into beside blocks and others."""
    words = [one.words for one in misfits(clinic, [visit]).get(visit.id, ())]
    return [[Span(f" {row}", "warn")] for one in words for row in wrapped(visible(f"‼ {one}"), cells - 2, indent="  ")]


def over_visits(block: Block, visits: Iterable[Appointment], timezone: str) -> list[list[Span]]:
    """`‼ 12:10 Garcia M`: whom a block runs into."""
    found = runs_into([block], visits) if block.blocks else ()
    lines = [
        [Span(f" ‼ {clock_of(one.starts, timezone)} {visible(one.patient.short_name)}", "warn")]
        for one in found[:MOST_NAMED]
    ]
    more = len(found) - MOST_NAMED
    return [*lines, [Span(f"   and {more} more", "warn")]] if more > 0 else lines
