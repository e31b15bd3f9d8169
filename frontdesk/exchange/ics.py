"""Calendars (RFC 5545) in: the bytes of a file to the visits inside a span, and what could not be taken over.

Exporters differ more than the standard allows, so this reads what is meant where that is certain, says what it left
out, and never guesses an hour. Nothing is opened or stored here, and no file can make it run without end.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pendulum
from msgspec import Struct

from frontdesk.domain.errors import Problem, Refused
from frontdesk.exchange.ics_budget import Budget, TooMuch
from frontdesk.exchange.ics_event import Broken, Event, Reader
from frontdesk.exchange.ics_lines import read_components
from frontdesk.exchange.ics_series import Visit, current, overlaps, visits
from frontdesk.exchange.ics_times import is_day, stamp
from frontdesk.exchange.ics_words import plain
from frontdesk.exchange.ics_zones import Zones
from frontdesk.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from frontdesk.exchange.ics_lines import Component

OCCURRENCE_LIMIT = 200_000
"""Visits taken from one file; the limits of single events do not bound their sum."""
_KEY_LIMIT = 200
_DAY = timedelta(days=1)


class Occurrence(Struct, frozen=True):
    """One visit of a calendar: when, what, whose.

    `starts` and `ends` are instants in UTC, `ends` never before `starts` and equal to it where the file gives no
    length. An all-day one also has `first_day` and `last_day` (included), and runs from the clinic's midnight to
    midnight. `key` is the same in the next export of the same visit, wherever it has been moved.
    """

    where: str
    key: str
    uid: str
    starts: pendulum.DateTime
    ends: pendulum.DateTime
    all_day: bool
    first_day: date | None
    last_day: date | None
    title: str
    location: str
    description: str
    categories: tuple[str, ...]
    organizer: tuple[str, str] | None
    attendees: tuple[tuple[str, str], ...]
    cancelled: bool
    tentative: bool
    transparent: bool
    sequence: int
    patient_number: str = ""


class CalendarFile(Struct, frozen=True):
    """What a calendar file holds for the span asked for.

    `rejected` names each event, or part of one, that did not arrive; `notes` what was taken in a way worth knowing.
    `events` counts the VEVENTs of the file, whatever became of them: 0 means there was nothing to import.
    """

    name: str
    occurrences: tuple[Occurrence, ...]
    rejected: tuple[Problem, ...]
    events: int
    notes: tuple[Problem, ...] = ()


def read_calendar(
    data: bytes,
    *,
    first_day: date,
    until_day: date,
    timezone: str,
    progress: Callable[[int, int], None] | None = None,
) -> CalendarFile:
    """The visits in `data` that overlap the days from `first_day` to `until_day`, both included.

    The days are those of each event's own wall clock, so that a file gives the same visits to every clinic; floating
    times and zones nobody knows are the wall clock of `timezone`, the clinic's IANA zone. `progress` is told steps
    done and steps in all. Raises `Refused` in one line for what is no calendar as a whole.
    """
    content = read_components(data)
    reading = _Reading(first_day, until_day, timezone, progress, len(content.events))
    zones = Zones(content.zones, last_year=until_day.year + 2, budget=reading.budget)
    groups = reading.events(content.events, zones)
    for events in groups.values():
        reading.expand(events)
    reading.step(reading.total - reading.done)
    reading.occurrences.sort(key=lambda occurrence: (occurrence.starts, occurrence.ends))
    return CalendarFile(
        name=plain(content.name),
        occurrences=tuple(reading.occurrences),
        rejected=tuple(reading.rejected),
        events=len(content.events),
        notes=tuple(reading.notes),
    )


class _Reading:
    """One file on its way through: its limits, its report, and what has been found so far."""

    def __init__(
        self,
        first_day: date,
        until_day: date,
        timezone: str,
        progress: Callable[[int, int], None] | None,
        events: int,
    ) -> None:
        self.clinic = ZoneInfo(timezone)
        self.first = datetime.combine(first_day, time())
        self.after = datetime.combine(until_day, time()) + _DAY
        self.budget = Budget()
        self.occurrences: list[Occurrence] = []
        self.rejected: list[Problem] = []
        self.notes: list[Problem] = []
        self.progress = progress
        self.done, self.total = 0, 2 * events
        self._nameless: Counter[str] = Counter()
        self._strange: set[str] = set()

    def step(self, steps: int) -> None:
        """Tell how far this is."""
        self.done += steps
        if self.progress is not None:
            self.progress(self.done, self.total)

    def reject(self, where: str, why: str) -> None:
        """Report what does not arrive."""
        self.rejected.append(Problem(where, why))

    def events(self, components: list[Component], zones: Zones) -> dict[str, list[Event]]:
        """The readable events by UID; one without a UID stands alone."""

        def zone(tzid: str, where: str) -> tzinfo | None:
            found = zones.named(tzid)
            if found is None and tzid not in self._strange:
                self._strange.add(tzid)
                name = clean(tzid, limit=60)
                self.notes.append(
                    Problem(where, f"nobody knows the time zone {name!r}; its times are taken as local ones")
                )
            return found

        self.reader = Reader(self.clinic, zone, self.reject)
        groups: dict[str, list[Event]] = {}
        for number, component in enumerate(components, start=1):
            try:
                event = self.reader.event(component, number)
            except Broken as problem:
                self.reject(f"event {number}, line {component.line}", str(problem))
            else:
                groups.setdefault(event.uid or f"\0{number}", []).append(event)
            component.lines.clear()  # a large file need not be held twice
            self.step(1)
        return groups

    def expand(self, events: list[Event]) -> None:
        """Add the visits of the events of one UID, or report why they can't be found."""
        event = events[0]
        try:
            if len(events) == 1 and not event.repeats:
                found = self._single(event)
            else:
                self._note_superseded(events)
                found = visits(events, first=self.first, after=self.after, budget=self.budget, like=self.reader.like)
            identity = self._identity(event)
            self.occurrences.extend([self._occurrence(visit, identity) for visit in found])
        except (TooMuch, ValueError, TypeError, ArithmeticError, LookupError, AttributeError, RecursionError) as why:
            # The library meets combinations it was not written for; one event must not cost the others.
            said = str(why) if isinstance(why, TooMuch) else "its repetitions can't be worked out"
            self.reject(event.where, f'"{event.words.title or clean(event.uid)}": {said}')
        if len(self.occurrences) > OCCURRENCE_LIMIT:
            raise Refused(
                f"this calendar holds more than {OCCURRENCE_LIMIT:,} visits in these days; ask for fewer days"
            )
        self.step(len(events))

    def _single(self, event: Event) -> list[Visit]:
        if not overlaps(event, self.first, self.after):
            return []
        return [Visit(event, event.start, event.end, event.start)]

    def _note_superseded(self, events: list[Event]) -> None:
        """Say which of two events with one UID was kept when nothing but their order or DTSTAMP tells them apart."""
        plain_ones = [event for event in current(events) if event.replaces is None]
        for event in plain_ones[1:]:
            kept = plain_ones[0]
            if event.sequence == kept.sequence and event.start != kept.start:
                self.notes.append(Problem(event.where, f"has the UID of {kept.where}, which was kept"))

    def _identity(self, event: Event) -> str:
        """What keeps an event itself from one export to the next: its UID, or else its words and times."""
        if event.uid:
            uid = clean(event.uid, limit=len(event.uid))
            return uid if len(uid) <= _KEY_LIMIT else hashlib.sha256(uid.encode()).hexdigest()
        words = event.words
        parts = [stamp(event.start), stamp(event.end), words.title, words.location, words.description, *event.rules]
        digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
        self._nameless[digest] += 1
        return f"{digest}-{self._nameless[digest]}"

    def _occurrence(self, visit: Visit, identity: str) -> Occurrence:
        event, words = visit.event, visit.event.words
        all_day = is_day(visit.start)
        last = max(visit.start, visit.end - _DAY) if all_day else None
        starts = self._instant(visit.start)
        ends = self._instant(last + _DAY if last is not None else visit.end)
        if ends < starts and isinstance(visit.start, datetime) and isinstance(visit.end, datetime):
            # Its start is a time the clocks skip, moved past its end.
            ends = starts + (visit.end - visit.start)
        return Occurrence(
            where=event.where,
            key=f"{identity}/{stamp(visit.original)}" if event.repeats else identity,
            uid=clean(event.uid),
            starts=starts,
            ends=ends,
            all_day=all_day,
            first_day=visit.start if all_day else None,
            last_day=last,
            title=words.title,
            location=words.location,
            description=words.description,
            categories=words.categories,
            organizer=words.organizer,
            attendees=words.attendees,
            cancelled=words.cancelled,
            tentative=words.tentative,
            transparent=words.transparent,
            sequence=max(0, event.sequence),
            patient_number=words.patient_number,
        )

    def _instant(self, moment: date) -> pendulum.DateTime:
        """`moment` in UTC. A day begins at the clinic's midnight; fold=0 is RFC 5545 3.3.5 for gaps and overlaps."""
        if not isinstance(moment, datetime):
            moment = datetime.combine(moment, time())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self.clinic)
        utc = moment.astimezone(UTC)
        return pendulum.DateTime(utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second, tzinfo=pendulum.UTC)
