"""Many whole visits at once, in few statements: what a made-up clinic's weeks, or another system's history, come as."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.retention import Retention
from frontdesk.store import core as sa
from frontdesk.store import schema
from frontdesk.store.tables import insert_rows, plain

if TYPE_CHECKING:
    from sqlalchemy import Connection

_BATCH = 2_000
"""Rows in one insert: well below SQLite's 32,766 parameters a statement for the widest of these tables."""


def insert_visits(conn: Connection, visits: Sequence[Appointment], at: DateTime) -> list[int]:
    """Writes new visits with their facts and their retentions; gives their ids in the order given.

    The ids and versions inside `visits` are not used. Needles that are still in can't be told this way: the database
    wants the count in before the status.
    """
    statement = sa.insert(schema.appointment).returning(schema.appointment.c.id, sort_by_parameter_order=True)
    ids: list[int] = []
    for first in range(0, len(visits), _BATCH):
        rows = [_columns(visit, at) for visit in visits[first : first + _BATCH]]
        ids.extend(conn.execute(statement, rows).scalars())
    numbered = list(zip(ids, visits, strict=True))
    retentions = [_retention(key, one) for key, visit in numbered for one in visit.retentions]
    insert_rows(conn, schema.retention, retentions)
    return ids


def _columns(visit: Appointment, at: DateTime) -> dict[str, Any]:
    return {
        "version": 1,
        "patient_id": visit.patient.id,
        "practitioner_id": visit.practitioner.id,
        "service_id": visit.service.id,
        "room_id": visit.room.id if visit.room else None,
        "status": visit.status.value,
        "starts": visit.starts,
        "retention_minutes": visit.retention_minutes,
        "squeezed": visit.squeezed,
        "created_at": min(at, visit.starts),
        "leave_by": visit.leave_by,
        "cancelled_by": visit.cancelled_by,
        "series_id": visit.series_id,
        **asdict(visit.facts),
    }


def _retention(appointment_id: int, retention: Retention) -> dict[str, Any]:
    values = {name: plain(value) for name, value in asdict(retention).items() if name != "id"}
    return {"appointment_id": appointment_id, **values}
