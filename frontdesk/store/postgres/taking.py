"""A PostgreSQL database taking in a whole clinic: a new one by `copy`, one in use by `restore`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import sqlalchemy as sa
from pendulum import DateTime
from sqlalchemy import Connection

from frontdesk.config import default_database
from frontdesk.domain.errors import Unavailable
from frontdesk.store import schema
from frontdesk.store.copying import fill, is_empty, write_file
from frontdesk.store.postgres import guards, migrate
from frontdesk.store.postgres.link import engine_for
from frontdesk.store.postgres.place import Place, place_of
from frontdesk.store.snapshot import stamp
from frontdesk.store.sqlite import prepare_folder


def fill_new(
    source: Connection, where: str, *, now: DateTime, database_id: str, then: Callable[[Connection], None]
) -> tuple[str, int]:
    """Copies `source` into an empty database in one transaction; gives where that is and the number of rows.

    `then` may add to it. Refuses a database that holds anything, and leaves it as it was.
    """
    place = place_of(where)

    def take(connection: Connection) -> int:
        if not is_empty(connection):
            raise Unavailable(f"{place.shown} holds a clinic already: name an empty database; nothing was changed")
        connection.execute(sa.delete(schema.meta))
        rows = _take_in(source, connection, database_id)
        then(connection)
        return rows

    return place.shown, _at_once(place, now, take)


def replace(source: Connection, where: str, *, now: DateTime) -> Path | None:
    """Makes a database what `source` says, in one transaction; gives the file that keeps what it held, if anything.

    Open sessions find another log than they know, and refuse to go on.
    """
    place = place_of(where)
    kept: Path | None = None

    def take(connection: Connection) -> int:
        nonlocal kept
        if not is_empty(connection):
            folder = default_database().parent
            kept = folder / f"{file_name(place)}.before-restore-{stamp(now)}.db"
            prepare_folder(kept)
            write_file(connection, kept, judged=False)
            undone.callback(kept.unlink, missing_ok=True)
        guards.drop(connection)
        for table in reversed(schema.metadata.sorted_tables):
            connection.execute(sa.delete(table))
        return _take_in(source, connection, None)

    with ExitStack() as undone:  # a file of what is still there after all would be one too many
        _at_once(place, now, take)
        undone.pop_all()
    return kept


def file_name(place: Place) -> str:
    """A database's name as part of a file's."""
    return "".join(one if one.isalnum() or one in "-_" else "_" for one in place.database) or "clinic"


def _at_once(place: Place, now: DateTime, take: Callable[[Connection], int]) -> int:
    engine = engine_for(place, pooled=False, long=True)
    try:
        with engine.connect().execution_options(isolation_level="READ COMMITTED") as connection, connection.begin():
            migrate.upgrade_here(connection, place, now=now)
            return take(connection)
    finally:
        engine.dispose()


def _take_in(source: Connection, connection: Connection, database_id: str | None) -> int:
    rows = fill(source, connection, guards, database_id=database_id)
    for table in schema.metadata.sorted_tables:
        if "id" in table.columns:
            newest = sa.select(sa.func.max(table.c.id)).scalar_subquery()
            connection.execute(
                sa.select(sa.func.setval(f"{table.name}_id_seq", sa.func.coalesce(newest, 1), newest.is_not(None)))
            )
    guards.tell(connection)
    return rows
