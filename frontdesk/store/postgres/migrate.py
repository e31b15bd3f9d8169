"""Bringing a PostgreSQL database to the tables this program works with, by the scripts that SQLite takes too."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from pendulum import DateTime
from sqlalchemy import Connection, insert
from sqlalchemy.exc import DBAPIError

from frontdesk.domain.errors import Unavailable, Unsound
from frontdesk.store import schema, words
from frontdesk.store.clashes import clashes
from frontdesk.store.migrate import HEAD, is_older, refuse_unknown, run, scripts
from frontdesk.store.postgres import guards, rules
from frontdesk.store.postgres.link import engine_for
from frontdesk.store.postgres.place import Place
from frontdesk.text import visible

_PATIENCE_MS = 60_000
"""How long to wait for another process that migrates, or that writes for long."""


def revision(connection: Connection, place: Place) -> str | None:
    """The revision a database is at, None for an empty one; raises `Unavailable` for what is none of ours."""
    encoding, where = connection.exec_driver_sql("SELECT current_setting('server_encoding'), current_schema()").one()
    if encoding != "UTF8":
        raise Unavailable(
            f"{place.shown} keeps text as {visible(encoding)}, in which not every name can be written;"
            f" make another: `createdb -E UTF8 -T template0 {place.database}`"
        )
    if where is None:
        raise Unavailable(f"{place.shown} has no schema that this user may work in")
    found = set(
        connection.exec_driver_sql(
            "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
            " AND relkind IN ('r', 'p', 'v', 'm', 'f')"
        ).scalars()
    )
    if not found:
        return None
    ours = {"alembic_version", "meta", "audit"} <= found
    if not ours or not connection.exec_driver_sql("SELECT 1 FROM meta WHERE key = 'database_id'").first():
        raise Unavailable(
            f"{place.shown} holds another program's tables; it was left as it is: make a database of its own for"
            " frontdesk, with createdb"
        )
    rows = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
    if len(rows) != 1:
        raise Unavailable(f"{place.shown} does not say which version it is; restore a backup")
    return str(rows[0])


def upgrade(place: Place, *, now: DateTime, head: str = HEAD, versions: Sequence[Path] = ()) -> bool:
    """Upgrades a database to `head` in one transaction; whether this call created the tables.

    Several processes may call it at once: one does the work, the others wait for the lock that every writer takes and
    find it done. Interrupted, it leaves the database as it was.
    """
    engine = engine_for(place, pooled=False, long=True)
    try:
        with engine.connect().execution_options(isolation_level="READ COMMITTED") as connection, connection.begin():
            return upgrade_here(connection, place, now=now, head=head, versions=versions)
    finally:
        engine.dispose()


def upgrade_here(
    connection: Connection, place: Place, *, now: DateTime, head: str = HEAD, versions: Sequence[Path] = ()
) -> bool:
    """The same inside the caller's transaction, which keeps the lock that every writer takes."""
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {_PATIENCE_MS}")
    connection.exec_driver_sql(f"SELECT {rules.LOCK.format(schema='current_schema()')}")
    found = revision(connection, place)  # now that nobody else can change it
    if found == head:
        return False
    script = scripts(versions)
    if found is None:
        _add_index_type(connection, place)
    else:
        refuse_unknown(found, place.shown, script)
    guards.drop(connection)
    run(connection, script, head)
    older = is_older(head, script)
    if not older:
        _guard(connection, place)
        words.renew_all(connection)
    if found is None:
        facts = {"database_id": uuid4().hex, "created_at": now.in_timezone("UTC").to_iso8601_string()}
        connection.execute(insert(schema.meta), [{"key": key, "value": value} for key, value in facts.items()])
    lost = () if older else guards.missing(connection)
    if lost:
        raise RuntimeError(f"guards not created: {', '.join(lost)}")
    return found is None


def _guard(connection: Connection, place: Place) -> None:
    """Puts the guards up; refuses where appointments clash, since the server keeps no two claims that do."""
    try:
        with connection.begin_nested():
            guards.create(connection)
    except DBAPIError as error:
        found = clashes(connection)
        if not found:
            raise
        raise Unsound(
            f"{place.shown} can't be brought up to date: {'; '.join(found)}. Copy it first (`frontdesk backup FILE`),"
            " then cancel one of each two there, as its owner:"
            " UPDATE appointment SET status = 'cancelled' WHERE id = ...; nothing was changed"
        ) from error


def _add_index_type(connection: Connection, place: Place) -> None:
    """Has the server index ranges together with words, by which no two bookings of one thing can overlap."""
    try:
        connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS btree_gist")
    except DBAPIError as error:
        raise Unavailable(
            f"{place.shown} lacks an extension that this user may not add; let the server's administrator run"
            f' `psql -d {place.database} -c "CREATE EXTENSION btree_gist"` there'
        ) from error
