"""SQLAlchemy over a SQLite file: what writes, and the few who read by its statements."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, Pool, QueuePool, create_engine, event

from frontdesk.store.sqlite import BUSY_SECONDS, COMPILED, begin_immediate, connect, driver


def engine_for(
    path: Path,
    *,
    poolclass: type[Pool] = QueuePool,
    busy_seconds: float = BUSY_SECONDS,
    foreign_keys: bool = True,
) -> Engine:
    """SQLAlchemy's engine over `connect`; a connection's `begin` option says how its transactions begin."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        creator=lambda: connect(path, busy_seconds=busy_seconds, foreign_keys=foreign_keys),
        poolclass=poolclass,
        # One is kept: what is read most goes through connections of the driver's own.
        query_cache_size=COMPILED,
        **({"pool_size": 1, "max_overflow": -1} if poolclass is QueuePool else {}),
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        raw = driver(connection)
        if connection.get_execution_options().get("begin") == "IMMEDIATE":
            begin_immediate(raw, busy_seconds)
        else:
            raw.execute("BEGIN DEFERRED")

    @event.listens_for(engine, "checkin")
    def _give_back(raw: sqlite3.Connection | None, record: object) -> None:
        """Keeps no pages of what was written: the next change may come in an hour, and the system has them too."""
        del record
        if raw is not None:
            raw.execute("PRAGMA shrink_memory")

    return engine
