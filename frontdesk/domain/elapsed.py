"""How long needles have really been in, when a machine's clock was set meanwhile.

A retention is stored with its UTC instant and with what the boot-time clock said then. Where the two disagree by more
than `DISAGREE_S` the wall clock was set, and what counts is the time that really passed. A boot-time clock that counts
sleep knows it. One that stands still in sleep knows only the least it can be, so that there the longer of the two
counts: needles may come out early, never be forgotten.

What a changed clock makes wrong is put right by moving a running retention's instants to where they are on the clock as
it is now. Everything computed from them is right then, and shows the times that the clock on the wall will show.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from frontdesk.domain.instants import seconds_between, to_ms

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


class Timed(Struct, frozen=True):
    """The visits of a day for which anything runs; a clock that is set is nothing to the others."""

    visits: tuple[Appointment, ...]
    boot: str = ""
    """The clock that all of it began by; empty where that is not known, or not one."""
    leads_ms: tuple[int, int] = (0, 0)
    """The least and the most by which the wall clock was ahead of that one when it began."""

    def holds(self, reading: Reading) -> bool:
        """Whether the clocks agree for all of it, so that nothing moves; False where that has to be looked at."""
        # Less by what rounding may come to: what is near the limit is looked at.
        least, most = (abs(reading.lead_ms - lead) for lead in self.leads_ms)
        return bool(self.boot) and self.boot == reading.boot and max(least, most) < DISAGREE_S * 1000 - 10


def timed_in(sheet: DaySheet) -> Timed:
    """What runs on a day, found once for all the seconds in which it is asked for."""
    visits = tuple(
        one
        for one in (*sheet.appointments, *sheet.in_house)
        if one.timers or any(retention.is_in for retention in one.retentions)
    )
    began = [(one.in_at, one.boot, one.boot_ms) for visit in visits for one in visit.retentions if one.is_in]
    began += [(one.started_at, one.boot, one.boot_ms) for visit in visits for one in visit.timers]
    boots = {boot for _, boot, _ in began}
    leads = [to_ms(at) - boot_ms for at, _, boot_ms in began if boot_ms is not None]
    if len(boots) != 1 or len(leads) != len(began):
        return Timed(visits)
    return Timed(visits, boots.pop(), (min(leads), max(leads)))


def sheet_now(
    sheet: DaySheet,
    reading: Reading,
    timed: Timed | None = None,
    known: Callable[[Appointment], Appointment] = lambda visit: visit,
) -> DaySheet:
    """A day with its visits as `visit_now` has them; itself where none moves.

    `timed` is its `timed_in` where that is at hand; `known` gives a visit with what its timers began by.
    """
    timed = timed_in(sheet) if timed is None else timed
    if timed.holds(reading):
        return sheet
    new = {id(was): now for was in timed.visits if (now := visit_now(known(was), reading)) is not was}
    if not new:
        return sheet
    day, house = (
        tuple(new.get(id(visit), visit) for visit in visits) for visits in (sheet.appointments, sheet.in_house)
    )
    return replace(sheet, appointments=day, in_house=house)


def set_by_s(anchor: Reading, now: Reading, sheet: DaySheet | None, timed: Timed | None = None) -> int:
    """By how many seconds the wall clock was set since `anchor`, 0 for what stays below `DISAGREE_S`.

    Where nothing changed since then, by how much it differs from the clock that the running retentions began on:
    another process may have begun them before the change, or on a clock of its own. `timed` as for `sheet_now`.
    """
    changed = 0 if anchor.boot != now.boot else now.lead_ms - anchor.lead_ms
    if abs(changed) <= DISAGREE_S * 1000:
        timed = timed_in(sheet) if timed is None and sheet is not None else timed
        visits = timed.visits if timed is not None else ()
        shifts = [one.shift_ms for visit in visits for one in visit.retentions if one.is_in]
        changed = max(shifts, key=abs, default=0)
    return round(changed / 1000)
