"""What an appointment takes for itself: a room, a practitioner's hands, the patient, equipment.

The database derives its claim table by the same rule, so that what the planner calls free and what the database
accepts are the same thing; a property test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import pendulum
from msgspec import Struct

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.hours import Span
from frontdesk.domain.instants import from_ms, to_ms
from frontdesk.domain.packing.intervals import MINUTE
from frontdesk.domain.phases import Plan, Service, plan_visit
from frontdesk.domain.visit import ENDED, ENDED_UNSEEN, Status

ROOM, PATIENT, EQUIPMENT = "room:", "patient:", "equipment:"
"""How resources begin, by what they are; of equipment there may be several."""


class Claim(Struct, frozen=True):
    """Use of `room:3`, `practitioner:1` (hands-on phases) or `patient:42` for a stretch of time, which is exclusive.

    One of `equipment:2` too, of which as many may overlap as there are.
    """

    resource: str
    span: Span


def room_key(room_id: int) -> str:
    """The resource of a room."""
    return f"{ROOM}{room_id}"


def practitioner_key(practitioner_id: int) -> str:
    """The resource of a practitioner's hands."""
    return f"practitioner:{practitioner_id}"


def patient_key(patient_id: int) -> str:
    """The resource of a patient."""
    return f"{PATIENT}{patient_id}"


def equipment_key(equipment_id: int) -> str:
    """The resource of a kind of equipment, of which there may be several."""
    return f"{EQUIPMENT}{equipment_id}"


def claims_of(
    plan: Plan, *, patient_id: int, practitioner_id: int, room_id: int | None, squeezed: bool
) -> tuple[Claim, ...]:
    """What a plan claims; a squeezed one leaves the practitioner unclaimed, so that the overlap can be stored."""
    wanted = [(patient_key(patient_id), plan.patient_span)]
    if room_id is not None:
        wanted.append((room_key(room_id), plan.room_span))
    wanted.extend((equipment_key(one), plan.equipment_span) for one in plan.service.equipment)
    if not squeezed:
        wanted.extend((practitioner_key(practitioner_id), span) for span in plan.hands_on)
    return tuple(Claim(resource, span) for resource, span in wanted if span.starts < span.ends)


def claims_held(appointment: Appointment) -> tuple[Claim, ...]:
    """What the database guards of an appointment: what its plan takes, while it is to come or under way.

    Nothing once it has ended, and no room once that is turned over: what went by is history, and `Occupancy` alone
    knows how long it lasted. Facts never make a claim longer: a late visit pushes nobody out of the database. The
    database derives the same from the appointment's row (`store.guards`).
    """
    if appointment.status in ENDED:
        return ()
    turned_over = appointment.facts.ready_at is not None
    return tuple(
        Claim(resource, Span(from_ms(start), from_ms(end)))
        for resource, start, end in held_stretches(appointment)
        if not (turned_over and resource.startswith(ROOM))
    )


class Shape(NamedTuple):
    """A service laid out from zero, in milliseconds."""

    retention_minutes: int
    hands_on: tuple[tuple[int, int], ...]
    patient: int
    room: int
    equipment: tuple[int, int]


_ZERO = pendulum.datetime(1970, 1, 1)


@lru_cache(maxsize=512)
def shape_of(service: Service, retention_minutes: int) -> Shape:
    """The same layout as `plan_visit`, counted once a service and retention instead of once an appointment."""
    plan = plan_visit(service, _ZERO, retention_minutes)
    return Shape(
        retention_minutes,
        tuple((to_ms(span.starts), to_ms(span.ends)) for span in plan.hands_on),
        to_ms(plan.patient_span.ends),
        to_ms(plan.room_span.ends),
        (to_ms(plan.equipment_span.starts), to_ms(plan.equipment_span.ends)),
    )


def held_stretches(appointment: Appointment) -> Iterator[tuple[str, int, int]]:
    """What an appointment takes as its facts stand: resource, start and end in milliseconds.

    Nothing once it ended unseen. A visit that is over (checked out, left) gives back what lies after its end; its room
    when turned over, said or by the service's minutes.
    """
    if appointment.status in ENDED_UNSEEN:
        return
    shape = shape_of(appointment.service, appointment.retention_minutes)
    starts = to_ms(appointment.starts)
    ended = _ended(appointment)
    patient_end = starts + shape.patient if ended is None else min(starts + shape.patient, ended)
    if starts < patient_end:
        yield patient_key(appointment.patient.id), starts, patient_end
    if appointment.room is not None:
        room_end = min(starts + shape.room, _room_free(appointment, starts + shape.room))
        if starts < room_end:
            yield room_key(appointment.room.id), starts, room_end
    equipment_starts, equipment_end = starts + shape.equipment[0], min(starts + shape.equipment[1], patient_end)
    if equipment_starts < equipment_end:
        for equipment_id in appointment.service.equipment:
            yield equipment_key(equipment_id), equipment_starts, equipment_end
    if appointment.squeezed:
        return
    for start, end in shape.hands_on:
        hands_end = starts + end if ended is None else min(starts + end, ended)
        if starts + start < hands_end:
            yield practitioner_key(appointment.practitioner.id), starts + start, hands_end


def _ended(appointment: Appointment) -> int | None:
    over = appointment.status in (Status.CHECKED_OUT, Status.LEFT)
    return to_ms(appointment.facts.ended_at) if over and appointment.facts.ended_at is not None else None


def _room_free(appointment: Appointment, planned: int) -> int:
    """When the facts set the room free: turned over, or the turnover after the end; at once if never used."""
    facts = appointment.facts
    if facts.ready_at is not None:
        return to_ms(facts.ready_at)
    ended = _ended(appointment)
    if ended is None:
        return planned
    return ended + appointment.service.turnover * MINUTE if facts.roomed_at is not None else ended
