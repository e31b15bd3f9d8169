"""Whether a visit fits, and in words why not: rules 1 to 4 of booking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.clinic import Clinic, Practitioner, Room
from frontdesk.domain.hours import local_day, local_instant
from frontdesk.domain.instants import from_ms, to_ms
from frontdesk.domain.packing.claims import equipment_key, patient_key, practitioner_key, room_key
from frontdesk.domain.packing.intervals import MINUTE
from frontdesk.domain.packing.occupancy import Occupancy, Taken
from frontdesk.domain.packing.opening import Opening
from frontdesk.domain.phases import Plan, Service, plan_visit
from frontdesk.domain.time_text import clock_of, short_day


class Rule(StrEnum):
    """What a visit may run into."""

    CLOSURE = "closure"
    CLOSED_DAY = "closed day"
    """A day of the week on which the clinic has no hours, nor the practitioner any of their own."""
    PATIENT = "patient"
    HOURS = "hours"
    """Outside the practitioner's working hours."""
    TIME_OFF = "time off"
    PRACTITIONER = "practitioner"
    ROOM = "room"
    BLOCK = "block"
    """The room itself is blocked."""
    ROOM_KIND = "room kind"
    """The room is not of the kind that the service needs."""
    EQUIPMENT = "equipment"
    LAST_START = "last start"
    LEAVE_BY = "leave by"

    @property
    def squeezable(self) -> bool:
        """Whether staff may book over it: a practitioner may hurry, a room holds one patient."""
        return self in (Rule.CLOSED_DAY, Rule.HOURS, Rule.TIME_OFF, Rule.LAST_START, Rule.PRACTITIONER)

    @property
    def closes(self) -> bool:
        """Whether nobody works at all then."""
        return self in (Rule.CLOSURE, Rule.CLOSED_DAY)


_JOINTS = {
    Rule.PRACTITIONER: " is with",
    Rule.ROOM: " is taken by",
    Rule.EQUIPMENT: " is taken by",
    Rule.PATIENT: " is already with",
    Rule.HOURS: ":",
    Rule.TIME_OFF: ":",
    Rule.BLOCK: ":",
}
"""What stands between a resource and what has some of its time: of these it is said how much."""
_CLINIC = "The clinic"


_NOT_THAT_DAY = "does not work that day"


class Clash(Struct, frozen=True):
    """One thing in the way; `minutes` is how much of it, rounded up."""

    rule: Rule
    resource: str
    with_what: str
    minutes: int

    @property
    def words(self) -> str:
        """One plain line: who or what, what is in the way, by how much."""
        reads_on = self.rule is Rule.ROOM_KIND or self.rule.closes
        joint = "" if reads_on else _JOINTS.get(self.rule, ":")
        line = f"{self.resource}{joint} {self.with_what}"
        if not self.minutes or self.rule not in _JOINTS or self.with_what == _NOT_THAT_DAY:
            return line
        overlap = "" if self.rule is Rule.HOURS else " overlap"
        return f"{line}{',' if joint == ':' else ':'} {self.minutes} min{overlap}"

    @property
    def short(self) -> str:
        """The same in two or three words, for a row: `closed`, `Dr Lin is busy`."""
        return {
            Rule.CLOSURE: "closed",
            Rule.CLOSED_DAY: "closed",
            Rule.TIME_OFF: f"{self.resource} is away",
            Rule.HOURS: f"{self.resource} is not there",
            Rule.PRACTITIONER: f"{self.resource} is busy",
            Rule.PATIENT: "is here anyway",
            Rule.ROOM: "no room is free",
            Rule.BLOCK: "no room is free",
            Rule.EQUIPMENT: f"no {self.resource} is free",
        }.get(self.rule, self.rule.value)


class Fit(Struct, frozen=True):
    """A plan that fits and its room; `squeezed` when it only fits by booking over the practitioner.

    `replanned` is what makes room for it: other appointments' ids and the minutes of retention they are to get.
    """

    plan: Plan
    room: Room
    squeezed: bool = False
    replanned: tuple[tuple[int, int], ...] = ()


class NoFit(Struct, frozen=True):
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

    @property
    def closed(self) -> bool:
        """Whether nobody works at all that day: no overlap to squeeze into."""
        return any(clash.rule.closes for clash in self.clashes)


