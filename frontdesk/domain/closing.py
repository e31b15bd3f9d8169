"""The close of a day: who is still here, what is owed, who never came. Nobody is closed over."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.day import DaySheet
from frontdesk.domain.visit import NOT_BEGUN, ON_PREMISES, Status


class Need(StrEnum):
    """What keeps a visit from being closed over, the most urgent first."""

    NEEDLES_IN = "needles_in"
    COUNT_OWED = "count_owed"
    IN_ROOM = "in_room"
    NOT_CHECKED_OUT = "not_checked_out"
    NO_SHOW = "no_show"
    EXPECTED = "expected"

    @property
    def words(self) -> str:
        """How the list says it."""
        return _WORDS[self]


_WORDS = {
    Need.NEEDLES_IN: "needles in",
    Need.COUNT_OWED: "count owed",
    Need.IN_ROOM: "in a room",
    Need.NOT_CHECKED_OUT: "not checked out",
    Need.NO_SHOW: "never came",
    Need.EXPECTED: "still to come",
}
_RANK = {need: rank for rank, need in enumerate(Need)}


class Open(Struct, frozen=True):
    """One visit that the day can't be closed over, and why."""

    visit: Appointment
    need: Need


class Needles(Struct, frozen=True):
    """Every needle of a day's visits: what went in is what came out, was kept, is missing, is in or is not counted."""

    went_in: int = 0
    came_out: int = 0
    kept: int = 0
    missing: int = 0
    still_in: int = 0
    """Needles that are in now, by the count in."""

    @property
    def open(self) -> int:
        """Needles that are in now, or whose count is owed."""
        return self.went_in - self.came_out - self.kept - self.missing

    @property
    def owed(self) -> int:
        """Needles that are out and whose count is owed: nobody has told yet whether all of them are."""
        return self.open - self.still_in


class DayClose(Struct, frozen=True):
    """What of a day is open, and how it went. `open` is sorted by urgency, then by start."""

    open: tuple[Open, ...] = ()
    kept: tuple[Appointment, ...] = ()
    """Visits of the day from which needles went home by plan."""
    missing: tuple[Appointment, ...] = ()
    """Visits of which needles were written down as missing."""
    seen: int = 0
    cancelled: int = 0
    no_shows: int = 0
    left: int = 0
    gone: tuple[Appointment, ...] = ()
    """The visits of the day that came to nothing: no-shows, and what a patient called off late."""
    needles: Needles = Needles()

    @property
    def late_cancelled(self) -> int:
        """How many were called off by the patient too late, by the clinic's hours."""
        return sum(one.cancelled_late for one in self.gone)

    def of(self, *needs: Need) -> tuple[Appointment, ...]:
        """The visits that are open for any of these reasons."""
        return tuple(one.visit for one in self.open if one.need in needs)

    @property
    def in_house(self) -> tuple[Appointment, ...]:
        """Everyone who is still here."""
        return self.of(Need.NEEDLES_IN, Need.COUNT_OWED, Need.IN_ROOM, Need.NOT_CHECKED_OUT)


def day_close(sheet: DaySheet, now: DateTime) -> DayClose:
    """What is open of a day at an instant; `sheet` may be any day's.

    Whoever is in the house belongs to the day they were booked for, and to the day they came on.
    """
    until = sheet.span.ends
    house = {one.id: one for one in (*sheet.appointments, *sheet.in_house) if one.status in ON_PREMISES}
    here = [one for one in house.values() if one.starts < until or _came_before(one, until)]
    found = [Open(one, _need_here(one)) for one in here]
    own = [one for one in sheet.appointments if sheet.span.starts <= one.starts < until]
    found += [Open(one, Need.NO_SHOW if one.starts < now else Need.EXPECTED) for one in own if one.status in NOT_BEGUN]
    settled = tuple(one for one in own if one.retentions)
    return DayClose(
        tuple(sorted(found, key=lambda one: (_RANK[one.need], one.visit.starts, one.visit.id))),
        kept=tuple(one for one in settled if any(side.kept for side in one.retentions)),
        missing=tuple(one for one in settled if any(side.missing for side in one.retentions)),
        seen=sum(one.status is Status.CHECKED_OUT for one in own),
        cancelled=sum(one.status is Status.CANCELLED for one in own),
        no_shows=sum(one.status is Status.NO_SHOW for one in own),
        left=sum(one.status is Status.LEFT for one in own),
        gone=tuple(one for one in own if one.status is Status.NO_SHOW or one.cancelled_late),
        needles=_needles(own),
    )


def _needles(visits: Iterable[Appointment]) -> Needles:
    sides = [side for one in visits for side in one.retentions]
    return Needles(
        sum(side.count_in for side in sides),
        sum(side.count_out or 0 for side in sides),
        sum(side.kept for side in sides),
        sum(side.missing for side in sides),
        sum(side.count_in for side in sides if side.is_in),
    )


def _came_before(visit: Appointment, until: DateTime) -> bool:
    return visit.facts.arrived_at is not None and visit.facts.arrived_at < until


def _need_here(visit: Appointment) -> Need:
    if visit.needles_are_in:
        return Need.NEEDLES_IN
    if visit.count_owed:
        return Need.COUNT_OWED
    if visit.holds_room:
        return Need.IN_ROOM
    return Need.NOT_CHECKED_OUT
