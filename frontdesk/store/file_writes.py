"""Writes what a patient's file holds beyond the details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from frontdesk.domain.errors import Stale
from frontdesk.domain.intake import Intake
from frontdesk.domain.patient_file import NOTHING_MORE, FileDetails
from frontdesk.domain.scores import Taken
from frontdesk.store import core as sa
from frontdesk.store import schema
from frontdesk.store.tables import insert_rows, new_id, plain, put_rows, saved_over

if TYPE_CHECKING:
    from sqlalchemy import Connection


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


def insert_intake(conn: Connection, one: Intake) -> int:
    """Writes a new intake, whatever number it bears; gives the one it got."""
    return new_id(conn.execute(sa.insert(schema.intake).values(**_intake_columns(one), version=1)))


def update_intake(conn: Connection, one: Intake) -> None:
    """Saves an intake over the version it was made from; raises `Stale` when someone else has saved since."""
    if not saved_over(conn, schema.intake, one.id, one.version, _intake_columns(one)):
        raise Stale("this intake was changed since you read it; nothing was saved")


def delete_intake(conn: Connection, intake_id: int) -> None:
    """Takes an intake back."""
    conn.execute(sa.delete(schema.intake).where(schema.intake.c.id == intake_id))


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
    insert_rows(conn, schema.intake, [_intake_columns(one) for one in intakes])
    insert_rows(conn, schema.score, [_score_columns(one) for one in taken])


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


def _score_columns(one: Taken) -> dict[str, Any]:
    return {
        "patient_id": one.patient_id,
        "appointment_id": one.appointment_id,
        "at": one.at,
        "taken_by": one.taken_by,
        **asdict(one.scores),
    }
