"""How long needles have really been in, when a machine's clock was set meanwhile.

A retention is stored with its UTC instant and with what the boot-time clock said then. Where the two disagree by more
than `DISAGREE_S` the wall clock was set, and what counts is the time that really passed. A boot-time clock that counts
sleep knows it. One that stands still in sleep knows only the least it can be, so that there the longer of the two
counts: needles may come out early, never be forgotten.

What a changed clock makes wrong is put right by moving a running retention's instants to where they are on the clock as
it is now. Everything computed from them is right then, and shows the times that the clock on the wall will show.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from frontdesk.domain.instants import seconds_between

if TYPE_CHECKING:
    from frontdesk.clock import Reading
    from frontdesk.domain.appointment import Appointment
    from frontdesk.domain.day import DaySheet
    from frontdesk.domain.retention import Retention
    from frontdesk.domain.timer import Timer

DISAGREE_S = 5
"""Seconds by which the clocks may disagree without anything being made of it."""


def elapsed_ms(wall_ms: int, boot_ms: int, *, counts_sleep: bool) -> int:
    """The milliseconds that really passed, of what the wall clock and the boot-time clock say passed; see above."""
    if abs(wall_ms - boot_ms) <= DISAGREE_S * 1000:
        return wall_ms
    return boot_ms if counts_sleep else max(wall_ms, boot_ms)


def retention_now(retention: Retention, reading: Reading) -> Retention:
    """A retention with its instants on the clock as it is now; itself where needles are out or the clocks agree."""
    if not retention.is_in or retention.boot_ms is None or retention.boot != reading.boot:
        return retention
    wall = round(seconds_between(retention.in_at, reading.at) * 1000)
    shift = wall - elapsed_ms(wall, reading.boot_ms - retention.boot_ms, counts_sleep=reading.counts_sleep)
    return moved(retention, shift) if shift else retention


def timer_now(timer: Timer, reading: Reading) -> Timer:
    """The same for what is timed beside the needles."""
    if timer.boot_ms is None or timer.boot != reading.boot:
        return timer
    wall = round(seconds_between(timer.started_at, reading.at) * 1000)
    shift = wall - elapsed_ms(wall, reading.boot_ms - timer.boot_ms, counts_sleep=reading.counts_sleep)
    if not shift:
        return timer
    hushed = timer.silenced_until and timer.silenced_until.add(microseconds=shift * 1000)
    began = timer.started_at.add(microseconds=shift * 1000)
    return replace(timer, started_at=began, silenced_until=hushed, shift_ms=timer.shift_ms + shift)


def moved(retention: Retention, shift_ms: int) -> Retention:
    """A retention with all its instants later (or, negative, sooner) by `shift_ms`, which it remembers."""
    move = {
        name: value.add(microseconds=shift_ms * 1000)
        for name in ("in_at", "leave_by", "checked_at", "silenced_until")
        if (value := getattr(retention, name)) is not None
    }
    return replace(retention, **move, shift_ms=retention.shift_ms + shift_ms)


def visit_now(visit: Appointment, reading: Reading) -> Appointment:
    """A visit with its retentions and timers as the clock is now; itself where none moves."""
    seen = tuple(retention_now(one, reading) for one in visit.retentions)
    timers = tuple(timer_now(one, reading) for one in visit.timers)
    same = all(new is old for new, old in zip((*seen, *timers), (*visit.retentions, *visit.timers), strict=True))
    return visit if same else replace(visit, retentions=seen, timers=timers)


def sheet_now(sheet: DaySheet, reading: Reading) -> DaySheet:
    """A day with its visits as `visit_now` has them; itself where none moves."""
    day = tuple(visit_now(one, reading) for one in sheet.appointments)
    here = tuple(visit_now(one, reading) for one in sheet.in_house)
    same = all(new is old for new, old in zip((*day, *here), (*sheet.appointments, *sheet.in_house), strict=True))
    return sheet if same else replace(sheet, appointments=day, in_house=here)


def set_by_s(anchor: Reading, now: Reading, sheet: DaySheet | None) -> int:
    """By how many seconds the wall clock was set since `anchor`, 0 for what stays below `DISAGREE_S`.

    Where nothing changed since then, by how much it differs from the clock that the running retentions began on:
    another process may have begun them before the change, or on a clock of its own.
    """
    changed = 0 if anchor.boot != now.boot else now.lead_ms - anchor.lead_ms
    if abs(changed) <= DISAGREE_S * 1000:
        visits = () if sheet is None else (*sheet.appointments, *sheet.in_house)
        shifts = [one.shift_ms for visit in visits for one in visit.retentions if one.is_in]
        changed = max(shifts, key=abs, default=0)
    return round(changed / 1000)
