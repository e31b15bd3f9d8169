"""A clinic's rows moved from one database into another, of whatever kind, and compared afterwards.

The rows are read as plain values and written as such, so nothing that one kind of database keeps is lost on the way to
another. What an appointment takes is not copied but derived anew by the target's own guards, and then compared too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import pendulum
import sqlalchemy as sa
from sqlalchemy import Connection, NullPool, Table
from sqlalchemy.exc import DBAPIError

from frontdesk.domain.errors import Refused, Unavailable
from frontdesk.store import guards, migrate, schema
from frontdesk.store.check import contradictions
from frontdesk.store.clashes import clashes
from frontdesk.store.faults import MARK
from frontdesk.store.snapshot import publish
from frontdesk.store.sqlite import connect
from frontdesk.store.sqlite_engine import engine_for
from frontdesk.store.types import Instant

_BATCH = 2_000
"""Rows read and written at a time."""
_EPOCH = pendulum.datetime(1970, 1, 1)
"""A date for a database whose own facts are copied into it."""

Digests = Mapping[str, tuple[int, int]]
"""Of each table the number of rows and the sum of their hashes, the same for the same rows on every database."""
Progress = Callable[[str, int], None]
"""Told the table that was copied and its rows."""


class Guards(Protocol):
    """How a kind of database lets its guards down for a copy, and puts them up again over what it then holds."""

    def drop(self, connection: Connection) -> None:
        """Lets them down, inside the caller's transaction."""
        ...

    def create(self, connection: Connection) -> None:
        """Puts them up and derives what appointments take."""
        ...


def fill(
    source: Connection,
    target: Connection,
    target_guards: Guards,
    *,
    database_id: str | None = None,
    current: bool = True,
    judged: bool = True,
) -> int:
    """Copies every row of `source` into the empty tables of `target`; gives their number.

    Tables that are not `current` are of an earlier release and have no guards; what contradicts itself is taken as it
    is unless it is `judged`.

    Both are inside transactions: the source's sees one moment, the target's is saved by the caller. The target then has
    the source's identity, or `database_id`. Raises `Unavailable` when what was written is not what was read.
    """
    target_guards.drop(target)
    kept = _kept(target)
    for name, columns in kept.items():
        table = schema.metadata.tables[name]
        written = _plain(table, columns)
        for rows in _batches(source, table, columns):
            if table is schema.meta and database_id is not None:
                rows = [{**row, "value": database_id} if row["key"] == "database_id" else row for row in rows]
            try:
                target.execute(sa.insert(written), rows)
            except (DBAPIError, OverflowError, ValueError) as error:
                raise _unwritable(table, error) from error
    clashing = clashes(target) if judged else []
    if clashing:
        raise Unavailable(f"what was read contradicts itself: {'; '.join(clashing)}; nothing was kept")
    if current:
        target_guards.create(target)
    compared = None if current and judged else kept  # derived claims differ where something contradicts itself
    there, here = digests(source, compared), digests(target, compared)
    differing = sorted(name for name in there if there[name] != here[name] and name != schema.meta.name)
    if differing:
        raise Unavailable(f"what was written is not what was read ({', '.join(differing)}); nothing was kept")
    wrong = contradictions(target) if judged else []
    if wrong:
        raise Unavailable(f"what was read contradicts itself, `frontdesk check` it: {wrong[0]}; nothing was kept")
    return sum(count for count, _ in here.values())


def is_empty(connection: Connection) -> bool:
    """Whether nobody has ever written to a database of ours: no log, no clinic, nobody on file."""
    tables = (schema.audit, schema.clinic, schema.patient, schema.room, schema.appointment, schema.block)
    return not any(connection.execute(sa.select(sa.exists().select_from(table))).scalar() for table in tables)


