"""Between rows and values: rooms, practitioners and services, which every read of a day needs, and rows as JSON.

Rooms, practitioners and services are few, so a read takes each table whole instead of repeating it in every row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    CursorResult,
    Date,
    Row,
    Table,
    and_,
    bindparam,
    delete,
    insert,
    literal,
    literal_column,
    select,
    type_coerce,
)

from frontdesk.domain.clinic import Equipment, Practitioner, Room
from frontdesk.domain.hours import week_hours
from frontdesk.domain.phases import Service
from frontdesk.domain.visit import LATE_CANCEL_HOURS
from frontdesk.store import schema
from frontdesk.store.question import Question
from frontdesk.store.types import Instant


def late_cancel_hours(conn: Connection) -> int:
    """Hours before a visit from which calling it off is late."""
    found: int = Question(conn).rows(f"SELECT {_LATE_CANCEL_HOURS}")[0][0]
    return found


def late_cancel_ms() -> ColumnElement[int]:
    """The same in milliseconds, inside of a query."""
    return literal_column(f"{_LATE_CANCEL_HOURS} * 3600000", BigInteger)


_LATE_CANCEL_HOURS = f"coalesce((SELECT late_cancel_hours FROM clinic), {LATE_CANCEL_HOURS})"


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


def equipment(conn: Connection) -> dict[int, Equipment]:
    """Everything that there is a count of by id, in the order of the set-up, retired ones too."""
    table = schema.equipment
    return {row.id: as_equipment(row) for row in conn.execute(select(table).order_by(table.c.position, table.c.id))}


def as_room(row: Row[Any]) -> Room:
    """The value of a row of `schema.room`."""
    return Room(row.id, row.name, row.room_group, row.retired, row.kind)


def as_practitioner(row: Row[Any]) -> Practitioner:
    """The value of a row of `schema.practitioner`."""
    hours = None if row.hours is None else week_hours(row.hours)
    return Practitioner(row.id, row.name, hours, row.retired, row.last_start, row.off_at)


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
        tuple(row.room_kinds),
        tuple(row.equipment),
        row.last_start,
    )


def as_equipment(row: Row[Any]) -> Equipment:
    """The value of a row of `schema.equipment`."""
    return Equipment(row.id, row.name, row._mapping["count"], row.retired)  # row.count is the tuple's method


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


def plain(value: Any) -> Any:
    """A domain value as a column takes it: the word of an enumeration, anything else as it is."""
    return value.value if isinstance(value, Enum) else value


def may_be_id(number: int) -> bool:
    """Whether a column can hold a number that somebody gave for an id: 64 bits, of which ids use the positive half."""
    return 0 < number < 2**63


def new_id(written: CursorResult[Any]) -> int:
    """The id the database gave to the one row an insert wrote."""
    key = written.inserted_primary_key
    assert key is not None
    return int(key[0])


def json_rows(conn: Connection, table: Table, condition: ColumnElement[bool]) -> list[dict[str, Any]]:
    """Whole rows as JSON can hold them, in order of their key: instants are epoch milliseconds, days `2026-11-30`."""
    columns = [
        type_coerce(column, BigInteger).label(column.name) if isinstance(column.type, Instant) else column
        for column in table.columns
    ]
    found = conn.execute(select(*columns).where(condition).order_by(*table.primary_key.columns)).mappings()
    return [
        {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()} for row in found
    ]


def stored(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a `json_rows` row, id and version apart; a column that a later version dropped is left out."""
    return {
        column.name: _as_stored(column, row[column.name])
        for column in table.columns
        if column.name in row and column.name not in ("id", "version")
    }


def _as_stored(column: Column[Any], value: Any) -> Any:
    if isinstance(column.type, Instant):
        return literal(value, BigInteger)
    return date.fromisoformat(value) if isinstance(column.type, Date) and value is not None else value
