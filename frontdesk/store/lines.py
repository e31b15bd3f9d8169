"""Connections of the driver's own to a file, for those who only ask; each is kept for whoever asks next."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock

from frontdesk.store.question import Glance
from frontdesk.store.sqlite import ASKED_CACHE_KIB, KEPT_OPEN, connect


class Lines:
    """Safe to use from several threads: whoever asks has a connection to themselves meanwhile."""

    def __init__(self, path: Path, first: sqlite3.Connection) -> None:
        """`first` is a connection that is there already."""
        self._path = path
        self._idle = [_sparing(first)]
        self._most = KEPT_OPEN
        self._lock = Lock()

    @contextmanager
    def glance(self) -> Iterator[Glance]:
        """One of them inside a transaction that sees the moment of its first question."""
        line = self._taken() or _sparing(connect(self._path))
        with ExitStack() as failed:
            failed.callback(line.close)
            line.execute("BEGIN DEFERRED")
            yield Glance(line, is_server=False)
            line.execute("ROLLBACK")
            failed.pop_all()
        self._keep(line)

    def close(self) -> None:
        """Closes those that nobody has; whoever has one closes it when they are done."""
        with self._lock:
            idle, self._idle, self._most = self._idle, [], 0
        for line in idle:
            line.close()

    def _taken(self) -> sqlite3.Connection | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _keep(self, line: sqlite3.Connection) -> None:
        with self._lock:
            is_kept = len(self._idle) < self._most
            if is_kept:
                self._idle.append(line)
        if not is_kept:
            line.close()


def _sparing(line: sqlite3.Connection) -> sqlite3.Connection:
    line.execute(f"PRAGMA cache_size = -{ASKED_CACHE_KIB}")
    return line
