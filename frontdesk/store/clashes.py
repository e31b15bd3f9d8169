"""Appointments that take the same room, practitioner or patient at the same time, in words for who must choose.

Counted from the appointments themselves, not from their claims: where the safeguards were shut off the claims are wrong
or missing. Asks nothing of a table that the first release did not have, so that any release's database can be asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from frontdesk.domain.instants import from_ms
from frontdesk.store import core as sa
from frontdesk.store.file_state import MANY
from frontdesk.store.held import HELD, held_as
from frontdesk.text import visible

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

_ALWAYS = {"1": "1 = 1"}
"""What SQLite calls a condition that always holds, in words that PostgreSQL takes too."""
_HELD = " UNION ALL ".join(held_as(what, first, last, _ALWAYS.get(when, when)) for what, first, last, when in HELD)
_NEIGHBOURS = (
    "SELECT appointment_id, other, resource, next_starts, CASE WHEN next_ends < ends THEN next_ends ELSE ends END"
    " FROM (SELECT appointment_id, resource, ends, lead(appointment_id) OVER by_start AS other,"
    " lead(starts) OVER by_start AS next_starts, lead(ends) OVER by_start AS next_ends"
    f" FROM ({_HELD}) AS held WINDOW by_start AS (PARTITION BY resource ORDER BY starts, appointment_id)) AS neighbours"
    " WHERE next_starts < ends ORDER BY next_starts, appointment_id, resource"
)
"""If any two overlap, some two neighbours by start do."""


def clashes(connection: Connection) -> list[str]:
    """One line for each two appointments that have one thing at a time, the earliest first; a few of many."""
    rows = connection.execute(sa.text(_NEIGHBOURS)).fetchmany(MANY + 1)
    if not rows:
        return []
    zone = str(connection.execute(sa.text("SELECT timezone FROM clinic")).scalar() or "UTC")
    found = [_told(connection, zone, row) for row in rows[:MANY]]
    return [*found, "... and more of these"] if len(rows) > MANY else found


def _told(connection: Connection, zone: str, row: Row[Any]) -> str:
    one, other, resource, starts, ends = tuple(row)
    first, second = sorted((one, other))
    return (
        f"appointments {first} and {second} both have {_named(connection, resource)}, {_clock(zone, starts, ends)}:"
        " cancel or move one of them"
    )


def _clock(zone: str, starts: int, ends: int) -> str:
    try:
        begun, ended = (from_ms(ms).in_timezone(zone) for ms in (starts, ends))
    except (OverflowError, OSError, ValueError):  # a beginning that no calendar has, a zone that is none
        return f"from {starts} to {ends} ms after 1970"
    return f"{begun.strftime('%Y-%m-%d %H:%M')} to {ended.strftime('%H:%M')}"


def _named(connection: Connection, resource: str) -> str:
    kind, _, number = resource.partition(":")
    if kind == "patient":
        return f"patient #{number}"
    asked = "SELECT name FROM room WHERE id = :id" if kind == "room" else "SELECT name FROM practitioner WHERE id = :id"
    name: str | None = connection.execute(sa.text(asked), {"id": int(number)}).scalar()
    return visible(name) if name else f"{kind} {number}"
