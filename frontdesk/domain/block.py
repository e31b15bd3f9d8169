"""Time that is taken without a patient: which kinds there are, over which weeks it repeats, what it runs into."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.clinic import Clinic, Practitioner, Room
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import Span, weeks_later
from frontdesk.domain.instants import to_ms
from frontdesk.domain.packing.claims import held_stretches, practitioner_key, room_key, shape_of
from frontdesk.domain.visit import ENDED

MOST_WEEKS = 60
"""How often a block may repeat; a slip of the finger beyond."""
LONGEST_DAYS = 370
"""A sabbatical; longer is a slip."""


class BlockKind(StrEnum):
    """What a block is for; the empty one has words of its own."""

    LUNCH = "lunch"
    MEETING = "meeting"
    TIME_OFF = "time_off"
    OTHER = ""

    @property
    def words(self) -> str:
        """What stands in the day where nothing else is said."""
        return {"lunch": "Lunch", "meeting": "Meeting", "time_off": "Time off", "": "Blocked"}[self.value]

    @property
    def minutes(self) -> int:
        """How long one usually is."""
        return {"lunch": 60, "meeting": 30, "time_off": 480, "": 30}[self.value]


class Draft(Struct, frozen=True):
    """A block that is not written yet: one person's or room's, one week's."""

    title: str
    kind: BlockKind
    span: Span
    practitioner: Practitioner | None
    room: Room | None
    all_day: bool


def weekly(clinic: Clinic, span: Span, weeks: int) -> tuple[Span, ...]:
    """The same local times on `weeks` weeks in a row; raises `Refused` for a span or a count that is a slip."""
    if span.starts >= span.ends:
        raise Refused("it ends before it begins: give an end that comes after")
    if span.ends - span.starts > timedelta(days=LONGEST_DAYS):
        raise Refused(f"a block lasts at most {LONGEST_DAYS} days: write two")
    if not 1 <= weeks <= MOST_WEEKS:
        raise Refused(f"a block repeats over 1 to {MOST_WEEKS} weeks, not {weeks}")
    ends = (span.starts, span.ends)
    return tuple(Span(*(weeks_later(end, week, clinic.timezone) for end in ends)) for week in range(weeks))


def weeks_until(first: date, last: date) -> int:
    """On how many weeks in a row something of `first` is repeated that ends by `last`; raises `Refused` before it."""
    if last < first:
        raise Refused("the last day lies before the first: give a later one")
    return (last - first).days // 7 + 1


def runs_into(blocks: Iterable[Draft | Block], visits: Iterable[Appointment]) -> tuple[Appointment, ...]:
    """The visits, not over yet, that need what the blocks take: hands-on time of a practitioner, or a room.

    A squeezed visit counts too: its practitioner is needed as much. Each once, by start.
    """
    taken = [
        (key, to_ms(one.span.starts), to_ms(one.span.ends))
        for one in blocks
        for key in (
            practitioner_key(one.practitioner.id) if one.practitioner else "",
            room_key(one.room.id) if one.room else "",
        )
        if key
    ]
    found = {
        visit.id: visit
        for visit in visits
        if visit.status not in ENDED and any(_meet(needed, one) for needed in _needs(visit) for one in taken)
    }
    return tuple(sorted(found.values(), key=lambda one: (one.starts, one.id)))


def _needs(visit: Appointment) -> list[tuple[str, int, int]]:
    needed = list(held_stretches(visit))
    if visit.squeezed:
        starts, hands = to_ms(visit.starts), practitioner_key(visit.practitioner.id)
        shape = shape_of(visit.service, visit.retention_minutes)
        needed += [(hands, starts + first, starts + last) for first, last in shape.hands_on]
    return needed


def _meet(one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]
