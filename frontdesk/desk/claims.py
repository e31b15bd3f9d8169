"""What is taken, and where a visit would fit again; what an appointment holds the database derives from its row."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic, Room
from frontdesk.domain.hours import Span
from frontdesk.domain.instants import to_ms
from frontdesk.domain.packing import Fit, NoFit, Occupancy, TakenTime, claims_held, first_fit
from frontdesk.domain.packing.claims import equipment_key, patient_key, practitioner_key, room_key
from frontdesk.store import appointments, blocks, claims

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable


def occupancy_over(connection: Askable, span: Span, now: DateTime) -> Occupancy:
    """What is taken around a stretch of time, by visits (those in the house as late as they run) and by blocks."""
    wide = Span(span.starts.subtract(days=1), span.ends.add(days=1))
    visits = (*appointments.between(connection, wide), *appointments.in_house(connection))
    return Occupancy.of(visits, blocks.between(connection, wide), now=now)


def taken_over(
    connection: Askable,
    clinic: Clinic,
    span: Span,
    now: DateTime,
    patient_id: int | None = None,
    *,
    patients: Collection[int] = (),
) -> TakenTime:
    """What is taken of rooms, practitioners and equipment, and of patients, in a span from `now` on: for searches.

    The same as `occupancy_over` for every moment from `now` on. Whatever is not under way takes what it claims in the
    database, so that months cost a range of one index; what is, or is in the house, takes what its facts say.
    """
    wide = Span(span.starts.subtract(days=1), span.ends.add(days=1))
    under_way = (*appointments.between(connection, Span(now, now.add(seconds=1))), *appointments.in_house(connection))
    detailed = Occupancy.of(under_way, blocks.between(connection, wide), now=now)
    resources = [
        *(room_key(one.id) for one in clinic.open_rooms),
        *(practitioner_key(one.id) for one in clinic.active_practitioners),
        *(equipment_key(one.id) for one in clinic.equipment),
        *(() if patient_id is None else (patient_key(patient_id),)),
        *(patient_key(one) for one in patients),
    ]
    return TakenTime.of(claims.between(connection, resources, wide), detailed)


def another_room(occupancy: Occupancy, visit: Appointment, rooms: Sequence[Room]) -> Room | None:
    """The first of `rooms` that suits a visit and is free for its whole stay as planned, its own claims not counted."""
    for room in rooms:
        if room.suits(visit.service) and not occupancy.room_is_taken(
            room.id, visit.room_span, ignore_appointment=visit.id
        ):
            return room
    return None


def practitioner_is_taken(occupancy: Occupancy, visit: Appointment) -> bool:
    """Whether another visit has some of the practitioner's time that this one claims."""
    return any(
        other.appointment_id is not None
        for claim in claims_held(visit)
        if claim.resource == practitioner_key(visit.practitioner.id)
        for other in occupancy.overlapping(
            claim.resource, to_ms(claim.span.starts), to_ms(claim.span.ends), ignore=visit.id
        )
    )


def own_room_first(clinic: Clinic, visit: Appointment) -> tuple[Room, ...]:
    """The rooms in use, a visit's own before the others."""
    own = (visit.room,) if visit.room else ()
    return (*own, *(room for room in clinic.open_rooms if room not in own))


def fit_again(connection: Askable, clinic: Clinic, visit: Appointment, now: DateTime, *, squeeze: bool) -> Fit | NoFit:
    """Whether a visit that holds nothing (cancelled, no-show) still fits where it was, in its own room first.

    As long as it was, or shorter or longer within its service's window; the caller keeps the retention of the fit.
    """
    return first_fit(
        clinic,
        occupancy_over(connection, visit.room_span, now),
        service=replace(visit.service, planned_retention=visit.retention_minutes),
        practitioner=visit.practitioner,
        starts=visit.starts,
        rooms=own_room_first(clinic, visit),
        patient_id=visit.patient.id,
        squeeze=squeeze,
        ignore_appointment=visit.id,
    )
