"""A PostgreSQL database as it was found; see `store.as_found`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from frontdesk.domain.errors import Unavailable
from frontdesk.store.as_found import lost_safeguards
from frontdesk.store.clashes import clashes
from frontdesk.store.copying import write_file
from frontdesk.store.migrate import HEAD
from frontdesk.store.postgres import guards, migrate
from frontdesk.store.postgres.link import engine_for
from frontdesk.store.postgres.place import place_of
from frontdesk.store.postgres.state import dangling, unlogged, unsound


def problems(where: str) -> list[str]:
    """What `store.as_found.problems` says of a server's database."""
    with _reading(where) as (connection, revision):
        found = unsound(connection)
        if revision == HEAD:
            found += lost_safeguards(guards.missing(connection)) + dangling(connection)
        return found + clashes(connection) + unlogged(connection)


def backup(where: str, target: Path) -> None:
    """Writes its rows into the new SQLite file `target`, at the release that they are of."""
    with _reading(where) as (connection, revision):
        write_file(connection, target, revision=revision, judged=False)


@contextmanager
def _reading(where: str) -> Iterator[tuple[Connection, str]]:
    """A transaction that sees one moment, and which release's tables it sees."""
    place = place_of(where)
    engine = engine_for(place, pooled=False, long=True)
    try:
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            revision = migrate.revision(connection, place)
            if revision is None:
                raise Unavailable(f"{place.shown} is empty; name a clinic's database")
            yield connection, revision
    finally:
        engine.dispose()
