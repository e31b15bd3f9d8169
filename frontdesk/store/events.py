"""What imported occurrences of calendars became, so that the same file again changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from frontdesk.store import schema
from frontdesk.store.rows import put_rows

_BATCH = 5_000
"""Keys in one IN list: well below SQLite's 32,766 parameters a statement."""


@dataclass(frozen=True, slots=True)
class EventSource:
    """The appointment or the block that an occurrence became (one of the two), and what the occurrence said."""

    appointment_id: int | None
    block_id: int | None
    fields: Mapping[str, Any]


def event_sources(conn: Connection, keys: Sequence[str]) -> dict[str, EventSource]:
    """What is known of those occurrences, by key; unknown ones are left out."""
    table = schema.event_source.c
    found: dict[str, EventSource] = {}
    for start in range(0, len(keys), _BATCH):
        wanted = sa.select(schema.event_source).where(table.key.in_(keys[start : start + _BATCH]))
        for row in conn.execute(wanted):
            found[row.key] = EventSource(row.appointment_id, row.block_id, row.fields)
    return found


def save_event_sources(conn: Connection, sources: Mapping[str, EventSource]) -> None:
    """Remembers occurrences by key, in place of what was remembered under the same keys."""
    put_rows(
        conn,
        schema.event_source,
        [
            {
                "key": key,
                "appointment_id": source.appointment_id,
                "block_id": source.block_id,
                "fields": dict(source.fields),
            }
            for key, source in sources.items()
        ],
    )
