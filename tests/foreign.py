"""Another program at the same database: the bare driver and its own SQL, nothing of frontdesk's."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import psycopg

from frontdesk.store.place import is_server
from frontdesk.store.schema import metadata

FORBIDDEN = (sqlite3.IntegrityError, psycopg.IntegrityError)
"""What a driver raises for what the database forbids."""

Values = Sequence[Any] | Mapping[str, Any]


class Foreign:
    """A session of it; each statement is a transaction of its own unless it says BEGIN.

    On SQLite its foreign keys are off, as they are for whoever does not ask for them.
    """

    def __init__(self, where: str) -> None:
        self.is_server = is_server(where)
        self._session: Any = (
            psycopg.connect(where.replace("+psycopg", ""), autocommit=True)
            if self.is_server
            else sqlite3.connect(where, isolation_level=None, timeout=10)
        )

    def execute(self, sql: str, values: Values = ()) -> list[tuple[Any, ...]]:
        """Runs one statement, with `?` or `:name` where the values go; gives its rows."""
        if not self.is_server:
            return list(self._session.execute(sql, values).fetchall())
        cursor = self._session.execute(_places(sql) if values else sql, values or None)
        return list(cursor.fetchall()) if cursor.description else []

    def script(self, sql: str) -> None:
        """Runs several statements, divided by semicolons."""
        for statement in filter(str.strip, sql.split(";")):
            self.execute(statement)

    def many(self, sql: str, rows: Iterable[Values]) -> None:
        """Runs one statement for each row."""
        for row in rows:
            self.execute(sql, row)

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything that is in the tables."""
        return {name: sorted(self.execute(f"SELECT * FROM {name}"), key=repr) for name in metadata.tables}

    def close(self) -> None:
        self._session.close()

    def __enter__(self) -> Foreign:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _places(sql: str) -> str:
    return re.sub(r"(?<![:\w']):([a-z_]\w*)", r"%(\1)s", sql.replace("%", "%%")).replace("?", "%s")
