"""A file gone: erased, so that of who somebody was only visits and their counts stay; or taken back before any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pendulum import DateTime

from frontdesk.domain.patient import PatientDetails
from frontdesk.store import core as sa
from frontdesk.store import patient_writes, patients, schema, told_apart, words
from frontdesk.store.merges import moving
from frontdesk.store.subjects import subject_of, subject_of_patient

if TYPE_CHECKING:
    from sqlalchemy import Connection

ERASED = "Erased file"
"""What stands for the family name."""


def is_erased(conn: Connection, patient_id: int) -> bool:
    """Whether a file was erased."""
    table = schema.patient_erasure.c
    return conn.execute(sa.select(table.at).where(table.patient_id == patient_id)).first() is not None


def erase(conn: Connection, patient_id: int, *, at: DateTime, who: str) -> None:
    """Leaves nothing of a file but its number, its visits' times and their counts."""
    merge = schema.patient_merge
    numbers = [patient_id, *conn.scalars(sa.select(merge.c.gone_id).where(merge.c.kept_id == patient_id))]
    conn.execute(
        sa.insert(schema.patient_erasure), [{"patient_id": one, "at": at, "who": who} for one in dict.fromkeys(numbers)]
    )
    conn.execute(sa.delete(merge).where(sa.or_(merge.c.kept_id.in_(numbers), merge.c.gone_id.in_(numbers))))
    person, visit, log = schema.patient, schema.appointment, schema.audit
    version = patients.get(conn, patient_id).version
    patient_writes.update(conn, patient_id, version, PatientDetails(family=ERASED, retired=True))
    conn.execute(sa.update(person).where(person.c.id == patient_id).values(last_seen_at=None))
    # What the file's own parts say is written over with it.
    for table in (schema.patient_file, *(one for one in moving() if one is not schema.appointment)):
        conn.execute(sa.delete(table).where(table.c.patient_id == patient_id))
    told_apart.forget(conn, patient_id)
    ids = conn.scalars(sa.select(visit.c.id).where(visit.c.patient_id == patient_id)).all()
    conn.execute(sa.update(visit).where(visit.c.patient_id == patient_id, visit.c.reason != "").values(reason=""))
    event, reminder = schema.event_source, schema.reminder_sent
    for appointment_id in ids:
        conn.execute(sa.update(event).where(event.c.appointment_id == appointment_id).values(fields={}))
        written = sa.update(reminder).where(reminder.c.appointment_id == appointment_id)
        conn.execute(written.values(address="", text="", reason=""))
    subjects = [*(subject_of_patient(one) for one in numbers), *(subject_of(one) for one in ids)]
    for first in range(0, len(subjects), 500):
        conn.execute(
            sa.update(log)
            .where(log.c.subject.in_(subjects[first : first + 500]))
            .values(before=sa.null(), after=sa.null())
        )


def has_happened(conn: Connection, patient_id: int) -> bool:
    """Whether anything is kept of a patient besides the file: a visit, an intake, a plan, where an import put them."""
    about = [
        *(table.c.patient_id == patient_id for table in moving()),
        schema.patient_merge.c.kept_id == patient_id,
        schema.patient_apart.c.one_id == patient_id,
        schema.patient_apart.c.other_id == patient_id,
    ]
    return any(conn.execute(sa.select(sa.literal(1)).where(one).limit(1)).first() for one in about)


def take_out(conn: Connection, patient_id: int, *, at: DateTime, who: str) -> None:
    """Deletes a file of which nothing has happened; nobody gets its number again."""
    words.drop(conn, [patient_id])
    conn.execute(sa.delete(schema.patient).where(schema.patient.c.id == patient_id))
    conn.execute(sa.insert(schema.patient_erasure).values(patient_id=patient_id, at=at, who=who))
