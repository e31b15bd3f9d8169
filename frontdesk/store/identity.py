"""Whether the database is still the one that was opened.

A file that is deleted, renamed or replaced stays open in SQLite: commits "succeed" into a file nobody will ever see.
So the file's own identity is looked at around every commit, and what it holds at the start of every write.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from frontdesk.domain.errors import Unavailable
from frontdesk.text import visible

Landmark = tuple[int, int, str, str, str]
"""The newest log entry a session has seen: seq, at, who, what, subject."""


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """The device and inode of the file that was opened.

    They are not given to another file while it is open, and a store's pool always keeps a connection.
    """

    path: Path
    device: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> FileIdentity:
        """What is at `path` now."""
        try:
            found = path.stat()
        except OSError:
            raise Unavailable(_gone(path)) from None
        return cls(path, found.st_dev, found.st_ino)

    def verify(self) -> None:
        """Raises `Unavailable` when another file, or none, is at the path now."""
        try:
            found = self.path.stat()
        except OSError:
            raise Unavailable(_gone(self.path)) from None
        if (found.st_dev, found.st_ino) != (self.device, self.inode):
            raise Unavailable(_replaced(self.path))


class Identity:
    """The file, the database in it, and the newest log entry seen: none of them may change under a session.

    Held by one store and its feed, which share what they have seen.
    """

    def __init__(self, file: FileIdentity, database_id: str, revision: str, landmark: Landmark | None) -> None:
        self.file = file
        self.database_id = database_id
        self.revision = revision
        self._landmark = landmark
        self._lock = Lock()

    def verify_content(self, connection: sqlite3.Connection) -> int:
        """Compares what the database holds with what was seen before; gives the newest log entry's number.

        Raises `Unavailable` when it is another database, an older copy of this one, or was upgraded by a newer
        program.
        """
        path = self.file.path
        with self._lock:
            known = self._landmark
            seq = known[0] if known else 0
            row = connection.execute(
                "SELECT (SELECT value FROM meta WHERE key = 'database_id'), (SELECT version_num FROM alembic_version)"
            ).fetchone()
            if row is None or row[0] != self.database_id:
                raise Unavailable(_replaced(path))
            if row[1] != self.revision:
                raise Unavailable(
                    f"{visible(str(path))} was upgraded by a newer frontdesk; close this one and update it"
                )
            if known is not None and _entry(connection, seq) != known:
                raise Unavailable(_replaced(path))
            newest = newest_entry(connection)
            self._landmark = newest
        return newest[0] if newest else 0

    @property
    def seen(self) -> int:
        """The number of the newest log entry seen; 0 before the first."""
        with self._lock:
            return self._landmark[0] if self._landmark else 0

    def saw(self, connection: sqlite3.Connection) -> None:
        """Remembers the newest entry after a commit of our own."""
        newest = newest_entry(connection)
        with self._lock:
            if newest is not None and (self._landmark is None or newest[0] > self._landmark[0]):
                self._landmark = newest


def newest_entry(connection: sqlite3.Connection) -> Landmark | None:
    """The newest entry of the log."""
    found: Landmark | None = connection.execute(
        "SELECT seq, at, who, what, subject FROM audit ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return found


def _entry(connection: sqlite3.Connection, seq: int) -> Landmark | None:
    found: Landmark | None = connection.execute(
        "SELECT seq, at, who, what, subject FROM audit WHERE seq = ?", (seq,)
    ).fetchone()
    return found


def _gone(path: Path) -> str:
    return f"{visible(str(path))} is gone: it was deleted or moved while in use; nothing more is saved until it is back"


def _replaced(path: Path) -> str:
    return f"{visible(str(path))} was replaced or restored while in use; nothing was saved, open frontdesk again"
