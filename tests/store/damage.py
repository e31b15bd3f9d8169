"""What another program may have done to a database with its safeguards shut off."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg

from frontdesk.store.place import is_server


def damage(where: str, *statements: str) -> None:
    """Runs statements past every trigger and foreign key, and leaves the triggers as they were."""
    if is_server(where):
        with psycopg.connect(where.replace("+psycopg", "")) as line:
            line.execute("SET session_replication_role = replica")
            for statement in statements:
                line.execute(statement.encode())
        line.close()
        return
    with closing(sqlite3.connect(Path(where), isolation_level=None)) as raw:
        triggers = raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        raw.execute("PRAGMA foreign_keys = OFF")
        for name, _ in triggers:
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            raw.execute(statement)
        for _, sql in triggers:
            raw.execute(sql)
