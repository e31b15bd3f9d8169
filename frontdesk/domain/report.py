"""How a week or a month went, in numbers: what the desk counts, and what follows from the counts.

All of it is computed from what happened; nothing is stored. Times are minutes, rates are shares from 0 to 1, None where
there is nothing to take a share of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct, field
from pendulum import DateTime

from frontdesk import patterns
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.day_asked import day_to_look_back_to
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import Span, day_span
from frontdesk.domain.plan import PlanOutcome
from frontdesk.domain.time_text import day_and_month
from frontdesk.domain.time_words import MONTH
from frontdesk.domain.visit import ON_PREMISES, Status

HOURS = 24


class PeriodKind(StrEnum):
    """What a report is of."""

    WEEK = "week"
    MONTH = "month"


_MONTH, _WEEK = re.compile(r"(\d{4})-(\d\d)", re.ASCII), re.compile(r"(\d{4})-?[Ww](\d\d)", re.ASCII)

_MONTH_SAID = patterns.late(rf"(?:[a-z]+ )*month|{MONTH}(?:,? \d{{4}})?")
"""`last month`, `october`, `oct 2025`."""


class Period(Struct, frozen=True):
    """A week from Monday on, or a month."""

    kind: PeriodKind
    first: date
    last: date
    """The last day of it."""

    @classmethod
    def around(cls, kind: PeriodKind, day: date) -> Period:
        """The one that a day is in."""
        if kind is PeriodKind.WEEK:
            first = day - timedelta(days=day.weekday())
            return cls(kind, first, first + timedelta(days=6))
        first = day.replace(day=1)
        return cls(kind, first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))

    @classmethod
    def said(cls, words: Sequence[str], today: date) -> Period:
        """Reads `month`, `week tomorrow`, `2025-01` or `2025-W03` (ISO 8601); a day alone is its week.

        Reports look back: a date without a year is the last such one, and `october` that month. Raises `Refused`.
        """
        kind = PeriodKind(words[0]) if words and words[0] in tuple(PeriodKind) else None
        when = " ".join(words[1:] if kind is not None else words).strip()
        for one, form, like in ((PeriodKind.MONTH, _MONTH, "2025-01"), (PeriodKind.WEEK, _WEEK, "2025-W03")):
            found = form.fullmatch(when)
            if found is None:
                continue
            if kind not in (None, one):
                raise Refused(f"{when} is a {one.value}: `report {one.value} {when}`")
            year, number = (int(part) for part in found.groups())
            try:
                first = date(year, number, 1) if one is PeriodKind.MONTH else date.fromisocalendar(year, number, 1)
                return cls.around(one, first)
            except (ValueError, OverflowError):
                raise Refused(f"{when} is no {one.value}: write {like}") from None
        if kind is None:
            kind = PeriodKind.MONTH if _MONTH_SAID.fullmatch(when.lower()) else PeriodKind.WEEK
        return cls.around(kind, day_to_look_back_to(when, today) if when else today)

    @property
    def before(self) -> Period:
        """The one before."""
        return self.around(self.kind, self.first - timedelta(days=1))

    @property
    def after(self) -> Period:
        """The one after."""
        return self.around(self.kind, self.last + timedelta(days=1))

    @property
    def days(self) -> tuple[date, ...]:
        """Each day of it."""
        return tuple(self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1))

    @property
    def words(self) -> str:
        """`23-29 Nov 2026`, `November 2026`."""
        if self.kind is PeriodKind.MONTH:
            return f"{self.first:%B %Y}"
        if self.first.month == self.last.month:
            return f"{self.first.day}-{self.last.day} {self.last:%b %Y}"
        year = f" {self.first.year}" if self.first.year != self.last.year else ""
        return f"{day_and_month(self.first)}{year} - {self.last.day} {self.last:%b %Y}"

    def span(self, timezone: str) -> Span:
        """Its instants at a clinic."""
        return Span(day_span(self.first, timezone).starts, day_span(self.last, timezone).ends)


class Tally(Struct, frozen=True):
    """What came of appointments."""

    seen: int = 0
    no_shows: int = 0
    late: int = 0
    """Called off by the patient too late, by the clinic's hours; also among `cancelled`."""
    cancelled: int = 0
    left: int = 0
    here: int = 0
    """In the house at this moment."""
    coming: int = 0
    """Booked, and neither here nor given up."""

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.seen + other.seen,
            self.no_shows + other.no_shows,
            self.late + other.late,
            self.cancelled + other.cancelled,
            self.left + other.left,
            self.here + other.here,
            self.coming + other.coming,
        )

    @property
    def came(self) -> int:
        """Who came, whatever came of it."""
        return self.seen + self.left + self.here

    @property
    def no_show_rate(self) -> float | None:
        """No-shows of those who came or should have."""
        return share(self.no_shows, self.came + self.no_shows)

    @property
    def late_rate(self) -> float | None:
        """Late cancellations of those who came, should have, or called off late."""
        return share(self.late, self.came + self.no_shows + self.late)


