"""A course of visits: proposed as a list of dates, booked in one transaction, called off from one visit on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field
from pendulum import DateTime

from frontdesk.desk.cancelling import cancelled_words, give_up
from frontdesk.desk.claims import occupancy_over
from frontdesk.desk.coming import mark_of, refuse_the_dead, take_back_into_use
from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.meanwhile import unchanged
from frontdesk.desk.names import pick_practitioner, pick_rooms, pick_service
from frontdesk.desk.outcome import Outcome
from frontdesk.desk.replan import make_room, would_change
from frontdesk.desk.steps import save
from frontdesk.desk.words import on_day
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic, Practitioner, Room
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import local_day
from frontdesk.domain.packing import (
    MOST_VISITS,
    WITHIN_MINUTES,
    Cadence,
    CourseDate,
    Fit,
    Mark,
    Nearest,
    NoFit,
    Slot,
    course_span,
    lay_out,
    soft_fit,
)
from frontdesk.domain.patient import Patient
from frontdesk.domain.phases import Service, plan_visit
from frontdesk.domain.time_text import day_and_month
from frontdesk.domain.visit import ENDED_UNSEEN, NOT_BEGUN, Status
from frontdesk.store import appointment_writes, appointments, audit, patients
from frontdesk.store.engine import Writing
from frontdesk.store.subjects import subject_of, subject_of_series

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable

MOST_WITHIN = 240
"""Minutes to both sides within which a date may be moved without asking, at most."""


class SeriesRequest(Struct, frozen=True):
    """A course as a person says it. `practitioner` None is anybody; `room` is only preferred.

    `repeats` is the visit the course begins with, which is there already: it counts as one of `count`.
    """

    patient_id: int
    service: str
    practitioner: str | None
    starts: DateTime
    cadence: Cadence = Cadence.WEEKLY
    count: int = 8
    within: int = WITHIN_MINUTES
    room: str | None = None
    repeats: int | None = None
    comes_again: bool = False
    """As of `Request`."""
    nearest: Nearest | None = None
    """Dates that clash find the nearest place by themselves; those that have none are left out, none is asked."""
    others: bool = False
    """Whether others treat on dates on which the practitioner can't at all."""


class SeriesPlan(Struct, frozen=True):
    """What a request would get, date by date; nothing is held until it is booked."""

    request: SeriesRequest
    patient: Patient
    service: Service
    dates: tuple[CourseDate, ...]
    also: Mapping[DateTime, tuple[str, ...]] = field(default_factory=dict)
    """What a place at the wished time would change of other visits, each in a few words; by the date."""

    @property
    def places(self) -> tuple[Slot, ...]:
        """What is booked unless somebody chooses otherwise."""
        return tuple(one.proposed for one in self.dates if one.proposed is not None)

    @property
    def asked(self) -> tuple[CourseDate, ...]:
        """The dates where nothing fits: a place must be chosen for each, or it is left out."""
        if self.request.nearest is not None:
            return ()
        return self.without_place

    @property
    def without_place(self) -> tuple[CourseDate, ...]:
        """The dates where nothing fits."""
        return tuple(one for one in self.dates if one.mark is Mark.NOTHING)


class SeriesOutcome(Outcome, frozen=True):
    """Besides the first of them, all visits that were booked or called off together."""

    visits: tuple[Appointment, ...] = ()