def clashes(
    clinic: Clinic,
    occupancy: Occupancy,
    *,
    plan: Plan,
    practitioner: Practitioner,
    room: Room | None,
    patient_id: int | None,
    ignore_appointment: int | None = None,
    leave_by: DateTime | None = None,
) -> tuple[Clash, ...]:
    """Everything a plan runs into; empty when it fits. `ignore_appointment` is the one that is being moved."""
    question = _Question(clinic, occupancy, practitioner, patient_id, ignore_appointment, leave_by)
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
    leave_by: DateTime | None = None,
) -> Fit | NoFit:
    """The planned retention, else the nearest to it inside the window, in the first room free for the whole stay.

    `squeeze` also accepts what may be squeezed, where nothing fits without. With `leave_by` only retentions by which
    the patient is gone then are tried, or the shortest, to say how much is missing.
    """
    question = _Question(clinic, occupancy, practitioner, patient_id, ignore_appointment, leave_by)
    closest: tuple[Clash, ...] | None = None
    squeezed: Fit | None = None
    for minutes in retentions_until(service, starts, leave_by) or (service.retention_earliest,):
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
            best = min((each for _, each in in_room), key=_weight, default=(_NO_ROOM,))
            closest = (*(hard if squeeze else found), *best)
    if squeeze and squeezed is not None:
        return squeezed
    return NoFit(closest or ())


_NO_ROOM = Clash(Rule.BLOCK, "No room", "the clinic has none in use", 0)


