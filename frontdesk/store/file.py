"""A SQLite file as the database of a `Store`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from pendulum import DateTime

from frontdesk.domain.errors import Unavailable, Unsound
from frontdesk.domain.instants import from_ms
from frontdesk.store import guards, migrate
from frontdesk.store.audit_writes import append
from frontdesk.store.backend import Feed, One, lacking
from frontdesk.store.file_feed import FileFeed
from frontdesk.store.file_state import damage, dangling, permissions, unlogged
from frontdesk.store.identity import FileIdentity, Identity, newest_entry
from frontdesk.store.lines import Lines
from frontdesk.store.question import Glance
from frontdesk.store.sqlite import BUSY_SECONDS, connect, driver, is_there, prepare, settle_journal
from frontdesk.text import visible

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

_opening = Lock()
"""One opening at a time in a process: closing a file drops every POSIX lock the process holds on it."""


class FileBackend:
    """One file, shared by the processes of one computer."""

    def __init__(
        self,
        lines: Lines,
        file: FileIdentity,
        identity: Identity,
        facts: Mapping[str, str],
        *,
        created: bool,
        journal: str,
    ) -> None:
        self._lines = lines
        self._made: Engine | None = None
        self._making = Lock()
        self.file = file
        self.identity = identity
        self.facts = facts
        self.created = created
        self.journal_mode = journal

    @classmethod
    def open(cls, path: Path, *, now: DateTime, create: bool = True) -> FileBackend:
        """Opens, creates (if `create`) or upgrades the file; raises `Unavailable` with the reason if it can't."""
        with _opening:
            if not create and not is_there(path):
                raise Unavailable(f"{visible(str(path))} is not there; name a clinic's database")
            prepare(path)
            with ExitStack() as opened:
                line = connect(path, busy_seconds=BUSY_SECONDS)
                opened.callback(line.close)
                created = migrate.revision(line, path) != migrate.HEAD and migrate.upgrade(path, now=now)
                journal = settle_journal(line)
                facts = dict(line.execute("SELECT key, value FROM meta").fetchall())
                landmark = newest_entry(lambda query: line.execute(query).fetchone())
                file = FileIdentity(path)
                lost = guards.missing(Glance(line, is_server=False))
                if lost:
                    raise Unsound(lacking(visible(str(path)), lost))
                file.verify()
                opened.pop_all()
        identity = Identity(visible(str(path)), facts["database_id"], migrate.HEAD, landmark)
        return cls(Lines(path, line), file, identity, facts, created=created, journal=journal)

    @property
    def _engine(self) -> Engine:
        """Made when it is first needed: SQLAlchemy takes longer to load than a day to be read."""
        with self._making:
            if self._made is None:
                from frontdesk.store.sqlite_engine import engine_for

                self._made = engine_for(self.file.path, busy_seconds=BUSY_SECONDS)
            return self._made

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

    def get_ready(self) -> None:
        """Makes the engine and its connection, and goes the way of a write once, to no end: nothing of it is kept.

        What a first write makes for all that follow, memory among it, is there then, and not made while an alarm rings.
        """
        with self._engine.connect().execution_options(begin="IMMEDIATE") as connection:
            # Left without a commit, so that it is taken back.
            append(connection, at=from_ms(0), who="nobody", what="rehearsal", subject="rehearsal", after={})

    def glance(self) -> AbstractContextManager[Glance]:
        """On a connection of the driver's own."""
        return self._lines.glance()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Begins DEFERRED: the first query takes the snapshot."""
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def reading_all(self) -> Iterator[Connection]:
        """Reads a copy: who reads the file itself for long holds its writers up."""
        from tempfile import TemporaryDirectory

        from sqlalchemy import NullPool

        from frontdesk.store.sqlite_engine import engine_for

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
        from frontdesk.store.snapshot import write_copy

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
        self._lines.close()
        with self._making:
            if self._made is not None:
                self._made.dispose()
