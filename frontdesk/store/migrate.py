"""Bringing a file to the tables this program works with: an empty one, an older one; refusing everything else."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from pendulum import DateTime

from frontdesk.domain.errors import Unavailable
from frontdesk.store import guards
from frontdesk.store.sqlite import APPLICATION_ID, BUSY_SECONDS, connect, driver
from frontdesk.text import visible

if TYPE_CHECKING:
    from uuid import UUID

    from alembic.script import ScriptDirectory
    from sqlalchemy import Connection, Engine

HEAD = "0021"
"""The newest revision, written down: a start imports neither Alembic nor SQLAlchemy to learn that it is there."""
_PATIENCE = 60.0
"""Seconds to wait for another process that migrates a large database."""


def revision(connection: sqlite3.Connection, path: Path) -> str | None:
    """The revision a file is at, None for an empty one; raises `Unavailable` for what is no database of ours."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if not tables and application in (0, APPLICATION_ID):
        return None
    if application != APPLICATION_ID or not {"alembic_version", "meta", "audit"} <= tables:
        raise Unavailable(f"{visible(str(path))} is another program's database; it was left as it is")
    rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    if len(rows) != 1:
        raise Unavailable(f"{visible(str(path))} does not say which version it is; restore a backup")
    return str(rows[0][0])


def upgrade(path: Path, *, now: DateTime, head: str = HEAD, versions: Sequence[Path] = (), keep: bool = True) -> bool:
    """Upgrades `path` to `head` in one transaction; whether this call created the tables.

    Several processes may call it at once: the first does the work under the write lock, the others wait and find it
    done. A database with contents is copied beside itself first (if `keep`). Interrupted, it leaves the file as it was.
    `versions` are folders of further migration scripts. A database made at an older `head`, as a model of what that
    release left, gets no guards: they are written for today's tables.
    """
    script = scripts(versions)
    engine = _engine(path, _PATIENCE)
    try:
        with engine.connect().execution_options(begin="IMMEDIATE") as connection, connection.begin():
            raw = driver(connection)
            found = revision(raw, path)  # again, now that nobody else can change it
            if found == head:
                return False
            if found is not None:
                refuse_unknown(found, visible(str(path)), script)
            if found is not None and keep:
                from frontdesk.store.snapshot import stamp, write_copy

                beside = path.with_name(f"{path.name}.before-{head}-{stamp(now)}.db")
                with closing(connect(path, mode="ro")) as reader:  # the write lock lets readers in
                    write_copy(reader, beside)
            guards.drop(connection)
            dangling = _dangling(connection)
            run(connection, script, head)
            if not is_older(head, script):
                guards.create(connection)
                from frontdesk.store import words

                words.renew_all(connection)
            if found is None:
                _found(connection, now)
            if _dangling(connection) - dangling:
                raise RuntimeError("a migration left rows that refer to rows which are not there")
            lost = () if is_older(head, script) else guards.missing(connection)
            if lost:
                raise RuntimeError(f"guards not created: {', '.join(lost)}")
            return found is None
    finally:
        engine.dispose()


def guard(path: Path) -> None:
    """Puts up the safeguards of a current database, where one is missing or is not what it should be."""
    engine = _engine(path, BUSY_SECONDS)
    try:
        with engine.connect().execution_options(begin="IMMEDIATE") as connection, connection.begin():
            if guards.missing(connection):
                guards.create(connection)
    finally:
        engine.dispose()


def _engine(path: Path, busy_seconds: float) -> Engine:
    """For one connection that keeps foreign keys from being asked while tables are rebuilt."""
    from sqlalchemy import NullPool

    from frontdesk.store.sqlite_engine import engine_for

    return engine_for(path, poolclass=NullPool, busy_seconds=busy_seconds, foreign_keys=False)


def refuse_newer(found: str, path: Path) -> None:
    """Raises `Unavailable` for a revision that this program has no script for: a newer one's."""
    if found != HEAD:
        refuse_unknown(found, visible(str(path)), scripts(()))


def refuse_unknown(found: str, shown: str, script: ScriptDirectory) -> None:
    """Raises `Unavailable` for a revision that none of the scripts makes: a newer program's."""
    if found not in {each.revision for each in script.walk_revisions()}:
        raise Unavailable(
            f"{shown} was made by a newer frontdesk (its version is {visible(found)});"
            " update this one, nothing was changed in it"
        )


def is_older(head: str, script: ScriptDirectory) -> bool:
    """Whether `head` is of an earlier release, whose tables today's guards are not written for."""
    return head != HEAD and head in {each.revision for each in script.iterate_revisions(HEAD, "base")}


def scripts(versions: Sequence[Path]) -> ScriptDirectory:
    """The migrations, with those in further folders."""
    from alembic.script import ScriptDirectory

    folder = Path(__file__).parent / "migrations"
    return ScriptDirectory(str(folder), version_locations=[str(folder / "versions"), *map(str, versions)])


def run(connection: Connection, script: ScriptDirectory, head: str) -> None:
    """Runs what is missing up to `head`, inside the caller's transaction."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.runtime.migration import MigrationContext

    def steps(current: object, context: MigrationContext) -> list[object]:
        return list(script._upgrade_revs(head, current))  # type: ignore[arg-type]

    config = Config(attributes={"connection": connection})
    with EnvironmentContext(config, script, fn=steps, destination_rev=head):
        script.run_env()


def stamp_of(identity: UUID) -> int:
    """The part of a database's id that is in the file's header, where it is seen without SQLite (`store.identity`)."""
    return identity.int & 0x7FFFFFFF


def _found(connection: Connection, now: DateTime) -> None:
    """Marks a new database as ours and gives it an identity of its own."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    from uuid import uuid4

    identity = uuid4()
    connection.exec_driver_sql(f"PRAGMA user_version = {stamp_of(identity)}")
    facts = {"database_id": identity.hex, "created_at": now.in_timezone("UTC").to_iso8601_string()}
    for key, value in facts.items():
        connection.exec_driver_sql("INSERT INTO meta (key, value) VALUES (?, ?)", (key, value))


def _dangling(connection: Connection) -> set[tuple[str, str]]:
    """Which tables have rows that refer to rows of which others that are not there; `check` names the rows."""
    return {(row[0], row[2]) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}
