"""What was tried to remind patients, and what their files say of reaching them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from frontdesk.domain.patient_file import ContactBy
from frontdesk.domain.reminder import Contact, Reminder, Result
from frontdesk.store import schema
from frontdesk.store.many import keys_in_batches
from frontdesk.store.rows import may_be_id
from frontdesk.store.tables import new_id


def of_visits(conn: Connection, ids: Collection[int]) -> Mapping[int, tuple[Reminder, ...]]:
    """Every attempt by visit, the latest first."""
    table = schema.reminder_sent
    found: dict[int, list[Reminder]] = defaultdict(list)
    for some in keys_in_batches(ids):
        chosen = sa.select(table).where(table.c.appointment_id.in_(some))
        for row in conn.execute(chosen.order_by(table.c.at.desc(), table.c.id.desc())):
            found[row.appointment_id].append(_reminder(row))
    return {key: tuple(rows) for key, rows in found.items()}


def get(conn: Connection, reminder_id: int) -> Reminder | None:
    """One attempt, None where there is none of that number."""
    table = schema.reminder_sent
    if not may_be_id(reminder_id):
        return None
    row = conn.execute(sa.select(table).where(table.c.id == reminder_id)).one_or_none()
    return None if row is None else _reminder(row)


def insert(conn: Connection, one: Reminder) -> int:
    """Writes an attempt, whatever number it bears, and gives the one it got.

    Raises `Refused` where it is a mail, and one of the same visit at the same time is written down already.
    """
    values = {
        "appointment_id": one.appointment_id,
        "starts": one.starts,
        "channel": one.channel.value,
        "result": one.result.value,
        "at": one.at,
        "who": one.who,
        "address": one.address,
        "text": one.text,
        "reason": one.reason,
    }
    return new_id(conn.execute(sa.insert(schema.reminder_sent).values(values)))


def settle(conn: Connection, reminder_id: int, result: Result, reason: str) -> None:
    """Writes down what became of a mail, unless that is known already."""
    table = schema.reminder_sent
    open_ones = (Result.SENDING.value, Result.UNSURE.value)
    conn.execute(
        sa.update(table)
        .where(table.c.id == reminder_id, table.c.result.in_(open_ones))
        .values(result=result.value, reason=reason)
    )


def delete(conn: Connection, reminder_id: int) -> None:
    """Takes an attempt back."""
    conn.execute(sa.delete(schema.reminder_sent).where(schema.reminder_sent.c.id == reminder_id))


def contacts(conn: Connection, patient_ids: Collection[int]) -> Mapping[int, Contact]:
    """How patients want to be reached, by patient; who is not there said nothing."""
    table = schema.patient_file.c
    found: dict[int, Contact] = {}
    columns = (table.patient_id, table.preferred_contact, table.language, table.no_reminders_since)
    for some in keys_in_batches(patient_ids):
        for row in conn.execute(sa.select(*columns).where(table.patient_id.in_(some))):
            by = ContactBy(row.preferred_contact) if row.preferred_contact else None
            since: date | None = row.no_reminders_since
            found[row.patient_id] = Contact(by, row.language, since)
    return found


def _reminder(row: sa.Row[Any]) -> Reminder:
    return Reminder(
        row.id,
        row.appointment_id,
        row.starts,
        Result(row.result),
        row.at,
        row.who,
        row.address,
        row.text,
        row.reason,
    )
