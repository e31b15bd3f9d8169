"""One patient's whole record: written out for them, and erased when it need be kept no longer."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pendulum import DateTime

from frontdesk.desk import record_fields
from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.file_fields import file_fields, intake_fields
from frontdesk.desk.patients import as_fields
from frontdesk.desk.words import on_day
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import local_day
from frontdesk.domain.keeping import kept_until
from frontdesk.domain.naming import plain
from frontdesk.domain.patient import Patient
from frontdesk.domain.time_text import date_text, iso_instant
from frontdesk.domain.visit import ENDED, ENDED_UNSEEN
from frontdesk.store import (
    appointments,
    audit,
    erasing,
    files,
    packages,
    patients,
    plans,
    recalls,
    reminders,
    snapshot,
    waiting,
)
from frontdesk.store.subjects import subject_of, subject_of_patient

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable

_ALL = 1_000_000
"""More visits and entries than anybody has."""


class Records:
    """Each method is one transaction."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def write(self, patient_id: int, target: Path) -> Path:
        """Writes everything that is kept of a patient into a new JSON file (0600), and that it was, into the log.

        Raises `Refused` where the file is there already or can't be written.
        """
        with self._context.writing() as writing:
            connection = writing.connection
            clinic = clinic_of(connection)
            record = _record(connection, clinic, patients.get(connection, patient_id))
            record = {"clinic": clinic.name, "written_at": iso_instant(writing.at, clinic.timezone), **record}
            text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
            # Logged first: a record that left the house is in the log even where the disk then fails.
            writing.log("patient.export", subject_of_patient(patient_id), after={"file": target.name})
            snapshot.publish_data(target, text.encode())
        return target

    def kept_until(self, patient_id: int) -> date | None:
        """The first day on which a file may be erased; None where it may be at any time."""
        with self._context.store.glance() as connection:
            clinic = clinic_of(connection)
            return _kept_until(clinic, patients.get(connection, patient_id), _visits(connection, patient_id))

    def may_be_erased(self, patient_id: int) -> None:
        """Raises `Refused` while a file must be kept, or while anything of it is still to come."""
        with self._context.store.glance() as connection:
            patient, visits = patients.get(connection, patient_id), _visits(connection, patient_id)
            _refuse_early(self._context.clock.now(), clinic_of(connection), patient, visits)

    def erase(self, patient_id: int, name: str) -> str:
        """Erases a file for good and gives the words for it: nothing stays but that visits were, and their counts.

        `name` is the patient's, as they who ask must say it once more. Raises `Refused` for another name, while the
        file must be kept, or while anything of it is still to come.
        """
        with self._context.writing() as writing:
            connection = writing.connection
            clinic = clinic_of(connection)
            patient = patients.get(connection, patient_id)
            if erasing.is_erased(connection, patient_id):
                raise Refused(f"the file #{patient_id} was erased already")
            visits = _visits(connection, patient_id)
            _refuse_early(writing.at, clinic, patient, visits)
            if not is_called(patient, name):
                raise Refused(f"#{patient_id} is not called that: say the whole name of the file that is to be erased")
            erasing.erase(connection, patient_id, at=writing.at, who=writing.who)
            writing.log("patient.erase", subject_of_patient(patient_id), after={"visits": len(visits)})
            stay = "1 visit stays" if len(visits) == 1 else f"{len(visits)} visits stay"
            return f"the file #{patient_id} is erased; {stay} without a name"


def is_called(patient: Patient, typed: str) -> bool:
    """Whether what was typed is a patient's whole name, either way round."""
    details = patient.details
    return plain(typed) in {plain(details.name), plain(f"{details.given} {details.family}")}


def _refuse_early(at: DateTime, clinic: Clinic, patient: Patient, visits: list[Appointment]) -> None:
    open_ones = [one for one in visits if one.status not in ENDED]
    if open_ones:
        first = min(open_ones, key=lambda one: one.starts)
        when = on_day(clinic, first.starts, local_day(at, clinic.timezone))
        raise Refused(
            f"{patient.name} has a visit that has not ended, {when}: end or cancel it",
            option=f"appointment {first.id}",
        )
    if any(one.kept and one.kept_out_at is None for visit in visits for one in visit.retentions):
        raise Refused(f"{patient.name} went with needles in that nobody has noted as out: settle that first")
    until = _kept_until(clinic, patient, visits)
    if until is not None and local_day(at, clinic.timezone) < until:
        raise Refused(
            f"the file of {patient.name} is kept until {date_text(until)}: {clinic.keep_years} years from the last"
            " visit on, or from coming of age"
        )


def _visits(connection: Askable, patient_id: int) -> list[Appointment]:
    return list(appointments.of_patient(connection, patient_id, limit=_ALL))


def _kept_until(clinic: Clinic, patient: Patient, visits: list[Appointment]) -> date | None:
    treated = [local_day(one.starts, clinic.timezone) for one in visits if one.status not in ENDED_UNSEEN]
    return kept_until(max(treated, default=None), patient.details.birth_date, clinic.keep_years)


def _record(connection: Askable, clinic: Clinic, patient: Patient) -> dict[str, Any]:
    key, zone = patient.id, clinic.timezone
    visits = _visits(connection, key)
    subjects = [subject_of_patient(key), *(subject_of(one.id) for one in visits)]
    tried = reminders.of_visits(connection, [one.id for one in visits])
    entries = [entry for subject in subjects for entry in audit.of_subject(connection, subject, limit=_ALL)]
    return {
        "patient": {"id": key, **as_fields(patient.details)},
        "flags": [record_fields.flag(one) for one in patient.details.flags],
        "file": file_fields(files.file_of(connection, key)),
        "intakes": [{"taken_by": one.taken_by, **intake_fields(one)} for one in files.intakes_of(connection, key)],
        "scores": [record_fields.scores(one, zone) for one in files.scores_of(connection, key)],
        "plans": [record_fields.plan(one) for one in plans.of_patient(connection, key)],
        "packages": [record_fields.package(one) for one in packages.of_patient(connection, key)],
        "recalls": [record_fields.contact(one, zone) for one in recalls.of_patient(connection, key)],
        "visits": [record_fields.visit(one, zone) for one in visits],
        "waiting_list": [record_fields.waiting(one, zone) for one in waiting.of_patient(connection, key)],
        "reminders": [record_fields.reminder(one, zone) for visit_id in sorted(tried) for one in tried[visit_id]],
        "log": [record_fields.entry(one, zone) for one in sorted(entries, key=lambda entry: entry.seq)],
    }
