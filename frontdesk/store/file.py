"""A SQLite file as the database of a `Store`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

from pendulum import DateTime
from sqlalchemy import Connection, Engine, NullPool

from frontdesk.domain.errors import Unavailable, Unsound
from frontdesk.store import guards, migrate
from frontdesk.store.backend import Feed, One, lacking
from frontdesk.store.file_feed import FileFeed
from frontdesk.store.file_state import damage, dangling, permissions, unlogged
from frontdesk.store.identity import FileIdentity, Identity, newest_entry
from frontdesk.store.snapshot import write_copy
from frontdesk.store.sqlite import BUSY_SECONDS, connect, driver, engine_for, prepare, settle_journal
from frontdesk.text import visible

_opening = Lock()
"""One opening at a time in a process: closing a file drops every POSIX lock the process holds on it."""


class FileBackend:
    """One file, shared by the processes of one computer."""

    def __init__(
        self,
        engine: Engine,
        file: FileIdentity,
        identity: Identity,
        facts: Mapping[str, str],
        *,
        created: bool,
        journal: str,
    ) -> None:
        self._engine = engine
        self.file = file
        self.identity = identity
        self.facts = facts
        self.created = created
        self.journal_mode = journal

    @classmethod
    def open(cls, path: Path, *, now: DateTime, create: bool = True) -> FileBackend:
        """Opens, creates (if `create`) or upgrades the file; raises `Unavailable` with the reason if it can't."""
        with _opening:
            if not create and not (path.is_file() and path.stat().st_size):
                raise Unavailable(f"{visible(str(path))} is not there; name a clinic's database")
            prepare(path)
            created = migrate.ensure_current(path, now=now)
            with closing(connect(path)) as raw:
                journal = settle_journal(raw)
                facts = dict(raw.execute("SELECT key, value FROM meta").fetchall())
                landmark = newest_entry(lambda query: raw.execute(query).fetchone())
                file = FileIdentity(path)
            with ExitStack() as opened:
                engine = engine_for(path, busy_seconds=BUSY_SECONDS)
                opened.callback(engine.dispose)
                with engine.connect() as connection:
                    lost = guards.missing(connection)
                if lost:
                    raise Unsound(lacking(visible(str(path)), lost))
                file.verify()
                opened.pop_all()
        identity = Identity(visible(str(path)), facts["database_id"], migrate.HEAD, landmark)
        return cls(engine, file, identity, facts, created=created, journal=journal)

    @property
    def shown(self) -> str:
        """The path."""
        return visible(str(self.file.path))

    @property
    def folder(self) -> Path:
        """The file's own."""
        return self.file.path.parent

    @property
    def name(self) -> str:
        """The file's, without its suffix."""
        return self.file.path.stem

    def now(self) -> DateTime | None:
        """None: every process on a file is on this computer."""
        return None

    def verify(self) -> None:
        """Looks at the file's own identity."""
        self.file.verify()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Begins DEFERRED: the first query takes the snapshot."""
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def reading_all(self) -> Iterator[Connection]:
        """Reads a copy: who reads the file itself for long holds its writers up."""
        with TemporaryDirectory() as folder:
            scratch = Path(folder) / "all.db"
            self.backup(scratch)
            engine = engine_for(scratch, poolclass=NullPool)
            try:
                with engine.connect() as connection:
                    yield connection
            finally:
                engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Begins IMMEDIATE: waits for the one writer that is before."""
        with self._engine.connect().execution_options(begin="IMMEDIATE") as connection, connection.begin():
            yield connection

    def one(self, connection: Connection) -> One:
        """By the driver itself."""
        raw = driver(connection)

        def first(query: str) -> tuple[Any, ...] | None:
            found: tuple[Any, ...] | None = raw.execute(query).fetchone()
            return found

        return first

    def mark(self, connection: Connection) -> object:
        """The rows that this connection has changed so far."""
        return driver(connection).total_changes

    def feed(self) -> Feed:
        """Polls `data_version`."""
        return FileFeed(self.file, self.identity)

    def backup(self, target: Path) -> None:
        """By SQLite's own means, page by page, in one step."""
        with closing(connect(self.file.path)) as source:
            self.file.verify()
            self.identity.verify_content(lambda query: source.execute(query).fetchone())
            write_copy(source, target)

    def damage(self) -> list[str]:
        """Reads the whole file, at some 40 MB a second."""
        self.file.verify()
        with closing(connect(self.file.path)) as raw:
            return damage(raw)

    def problems(self) -> list[str]:
        """Rows that point nowhere, entries that are gone; who else may open the file."""
        with closing(connect(self.file.path)) as raw:
            return dangling(raw) + unlogged(raw) + permissions(self.file.path)

    def missing_guards(self, connection: Connection) -> tuple[str, ...]:
        """Compares every trigger with what it should say."""
        return guards.missing(connection)

    def close(self) -> None:
        """Lets go of the file."""
        self._engine.dispose()