class Series:
    """Courses of visits; each method is one transaction."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def propose(self, request: SeriesRequest) -> SeriesPlan:
        """Lays a course out and changes nothing; raises `Refused` for what no other place would mend."""
        if not 2 <= request.count <= MOST_VISITS:
            raise Refused(f"a course has 2 to {MOST_VISITS} visits, not {request.count}")
        if not 0 <= request.within <= MOST_WITHIN:
            raise Refused(f"a visit may be moved by 0 to {MOST_WITHIN} minutes, not {request.within}")
        with self._context.store.glance() as connection:
            clinic = clinic_of(connection)
            now = self._context.clock.now()
            patient = patients.get(connection, request.patient_id)
            refuse_the_dead(patient)
            self._may_begin(connection, clinic, request)
            service = pick_service(clinic, request.service)
            dates = lay_out(
                clinic,
                occupancy_over(connection, course_span(clinic, request.starts, request.cadence, request.count), now),
                first=request.starts,
                cadence=request.cadence,
                count=request.count,
                service=service,
                practitioners=_wanted(connection, clinic, request),
                rooms=_preferred(clinic, request.room),
                patient_id=patient.id,
                not_before=now,
                within=request.within,
                nearest=request.nearest,
            )
            also = {one.wished: would_change(connection, clinic, one.replanned) for one in dates if one.replanned}
            return SeriesPlan(request, patient, service, dates, also)

    def book(self, request: SeriesRequest, places: Sequence[Slot], left_out: Sequence[DateTime] = ()) -> SeriesOutcome:
        """Books all the places or none; raises `Refused` with every one that has been taken since it was proposed.

        `left_out` are dates of the course that had no place: they are named in what is said, and in the log.
        """
        if not places:
            raise Refused("no date is chosen: choose at least one")
        with self._context.writing() as writing:
            clinic = clinic_of(writing.connection)
            patient = patients.get(writing.connection, request.patient_id)
            service = pick_service(clinic, request.service)
            self._may_begin(writing.connection, clinic, request)
            again = take_back_into_use(writing, patient, comes_again=request.comes_again)
            fits = self._fits(writing, clinic, patient, service, sorted(places, key=lambda place: place.starts))
            logged: dict[str, int] = {}
            series_id = _joined(writing, request.repeats, logged)
            booked: list[Appointment] = []
            also: list[str] = []
            for place, fit in fits:
                also += make_room(writing, fit)
                visit = _insert(writing, patient, service, place, fit, series_id)
                series_id = series_id or visit.id
                logged[str(visit.id)] = writing.log(
                    "visit.book", subject_of(visit.id), after=appointment_writes.row_of(writing.connection, visit.id)
                )
                booked.append(visit)
            writing.log(
                "series.book",
                subject_of_series(series_id or booked[0].id),
                after={
                    "patient_id": patient.id,
                    "every": request.cadence.value,
                    "visits": logged,
                    **mark_of(patient, again),
                    **({"left_out": [one.isoformat() for one in left_out]} if left_out else {}),
                },
            )
            words = f"{patient.name}: {self._booked_words(clinic, request, booked, left_out)}"
            return SeriesOutcome(booked[0], words, (*also, *again), tuple(booked))

    def cancel_rest(
        self, appointment_id: int, reason: str = "", *, by: str = "", version: int | None = None
    ) -> SeriesOutcome:
        """Calls off a visit and all later ones of its course that have not begun; as `Visits.cancel` for each."""
        with self._context.writing() as writing:
            connection = writing.connection
            clinic, visit = unchanged(writing, appointment_id, version)
            if visit.series_id is None:
                raise Refused(f"this visit of {visit.patient.name} belongs to no course: cancel it by itself")
            rest = later_of_course(connection, visit)
            done = [give_up(writing, one, reason, by) for one in (visit, *rest)]
            logged = {str(one.id): audit.of_subject(connection, subject_of(one.id), limit=1)[0].seq for one in done}
            writing.log("series.cancel", subject_of_series(visit.series_id), after={"visits": logged})
            days = f"{len(done)} visits from {on_day(clinic, visit.starts, self._context.today(clinic.timezone))} on"
            return SeriesOutcome(done[0], f"{visit.patient.name}: {days}: {cancelled_words(done[0])}", (), tuple(done))

    def rest(self, appointment_id: int) -> tuple[Appointment, ...]:
        """The later visits of the same course that have not begun, by start; none where it belongs to no course."""
        with self._context.store.glance() as connection:
            return later_of_course(connection, appointments.get(connection, appointment_id))

    def _fits(
        self, writing: Writing, clinic: Clinic, patient: Patient, service: Service, places: Sequence[Slot]
    ) -> list[tuple[Slot, Fit]]:
        """Every place as it fits now; raises `Refused` naming all that do not."""
        days = [local_day(place.starts, clinic.timezone) for place in places]
        if len(set(days)) < len(days):
            raise Refused("two visits of a course are on the same day: choose another place for one of them")
        found: list[tuple[Slot, Fit]] = []
        lost: list[str] = []
        for place in places:
            result = self._fit(writing.connection, clinic, patient, service, place)
            match result:
                case Fit():
                    found.append((place, result))
                case NoFit():
                    lost.append(f"{on_day(clinic, place.starts, self._context.today(clinic.timezone))}: {result.words}")
        if lost:
            gone = f"{len(lost)} of {len(places)} are not free any more: {'; '.join(lost)}"
            raise Refused(f"nothing was booked, {gone}; look for the dates anew")
        return found

    def _fit(self, connection: Askable, clinic: Clinic, patient: Patient, service: Service, place: Slot) -> Fit | NoFit:
        if place.starts < self._context.clock.now():
            when = on_day(clinic, place.starts, self._context.today(clinic.timezone))
            raise Refused(f"{when} has passed; look at the list again")
        span = plan_visit(service, place.starts, service.retention_latest).room_span
        return soft_fit(
            clinic,
            occupancy_over(connection, span, self._context.clock.now()),
            service=service,
            practitioner=place.practitioner,
            starts=place.starts,
            rooms=_preferred(clinic, place.room.name),
            patient_id=patient.id,
        )

    def _may_begin(self, connection: Askable, clinic: Clinic, request: SeriesRequest) -> None:
        """A course begins today or later, or with a visit that is there."""
        if request.repeats is not None:
            visit = appointments.get(connection, request.repeats)
            if visit.status in ENDED_UNSEEN:
                raise Refused(f"{visit.patient.name}: {visit.status.words}; put it back before it is repeated")
            if visit.patient.id != request.patient_id:
                whose = f"appointment {visit.id} is {visit.patient.name}'s"
                raise Refused(f"{whose}, and a course is one patient's: name them, or another visit")
            return
        today = self._context.today(clinic.timezone)
        if local_day(request.starts, clinic.timezone) < today:
            raise Refused(f"{on_day(clinic, request.starts, today)} has passed; begin today or later")
        if request.starts.second or request.starts.microsecond:
            raise Refused("a visit starts on a whole minute: leave the seconds out")

    def _booked_words(
        self,
        clinic: Clinic,
        request: SeriesRequest,
        booked: Sequence[Appointment],
        left_out: Sequence[DateTime],
    ) -> str:
        today = self._context.today(clinic.timezone)
        first, last = booked[0], booked[-1]
        days = [one.in_timezone(clinic.timezone) for one in left_out]
        without = f" (no place {', '.join(map(day_and_month, days))})" if days else ""
        if len(booked) == 1:
            return f"1 visit booked{without}, {on_day(clinic, first.starts, today)} with {first.practitioner.name}"
        names = dict.fromkeys(one.practitioner.name for one in booked)
        span = f"{on_day(clinic, first.starts, today)} to {on_day(clinic, last.starts, today)}"
        return f"{len(booked)} visits booked{without}, {request.cadence.words}, {span} with {', '.join(names)}"


def later_of_course(connection: Askable, visit: Appointment) -> tuple[Appointment, ...]:
    """The visits of the same course after this one that have not begun, by start."""
    if visit.series_id is None:
        return ()
    course = appointments.of_series(connection, visit.series_id)
    return tuple(one for one in course if one.starts > visit.starts and one.status in NOT_BEGUN)


def _preferred(clinic: Clinic, room: str | None) -> tuple[Room, ...]:
    """All rooms, the named one (or the chairs of that name) first."""
    first = pick_rooms(clinic, room) if room is not None else ()
    return (*first, *(one for one in clinic.open_rooms if one not in first))


def _joined(writing: Writing, repeats: int | None, logged: dict[str, int]) -> int | None:
    """Makes the visit that is repeated the first of the course, unless it belongs to another; gives the course's id."""
    if repeats is None:
        return None
    visit = appointments.get(writing.connection, repeats)
    if visit.series_id is not None:
        return None
    save(writing, visit, "visit.course", {"series_id": visit.id})
    logged[str(visit.id)] = audit.of_subject(writing.connection, subject_of(visit.id), limit=1)[0].seq
    return visit.id


