"""The database, opened: short reads, and writes that are whole, logged and really on the file that was opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from pendulum import DateTime
from sqlalchemy import Connection, Engine

from frontdesk.domain.errors import Unavailable
from frontdesk.store import audit, guards, migrate
from frontdesk.store.faults import in_words
from frontdesk.store.identity import FileIdentity, Identity, newest_entry
from frontdesk.store.sqlite import BUSY_SECONDS, connect, driver, engine_for, location, prepare, settle_journal
from frontdesk.text import clean, visible

__all__ = ["Connection", "Store", "Unlogged", "Writing", "location"]

_opening = Lock()
"""One opening at a time in a process: closing a file drops every POSIX lock the process holds on it."""


class Unlogged(RuntimeError):
    """A defect of the caller: a unit of work changed something without saying so in the log."""


@dataclass(frozen=True, slots=True)
class Writing:
    """One unit of work: its connection, who acts and when."""

    connection: Connection
    at: DateTime
    who: str

    def log(
        self,
        what: str,
        subject: str,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        undoes: int | None = None,
    ) -> int:
        """Says in the log what this unit of work did; gives the entry's number."""
        return audit.append(
            self.connection,
            at=self.at,
            who=self.who,
            what=what,
            subject=subject,
            before=before,
            after=after,
            undoes=undoes,
        )


class Store:
    """An open database. Safe to use from several threads; each read or write takes a connection of its own."""

    def __init__(
        self, engine: Engine, identity: Identity, *, clock_offset_ms: int, created: bool, journal: str
    ) -> None:
        self._engine = engine
        self.identity = identity
        self.clock_offset_ms = clock_offset_ms
        self.created = created
        self.journal_mode = journal

    @classmethod
    def open(cls, where: str, *, now: DateTime) -> Store:
        """Opens, creates or upgrades the database at a path or URL; raises `Unavailable` with the reason if it can't.

        `now` dates a new database and the copy made before an upgrade. Processes may do this at the same time.
        """
        path = location(where)
        with _opening, in_words(BUSY_SECONDS):
            prepare(path)
            created = migrate.ensure_current(path, now=now)
            with closing(connect(path)) as raw:
                journal = settle_journal(raw)
                facts = dict(raw.execute("SELECT key, value FROM meta").fetchall())
                landmark = newest_entry(raw)
                file = FileIdentity(path)
            engine = engine_for(path, busy_seconds=BUSY_SECONDS)
            try:
                with engine.connect() as connection:
                    lost = guards.missing(connection)
                if lost:
                    raise Unavailable(
                        f"{visible(str(path))} lacks safeguards that it was made with ({', '.join(lost)}):"
                        " another program changed it; restore a backup"
                    )
                file.verify()
            except BaseException:
                engine.dispose()
                raise
        identity = Identity(file, facts["database_id"], migrate.HEAD, landmark)
        offset = int(facts.get("clock_offset_ms", 0))
        return cls(engine, identity, clock_offset_ms=offset, created=created, journal=journal)

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.identity.file.path

    @property
    def seen(self) -> int:
        """The newest log entry this session knows of; a feed starts from here."""
        return self.identity.seen

    @property
    def database_id(self) -> str:
        """What tells this database from any other; a backup, and what is restored from it, keep it."""
        return self.identity.database_id

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A short read of one consistent moment; raises `Unavailable` when the file is gone or replaced."""
        self.identity.file.verify()
        with in_words(BUSY_SECONDS), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self, *, who: str, at: DateTime) -> Iterator[Writing]:
        """A unit of work: everything in it is saved when it is left normally, nothing when it is left by an error.

        Waits for other writers. What was changed must be logged, else `Unlogged` is raised and nothing is saved. What
        the database forbids is raised as `Refused`; a database that is locked, full, gone or replaced as `Unavailable`.
        """
        file = self.identity.file
        file.verify()
        with in_words(BUSY_SECONDS), self._engine.connect().execution_options(begin="IMMEDIATE") as connection:
            with connection.begin():
                raw = driver(connection)
                known = self.identity.verify_content(raw)
                file.verify()
                changes = raw.total_changes
                yield Writing(connection, at, clean(who, limit=80) or "unknown")
                if raw.total_changes != changes and audit.last_seq(connection) == known:
                    raise Unlogged("a unit of work that changes something must log it")
                newest = newest_entry(raw)
                file.verify()
            file.verify()
            self.identity.saw(newest)

    def close(self) -> None:
        """Lets go of the file."""
        self._engine.dispose()
