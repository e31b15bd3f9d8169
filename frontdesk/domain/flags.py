"""What becomes of a patient's flags when some are ticked and others are not any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from frontdesk.domain.patient import Flag


def ticked(before: Iterable[Flag], chosen: Iterable[Flag], day: date) -> tuple[Flag, ...]:
    """The flags of a file of which on `day` the `chosen` hold: what holds no longer is over, not forgotten.

    What was over before stays so. A flag of that very day that is taken back was a mistake, and goes.
    """
    chosen = tuple(chosen)
    still = {flag.kind for flag in chosen}
    kept: list[Flag] = []
    for flag in before:
        if flag.is_over(day):
            kept.append(flag)
        elif flag.kind not in still and flag.since != day:
            kept.append(replace(flag, until=day))
    return (*chosen, *kept)


def stamped(flags: Iterable[Flag], before: Iterable[Flag], who: str, day: date) -> tuple[Flag, ...]:
    """The flags as they are saved: one that was not there before bears who set it, and since when it is known."""
    before = tuple(before)
    holding = {(flag.kind, flag.since, flag.set_by) for flag in before if not flag.is_over(day)}
    return tuple(
        flag
        if flag in before or (flag.kind, flag.since, flag.set_by) in holding
        else replace(flag, since=flag.since or _begin(flag, day), set_by=flag.set_by or who)
        for flag in flags
    )


def _begin(flag: Flag, day: date) -> date:
    return day if flag.until is None else min(day, flag.until)
