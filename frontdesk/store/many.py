"""Very many small rows at once, by the quickest way each driver has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from frontdesk.store import core as sa
from frontdesk.store.sqlite import driver

if TYPE_CHECKING:
    from sqlalchemy import Column, Connection, Table

T = TypeVar("T")
Key = TypeVar("Key", int, str)
_BATCH = 5_000
"""Values of one statement: SQLite takes no more than 32,766."""


def in_batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """The items in the portions that a statement takes at once."""
    for first in range(0, len(items), _BATCH):
        yield items[first : first + _BATCH]


def keys_in_batches(keys: Iterable[Key]) -> Iterator[Sequence[Key]]:
    """Keys in such portions for an IN list, each once and in order."""
    return in_batches(sorted(set(keys)))


def insert_many(
    conn: Connection, table: Table, rows: Sequence[tuple[Any, ...]], names: Sequence[str] | None = None
) -> None:
    """Inserts plain values, in the order of the table's columns or of those `names`, inside the caller's transaction.

    SQLAlchemy prepares each row by itself, which takes longer than SQLite takes to store it; PostgreSQL's COPY is many
    times faster than any INSERT.
    """
    if not rows:
        return
    columns = ", ".join(names or table.columns.keys())
    if conn.dialect.name == "postgresql":
        raw: Any = conn.connection.driver_connection  # psycopg's: imported by whoever works with a server
        with raw.cursor() as cursor, cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    else:
        places = ", ".join("?" * len(rows[0]))
        driver(conn).executemany(f"INSERT INTO {table.name} ({columns}) VALUES ({places})", rows)


def new_ids(conn: Connection, table: Table, count: int, *, besides: Sequence[Column[int]] = ()) -> list[int]:
    """Numbers for so many new rows, rising, which the caller's transaction has for itself.

    `besides` are columns with numbers that must not come again, where SQLite would give one anew: it counts from the
    highest there is.
    """
    if conn.dialect.name == "postgresql":
        counter = sa.func.nextval(sa.func.pg_get_serial_sequence(table.name, "id"))
        return list(conn.execute(sa.select(counter).select_from(sa.func.generate_series(1, count))).scalars())
    highest = [sa.select(sa.func.max(column)).scalar_subquery() for column in (table.c.id, *besides)]
    first = max(one or 0 for one in conn.execute(sa.select(*highest)).one()) + 1
    return list(range(first, first + count))
