"""A database as it was found, for `check` and `backup` of one that can't be opened: nothing in it is changed."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, NullPool

from frontdesk.store import guards, migrate
from frontdesk.store.clashes import clashes
from frontdesk.store.faults import Damaged, in_words
from frontdesk.store.file_state import damage, dangling, permissions, unlogged
from frontdesk.store.place import is_server
from frontdesk.store.snapshot import write_copy
from frontdesk.store.sqlite import BUSY_SECONDS, connect, location
from frontdesk.store.sqlite_engine import engine_for
from frontdesk.text import visible


def problems(where: str) -> tuple[str, ...]:
    """Everything found wrong that any release's database can be asked, one line each."""
    with in_words(BUSY_SECONDS):
        if is_server(where):
            from frontdesk.store.postgres import as_found

            return tuple(as_found.problems(where))
        try:
            with in_words(BUSY_SECONDS):
                return tuple(_of_file(location(where)))
        except Damaged as error:
            return (f"the file is damaged: {visible(str(error.__cause__))}",)


def backup(where: str, target: Path) -> Path:
    """Copies everything into the new SQLite file `target`, contradictions and all; gives its absolute path.

    `restore` brings such a copy up to date and puts its safeguards up again.
    """
    target = target.expanduser().absolute()
    with in_words(BUSY_SECONDS):
        if is_server(where):
            from frontdesk.store.postgres import as_found

            as_found.backup(where, target)
        else:
            with closing(connect(location(where), mode="ro")) as source:
                write_copy(source, target)
    return target


def lost_safeguards(names: tuple[str, ...]) -> list[str]:
    """The line for each safeguard that is not there."""
    return [f"the safeguard {name} is missing or was changed" for name in names]


def _of_file(path: Path) -> list[str]:
    with closing(connect(path, mode="ro")) as raw:
        found = damage(raw)
        if found:
            return found  # what a damaged file says proves nothing
        found = dangling(raw) + unlogged(raw) + permissions(path)
        current = migrate.revision(raw, path) == migrate.HEAD
    engine = engine_for(path, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            return [*_lost(connection, current=current), *clashes(connection), *found]
    finally:
        engine.dispose()


def _lost(connection: Connection, *, current: bool) -> list[str]:
    return lost_safeguards(guards.missing(connection)) if current else []
