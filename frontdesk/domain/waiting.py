"""The waiting list: what somebody waits for, who comes first, and who really fits a place that became free."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic, Practitioner
from frontdesk.domain.hours import SHORT_DAYS, local_day
from frontdesk.domain.instants import from_ms, to_ms
from frontdesk.domain.packing.claims import patient_key
from frontdesk.domain.packing.occupancy import Busy, TakenTime
from frontdesk.domain.packing.offers import spread
from frontdesk.domain.packing.places import Slot
from frontdesk.domain.packing.wished import DAY, Also, Bounds, wished_places
from frontdesk.domain.patient import Patient
from frontdesk.domain.phases import Service
from frontdesk.domain.privacy import is_private
from frontdesk.domain.time_text import clock_text, day_and_month
from frontdesk.domain.time_words import WEEKDAYS
from frontdesk.domain.visit import NOT_BEGUN, Status

DAYS_AHEAD = 14
"""How far ahead places are looked for, in days: who waits is called for what comes soon."""
WITHDRAWN_WORDS: dict[str, str] = {
    "b": "has what they wanted",
    "n": "no longer wants it",
    "r": "not reached",
    "m": "put on by mistake",
}
"""Why somebody is taken off the list, by the letter that says it; others are said in words."""


class Ending(StrEnum):
    """What became of a wish."""

    BOOKED = "booked"
    WITHDRAWN = "withdrawn"


class Wish(Struct, frozen=True):
    """What somebody waits for: a start on one of the weekdays, between two times, with one of the practitioners.

    No weekday is any, no practitioner anybody. Minutes are after local midnight, both ends included. `last_day` is the
    last day they wait for; None is until they are told off the list.
    """

    service: Service
    practitioners: tuple[Practitioner, ...] = ()
    weekdays: tuple[int, ...] = ()
    earliest: int = 0
    latest: int = DAY
    first_day: date | None = None
    last_day: date | None = None
    urgent: bool = False
    note: str = ""

    @property
    def words(self) -> str:
        """`Mon, Thu until 12:00 with Dr Lin`; `any day, any time` where nothing narrows it."""
        return " ".join(self.parts)

    @property
    def parts(self) -> tuple[str, ...]:
        """The words in parts: on which days, at what time, with whom, from when until when."""
        days = ", ".join(SHORT_DAYS[day] for day in self.weekdays) or "any day,"
        people = " or ".join(one.name for one in self.practitioners)
        span = day_span_words(self.first_day, self.last_day)
        return tuple(one for one in (days, self.time_words, f"with {people}" if people else "", span) if one)

    @property
    def time_words(self) -> str:
        """`until 12:00`, `from 15:00 on`, `09:00 to 11:00`, `any time`."""
        first, last = (clock_text(minute) for minute in (self.earliest, self.latest))
        if self.earliest and self.latest < DAY:
            return f"{first} to {last}"
        if self.latest < DAY:
            return f"until {last}"
        return f"from {first} on" if self.earliest else "any time"


def day_span_words(first: date | None, last: date | None) -> str:
    """`from 1 Dec`, `until 4 Dec`, both or nothing."""
    said = (("from", first), ("until", last))
    return " ".join(f"{word} {day_and_month(day)}" for word, day in said if day is not None)


class Waiting(Struct, frozen=True):
    """Somebody on the list; `visit` is the appointment they want to have earlier, None where they want one more."""

    id: int
    version: int
    patient: Patient
    wish: Wish
    since: DateTime
    added_by: str
    visit: Appointment | None = None
    ended_at: DateTime | None = None
    ending: Ending | None = None
    reason: str = ""
    booked_id: int | None = None
    """The appointment that came of it."""

    @property
    def shown_note(self) -> str:
        """The note, which may say anything: nothing of it in privacy mode."""
        return "" if is_private() else self.wish.note

    def over_words(self, today: date) -> str:
        """Why nothing can come of it any more, though nobody has ended it; empty while something can."""
        if self.patient.details.deceased_on is not None:
            return "deceased"
        if self.wish.last_day is not None and self.wish.last_day < today:
            return f"waited until {day_and_month(self.wish.last_day)}"
        if self.visit is not None and self.visit.status not in NOT_BEGUN:
            return f"the appointment it was about: {self.visit.status.words}"
        return ""

    def practitioners(self, clinic: Clinic) -> tuple[Practitioner, ...]:
        """With whom a place is looked for, in the clinic's order."""
        wanted = {one.id for one in self.wish.practitioners}
        return tuple(one for one in clinic.active_practitioners if not wanted or one.id in wanted)


