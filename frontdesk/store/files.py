"""What a patient's file holds beyond the details: read when it is opened, one row each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from frontdesk.domain.errors import Stale
from frontdesk.domain.intake import Cause, Intake, IntakeDetails, Severity, Symptom
from frontdesk.domain.patient_file import NOTHING_MORE, ContactBy, FileDetails
from frontdesk.domain.scores import Scores, Taken
from frontdesk.store import schema
from frontdesk.store.tables import new_id, plain, put_rows

_BATCH = 2_000
"""Rows in one insert."""
MOST_SCORES = 500
"""Takings read for a course: the newest, ten years of weekly visits."""


def file_of(conn: Connection, patient_id: int) -> FileDetails:
    """The file of a patient; nothing is known where there is no row."""
    table = schema.patient_file
    row = conn.execute(sa.select(table).where(table.c.patient_id == patient_id)).mappings().first()
    if row is None:
        return NOTHING_MORE
    values = {name: value for name, value in row.items() if name != "patient_id"}
    by = values.pop("preferred_contact")
    return FileDetails(preferred_contact=ContactBy(by) if by else None, **values)


def put_files(conn: Connection, files: Mapping[int, FileDetails]) -> None:
    """Writes what is known of patients in place of what was; an empty file is no row."""
    table = schema.patient_file
    for patient_id, details in files.items():
        if details == NOTHING_MORE:
            conn.execute(sa.delete(table).where(table.c.patient_id == patient_id))
    put_rows(
        conn,
        table,
        [
            {"patient_id": patient_id, **asdict(details), "preferred_contact": plain(details.preferred_contact) or ""}
            for patient_id, details in files.items()
            if details != NOTHING_MORE
        ],
    )


def intakes_of(conn: Connection, patient_id: int) -> tuple[Intake, ...]:
    """The intakes of a patient, the latest first."""
    table = schema.intake
    found = conn.execute(
        sa.select(table).where(table.c.patient_id == patient_id).order_by(table.c.taken_on.desc(), table.c.id.desc())
    )
    return tuple(_intake(row) for row in found.mappings())


def intake(conn: Connection, intake_id: int) -> Intake | None:
    """One intake, None where there is none of that number."""
    table = schema.intake
    row = conn.execute(sa.select(table).where(table.c.id == intake_id)).mappings().first()
    return None if row is None else _intake(row)


def insert_intake(conn: Connection, one: Intake) -> int:
    """Writes a new intake, whatever number it bears; gives the one it got."""
    return new_id(conn.execute(sa.insert(schema.intake).values(**_intake_columns(one), version=1)))


def update_intake(conn: Connection, one: Intake) -> None:
    """Saves an intake over the version it was made from; raises `Stale` when someone else has saved since."""
    table = schema.intake
    saved = conn.execute(
        sa.update(table)
        .where(table.c.id == one.id, table.c.version == one.version)
        .values(**_intake_columns(one), version=one.version + 1)
    )
    if saved.rowcount == 0:
        raise Stale("this intake was changed since you read it; nothing was saved")


def delete_intake(conn: Connection, intake_id: int) -> None:
    """Takes an intake back."""
    conn.execute(sa.delete(schema.intake).where(schema.intake.c.id == intake_id))


def scores_of(conn: Connection, patient_id: int) -> tuple[Taken, ...]:
    """The scores of a patient, the latest first."""
    table = schema.score
    found = conn.execute(
        sa.select(table)
        .where(table.c.patient_id == patient_id)
        .order_by(table.c.at.desc(), table.c.id.desc())
        .limit(MOST_SCORES)
    )
    return tuple(_taken(row) for row in found.mappings())


def scores(conn: Connection, score_id: int) -> Taken | None:
    """One taking of scores, None where there is none of that number."""
    row = conn.execute(sa.select(schema.score).where(schema.score.c.id == score_id)).mappings().first()
    return None if row is None else _taken(row)


def scores_at(conn: Connection, appointment_id: int) -> Taken | None:
    """The scores taken at a visit."""
    table = schema.score
    row = conn.execute(sa.select(table).where(table.c.appointment_id == appointment_id)).mappings().first()
    return None if row is None else _taken(row)


def insert_scores(conn: Connection, one: Taken) -> int:
    """Writes scores, whatever number they bear; gives the one they got."""
    return new_id(conn.execute(sa.insert(schema.score).values(_score_columns(one))))


def update_scores(conn: Connection, one: Taken) -> None:
    """Writes scores in place of what was taken under the same number."""
    conn.execute(sa.update(schema.score).where(schema.score.c.id == one.id).values(_score_columns(one)))


def delete_scores(conn: Connection, score_id: int) -> None:
    """Takes scores back."""
    conn.execute(sa.delete(schema.score).where(schema.score.c.id == score_id))


def insert_many(conn: Connection, intakes: Sequence[Intake], taken: Sequence[Taken]) -> None:
    """Writes many new intakes and scores at once, whatever numbers they bear."""
    for table, rows in (
        (schema.intake, [_intake_columns(one) for one in intakes]),
        (schema.score, [_score_columns(one) for one in taken]),
    ):
        for first in range(0, len(rows), _BATCH):
            conn.execute(sa.insert(table), rows[first : first + _BATCH])


def _intake(row: Mapping[Any, Any]) -> Intake:
    details = IntakeDetails(
        complaint=row["complaint"],
        severity=Severity(row["severity"]) if row["severity"] else None,
        symptoms=tuple(one for one in Symptom if one.value in row["symptoms"]),
        places=row["places"],
        causes=tuple(one for one in Cause if one.value in row["causes"]),
        history=row["history"],
        lifestyle=row["lifestyle"],
    )
    return Intake(row["id"], row["version"], row["patient_id"], row["taken_on"], row["taken_by"], details)


def _intake_columns(one: Intake) -> dict[str, Any]:
    details = one.details
    return {
        "patient_id": one.patient_id,
        "taken_on": one.taken_on,
        "taken_by": one.taken_by,
        "complaint": details.complaint,
        "severity": plain(details.severity) or "",
        "symptoms": [symptom.value for symptom in details.symptoms],
        "places": details.places,
        "causes": [cause.value for cause in details.causes],
        "history": details.history,
        "lifestyle": details.lifestyle,
    }


def _taken(row: Mapping[Any, Any]) -> Taken:
    points = Scores(**{name: row[name] for name in schema.SCORES})
    return Taken(row["id"], row["patient_id"], row["appointment_id"], row["at"], row["taken_by"], points)


def _score_columns(one: Taken) -> dict[str, Any]:
    return {
        "patient_id": one.patient_id,
        "appointment_id": one.appointment_id,
        "at": one.at,
        "taken_by": one.taken_by,
        **asdict(one.scores),
    }
