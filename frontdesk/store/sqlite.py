"""How a SQLite file is created and opened: the one place that knows the pragmas.

Reads begin DEFERRED and writes IMMEDIATE, by our own BEGIN: with the driver's implicit transactions, two processes
lose each other's updates. A connection never creates a file: only `prepare` does, so that a deleted database is not
silently replaced by an empty one.
"""

from __future__ import annotations

import os
import re
import sqlite3
import sys
from contextlib import ExitStack
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from frontdesk.domain.errors import Unavailable
from frontdesk.patterns import late
from frontdesk.store.netfs import objection_to
from frontdesk.text import visible

if TYPE_CHECKING:
    from sqlalchemy import Connection

APPLICATION_ID = 0x46446B31
"""`PRAGMA application_id` of our databases ("FDk1"), by which another program's file is told apart."""
BUSY_SECONDS = 10.0
"""How long a statement waits for another process's lock."""
STATEMENTS, CACHE_KIB = 32, 1_000
"""What each connection keeps. The day and the keys of a name ask some thirty; each takes 7 to 70 kB. Pages
are half of what SQLite would keep, which is 2 MiB for each, and no read is slower."""
COMPILED = 150
"""Statements of SQLAlchemy's whose words are kept, on either database: those of a day's work, each ten to thirty kB."""
KEPT_OPEN = 2
"""Connections kept for the next read; more at once are opened, and closed."""
ASKED_CACHE_KIB = 160
"""What those keep: inner pages of what is asked at every key. A write needs more, or it spills before it is whole."""


_KEYWORDS = late(r"(?:^|\s)(?:host|hostaddr|port|dbname|user|password|passfile|service|sslmode)\s*=", re.IGNORECASE)
"""How libpq's own connection strings begin; no file is meant by one."""


def wal_is_safe(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> bool:
    """Whether this SQLite may use write-ahead logging with several processes.

    Releases before 3.51.3 (and 3.50.7, 3.44.6 on their branches) can lose commits when one process checkpoints while
    another resets the log (sqlite.org/wal.html, "the WAL-reset bug").
    """
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def location(where: str) -> Path:
    """The absolute path that a path or `sqlite:///` URL names; anything else is refused."""
    if "://" not in where:
        if "=" in where and _KEYWORDS.search(where):
            raise Unavailable(
                "a server is named by a URL, postgresql+psycopg://USER@HOST/DATABASE, and its password never on a"
                " command line: put it into ~/.pgpass (or the file that PGPASSFILE names)"
            )
        if not where.strip() or where == ":memory:":
            raise Unavailable("the database needs a file: give its path")
        return _absolute(where)
    # A path needs none of it, and waits for it as long as for a day.
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(where)
    except (ArgumentError, ValueError):
        raise Unavailable("that is neither a path nor a database URL such as sqlite:///clinic.db") from None
    if url.drivername not in ("sqlite", "sqlite+pysqlite"):
        raise Unavailable(
            f"frontdesk speaks SQLite and PostgreSQL, not {visible(url.drivername)}:"
            " give a file or postgresql+psycopg://HOST/DATABASE"
        )
    if not url.database or url.database == ":memory:" or url.query:
        raise Unavailable("the database needs a file and no options: sqlite:///path/to/clinic.db")
    return _absolute(url.database)


def _absolute(path: str) -> Path:
    try:
        return Path(path).expanduser().absolute()
    except RuntimeError:
        raise Unavailable(f"{visible(path)}: there is no such home folder; give a path that begins with /") from None


def is_there(path: Path) -> bool:
    """Whether there is a file with something in it; raises `Unavailable` where this user may not even look."""
    try:
        return path.is_file() and path.stat().st_size > 0
    except OSError as error:
        raise Unavailable(f"{visible(str(path))} can't be read: {reason(error)}") from error


def reason(error: OSError) -> str:
    """What the system says, as the end of a sentence."""
    return visible(error.strerror or str(error)).lower()


def prepare(path: Path) -> None:
    """Makes the folder (0700) and an empty file (0600) where there is none, whatever the umask says.

    Refuses what can't hold a database, before anything is made: a network drive, a folder, a path that may not be
    written.
    """
    prepare_folder(path)
    try:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), 0o600)
        except FileExistsError:
            if not path.is_file():
                raise Unavailable(f"{visible(str(path))} is not a file; name a file for the database") from None
            if not path.stat().st_size:
                # Somebody made it to be filled, as open as their umask has it.
                path.chmod(0o600)
            return
        try:
            os.fchmod(handle, 0o600)
        finally:
            os.close(handle)
    except OSError as error:
        raise _unmakeable(path, error) from error


