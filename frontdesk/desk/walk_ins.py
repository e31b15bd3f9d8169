"""Who comes without an appointment: an honest estimate of the wait, and their place in the day's queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontdesk.desk.again import unless_taken
from frontdesk.desk.answering import never_squeezing
from frontdesk.desk.booking import Booking
from frontdesk.desk.coming import refuse_the_dead
from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.days import sheet_of
from frontdesk.desk.names import pick_practitioner, pick_service
from frontdesk.desk.outcome import Outcome
from frontdesk.desk.request import Request
from frontdesk.desk.words import at_clock, here_already
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import day_span, local_day
from frontdesk.domain.packing import Slot
from frontdesk.domain.visit import NOT_BEGUN, ON_PREMISES
from frontdesk.domain.walk_in import Estimate, estimates, expected_at
from frontdesk.store import appointments, patients

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable


class WalkIns:
    """Each method is one transaction."""

    def __init__(self, context: Context, booking: Booking) -> None:
        self._context, self._booking = context, booking

    def estimates(self, patient_id: int, service: str, practitioner: str | None = None) -> tuple[Estimate, ...]:
        """Where they fit today and how long they would wait, the shortest wait first; none where nothing fits.

        Raises `Refused` for somebody who is here already, or has an appointment today.
        """
        with self._context.store.glance() as connection:
            clinic = clinic_of(connection)
            now = self._context.clock.now()
            patient = patients.get(connection, patient_id)
            refuse_the_dead(patient)
            self._refuse_expected(connection, clinic, patient_id)
            wanted = pick_service(clinic, service)
            people = clinic.active_practitioners
            if practitioner is not None:
                people = (pick_practitioner(clinic, practitioner),)
            sheet = sheet_of(connection, clinic, local_day(now, clinic.timezone))
        return estimates(self._context.time.sheet(sheet), now, wanted, people, patient)

    def take(self, patient_id: int, service: str, place: Slot) -> Outcome:
        """Books the place and marks them as here, in one step; undo takes both back."""
        request = Request(
            patient_id,
            service,
            place.practitioner.name,
            place.starts,
            place.room.name,
            retention_minutes=place.retention_minutes,
        )
        with never_squeezing():
            return unless_taken(lambda: self._take(request), lambda: self._booking.why_not(request))

    def _take(self, request: Request) -> Outcome:
        with self._context.writing() as writing:
            clinic = clinic_of(writing.connection)
            self._refuse_expected(writing.connection, clinic, request.patient_id)
            done = self._booking.book_in(writing, request, here=True)
            visit = done.appointment
            room = f", {visit.room.name}" if visit.room else ""
            where = f"{at_clock(clinic, visit.starts)} with {visit.practitioner.name}{room}"
            # Who waits is told when their turn comes, not when the plan would have it.
            sheet = sheet_of(writing.connection, clinic, local_day(writing.at, clinic.timezone))
            turn = expected_at(self._context.time.sheet(sheet), visit, writing.at)
            also = done.also
            if at_clock(clinic, turn) != at_clock(clinic, visit.starts):
                also = (f"expected {at_clock(clinic, turn)}", *also)
            return Outcome(visit, f"{visit.patient.name}: walked in, {where}", also)

    def _refuse_expected(self, connection: Askable, clinic: Clinic, patient_id: int) -> None:
        today = day_span(self._context.today(clinic.timezone), clinic.timezone)
        of_today: tuple[Appointment, ...] = (
            *appointments.in_house(connection),
            *appointments.between(connection, today, tuple(NOT_BEGUN)),
        )
        for one in of_today:
            if one.patient.id != patient_id:
                continue
            if one.status in ON_PREMISES:
                raise here_already(clinic, one)
            when = f"{at_clock(clinic, one.starts)} with {one.practitioner.name}"
            raise Refused(
                f"{one.patient.name} has an appointment today at {when}: mark that one as arrived, or move it",
                option=f"appointment {one.id}",
            )
