"""Whether a visit fits, and in words why not: rules 1 to 4 of booking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from pendulum import DateTime

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.clinic import Clinic, Practitioner, Room
from frontdesk.domain.hours import local_day
from frontdesk.domain.packing.claims import patient_key, practitioner_key, room_key
from frontdesk.domain.packing.intervals import MINUTE, from_ms, to_ms
from frontdesk.domain.packing.occupancy import Occupancy, Taken
from frontdesk.domain.packing.opening import Opening
from frontdesk.domain.phases import Plan, Service, plan_visit


class Rule(StrEnum):
    """What a visit may run into."""

    CLOSURE = "closure"
    PATIENT = "patient"
    HOURS = "hours"
    """Outside the practitioner's working hours, or in their time off."""
    PRACTITIONER = "practitioner"
    ROOM = "room"
    BLOCK = "block"
    """The room itself is blocked."""

    @property
    def squeezable(self) -> bool:
        """Whether staff may book over it: a practitioner may hurry, a room holds one patient."""
        return self in (Rule.HOURS, Rule.PRACTITIONER)


@dataclass(frozen=True, slots=True)
class Clash:
    """One thing in the way; `minutes` is how much of it, rounded up."""

    rule: Rule
    resource: str
    with_what: str
    minutes: int

    @property
    def words(self) -> str:
        """One plain line: who or what, what is in the way, by how much."""
        joint = {Rule.PRACTITIONER: " is with", Rule.ROOM: " is taken by", Rule.PATIENT: " is already with"}
        line = f"{self.resource}{joint.get(self.rule, ':')} {self.with_what}"
        return f"{line}: {self.minutes} min overlap" if self.minutes and self.rule in joint else line


@dataclass(frozen=True, slots=True)
class Fit:
    """A plan that fits and its room; `squeezed` when it only fits by booking over the practitioner.

    `replanned` is what makes room for it: other appointments' ids and the minutes of retention they are to get.
    """

    plan: Plan
    room: Room
    squeezed: bool = False
    replanned: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class NoFit:
    """Why a start does not fit: what clashes with the planned retention in the room where least is in the way."""

    clashes: tuple[Clash, ...]

    @property
    def words(self) -> str:
        """Everything in the way on one line."""
        return "; ".join(clash.words for clash in self.clashes)

    @property
    def squeezable(self) -> bool:
        """Whether it would fit when squeezed."""
        return all(clash.rule.squeezable for clash in self.clashes)


def clashes(
    clinic: Clinic,
    occupancy: Occupancy,
    *,
    plan: Plan,
    practitioner: Practitioner,
    room: Room | None,
    patient_id: int | None,
    ignore_appointment: int | None = None,
) -> tuple[Clash, ...]:
    """Everything a plan runs into; empty when it fits. `ignore_appointment` is the one that is being moved."""
    question = _Question(clinic, occupancy, practitioner, patient_id, ignore_appointment)
    return (*question.about(plan), *(question.about_room(plan, room) if room is not None else ()))


def first_fit(
    clinic: Clinic,
    occupancy: Occupancy,
    *,
    service: Service,
    practitioner: Practitioner,
    starts: DateTime,
    rooms: Sequence[Room],
    patient_id: int | None,
    squeeze: bool = False,
    ignore_appointment: int | None = None,
) -> Fit | NoFit:
    """The planned retention, else the nearest to it inside the window, in the first room free for the whole stay.

    `squeeze` also accepts what may be squeezed, where nothing fits without.
    """
    question = _Question(clinic, occupancy, practitioner, patient_id, ignore_appointment)
    closest: tuple[Clash, ...] | None = None
    squeezed: Fit | None = None
    for minutes in service.retention_choices:
        plan = plan_visit(service, starts, minutes)
        found = question.about(plan)
        hard = tuple(clash for clash in found if not clash.rule.squeezable)
        if closest is not None and (hard if squeeze else found):
            continue
        in_room = [(room, question.about_room(plan, room)) for room in rooms]
        free = next((room for room, in_the_way in in_room if not in_the_way), None)
        if free is not None and not found:
            return Fit(plan, free)
        if free is not None and not hard and squeezed is None:
            squeezed = Fit(plan, free, squeezed=True)
        if closest is None:
            best = min((each for _, each in in_room), key=_minutes, default=(_NO_ROOM,))
            closest = (*(hard if squeeze else found), *best)
    if squeeze and squeezed is not None:
        return squeezed
    return NoFit(closest or ())


