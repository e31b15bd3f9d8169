"""Who has a patient now: nobody, once the practitioner in charge has gone off and no colleague took the visit over."""

from __future__ import annotations

from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic, Practitioner
from frontdesk.domain.hours import local_day
from frontdesk.domain.instants import later

OVERTIME = 15
"""Minutes past their hours, and past the visit's planned end, for which a practitioner is taken to be there still."""
FORGOTTEN = 24
"""Hours after which going off no longer counts by itself: somebody without hours of their own is back by then."""


def is_off(practitioner: Practitioner, clinic: Clinic, now: DateTime) -> bool:
    """Whether they said that they go off and have no hours since: who works again has come back."""
    off_at = practitioner.off_at
    if off_at is None or not off_at <= now < off_at.add(hours=FORGOTTEN):
        return False
    days = {local_day(instant, clinic.timezone) for instant in (off_at, now)}
    return not any(off_at < hours.starts <= now for day in days for hours in clinic.hours_of(practitioner, day))


def owner_of(visit: Appointment, clinic: Clinic, now: DateTime) -> Practitioner | None:
    """Who answers for a patient in a room; None when nobody does.

    Nobody is found missing at a guess: they said that they go off, or needles are in that went in within their hours
    and both these hours and the visit as planned ended a while ago.
    """
    owner = visit.in_charge
    if is_off(owner, clinic, now) or _left_behind(visit, owner, now) or _hours_are_over(visit, owner, clinic, now):
        return None
    return owner


def _left_behind(visit: Appointment, owner: Practitioner, now: DateTime) -> bool:
    """Who was in the room when they went off stays nobody's, whatever the hours say, until somebody says otherwise."""
    off_at, roomed_at = owner.off_at, visit.facts.roomed_at
    return off_at is not None and roomed_at is not None and roomed_at <= off_at <= now


def _hours_are_over(visit: Appointment, owner: Practitioner, clinic: Clinic, now: DateTime) -> bool:
    retention = visit.retention
    if not visit.needles_are_in or retention is None or now < later(visit.ends, OVERTIME):
        return False
    began = retention.in_at
    for hours in clinic.hours_of(owner, local_day(began, clinic.timezone)):
        if hours.starts <= began < hours.ends:
            over = now >= later(max(hours.ends, visit.ends), OVERTIME)
            return over and not _works(owner, clinic, now)
    return False


def _works(owner: Practitioner, clinic: Clinic, now: DateTime) -> bool:
    spans = clinic.hours_of(owner, local_day(now, clinic.timezone))
    return any(hours.starts <= now < hours.ends for hours in spans)


def colleagues(clinic: Clinic, visit: Appointment | None, now: DateTime) -> tuple[Practitioner, ...]:
    """Who can take a visit over: everybody who has not gone off, besides who has it."""
    return tuple(
        one
        for one in clinic.active_practitioners
        if not is_off(one, clinic, now) and (visit is None or one.id != visit.in_charge.id)
    )
