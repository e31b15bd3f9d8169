"""The log of changes: who did what, when, and what it was before. Append-only; other terminals read it as the feed.

`audit_writes` adds to it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from frontdesk.domain.instants import from_ms
from frontdesk.store.question import Question, as_document

if TYPE_CHECKING:
    from pendulum import DateTime

    from frontdesk.store.question import Askable


class Entry(Struct, frozen=True):
    """One change; `before` and `after` hold only what the change is about, `undoes` the entry it took back."""

    seq: int
    at: DateTime
    who: str
    what: str
    subject: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    undoes: int | None


def latest(conn: Askable, limit: int) -> tuple[Entry, ...]:
    """The newest entries, newest first."""
    ask = Question(conn)
    return _entries(ask, f"ORDER BY seq DESC LIMIT {ask.bind(limit)}")


def of_subject(conn: Askable, subject: str, limit: int = 50) -> tuple[Entry, ...]:
    """The newest entries about one thing (`appointment:7`), newest first."""
    ask = Question(conn)
    return _entries(ask, f"WHERE subject = {ask.bind(subject)} ORDER BY seq DESC LIMIT {ask.bind(limit)}")


def since(conn: Askable, seq: int) -> tuple[Entry, ...]:
    """What came after an entry, oldest first."""
    ask = Question(conn)
    return _entries(ask, f"WHERE seq > {ask.bind(seq)} ORDER BY seq")


def of_kinds(conn: Askable, kinds: Collection[str], *, since: DateTime, within: int) -> tuple[Entry, ...]:
    """The entries of some kinds from an instant on, newest first, among the newest `within` of the log."""
    ask = Question(conn)
    newest = f"seq > {ask.bind(last_seq(conn) - within)} AND at >= {ask.at(since)}"
    return _entries(ask, f"WHERE {newest} AND {ask.is_named('what', kinds)} ORDER BY seq DESC")


def get(conn: Askable, seq: int) -> Entry | None:
    """The entry of that number, if there is one."""
    ask = Question(conn)
    return next(iter(_entries(ask, f"WHERE seq = {ask.bind(seq)}")), None)


def last_seq(conn: Askable) -> int:
    """The number of the newest entry; 0 when there is none."""
    return int(Question(conn).first("SELECT max(seq) FROM audit")[0] or 0)


_LATELY = 500
"""Entries of which one tells how late it was: those of a day or two."""


def latest_at(conn: Askable) -> DateTime | None:
    """The latest instant that the newest entries tell of; the clock may have been set back since. None without any."""
    newest = f"SELECT at FROM audit ORDER BY seq DESC LIMIT {_LATELY}"
    (at,) = Question(conn).first(f"SELECT max(at) FROM ({newest}) AS newest")
    return None if at is None else from_ms(at)


def last_of(conn: Askable, subjects: Collection[str]) -> int:
    """The number of the newest entry about any of some things; 0 when there is none."""
    ask = Question(conn)
    return int(ask.first(f"SELECT max(seq) FROM audit WHERE {ask.is_named('subject', subjects)}")[0] or 0)


def undone(conn: Askable, seqs: Collection[int]) -> frozenset[int]:
    """Those of the entries that a later one took back."""
    ask = Question(conn)
    return frozenset(seq for (seq,) in ask.rows(f"SELECT undoes FROM audit WHERE {ask.is_among('undoes', seqs)}"))


def _entries(ask: Question, which: str) -> tuple[Entry, ...]:
    found = ask.rows(f"SELECT seq, at, who, what, subject, before, after, undoes FROM audit {which}")
    return tuple(
        Entry(seq, from_ms(at), who, what, subject, as_document(before), as_document(after), undoes)
        for seq, at, who, what, subject, before, after, undoes in found
    )
