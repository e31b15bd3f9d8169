"""Hearing of commits on a PostgreSQL server as they happen, by LISTEN on a connection of its own.

A notification only wakes and says which transaction it was; what changed is read from the log. A transaction that is
not in the log was another program's. The connection is driven without blocking, so that a wait ends at once when it is
told to, and a server that is gone without a word is noticed: where nothing is heard, it is asked every few seconds.
"""

from __future__ import annotations

import select
import socket
from contextlib import ExitStack, suppress
from threading import Event, Lock
from time import monotonic
from typing import Any

import psycopg
from psycopg import pq
from psycopg.conninfo import make_conninfo
from psycopg.errors import error_from_result

from frontdesk.domain.errors import Unavailable
from frontdesk.store.backend import UNKNOWN, Change
from frontdesk.store.faults import in_words
from frontdesk.store.identity import Identity
from frontdesk.store.postgres.link import check_line, why_not
from frontdesk.store.postgres.place import Place
from frontdesk.store.postgres.rules import CHANNEL
from frontdesk.store.sqlite import BUSY_SECONDS

ANSWER_SECONDS = 5.0
"""How long a server may take to let this connection in, or to answer it."""
SILENCE_SECONDS = 3.0
"""After how long without a word the server is asked whether it is there."""
_REMEMBERED = 1_000
"""Numbers of transactions whose entries were read before their notification came; far more than ever are."""
_EPOCH = 2**32
"""A row remembers the last 32 bits of its transaction's number."""


class _Woken(Exception):
    """Somebody ended the wait."""


