"""What a patient's file holds beyond the details: read when it is opened, one row each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from frontdesk.domain.instants import from_ms
from frontdesk.domain.intake import Cause, Intake, IntakeDetails, Severity, Symptom
from frontdesk.domain.patient_file import DATES, FIELDS, NOTHING_MORE, ContactBy, FileDetails
from frontdesk.domain.scores import Scores, Taken
from frontdesk.store.question import Question, as_day, as_day_or_none, as_document

if TYPE_CHECKING:
    from frontdesk.store.question import Askable

MOST_SCORES = 500
"""Takings read for a course: the newest, ten years of weekly visits."""
_SCORES = Scores.__struct_fields__
_INTAKE = (
    "id, version, patient_id, taken_on, taken_by, complaint, severity, symptoms, places, causes, history, lifestyle"
)


def file_of(conn: Askable, patient_id: int) -> FileDetails:
    """The file of a patient; nothing is known where there is no row."""
    return files_of(conn, (patient_id,)).get(patient_id, NOTHING_MORE)


def files_of(conn: Askable, ids: Iterable[int]) -> dict[int, FileDetails]:
    """The files of those patients; those of whom nothing is known beyond the details are left out."""
    ask = Question(conn)
    words = f"SELECT patient_id, {', '.join(FIELDS)} FROM patient_file WHERE {ask.is_among('patient_id', ids)}"
    return {key: _file(row) for key, *row in ask.rows(words)}


def _file(row: Sequence[Any]) -> FileDetails:
    values: dict[str, Any] = dict(zip(FIELDS, row, strict=True))
    by = values.pop("preferred_contact")
    values.update({name: as_day_or_none(values[name]) for name in DATES})
    return FileDetails(preferred_contact=ContactBy(by) if by else None, **values)


def intakes_of(conn: Askable, patient_id: int) -> tuple[Intake, ...]:
    """The intakes of a patient, the latest first."""
    ask = Question(conn)
    which = f"patient_id = {ask.bind(patient_id)}"
    return tuple(map(_intake, ask.rows(f"SELECT {_INTAKE} FROM intake WHERE {which} ORDER BY taken_on DESC, id DESC")))


def intake(conn: Askable, intake_id: int) -> Intake | None:
    """One intake, None where there is none of that number."""
    ask = Question(conn)
    row = ask.first(f"SELECT {_INTAKE} FROM intake WHERE id = {ask.bind(intake_id)}")
    return None if row is None else _intake(row)


def scores_of(conn: Askable, patient_id: int) -> tuple[Taken, ...]:
    """The scores of a patient, the latest first."""
    ask = Question(conn)
    return _taken(ask, f"patient_id = {ask.bind(patient_id)} ORDER BY at DESC, id DESC LIMIT {MOST_SCORES}")


def scores(conn: Askable, score_id: int) -> Taken | None:
    """One taking of scores, None where there is none of that number."""
    ask = Question(conn)
    return next(iter(_taken(ask, f"id = {ask.bind(score_id)}")), None)


def scores_at(conn: Askable, appointment_id: int) -> Taken | None:
    """The scores taken at a visit."""
    ask = Question(conn)
    return next(iter(_taken(ask, f"appointment_id = {ask.bind(appointment_id)}")), None)


def _intake(row: Any) -> Intake:
    key, version, patient_id, taken_on, taken_by, complaint, severity, symptoms, places, causes, history, life = row
    named, from_what = as_document(symptoms), as_document(causes)
    details = IntakeDetails(
        complaint=complaint,
        severity=Severity(severity) if severity else None,
        symptoms=tuple(one for one in Symptom if one.value in named),
        places=places,
        causes=tuple(one for one in Cause if one.value in from_what),
        history=history,
        lifestyle=life,
    )
    return Intake(key, version, patient_id, as_day(taken_on), taken_by, details)


def _taken(ask: Question, which: str) -> tuple[Taken, ...]:
    found = ask.rows(
        f"SELECT id, patient_id, appointment_id, at, taken_by, {', '.join(_SCORES)} FROM score WHERE {which}"
    )
    return tuple(
        Taken(key, patient_id, visit, from_ms(at), taken_by, Scores(*points))
        for key, patient_id, visit, at, taken_by, *points in found
    )