def _insert(
    writing: Writing, patient: Patient, service: Service, place: Slot, fit: Fit, series_id: int | None
) -> Appointment:
    """One visit of the course; the first one's id is the course's, where no visit was there to begin it."""
    connection = writing.connection
    appointment_id = appointment_writes.insert(
        connection,
        patient_id=patient.id,
        practitioner_id=place.practitioner.id,
        service_id=service.id,
        room_id=fit.room.id,
        starts=place.starts,
        retention_minutes=fit.plan.retention_minutes,
        squeezed=False,
        status=Status.BOOKED,
        at=writing.at,
        series_id=series_id,
    )
    if series_id is None:
        appointment_writes.update(connection, appointment_id, 1, {"series_id": appointment_id})
    return appointments.get(connection, appointment_id)


def _wanted(connection: Askable, clinic: Clinic, request: SeriesRequest) -> tuple[Practitioner, ...]:
    """Who may treat, in the order in which they are asked: of a visit that is repeated, its practitioner first."""
    if request.practitioner is not None:
        named = pick_practitioner(clinic, request.practitioner)
        more = (one for one in clinic.active_practitioners if one.id != named.id) if request.others else ()
        return (named, *more)
    if request.repeats is None:
        return clinic.active_practitioners
    own = appointments.get(connection, request.repeats).practitioner.id
    return tuple(sorted(clinic.active_practitioners, key=lambda one: one.id != own))
