"""The patients' files: added, edited, read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from frontdesk.desk.context import Context
from frontdesk.desk.differing import differing
from frontdesk.desk.file_fields import file_fields
from frontdesk.desk.phones import as_written
from frontdesk.desk.words import day_alone
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Invalid, Refused, Stale
from frontdesk.domain.flags import stamped
from frontdesk.domain.history import NOTHING_MISSED, Missed, history_of
from frontdesk.domain.hours import local_day
from frontdesk.domain.package import Left
from frontdesk.domain.patient import Flag, Patient, PatientDetails, tidied, wrong_with
from frontdesk.domain.patient_file import NOTHING_MORE, FileDetails, tidied_file, wrong_with_file
from frontdesk.domain.plan import Progress
from frontdesk.domain.scores import Taken
from frontdesk.domain.time_text import iso_day
from frontdesk.domain.visit import ENDED
from frontdesk.store import (
    appointments,
    audit,
    clinic,
    erasing,
    file_writes,
    files,
    packages,
    patient_writes,
    patients,
    plans,
)
from frontdesk.store.engine import Writing
from frontdesk.store.subjects import subject_of_patient

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable

OPENED = "patient.open"
"""The entry of a file that was opened, which changes nothing."""
_MOST_COMING = 500
SAME_LOOK_MINUTES = 10
"""Whoever opens a file again so soon looks at the same thing: once in the log is enough to know who saw it."""


class PatientCard(Struct, frozen=True):
    """A patient with their visits: those still to come, soonest first, and the past ones, latest first."""

    patient: Patient
    coming: tuple[Appointment, ...]
    past: tuple[Appointment, ...]
    taken: tuple[Taken, ...] = ()
    """Scores, the latest first."""
    missed: Missed = NOTHING_MISSED
    """What they let lapse."""
    plan: Progress | None = None
    """How far the plan has gone that has not ended."""
    packages: tuple[Left, ...] = ()
    """Prepaid packages, the one bought last first."""


class Patients:
    """Files; each method is one transaction."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def get(self, patient_id: int) -> Patient:
        """One patient's file."""
        with self._context.store.glance() as connection:
            return patients.get(connection, patient_id)

    def card(self, patient_id: int) -> PatientCard:
        """One patient's file with their visits."""
        with self._context.store.glance() as connection:
            patient = patients.get(connection, patient_id)
            visits = appointments.of_patient(connection, patient_id)
            now, zone = self._context.clock.now(), clinic.timezone(connection) or "UTC"
            coming = [one for one in visits if one.status not in ENDED and one.ends > now]
            past = [one for one in visits if one.status in ENDED or one.ends <= now]
            return PatientCard(
                patient,
                tuple(reversed(coming)),
                tuple(past),
                files.scores_of(connection, patient_id),
                history_of(visits, now).missed,
                plans.progress_by_patient(connection, zone, now, (patient_id,)).get(patient_id),
                packages.of_patient(connection, patient_id),
            )

    def opened(self, patient_id: int) -> bool:
        """Logs that this actor opened a patient's file; whether that is news, and not still the same look at it."""
        subject = subject_of_patient(patient_id)
        with self._context.writing() as writing:
            since = writing.at.subtract(minutes=SAME_LOOK_MINUTES)
            entries = audit.of_subject(writing.connection, subject)
            if any(one.what == OPENED and one.who == self._context.actor and one.at > since for one in entries):
                return False
            patients.get(writing.connection, patient_id)
            writing.log(OPENED, subject)
        return True

    def add(self, details: PatientDetails, file: FileDetails = NOTHING_MORE) -> Patient:
        """Opens a file; raises `Invalid` with every field that is wrong."""
        with self._context.writing() as writing:
            kept, also = self._checked(writing, details, file)
            patient = patient_writes.insert(writing.connection, kept, writing.at)
            file_writes.put_files(writing.connection, {patient.id: also})
            writing.log("patient.add", subject_of_patient(patient.id), after={**as_fields(kept), **file_fields(also)})
            return patient

    def take_back(self, patient: Patient) -> str:
        """Takes back that a file was opened, and gives the words for it; the log keeps what it said.

        Raises `Stale` where somebody changed it since, and `Refused` where anything has happened under its number.
        """
        with self._context.writing() as writing:
            now = patients.get(writing.connection, patient.id)
            if now.version != patient.version:
                raise Stale(_who_changed(writing.connection, now).split(";")[0] + "; nothing was taken back")
            if erasing.has_happened(writing.connection, now.id):
                raise Refused(f"{now.name} has a visit, an intake or a plan by now: the file stays")
            erasing.take_out(writing.connection, now.id, at=writing.at, who=writing.who)
            writing.log("patient.add-undo", subject_of_patient(now.id), before=as_fields(now.details))
            return f"{now.name}: the new file #{now.id} is taken back"

    def save(self, patient_id: int, version: int, details: PatientDetails, file: FileDetails | None = None) -> Patient:
        """Changes a file that was read at `version`; raises `Stale` naming who changed it since.

        Without `file` the part of it that only an open file shows stays as it is.
        """
        with self._context.writing() as writing:
            old = patients.get(writing.connection, patient_id)
            had = files.file_of(writing.connection, patient_id)
            kept, also = self._checked(writing, details, had if file is None else file, old.details)
            if old.version != version:
                raise Stale(_who_changed(writing.connection, old))
            if kept == old.details and also == had:
                return old
            patient = patient_writes.update(writing.connection, patient_id, version, kept)
            file_writes.put_files(writing.connection, {patient_id: also})
            was, now = differing(
                {**as_fields(old.details), **file_fields(had)}, {**as_fields(kept), **file_fields(also)}
            )
            writing.log(
                "patient.save",
                subject_of_patient(patient_id),
                before=was,
                after=now,
            )
            return patient

    def still_booked(self, patient_id: int) -> str:
        """Of somebody who comes no more: which visits are booked all the same, and what to do; empty for all others."""
        with self._context.store.glance() as connection:
            patient, found = patients.get(connection, patient_id), clinic.load(connection)
            if found is None or not (patient.details.retired or patient.details.deceased_on):
                return ""
            now = self._context.clock.now()
            coming = appointments.coming_of(connection, patient_id, now, limit=_MOST_COMING)
        if not coming:
            return ""
        first = day_alone(found, coming[0].starts, local_day(now, found.timezone))
        # Short: it stands behind a name in a row of 80 cells.
        if len(coming) == 1:
            return f"1 visit booked on {first}: cancel it"
        return f"{len(coming)} visits booked from {first}: cancel them"

    def _checked(
        self, writing: Writing, details: PatientDetails, file: FileDetails, before: PatientDetails | None = None
    ) -> tuple[PatientDetails, FileDetails]:
        found = clinic.load(writing.connection)
        today = local_day(writing.at, found.timezone if found else "UTC")
        region = found.phone_region if found else ""
        had = before.phones if before else ()
        kept = tidied(details)
        kept = replace(
            kept,
            phones=tuple(phone if phone in had else as_written(phone, region) for phone in kept.phones),
            flags=stamped(kept.flags, before.flags if before else (), writing.who, today),
        )
        also = tidied_file(file, lambda phone: as_written(phone, region))
        problems = (*wrong_with(kept, today), *wrong_with_file(also, today))
        if problems:
            raise Invalid(problems)
        return kept, also


