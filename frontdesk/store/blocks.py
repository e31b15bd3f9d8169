"""Blocks in the database: time taken without a patient, read by day as appointments are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from pendulum import DateTime
from sqlalchemy import ColumnElement, Connection

from frontdesk.domain.appointment import Block
from frontdesk.domain.errors import NotFound, Stale
from frontdesk.domain.hours import Span
from frontdesk.store import lost, rows, schema


def get(conn: Connection, block_id: int) -> Block:
    """The block with that id; raises `NotFound`."""
    found = _read(conn, schema.block.c.id == block_id)
    if not found:
        raise _unknown(block_id)
    return found[0]


def of_day(conn: Connection, span: Span) -> tuple[Block, ...]:
    """The blocks that share time with `span`, cancelled and transparent ones too; sorted by start."""
    return between(conn, span)


def between(conn: Connection, span: Span) -> tuple[Block, ...]:
    """The blocks that share time with `span`; one of no length is where it starts.

    A block may last for months (a sabbatical), so there is no bound on its length to read by; blocks are few.
    """
    table = schema.block.c
    touches = sa.or_(table.ends > span.starts, table.starts >= span.starts)
    return _read(conn, sa.and_(table.starts < span.ends, touches))


def insert(
    conn: Connection,
    *,
    title: str,
    starts: DateTime,
    ends: DateTime,
    practitioner_id: int | None = None,
    room_id: int | None = None,
    all_day: bool = False,
    cancelled: bool = False,
    transparent: bool = False,
    kind: str = "",
) -> int:
    """Writes a new block and gives its id."""
    # Given beside the statement, which is compiled once for all the events of a calendar.
    values = {
        "title": title,
        "starts": starts,
        "ends": ends,
        "practitioner_id": practitioner_id,
        "room_id": room_id,
        "all_day": all_day,
        "cancelled": cancelled,
        "transparent": transparent,
        "kind": kind,
    }
    return rows.new_id(conn.execute(sa.insert(schema.block), values))


def update(conn: Connection, block_id: int, values: Mapping[str, Any]) -> None:
    """Writes columns of `schema.block` as a calendar says them, whatever the version was; raises `NotFound`."""
    table = schema.block
    changed = {**values, "version": table.c.version + 1}
    if conn.execute(sa.update(table).where(table.c.id == block_id).values(changed)).rowcount == 0:
        raise _unknown(block_id)


def row_of(conn: Connection, block_id: int) -> dict[str, Any]:
    """Every column as JSON can hold it, instants as epoch milliseconds: what the audit keeps for undo."""
    found = rows.json_rows(conn, schema.block, schema.block.c.id == block_id)
    if not found:
        raise _unknown(block_id)
    return found[0]


def stored(row: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a `row_of`, id and version apart, as `save` takes them."""
    return rows.stored(schema.block, row)


def save(conn: Connection, block_id: int, version: int, values: Mapping[str, Any]) -> None:
    """Writes columns as one more version; raises `Stale` where somebody saved since, `NotFound` where it is gone."""
    table = schema.block
    changed = {**values, "version": version + 1}
    saved = conn.execute(sa.update(table).where(table.c.id == block_id, table.c.version == version).values(changed))
    if not saved.rowcount:
        get(conn, block_id)
        raise Stale("this block was changed since you read it; nothing was saved")


def delete(conn: Connection, block_id: int) -> None:
    """Removes a block; one that is not there is as wanted."""
    conn.execute(sa.delete(schema.block).where(schema.block.c.id == block_id))


def _read(conn: Connection, condition: ColumnElement[bool]) -> tuple[Block, ...]:
    table = schema.block
    found = conn.execute(sa.select(table).where(condition).order_by(table.c.starts, table.c.id)).all()
    if not found:
        return ()
    people, places = rows.practitioners(conn), rows.rooms(conn)
    return tuple(
        Block(
            id=row.id,
            title=row.title,
            starts=row.starts,
            ends=row.ends,
            practitioner=None
            if row.practitioner_id is None
            else people.get(row.practitioner_id) or lost.practitioner(row.practitioner_id),
            room=None if row.room_id is None else places.get(row.room_id) or lost.room(row.room_id),
            all_day=row.all_day,
            cancelled=row.cancelled,
            transparent=row.transparent,
            version=row.version,
            kind=row.kind,
        )
        for row in found
    )


def _unknown(block_id: int) -> NotFound:
    return NotFound(f"there is no block {block_id}: `frontdesk agenda DAY` gives the numbers, like b12")
