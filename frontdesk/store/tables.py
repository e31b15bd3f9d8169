"""Rows of any table: written in one go, saved over the version they were read at, and kept as JSON for undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from frontdesk.store import core as sa

if TYPE_CHECKING:
    from sqlalchemy import Column, ColumnElement, Connection, CursorResult, Table


def insert_rows(conn: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Writes new rows, each mapping with the same columns; of no rows at all SQLAlchemy would make an empty one."""
    if rows:
        conn.execute(sa.insert(table), list(rows))


def put_rows(conn: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Writes rows in place of any with the same primary key; each mapping names every column it needs.

    Deletes and inserts, since "insert or replace" would pass by triggers and is not spelled alike on all databases.
    """
    if not rows:
        return
    key = table.primary_key.columns
    condition = sa.and_(*(column == sa.bindparam(f"key_{column.name}") for column in key))
    conn.execute(
        sa.delete(table).where(condition), [{f"key_{column.name}": row[column.name] for column in key} for row in rows]
    )
    insert_rows(conn, table, rows)


def saved_over(
    conn: Connection, table: Table, key: int, version: int, values: Mapping[str, Any], *still: ColumnElement[bool]
) -> bool:
    """Writes columns of one row as its next version; False, with nothing written, where it is at another or gone.

    `still` is what else must hold of the row as it is now.
    """
    written = conn.execute(
        sa.update(table)
        .where(table.c.id == key, table.c.version == version, *still)
        .values({**values, "version": version + 1})
    )
    return written.rowcount > 0


def plain(value: Any) -> Any:
    """A domain value as a column takes it: the word of an enumeration, anything else as it is."""
    return value.value if isinstance(value, Enum) else value


def new_id(written: CursorResult[Any]) -> int:
    """The id the database gave to the one row an insert wrote."""
    key = written.inserted_primary_key
    assert key is not None
    return int(key[0])


def json_rows(conn: Connection, table: Table, condition: ColumnElement[bool]) -> list[dict[str, Any]]:
    """Whole rows as JSON can hold them, in order of their key: instants are epoch milliseconds, days `2026-11-30`."""
    columns = [
        sa.type_coerce(column, sa.BigInteger).label(column.name) if _is_instant(column) else column
        for column in table.columns
    ]
    found = conn.execute(sa.select(*columns).where(condition).order_by(*table.primary_key.columns)).mappings()
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
    if _is_instant(column):
        return sa.literal(value, sa.BigInteger)
    return date.fromisoformat(value) if isinstance(column.type, sa.Date) and value is not None else value


def _is_instant(column: Column[Any]) -> bool:
    from frontdesk.store.types import Instant  # which needs SQLAlchemy to be there

    return isinstance(column.type, Instant)
