"""The log of changes: who did what, when, and what it was before. Append-only; other terminals read it as the feed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pendulum import DateTime
from sqlalchemy import Connection, Row, Select, func, insert, select

from frontdesk.store.schema import audit


@dataclass(frozen=True, slots=True)
class Entry:
    """One change; `before` and `after` hold only what the change is about, `undoes` the entry it took back."""

    seq: int
    at: DateTime
    who: str
    what: str
    subject: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    undoes: int | None


def append(
    conn: Connection,
    *,
    at: DateTime,
    who: str,
    what: str,
    subject: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    undoes: int | None = None,
) -> int:
    """Writes an entry and gives its sequence number; they rise by commit, and none is used twice."""
    result = conn.execute(
        insert(audit).values(
            at=at,
            who=who,
            what=what,
            subject=subject,
            before=None if before is None else dict(before),
            after=None if after is None else dict(after),
            undoes=undoes,
        )
    )
    (seq,) = result.inserted_primary_key or (0,)
    return int(seq)


def latest(conn: Connection, limit: int) -> tuple[Entry, ...]:
    """The newest entries, newest first."""
    return _entries(conn, select(audit).order_by(audit.c.seq.desc()).limit(limit))


def of_subject(conn: Connection, subject: str, limit: int = 50) -> tuple[Entry, ...]:
    """The newest entries about one thing (`appointment:7`), newest first."""
    return _entries(conn, select(audit).where(audit.c.subject == subject).order_by(audit.c.seq.desc()).limit(limit))


def since(conn: Connection, seq: int) -> tuple[Entry, ...]:
    """What came after an entry, oldest first."""
    return _entries(conn, select(audit).where(audit.c.seq > seq).order_by(audit.c.seq))


def of_kinds(conn: Connection, kinds: Collection[str], *, since: DateTime, within: int) -> tuple[Entry, ...]:
    """The entries of some kinds from an instant on, newest first, among the newest `within` of the log."""
    table = audit.c
    chosen = select(audit).where(table.seq > last_seq(conn) - within, table.what.in_(sorted(kinds)), table.at >= since)
    return _entries(conn, chosen.order_by(table.seq.desc()))


def get(conn: Connection, seq: int) -> Entry | None:
    """The entry of that number, if there is one."""
    return next(iter(_entries(conn, select(audit).where(audit.c.seq == seq))), None)


def last_seq(conn: Connection) -> int:
    """The number of the newest entry; 0 when there is none."""
    return int(conn.scalar(select(func.max(audit.c.seq))) or 0)


def undone(conn: Connection, seqs: Iterable[int]) -> frozenset[int]:
    """Those of the entries that a later one took back."""
    wanted = list(seqs)
    if not wanted:
        return frozenset()
    return frozenset(seq for seq in conn.scalars(select(audit.c.undoes).where(audit.c.undoes.in_(wanted))) if seq)


def _entries(conn: Connection, query: Select[Any]) -> tuple[Entry, ...]:
    return tuple(_entry(row) for row in conn.execute(query))


def _entry(row: Row[Any]) -> Entry:
    return Entry(row.seq, row.at, row.who, row.what, row.subject, row.before, row.after, row.undoes)
