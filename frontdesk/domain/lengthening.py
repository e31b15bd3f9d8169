"""A retention made longer or shorter: planned, inside the window its service gives; running, to an end still ahead."""

from __future__ import annotations

from math import ceil

from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.domain.instants import later, seconds_between
from frontdesk.domain.phases import RETENTION_STEP, Service
from frontdesk.domain.retention import Retention
from frontdesk.domain.time_text import clock_of


def stepped(visit: Appointment, direction: int) -> int:
    """The minutes of retention one step longer (1) or shorter (-1); raises `Refused` at the window's end."""
    service, planned = visit.service, visit.retention_minutes
    if direction > 0 and planned >= service.retention_latest:
        raise Refused(f"{_has(visit)}, the longest of {service.name}; once the needles are in it can be extended")
    if direction < 0 and planned <= service.retention_earliest:
        raise Refused(f"{_has(visit)}, the shortest of {service.name}; it can't be planned shorter")
    wanted = planned + direction * RETENTION_STEP
    return min(max(wanted, service.retention_earliest), service.retention_latest)


def with_retention(visit: Appointment, minutes: int) -> Service:
    """The visit's service with exactly these minutes of retention; raises `Refused` outside its window."""
    service = visit.service
    if service.outside_window(minutes):
        window = f"{service.retention_earliest} to {service.retention_latest} min"
        raise Refused(f"{service.name} is planned with {window} of retention, not {minutes}")
    return lasting(service, minutes)


def lasting(service: Service, minutes: int) -> Service:
    """The service with exactly these minutes of retention, whatever its window."""
    return replace(service, retention_earliest=minutes, planned_retention=minutes, retention_latest=minutes)


def still_needed(visit: Appointment, due: DateTime) -> int:
    """The minutes of retention that a plan needs for its removal to begin when the needles are due, and no earlier."""
    service = visit.service
    from_start = (due - visit.starts).total_seconds() / 60 - service.consultation - service.insertion
    return max(0, ceil(from_start))


def least_ahead(retention: Retention, now: DateTime) -> int:
    """By how many whole minutes at least the planned end must move later to be ahead of `now`."""
    return max(1, int(seconds_between(retention.due_at, now) // 60) + 1)


def check_ahead(retention: Retention, minutes: int, now: DateTime, timezone: str) -> None:
    """Raises `Refused` where the planned end would move later and still have passed.

    The alarm counts from the planned end: moved so, it would fall back while nobody has been to the patient.
    """
    least = least_ahead(retention, now)
    if 0 < minutes < least:
        passed = clock_of(later(retention.due_at, minutes), timezone)
        raise Refused(f"{passed} has passed already: {least} min or more, or needles out")


def _has(visit: Appointment) -> str:
    return f"{visit.patient.name} has {visit.retention_minutes} min of retention"
