"""Appointments in the database: whole values out, in a fixed number of queries whatever the number of rows.

Nothing here judges whether a step may be taken: that is the domain's business, and that of the database's own guards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, cast

import sqlalchemy as sa
from pendulum import DateTime
from sqlalchemy import ColumnElement, Connection, Row

from frontdesk.domain.appointment import Appointment, Facts
from frontdesk.domain.areas import Area, Areas, as_areas
from frontdesk.domain.errors import NotFound, Stale
from frontdesk.domain.hours import Span
from frontdesk.domain.instants import from_ms
from frontdesk.domain.retention import Alarm, Retention
from frontdesk.domain.visit import NOT_BEGUN, Status
from frontdesk.store import lost, patients, rows, schema, timers
from frontdesk.store.many import in_batches, keys_in_batches
from frontdesk.store.types import Instant


def get(conn: Connection, appointment_id: int) -> Appointment:
    """The appointment with that id; raises `NotFound`."""
    found = _read(conn, schema.appointment.c.id == appointment_id) if rows.may_be_id(appointment_id) else ()
    if not found:
        raise _unknown(appointment_id)
    return found[0]


def of_day(conn: Connection, span: Span) -> tuple[Appointment, ...]:
    """The appointments, of any status, that share time with `span` as planned or as they went; sorted by start."""
    return between(conn, span)


def between(conn: Connection, span: Span, statuses: Collection[Status] | None = None) -> tuple[Appointment, ...]:
    """As `of_day` for any stretch of time, and where `statuses` are given of those only."""
    table, service = schema.appointment.c, schema.service.c
    hands = sa.func.coalesce(service.consultation + service.insertion + service.removal + service.turnover, 0)
    minutes = hands + table.retention_minutes
    planned_end = sa.type_coerce(sa.type_coerce(table.starts, sa.BigInteger) + minutes * 60_000, Instant)
    conditions: list[ColumnElement[bool]] = [
        table.starts >= span.starts.subtract(hours=schema.LONGEST_HOURS),
        table.starts < span.ends,
        sa.or_(
            table.starts >= span.starts,
            planned_end > span.starts,
            table.ended_at > span.starts,
        ),
    ]
    if statuses is not None:
        conditions.append(table.status.in_(sorted(status.value for status in statuses)))
    return _read(conn, *conditions)


def in_house(conn: Connection) -> tuple[Appointment, ...]:
    """Every visit whose patient is in the house, whatever day it was planned for; sorted by start."""
    # Sorted here: asked to sort by start, SQLite would walk the index on starts, which is all of history.
    visits = _read(conn, sa.text(schema.IN_HOUSE), order=())
    return tuple(sorted(visits, key=lambda visit: (visit.starts, visit.id)))


def of_patient(conn: Connection, patient_id: int, limit: int = 500) -> tuple[Appointment, ...]:
    """A patient's appointments, past and coming, newest first; the newest `limit` of them."""
    table = schema.appointment.c
    return _read(conn, table.patient_id == patient_id, order=(table.starts.desc(), table.id.desc()), limit=limit)


def coming_of(conn: Connection, patient_id: int, now: DateTime, limit: int = 1) -> tuple[Appointment, ...]:
    """What a patient is booked for from now on, soonest first."""
    table = schema.appointment.c
    not_begun = table.status.in_(sorted(one.value for one in NOT_BEGUN))
    return _read(conn, table.patient_id == patient_id, table.starts >= now, not_begun, limit=limit)


def by_ids(conn: Connection, ids: Collection[int]) -> tuple[Appointment, ...]:
    """Those appointments, of any status; sorted by start. Ids nobody has are left out."""
    return _read(conn, schema.appointment.c.id.in_(sorted(ids)))


def patients_of(conn: Connection, ids: Collection[int]) -> set[int]:
    """Whose visits those of these numbers are."""
    table = schema.appointment.c
    queries = (sa.select(table.patient_id).where(table.id.in_(batch)) for batch in keys_in_batches(ids))
    return {key for query in queries for key in conn.scalars(query)}


def of_series(conn: Connection, series_id: int) -> tuple[Appointment, ...]:
    """The visits that were booked as one course, of any status; sorted by start."""
    return _read(conn, schema.appointment.c.series_id == series_id)


def insert(
    conn: Connection,
    *,
    patient_id: int,
    practitioner_id: int,
    service_id: int,
    room_id: int | None,
    starts: DateTime,
    retention_minutes: int,
    squeezed: bool,
    status: Status,
    at: DateTime,
    leave_by: DateTime | None = None,
    series_id: int | None = None,
    arrived_at: DateTime | None = None,
) -> int:
    """Writes a new appointment and gives its id; raises `Refused` where what it takes is taken (`store.guards`)."""
    # Given beside the statement, which is compiled once for all the visits of a calendar.
    values = {
        "version": 1,
        "patient_id": patient_id,
        "practitioner_id": practitioner_id,
        "service_id": service_id,
        "room_id": room_id,
        "starts": starts,
        "retention_minutes": retention_minutes,
        "squeezed": squeezed,
        "status": status.value,
        "created_at": at,
        "leave_by": leave_by,
        "series_id": series_id,
        "arrived_at": arrived_at,
    }
    return rows.new_id(conn.execute(sa.insert(schema.appointment), values))


