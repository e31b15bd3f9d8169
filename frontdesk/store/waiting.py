"""The waiting list in the database: whole values out, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa
from pendulum import DateTime
from sqlalchemy import ColumnElement, Connection

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import NotFound, Stale
from frontdesk.domain.waiting import Ending, Waiting, Wish
from frontdesk.store import appointments, lost, patients, rows, schema, tables


def get(conn: Connection, waiting_id: int) -> Waiting:
    """One wish, open or ended; raises `NotFound`."""
    found = _read(conn, schema.waiting.c.id == waiting_id) if rows.may_be_id(waiting_id) else ()
    if not found:
        raise NotFound(f"there is no entry {waiting_id} on the waiting list")
    return found[0]


def open_ones(conn: Connection) -> tuple[Waiting, ...]:
    """Everybody who waits, in no order."""
    return _read(conn, schema.waiting.c.ended_at.is_(None))


def of_patient(conn: Connection, patient_id: int) -> tuple[Waiting, ...]:
    """What a patient waits for and has waited for, oldest first."""
    return _read(conn, schema.waiting.c.patient_id == patient_id)


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
    table = schema.waiting
    saved = conn.execute(
        sa.update(table)
        .where(table.c.id == entry.id, table.c.version == entry.version, table.c.ended_at.is_(None))
        .values({**values, "version": entry.version + 1})
    )
    if not saved.rowcount:
        raise Stale(f"the wish of {entry.patient.name} was changed or ended meanwhile; look at the waiting list again")


def _read(conn: Connection, *conditions: ColumnElement[bool]) -> tuple[Waiting, ...]:
    table = schema.waiting
    found = conn.execute(sa.select(table).where(*conditions).order_by(table.c.since, table.c.id)).all()
    if not found:
        return ()
    people = patients.by_ids(conn, {row.patient_id for row in found})
    services, practitioners = rows.services(conn), rows.practitioners(conn)
    visits = _visits(conn, {row.appointment_id for row in found if row.appointment_id is not None})
    return tuple(
        Waiting(
            id=row.id,
            version=row.version,
            patient=people.get(row.patient_id) or lost.patient(row.patient_id),
            wish=Wish(
                service=services.get(row.service_id) or lost.service(row.service_id),
                practitioners=tuple(practitioners[one] for one in row.practitioners if one in practitioners),
                weekdays=tuple(row.weekdays),
                earliest=row.earliest,
                latest=row.latest,
                first_day=row.first_day,
                last_day=row.last_day,
                urgent=row.urgent,
                note=row.note,
            ),
            since=row.since,
            added_by=row.added_by,
            visit=visits.get(row.appointment_id),
            ended_at=row.ended_at,
            ending=Ending(row.ending) if row.ending else None,
            reason=row.reason,
            booked_id=row.booked_id,
        )
        for row in found
    )


def _visits(conn: Connection, ids: Collection[int]) -> dict[int | None, Appointment]:
    return {one.id: one for one in appointments.by_ids(conn, sorted(ids))} if ids else {}
