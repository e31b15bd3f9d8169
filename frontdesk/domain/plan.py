"""A treatment plan: how often a patient is to come and how many times, and how far that has gone.

What was decided is stored; which visits count, what is due next and whether a re-assessment is owed is computed from
the visits and the day. The program suggests by what the intake says; a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.domain.cadence import Cadence
from frontdesk.domain.clinic import Practitioner
from frontdesk.domain.errors import Problem, Refused
from frontdesk.domain.hours import SHORT_DAYS, WEEKDAYS, weekday_begun
from frontdesk.domain.phases import Service
from frontdesk.domain.plurals import number_of
from frontdesk.domain.privacy import is_private
from frontdesk.domain.time_text import clock_text, date_text
from frontdesk.text import LINE_LIMIT, objection, visible

MOST_PLANNED = 60
"""Visits of one plan: more than a year of weekly ones."""
_DAYS_OFF = 3
"""How far a preferred weekday may draw a visit from the day the cadence gives."""


class PlanState(StrEnum):
    """Where a plan is; which of them on a day is computed."""

    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


class PlanOutcome(StrEnum):
    """What came of a plan that ended."""

    RESOLVED = "resolved"
    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    REFERRED = "referred"
    STOPPED = "stopped"


OUTCOME_WORDS: dict[PlanOutcome, str] = {
    PlanOutcome.RESOLVED: "free of the complaint",
    PlanOutcome.BETTER: "better",
    PlanOutcome.SAME: "no change",
    PlanOutcome.WORSE: "worse",
    PlanOutcome.REFERRED: "referred on",
    PlanOutcome.STOPPED: "the patient stopped",
}


class PlanDetails(Struct, frozen=True):
    """What a person decides. `practitioner` None is anybody; `weekdays` (0 is Monday) and times are wishes."""

    service: Service
    complaint: str = ""
    cadence: Cadence = Cadence.WEEKLY
    planned: int = 8
    reassess_at: int | None = 4
    """At which visit it is looked at again; None: at none."""
    practitioner: Practitioner | None = None
    weekdays: tuple[int, ...] = ()
    from_minute: int | None = None
    """Minutes after midnight between which they like to come; None with `until_minute`: at any time."""
    until_minute: int | None = None

    @property
    def words(self) -> str:
        """`weekly, 8 visits`."""
        return f"{self.cadence.words}, {number_of(self.planned, 'visit')}"

    @property
    def wish_words(self) -> str:
        """`Tue Thu 16:00-18:00`; empty where any day and time will do."""
        times = times_words(self)
        return " ".join([*(SHORT_DAYS[day] for day in self.weekdays), *((times,) if times else ())])


class Plan(Struct, frozen=True):
    """A plan as it is kept; `version` counts saves."""

    id: int
    version: int
    patient_id: int
    details: PlanDetails
    started_on: date
    """The clinic's day from which on visits count."""
    decided_by: str
    paused_on: date | None = None
    paused_until: date | None = None
    """The day from which it runs again by itself; None while paused: until somebody says so."""
    ended_on: date | None = None
    """The last day whose visits count."""
    outcome: PlanOutcome | None = None
    outcome_note: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it has not ended: a patient has one such plan at most."""
        return self.ended_on is None

    @property
    def shown(self) -> PlanDetails:
        """What of it may be seen now: not what it is for in privacy mode. What saves or compares uses `details`."""
        return replace(self.details, complaint="") if is_private() else self.details

    @property
    def complaint(self) -> str:
        """What it is for, where that may be seen."""
        return self.shown.complaint

    def state_on(self, day: date) -> PlanState:
        """Running, paused or ended; a pause with an end is over on that day."""
        if self.ended_on is not None:
            return PlanState.ENDED
        if self.paused_on is None or (self.paused_until is not None and self.paused_until <= day):
            return PlanState.RUNNING
        return PlanState.PAUSED

    def counts(self, day: date) -> bool:
        """Whether a visit on `day` is one of this plan's."""
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)

    def state_words(self, day: date) -> str:
        """`running`, `paused until 07.01.2027`, `ended 24.11.2026: better`."""
        match self.state_on(day):
            case PlanState.PAUSED:
                return f"paused until {date_text(self.paused_until)}" if self.paused_until else "paused"
            case PlanState.ENDED:
                came = OUTCOME_WORDS[self.outcome] if self.outcome else ""
                note = f" ({self.outcome_note})" if self.outcome_note and not is_private() else ""
                when = f" {date_text(self.ended_on)}" if self.ended_on else ""
                return f"ended{when}: {came}{note}"
        return "running"


