"""A course of visits laid over the weeks: the same time every week or two; what stands in the way is repaired or asked.

Whatever is chosen for a date, the dates keep their order and no two fall on one day: none strays further than half the
way to its neighbour.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.cadence import Cadence, wished_days
from frontdesk.domain.clinic import Clinic, Practitioner, Room
from frontdesk.domain.hours import Span, local_day, local_instant, local_minute
from frontdesk.domain.instants import to_ms
from frontdesk.domain.packing.claims import patient_key, practitioner_key
from frontdesk.domain.packing.fit import Fit, NoFit
from frontdesk.domain.packing.intervals import MINUTE, Intervals
from frontdesk.domain.packing.occupancy import Occupancy
from frontdesk.domain.packing.opening import Opening
from frontdesk.domain.packing.places import Search, Slot
from frontdesk.domain.packing.soft import soft_fit
from frontdesk.domain.phases import Service

WITHIN_MINUTES = 60
"""How far from the wished time a visit of a course may be put without asking."""
MOST_VISITS = 26
"""Visits of one course: a year of one every two weeks."""
MOST_DAYS_OFF = 3
"""How many days from the wished one a place is looked for."""
_CLOSE, _FURTHER, _A_DAY = 4, 2, 1
"""Places offered: on the day within the minutes, on the day beyond them, on each other day."""


class Mark(StrEnum):
    """How a date of a course came out."""

    WISHED = "as wished"
    MOVED = "moved"
    THERE = "there already"
    """The patient comes that day anyway: nothing to book."""
    NOTHING = "nothing fits"


class Nearest(Struct, frozen=True):
    """That every date that can't be as wished takes the nearest place by itself, and none is asked.

    The first practitioner's places of that day come first, the nearest time before others; then those of the nearest
    day on which the date may be; then those of the other practitioners.
    """

    between: tuple[int, int] | None = None
    """Minutes after midnight between which they like to come: no other time while any of the days has one."""


class CourseDate(Struct, frozen=True):
    """One date of a course. `places` are what may be taken, best first; `why` is what is in the way of the wish."""

    wished: DateTime
    mark: Mark
    places: tuple[Slot, ...] = ()
    why: tuple[str, ...] = ()
    there: Appointment | None = None
    short: str = ""
    """The first of what is in the way, in two or three words."""
    replanned: tuple[tuple[int, int], ...] = ()
    """What makes room for it at the wished time: other appointments' ids and the minutes of retention they get."""

    @property
    def proposed(self) -> Slot | None:
        """The place that is taken unless somebody chooses another; None where that must be asked."""
        return self.places[0] if self.mark in (Mark.WISHED, Mark.MOVED) else None


def course_span(clinic: Clinic, first: DateTime, cadence: Cadence, count: int) -> Span:
    """The time that must be known to lay a course out: every day on which a place of it may be."""
    days = wished_days(local_day(first, clinic.timezone), cadence, count)
    off = timedelta(days=MOST_DAYS_OFF)
    return Span(local_instant(days[0] - off, 0, clinic.timezone), local_instant(days[-1] + off, 1440, clinic.timezone))


def lay_out(
    clinic: Clinic,
    occupancy: Occupancy,
    *,
    first: DateTime,
    cadence: Cadence,
    count: int,
    service: Service,
    practitioners: Sequence[Practitioner],
    rooms: Sequence[Room],
    patient_id: int,
    not_before: DateTime,
    within: int = WITHIN_MINUTES,
    nearest: Nearest | None = None,
) -> tuple[CourseDate, ...]:
    """The dates of a course with what each gets: as wished, moved by at most `within` minutes, or nothing.

    Where the clinic is closed or the practitioners are away all day, the nearest day of that week (ISO 8601) is taken,
    at about the same time. A day that is merely full is never changed without asking, unless by `nearest`; nothing is
    ever squeezed.
    `practitioners` are the one who treats, or all where anybody may; `occupancy` must cover `course_span`.
    """
    minute = local_minute(first, clinic.timezone)
    days = wished_days(local_day(first, clinic.timezone), cadence, count)
    off = timedelta(days=MOST_DAYS_OFF)
    search = Search.over(clinic, occupancy, service, rooms, (days[0] - off, days[-1] + off), not_before, patient_id)
    free: dict[date, list[_Place]] = defaultdict(list)
    for order, practitioner in enumerate(practitioners):
        for place in search.places(practitioner, order):
            free[search.opening.days[search.opening.day_of(place[0])]].append(place)
    wishes = search.opening.at(minute)
    question = _Course(
        clinic,
        occupancy,
        search,
        service,
        practitioners,
        rooms,
        patient_id,
        not_before,
        minute,
        within,
        nearest,
        wishes,
        free,
    )
    return tuple(question.date_on(day, _reach(days, index)) for index, day in enumerate(days))


