"""The clinic's patients and its calendar, out for other programs: in a new file, whole or not at all.

Read at one moment and a portion at a time, so that nobody waits for it and memory does not grow with the clinic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.transfer import WINDOW_DAYS
from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import Span, day_span
from frontdesk.store import appointments, blocks, register, snapshot

if TYPE_CHECKING:
    from frontdesk.domain.clinic import Clinic
    from frontdesk.domain.patient import Patient
    from frontdesk.domain.patient_file import FileDetails
    from frontdesk.store.engine import Askable

_DAYS_AT_ONCE = 28
"""Days of the calendar that are in memory together."""


class ExportKind(StrEnum):
    """What can be had, by the names that it is asked for."""

    PATIENTS_CSV = "patients.csv"
    PATIENTS_JSON = "patients.json"
    CALENDAR = "calendar.ics"


class Exported(Struct, frozen=True):
    """What is in a file that was written; `first_day` and `last_day` are a calendar's."""

    kind: ExportKind
    file: Path
    patients: int = 0
    retired: int = 0
    """Of the patients, those whose files are put away."""
    appointments: int = 0
    blocks: int = 0
    first_day: date | None = None
    last_day: date | None = None

    @property
    def facts(self) -> dict[str, Any]:
        """How many of each, and of which days, by the words that the log and scripts know them by."""
        if self.kind is not ExportKind.CALENDAR:
            return {"patients": self.patients, "retired": self.retired}
        assert self.first_day is not None
        assert self.last_day is not None
        days = {"from": self.first_day.isoformat(), "until": self.last_day.isoformat()}
        return {"appointments": self.appointments, "blocks": self.blocks, **days}


class Exports:
    """Each method is one transaction, and one short one for its entry in the log."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def patients(self, kind: ExportKind, target: Path) -> Exported:
        """Writes everybody on file into a new file (0600), and that it was, into the log.

        Raises `Refused` where the file is there already or can't be written.
        """
        return self._write(_Patients(self._context, Exported(kind, target)))

    def calendar(self, target: Path, first: date | None = None, last: date | None = None) -> Exported:
        """Writes the appointments and blocks of some days likewise: from today on, for a year, unless said otherwise.

        Raises `Refused` also where there are none, since a calendar can't be empty.
        """
        return self._write(_Calendar(self._context, Exported(ExportKind.CALENDAR, target), first, last))

    def _write(self, export: _Patients | _Calendar) -> Exported:
        def make(scratch: Path) -> None:
            with self._context.store.glance() as connection:
                snapshot.fill(scratch, export.parts(connection))
            # Logged before the file has its name: none is anywhere of which the log does not know.
            done = export.done
            with self._context.writing() as writing:
                what = "calendar" if done.kind is ExportKind.CALENDAR else "patients"
                after = {"file": done.file.name, **done.facts}
                writing.log(f"export.{what}", f"file {done.file.name}"[:80], after=after)

        snapshot.publish(export.done.file, make)
        return export.done


class _Patients:
    """Everybody on file on the way out, counted."""

    def __init__(self, context: Context, done: Exported) -> None:
        self._context = context
        self.done = done

    def parts(self, connection: Askable) -> Iterable[bytes]:
        # Imported when used, as the calendar's is: each brings what the other does without.
        from frontdesk.exchange.fhir_patients import patient_bundle
        from frontdesk.exchange.register_csv import register_csv

        clinic, database_id = clinic_of(connection), self._context.store.database_id
        people = self._counted(register.everybody(connection))
        if self.done.kind is ExportKind.PATIENTS_CSV:
            return register_csv(people, database_id=database_id, today=self._context.today(clinic.timezone))
        now = self._context.clock.now().in_timezone(clinic.timezone)
        return patient_bundle(people, database_id=database_id, at=now)

    def _counted(self, people: Iterable[tuple[Patient, FileDetails]]) -> Iterator[tuple[Patient, FileDetails]]:
        count = retired = 0
        for patient, file in people:
            count += 1
            retired += patient.details.retired
            yield patient, file
        self.done = replace(self.done, patients=count, retired=retired)


class _Calendar:
    """Some days of the calendar on the way out, counted."""

    def __init__(self, context: Context, done: Exported, first: date | None, last: date | None) -> None:
        self._context = context
        self.done = done
        self._first, self._last = first, last

    def parts(self, connection: Askable) -> Iterable[bytes]:
        from frontdesk.exchange.ics_calendar import calendar_ics

        clinic = clinic_of(connection)
        now = self._context.clock.now()
        first = self._first or self._context.today(clinic.timezone)
        last = self._last or first + timedelta(days=WINDOW_DAYS)
        if last < first:
            raise Refused(f"the days end on {last} before they begin on {first}")
        self.done = replace(self.done, first_day=first, last_day=last)
        entries = self._counted(_entries(connection, clinic, first, last))
        begins = next(entries, None)
        if begins is None:
            raise Refused(f"nothing is in the calendar from {first} until {last}; name other days")
        return calendar_ics(
            chain((begins,), entries),
            first=first,
            last=last,
            timezone=clinic.timezone,
            database_id=self._context.store.database_id,
            at=now,
        )

    def _counted(self, entries: Iterable[Appointment | Block]) -> Iterator[Appointment | Block]:
        visits = taken = 0
        for entry in entries:
            visits += isinstance(entry, Appointment)
            taken += isinstance(entry, Block)
            yield entry
        self.done = replace(self.done, appointments=visits, blocks=taken)


def _entries(connection: Askable, clinic: Clinic, first: date, last: date) -> Iterator[Appointment | Block]:
    """What shares time with the days, each once; by start, but for what began before them."""
    day = first
    while day <= last:
        until = min(day + timedelta(days=_DAYS_AT_ONCE - 1), last)
        span = Span(day_span(day, clinic.timezone).starts, day_span(until, clinic.timezone).ends)
        found: list[Appointment | Block] = [*appointments.between(connection, span), *blocks.between(connection, span)]
        for entry in sorted(found, key=lambda one: one.starts):
            if entry.starts >= span.starts or day == first:
                yield entry
        day = until + timedelta(days=1)