def in_order(entries: Iterable[Waiting]) -> tuple[Waiting, ...]:
    """Whom to call first: urgent ones, and among equals who has waited longest."""
    return tuple(sorted(entries, key=lambda one: (not one.wish.urgent, one.since, one.id)))


FreedEvent = tuple[int, DateTime, DateTime]
"""That a place became free: the visit that was there, when it began, and when it gave it up."""


class Freed(Struct, frozen=True):
    """A place that became free: the visit as it was planned there, since when, and why."""

    visit: Appointment
    at: DateTime
    why: str

    @property
    def key(self) -> tuple[int, DateTime]:
        """What tells it from every other."""
        return self.visit.id, self.visit.starts

    @property
    def event(self) -> FreedEvent:
        """As `key`, and another each time that it becomes free again."""
        return self.visit.id, self.visit.starts, self.at


class Fitting(Struct, frozen=True):
    """Somebody on the list who fits, and the first place where they do."""

    entry: Waiting
    place: Slot


class FreedPlace(Struct, frozen=True):
    """A place that became free, and who of the list really fits it, in the order in which they are called."""

    freed: Freed
    fitting: tuple[Fitting, ...] = ()


FREED_BY: dict[Status, str] = {
    Status.CANCELLED: "cancelled",
    Status.NO_SHOW: "did not come",
    Status.LEFT: "left early",
    Status.ENTERED_IN_ERROR: "taken back",
}
"""The ends of a visit that leave its time to others, with the words for it."""


