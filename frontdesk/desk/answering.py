"""Whether what is asked of the planner fits, what it would change of others, and why not: for all who book or move."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from pendulum import DateTime

from frontdesk.desk.claims import occupancy_over, taken_over
from frontdesk.desk.names import pick_practitioner, pick_rooms, pick_service
from frontdesk.desk.replan import would_change
from frontdesk.desk.request import Answer, Request, as_offered
from frontdesk.desk.words import on_day
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import Span
from frontdesk.domain.packing import NEAREST_DAYS, Fit, nearest_starts, soft_fit
from frontdesk.domain.phases import plan_visit

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable

_SQUEEZE = "or squeeze it in: --squeeze"


def answer_to(
    connection: Askable,
    clinic: Clinic,
    request: Request,
    now: DateTime,
    *,
    moving: Appointment | None = None,
    first_room: str | None = None,
) -> Answer:
    """Where a request fits at `now`; else what is in the way, and the nearest starts that work.

    `moving` is the appointment that would move there, and makes room for itself; `first_room` is tried before others.
    """
    service = moving.service if moving else pick_service(clinic, request.service)
    service = as_offered(service, request.retention_minutes)
    practitioner = pick_practitioner(clinic, request.practitioner)
    rooms = list(pick_rooms(clinic, request.room))
    rooms.sort(key=lambda room: room.name != first_room)
    span = plan_visit(service, request.starts, service.retention_latest).room_span
    taken = occupancy_over(connection, span, now)
    result = soft_fit(
        clinic,
        taken,
        service=service,
        practitioner=practitioner,
        starts=request.starts,
        rooms=rooms,
        patient_id=request.patient_id,
        squeeze=request.squeeze,
        ignore_appointment=moving.id if moving else None,
        leave_by=request.leave_by,
    )
    if isinstance(result, Fit):
        return Answer(result, also=would_change(connection, clinic, result.replanned))
    # Where the named room is of a wrong kind, the nearest places are in those that do suit.
    suited = [room for room in rooms if room.suits(service)] or clinic.open_rooms
    around = Span(span.starts.subtract(days=NEAREST_DAYS), span.ends.add(days=NEAREST_DAYS))
    nearest = nearest_starts(
        clinic,
        taken_over(connection, clinic, around, now, request.patient_id),
        service=service,
        practitioner=practitioner,
        starts=request.starts,
        rooms=suited,
        patient_id=request.patient_id,
        ignore_appointment=moving.id if moving else None,
        not_before=now,
        leave_by=request.leaves_by(clinic),
    )
    return Answer(None, tuple(clash.words for clash in result.clashes), result.squeezable, result.closed, nearest)


def refused(clinic: Clinic, answer: Answer, today: date) -> Refused:
    """That a request does not fit, in one line that says what works instead."""
    return Refused(
        "; ".join(answer.why_not) or "it does not fit",
        free=", ".join(on_day(clinic, slot.starts, today) for slot in answer.alternatives),
        option=_SQUEEZE if answer.squeezable else "",
    )


@contextmanager
def never_squeezing() -> Iterator[None]:
    """What is booked inside can't be squeezed in, so that no refusal may say that it could."""
    try:
        yield
    except Refused as refusal:
        if refusal.option == _SQUEEZE:
            refusal.option = ""
        raise
