"""Writes what came of asking patients to come again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontdesk.domain.recall import Contact
from frontdesk.store import core as sa
from frontdesk.store import schema
from frontdesk.store.tables import new_id

if TYPE_CHECKING:
    from sqlalchemy import Connection


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