def retentions_until(service: Service, starts: DateTime, leave_by: DateTime | None) -> tuple[int, ...]:
    """The retentions that may be planned for a patient who must leave by then, best first; maybe none."""
    if leave_by is None:
        return service.retention_choices
    allowed = int((leave_by - starts).total_seconds() // 60)
    return tuple(minutes for minutes in service.retention_choices if service.patient_minutes(minutes) <= allowed)


def _weight(found: tuple[Clash, ...]) -> tuple[bool, int]:
    """How much is in the way in a room; one of another kind comes after all of the right one."""
    return any(clash.rule is Rule.ROOM_KIND for clash in found), sum(clash.minutes for clash in found)


class _Question(Struct, frozen=True):
    """One booking asked about: the parts that stay the same while plans and rooms are tried."""

    clinic: Clinic
    occupancy: Occupancy
    practitioner: Practitioner
    patient_id: int | None
    ignore: int | None
    leave_by: DateTime | None

    def about(self, plan: Plan) -> tuple[Clash, ...]:
        """What is in the way in any room."""
        closed = tuple(self._closed(plan))
        hours = () if closed else (*self._outside_hours(plan), *self._too_late(plan))
        return (
            *closed,
            *self._patient(plan),
            *self._leaves_late(plan),
            *hours,
            *self._practitioner(plan),
            *self._equipment(plan),
        )

    def about_room(self, plan: Plan, room: Room) -> tuple[Clash, ...]:
        """What is in the way in one room."""
        wrong = wrong_kind(room, plan.service)
        if wrong is not None:
            return (wrong,)
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
        if not self.clinic.closures:
            return []
        last = plan.ends.subtract(microseconds=1) if plan.starts < plan.ends else plan.ends
        day, last_day = (local_day(instant, self.clinic.timezone) for instant in (plan.starts, last))
        found: list[Clash] = []
        while day <= last_day:
            closure = self.clinic.closure_on(day)
            if closure is not None:
                reason = f" ({closure.reason})" if closure.reason else ""
                found.append(Clash(Rule.CLOSURE, _CLINIC, f"is closed on {short_day(day)}{reason}", 0))
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

    def _leaves_late(self, plan: Plan) -> list[Clash]:
        if self.leave_by is None or plan.ends <= self.leave_by:
            return []
        late = -(-(to_ms(plan.ends) - to_ms(self.leave_by)) // MINUTE)
        words = f"ends {self._clock(plan.ends)}, {late} min too late"
        return [Clash(Rule.LEAVE_BY, f"Must leave by {self._clock(self.leave_by)}", words, late)]

    def _too_late(self, plan: Plan) -> list[Clash]:
        """What starts after the last start of the service or the practitioner."""
        found: list[Clash] = []
        for one in (plan.service, self.practitioner):
            last = last_start_on(self.clinic, one.last_start, plan.starts)
            if last is not None and plan.starts > last:
                late = -(-(to_ms(plan.starts) - to_ms(last)) // MINUTE)
                words = f"no start after {self._clock(last)}, {late} min too late"
                found.append(Clash(Rule.LAST_START, one.name, words, late))
        return found

    def _equipment(self, plan: Plan) -> list[Clash]:
        span = plan.equipment_span
        start, end = to_ms(span.starts), to_ms(span.ends)
        found: list[Clash] = []
        for one in self.clinic.equipment_of(plan.service):
            key = equipment_key(one.id)
            full = self.occupancy.full(key, one.count, ignore=self.ignore)
            missing = full.shared(start, end)
            if not missing:
                continue
            users = [
                self._name(taken)
                for taken in self.occupancy.overlapping(key, start, end, ignore=self.ignore)
                if full.shared(max(start, taken.starts), min(end, taken.ends))
            ]
            what = one.name if one.count == 1 else f"{one.name} (all {one.count})"
            found.append(Clash(Rule.EQUIPMENT, what, " and ".join(users), -(-missing // MINUTE)))
        return found

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
        minutes = -(-outside // MINUTE)
        if not spans and not self.clinic.hours.on(local_day(plan.starts, zone)):
            return [Clash(Rule.CLOSED_DAY, _CLINIC, "is closed that day", minutes)]
        words = f"outside working hours ({spans})" if spans else _NOT_THAT_DAY
        return [Clash(Rule.HOURS, self.practitioner.name, words, minutes)]

    def _practitioner(self, plan: Plan) -> list[Clash]:
        found: list[Clash] = []
        for span in plan.hands_on:
            start, end = to_ms(span.starts), to_ms(span.ends)
            key = practitioner_key(self.practitioner.id)
            for one in self.occupancy.overlapping(key, start, end, ignore=self.ignore):
                with_patient = isinstance(one.by, Appointment)
                rule = Rule.PRACTITIONER if with_patient else Rule.TIME_OFF
                found.append(Clash(rule, self.practitioner.name, self._name(one), _shared(one, start, end)))
        if not found:
            return []
        # Time off may be in the way of both hands-on phases: one thing, told once.
        minutes = Counter[Clash]()
        for clash in found:
            minutes[replace(clash, minutes=0)] += clash.minutes
        return [replace(clash, minutes=many) for clash, many in minutes.items()]

    def _name(self, one: Taken) -> str:
        times = self._times(one.starts, one.ends)
        match one.by:
            case Appointment():
                return f"{one.by.patient.name} {times}"
            case Block(practitioner=None):
                return f"blocked {times}: {one.by.called}"
            case Block():
                return f"time off {times}: {one.by.called}"

    def _times(self, start: int, end: int) -> str:
        return f"{self._clock(from_ms(start))}-{self._clock(from_ms(end))}"

    def _clock(self, instant: DateTime) -> str:
        return clock_of(instant, self.clinic.timezone)


def last_start_on(clinic: Clinic, last_start: int | None, starts: DateTime) -> DateTime | None:
    """The last start that a service or a practitioner has on the local day of a start; None without a limit."""
    if last_start is None:
        return None
    return local_instant(local_day(starts, clinic.timezone), last_start, clinic.timezone)


def wrong_kind(room: Room, service: Service) -> Clash | None:
    """That a service needs another kind of room; None where it does not."""
    if room.suits(service):
        return None
    wanted = " or ".join(f"{_article(kind)} {kind}" for kind in service.room_kinds)
    what = f"is {_article(room.kind)} {room.kind}" if room.kind else "is of no kind that was said"
    return Clash(Rule.ROOM_KIND, room.name, f"{what}; {service.name} needs {wanted}", 0)


def _article(word: str) -> str:
    return "an" if word[:1].lower() in "aeiou" else "a"


def _shared(one: Taken, start: int, end: int) -> int:
    return -(-(min(end, one.ends) - max(start, one.starts)) // MINUTE)
