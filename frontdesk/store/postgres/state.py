"""What a server says of the state of a database."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

from frontdesk.store.file_state import MANY
from frontdesk.store.schema import metadata
from frontdesk.text import visible


def unsound(connection: Connection) -> list[str]:
    """Indexes and constraints of ours that hold nothing: built half-way, or never checked against what was there."""
    indexes = connection.exec_driver_sql(
        "SELECT c.relname FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid"
        " WHERE c.relnamespace = current_schema()::regnamespace AND NOT (i.indisvalid AND i.indisready)"
    ).scalars()
    constraints = connection.exec_driver_sql(
        "SELECT conname FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND NOT convalidated"
    ).scalars()
    return [
        *(f"the index {visible(name)} is not valid: let its owner run REINDEX" for name in indexes),
        *(f"the constraint {visible(name)} does not hold: let its owner VALIDATE it" for name in constraints),
    ]


def dangling(connection: Connection) -> list[str]:
    """Rows that refer to rows which are not there."""
    found: list[str] = []
    for table in metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda one: one.parent.name):
            target = key.column.table.alias("target")
            where = sa.and_(
                key.parent.is_not(None), ~sa.exists().where(target.c[key.column.name] == key.parent).correlate(table)
            )
            rows = connection.execute(sa.select(*table.primary_key.columns).where(where).limit(MANY)).all()
            found += [
                f"row {'/'.join(visible(str(part)) for part in row)} of {table.name} refers to a missing"
                f" {key.column.table.name}"
                for row in rows
            ]
    return found


def unlogged(connection: Connection) -> list[str]:
    """Whether entries of the log are gone: they are numbered without gaps."""
    newest, entries = connection.exec_driver_sql("SELECT coalesce(max(seq), 0), count(*) FROM audit").one()
    return [f"the log lacks entries: {newest - entries} of {newest}"] if newest != entries else []
