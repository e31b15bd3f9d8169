"""Writes what was tried to remind patients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontdesk.domain.reminder import Reminder, Result
from frontdesk.store import core as sa
from frontdesk.store import schema
from frontdesk.store.tables import new_id

if TYPE_CHECKING:
    from sqlalchemy import Connection


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