def digests(connection: Connection, columns: Mapping[str, Sequence[str]] | None = None) -> Digests:
    """The number of rows of each table and a digest of the values of its columns, in whatever order they lie.

    Of all tables and columns unless said otherwise.
    """
    if columns is None:
        columns = {table.name: table.columns.keys() for table in schema.metadata.sorted_tables}
    found: dict[str, tuple[int, int]] = {}
    for name, present in columns.items():
        table = schema.metadata.tables[name]
        count = total = 0
        for rows in _batches(connection, table, present):
            for row in rows:
                if table is schema.claim:
                    del row["id"]  # derived: the same, in whatever order
                said = json.dumps(list(row.values()), default=str)
                total += int.from_bytes(blake2b(said.encode(), digest_size=16).digest())
                count += 1
        found[name] = (count, total % 2**128)
    return found


def write_file(
    source: Connection,
    target: Path,
    *,
    database_id: str | None = None,
    then: Callable[[Connection], None] | None = None,
    revision: str = migrate.HEAD,
    judged: bool = True,
) -> int:
    """Copies `source` into the new SQLite file `target`, whole, checked and on the disk before it gets its name.

    `then` may add to it inside the same transaction. The tables are those of `revision`, the source's. What contradicts
    itself is refused if it is `judged`: a backup keeps what there is. Gives the number of rows.
    """
    copied = 0
    current = revision == migrate.HEAD

    def make(scratch: Path) -> None:
        nonlocal copied
        migrate.upgrade(scratch, now=_EPOCH, head=revision, keep=False)
        engine = engine_for(scratch, poolclass=NullPool, foreign_keys=False)
        try:
            with engine.connect().execution_options(begin="IMMEDIATE") as written, written.begin():
                written.execute(sa.delete(schema.meta))
                copied = fill(source, written, guards, database_id=database_id, current=current, judged=judged)
                facts = written.execute(sa.select(schema.meta.c.value).where(schema.meta.c.key == "database_id"))
                written.exec_driver_sql(f"PRAGMA user_version = {migrate.stamp_of(UUID(facts.scalar_one()))}")
                if then is not None:
                    then(written)
        finally:
            engine.dispose()
        with closing(connect(scratch)) as raw:
            verdict = raw.execute("PRAGMA quick_check(1)").fetchall()
            if judged:
                verdict += raw.execute("PRAGMA foreign_key_check").fetchall()
        if verdict != [("ok",)]:
            raise Unavailable("the copy is damaged, or rows of it refer to rows that are not there; nothing was kept")

    publish(target, make)
    return copied


def _kept(connection: Connection) -> dict[str, Sequence[str]]:
    """The columns that each table has there, of the tables that are copied and not derived, in an order to write in."""
    there = set(sa.inspect(connection).get_table_names())
    return {
        table.name: _columns(connection, table)
        for table in schema.metadata.sorted_tables
        if table is not schema.claim and table.name in there
    }


def _columns(connection: Connection, table: Table) -> Sequence[str]:
    there = {column["name"] for column in sa.inspect(connection).get_columns(table.name)}
    return [column.name for column in table.columns if column.name in there]


def _plain(table: Table, columns: Sequence[str]) -> sa.TableClause:
    """Those columns of a table, with instants as the numbers that are stored."""
    return sa.table(
        table.name,
        *(
            sa.column(column.name, sa.BigInteger() if isinstance(column.type, Instant) else column.type)
            for column in table.columns
            if column.name in columns
        ),
    )


def _batches(connection: Connection, table: Table, columns: Sequence[str]) -> Iterator[list[dict[str, Any]]]:
    """The rows as plain values; in the order of the key where one row may refer to another of the same table."""
    plain = _plain(table, columns)
    chosen = sa.select(plain)
    if any(key.column.table is table for key in table.foreign_keys):
        chosen = chosen.order_by(*(plain.c[column.name] for column in table.primary_key))
    result = connection.execute(chosen.execution_options(yield_per=_BATCH))
    for rows in result.mappings().partitions():
        yield [dict(row) for row in rows]


def _unwritable(table: Table, error: Exception) -> Refused:
    cause = getattr(error, "orig", None) or error
    lines = str(cause).splitlines() or [type(cause).__name__]
    reason = lines[0].removeprefix(MARK)
    return Unavailable(f"a row of {table.name} can't be kept there ({reason}); nothing was kept")