class ServerFeed:
    """Waits for commits of anyone, from when its store was opened; one thread waits, any may wake or close it."""

    def __init__(self, place: Place, schema: str, identity: Identity) -> None:
        self._place = place
        self._schema = schema
        self._identity = identity
        self._seq = identity.seen
        self._lock = Lock()
        self._closed = Event()
        self._bell, self._rope = socket.socketpair()
        self._bell.setblocking(False)
        self._rope.setblocking(False)
        self._line: pq.abc.PGconn | None = None
        self._listened = False
        self._missed = False
        self._unread = True
        self._heard_at = 0.0
        self._logged: dict[str, None] = {}
        self._told: list[str] = []

    def wait(self, timeout_s: float) -> tuple[Change, ...]:
        """The changes since the last call, as soon as there are any; nothing after `timeout_s` seconds or a `wake`.

        Raises `Unavailable` while the server can't be reached, and for a database that was replaced or upgraded; may be
        called again, and says UNKNOWN once the server is back: something may have happened unheard.
        """
        until = monotonic() + timeout_s
        with self._lock:
            try:
                while not self._closed.is_set():
                    with in_words(BUSY_SECONDS):
                        changes = self._look(until)
                    if changes or monotonic() >= until:
                        return changes
            except _Woken:
                return ()
            except psycopg.Error as error:
                self._hang_up()
                raise Unavailable(f"{self._place.shown}: the server said something unexpected") from error
            except Unavailable as error:
                if isinstance(error.__cause__, psycopg.Error):
                    self._hang_up()
                raise
        return ()

    def wake(self) -> None:
        """Ends the present wait (or the next one) at once, from any thread."""
        with suppress(OSError):  # closed; or so full of wakes that one more says nothing
            self._rope.send(b"!")

    def close(self) -> None:
        """Ends the wait and lets go of the server; a closed feed has no more changes."""
        self._closed.set()
        self.wake()
        if self._lock.acquire(timeout=ANSWER_SECONDS):
            try:
                self._hang_up()
                self._bell.close()
                self._rope.close()
            finally:
                self._lock.release()

    def _look(self, until: float) -> tuple[Change, ...]:
        if self._line is None:
            self._dial()
        elif not (self._unread or self._told):
            self._listen(until)
        if self._told or self._unread or monotonic() - self._heard_at >= SILENCE_SECONDS:
            return self._read()
        return ()

    def _read(self) -> tuple[Change, ...]:
        self._unread = True  # until it was read to the end without an error
        self._identity.verify_content(self._one)
        found: list[Change] = []
        told, self._told = self._told, []  # what comes while the log is read may be of entries that are not in it yet
        rows = self._ask(
            f"SELECT seq, what, subject, who, xmin::text FROM audit WHERE seq > {self._seq:d} ORDER BY seq"
        )
        for seq, what, subject, who, transaction in rows:
            change = Change(int(seq), what, subject, who)
            found.append(change)
            self._seq = change.seq
            self._logged[transaction] = None
        strangers = [number for number in told if number not in self._logged]
        for number in told:
            self._logged.pop(number, None)
        for number in list(self._logged)[:-_REMEMBERED]:
            del self._logged[number]
        self._unread = False
        missed, self._missed, self._listened = self._missed, False, True
        return (UNKNOWN, *found) if strangers or missed else tuple(found)

    def _one(self, query: str) -> tuple[Any, ...] | None:
        rows = self._ask(query)
        return rows[0] if rows else None

    def _dial(self) -> None:
        """Connects and listens; what was said in between is unknown if there was a connection before."""
        wanted = make_conninfo("", **self._place.parameters, client_encoding="UTF8")
        line = pq.PGconn.connect_start(wanted.encode())
        until = monotonic() + ANSWER_SECONDS
        with ExitStack() as dialled:
            dialled.callback(line.finish)
            while (status := line.connect_poll()) not in (pq.PollingStatus.OK, pq.PollingStatus.FAILED):
                if not self._ready(line, until, write=status == pq.PollingStatus.WRITING):
                    raise Unavailable(why_not(self._place, "timeout expired", None))
            if status == pq.PollingStatus.FAILED:
                raise Unavailable(why_not(self._place, line.get_error_message(), line))
            check_line(self._place, line)
            dialled.pop_all()
        self._line, self._unread = line, True
        self._told.clear()
        self._logged.clear()
        self._ask(f"LISTEN {CHANNEL}")

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.finish()
            self._line = None
            self._missed = self._missed or self._listened

    def _listen(self, until: float) -> None:
        """Waits until the server says something, it has been silent for long, or the time is up."""
        line = self._line
        assert line is not None
        if self._ready(line, min(until, self._heard_at + SILENCE_SECONDS)):
            self._hear(line)

    def _hear(self, line: pq.abc.PGconn) -> None:
        line.consume_input()
        self._heard_at = monotonic()
        while (note := line.notifies()) is not None:
            schema, _, number = note.extra.decode("utf-8", "replace").rpartition(" ")
            if schema == self._schema and number.isdecimal():
                self._told.append(str(int(number) % _EPOCH))

    def _ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query, each value as text but whole numbers; the server must answer soon."""
        line = self._line
        assert line is not None
        line.send_query(query.encode())
        until = monotonic() + ANSWER_SECONDS
        rows: list[tuple[Any, ...]] = []
        failed: psycopg.Error | None = None
        try:
            while True:
                while line.is_busy():
                    if not self._ready(line, until):
                        self._hang_up()
                        raise Unavailable(f"the database server does not answer ({self._place.shown})")
                    self._hear(line)
                result = line.get_result()
                if result is None:
                    break
                if result.status == pq.ExecStatus.TUPLES_OK:
                    rows += [
                        tuple(_value(result, row, column) for column in range(result.nfields))
                        for row in range(result.ntuples)
                    ]
                elif result.status != pq.ExecStatus.COMMAND_OK:
                    failed = error_from_result(result)
        except _Woken:
            self._hang_up()  # the answer is still under way: nothing else can be asked on this connection
            raise
        self._hear(line)
        if failed is not None:
            raise failed
        return rows

    def _ready(self, line: pq.abc.PGconn, until: float, *, write: bool = False) -> bool:
        """Whether the connection can be read from (or written to) before `until`; raises `_Woken` when told to stop."""
        waiting = select.poll()
        waiting.register(self._bell, select.POLLIN)
        waiting.register(line.socket, select.POLLOUT if write else select.POLLIN)
        ready = waiting.poll(max(0.0, until - monotonic()) * 1000)
        if any(handle == self._bell.fileno() for handle, _ in ready):
            with suppress(BlockingIOError):
                while self._bell.recv(64):
                    pass
            raise _Woken
        return bool(ready)


_NUMBERS = frozenset({20, 21, 23})
"""The types int8, int2 and int4 (PostgreSQL's pg_type.dat)."""


def _value(result: pq.abc.PGresult, row: int, column: int) -> Any:
    value = result.get_value(row, column)
    if value is None:
        return None
    text = value.decode()
    return int(text) if result.ftype(column) in _NUMBERS else text
