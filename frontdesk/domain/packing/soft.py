"""Making room: while needles are not in, the planned retention of other visits may move inside its window.

Nobody's start ever moves, nobody's room either; only the moment of a removal does, and with it the end of the stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic, Practitioner, Room
from frontdesk.domain.hours import local_day
from frontdesk.domain.instants import to_ms
from frontdesk.domain.packing.claims import (
    EQUIPMENT,
    PATIENT,
    equipment_key,
    patient_key,
    practitioner_key,
    room_key,
    shape_of,
)
from frontdesk.domain.packing.fit import Fit, NoFit, Rule, first_fit, retentions_until
from frontdesk.domain.packing.intervals import Intervals
from frontdesk.domain.packing.occupancy import Occupancy, crowded
from frontdesk.domain.packing.opening import Opening
from frontdesk.domain.phases import Service, plan_visit
from frontdesk.domain.visit import NOT_BEGUN

MOST_REPLANNED = 3
"""How many other visits one booking may re-plan; each one more multiplies the search by the steps of a window."""

_NOT_MENDED = frozenset({Rule.CLOSURE, Rule.LAST_START, Rule.LEAVE_BY})
"""What is in the way whatever anybody's retention is."""

_Stretch = tuple[str, int, int]
"""Resource, start and end in milliseconds."""


