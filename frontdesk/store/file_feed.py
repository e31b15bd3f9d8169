"""Hearing of what other processes (and other windows) write to a SQLite file, within a quarter of a second.

SQLite tells a connection that someone else committed by moving its `data_version`. What changed is then read from the
log. To ask takes the locks of a read, four times a second on every terminal that shows a day; that nobody has written
since the last time, the file system tells for a third of that. Its word is taken for a second at most.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from threading import Lock
from time import monotonic
from typing import Any

from frontdesk.domain.errors import Unavailable
from frontdesk.store.backend import UNKNOWN, Change
from frontdesk.store.faults import in_words
from frontdesk.store.identity import FileIdentity, Identity
from frontdesk.store.sqlite import BUSY_SECONDS, connect, is_busy

POLL_SECONDS = 0.25
"""How often a waiting feed looks; a change must show within a second."""
_ROUNDS = 8
"""Looks in a row before a feed reports what it has although writers go on."""


class FileFeed:
    """Waits for commits of anyone but itself, from when it was made; one thread waits, any may wake or close it."""

    def __init__(self, file: FileIdentity, identity: Identity) -> None:
        self._file = file
        self._identity = identity
        self._lock = Lock()
        self._woken = Lock()
        """Held until a `wake`: its timed `acquire` is the cheapest of the waits that can be ended."""
        self._woken.acquire()
        self._closed = False
        self._written: object = None
        """What the file system said of the file and its log before the last look into them."""
        self._locked_since: float | None = None
        # Its own connection, never inside a transaction: a read that stays open freezes data_version.
        with in_words(BUSY_SECONDS):
            self._connection = connect(file.path, busy_seconds=POLL_SECONDS)
            self._version = -1
            self._seq = identity.seen
            self._first = True

    def wait(self, timeout_s: float) -> tuple[Change, ...]:
        """The changes since the last call, as soon as there are any; nothing after `timeout_s` seconds or a `wake`.

        Raises `Unavailable` when the database is gone, replaced, restored, upgraded, or locked for very long; after a
        lock it may be called again.
        """
        until = monotonic() + timeout_s
        # Once in every wait the database itself is asked, whatever the file system says.
        looks = True
        while not self._closed:
            changes = self._look() if looks else ()
            left = until - monotonic()
            if changes or left <= 0:
                return changes
            if self._woken.acquire(timeout=min(POLL_SECONDS, left)):
                return ()
            looks = self._written is None or self._file.written() != self._written
        return ()

    def wake(self) -> None:
        """Ends the present wait (or the next one) at once, from any thread."""
        # Woken already where nobody has waited since.
        with suppress(RuntimeError):
            self._woken.release()

    def close(self) -> None:
        """Ends the wait and lets go of the file; a closed feed has no more changes."""
        self._closed = True
        self.wake()
        with self._lock:
            self._connection.close()

    def _look(self) -> tuple[Change, ...]:
        with self._lock:
            if self._closed:
                return ()
            self._written = None
            written = self._file.written()
            self._file.verify()
            try:
                with in_words(BUSY_SECONDS):
                    changes = self._read()
            except Unavailable as error:
                if not (isinstance(error.__cause__, sqlite3.Error) and is_busy(error.__cause__)):
                    raise
                now = monotonic()
                self._locked_since = now if self._locked_since is None else self._locked_since
                if now - self._locked_since >= BUSY_SECONDS:
                    raise
                return ()
            self._locked_since, self._written = None, written
            return changes

    def _read(self) -> tuple[Change, ...]:
        version = self._data_version()
        # An older copy put over the file before the last commit here was read looks as if nothing had moved.
        if version == self._version and self._seq >= self._identity.seen:
            return ()
        found: list[Change] = []
        for _ in range(_ROUNDS):
            self._identity.verify_content(self._one)
            rows = self._connection.execute(
                "SELECT seq, what, subject, who FROM audit WHERE seq > ? ORDER BY seq", (self._seq,)
            )
            for row in rows.fetchall():
                change = Change(*row)
                found.append(change)
                self._seq = change.seq
            before, version = version, self._data_version()
            if before == version:
                break  # nobody committed between the look and the reading, so no move is counted twice
        first, self._first, self._version = self._first, False, version
        if not found and not first:
            return (UNKNOWN,)
        return tuple(found)

    def _one(self, query: str) -> tuple[Any, ...] | None:
        found: tuple[Any, ...] | None = self._connection.execute(query).fetchone()
        return found

    def _data_version(self) -> int:
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        return int(version)
