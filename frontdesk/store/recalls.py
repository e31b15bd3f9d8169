"""What came of asking patients to come again, in the database."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from frontdesk.domain.recall import Contact, ContactResult, RecallReason
from frontdesk.store import schema
from frontdesk.store.tables import new_id


def of_patient(conn: Connection, patient_id: int) -> tuple[Contact, ...]:
    """The contacts of a patient, the latest first."""
    table = schema.recall_contact
    found = conn.execute(
        sa.select(table).where(table.c.patient_id == patient_id).order_by(table.c.at.desc(), table.c.id.desc())
    )
    return tuple(contact_of(row) for row in found)


def get(conn: Connection, contact_id: int) -> Contact | None:
    """One contact, None where there is none of that number."""
    table = schema.recall_contact
    row = conn.execute(sa.select(table).where(table.c.id == contact_id)).first()
    return None if row is None else contact_of(row)


def insert(conn: Connection, one: Contact) -> int:
    """Writes a contact, whatever number it bears; gives the one it got."""
    values = {
        "patient_id": one.patient_id,
        "at": one.at,
        "who": one.who,
        "about": one.about.value,
        "result": one.result.value,
        "words": one.words,
        "next_on": one.next_on,
    }
    return new_id(conn.execute(sa.insert(schema.recall_contact).values(values)))


def delete(conn: Connection, contact_id: int) -> None:
    """Takes a contact back."""
    conn.execute(sa.delete(schema.recall_contact).where(schema.recall_contact.c.id == contact_id))


def contact_of(row: Row[Any]) -> Contact:
    """The value of a row of `schema.recall_contact`."""
    about, result = RecallReason(row.about), ContactResult(row.result)
    return Contact(row.id, row.patient_id, row.at, row.who, about, result, row.words, row.next_on)