def tally(counts: Iterable[tuple[Status, int, int]]) -> Tally:
    """From how many appointments there are of each status, and how many of those were called off late."""
    whole = Tally()
    for status, count, late in counts:
        match status:
            case Status.CHECKED_OUT:
                whole += Tally(seen=count)
            case Status.NO_SHOW:
                whole += Tally(no_shows=count)
            case Status.CANCELLED:
                whole += Tally(cancelled=count, late=late)
            case Status.LEFT:
                whole += Tally(left=count)
            case Status.BOOKED | Status.CONFIRMED:
                whole += Tally(coming=count)
            case _ if status in ON_PREMISES:
                whole += Tally(here=count)
    return whole


class Spread(Struct, frozen=True):
    """How many visits took how many whole minutes, the shortest first."""

    counts: tuple[tuple[int, int], ...] = ()

    @property
    def count(self) -> int:
        """Visits in all."""
        return sum(count for _, count in self.counts)

    def within(self, part: float) -> int | None:
        """The minutes within which that share of the visits lies: 0.5 gives the median."""
        wanted, seen = part * self.count, 0
        for minutes, count in self.counts:
            seen += count
            if seen >= wanted:
                return minutes
        return None

    @property
    def longest(self) -> int | None:
        """Minutes of the longest."""
        return self.counts[-1][0] if self.counts else None

    def over(self, minutes: int) -> float | None:
        """The share that took longer than so many minutes."""
        return share(sum(count for took, count in self.counts if took > minutes), self.count)

    def between(self, first: int, end: int | None) -> int:
        """Visits that took from `first` up to but not including `end` minutes; None: or longer."""
        return sum(count for took, count in self.counts if took >= first and (end is None or took < end))


def spread(pairs: Iterable[tuple[int, int]]) -> Spread:
    """From pairs of minutes and visits, in any order, the same minutes more than once."""
    found: dict[int, int] = {}
    for minutes, count in pairs:
        found[minutes] = found.get(minutes, 0) + count
    return Spread(tuple(sorted(found.items())))


class Waits(Struct, frozen=True):
    """How long patients waited from when they came; visits of which both times were taken apart."""

    to_room: Spread = Spread()
    to_practitioner: Spread = Spread()


class RoomUse(Struct, frozen=True):
    """Minutes for which a room was taken in each hour of the day, summed over the days."""

    name: str
    minutes: tuple[float, ...]


class PlanTally(Struct, frozen=True):
    """Courses that ended in the period, and those that are open now."""

    outcomes: Mapping[PlanOutcome, int] = field(default_factory=dict)
    completed: int = 0
    """Ended with all planned visits done."""
    done: int = 0
    planned: int = 0
    """Visits of the ended ones, done and planned."""
    running: int = 0
    paused: int = 0
    unbooked: int = 0
    """Running, visits left, nothing booked."""

    @property
    def ended(self) -> int:
        """How many ended."""
        return sum(self.outcomes.values())


class Report(Struct, frozen=True):
    """One period."""

    clinic: Clinic
    period: Period
    at: DateTime
    practitioners: tuple[tuple[str, Tally], ...] = ()
    before: Tally = Tally()
    """All of the period before."""
    days: tuple[tuple[date, int], ...] = ()
    """Who was seen on each day."""
    rooms: tuple[RoomUse, ...] = ()
    waits: tuple[tuple[str, Waits], ...] = ()
    """By practitioner, those who have any."""
    plans: PlanTally = PlanTally()
    sources: tuple[tuple[str, int], ...] = ()
    """First visits by how the patients came here, the most first; an empty source was not said."""

    @property
    def total(self) -> Tally:
        """Everybody's."""
        return sum((one for _, one in self.practitioners), Tally())

    @property
    def all_waits(self) -> Waits:
        """Everybody's."""
        return Waits(
            spread(pair for _, one in self.waits for pair in one.to_room.counts),
            spread(pair for _, one in self.waits for pair in one.to_practitioner.counts),
        )

    @property
    def open_days(self) -> int:
        """On how many days of the period the clinic is open."""
        return sum(self.clinic.opens_on(day) for day in self.period.days)

    @property
    def open_minutes(self) -> tuple[float, ...]:
        """For how many minutes the clinic is open in each hour of the day, summed over the period."""
        return open_minutes(self.clinic, self.period)


def open_minutes(clinic: Clinic, period: Period) -> tuple[float, ...]:
    """For how many minutes a clinic is open in each hour of the day, summed over a period."""
    whole = [0.0] * HOURS
    for day in period.days:
        if clinic.closure_on(day):
            continue
        for span in clinic.hours.on(day):
            for hour in range(HOURS):
                whole[hour] += max(0, min(span.end, 60 * hour + 60) - max(span.start, 60 * hour))
    return tuple(whole)


def use_share(used: float, opened: float, rooms: int, days: int) -> float | None:
    """How much of an hour `rooms` were taken; outside the hours, of what it would be on `days` days that are open."""
    return share(used, (opened or 60.0 * days) * rooms)


def share(part: float, whole: float) -> float | None:
    """A part of a whole, None of nothing."""
    return part / whole if whole else None
