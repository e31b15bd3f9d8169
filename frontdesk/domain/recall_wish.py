"""What a booking begins with for whoever was called: what their plan has next, or what they had last."""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import local_day, local_instant, local_minute
from frontdesk.domain.patient import Patient
from frontdesk.domain.recall import RecallReason
from frontdesk.domain.standing import RecallFacts, State, standing

_USUAL_MINUTE = 10 * 60
"""When somebody is offered who was never here, in minutes after midnight."""


class RecallWish(Struct, frozen=True):
    """What a booking begins with: what the plan says, or what they had last. `practitioner` None is anybody."""

    patient: Patient
    service: str
    practitioner: str | None
    starts: DateTime
    after: int | None = None
    """The visit after which the plan has a next one; None where no plan wants any, nothing was yet, or needles are in
    that wait for no plan."""


def recall_wish(
    patient: Patient, facts: RecallFacts, last: Appointment | None, clinic: Clinic, now: DateTime
) -> RecallWish:
    """The plan's next day, at the time they came last; at once where needles are to come out.

    `last` is the visit that took place last, or is to come. Raises `Refused` where the clinic has no service.
    """
    if not clinic.active_services:
        raise Refused("nothing can be booked: the clinic has no service in use; set one up")
    zone, today, far = clinic.timezone, local_day(now, clinic.timezone), facts.progress
    details = far.plan.details if far is not None else None
    begun = details or last
    service = begun.service if begun is not None else None
    person = begun.practitioner if begun is not None else None
    minute = _USUAL_MINUTE if last is None else local_minute(last.starts, zone)
    if details is not None and details.from_minute is not None:
        minute = details.from_minute
    stands = standing(facts, today, clinic.recalls)
    needles = stands.state is State.LISTED and stands.about is RecallReason.NEEDLES
    if needles:
        # Needles that are to come out wait for no plan: today, as soon as somebody can be here.
        starts = max(local_instant(today, minute, zone), clinic.next_slot(now))
    else:
        tomorrow = today + timedelta(days=1)
        starts = local_instant(max(tomorrow, far.expected_on) if far is not None else tomorrow, minute, zone)
    wants_next = far is not None and far.wants_booking(today) and not needles
    return RecallWish(
        patient,
        service.name if service is not None and not service.retired else clinic.active_services[0].name,
        person.name if person is not None and not person.retired else None,
        starts,
        last.id if last is not None and wants_next else None,
    )
