"""The close of the day: nobody is left behind, and the list of what is open says who."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct, field
from pendulum import DateTime

from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.days import sheet_of
from frontdesk.desk.steps import save, step_values
from frontdesk.desk.words import at_clock
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.closing import DayClose, Need, day_close
from frontdesk.domain.day import Closed, DaySheet
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import day_span, local_day
from frontdesk.domain.kept import KeptNeedles
from frontdesk.domain.patient import Patient
from frontdesk.domain.plan import Progress
from frontdesk.domain.recall import ContactResult
from frontdesk.domain.time_text import long_day, short_day
from frontdesk.domain.visit import NOT_BEGUN, Action, Status
from frontdesk.store import appointments, close_writes, kept_needles, patients, plans, recalls
from frontdesk.store.engine import Writing
from frontdesk.store.subjects import subject_of_day

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable

SEEN = frozenset({Status.NEEDLES_OUT, Status.CHECKED_OUT})
MOST_NAMED = 6
"""People that one line of refusal names; the list has them all."""


class Unbooked(Struct, frozen=True):
    """A patient whose plan runs, has visits left and nothing booked; `here` is whether they were seen on the day."""

    patient: Patient
    progress: Progress
    here: bool


class CloseSheet(Struct, frozen=True):
    """A day as its close sees it, and the next day on which anything is booked within a week."""

    sheet: DaySheet
    close: DayClose
    next_day: date
    next_visits: tuple[Appointment, ...]
    kept: tuple[KeptNeedles, ...] = ()
    """Every needle kept by plan that is not known to be out, of any day, the soonest removal day first."""
    unbooked: tuple[Unbooked, ...] = ()
    """Whose plan says come and who is booked for nothing, those who were here on the day first."""
    recalls: Mapping[ContactResult, int] = field(default_factory=dict)
    """What came of asking patients to come again, on the day."""

    @property
    def closed(self) -> Closed | None:
        """The last time it was closed; None while it is open."""
        return self.sheet.closed

    @property
    def is_closed(self) -> bool:
        """Whether it was closed and nothing has changed since."""
        return self.sheet.is_closed


class Closing:
    """Looks at the end of a day, and closes it."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def look(self, day: date | None = None) -> CloseSheet:
        """What is open of a day, today unless said otherwise; changes nothing."""
        with self._context.store.glance() as connection:
            return self._sheet(connection, day)

    def close(self, day: date | None = None, *, no_shows: bool = False) -> CloseSheet:
        """Closes a day; raises `Refused` naming who is in the house, who never came, who is still to come.

        With `no_shows`, everybody who never came is marked so first, in the same transaction. A day that is closed
        and has not changed since stays as it is.
        """
        with self._context.writing() as writing:
            found = self._sheet(writing.connection, day)
            sheet = found.sheet
            if sheet.day > local_day(writing.at, sheet.clinic.timezone):
                raise Refused(f"{long_day(sheet.day)} has not come yet: it can't be closed")
            if no_shows and found.close.of(Need.NO_SHOW):
                for one in found.close.of(Need.NO_SHOW):
                    save(writing, one, "visit.no-show", step_values(writing, one, Action.NO_SHOW))
                found = self._sheet(writing.connection, sheet.day)
            if found.close.open:
                never = found.close.of(Need.NO_SHOW)
                raise Refused(refusal(found), option="--no-shows marks them all" if never else "")
            if found.is_closed:
                return found
            self._write(writing, found)
            return self._sheet(writing.connection, sheet.day)

    def _sheet(self, connection: Askable, day: date | None) -> CloseSheet:
        clinic = clinic_of(connection)
        now = self._context.clock.now()
        sheet = sheet_of(connection, clinic, day or local_day(now, clinic.timezone))
        following = next_day(connection, clinic, sheet.day)
        unbooked = _unbooked(connection, sheet, now)
        kept, asked = kept_needles.still_in(connection), recalls.results_within(connection, sheet.span)
        return CloseSheet(sheet, day_close(sheet, now), *following, kept, unbooked, asked)

    def _write(self, writing: Writing, found: CloseSheet) -> None:
        day, close = found.sheet.day, found.close
        close_writes.add(writing.connection, day, until=found.sheet.span.ends, at=writing.at, who=writing.who)
        before = None if found.closed is None else {"closed_by": found.closed.who}
        writing.log(
            "day.close",
            subject_of_day(day),
            before=before,
            after={
                "seen": close.seen,
                "no_shows": close.no_shows,
                "cancelled": close.cancelled,
                "left": close.left,
                "kept": sum(side.kept for one in close.kept for side in one.retentions),
                "missing": sum(side.missing for one in close.missing for side in one.retentions),
            },
        )


def refusal(found: CloseSheet, how: str = "", most: int = MOST_NAMED) -> str:
    """Why a day can't be closed, in one line that says what to do; `how` follows the marking of no-shows.

    Of each kind as many as `most` are named, the most urgent first, and the others counted.
    """
    close, clinic = found.close, found.sheet.clinic
    parts: list[str] = []
    here = [one for one in close.open if one.need not in (Need.NO_SHOW, Need.EXPECTED)]
    if here:
        named = [f"{one.visit.patient.name}{_in_room(one.visit)} ({one.need.words})" for one in here[:most]]
        parts.append(f"still here: {_listed(named, len(here))}")
    never = close.of(Need.NO_SHOW)
    if never:
        named = [f"{one.patient.name} {at_clock(clinic, one.starts)}" for one in never[:most]]
        parts.append(f"never came: {_listed(named, len(never))}; mark them as no-shows{how}")
    coming = close.of(Need.EXPECTED)
    if coming:
        named = [f"{one.patient.name} {at_clock(clinic, one.starts)}" for one in coming[:most]]
        parts.append(f"still to come: {_listed(named, len(coming))}")
    day = found.sheet.day
    return f"{short_day(day)} can't be closed; {'; '.join(parts)}"


def _unbooked(connection: Askable, sheet: DaySheet, now: DateTime) -> tuple[Unbooked, ...]:
    today = local_day(now, sheet.clinic.timezone)
    far = plans.progress_by_patient(connection, sheet.clinic.timezone, now)
    wanting = {patient_id: one for patient_id, one in far.items() if one.wants_booking(today)}
    people = patients.by_ids(connection, wanting)
    seen = {one.patient.id for one in sheet.appointments if one.status in SEEN}
    found = [Unbooked(people[key], one, key in seen) for key, one in wanting.items() if key in people]
    return tuple(sorted(found, key=lambda one: (not one.here, one.progress.expected_on, one.patient.id)))


def next_day(connection: Askable, clinic: Clinic, day: date) -> tuple[date, tuple[Appointment, ...]]:
    """The day after, or the next within a week on which anybody is booked."""
    following = date.fromordinal(day.toordinal() + 1)
    for ahead in range(7):
        then = date.fromordinal(following.toordinal() + ahead)
        span = day_span(then, clinic.timezone)
        booked = [one for one in appointments.between(connection, span, NOT_BEGUN) if one.starts >= span.starts]
        if booked:
            return then, tuple(booked)
    return following, ()


def _in_room(visit: Appointment) -> str:
    return f" in {visit.room.name}" if visit.room is not None and visit.holds_room else ""


def _listed(named: list[str], whole: int) -> str:
    more = f" and {whole - len(named)} more" if whole > len(named) else ""
    return ", ".join(named) + more