class Places(Struct, frozen=True):
    """Where those on the list fit: one clinic, one picture of what is taken, one moment.

    `taken` must know every patient of the list, and cover the days asked about and one more on both sides.
    """

    clinic: Clinic
    taken: TakenTime
    now: DateTime

    def places(self, entry: Waiting, *, limit: int = 1) -> tuple[Slot, ...]:
        """The first places that somebody on the list would take, from now on."""
        today = local_day(self.now, self.clinic.timezone)
        return self._within(entry, self.taken, today, DAYS_AHEAD, self.now, None, limit)

    def choice(self, entry: Waiting, *, limit: int) -> tuple[Slot, ...]:
        """Places to name on the telephone: far enough apart to be a choice, some of each day, by start."""
        zone = self.clinic.timezone
        found: list[Slot] = []
        for _, of_day in groupby(self.places(entry, limit=_EVERY), lambda one: local_day(one.starts, zone)):
            found += spread(of_day, min(_A_DAY, limit - len(found)))
            if len(found) >= limit:
                break
        return tuple(found)

    def opened(self, freed: Freed, entry: Waiting) -> Slot | None:
        """The place nearest to this one that somebody would take and that is there only because it became free.

        Asked twice, of the day as it is and as it would be with the visit still there: whatever is gained is the freed
        place, however phases, rooms and equipment lie.
        """
        visit, zone = freed.visit, self.clinic.timezone
        if entry.patient.id == visit.patient.id and visit.status is not Status.ENTERED_IN_ERROR:
            # They gave it up themselves; what was written down by mistake nobody did.
            return None
        reaches_in = visit.starts.subtract(minutes=_longest_minutes(self.clinic))
        if entry.visit is not None and entry.visit.starts <= reaches_in:
            return None
        first = max(self.now, reaches_in)
        ends = visit.room_span.ends
        if first >= ends:
            return None
        day = local_day(first, zone)
        days = (local_day(ends, zone) - day).days + 1
        found = self._within(entry, self.taken, day, days, first, ends, None)
        if not found:
            return None
        before = Also.with_visit(self.taken, visit)
        had = self._within(entry, before, day, days, first, ends, None)
        known = {(one.starts, one.practitioner.id) for one in had}
        gained = [one for one in found if (one.starts, one.practitioner.id) not in known]
        return next(iter(_closest_first(gained, visit)), None)

    def who_fits(self, freed: Freed, entries: Iterable[Waiting]) -> FreedPlace:
        """Everybody on the list who fits a freed place, in order."""
        around = freed.visit.room_span
        first, last = (to_ms(one) for one in (around.starts.subtract(days=2), around.ends.add(days=2)))
        # A search counts all that is taken of a room: two weeks of it for each of the list would be too much.
        near = {
            resource: [use for use in uses if use[1] > first and use[0] < last]
            for resource, uses in self.taken.uses.items()
        }
        places = replace(self, taken=TakenTime(near))
        return FreedPlace(freed, tuple(places._fitting(freed, entries)))

    def _fitting(self, freed: Freed, entries: Iterable[Waiting]) -> Iterator[Fitting]:
        for entry in in_order(entries):
            place = self.opened(freed, entry)
            if place is not None:
                yield Fitting(entry, place)

    def _within(
        self,
        entry: Waiting,
        taken: Busy,
        first_day: date,
        days: int,
        not_before: DateTime,
        before: DateTime | None,
        limit: int | None,
    ) -> tuple[Slot, ...]:
        wish, zone = entry.wish, self.clinic.timezone
        last_day = date.fromordinal(first_day.toordinal() + days - 1)
        if wish.last_day is not None:
            last_day = min(last_day, wish.last_day)
        if entry.visit is not None:
            before = entry.visit.starts if before is None else min(before, entry.visit.starts)
            last_day = min(last_day, local_day(entry.visit.starts, zone))
        if wish.first_day is not None:
            first_day = max(first_day, wish.first_day)
        return wished_places(
            self.clinic,
            taken,
            service=entry.wish.service,
            practitioners=entry.practitioners(self.clinic),
            rooms=self.clinic.open_rooms,
            bounds=Bounds(
                first_day,
                (last_day - first_day).days + 1,
                wish.weekdays,
                wish.earliest,
                wish.latest,
                before,
                self._comes_anyway(entry),
            ),
            not_before=not_before,
            limit=limit or _EVERY,
            patient_id=entry.patient.id,
            ignore_appointment=entry.visit.id if entry.visit is not None else None,
        )

    def _comes_anyway(self, entry: Waiting) -> frozenset[date]:
        """The days of their other visits: nobody is needled twice a day, so a place on one of them fits nobody."""
        own, zone = entry.visit.id if entry.visit is not None else None, self.clinic.timezone
        uses = self.taken.uses.get(patient_key(entry.patient.id), ())
        return frozenset(local_day(from_ms(starts), zone) for starts, _, by in uses if by != own)


_EVERY = 10_000
"""More places than the coming days have starts."""
_A_DAY = 3
"""Places of one day that are named: early, in the middle, late."""


def _longest_minutes(clinic: Clinic) -> int:
    """How long the longest visit takes a room."""
    return max((one.room_minutes(max(one.retention_choices)) for one in clinic.active_services), default=0)


def _closest_first(places: Sequence[Slot], visit: Appointment) -> list[Slot]:
    """Where the visit was before anything else, with its practitioner; so that the place is filled, not cut up."""
    return sorted(
        places,
        key=lambda one: (
            one.practitioner.id != visit.practitioner.id,
            abs(one.starts - visit.starts),
            one.starts,
        ),
    )


def wants_weekday(said: str) -> int | None:
    """The weekday that a word names, Monday 0; also `mondays`."""
    plain = said.casefold().strip(".,")
    return WEEKDAYS.get(plain, WEEKDAYS.get(plain.removesuffix("s")))
