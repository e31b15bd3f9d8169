"""Appointments written: each change over the version that it was decided on, whatever the desk decided.

What the database's own guards forbid is raised as `Refused`. `appointments` reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pendulum import DateTime

from frontdesk.domain.errors import NotFound, Stale
from frontdesk.domain.visit import Status
from frontdesk.store import appointments, schema, tables
from frontdesk.store import core as sa

if TYPE_CHECKING:
    from sqlalchemy import Connection


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
    return tables.new_id(conn.execute(sa.insert(schema.appointment), values))


def update(conn: Connection, appointment_id: int, version: int, values: Mapping[str, Any]) -> None:
    """Writes columns of `schema.appointment` over the version they were decided on; raises `Stale` if it moved on."""
    _save(conn, appointment_id, version, {name: tables.plain(value) for name, value in values.items()})


def row_of(conn: Connection, appointment_id: int) -> dict[str, Any]:
    """Every column as JSON can hold it, instants as epoch milliseconds: what the audit keeps for undo."""
    found = tables.json_rows(conn, schema.appointment, schema.appointment.c.id == appointment_id)
    if not found:
        raise appointments.unknown(appointment_id)
    return found[0]


def restore_row(conn: Connection, appointment_id: int, version: int, row: Mapping[str, Any]) -> None:
    """Puts back what `row_of` gave, as one more version; raises `Stale` as `update` does."""
    _save(conn, appointment_id, version, tables.stored(schema.appointment, row))


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


def insert_retention(conn: Connection, appointment_id: int, **columns: Any) -> int:
    """Writes needles in (columns of `schema.retention`) and gives the retention's id."""
    values = {name: tables.plain(value) for name, value in columns.items()}
    return tables.new_id(conn.execute(sa.insert(schema.retention).values(appointment_id=appointment_id, **values)))


def update_retention(conn: Connection, retention_id: int, values: Mapping[str, Any]) -> None:
    """Writes columns of a retention; its appointment's version guards it too, so update that as well."""
    table = schema.retention
    written = {name: tables.plain(value) for name, value in values.items()}
    if conn.execute(sa.update(table).where(table.c.id == retention_id).values(**written)).rowcount == 0:
        raise NotFound(f"there is no retention {retention_id}")


def retention_row(conn: Connection, retention_id: int) -> dict[str, Any]:
    """One retention as `row_of` gives an appointment: what the audit keeps for undo."""
    found = tables.json_rows(conn, schema.retention, schema.retention.c.id == retention_id)
    if not found:
        raise NotFound(f"there is no retention {retention_id}")
    return found[0]


def restore_retention(conn: Connection, retention_id: int, row: Mapping[str, Any]) -> None:
    """Puts back columns that `retention_row` gave; none at all where what is taken back had changed none."""
    table = schema.retention
    if not row:
        return
    conn.execute(sa.update(table).where(table.c.id == retention_id).values(**tables.stored(table, row)))


def _save(conn: Connection, appointment_id: int, version: int, values: Mapping[str, Any]) -> None:
    table = schema.appointment
    if tables.saved_over(conn, table, appointment_id, version, values):
        return
    if conn.execute(sa.select(table.c.id).where(table.c.id == appointment_id)).first() is None:
        raise appointments.unknown(appointment_id)
    raise Stale("this appointment was changed since you read it; nothing was saved")
