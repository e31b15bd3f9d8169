"""A database's own time: what makes a demo clinic stand at half past ten in every process that opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontdesk.store import schema, tables

if TYPE_CHECKING:
    from sqlalchemy import Connection


def set_offset(conn: Connection, offset_ms: int) -> None:
    """How far this database's clock is from the machine's, in milliseconds; whoever opens it from now on obeys it."""
    tables.put_rows(conn, schema.meta, [{"key": "clock_offset_ms", "value": str(offset_ms)}])
