"""Booking by one line: shows what was understood and whether it fits, and books nothing at a guess."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.desk.answering import never_squeezing
from frontdesk.desk.booking import MOST_DAYS, Answer, Booking, Request
from frontdesk.desk.coming import retired_words
from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.lookup import Lookup
from frontdesk.desk.outcome import Outcome
from frontdesk.desk.series import Series, SeriesPlan, SeriesRequest
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused
from frontdesk.domain.history import NOTHING_MISSED, Missed
from frontdesk.domain.hours import local_day, local_minute
from frontdesk.domain.line import Line, understand
from frontdesk.domain.naming import plain
from frontdesk.domain.packing import CourseDate, Mark, Slot
from frontdesk.domain.patient import Found, Patient
from frontdesk.domain.phrases import Window
from frontdesk.domain.retention import must_leave_at
from frontdesk.store import missed
from frontdesk.text import visible

MOST_CANDIDATES = 6
"""Patients shown for a name that fits several."""
OFFERS = 5
"""Free places shown for a line that names no time."""
OFFERED_DAYS = 14
"""Days in which places are offered for a line that says nothing of the time."""
SPREAD = 20
"""Minutes between two places offered: somebody on the telephone wants a choice."""
MOST_PLACES = 300
"""Free places of a day looked through for those at the hours that were said."""


class Choice(Struct, frozen=True):
    """What was chosen besides what was typed: one of the places offered, or to squeeze it in."""

    place: Slot | None = None
    squeeze: bool = False
    as_proposed: bool = False
    """Of a course: begin where the first visit fits, and leave out the dates that have no place."""
    comes_again: bool = False
    """To book for a patient whose file is retired, too."""


class Understood(Struct, frozen=True):
    """A line as it was understood: the patient only when it is one and no other, and the place if everything is said.

    `questions` say what the line does not say yet, each with what it is about (`patient`, `service`, `practitioner` or
    `when`); `answer` is there once there is none.
    """

    line: Line
    patient: Patient | None
    candidates: tuple[Found, ...]
    questions: tuple[tuple[str, str], ...]
    answer: Answer | None
    offers: tuple[Slot, ...] = ()
    request: Request | None = None
    course: SeriesPlan | None = None
    """The course, where more than one visit is wanted: then there is no `request`."""
    as_proposed: bool = False
    missed: Missed = NOTHING_MISSED
    """What the patient let lapse so far, which whoever books should know."""
    comes_no_more: bool = False
    """Whether their file is retired and nobody said that they come again: whoever books is asked that first."""

    @property
    def fits(self) -> bool:
        """Whether it can be booked as it stands."""
        if self.course is not None:
            return bool(self.course.places) and (self.as_proposed or not self.unsettled)
        return self.answer is not None and self.answer.fit is not None

    @property
    def unsettled(self) -> tuple[CourseDate, ...]:
        """The dates of a course that must be agreed to: those without a place, and a first one that is not as said."""
        dates = self.course.dates if self.course else ()
        return tuple(
            one
            for number, one in enumerate(dates)
            if one.mark is Mark.NOTHING or (not number and one.mark is Mark.MOVED)
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """What the line does not say yet, in words."""
        return tuple(words for _, words in self.questions)

    @property
    def may_be_others(self) -> bool:
        """Whether more patients may fit than are named."""
        return len(self.candidates) == MOST_CANDIDATES

    def question(self, about: str) -> str:
        """What is to be said yet of one part; empty when it is certain."""
        return next((words for what, words in self.questions if what == about), "")

    @property
    def why_not(self) -> tuple[str, ...]:
        """What keeps it from being booked."""
        if self.course is not None and not self.fits:
            return tuple(f"{one.mark} on {one.wished:%Y-%m-%d}: {'; '.join(one.why)}" for one in self.unsettled)
        if self.comes_no_more and self.fits and self.patient is not None:
            return (retired_words(self.patient),)
        return self.missing or (self.answer.why_not if self.answer else ())

    @property
    def alternatives(self) -> tuple[Slot, ...]:
        """Places that work instead."""
        return self.answer.alternatives if self.answer else self.offers


class Saying:
    """Understands lines, and books them."""

    def __init__(self, context: Context, booking: Booking, lookup: Lookup, series: Series) -> None:
        self._context = context
        self._booking = booking
        self._lookup = lookup
        self._series = series

    def understand(self, text: str, choice: Choice | None = None) -> Understood:
        """What a line means now, and whether it fits; changes nothing. `choice` is what was chosen besides."""
        understood = self._understand(text, choice)
        if understood.patient is None:
            return understood
        with self._context.store.glance() as connection:
            return replace(
                understood,
                missed=missed.of_patient(connection, understood.patient.id),
                comes_no_more=understood.patient.details.retired and not (choice and choice.comes_again),
            )

    def _understand(self, text: str, choice: Choice | None) -> Understood:
        clinic, now = self._clinic(), self._context.clock.now()
        choice = choice or Choice()
        line = _with_the_only_ones(understand(text, clinic, now), clinic)
        found = self._lookup.find(line.patient, MOST_CANDIDATES) if line.patient else ()
        # Whoever is only something like what was typed is asked about where nobody is called so.
        found = tuple(one for one in found if one.is_sure) or found
        sure = [one.patient for one in found if one.is_sure]
        patient = sure[0] if len(sure) == 1 else None
        if choice.place is not None:
            line = replace(
                line, starts=choice.place.starts, practitioner=choice.place.practitioner, window=None, open=""
            )
        questions = tuple(_questions(line, found, patient, clinic))
        if patient is None or questions or not (line.service and line.practitioner and line.starts):
            return Understood(line, patient, found, questions, None, self._offers(line, patient, clinic))
        request = _request(line, patient, choice, clinic)
        if line.asides.is_course:
            course = self._series.propose(_course(line, request))
            return Understood(line, patient, found, (), None, course=course, as_proposed=choice.as_proposed)
        return Understood(line, patient, found, (), self._booking.check(request), request=request)

    def is_booking(self, text: str) -> bool:
        """Whether a line says anything of a booking besides a name."""
        return not understand(text, self._clinic(), self._context.clock.now()).is_only_a_name

    def book(self, text: str, choice: Choice | None = None) -> Outcome:
        """Books what a line says; raises `Refused` with what is missing, or what clashes and works instead."""
        understood = self._understand(text, choice)
        course = understood.course
        if course is not None:
            if not understood.fits:
                raise Refused(f"nothing is booked: {'; '.join(understood.why_not)}")
            again = choice is not None and choice.comes_again
            return self._series.book(replace(course.request, comes_again=again), course.places)
        if understood.request is None:
            raise Refused("; ".join(understood.missing))
        with never_squeezing():
            return self._booking.book(understood.request)

    def _clinic(self) -> Clinic:
        with self._context.store.glance() as connection:
            return clinic_of(connection)

    def _offers(self, line: Line, patient: Patient | None, clinic: Clinic) -> tuple[Slot, ...]:
        """The first free places in the stretch that was said; without one, the first there are."""
        if line.service is None or line.starts is not None or _doubtful(line, patient):
            return ()
        now = self._context.clock.now()
        today = local_day(now, clinic.timezone)
        window = line.window or Window(today, today + timedelta(days=OFFERED_DAYS))
        if window.last < today:
            window = Window(today, today)
        earliest = now.add(minutes=window.after)
        found: list[Slot] = []
        for ahead in range((window.first - today).days if window.first > today else 0, (window.last - today).days + 1):
            day = today + timedelta(days=ahead)
            if ahead > MOST_DAYS or len(found) >= OFFERS:
                break
            if window.either and day not in window.either:
                continue
            places = self._booking.slots(
                line.service.name,
                line.practitioner.name if line.practitioner else None,
                first_day=day,
                days=1,
                limit=MOST_PLACES,
                patient_id=patient.id if patient else None,
                leave_by=line.asides.leave_by,
            )
            inside = [one for one in places if one.starts >= earliest and window.holds(one.starts, clinic.timezone)]
            if window.near is not None:
                found += sorted(
                    inside, key=lambda one: abs(local_minute(one.starts, clinic.timezone) - (window.near or 0))
                )
            else:
                found += _spread(inside)
        return tuple(found[:OFFERS])


def _spread(places: Iterable[Slot]) -> Iterator[Slot]:
    """Places that are a real choice: not one every five minutes."""
    last: DateTime | None = None
    for place in places:
        if last is None or place.starts >= last.add(minutes=SPREAD):
            last = place.starts
            yield place


def _with_the_only_ones(line: Line, clinic: Clinic) -> Line:
    """What need not be said: the only service, the only practitioner there is."""
    services, people = clinic.active_services, clinic.active_practitioners
    service = line.service or (services[0] if len(services) == 1 else None)
    practitioner = line.practitioner or (people[0] if len(people) == 1 else None)
    return replace(line, service=service, practitioner=practitioner)


def _questions(
    line: Line, found: tuple[Found, ...], patient: Patient | None, clinic: Clinic
) -> Iterator[tuple[str, str]]:
    doubtful = _doubtful(line, patient)
    if not line.patient:
        yield "patient", "who is it for? say a part of the name, the phone or #number"
    elif doubtful:
        asked = f'what is "{visible(" ".join(doubtful))}"? say the time like thu 26 nov 10:20, the patient by #number'
        yield "when" if line.open else "patient", line.open or asked
    elif not found:
        yield "patient", f'nobody on file is found by "{visible(line.patient)}"'
    elif patient is None:
        names = ", ".join(f"{one.patient.name} (#{one.patient.id})" for one in found)
        if any(one.is_sure for one in found):
            yield "patient", f"several patients fit: {names}; say more, or #number"
        else:
            yield "patient", f'nobody on file is found by "{visible(line.patient)}"; meant may be {names}: say #number'
    if line.service is None:
        yield "service", f"which service? {', '.join(one.name for one in clinic.active_services)}"
    if line.practitioner is None:
        yield "practitioner", f"with whom? {', '.join(one.name for one in clinic.active_practitioners)}"
    if line.asides.open:
        yield "when", line.asides.open
    elif line.asides.is_course and line.asides.leave_by is not None:
        yield "when", "must leave by, or a course? book the course first, then say it of a visit"
    elif line.starts is None and not (doubtful and line.open):
        yield "when", _when(line)


def _doubtful(line: Line, patient: Patient | None) -> list[str]:
    """Words that are neither of the time, as far as it was understood, nor of the patient's name."""
    names = plain(patient.details.name.replace(",", " ")).split() if patient else []
    return [word for word in line.doubtful if plain(word) not in names]


def _when(line: Line) -> str:
    if line.open:
        return f"when? {line.open}"
    if line.window is not None:
        return f"when? {line.window.question}"
    return "when? say a day and a time, like thu 10:20"


def _course(line: Line, request: Request) -> SeriesRequest:
    assert line.asides.cadence is not None
    assert line.asides.count is not None
    return SeriesRequest(
        request.patient_id,
        request.service,
        request.practitioner,
        request.starts,
        line.asides.cadence,
        line.asides.count,
        room=request.room,
    )


def _request(line: Line, patient: Patient, choice: Choice, clinic: Clinic) -> Request:
    assert line.service is not None
    assert line.practitioner is not None
    assert line.starts is not None
    room = line.rooms[0] if line.rooms else None
    named = (room.group if len(line.rooms) > 1 else room.name) if room else None
    leave_by = line.asides.leave_by
    return Request(
        patient.id,
        line.service.name,
        line.practitioner.name,
        line.starts,
        named,
        squeeze=choice.squeeze,
        comes_again=choice.comes_again,
        retention_minutes=choice.place.retention_minutes if choice.place else None,
        leave_by=None if leave_by is None else must_leave_at(leave_by, line.starts, clinic.timezone),
    )
