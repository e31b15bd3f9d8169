"""Blocks written: put in, changed over the version they were read at, removed; `blocks` reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pendulum import DateTime

from frontdesk.domain.errors import Stale
from frontdesk.store import blocks, schema, tables
from frontdesk.store import core as sa

if TYPE_CHECKING:
    from sqlalchemy import Connection


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
    return tables.new_id(conn.execute(sa.insert(schema.block), values))


def update(conn: Connection, block_id: int, values: Mapping[str, Any]) -> None:
    """Writes columns of `schema.block` as a calendar says them, whatever the version was; raises `NotFound`."""
    table = schema.block
    changed = {**values, "version": table.c.version + 1}
    if conn.execute(sa.update(table).where(table.c.id == block_id).values(changed)).rowcount == 0:
        raise blocks.unknown(block_id)


def row_of(conn: Connection, block_id: int) -> dict[str, Any]:
    """Every column as JSON can hold it, instants as epoch milliseconds: what the audit keeps for undo."""
    found = tables.json_rows(conn, schema.block, schema.block.c.id == block_id)
    if not found:
        raise blocks.unknown(block_id)
    return found[0]


def stored(row: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a `row_of`, id and version apart, as `save` takes them."""
    return tables.stored(schema.block, row)


def save(conn: Connection, block_id: int, version: int, values: Mapping[str, Any]) -> None:
    """Writes columns as one more version; raises `Stale` where somebody saved since, `NotFound` where it is gone."""
    if not tables.saved_over(conn, schema.block, block_id, version, values):
        blocks.get(conn, block_id)
        raise Stale("this block was changed since you read it; nothing was saved")


def delete(conn: Connection, block_id: int) -> None:
    """Removes a block; one that is not there is as wanted."""
    conn.execute(sa.delete(schema.block).where(schema.block.c.id == block_id))