def as_fields(details: PatientDetails) -> dict[str, object]:
    """A patient's details as the log keeps them; what is empty is left out."""
    fields: dict[str, object] = {
        "given": details.given,
        "family": details.family,
        "known_as": details.known_as,
        "former_name": details.former_name,
        "original_name": details.original_name,
        "birth_date": iso_day(details.birth_date),
        "sex": details.sex.value if details.sex else None,
        "phones": list(details.phones),
        "email": details.email,
        "address": details.address,
        "notes": details.notes,
        "deceased_on": iso_day(details.deceased_on),
        "retired": details.retired,
        "flags": [flag_fields(flag) for flag in details.flags],
    }
    return {key: value for key, value in fields.items() if value}


def flag_fields(flag: Flag) -> str | dict[str, object]:
    """A flag as the log keeps it: its words, and what else is known of it."""
    more: dict[str, object] = {
        "since": iso_day(flag.since),
        "until": iso_day(flag.until),
        "set_by": flag.set_by,
    }
    known = {key: value for key, value in more.items() if value}
    return {"flag": flag.words, **known} if known else flag.words


def _who_changed(connection: Askable, patient: Patient) -> str:
    entries = audit.of_subject(connection, subject_of_patient(patient.id))
    who = next((entry.who for entry in entries if entry.what in ("patient.save", "patient.add")), "somebody else")
    return f"{patient.name} was changed by {who} meanwhile; your text is still here: look at theirs, then save again"
