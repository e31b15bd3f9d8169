"""What is asked of the planner at the desk, and what it answers."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import local_day, local_minute
from frontdesk.domain.packing import Fit, Slot
from frontdesk.domain.phases import Service


class Request(Struct, frozen=True):
    """What is to be booked, as a person says it: names, and an instant. `room` None is any."""

    patient_id: int
    service: str
    practitioner: str
    starts: DateTime
    room: str | None = None
    squeeze: bool = False
    retention_minutes: int | None = None
    """The retention of the place that was offered, to be planned where it fits; None is the service's own."""
    leave_by: DateTime | None = None
    """When the patient must be gone."""
    comes_again: bool = False
    """Whether to book for a patient whose file is retired, too; the file is in use again then."""

    def leaves_by(self, clinic: Clinic) -> int | None:
        """`leave_by` as the clock shows it, in minutes after the midnight before the visit: for other days too."""
        if self.leave_by is None:
            return None
        days = local_day(self.leave_by, clinic.timezone) - local_day(self.starts, clinic.timezone)
        return days.days * 1440 + local_minute(self.leave_by, clinic.timezone)


class Answer(Struct, frozen=True):
    """Whether a request fits: the place it would get, or why not and the nearest starts that work."""

    fit: Fit | None
    why_not: tuple[str, ...] = ()
    squeezable: bool = False
    closed: bool = False
    """Whether the clinic is closed that day: who would squeeze it in all the same is asked first."""
    alternatives: tuple[Slot, ...] = ()
    also: tuple[str, ...] = ()
    """What it would change of other visits, each in a few words."""
    remarks: tuple[str, ...] = ()
    """What else whoever books it should know: that the patient comes that day already."""


class MoveWish(Struct, frozen=True):
    """What a move changes, as it was said; None stays."""

    starts: DateTime | None
    room: str | None
    practitioner: str | None
    squeeze: bool
    leave_by: DateTime | None

    def asked_of(self, clinic: Clinic, visit: Appointment) -> Request:
        """The place that is asked for."""
        starts = visit.starts if self.starts is None else self.starts
        same_time = starts == visit.starts and self.practitioner in (None, visit.practitioner.name)
        same_day = local_day(starts, clinic.timezone) == local_day(visit.starts, clinic.timezone)
        own = visit.room.name if visit.room else None
        return Request(
            visit.patient.id,
            visit.service.name,
            visit.practitioner.name if self.practitioner is None else self.practitioner,
            starts,
            own if self.room is None and self.starts is None else self.room,
            self.squeeze or (visit.squeezed and same_time),
            leave_by=self.leave_by or (visit.leave_by if same_day else None),
        )


def as_offered(service: Service, minutes: int | None) -> Service:
    """The service with the retention that was offered as the planned one; raises `Refused` outside its window."""
    if minutes is None:
        return service
    if minutes not in service.retention_choices:
        first, last = service.retention_earliest, service.retention_latest
        raise Refused(f"{service.name} is planned with {first} to {last} min of retention in 5-minute steps")
    return replace(service, planned_retention=minutes)
