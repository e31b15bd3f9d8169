"""Blocks in the database: time taken without a patient, read by day as appointments are.

`block_writes` changes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontdesk.domain.appointment import Block
from frontdesk.domain.errors import NotFound
from frontdesk.domain.instants import from_ms
from frontdesk.store import lost, rows
from frontdesk.store.question import Question

if TYPE_CHECKING:
    from frontdesk.domain.hours import Span
    from frontdesk.store.question import Askable


def get(conn: Askable, block_id: int) -> Block:
    """The block with that id; raises `NotFound`."""
    ask = Question(conn)
    found = _read(conn, ask, f"id = {ask.bind(block_id)}")
    if not found:
        raise unknown(block_id)
    return found[0]


def unknown(block_id: int) -> NotFound:
    """That there is no block of that number."""
    return NotFound(f"there is no block {block_id}: `frontdesk agenda DAY` gives the numbers, like b12")


def between(conn: Askable, span: Span) -> tuple[Block, ...]:
    """The blocks that share time with `span`, cancelled and transparent ones too; sorted by start.

    One of no length is where it starts. A block may last for months (a sabbatical), so there is no bound on its length
    to read by; blocks are few.
    """
    ask = Question(conn)
    first = ask.at(span.starts)
    return _read(conn, ask, f"starts < {ask.at(span.ends)} AND (ends > {first} OR starts >= {first})")


def _read(conn: Askable, ask: Question, condition: str) -> tuple[Block, ...]:
    found = ask.rows(
        "SELECT id, title, starts, ends, practitioner_id, room_id, all_day, cancelled, transparent, version, kind"
        f" FROM block WHERE {condition} ORDER BY starts, id"
    )
    if not found:
        return ()
    people, places = rows.practitioners(conn), rows.rooms(conn)
    return tuple(
        Block(
            key,
            title,
            from_ms(starts),
            from_ms(ends),
            None if whose is None else people.get(whose) or lost.practitioner(whose),
            None if where is None else places.get(where) or lost.room(where),
            bool(all_day),
            bool(cancelled),
            bool(transparent),
            version,
            kind,
        )
        for key, title, starts, ends, whose, where, all_day, cancelled, transparent, version, kind in found
    )