class Progress(Struct, frozen=True):
    """How far a plan has gone."""

    plan: Plan
    seen: tuple[date, ...] = ()
    """The days of its visits that took place, first to last."""
    coming: tuple[DateTime, ...] = ()
    """Starts of what the patient is booked for from now on, soonest first."""
    assessed_on: date | None = None
    """The day of the patient's latest intake."""

    @property
    def done(self) -> int:
        """Visits done."""
        return len(self.seen)

    @property
    def left(self) -> int:
        """Planned visits not done yet."""
        return max(0, self.plan.details.planned - self.done)

    @property
    def to_book(self) -> int:
        """Planned visits that are neither done nor booked."""
        return max(0, self.left - len(self.coming))

    @property
    def words(self) -> str:
        """`4 of 8`; empty in privacy mode."""
        return "" if is_private() else f"{self.done} of {self.plan.details.planned}"

    @property
    def expected_on(self) -> date:
        """The day on which the plan would have them come next: its first day while nothing was done."""
        return next_day(self.plan.details, self.seen[-1]) if self.seen else self.plan.started_on

    @property
    def reassessment_due(self) -> bool:
        """Whether the visit at which it was to be looked at again is over, and no intake was taken since."""
        at = self.plan.details.reassess_at
        if at is None or self.done < at or not self.plan.is_open:
            return False
        return self.assessed_on is None or self.assessed_on < self.seen[at - 1]

    @property
    def reassess_next(self) -> bool:
        """Whether the visit that comes next is the one at which it is looked at again."""
        return self.plan.is_open and self.plan.details.reassess_at == self.done + 1

    def wants_booking(self, today: date) -> bool:
        """Whether the plan runs, has visits left, and nothing is booked."""
        return self.plan.state_on(today) is PlanState.RUNNING and self.left > 0 and not self.coming

    def long_words(self, today: date) -> str:
        """`4 of 8, weekly · re-assess`: what a card says; empty in privacy mode."""
        if is_private():
            return ""
        parts = [f"{self.words}, {self.plan.details.cadence.words}"]
        if self.plan.state_on(today) is not PlanState.RUNNING:
            parts.append(self.plan.state_words(today))
        elif self.reassessment_due:
            parts.append("re-assessment due")
        elif self.reassess_next:
            parts.append("re-assess at the next visit")
        elif not self.left:
            parts.append("all done: end it or plan on")
        return " · ".join(parts)


def next_day(details: PlanDetails, after: date) -> date:
    """The day of the next visit: by the cadence, drawn to the nearest wished weekday (the earlier of two)."""
    day = details.cadence.after(after)
    if not details.weekdays or day.weekday() in details.weekdays:
        return day
    near = (day + timedelta(days=off) for off in sorted(range(-_DAYS_OFF, _DAYS_OFF + 1), key=lambda off: abs(off)))
    return next((one for one in near if one > after and one.weekday() in details.weekdays), day)


def progress(
    plan: Plan, visits: Iterable[date], coming: Iterable[DateTime] = (), assessed_on: date | None = None
) -> Progress:
    """How far a plan has gone, from the days of all visits of the patient that took place and what is booked."""
    return Progress(plan, tuple(sorted(day for day in visits if plan.counts(day))), tuple(sorted(coming)), assessed_on)


def times_words(details: PlanDetails) -> str:
    """`16:00-18:00`, which `parse_times` reads back; empty where any time will do."""
    if details.from_minute is None or details.until_minute is None:
        return ""
    return f"{clock_text(details.from_minute)}-{clock_text(details.until_minute)}"


def parse_weekdays(text: str) -> tuple[int, ...]:
    """Reads `tue fri` or `Tuesday, Friday`; raises `Refused` for what is no day."""
    found: list[int] = []
    for word in re.split(r"[\s,;/]+", text.strip().casefold()):
        day = weekday_begun(word)
        if day is None:
            raise Refused(f'"{visible(word)[:20]}" is no day of the week; write "tue fri"')
        found.append(WEEKDAYS.index(day))
    return tuple(sorted(set(found)))


def parse_times(text: str) -> tuple[int, int]:
    """Reads `16:00-18:00`, or `16-18`; raises `Refused`."""
    first, dash, last = text.replace("–", "-").partition("-")
    try:
        span = (_minute(first.strip()), 1440 if last.strip() in ("24", "24:00") else _minute(last.strip()))
    except Refused:
        span = (0, 0)
    if not dash or span[0] >= span[1]:
        raise Refused(f'"{visible(text)[:20]}" is no time of day; write "16:00-18:00"')
    return span


def tidied_plan(details: PlanDetails) -> PlanDetails:
    """The plan as it is kept: trimmed, weekdays in their order; all seven are no wish."""
    days = tuple(sorted(set(details.weekdays)))
    return replace(
        details, complaint=" ".join(details.complaint.split()), weekdays=() if len(days) == len(WEEKDAYS) else days
    )


def wrong_with_plan(details: PlanDetails, started_on: date, today: date) -> tuple[Problem, ...]:
    """Everything that keeps it from being saved, each with its field; empty when it may be."""
    problems: list[Problem] = []
    reason = objection(details.complaint, limit=LINE_LIMIT)
    if reason:
        problems.append(Problem("complaint", reason))
    if not 1 <= details.planned <= MOST_PLANNED:
        problems.append(Problem("planned", f"a plan has 1 to {MOST_PLANNED} visits, not {details.planned}"))
    elif details.reassess_at is not None and not 1 <= details.reassess_at <= details.planned:
        problems.append(Problem("reassess_at", f"lies between visit 1 and visit {details.planned}"))
    if any(day not in range(len(WEEKDAYS)) for day in details.weekdays):
        problems.append(Problem("weekdays", f"the days are {', '.join(WEEKDAYS)}"))
    span = (details.from_minute, details.until_minute)
    if span != (None, None) and (None in span or not 0 <= (span[0] or 0) < (span[1] or 0) <= 1440):
        problems.append(Problem("times", 'are from one time until a later one, "16:00-18:00"'))
    if abs((started_on - today).days) > 3 * 366:
        problems.append(Problem("started_on", "lies more than three years away"))
    return tuple(problems)


def _minute(said: str) -> int:
    # Imported when used: every day read has plans in it, and reading what is typed takes ten modules more.
    from frontdesk.domain.when import parse_time

    return parse_time(f"{said}:00" if said.isascii() and said.isdecimal() else said)
