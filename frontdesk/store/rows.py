"""Rooms, practitioners and services as values, from their rows: what every read of the day is joined with.

They are few, so a read takes each of the three tables whole instead of repeating them in every row of a join.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Table, and_, bindparam, delete, insert, select

from frontdesk.domain.clinic import Practitioner, Room
from frontdesk.domain.hours import week_hours
from frontdesk.domain.phases import Service
from frontdesk.store import schema


def rooms(conn: Connection) -> dict[int, Room]:
    """Every room by id, in the order of the set-up, retired ones too: old visits were in them."""
    rows = conn.execute(select(schema.room).order_by(schema.room.c.position, schema.room.c.id))
    return {row.id: as_room(row) for row in rows}


def practitioners(conn: Connection) -> dict[int, Practitioner]:
    """Every practitioner by id, in the order of the set-up, retired ones too."""
    table = schema.practitioner
    return {row.id: as_practitioner(row) for row in conn.execute(select(table).order_by(table.c.position, table.c.id))}


def services(conn: Connection) -> dict[int, Service]:
    """Every service by id, in the order of the set-up, retired ones too."""
    table = schema.service
    return {row.id: as_service(row) for row in conn.execute(select(table).order_by(table.c.position, table.c.id))}


def as_room(row: Row[Any]) -> Room:
    """The value of a row of `schema.room`."""
    return Room(row.id, row.name, row.room_group, row.retired)


def as_practitioner(row: Row[Any]) -> Practitioner:
    """The value of a row of `schema.practitioner`."""
    return Practitioner(row.id, row.name, None if row.hours is None else week_hours(row.hours), row.retired)


def as_service(row: Row[Any]) -> Service:
    """The value of a row of `schema.service`."""
    return Service(
        row.id,
        row.name,
        row.consultation,
        row.insertion,
        row.retention_earliest,
        row.retention_latest,
        row.planned_retention,
        row.removal,
        row.turnover,
        row.retired,
    )


def put_rows(conn: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Writes rows in place of any with the same primary key; each mapping names every column it needs.

    Deletes and inserts, since "insert or replace" would pass by triggers and is not spelled alike on all databases.
    """
    if not rows:
        return
    key = table.primary_key.columns
    condition = and_(*(column == bindparam(f"key_{column.name}") for column in key))
    conn.execute(
        delete(table).where(condition), [{f"key_{column.name}": row[column.name] for column in key} for row in rows]
    )
    conn.execute(insert(table), list(rows))
