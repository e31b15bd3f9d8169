"""Making a planned visit longer or shorter before its needles are in; afterwards `Timers.extend` does it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pendulum import DateTime

from frontdesk.desk.claims import occupancy_over
from frontdesk.desk.context import Context
from frontdesk.desk.meanwhile import unchanged
from frontdesk.desk.outcome import Outcome
from frontdesk.desk.replan import make_room
from frontdesk.desk.steps import logged
from frontdesk.desk.words import at_clock
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused
from frontdesk.domain.lengthening import lasting, still_needed, with_retention
from frontdesk.domain.packing import Fit, NoFit, first_fit, soft_fit
from frontdesk.domain.phases import plan_visit
from frontdesk.domain.visit import WAITING, Status
from frontdesk.store import appointment_writes
from frontdesk.store.engine import Writing

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable

_BEFORE_NEEDLES = (*WAITING, Status.ROOMED, Status.WITH_PRACTITIONER)


class Lengthening:
    """Changes planned retentions; each method is one transaction."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def plan_retention(self, appointment_id: int, minutes: int, *, version: int | None = None) -> Outcome:
        """Plans a visit with `minutes` of retention; its start, room and practitioner stay.

        Raises `Refused` outside the service's window, and with what is in the way where the removal would clash and no
        other visit's retention can give way. `version` is as for `Booking.move`.
        """
        with self._context.writing() as writing:
            connection = writing.connection
            clinic, visit = unchanged(writing, appointment_id, version)
            if visit.status not in _BEFORE_NEEDLES:
                instead = "extend the retention instead" if visit.needles_are_in else "book another visit instead"
                raise Refused(
                    f"{visit.patient.name} is {visit.status.words}, the plan can't be changed any more: {instead}"
                )
            if minutes == visit.retention_minutes:
                raise Refused(
                    f"{visit.patient.name} is planned for {minutes} min of retention already; give another length"
                )
            fit = _fit(connection, clinic, visit, minutes, writing)
            if isinstance(fit, NoFit):
                raise Refused(f"{minutes} min of retention do not fit: {fit.words}")
            words = f"{visit.patient.name}: {minutes} min of retention"
            old = appointment_writes.row_of(connection, visit.id)
            also_done = make_room(writing, fit)
            values = {"retention_minutes": minutes}
            appointment_writes.update(connection, visit.id, visit.version, values)
            done = logged(writing, visit.id, "visit.retention", old)
            return Outcome(done, f"{words}, leaves at {at_clock(clinic, done.ends)}", also_done)


def given_up(connection: Askable, clinic: Clinic, visit: Appointment, due: DateTime, now: DateTime) -> int | None:
    """The minutes of retention to be planned, fewer than are, where the needles are due sooner; None for no fewer.

    What is not planned any more others may have. The removal must fit where it comes to lie then, or as near as it can.
    """
    for minutes in range(still_needed(visit, due), visit.retention_minutes):
        if fits_as_long(connection, clinic, visit, minutes, now):
            return minutes
    return None


def fits_as_long(connection: Askable, clinic: Clinic, visit: Appointment, minutes: int, now: DateTime) -> bool:
    """Whether a visit under way could be planned with so many minutes of retention, whatever its service's window."""
    if visit.room is None:
        return False
    service = lasting(visit.service, minutes)
    found = first_fit(
        clinic,
        occupancy_over(connection, plan_visit(service, visit.starts, minutes).room_span, now),
        service=service,
        practitioner=visit.practitioner,
        starts=visit.starts,
        rooms=(visit.room,),
        patient_id=visit.patient.id,
        squeeze=visit.squeezed,
        ignore_appointment=visit.id,
    )
    return isinstance(found, Fit)


def _fit(connection: Askable, clinic: Clinic, visit: Appointment, minutes: int, writing: Writing) -> Fit | NoFit:
    service = with_retention(visit, minutes)
    span = plan_visit(service, visit.starts, max(minutes, visit.retention_minutes)).room_span
    # One that is squeezed in already has nobody else's retention changed for it.
    fits = partial(first_fit, squeeze=True) if visit.squeezed else soft_fit
    return fits(
        clinic,
        occupancy_over(connection, span, writing.at),
        service=service,
        practitioner=visit.practitioner,
        starts=visit.starts,
        rooms=(visit.room,) if visit.room is not None else clinic.open_rooms,
        patient_id=visit.patient.id,
        ignore_appointment=visit.id,
        leave_by=visit.leave_by,
    )
