"""What an appointment holds, kept in step with what the database guards."""

from __future__ import annotations

from collections.abc import Sequence

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic, Room
from frontdesk.domain.hours import Span
from frontdesk.domain.packing import Claim, Fit, NoFit, Occupancy, claims_of, first_fit
from frontdesk.store import appointments, blocks
from frontdesk.store.engine import Connection


def occupancy_over(connection: Connection, span: Span) -> Occupancy:
    """What is taken around a stretch of time, by visits and by blocks."""
    wide = Span(span.starts.subtract(days=1), span.ends.add(days=1))
    return Occupancy.of(appointments.between(connection, wide), blocks.between(connection, wide))


def hold(connection: Connection, appointment: Appointment, *, until: Span | None = None, room: bool = True) -> None:
    """Writes the claims of an appointment's plan, replacing what it held.

    `until` cuts them at its end: a visit that ended early gives the rest back. Without `room` its room is given up.
    """
    claims = claims_of(
        appointment.plan,
        patient_id=appointment.patient.id,
        practitioner_id=appointment.practitioner.id,
        room_id=appointment.room.id if appointment.room and room else None,
        squeezed=appointment.squeezed,
    )
    kept = claims if until is None else _cut(claims, until, appointment)
    appointments.set_claims(connection, appointment.id, [(claim.resource, claim.span) for claim in kept])


def release(connection: Connection, appointment_id: int) -> None:
    """Gives back everything an appointment holds."""
    appointments.set_claims(connection, appointment_id, [])


def _cut(claims: Sequence[Claim], until: Span, appointment: Appointment) -> list[Claim]:
    turnover = appointment.service.turnover
    kept = []
    for claim in claims:
        end = until.ends.add(minutes=turnover) if claim.resource.startswith("room:") else until.ends
        end = min(end, claim.span.ends)
        if claim.span.starts < end:
            kept.append(Claim(claim.resource, Span(claim.span.starts, end)))
    return kept


def another_room(clinic: Clinic, occupancy: Occupancy, visit: Appointment, rooms: Sequence[Room]) -> Room | None:
    """The first of `rooms` that is free for a visit's whole stay as it is planned, its own claims not counted."""
    for room in rooms:
        if not occupancy.room_is_taken(room.id, visit.room_span, ignore_appointment=visit.id):
            return room
    return None


def fit_again(connection: Connection, clinic: Clinic, visit: Appointment) -> Fit | NoFit:
    """Whether a visit that holds nothing (cancelled, no-show) still fits where it was, in its own room first."""
    own = [visit.room] if visit.room else []
    rooms = [*own, *(room for room in clinic.open_rooms if room not in own)]
    return first_fit(
        clinic,
        occupancy_over(connection, visit.room_span),
        service=visit.service,
        practitioner=visit.practitioner,
        starts=visit.starts,
        rooms=rooms,
        patient_id=visit.patient.id,
        squeeze=visit.squeezed,
        ignore_appointment=visit.id,
    )
