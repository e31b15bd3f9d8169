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
from frontdesk.domain.hours import Span, local_day, weeks_later
from frontdesk.domain.packing import MOST_DAYS_OFF, MOST_VISITS, Nearest, Slot
from frontdesk.domain.packing.next_visit import MOST_WEEKS, places_around, wish_after
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
    coming: Appointment | None = None
    """The visit they are booked for next, plan or no plan."""
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
        """The rest of the course from the day the plan gives on; None where that is one visit, or there is no place."""
        return self.rest_from(None)

    def rest_from(self, place: Slot | None) -> SeriesRequest | None:
        """The rest of the course from a place on that somebody chose, or from the day and time that the plan gives.

        What clashes finds the nearest place by itself: at their times first, with others only where the plan says
        anybody. Where the plan's day is full so far around that the first place is in another week, it begins there.
        """
        if self.progress is None or self.wished is None or not self.places or self.progress.to_book < 2:
            return None
        details, first = self.progress.plan.details, place or self.places[0]
        starts = first.starts
        if place is None and abs(first.starts - self.wished) <= timedelta(days=MOST_DAYS_OFF + 1):
            starts = self.wished
        times = (details.from_minute, details.until_minute)
        return SeriesRequest(
            self.visit.patient.id,
            details.service.name,
            first.practitioner.name,
            starts,
            details.cadence,
            min(self.progress.to_book, MOST_VISITS),
            room=first.room.name,
            nearest=Nearest(None if times[0] is None or times[1] is None else (times[0], times[1])),
            others=details.practitioner is None,
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
            coming = next(iter(appointments.coming_of(connection, visit.patient.id, now)), None)
            if far is None or not far.wants_booking(today):
                return NextVisit(visit, far, coming)
            details = far.plan.details
            wish = wish_after(clinic, details, visit.starts, visit.in_charge)
            if wish.starts <= now:
                # Who is called about a visit that is overdue: the same weekday and time, the next that is to come.
                weeks = -(-(now - wish.starts).total_seconds() // _WEEK_S)
                wish = replace(wish, starts=weeks_later(wish.starts, int(weeks), clinic.timezone))
            if details.service.retired or not wish.practitioners:
                return NextVisit(visit, far, coming, wanted=True, wished=wish.starts)
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
            return NextVisit(visit, far, coming, True, wish.starts, places, why)