def prepare_folder(path: Path) -> None:
    """Makes the folder for a database at `path` (0700); refuses a place that can't hold one."""
    objection = objection_to(path)
    if objection:
        raise Unavailable(objection)
    try:
        _make_folder(path.parent)
    except OSError as error:
        raise _unmakeable(path, error) from error


def _unmakeable(path: Path, error: OSError) -> Unavailable:
    return Unavailable(f"{visible(str(path))} can't be made: {reason(error)}; choose another place with --db")


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        return
    folder.chmod(0o700)


def connect(
    path: Path, *, busy_seconds: float = BUSY_SECONDS, foreign_keys: bool = True, mode: str = "rw"
) -> sqlite3.Connection:
    """A connection outside any transaction, with our pragmas; raises `sqlite3.OperationalError` if the file is gone."""
    more: dict[str, Any] = {}
    if hasattr(sqlite3, "LEGACY_TRANSACTION_CONTROL"):  # Python 3.12+: its newer modes keep a transaction open
        more["autocommit"] = sqlite3.LEGACY_TRANSACTION_CONTROL
    connection: sqlite3.Connection = sqlite3.connect(
        f"{path.as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=STATEMENTS,
        **more,
    )
    with ExitStack() as opened:
        opened.callback(connection.close)
        # Before any BEGIN: inside a transaction these are ignored or fail.
        connection.execute(f"PRAGMA busy_timeout = {int(busy_seconds * 1000)}")
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        # FULL, and the folder too, so that a power cut does not bring back the journal of a finished commit.
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        if sys.platform == "darwin":  # macOS's fsync leaves data in the drive's cache (sqlite.org/pragma.html)
            connection.execute("PRAGMA fullfsync = ON")
            connection.execute("PRAGMA checkpoint_fullfsync = ON")
        opened.pop_all()
    return connection


def settle_journal(connection: sqlite3.Connection, *, wal: bool | None = None) -> str:
    """Takes the file to write-ahead logging where that is safe, else to the rollback journal; returns the mode it has.

    The change needs the file to itself, so it is tried and left for the next start when others have it open.
    """
    wanted = "wal" if (wal_is_safe() if wal is None else wal) else "delete"
    (current,) = connection.execute("PRAGMA journal_mode").fetchone()
    if current == wanted:
        return str(current)
    try:
        (current,) = connection.execute(f"PRAGMA journal_mode = {wanted}").fetchone()
    except sqlite3.OperationalError as error:
        if not is_busy(error) and not (error.sqlite_errorname or "").startswith("SQLITE_READONLY"):
            raise
    return str(current)


def begin_immediate(connection: sqlite3.Connection, busy_seconds: float) -> None:
    """Takes the write lock, asking every few milliseconds.

    SQLite's own waiting asks ten times a second at the end, and among writers without pause starves for its 10 s.
    """
    until = monotonic() + busy_seconds
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if not is_busy(error) or monotonic() >= until:
                    raise
            from random import uniform

            sleep(uniform(0.001, 0.005))
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(busy_seconds * 1000)}")


def is_busy(error: sqlite3.Error) -> bool:
    """Whether it says no more than that another process has the lock."""
    return (error.sqlite_errorname or "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def driver(connection: Connection) -> sqlite3.Connection:
    """The driver's connection under one of SQLAlchemy's."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw
