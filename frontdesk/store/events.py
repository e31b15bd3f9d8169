"""Which appointment or block each imported calendar event became, so that a second import changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from frontdesk.store import core as sa
from frontdesk.store import schema
from frontdesk.store.many import keys_in_batches
from frontdesk.store.tables import put_rows

if TYPE_CHECKING:
    from sqlalchemy import Connection


class EventSource(Struct, frozen=True):
    """What one occurrence became: an appointment or a block, never both; `fields` is what the event said then."""

    appointment_id: int | None
    block_id: int | None
    fields: Mapping[str, Any]


def event_sources(conn: Connection, keys: Iterable[str]) -> dict[str, EventSource]:
    """What is remembered of those occurrences; keys never imported are left out."""
    table = schema.event_source
    found: dict[str, EventSource] = {}
    for batch in keys_in_batches(keys):
        for row in conn.execute(sa.select(table).where(table.c.key.in_(batch))):
            found[row.key] = EventSource(row.appointment_id, row.block_id, row.fields)
    return found


def save_event_sources(conn: Connection, sources: Mapping[str, EventSource]) -> None:
    """Remembers occurrences, in place of what was remembered under the same keys."""
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
