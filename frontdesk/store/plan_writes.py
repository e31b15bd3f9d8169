"""Treatment plans written: put in, saved over the version they were made from, taken back; `plans` reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from frontdesk.domain.errors import Stale
from frontdesk.domain.plan import Plan
from frontdesk.store import core as sa
from frontdesk.store import schema, tables

if TYPE_CHECKING:
    from sqlalchemy import Connection


def insert(conn: Connection, plan: Plan) -> int:
    """Writes a new plan, whatever number it bears; gives the one it got."""
    return tables.new_id(conn.execute(sa.insert(schema.treatment_plan).values(**_columns(plan), version=1)))


def insert_many(conn: Connection, plans: Sequence[Plan]) -> None:
    """Writes many new plans at once, whatever numbers they bear."""
    tables.insert_rows(conn, schema.treatment_plan, [_columns(plan) for plan in plans])


def update(conn: Connection, plan: Plan) -> None:
    """Saves a plan over the version it was made from; raises `Stale` when someone else has saved since."""
    _save(conn, plan.id, plan.version, _columns(plan))


def row_of(conn: Connection, plan_id: int) -> dict[str, Any]:
    """Every column as JSON can hold it: what the log keeps for undo; empty where there is no such plan."""
    return next(iter(tables.json_rows(conn, schema.treatment_plan, schema.treatment_plan.c.id == plan_id)), {})


def restore_row(conn: Connection, plan_id: int, version: int, row: Mapping[str, Any]) -> None:
    """Puts back columns that `row_of` gave, as one more version; raises `Stale` when someone else has saved since."""
    _save(conn, plan_id, version, tables.stored(schema.treatment_plan, row))


def delete(conn: Connection, plan_id: int) -> None:
    """Takes a plan back that should not have been written."""
    conn.execute(sa.delete(schema.treatment_plan).where(schema.treatment_plan.c.id == plan_id))


def _save(conn: Connection, plan_id: int, version: int, values: Mapping[str, Any]) -> None:
    if not tables.saved_over(conn, schema.treatment_plan, plan_id, version, values):
        raise Stale("this plan was changed since you read it; nothing was saved")


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
        "outcome": tables.plain(plan.outcome) or "",
        "outcome_note": plan.outcome_note,
    }
