"""What is timed beside the needles, written: begun, hushed, ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pendulum import DateTime

from frontdesk.domain.timer import Timer, TimerKind
from frontdesk.store import core as sa
from frontdesk.store import schema, tables

if TYPE_CHECKING:
    from sqlalchemy import Connection


def next_id(conn: Connection) -> int:
    """The id of the next one to begin, for its entry in the log; holds until the end of the caller's transaction."""
    return 1 + (conn.scalar(sa.select(sa.func.max(schema.timer.c.id))) or 0)


def start(
    conn: Connection,
    appointment_id: int,
    kind: TimerKind,
    minutes: int,
    *,
    at: DateTime,
    who: str,
    boot: tuple[str, int],
    timer_id: int | None = None,
) -> None:
    """Begins one; raises `Refused` where that kind runs already for the visit (`store.guards`).

    `boot` names this start of the machine, and the milliseconds from it to `at`.
    """
    row = {"kind": kind.value, "started_at": at, "minutes": minutes, "started_by": who}
    if timer_id is not None:
        row["id"] = timer_id
    conn.execute(sa.insert(schema.timer).values(appointment_id=appointment_id, boot=boot[0], boot_ms=boot[1], **row))


def update(conn: Connection, timer_id: int, values: Mapping[str, Any]) -> None:
    """Writes its end, or that it is silenced; what it was started as stands."""
    table = schema.timer
    written = {name: tables.plain(value) for name, value in values.items()}
    conn.execute(sa.update(table).where(table.c.id == timer_id).values(**written))


def end(conn: Connection, timer: Timer, *, at: DateTime, who: str) -> None:
    """Ends one, not before it began; its entry in the log comes first: without one no timer ends (`store.guards`)."""
    update(conn, timer.id, {"ended_at": max(at, timer.started_at), "ended_by": who})


def run_again(conn: Connection, timer_id: int) -> None:
    """Takes back that one was ended, unless another of its kind runs for the visit by now."""
    table, other = schema.timer, schema.timer.alias()
    taken = sa.exists().where(
        other.c.appointment_id == table.c.appointment_id, other.c.kind == table.c.kind, other.c.ended_at.is_(None)
    )
    conn.execute(sa.update(table).where(table.c.id == timer_id, ~taken).values(ended_at=None, ended_by=""))


def end_all(conn: Connection, appointment_id: int, *, at: DateTime, who: str) -> None:
    """Ends whatever runs for a visit."""
    table = schema.timer
    ended = (
        sa.update(table)
        .where(table.c.appointment_id == appointment_id, sa.text("ended_at IS NULL"))
        .values(
            ended_at=sa.case(
                (table.c.started_at > at, table.c.started_at), else_=sa.literal(at, table.c.started_at.type)
            ),
            ended_by=who,
        )
    )
    conn.execute(ended)
