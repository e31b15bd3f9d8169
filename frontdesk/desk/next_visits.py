"""What the plan has next for a patient who has just been checked out, and where it really fits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from pendulum import DateTime

from frontdesk.desk.claims import occupancy_over
from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.plans import progress_by_patient
from frontdesk.desk.request import Request
from frontdesk.desk.series import SeriesRequest
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.hours import Span, local_day
from frontdesk.domain.packing import MOST_VISITS, Slot
from frontdesk.domain.packing.next_visit import MOST_WEEKS, later, places_around, wish_after
from frontdesk.domain.plan import Progress
from frontdesk.store import appointments

_WEEK_S = 7 * 24 * 3600
_AROUND = timedelta(days=5)
"""What is known of the book around the days that are looked at."""


@dataclass(frozen=True, slots=True)
class NextVisit:
    """What could be booked next; nothing is held until it is."""

    visit: Appointment
    """The visit that is over."""
    progress: Progress | None
    """How far the plan has gone; None where there is none that has not ended."""
    wanted: bool = False
    """Whether the plan runs, has visits left and nothing is booked."""
    wished: DateTime | None = None
    places: tuple[Slot, ...] = ()
    """Where it fits, best first: at most as many as there are digits."""
    why: tuple[str, ...] = ()
    """What is in the way of the wished time."""

    def request(self, place: Slot) -> Request:
        """What books a place."""
        assert self.progress is not None
        return Request(
            self.visit.patient.id,
            self.progress.plan.details.service.name,
            place.practitioner.name,
            place.starts,
            place.room.name,
            retention_minutes=place.retention_minutes,
        )

    @property
    def rest(self) -> SeriesRequest | None:
        """The rest of the course from the first place on; None where that is one visit, or there is no place."""
        if self.progress is None or not self.places or self.progress.to_book < 2:
            return None
        details, first = self.progress.plan.details, self.places[0]
        return SeriesRequest(
            self.visit.patient.id,
            details.service.name,
            first.practitioner.name,
            first.starts,
            details.cadence,
            min(self.progress.to_book, MOST_VISITS),
            room=first.room.name,
        )


class NextVisits:
    """Reads; what is chosen is booked by `Booking` or `Series`."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def after(self, appointment_id: int) -> NextVisit:
        """What comes after a visit, by the plan; never an error because nothing fits."""
        with self._context.store.read() as connection:
            clinic = clinic_of(connection)
            now = self._context.clock.now()
            visit = appointments.get(connection, appointment_id)
            far = progress_by_patient(connection, clinic.timezone, now, (visit.patient.id,)).get(visit.patient.id)
            today = local_day(now, clinic.timezone)
            if far is None or not far.wants_booking(today):
                return NextVisit(visit, far)
            details = far.plan.details
            wish = wish_after(clinic, details, visit.starts, visit.in_charge)
            if wish.starts <= now:
                # Who is called about a visit that is overdue: the same weekday and time, the next that is to come.
                weeks = -(-(now - wish.starts).total_seconds() // _WEEK_S)
                wish = replace(wish, starts=later(wish.starts, int(weeks), clinic.timezone))
            if details.service.retired or not wish.practitioners:
                return NextVisit(visit, far, wanted=True, wished=wish.starts)
            span = Span(wish.starts - _AROUND, wish.starts + timedelta(weeks=MOST_WEEKS) + _AROUND)
            places, why = places_around(
                clinic,
                occupancy_over(connection, span, now),
                details,
                wish,
                after=visit.starts,
                patient_id=visit.patient.id,
                not_before=now,
            )
            return NextVisit(visit, far, True, wish.starts, places, why)