def update(conn: Connection, appointment_id: int, version: int, values: Mapping[str, Any]) -> None:
    """Writes columns of `schema.appointment` over the version they were decided on; raises `Stale` if it moved on."""
    _save(conn, appointment_id, version, {name: rows.plain(value) for name, value in values.items()})


def row_of(conn: Connection, appointment_id: int) -> dict[str, Any]:
    """Every column as JSON can hold it, instants as epoch milliseconds: what the audit keeps for undo."""
    found = rows.json_rows(conn, schema.appointment, schema.appointment.c.id == appointment_id)
    if not found:
        raise _unknown(appointment_id)
    return found[0]


def restore_row(conn: Connection, appointment_id: int, version: int, row: Mapping[str, Any]) -> None:
    """Puts back what `row_of` gave, as one more version; raises `Stale` as `update` does."""
    _save(conn, appointment_id, version, rows.stored(schema.appointment, row))


def set_aside(conn: Connection, appointment_id: int) -> dict[str, Any]:
    """Lets an appointment not begun give up its room and its practitioner's time for the moment, within a transaction.

    Where several change places at once, one may get what another gives up. Gives the row as it was (`row_of`): an
    `update` at the same version must follow, with its room and whether it is squeezed.
    """
    row = row_of(conn, appointment_id)
    table = schema.appointment
    conn.execute(sa.update(table).where(table.c.id == appointment_id).values(room_id=None, squeezed=True))
    return row


def without_room(conn: Connection, appointment_id: int) -> None:
    """Takes its room from an appointment, within a transaction that finds it another; its version stays."""
    table = schema.appointment
    conn.execute(sa.update(table).where(table.c.id == appointment_id).values(room_id=None))


def claims_of(conn: Connection, appointment_id: int) -> tuple[tuple[str, Span], ...]:
    """What the database has an appointment take now, by resource and start."""
    table = schema.claim.c
    taken = sa.select(table.resource, table.starts, table.ends).where(table.appointment_id == appointment_id)
    return tuple(
        (row.resource, Span(row.starts, row.ends)) for row in conn.execute(taken.order_by(table.resource, table.starts))
    )


def held_between(conn: Connection, resources: Collection[str], span: Span) -> Sequence[tuple[str, int, int, int]]:
    """What appointments that are planned or under way take of some resources within a span: resource, start and end
    in milliseconds, appointment.

    Plain numbers, since a search over months reads tens of thousands.
    """
    table = schema.claim.c
    starts, ends = (sa.type_coerce(column, sa.BigInteger) for column in (table.starts, table.ends))
    held = sa.select(table.resource, starts, ends, table.appointment_id).where(
        table.resource.in_(sorted(resources)),
        table.starts >= span.starts.subtract(hours=schema.LONGEST_HOURS),
        table.starts < span.ends,
        table.ends > span.starts,
    )
    return cast("Sequence[tuple[str, int, int, int]]", conn.execute(held).all())  # a row is a tuple


def taking(conn: Connection, resource: str, after: DateTime) -> tuple[tuple[int, Span], ...]:
    """Which appointments take a resource after a moment, and when; by start."""
    table = schema.claim.c
    taken = sa.select(table.appointment_id, table.starts, table.ends).where(
        table.resource == resource, table.starts > after.subtract(hours=schema.LONGEST_HOURS), table.ends > after
    )
    return tuple((row.appointment_id, Span(row.starts, row.ends)) for row in conn.execute(taken.order_by(table.starts)))


def insert_retention(conn: Connection, appointment_id: int, **columns: Any) -> int:
    """Writes needles in (columns of `schema.retention`) and gives the retention's id."""
    values = {name: rows.plain(value) for name, value in columns.items()}
    return rows.new_id(conn.execute(sa.insert(schema.retention).values(appointment_id=appointment_id, **values)))


def update_retention(conn: Connection, retention_id: int, values: Mapping[str, Any]) -> None:
    """Writes columns of a retention; its appointment's version guards it too, so update that as well."""
    table = schema.retention
    written = {name: rows.plain(value) for name, value in values.items()}
    if conn.execute(sa.update(table).where(table.c.id == retention_id).values(**written)).rowcount == 0:
        raise NotFound(f"there is no retention {retention_id}")


def retention_row(conn: Connection, retention_id: int) -> dict[str, Any]:
    """One retention as `row_of` gives an appointment: what the audit keeps for undo."""
    found = rows.json_rows(conn, schema.retention, schema.retention.c.id == retention_id)
    if not found:
        raise NotFound(f"there is no retention {retention_id}")
    return found[0]


def restore_retention(conn: Connection, retention_id: int, row: Mapping[str, Any]) -> None:
    """Puts back columns that `retention_row` gave; none at all where what is taken back had changed none."""
    table = schema.retention
    if not row:
        return
    conn.execute(sa.update(table).where(table.c.id == retention_id).values(**rows.stored(table, row)))


