"""The clinic written as a set-up says it shall be, and what of it is in use; `clinic` reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict
from pendulum import DateTime

from frontdesk.domain.clinic import Equipment, Practitioner, Room
from frontdesk.domain.hours import Span, minutes_east
from frontdesk.domain.phases import Service
from frontdesk.domain.recall_rules import USUAL_RULES
from frontdesk.domain.reminder_text import USUAL, reminders_document
from frontdesk.domain.setup import ClinicSpec
from frontdesk.domain.setup_plan import InUse, SetupChanges
from frontdesk.domain.visit import ENDED
from frontdesk.store import core as sa
from frontdesk.store import schema, tables

if TYPE_CHECKING:
    from sqlalchemy import Column, Connection, Table


def in_use(conn: Connection, now: DateTime) -> InUse:
    """What appointments, blocks and plans point at, each with how many appointments are still to come or under way."""
    appointment, block, plan = schema.appointment.c, schema.block.c, schema.treatment_plan.c
    package = schema.package.c
    return InUse(
        _counted(conn, schema.room, appointment.room_id, now, block.room_id),
        _counted(
            conn,
            schema.practitioner,
            appointment.practitioner_id,
            now,
            block.practitioner_id,
            appointment.holder_id,
            plan.practitioner_id,
        ),
        _counted(conn, schema.service, appointment.service_id, now, plan.service_id, package.service_id),
    )


def planned_span(conn: Connection) -> Span | None:
    """From the first to the last instant that any appointment or block names; None while there is none."""
    firsts: list[DateTime] = []
    lasts: list[DateTime] = []
    for first, last in ((schema.appointment.c.starts,) * 2, (schema.block.c.starts, schema.block.c.ends)):
        row = conn.execute(sa.select(sa.func.min(first), sa.func.max(last))).one()
        if row[0] is not None:
            firsts.append(row[0])
            lasts.append(row[1])
    return Span(min(firsts), max(lasts)) if firsts else None


def set_off(conn: Connection, practitioner_id: int, at: DateTime | None) -> None:
    """Writes down when a practitioner went off; None: they are back."""
    table = schema.practitioner
    conn.execute(sa.update(table).where(table.c.id == practitioner_id).values(off_at=at))


def apply(conn: Connection, spec: ClinicSpec, changes: SetupChanges) -> None:
    """Writes the clinic as `changes` says; deletes first and inserts last, so that a name is free when it is wanted."""
    head = {
        "id": 1,
        "name": spec.name,
        "timezone": spec.timezone,
        "phone_region": spec.phone_region,
        "slot_minutes": spec.slot_minutes,
        "hours": spec.hours.as_text(),
        "waiting_minutes": spec.waiting.notice,
        "waiting_urgent": spec.waiting.urgent,
        "late_minutes": spec.late.notice,
        "late_urgent": spec.late.urgent,
        "keep_years": spec.keep_years,
        "late_cancel_hours": spec.late_cancel_hours,
        "recalls": None if spec.recalls == USUAL_RULES else asdict(spec.recalls),
        "reminders": None if spec.reminders == USUAL else reminders_document(spec.reminders),
        **_clocks(spec.timezone),
    }
    tables.put_rows(conn, schema.clinic, [head])
    _write(conn, schema.room, changes.rooms.deleted, [_room(one) for one in changes.rooms.values])
    _write(
        conn,
        schema.practitioner,
        changes.practitioners.deleted,
        [_practitioner(one) for one in changes.practitioners.values],
    )
    _write(conn, schema.equipment, changes.equipment.deleted, [_equipment(one) for one in changes.equipment.values])
    _write(conn, schema.service, changes.services.deleted, [_service(one) for one in changes.services.values])
    conn.execute(sa.delete(schema.closure))
    closed = [
        {"first_day": one.first_day, "last_day": one.last_day, "reason": one.reason}
        for one in dict.fromkeys(spec.closures)
    ]
    tables.insert_rows(conn, schema.closure, closed)


def _counted(conn: Connection, table: Table, by: Column[Any], now: DateTime, *also: Column[Any]) -> Mapping[int, int]:
    """Asks once for each row of `table`, which are few: counting the whole history would grow with the years."""
    appointment = schema.appointment.c
    counts: dict[int, int] = {}
    for key in conn.execute(sa.select(table.c.id)).scalars().all():
        used = sa.or_(*(sa.exists().where(column == key) for column in (by, *also)))
        if conn.execute(sa.select(used)).scalar_one():
            coming = sa.select(sa.func.count()).where(
                by == key,
                appointment.starts >= now.subtract(days=1),
                appointment.status.not_in(sorted(status.value for status in ENDED)),
            )
            counts[key] = conn.execute(coming).scalar_one()
    return counts


def _write(conn: Connection, table: Table, deleted: Sequence[int], values: Sequence[Mapping[str, Any]]) -> None:
    placed = [{**one, "position": position} for position, one in enumerate(values)]
    there = set(conn.execute(sa.select(table.c.id)).scalars())
    old = [one for one in placed if one["id"] in there]
    new = [
        {key: value for key, value in one.items() if key != "id" or value} for one in placed if one["id"] not in there
    ]
    if deleted:
        conn.execute(sa.delete(table).where(table.c.id.in_(deleted)))
    # The ones that give their name up come last in `values`, and have to let go of it first.
    for one in reversed(old):
        conn.execute(sa.update(table).where(table.c.id == one["id"]).values(one))
    tables.insert_rows(conn, table, new)


def _clocks(timezone: str) -> dict[str, int]:
    """How far the clinic's clocks are from UTC: what the database knows of its midnights."""
    least, most = minutes_east(timezone)
    return {"east_least": least, "east_most": most}


def _room(room: Room) -> dict[str, Any]:
    return {"id": room.id, "name": room.name, "room_group": room.group, "retired": room.retired, "kind": room.kind}


def _equipment(one: Equipment) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "count": one.count, "retired": one.retired}


def _practitioner(one: Practitioner) -> dict[str, Any]:
    hours = None if one.hours is None else one.hours.as_text()
    return {
        "id": one.id,
        "name": one.name,
        "hours": hours,
        "retired": one.retired,
        "last_start": one.last_start,
    }


def _service(service: Service) -> dict[str, Any]:
    return {
        "id": service.id,
        "name": service.name,
        "consultation": service.consultation,
        "insertion": service.insertion,
        "retention_earliest": service.retention_earliest,
        "retention_latest": service.retention_latest,
        "planned_retention": service.planned_retention,
        "removal": service.removal,
        "turnover": service.turnover,
        "retired": service.retired,
        "room_kinds": list(service.room_kinds),
        "equipment": list(service.equipment),
        "last_start": service.last_start,
    }
