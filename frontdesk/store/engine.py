"""The database, opened: short reads, and writes that are whole, logged and really on the file that was opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from pendulum import DateTime

from frontdesk.store import audit_writes
from frontdesk.store.faults import in_words
from frontdesk.store.file import FileBackend
from frontdesk.store.identity import newest_entry
from frontdesk.store.place import is_server
from frontdesk.store.sqlite import BUSY_SECONDS, location
from frontdesk.text import clean

if TYPE_CHECKING:
    from sqlalchemy import Connection as Connection

    from frontdesk.store.backend import Backend
    from frontdesk.store.question import Askable as Askable
    from frontdesk.store.question import Glance

__all__ = ["Store", "Unlogged", "Writing", "location"]


class Unlogged(RuntimeError):
    """A defect of the caller: a unit of work changed something without saying so in the log."""


class Writing(Struct, frozen=True):
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
        return audit_writes.append(
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

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.identity = backend.identity
        self.created = backend.created
        self.clock_offset_ms = int(backend.facts.get("clock_offset_ms", 0))

    @classmethod
    def open(cls, where: str, *, now: DateTime, create: bool = True) -> Store:
        """Opens, creates or upgrades the database at a path or URL; raises `Unavailable` with the reason if it can't.

        `now` dates a new database and the copy made before an upgrade. Processes may do this at the same time. Without
        `create`, one that is not there, or empty, is refused.
        """
        with in_words(BUSY_SECONDS):
            if is_server(where):
                # Imported when used: who works with a file does not wait for the other driver to load.
                from frontdesk.store.postgres.backend import ServerBackend

                return cls(ServerBackend.open(where, now=now, create=create))
            return cls(FileBackend.open(location(where), now=now, create=create))

    @property
    def path(self) -> Path:
        """Where the file is, of a database that is one."""
        assert isinstance(self.backend, FileBackend)
        return self.backend.file.path

    @property
    def journal_mode(self) -> str:
        """How SQLite keeps its journal; empty for other databases."""
        return self.backend.journal_mode if isinstance(self.backend, FileBackend) else ""

    @property
    def shown(self) -> str:
        """Where the database is, fit to be shown."""
        return self.backend.shown

    @property
    def seen(self) -> int:
        """The newest log entry this session knows of; a feed starts from here."""
        return self.identity.seen

    @property
    def database_id(self) -> str:
        """What tells this database from any other; a backup, and what is restored from it, keep it."""
        return self.identity.database_id

    def server_now(self) -> DateTime | None:
        """The time by the database server's clock; None where the database is a file."""
        with in_words(BUSY_SECONDS):
            return self.backend.now()

    def asked_now(self) -> DateTime:
        """The same of a database that is on a server."""
        now = self.server_now()
        assert now is not None
        return now

    def get_ready(self) -> None:
        """Loads what writing needs, a fifth of a second, connects and writes nothing; the first write does else.

        Raises `Unavailable` where the database can't be had or written; a write says so then too.
        """
        import_module("frontdesk.store.schema.every")
        self.backend.verify()
        with in_words(BUSY_SECONDS):
            self.backend.get_ready()

    @contextmanager
    def glance(self) -> Iterator[Glance]:
        """A short read of one consistent moment by `Question`s: without SQLAlchemy, where the database is a file.

        Raises `Unavailable` when the database is gone or replaced.
        """
        self.backend.verify()
        with in_words(BUSY_SECONDS), self.backend.glance() as glance:
            yield glance

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """As `glance`, by statements of SQLAlchemy's: for what is compared, checked or set up, and rarely asked."""
        self.backend.verify()
        with in_words(BUSY_SECONDS), self.backend.reading() as connection:
            yield connection

    @contextmanager
    def write(self, *, who: str, at: DateTime) -> Iterator[Writing]:
        """A unit of work: everything in it is saved when it is left normally, nothing when it is left by an error.

        Waits for other writers. What was changed must be logged, else `Unlogged` is raised and nothing is saved. What
        the database forbids is raised as `Refused`; a database that is locked, full, gone or replaced as `Unavailable`.
        """
        backend = self.backend
        backend.verify()
        with in_words(BUSY_SECONDS):
            with backend.writing() as connection:
                one = backend.one(connection)
                known = self.identity.verify_content(one)
                backend.verify()
                mark = backend.mark(connection)
                yield Writing(connection, at, clean(who, limit=80) or "unknown")
                newest = newest_entry(one)
                if (newest[0] if newest else 0) == known and backend.mark(connection) != mark:
                    raise Unlogged("a unit of work that changes something must log it")
                backend.verify()
            backend.verify()
            self.identity.saw(newest)

    def close(self) -> None:
        """Lets go of the database."""
        self.backend.close()
