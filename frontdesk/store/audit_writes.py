"""The log of changes, written: each unit of work says in it what it did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pendulum import DateTime

from frontdesk.store import core as sa
from frontdesk.store import schema

if TYPE_CHECKING:
    from sqlalchemy import Connection


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
        sa.insert(schema.audit).values(
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
