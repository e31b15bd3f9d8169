"""Whether the database is still the one that was opened.

Of any kind of database: its own id, its version and the newest log entry seen may not change under a session. A file
that is deleted, renamed or replaced stays open in SQLite: commits "succeed" into a file nobody will ever see. So the
file's own identity is looked at around every commit, and what it holds at the start of every write.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any

from frontdesk.domain.errors import Unavailable
from frontdesk.text import visible

Landmark = tuple[Any, ...]
"""The newest log entry a session has seen: seq, at, who, what, subject."""


_HEADER = struct.Struct(">18x B 5x I 32x I")
"""Of a SQLite file's header (sqlite.org/fileformat2.html, 1.3): write version, change counter, user version."""
_WAL = 2
_descriptors: dict[tuple[int, int], int] = {}
"""A descriptor a file, never closed: closing one drops the POSIX locks of every connection this process has to it."""
_descriptors_lock = Lock()


class FileIdentity:
    """The device and inode of the file that was opened, and the stamp in its header.

    Device and inode are not given to another file while it is open, and a store's pool always keeps a connection. The
    header tells of a file overwritten in place, which SQLite does not notice while a write-ahead log covers it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._log = path.with_name(f"{path.name}-wal")
        self._keeps_log = False
        """Whether what is written goes to a log first, as the header said when it was read last."""
        self._key = self._found()
        self._stamp, self._counter = self._header()

    def verify(self) -> None:
        """Raises `Unavailable` when another file, or none, is at the path now."""
        if self._found() != self._key:
            raise Unavailable(replaced(visible(str(self.path))))
        stamp, counter = self._header()
        if stamp != self._stamp or counter < self._counter:
            raise Unavailable(replaced(visible(str(self.path))))
        self._counter = counter

    def written(self) -> tuple[object, ...] | None:
        """What the file system says of the last write; None where another file, or none, is at the path now.

        Its word is good for files on a disk of this machine, and no others are opened.
        """
        try:
            file = self.path.stat()
            log = self._log.stat() if self._keeps_log else None
        except OSError:
            return None
        if (file.st_dev, file.st_ino) != self._key:
            return None
        return file.st_mtime_ns, file.st_size, log and (log.st_mtime_ns, log.st_size)

    def _found(self) -> tuple[int, int]:
        try:
            found = self.path.stat()
        except OSError:
            raise Unavailable(_gone(self.path)) from None
        return found.st_dev, found.st_ino

    def _header(self) -> tuple[int, int]:
        """The stamp, and the change counter under write-ahead logging, where only checkpoints move it, upwards.

        With a rollback journal SQLite compares the counter itself, and a rollback may set it back.
        """
        with _descriptors_lock:
            if self._key not in _descriptors:
                try:
                    _descriptors[self._key] = os.open(self.path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
                except OSError:
                    raise Unavailable(_gone(self.path)) from None
            read = os.pread(_descriptors[self._key], _HEADER.size, 0)
        if len(read) < _HEADER.size:
            raise Unavailable(replaced(visible(str(self.path))))
        version, counter, stamp = _HEADER.unpack(read)
        self._keeps_log = version == _WAL
        return stamp, counter if self._keeps_log else 0


class Identity:
    """The database that was opened and the newest log entry seen: neither may change under a session.

    Held by one store and its feed, which share what they have seen.
    """

    def __init__(self, shown: str, database_id: str, revision: str, landmark: Landmark | None) -> None:
        """`shown` is how messages call the place."""
        self.shown = shown
        self.database_id = database_id
        self.revision = revision
        self._landmark = landmark
        self._lock = Lock()

    def verify_content(self, one: Callable[[str], tuple[Any, ...] | None]) -> int:
        """Compares what the database holds with what was seen before; gives the newest log entry's number.

        `one` gives the first row of a query. Raises `Unavailable` when it is another database, an older copy of this
        one, or was upgraded by a newer program.
        """
        with self._lock:
            known = self._landmark
            seq = known[0] if known else 0
            row = one(
                "SELECT (SELECT value FROM meta WHERE key = 'database_id'), (SELECT version_num FROM alembic_version)"
            )
            if row is None or row[0] != self.database_id:
                raise Unavailable(replaced(self.shown))
            if row[1] != self.revision:
                raise Unavailable(f"{self.shown} was upgraded by a newer frontdesk; close this one and update it")
            if known is not None and _entry(one, seq) != known:
                raise Unavailable(replaced(self.shown))
            newest = newest_entry(one)
            self._landmark = newest
        return newest[0] if newest else 0

    @property
    def seen(self) -> int:
        """The number of the newest log entry seen; 0 before the first."""
        with self._lock:
            return self._landmark[0] if self._landmark else 0

    def saw(self, newest: Landmark | None) -> None:
        """Remembers the newest entry after a commit of our own."""
        with self._lock:
            if newest is not None and (self._landmark is None or newest[0] > self._landmark[0]):
                self._landmark = newest


def newest_entry(one: Callable[[str], tuple[Any, ...] | None]) -> Landmark | None:
    """The newest entry of the log."""
    return one("SELECT seq, at, who, what, subject FROM audit ORDER BY seq DESC LIMIT 1")


def _entry(one: Callable[[str], tuple[Any, ...] | None], seq: int) -> Landmark | None:
    return one(f"SELECT seq, at, who, what, subject FROM audit WHERE seq = {seq:d}")


def _gone(path: Path) -> str:
    return f"{visible(str(path))} is gone (deleted or moved); nothing is saved until it is back"


def replaced(shown: str) -> str:
    """The words for a database that is not the one that was opened."""
    return f"{shown} was replaced or restored; nothing was saved, open frontdesk again"
