"""One local day of the clinic as one immutable value: what a screen draws and the board is computed from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.hours import Span, day_span
from frontdesk.domain.package import Left
from frontdesk.domain.plan import Progress
from frontdesk.domain.visit import ENDED_UNSEEN, ON_PREMISES


class Closed(Struct, frozen=True):
    """That a day was closed: when, by whom, and whether any of its visits has changed since."""

    at: DateTime
    who: str
    changed_since: bool = False


class DaySheet(Struct, frozen=True):
    """Everything of one day; `seq` is the last change it has seen. Appointments and blocks are sorted by start.

    `in_house` are the visits that hold a room or have needles in whatever day they were planned for: nobody may
    disappear from the strip because a screen shows another day, or because midnight passed.
    """

    day: date
    clinic: Clinic
    appointments: tuple[Appointment, ...] = ()
    blocks: tuple[Block, ...] = ()
    in_house: tuple[Appointment, ...] = ()
    seq: int = 0
    closed: Closed | None = None
    """The last time the day was closed; None while it is open."""
    plans: Mapping[int, Progress] = field(default_factory=dict)
    """How far the treatment plans of its patients have gone by now, by patient; of those who have one."""

    packages: Mapping[int, tuple[Left, ...]] = field(default_factory=dict)
    """What its patients have paid ahead and what is left of it, by patient; of those who have."""

    @property
    def is_closed(self) -> bool:
        """Whether it was closed and nothing has changed since."""
        return self.closed is not None and not self.closed.changed_since

    @property
    def span(self) -> Span:
        """The instants of the day."""
        return day_span(self.day, self.clinic.timezone)

    @property
    def taking(self) -> tuple[Appointment, ...]:
        """The appointments that take time and place (not cancelled, no no-shows)."""
        return tuple(one for one in self.appointments if one.status not in ENDED_UNSEEN)

    def with_visit(self, visit: Appointment) -> DaySheet:
        """The day with one visit as it is now: what the next key means, before the day has been read again."""
        day = [one for one in self.appointments if one.id != visit.id]
        if visit.starts < self.span.ends and visit.ends > self.span.starts:
            day.append(visit)
        house = [one for one in self.in_house if one.id != visit.id]
        if visit.status in ON_PREMISES:
            house.append(visit)
        return replace(self, appointments=tuple(sorted(day, key=_place)), in_house=tuple(sorted(house, key=_place)))

    def with_blocks(self, blocks: Sequence[Block]) -> DaySheet:
        """The day with blocks as they are now."""
        fresh = {one.id for one in blocks}
        day = [one for one in self.blocks if one.id not in fresh]
        day += [one for one in blocks if one.starts < self.span.ends and one.ends > self.span.starts]
        return replace(self, blocks=tuple(sorted(day, key=_place)))

    def appointment(self, appointment_id: int) -> Appointment | None:
        """The appointment with that id, of this day or in the house."""
        for one in (*self.appointments, *self.in_house):
            if one.id == appointment_id:
                return one
        return None


def _place(one: Appointment | Block) -> tuple[DateTime, int]:
    return one.starts, one.id
