"""Treatment plans in the database, and the visits by which they are counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from pendulum import DateTime
from sqlalchemy import ColumnElement, Connection

from frontdesk.domain.cadence import Cadence
from frontdesk.domain.hours import local_day, local_instant
from frontdesk.domain.plan import Plan, PlanDetails, PlanOutcome, Progress, progress
from frontdesk.domain.visit import NOT_BEGUN, Status
from frontdesk.store import lost, rows, schema
from frontdesk.store.many import keys_in_batches


def get(conn: Connection, plan_id: int) -> Plan | None:
    """The plan of that number, None where there is none."""
    return next(iter(_read(conn, schema.treatment_plan.c.id == plan_id)), None)


def of_patient(conn: Connection, patient_id: int) -> tuple[Plan, ...]:
    """A patient's plans: the one that has not ended first, then the latest."""
    found = _read(conn, schema.treatment_plan.c.patient_id == patient_id)
    return tuple(sorted(found, key=lambda plan: (plan.is_open, plan.started_on, plan.id), reverse=True))


def open_plans(conn: Connection, patient_ids: Collection[int] | None = None) -> dict[int, Plan]:
    """The plans that have not ended by patient: of everybody, or of those named."""
    table = schema.treatment_plan.c
    if patient_ids is None:
        return {plan.patient_id: plan for plan in _read(conn, table.ended_on.is_(None))}
    found: dict[int, Plan] = {}
    for batch in keys_in_batches(patient_ids):
        chosen = _read(conn, table.ended_on.is_(None), table.patient_id.in_(batch))
        found |= {plan.patient_id: plan for plan in chosen}
    return found


def ended_between(conn: Connection, first: date, last: date) -> list[Plan]:
    """The plans that ended from one day to another, both included."""
    return _read(conn, schema.treatment_plan.c.ended_on.between(first, last))


def progress_of(conn: Connection, plans: Sequence[Plan], now: DateTime, timezone: str) -> dict[int, Progress]:
    """How far each of the plans has gone by now, by the plan's number; three queries for up to 5,000 patients."""
    if not plans:
        return {}
    ids = {plan.patient_id for plan in plans}
    first = local_instant(min(plan.started_on for plan in plans), 0, timezone)
    table, told = schema.appointment.c, schema.intake.c
    seen: dict[int, list[date]] = defaultdict(list)
    coming: dict[int, list[DateTime]] = defaultdict(list)
    assessed: dict[int, date] = {}
    for batch in keys_in_batches(ids):
        visits = sa.select(table.patient_id, table.starts, table.status).where(
            table.patient_id.in_(batch),
            table.starts >= min(first, now),  # by the index: of a patient of ten years not all visits are read
            sa.or_(
                sa.and_(table.status == Status.CHECKED_OUT.value, table.starts >= first),
                sa.and_(table.status.in_(sorted(one.value for one in NOT_BEGUN)), table.starts >= now),
            ),
        )
        for row in conn.execute(visits):
            if row.status == Status.CHECKED_OUT.value:
                seen[row.patient_id].append(local_day(row.starts, timezone))
            else:
                coming[row.patient_id].append(row.starts)
        latest = sa.select(told.patient_id, sa.func.max(told.taken_on).label("taken_on"))
        latest = latest.where(told.patient_id.in_(batch)).group_by(told.patient_id)
        assessed.update({one.patient_id: one.taken_on for one in conn.execute(latest)})
    return {
        plan.id: progress(
            plan,
            seen.get(plan.patient_id, ()),
            coming.get(plan.patient_id, ()) if plan.is_open else (),
            assessed.get(plan.patient_id),
        )
        for plan in plans
    }


def insert(conn: Connection, plan: Plan) -> int:
    """Writes a new plan, whatever number it bears; gives the one it got."""
    return rows.new_id(conn.execute(sa.insert(schema.treatment_plan).values(**_columns(plan), version=1)))


def insert_many(conn: Connection, plans: Sequence[Plan]) -> None:
    """Writes many new plans at once, whatever numbers they bear."""
    if plans:
        conn.execute(sa.insert(schema.treatment_plan), [_columns(plan) for plan in plans])


def update(conn: Connection, plan: Plan) -> bool:
    """Saves a plan over the version it was made from; False when someone else has saved since."""
    return _save(conn, plan.id, plan.version, _columns(plan))


def row_of(conn: Connection, plan_id: int) -> dict[str, Any]:
    """Every column as JSON can hold it: what the log keeps for undo; empty where there is no such plan."""
    return next(iter(rows.json_rows(conn, schema.treatment_plan, schema.treatment_plan.c.id == plan_id)), {})


def restore_row(conn: Connection, plan_id: int, version: int, row: Mapping[str, Any]) -> bool:
    """Puts back columns that `row_of` gave, as one more version; False when someone else has saved since."""
    return _save(conn, plan_id, version, rows.stored(schema.treatment_plan, row))


def delete(conn: Connection, plan_id: int) -> None:
    """Takes a plan back that should not have been written."""
    conn.execute(sa.delete(schema.treatment_plan).where(schema.treatment_plan.c.id == plan_id))


def _save(conn: Connection, plan_id: int, version: int, values: Mapping[str, Any]) -> bool:
    table = schema.treatment_plan
    saved = conn.execute(
        sa.update(table)
        .where(table.c.id == plan_id, table.c.version == version)
        .values({**values, "version": version + 1})
    )
    return saved.rowcount > 0


def _read(conn: Connection, *conditions: ColumnElement[bool]) -> list[Plan]:
    table = schema.treatment_plan
    found = conn.execute(sa.select(table).where(*conditions).order_by(table.c.id)).mappings().all()
    if not found:
        return []
    practitioners, services = rows.practitioners(conn), rows.services(conn)
    return [
        Plan(
            id=row["id"],
            version=row["version"],
            patient_id=row["patient_id"],
            details=PlanDetails(
                service=services.get(row["service_id"]) or lost.service(row["service_id"]),
                complaint=row["complaint"],
                cadence=Cadence(row["cadence"]),
                planned=row["planned"],
                reassess_at=row["reassess_at"],
                practitioner=None
                if row["practitioner_id"] is None
                else practitioners.get(row["practitioner_id"]) or lost.practitioner(row["practitioner_id"]),
                weekdays=tuple(row["weekdays"]),
                from_minute=row["from_minute"],
                until_minute=row["until_minute"],
            ),
            started_on=row["started_on"],
            decided_by=row["decided_by"],
            paused_on=row["paused_on"],
            paused_until=row["paused_until"],
            ended_on=row["ended_on"],
            outcome=PlanOutcome(row["outcome"]) if row["outcome"] else None,
            outcome_note=row["outcome_note"],
        )
        for row in found
    ]


def _columns(plan: Plan) -> dict[str, Any]:
    details = plan.details
    return {
        "patient_id": plan.patient_id,
        "complaint": details.complaint,
        "cadence": details.cadence.value,
        "planned": details.planned,
        "reassess_at": details.reassess_at,
        "practitioner_id": details.practitioner.id if details.practitioner else None,
        "service_id": details.service.id,
        "weekdays": list(details.weekdays),
        "from_minute": details.from_minute,
        "until_minute": details.until_minute,
        "started_on": plan.started_on,
        "decided_by": plan.decided_by,
        "paused_on": plan.paused_on,
        "paused_until": plan.paused_until,
        "ended_on": plan.ended_on,
        "outcome": rows.plain(plan.outcome) or "",
        "outcome_note": plan.outcome_note,
    }
