"""One patient's whole record: written out for them, and erased when it need be kept no longer."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict
from pendulum import DateTime

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
from frontdesk.domain.plan import Plan
from frontdesk.domain.time_text import date_text, iso_day
from frontdesk.domain.visit import ENDED, ENDED_UNSEEN
from frontdesk.domain.waiting import Waiting
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
            record = {"clinic": clinic.name, "written_at": _instant(writing.at, clinic), **record}
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
    visits = _visits(connection, patient.id)
    subjects = [subject_of_patient(patient.id), *(subject_of(one.id) for one in visits)]
    tried = reminders.of_visits(connection, [one.id for one in visits])
    entries = [entry for subject in subjects for entry in audit.of_subject(connection, subject, limit=_ALL)]
    return {
        "patient": {"id": patient.id, **as_fields(patient.details)},
        "flags": [
            {
                "kind": flag.kind.value,
                "note": flag.note,
                "since": iso_day(flag.since),
                "until": iso_day(flag.until),
                "set_by": flag.set_by,
            }
            for flag in patient.details.flags
        ],
        "file": file_fields(files.file_of(connection, patient.id)),
        "intakes": [
            {"taken_by": one.taken_by, **intake_fields(one)} for one in files.intakes_of(connection, patient.id)
        ],
        "scores": [
            {"at": _instant(one.at, clinic), "taken_by": one.taken_by, **asdict(one.scores)}
            for one in files.scores_of(connection, patient.id)
        ],
        "plans": [_plan(one) for one in plans.of_patient(connection, patient.id)],
        "packages": [
            {
                "visits": one.package.visits,
                "used": one.used,
                "service": one.package.service.name if one.package.service else None,
                "bought_on": one.package.bought_on.isoformat(),
                "expires_on": iso_day(one.package.expires_on),
                "sold_by": one.package.sold_by,
            }
            for one in packages.of_patient(connection, patient.id)
        ],
        "recalls": [
            {
                "at": _instant(one.at, clinic),
                "who": one.who,
                "about": one.about.value,
                "result": one.result.value,
                "words": one.words,
                "next_on": iso_day(one.next_on),
            }
            for one in recalls.of_patient(connection, patient.id)
        ],
        "visits": [_visit(one, clinic) for one in visits],
        "waiting_list": [_waiting(one, clinic) for one in waiting.of_patient(connection, patient.id)],
        "reminders": [
            {
                "appointment": one.appointment_id,
                "of": _instant(one.starts, clinic),
                "at": _instant(one.at, clinic),
                "by": one.channel.value,
                "result": one.result.value,
                "address": one.address,
                "text": one.text,
            }
            for visit_id in sorted(tried)
            for one in tried[visit_id]
        ],
        "log": [
            {"at": _instant(one.at, clinic), "who": one.who, "what": one.what, "before": one.before, "after": one.after}
            for one in sorted(entries, key=lambda entry: entry.seq)
        ],
    }


def _plan(plan: Plan) -> dict[str, Any]:
    details = plan.details
    return {
        "complaint": details.complaint,
        "cadence": details.cadence.value,
        "planned": details.planned,
        "reassess_at": details.reassess_at,
        "service": details.service.name,
        "practitioner": details.practitioner.name if details.practitioner else None,
        "wishes": details.wish_words,
        "started_on": plan.started_on.isoformat(),
        "decided_by": plan.decided_by,
        "paused_on": iso_day(plan.paused_on),
        "paused_until": iso_day(plan.paused_until),
        "ended_on": iso_day(plan.ended_on),
        "outcome": plan.outcome.value if plan.outcome else None,
        "outcome_note": plan.outcome_note,
    }


def _visit(visit: Appointment, clinic: Clinic) -> dict[str, Any]:
    facts = visit.facts
    return {
        "id": visit.id,
        "service": visit.service.name,
        "practitioner": visit.practitioner.name,
        "room": visit.room.name if visit.room else None,
        "status": visit.status.value,
        "starts": _instant(visit.starts, clinic),
        "arrived_at": _instant(facts.arrived_at, clinic),
        "began_at": _instant(facts.began_at, clinic),
        "ended_at": _instant(facts.ended_at, clinic),
        "reason": facts.reason,
        "needles": [
            {
                "in_at": _instant(one.in_at, clinic),
                "out_at": _instant(one.out_at, clinic),
                "in": one.count_in,
                "out": one.count_out,
                "kept": one.kept,
                "missing": one.missing,
                "missing_reason": one.missing_reason,
            }
            for one in visit.retentions
        ],
    }


def _waiting(entry: Waiting, clinic: Clinic) -> dict[str, Any]:
    return {
        "since": _instant(entry.since, clinic),
        "added_by": entry.added_by,
        "service": entry.wish.service.name,
        "earlier_than": entry.visit.id if entry.visit else None,
        "wish": entry.wish.words,
        "urgent": entry.wish.urgent,
        "note": entry.wish.note,
        "ended_at": _instant(entry.ended_at, clinic),
        "ending": entry.ending.value if entry.ending else None,
        "reason": entry.reason,
        "booked": entry.booked_id,
    }


def _instant(moment: DateTime | None, clinic: Clinic) -> str | None:
    return moment.in_timezone(clinic.timezone).isoformat(timespec="seconds") if moment else None