def _reach(days: Sequence[date], index: int) -> int:
    """How many days off a date may go without meeting a neighbour that does the same."""
    gaps = [(later - sooner).days for sooner, later in pairwise(days)]
    around = gaps[max(0, index - 1) : index + 1]
    return min([MOST_DAYS_OFF, *((gap - 1) // 2 for gap in around)])


_Place = tuple[int, int, int, int]
"""A start in milliseconds, the practitioner's order, the retention, the room's index: as `Search` has them."""


class _Course(Struct, frozen=True):
    """What stays the same from date to date; `free` are all places by day."""

    clinic: Clinic
    occupancy: Occupancy
    search: Search
    service: Service
    practitioners: Sequence[Practitioner]
    rooms: Sequence[Room]
    patient_id: int
    not_before: DateTime
    minute: int
    within: int
    nearest: Nearest | None
    wishes: tuple[int, ...]
    """The wished time of each day of the search, in milliseconds."""
    free: Mapping[date, Sequence[_Place]]

    def date_on(self, day: date, reach: int) -> CourseDate:
        """One date: what fits, best first."""
        wished = local_instant(day, self.minute, self.clinic.timezone)
        near = self._by_day(day, reach)
        there = self._there(day)
        if there is not None:
            return CourseDate(wished, Mark.THERE, self._offers(day, near), (), there)
        found = self._as_wished(wished)
        if found.proposed is not None:
            return replace(found, places=_once(found.proposed, self._offers(day, near)))
        repair = self._repair(day, near)
        if repair is not None:
            return replace(found, mark=Mark.MOVED, places=_once(repair, self._offers(day, near)))
        return replace(found, places=self._offers(day, near))

    def _repair(self, day: date, near: Mapping[date, Sequence[_Place]]) -> Slot | None:
        """The place that is taken unasked: of that day, or of that week where nobody is there on the day."""
        if self.nearest is not None:
            return self._by_itself(self.nearest, near)
        days = [day]
        if not near.get(day) and self._away(day):
            days = [one for one in near if one.isocalendar()[:2] == day.isocalendar()[:2]]
        for one in days:
            place = next(iter(near.get(one, ())), None)
            if place is not None and self._off(one, place) <= self.within:
                return self._slot(place)
        return None

    def _by_itself(self, nearest: Nearest, near: Mapping[date, Sequence[_Place]]) -> Slot | None:
        """The nearest place of all; the first practitioner's before another's, and one at their times before others."""
        first, last = nearest.between or (0, 1440)

        def off_wish(day: date, place: _Place) -> tuple[bool, bool]:
            minute = self.minute + (place[0] - self._wished_ms(day)) // MINUTE
            return place[1] > 0, not first <= minute < last

        found = [(day, place) for day, places in near.items() for place in places]
        best = min(found, key=lambda one: off_wish(*one), default=None)
        return self._slot(best[1]) if best is not None else None

    def _as_wished(self, wished: DateTime) -> CourseDate:
        """The date with its place at the wished time alone; without one, with what is in the way."""
        if wished < self.not_before:
            return CourseDate(wished, Mark.NOTHING, (), ("that time has passed",), short="that time has passed")
        why: tuple[str, ...] = ()
        short = ""
        asked = self.practitioners if self.nearest is None else self.practitioners[:1]
        for practitioner in asked:
            found = soft_fit(
                self.clinic,
                self.occupancy,
                service=self.service,
                practitioner=practitioner,
                starts=wished,
                rooms=self.rooms,
                patient_id=self.patient_id,
            )
            match found:
                case Fit():
                    plan = found.plan
                    place = Slot(wished, plan.ends, practitioner, found.room, plan.retention_minutes)
                    return CourseDate(wished, Mark.WISHED, (place,), replanned=found.replanned)
                case NoFit():
                    short = short or found.clashes[0].short
                    why = why or tuple(dict.fromkeys(clash.words for clash in found.clashes))
        nobody = "nobody can be booked"
        return CourseDate(wished, Mark.NOTHING, (), why or (nobody,), short=short or nobody)

    def _by_day(self, day: date, reach: int) -> Mapping[date, Sequence[_Place]]:
        """The free places by day, the nearest day first, and of each day the nearest to the wished time first."""
        days = (day + timedelta(days=off) for off in range(-reach, reach + 1))
        # Nobody comes twice on a day because another was closed.
        open_days = [one for one in days if one in self.free and (one == day or self._there(one) is None)]
        return {
            one: self._nearest_first(one, self.free[one])
            for one in sorted(open_days, key=lambda one: (abs((one - day).days), one))
        }

    def _nearest_first(self, day: date, places: Sequence[_Place]) -> Sequence[_Place]:
        """Of two equally near the earlier one, and of two at one time the first named practitioner."""
        wished = self._wished_ms(day)
        return sorted(places, key=lambda place: (abs(place[0] - wished), place[0], place[1]))

    def _offers(self, day: date, near: Mapping[date, Sequence[_Place]]) -> tuple[Slot, ...]:
        """A handful to choose from: most on the day itself, then one a day around it."""
        here = near.get(day, ())
        close = [place for place in here if self._off(day, place) <= self.within][:_CLOSE]
        further = [place for place in here if self._off(day, place) > self.within][:_FURTHER]
        elsewhere = [place for one, places in near.items() if one != day for place in places[:_A_DAY]]
        return tuple(self._slot(place) for place in (*close, *further, *elsewhere))

    def _slot(self, place: _Place) -> Slot:
        return self.search.slot(place, self.practitioners[place[1]])

    def _off(self, day: date, place: _Place) -> int:
        """Whole minutes between a place and the wished time of that day, rounded up."""
        return -(-abs(place[0] - self._wished_ms(day)) // MINUTE)

    def _wished_ms(self, day: date) -> int:
        return self.wishes[(day - self.search.opening.days[0]).days]

    def _there(self, day: date) -> Appointment | None:
        """The visit for which the patient comes that day anyway."""
        start, end = (to_ms(local_instant(day, minute, self.clinic.timezone)) for minute in (0, 1440))
        taken = self.occupancy.overlapping(patient_key(self.patient_id), start, end)
        return next((one.by for one in taken if isinstance(one.by, Appointment)), None)

    def _away(self, day: date) -> bool:
        """Whether nobody asked for works that day: closed, no hours, or time off from morning to evening."""
        opening = Opening.over(self.clinic, day, day)
        start, end = opening.midnights[0], opening.midnights[-1]
        return all(not list(opening.of(one).minus(self._off_duty(one, start, end))) for one in self.practitioners)

    def _off_duty(self, practitioner: Practitioner, start: int, end: int) -> Intervals:
        taken = self.occupancy.overlapping(practitioner_key(practitioner.id), start, end)
        return Intervals.of((one.starts, one.ends) for one in taken if not isinstance(one.by, Appointment))


def _once(first: Slot, others: Iterable[Slot]) -> tuple[Slot, ...]:
    """`first` before the others, and not again among them."""
    same = (first.starts, first.practitioner.id)
    return (first, *(slot for slot in others if (slot.starts, slot.practitioner.id) != same))