_NO_ROOM = Clash(Rule.BLOCK, "No room", "the clinic has none in use", 0)


def _minutes(found: tuple[Clash, ...]) -> int:
    return sum(clash.minutes for clash in found)


@dataclass(frozen=True, slots=True)
class _Question:
    """One booking asked about: the parts that stay the same while plans and rooms are tried."""

    clinic: Clinic
    occupancy: Occupancy
    practitioner: Practitioner
    patient_id: int | None
    ignore: int | None

    def about(self, plan: Plan) -> tuple[Clash, ...]:
        """What is in the way in any room."""
        closed = tuple(self._closed(plan))
        hours = () if closed else tuple(self._outside_hours(plan))
        return (*closed, *self._patient(plan), *hours, *self._practitioner(plan))

    def about_room(self, plan: Plan, room: Room) -> tuple[Clash, ...]:
        """What is in the way in one room."""
        span = plan.room_span
        start, end = to_ms(span.starts), to_ms(span.ends)
        return tuple(
            Clash(
                Rule.ROOM if isinstance(one.by, Appointment) else Rule.BLOCK,
                room.name,
                self._name(one),
                _shared(one, start, end),
            )
            for one in self.occupancy.overlapping(room_key(room.id), start, end, ignore=self.ignore)
        )

    def _closed(self, plan: Plan) -> list[Clash]:
        last = plan.ends.subtract(microseconds=1) if plan.starts < plan.ends else plan.ends
        day, last_day = (local_day(instant, self.clinic.timezone) for instant in (plan.starts, last))
        found: list[Clash] = []
        while day <= last_day:
            closure = self.clinic.closure_on(day)
            if closure is not None:
                reason = f" ({closure.reason})" if closure.reason else ""
                found.append(Clash(Rule.CLOSURE, "The clinic", f"closed on {day:%a} {day.day} {day:%b}{reason}", 0))
            day += timedelta(days=1)
        return found

    def _patient(self, plan: Plan) -> list[Clash]:
        if self.patient_id is None:
            return []
        start, end = to_ms(plan.patient_span.starts), to_ms(plan.patient_span.ends)
        return [
            Clash(
                Rule.PATIENT,
                one.by.patient.name,
                f"{one.by.practitioner.name} {self._times(one.starts, one.ends)}",
                _shared(one, start, end),
            )
            for one in self.occupancy.overlapping(patient_key(self.patient_id), start, end, ignore=self.ignore)
            if isinstance(one.by, Appointment)
        ]

    def _outside_hours(self, plan: Plan) -> list[Clash]:
        if not plan.hands_on:
            return []
        zone = self.clinic.timezone
        opening = Opening.over(self.clinic, local_day(plan.starts, zone), local_day(plan.room_span.ends, zone))
        hours = opening.of(self.practitioner)
        outside = 0
        for span in plan.hands_on:
            start, end = to_ms(span.starts), to_ms(span.ends)
            outside += end - start - hours.shared(start, end)
        if not outside:
            return []
        spans = ", ".join(self._times(start, end) for start, end in hours)
        words = f"outside working hours ({spans})" if spans else "does not work that day"
        return [Clash(Rule.HOURS, self.practitioner.name, words, -(-outside // MINUTE))]

    def _practitioner(self, plan: Plan) -> list[Clash]:
        found: list[Clash] = []
        for span in plan.hands_on:
            start, end = to_ms(span.starts), to_ms(span.ends)
            key = practitioner_key(self.practitioner.id)
            for one in self.occupancy.overlapping(key, start, end, ignore=self.ignore):
                with_patient = isinstance(one.by, Appointment)
                rule = Rule.PRACTITIONER if with_patient else Rule.HOURS
                found.append(Clash(rule, self.practitioner.name, self._name(one), _shared(one, start, end)))
        return found

    def _name(self, one: Taken) -> str:
        times = self._times(one.starts, one.ends)
        match one.by:
            case Appointment():
                return f"{one.by.patient.name} {times}"
            case Block(practitioner=None):
                return f"blocked {times}: {one.by.title}"
            case Block():
                return f"time off {times}: {one.by.title}"

    def _times(self, start: int, end: int) -> str:
        zone = self.clinic.timezone
        return f"{from_ms(start).in_timezone(zone):%H:%M}-{from_ms(end).in_timezone(zone):%H:%M}"


def _shared(one: Taken, start: int, end: int) -> int:
    return -(-(min(end, one.ends) - max(start, one.starts)) // MINUTE)