def soft_fit(
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
    """`first_fit`, and where nothing fits, the same with the fewest other visits' retentions re-planned.

    With `squeeze` what may be squeezed is accepted where that does not help either.
    Only visits of this practitioner that have not begun and were not squeezed in are re-planned, each to the step of
    its window nearest to what was planned, none past the time its patient must leave by. Of several who have equipment
    the first to be done with it gives it up sooner. Bounded: with `r` retentions in the widest window, every retention
    and room of the wished visit is tried with at most `r ** MOST_REPLANNED` layouts of the others, however full the
    day is.
    """
    ask = partial(
        first_fit,
        clinic,
        occupancy,
        service=service,
        practitioner=practitioner,
        starts=starts,
        rooms=rooms,
        patient_id=patient_id,
        ignore_appointment=ignore_appointment,
        leave_by=leave_by,
    )
    plain = ask()
    if isinstance(plain, Fit):
        return plain
    found = None
    if not any(clash.rule in _NOT_MENDED for clash in plain.clashes):
        search = _Search.around(clinic, occupancy, practitioner, service, starts, ignore_appointment)
        found = search.fit(service, starts, retentions_until(service, starts, leave_by), rooms, patient_id)
    if found is None and squeeze:
        return ask(squeeze=True)
    return found or plain


def _stretches(
    service: Service, starts: int, minutes: int, practitioner_id: int, patient_id: int | None, room_id: int | None
) -> tuple[_Stretch, ...]:
    """Everything a visit takes with a retention: the hands-on phases first, equipment last."""
    shape = shape_of(service, minutes)
    hands = practitioner_key(practitioner_id)
    taken = [(hands, starts + start, starts + end) for start, end in shape.hands_on]
    if room_id is not None:
        taken.append((room_key(room_id), starts, starts + shape.room))
    if patient_id is not None:
        taken.append((patient_key(patient_id), starts, starts + shape.patient))
    first, last = shape.equipment
    if first < last:
        taken.extend((equipment_key(one), starts + first, starts + last) for one in service.equipment)
    return tuple(taken)


class _Search(Struct, frozen=True):
    """One search: the parts that stay the same while retentions are tried."""

    occupancy: Occupancy
    practitioner: Practitioner
    hours: Intervals
    closed: Intervals
    counts: Mapping[str, int]
    """How many there are of each equipment."""
    ignore: int | None

    @staticmethod
    def around(
        clinic: Clinic,
        occupancy: Occupancy,
        practitioner: Practitioner,
        service: Service,
        starts: DateTime,
        ignore: int | None,
    ) -> _Search:
        """Over the days the wished visit touches, and one more on both sides for the visits around it."""
        ends = plan_visit(service, starts, service.retention_latest).room_span.ends
        days = (local_day(moment, clinic.timezone) for moment in (starts.subtract(days=1), ends.add(days=1)))
        opening = Opening.over(clinic, *days)
        counts = {equipment_key(one.id): one.count for one in clinic.equipment}
        return _Search(occupancy, practitioner, opening.of(practitioner), opening.closed, counts, ignore)

    def fit(
        self,
        service: Service,
        starts: DateTime,
        retentions: Sequence[int],
        rooms: Sequence[Room],
        patient_id: int | None,
    ) -> Fit | None:
        """The wished visit with the fewest others re-planned; None where as many as may be do not help."""
        begins, hands = to_ms(starts), self.practitioner.id
        wishes = [
            (minutes, room, wish)
            for minutes in retentions
            for room in rooms
            if room.suits(service)
            and (wish := self.wish(_stretches(service, begins, minutes, hands, patient_id, room.id))) is not None
        ]
        for most in range(1, MOST_REPLANNED + 1):
            for minutes, room, (laid, in_the_way) in wishes:
                replanned = self.settle({}, laid, in_the_way, most)
                if replanned is not None:
                    plan = plan_visit(service, starts, minutes)
                    return Fit(plan, room, replanned=tuple(sorted(replanned.items())))
        return None

    def wish(self, laid: tuple[_Stretch, ...]) -> tuple[tuple[_Stretch, ...], dict[int, Appointment]] | None:
        """What is laid out and the visits in its way; None where that is something no retention can mend."""
        in_the_way = self._in_the_way(laid, {})
        return None if in_the_way is None else (laid, in_the_way)

    def settle(
        self, chosen: Mapping[int, int], laid: tuple[_Stretch, ...], in_the_way: Mapping[int, Appointment], most: int
    ) -> Mapping[int, int] | None:
        """New retentions, by appointment, that clear `laid` of whoever is in the way; None where `most` don't do."""
        if not in_the_way:
            short = self._short_of_equipment(laid, chosen)
            if not short:
                return chosen if short is not None else None
            in_the_way = short
        if len(in_the_way) > most:
            return None
        visit = min(in_the_way.values(), key=lambda one: (one.starts, one.id))
        room_id = visit.room.id if visit.room is not None else None
        for minutes in _others(visit):
            own = _stretches(
                visit.service, to_ms(visit.starts), minutes, self.practitioner.id, visit.patient.id, room_id
            )
            if any(_clash(one, other) for one in own for other in laid):
                continue
            decided = {**chosen, visit.id: minutes}
            pushed = self._in_the_way(own, decided)
            if pushed is None:
                continue
            rest = {key: one for key, one in in_the_way.items() if key != visit.id} | pushed
            settled = self.settle(decided, laid + own, rest, most - 1)
            if settled is not None:
                return settled
        return None

    def _in_the_way(self, laid: tuple[_Stretch, ...], decided: Mapping[int, int]) -> dict[int, Appointment] | None:
        """The visits with what is laid out that may give way; None where hours, a block or another visit may not."""
        found: dict[int, Appointment] = {}
        hands = practitioner_key(self.practitioner.id)
        for resource, start, end in laid:
            if resource in self.counts:
                continue
            if resource == hands and not self.hours.holds(start, end):
                return None
            if resource.startswith(PATIENT) and not self.closed.clear(start, end):
                return None
            for taken in self.occupancy.overlapping(resource, start, end, ignore=self.ignore):
                visit = taken.by
                if not isinstance(visit, Appointment):
                    return None
                if visit.id in decided:
                    continue
                if not self._may_give_way(visit):
                    return None
                found[visit.id] = visit
        return found

    def _short_of_equipment(
        self, laid: tuple[_Stretch, ...], decided: Mapping[int, int]
    ) -> dict[int, Appointment] | None:
        """Who should give up equipment sooner: of those who may, the first to be done with it; empty where none need.

        None where nobody may.
        """
        for resource, start, end in laid:
            count = self.counts.get(resource)
            if count is None:
                continue
            others = [
                taken
                for taken in self.occupancy.overlapping(resource, start, end, ignore=self.ignore)
                if taken.appointment_id not in decided
            ]
            own = [(first, last) for key, first, last in laid if key == resource]
            over = crowded([*own, *((one.starts, one.ends) for one in others)], count + 1)
            if over.clear(start, end):
                continue
            movable = [
                one.by
                for one in sorted(others, key=lambda one: (one.ends, one.starts))
                if isinstance(one.by, Appointment)
                and self._may_give_way(one.by)
                and not over.clear(max(start, one.starts), min(end, one.ends))
            ]
            return {movable[0].id: movable[0]} if movable else None
        return {}

    def _may_give_way(self, visit: Appointment) -> bool:
        return visit.status in NOT_BEGUN and not visit.squeezed and visit.practitioner.id == self.practitioner.id


def _others(visit: Appointment) -> list[int]:
    """The other retentions of its window, the nearest to the planned one first."""
    planned = visit.retention_minutes
    choices = retentions_until(visit.service, visit.starts, visit.leave_by)
    return sorted(set(choices) - {planned}, key=lambda one: (abs(one - planned), one))


def _clash(one: _Stretch, other: _Stretch) -> bool:
    """Whether both can't be had; what there is a count of is counted once all is laid out."""
    shared = one[0] == other[0] and one[1] < other[2] and other[1] < one[2]
    return shared and not one[0].startswith(EQUIPMENT)
