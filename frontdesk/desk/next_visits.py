"""What comes next for a patient who has just been checked out, by the plan or as they came, and where it fits."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.desk.claims import occupancy_over
from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.plans import usual_details
from frontdesk.desk.request import Request
from frontdesk.desk.series import SeriesRequest
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.cadence import rhythm_of
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.hours import Span, local_day, weeks_later
from frontdesk.domain.packing import MOST_DAYS_OFF, MOST_VISITS, Nearest, Slot
from frontdesk.domain.packing.next_visit import MOST_WEEKS, places_around, wish_after
from frontdesk.domain.plan import PlanDetails, Progress
from frontdesk.domain.visit import Status
from frontdesk.store import appointments, plans

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable

_WEEK_S = 7 * 24 * 3600
_RECENT, _RHYTHM = 20, 4
"""The appointments that are looked at for how often somebody came, and how many visits of them tell."""
_AROUND = timedelta(days=5)
"""What is known of the book around the days that are looked at."""


class NextVisit(Struct, frozen=True):
    """What could be booked next; nothing is held until it is."""

    visit: Appointment
    """The visit that is over."""
    progress: Progress | None
    """How far the plan has gone; None where there is none that has not ended."""
    coming: Appointment | None = None
    """The visit they are booked for next, plan or no plan."""
    wanted: bool = False
    """Whether the plan runs, has visits left and nothing is booked; or there is none and it is offered all the same."""
    terms: PlanDetails | None = None
    """What is offered: the plan's, or without one what they came for, with whom and how often."""
    wished: DateTime | None = None
    places: tuple[Slot, ...] = ()
    """Where it fits, best first: at most as many as there are digits."""
    why: tuple[str, ...] = ()
    """What is in the way of the wished time."""

    def request(self, place: Slot) -> Request:
        """What books a place."""
        assert self.terms is not None
        return Request(
            self.visit.patient.id,
            self.terms.service.name,
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
        anybody: then whoever treated goes on, wherever they are there, unless a place with another one was chosen.
        Where the plan's day is full so far around that the first place is in another week, it begins there.
        """
        if self.progress is None or self.wished is None or not self.places or self.progress.to_book < 2:
            return None
        details, first = self.progress.plan.details, place or self.places[0]
        starts = first.starts
        if place is None and abs(first.starts - self.wished) <= timedelta(days=MOST_DAYS_OFF + 1):
            starts = self.wished
        treats = first.practitioner
        if place is None and details.practitioner is None and not self.visit.in_charge.retired:
            treats = self.visit.in_charge
        times = (details.from_minute, details.until_minute)
        return SeriesRequest(
            self.visit.patient.id,
            details.service.name,
            treats.name,
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

    def after(self, appointment_id: int, *, without_plan: bool = False) -> NextVisit:
        """What comes after a visit, by the plan; never an error because nothing fits.

        With `without_plan` also for those who have none: as often as they came, for what and with whom they came last.
        """
        with self._context.store.glance() as connection:
            clinic = clinic_of(connection)
            now = self._context.clock.now()
            visit = appointments.get(connection, appointment_id)
            far = plans.progress_by_patient(connection, clinic.timezone, now, (visit.patient.id,)).get(visit.patient.id)
            today = local_day(now, clinic.timezone)
            coming = next(iter(appointments.coming_of(connection, visit.patient.id, now)), None)
            if far is not None:
                details = far.plan.details if far.wants_booking(today) else None
            else:
                details = _as_before(connection, clinic, visit) if without_plan and coming is None else None
            if details is None:
                return NextVisit(visit, far, coming)
            wish = wish_after(clinic, details, visit.starts, visit.in_charge)
            if wish.starts <= now:
                # Who is called about a visit that is overdue: the same weekday and time, the next that is to come.
                weeks = -(-(now - wish.starts).total_seconds() // _WEEK_S)
                wish = replace(wish, starts=weeks_later(wish.starts, int(weeks), clinic.timezone))
            if details.service.retired or not wish.practitioners:
                return NextVisit(visit, far, coming, far is not None, details, wish.starts)
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
            return NextVisit(visit, far, coming, True, details, wish.starts, places, why)


def _as_before(connection: Askable, clinic: Clinic, visit: Appointment) -> PlanDetails | None:
    """What is offered without a plan; None to whom nothing is: a plan was ended at this visit, or they come no more."""
    shown, zone = visit.patient.details, clinic.timezone
    day = local_day(visit.starts, zone)
    ended = any(
        one.ended_on is not None and one.ended_on >= day for one in plans.of_patient(connection, visit.patient.id)
    )
    if ended or shown.retired or shown.deceased_on is not None or not clinic.active_services:
        return None
    visits = appointments.of_patient(connection, visit.patient.id, limit=_RECENT)
    days = [
        local_day(one.starts, zone) for one in visits if one.status is Status.CHECKED_OUT and one.starts <= visit.starts
    ]
    return replace(usual_details(connection, clinic, visit.patient), cadence=rhythm_of(days[:_RHYTHM]))
