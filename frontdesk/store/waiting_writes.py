"""Writes who waits for a place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pendulum import DateTime

from frontdesk.domain.errors import Stale
from frontdesk.domain.waiting import Ending, Waiting, Wish
from frontdesk.store import core as sa
from frontdesk.store import schema, tables

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection


def insert(
    conn: Connection, patient_id: int, wish: Wish, *, appointment_id: int | None, since: DateTime, who: str
) -> int:
    """Puts somebody on the list and gives the entry's number."""
    table = schema.waiting
    return tables.new_id(
        conn.execute(
            sa.insert(table).values(
                version=1,
                patient_id=patient_id,
                appointment_id=appointment_id,
                since=since,
                added_by=who,
                **columns_of(wish),
            )
        )
    )


def update(conn: Connection, entry: Waiting, wish: Wish) -> None:
    """Another wish in an entry's place; raises `Stale` where somebody changed or ended it since it was read."""
    _save(conn, entry, columns_of(wish))


def end(
    conn: Connection, entry: Waiting, ending: Ending, *, at: DateTime, reason: str = "", booked_id: int | None = None
) -> None:
    """Takes somebody off the list for good; raises as `update`."""
    _save(conn, entry, {"ending": ending.value, "ended_at": at, "reason": reason, "booked_id": booked_id})


def columns_of(wish: Wish) -> dict[str, Any]:
    """A wish as its columns."""
    return {
        "service_id": wish.service.id,
        "practitioners": [one.id for one in wish.practitioners],
        "weekdays": list(wish.weekdays),
        "earliest": wish.earliest,
        "latest": wish.latest,
        "first_day": wish.first_day,
        "last_day": wish.last_day,
        "urgent": wish.urgent,
        "note": wish.note,
    }


def end_twins(conn: Connection, kept_id: int, gone_id: int, *, at: DateTime) -> None:
    """Of two files that become one, ends the later of two wishes for the same: nobody is on the list twice."""
    table = schema.waiting
    more = sa.and_(table.c.ended_at.is_(None), table.c.appointment_id.is_(None))
    found = conn.execute(
        sa.select(table.c.id, table.c.service_id, table.c.since)
        .where(more, table.c.patient_id.in_((kept_id, gone_id)))
        .order_by(table.c.since, table.c.id)
    )
    known: set[int] = set()
    for row in found.all():
        if row.service_id in known:
            conn.execute(
                sa.update(table)
                .where(table.c.id == row.id)
                .values(
                    ending=Ending.WITHDRAWN.value,
                    ended_at=at,
                    reason="on the list twice, in two files of one person",
                    version=table.c.version + 1,
                )
            )
        known.add(row.service_id)


def may_go_to(patient_id: int) -> ColumnElement[bool]:
    """Of an entry, whether it can be a patient's: what they were given because of it is theirs."""
    table, visit = schema.waiting.c, schema.appointment.c
    theirs = sa.select(visit.id).where(visit.id == table.booked_id, visit.patient_id == patient_id).exists()
    return sa.or_(table.booked_id.is_(None), theirs)


def _save(conn: Connection, entry: Waiting, values: Mapping[str, Any]) -> None:
    open_still = schema.waiting.c.ended_at.is_(None)
    if not tables.saved_over(conn, schema.waiting, entry.id, entry.version, values, open_still):
        raise Stale(f"the wish of {entry.patient.name} was changed or ended meanwhile; look at the waiting list again")
