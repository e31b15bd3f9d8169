"""What stands in the same time: a visit over a block, and a block over visits, in words for the card."""

from __future__ import annotations

from collections.abc import Iterable

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.block import runs_into
from frontdesk.text import visible
from frontdesk.ui.layout.cells import Span
from frontdesk.ui.layout.day_words import clock_of

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


def over_visits(block: Block, visits: Iterable[Appointment], timezone: str) -> list[list[Span]]:
    """`‼ 12:10 Garcia M`: whom a block runs into."""
    found = runs_into([block], visits) if block.blocks else ()
    lines = [
        [Span(f" ‼ {clock_of(one.starts, timezone)} {visible(one.patient.short_name)}", "warn")]
        for one in found[:MOST_NAMED]
    ]
    more = len(found) - MOST_NAMED
    return [*lines, [Span(f"   and {more} more", "warn")]] if more > 0 else lines