def _read(
    conn: Connection,
    *conditions: ColumnElement[bool] | sa.TextClause,
    order: Sequence[ColumnElement[Any]] | None = None,
    limit: int | None = None,
) -> tuple[Appointment, ...]:
    table = schema.appointment
    chosen = (
        sa.select(table)
        .outerjoin(schema.service, schema.service.c.id == table.c.service_id)
        .where(*conditions)
        .order_by(*((table.c.starts, table.c.id) if order is None else order))
        .limit(limit)
    )
    found = conn.execute(chosen).all()
    if not found:
        return ()
    return _whole(conn, found)


def as_row_says(conn: Connection, row: Mapping[str, Any]) -> Appointment:
    """The appointment that a `row_of` row describes, whatever the database holds of it now."""
    columns = schema.appointment.columns
    instants = {column.name for column in columns if isinstance(column.type, Instant)}
    values = {name: from_ms(value) if name in instants and value is not None else value for name, value in row.items()}
    return _whole(conn, [SimpleNamespace(**values)])[0]


def _whole(conn: Connection, found: Sequence[Any]) -> tuple[Appointment, ...]:
    """Rows of `schema.appointment` (or what has the same attributes) with everything they point at.

    What is not there has a stand-in: nobody may disappear from a screen because the database is damaged.
    """
    people = patients.by_ids(conn, (row.patient_id for row in found))
    practitioners, services, places = rows.practitioners(conn), rows.services(conn), rows.rooms(conn)
    ids = [row.id for row in found]
    retentions, running = _retentions(conn, ids), timers.running(conn, ids)
    late = rows.late_cancel_hours(conn)
    return tuple(
        Appointment(
            id=row.id,
            version=row.version,
            patient=people.get(row.patient_id) or lost.patient(row.patient_id),
            practitioner=practitioners.get(row.practitioner_id) or lost.practitioner(row.practitioner_id),
            service=services.get(row.service_id) or lost.service(row.service_id),
            room=None if row.room_id is None else places.get(row.room_id) or lost.room(row.room_id),
            status=Status(row.status),
            starts=row.starts,
            retention_minutes=row.retention_minutes,
            squeezed=row.squeezed,
            facts=Facts(
                row.confirmed_at,
                row.arrived_at,
                row.roomed_at,
                row.began_at,
                row.ended_at,
                row.ready_at,
                row.reason,
            ),
            retentions=tuple(retentions.get(row.id, ())),
            leave_by=row.leave_by,
            cancelled_by=row.cancelled_by,
            series_id=row.series_id,
            holder=None
            if row.holder_id is None
            else practitioners.get(row.holder_id) or lost.practitioner(row.holder_id),
            timers=running.get(row.id, ()),
            asked=frozenset(row.asked),
            late_cancel_hours=late,
        )
        for row in found
    )


def _retentions(conn: Connection, ids: Sequence[int]) -> dict[int, list[Retention]]:
    """The retentions of those appointments, each one's in the order the needles went in."""
    found: dict[int, list[Retention]] = defaultdict(list)
    table = schema.retention
    for some in in_batches(ids):
        chosen = sa.select(table).where(table.c.appointment_id.in_(some))
        for row in conn.execute(chosen.order_by(table.c.in_at, table.c.id)).all():
            found[row.appointment_id].append(_retention(row))
    return found


def _retention(row: Row[Any]) -> Retention:
    return Retention(
        id=row.id,
        in_at=row.in_at,
        count_in=row.count_in,
        planned_minutes=row.planned_minutes,
        earliest_minutes=row.earliest_minutes,
        latest_minutes=row.latest_minutes,
        leave_by=row.leave_by,
        checked_at=row.checked_at,
        silenced_level=Alarm(row.silenced_level),
        silenced_until=row.silenced_until,
        out_at=row.out_at,
        count_out=row.count_out,
        kept=row.kept,
        missing=row.missing,
        missing_reason=row.missing_reason,
        missing_by=row.missing_by,
        boot=row.boot,
        boot_ms=row.boot_ms,
        areas_in=_areas(row.areas_in),
        areas_out=_areas(row.areas_out),
        open_end=row.open_end,
        told=row.told,
        remove_on=row.remove_on,
        kept_out_at=row.kept_out_at,
    )


def _areas(stored: Mapping[str, int] | None) -> Areas:
    return as_areas({Area(name): count for name, count in (stored or {}).items()})


def _save(conn: Connection, appointment_id: int, version: int, values: Mapping[str, Any]) -> None:
    table = schema.appointment
    saved = conn.execute(
        sa.update(table)
        .where(table.c.id == appointment_id, table.c.version == version)
        .values({**values, "version": version + 1})
    )
    if saved.rowcount:
        return
    if conn.execute(sa.select(table.c.id).where(table.c.id == appointment_id)).first() is None:
        raise _unknown(appointment_id)
    raise Stale("this appointment was changed since you read it; nothing was saved")


def _unknown(appointment_id: int) -> NotFound:
    return NotFound(f"there is no appointment {appointment_id}: `frontdesk agenda DAY` gives the numbers")
