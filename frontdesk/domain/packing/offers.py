"""A few places to name to somebody on the telephone: far enough apart to be a choice, over as many days as it takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from frontdesk.domain.packing.places import Slot

APART_MINUTES = 120
"""Two offers of one day lie at least this far apart: 10:00, 10:05 and 10:10 are one answer."""


def spread(ranked: Iterable[Slot], most: int) -> tuple[Slot, ...]:
    """The first `most` of a ranking, each at least `APART_MINUTES` from those before it; their order stays."""
    apart = timedelta(minutes=APART_MINUTES)
    chosen: list[Slot] = []
    for slot in ranked:
        if len(chosen) >= most:
            break
        if all(abs(slot.starts - other.starts) >= apart for other in chosen):
            chosen.append(slot)
    return tuple(chosen)


def numbered(offers: Sequence[Slot], digit: int) -> Slot | None:
    """The offer that a digit names, counted from 1; None where there is none."""
    return offers[digit - 1] if 1 <= digit <= len(offers) else None
