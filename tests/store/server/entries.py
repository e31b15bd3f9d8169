"""Entries in the log, to be counted afterwards."""

from __future__ import annotations

from sqlalchemy import text

from frontdesk.store.engine import Store
from tests.store.conftest import NOW


def log(store: Store, what: str) -> None:
    with store.write(who="Ana", at=NOW) as work:
        work.log(what, "")


def logged(store: Store) -> list[str]:
    with store.read() as connection:
        return list(connection.execute(text("SELECT what FROM audit ORDER BY seq")).scalars())


def log_ten(store: Store) -> None:
    for _ in range(10):
        log(store, "booked")
