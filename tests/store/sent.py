"""What a file's driver is sent."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from frontdesk.store.sqlite import driver


def sent(conn: Connection, act: Callable[[], object]) -> list[str]:
    """The statements that `act` sends, their values in them."""
    found: list[str] = []
    driver(conn).set_trace_callback(found.append)
    act()
    driver(conn).set_trace_callback(None)
    return found


def steps(conn: Connection, statements: list[str]) -> list[str]:
    """How SQLite would go about them: the lines of their query plans."""
    return [row[3] for sql in statements for row in driver(conn).execute(f"EXPLAIN QUERY PLAN {sql}")]
