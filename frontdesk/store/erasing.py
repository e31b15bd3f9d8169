"""A file erased: who somebody was goes from every table and from the log; that visits were, and their counts, stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pendulum import DateTime

from frontdesk.domain.patient import PatientDetails
from frontdesk.store import core as sa
from frontdesk.store import patient_writes, patients, schema
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
    apart = schema.patient_apart
    conn.execute(sa.delete(apart).where(sa.or_(apart.c.one_id == patient_id, apart.c.other_id == patient_id)))
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
