"""How a server is connected to: the one place that knows a session's settings."""

from __future__ import annotations

import re
import sys
from contextlib import ExitStack
from typing import Any, TypeVar

import psycopg
from psycopg import pq
from psycopg.abc import PQGen
from sqlalchemy import Engine, NullPool, QueuePool, create_engine

from frontdesk.domain.errors import Unavailable
from frontdesk.store.postgres.place import Place, is_local
from frontdesk.store.sqlite import BUSY_SECONDS, COMPILED
from frontdesk.text import visible

_Value = TypeVar("_Value")

_UNASKED = sys.maxsize
"""Times that a statement is asked before it is planned once for the session: none of itself, only what asks for it.

The tables of an open session may be upgraded, which a statement must be written for: it names its columns.
"""

OLDEST = 140000
"""PostgreSQL 14: the first that ends a query whose client is gone, and makes btree_gist without an administrator."""
STATEMENT_SECONDS = 60
"""How long one statement may take: none of a desk's takes a second."""
ANSWER_SECONDS = STATEMENT_SECONDS + 10.0
"""How long a server may take over an answer, which it gives after `STATEMENT_SECONDS` at the latest if it is alive."""
IDLE_SECONDS = 60
"""How long a program may stand still inside a transaction before the server lets the others go on."""

UNHURRIED = ("SET statement_timeout = 0", "SET idle_in_transaction_session_timeout = 0")
"""For what may take many minutes: a whole clinic on its way in or out."""
_SETTINGS = (
    "SET client_min_messages = warning",
    "SET plan_cache_mode = force_generic_plan",  # planning takes longer than what is planned for, once and for all
    "SET random_page_cost = 1.1",  # a clinic fits into memory: to walk an index is never dearer than to read all
    "SET max_parallel_workers_per_gather = 0",  # to start one takes longer than any of these queries
    "SET jit = off",  # compiling takes longer than any of these queries
    f"SET statement_timeout = '{STATEMENT_SECONDS}s'",
    f"SET idle_in_transaction_session_timeout = '{IDLE_SECONDS}s'",
    "SET client_connection_check_interval = '5s'",
    "SET tcp_keepalives_idle = 10",
    "SET tcp_keepalives_interval = 3",
    "SET tcp_keepalives_count = 3",
)


class _Bounded(psycopg.Connection[Any]):
    """A session that waits for no answer for ever: a server may stand still while its computer is well."""

    patience: float | None = STATEMENT_SECONDS

    def wait(self, gen: PQGen[_Value], interval: float = 0.1, timeout: float | None = None) -> _Value:
        """As the driver's own, with an end; a session that was given up can't be used any more."""
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except psycopg.OperationalError as error:
            if error.sqlstate is None:  # not the server's word, but none at all
                self.close()
            raise


def connect(place: Place, *, busy_seconds: float = BUSY_SECONDS, long: bool = False) -> psycopg.Connection[Any]:
    """A new session; raises `Unavailable` with what to do about it. `long` lifts the limits on its time."""
    try:
        connection = _Bounded.connect(
            **place.parameters,  # type: ignore[arg-type]
            client_encoding="UTF8",
            prepare_threshold=_UNASKED,
        )
    except psycopg.Error as error:
        # Not chained: libpq's own words may quote what it was given.
        raise Unavailable(why_not(place, str(error), error.pgconn)) from None
    with ExitStack() as opened:
        opened.callback(connection.close)
        check_line(place, connection.pgconn)
        connection.autocommit = True
        settings = [*_SETTINGS, f"SET lock_timeout = '{int(busy_seconds * 1000)}ms'"]
        connection.execute("; ".join([*settings, *(UNHURRIED if long else ())]))
        connection.autocommit = False
        connection.patience = None if long else ANSWER_SECONDS
        opened.pop_all()
    return connection


def check_line(place: Place, line: pq.abc.PGconn) -> None:
    """Refuses a server that is too old, and one beyond this machine that a service file names without TLS."""
    if line.server_version < OLDEST:
        raise Unavailable(f"{place.shown}: frontdesk needs PostgreSQL 14 or newer")
    host = line.host.decode("utf-8", "replace")
    modes = {one.val.decode() for one in line.info if one.keyword == b"sslmode" and one.val is not None}
    if not (is_local(host) or line.ssl_in_use or modes & {"disable", "allow"}):
        raise Unavailable(f"{place.shown}: {_NO_TLS}")


def engine_for(place: Place, *, busy_seconds: float = BUSY_SECONDS, pooled: bool = True, long: bool = False) -> Engine:
    """SQLAlchemy's engine over `connect`; what it is called in errors holds no secret."""
    return create_engine(
        "postgresql+psycopg://",
        creator=lambda: connect(place, busy_seconds=busy_seconds, long=long),
        poolclass=QueuePool if pooled else NullPool,
        pool_pre_ping=pooled,
        query_cache_size=COMPILED,
        hide_parameters=True,
    )


_NO_TLS = (
    "the connection is not encrypted, which it must be beyond this computer; turn TLS on at the server, or, where the"
    " network is trusted, add ?sslmode=disable to the URL"
)


def why_not(place: Place, said: str, line: pq.abc.PGconn | None) -> str:
    """Why no connection could be made and what to do, in one line without secrets."""
    secret = place.parameters.get("password")
    said = " ".join(said.replace(secret, "…").split() if secret else said.split())
    said = visible(said.removeprefix("connection failed: "))
    low = said.lower()
    if "does not exist" in low and "database" in low:
        at = f" -h {visible(place.host)}" if place.host else ""
        return f"there is no database {place.database} on that server: make it with `createdb{at} {place.database}`"
    if (line is not None and (line.needs_password or line.used_password)) or "password authentication failed" in low:
        return (
            f"{place.shown}: the server wants another password; put it into ~/.pgpass (or the file that PGPASSFILE"
            " names), or into a service file"
        )
    if "does not support ssl" in low:
        return f"{place.shown}: {_NO_TLS}"
    if "timeout expired" in low or "timed out" in low:
        return f"the database server does not answer; is it running, does a firewall let it through? ({place.shown})"
    # "connection to server at HOST, port N failed: FATAL:  reason": the reason says it.
    reason = said.split(" failed: ", 1)[-1].removeprefix("FATAL: ")
    reason = re.split(" Is the server running| This probably means", reason)[0].strip()
    hint = "; is it running?" if "connection refused" in low or "no such file" in low else ""
    # What it is about first: a narrow window cuts the end.
    return f"the database server can't be reached: {reason[:300]}{hint} ({place.shown})"
