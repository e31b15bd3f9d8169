"""Treatment plans in the database, and the visits by which they are counted; `plan_writes` changes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from frontdesk.domain.cadence import Cadence
from frontdesk.domain.hours import local_day, local_instant
from frontdesk.domain.instants import from_ms
from frontdesk.domain.plan import Plan, PlanDetails, PlanOutcome, Progress, progress
from frontdesk.domain.visit import NOT_BEGUN, Status
from frontdesk.store import lost, rows
from frontdesk.store.question import Question, as_day, as_day_or_none, as_document

if TYPE_CHECKING:
    from pendulum import DateTime

    from frontdesk.store.question import Askable


def get(conn: Askable, plan_id: int) -> Plan | None:
    """The plan of that number, None where there is none."""
    ask = Question(conn)
    return next(iter(_read(conn, ask, f"id = {ask.bind(plan_id)}")), None)


def of_patient(conn: Askable, patient_id: int) -> tuple[Plan, ...]:
    """A patient's plans: the one that has not ended first, then the latest."""
    ask = Question(conn)
    found = _read(conn, ask, f"patient_id = {ask.bind(patient_id)}")
    return tuple(sorted(found, key=lambda plan: (plan.is_open, plan.started_on, plan.id), reverse=True))


def open_plans(conn: Askable, patient_ids: Collection[int] | None = None) -> dict[int, Plan]:
    """The plans that have not ended by patient: of everybody, or of those named."""
    ask = Question(conn)
    of_them = "" if patient_ids is None else f" AND {ask.is_among('patient_id', patient_ids)}"
    return {plan.patient_id: plan for plan in _read(conn, ask, f"ended_on IS NULL{of_them}")}


def ended_between(conn: Askable, first: date, last: date) -> list[Plan]:
    """The plans that ended from one day to another, both included."""
    ask = Question(conn)
    return _read(conn, ask, f"ended_on BETWEEN {ask.on(first)} AND {ask.on(last)}")


def progress_of(conn: Askable, plans: Sequence[Plan], now: DateTime, timezone: str) -> dict[int, Progress]:
    """How far each of the plans has gone by now, by the plan's number; two queries however many they are."""
    if not plans:
        return {}
    ids = {plan.patient_id for plan in plans}
    first = local_instant(min(plan.started_on for plan in plans), 0, timezone)
    seen: dict[int, list[date]] = defaultdict(list)
    coming: dict[int, list[DateTime]] = defaultdict(list)
    ask = Question(conn)
    done = ask.bind(Status.CHECKED_OUT.value)
    not_begun = ask.is_named("status", sorted(one.value for one in NOT_BEGUN))
    # From the first moment by the index: of a patient of ten years not all visits are read.
    visits = ask.rows(
        f"SELECT patient_id, starts, status = {done} FROM appointment WHERE {ask.is_among('patient_id', ids)}"
        f" AND starts >= {ask.at(min(first, now))}"
        f" AND ((status = {done} AND starts >= {ask.at(first)}) OR ({not_begun} AND starts >= {ask.at(now)}))"
    )
    for patient, starts, is_done in visits:
        if is_done:
            seen[patient].append(local_day(from_ms(starts), timezone))
        else:
            coming[patient].append(from_ms(starts))
    ask = Question(conn)
    theirs = ask.is_among("patient_id", ids)
    latest = ask.rows(f"SELECT patient_id, max(taken_on) FROM intake WHERE {theirs} GROUP BY patient_id")
    assessed = {patient: as_day(taken_on) for patient, taken_on in latest}
    return {
        plan.id: progress(
            plan,
            seen.get(plan.patient_id, ()),
            coming.get(plan.patient_id, ()) if plan.is_open else (),
            assessed.get(plan.patient_id),
        )
        for plan in plans
    }


def progress_by_patient(
    conn: Askable, timezone: str, now: DateTime, patient_ids: Collection[int] | None = None
) -> dict[int, Progress]:
    """How far the plans that have not ended have gone, by patient: of everybody, or of those named."""
    running = tuple(open_plans(conn, patient_ids).values())
    far = progress_of(conn, running, now, timezone)
    return {plan.patient_id: far[plan.id] for plan in running}


def progress_of_patient(conn: Askable, timezone: str, now: DateTime, patient_id: int) -> tuple[Progress, ...]:
    """How far every plan of a patient has gone: the one that has not ended first, then the latest."""
    every = of_patient(conn, patient_id)
    far = progress_of(conn, every, now, timezone)
    return tuple(far[plan.id] for plan in every)


_DETAILS = "complaint, cadence, planned, reassess_at, practitioner_id, service_id, weekdays, from_minute, until_minute"
_COLUMNS = (
    "id, version, patient_id, started_on, decided_by, paused_on, paused_until, ended_on, outcome, outcome_note, "
    + _DETAILS
)


def _read(conn: Askable, ask: Question, condition: str) -> list[Plan]:
    found = ask.rows(f"SELECT {_COLUMNS} FROM treatment_plan WHERE {condition} ORDER BY id")
    if not found:
        return []
    people, services = rows.practitioners(conn), rows.services(conn)
    made = []
    for row in found:
        key, version, patient, started, decided_by, paused, until, ended, outcome, note, *told = row
        complaint, cadence, planned, reassess_at, whose, service, weekdays, from_minute, until_minute = told
        details = PlanDetails(
            service=services.get(service) or lost.service(service),
            complaint=complaint,
            cadence=Cadence(cadence),
            planned=planned,
            reassess_at=reassess_at,
            practitioner=None if whose is None else people.get(whose) or lost.practitioner(whose),
            weekdays=tuple(as_document(weekdays)),
            from_minute=from_minute,
            until_minute=until_minute,
        )
        plan = Plan(
            id=key,
            version=version,
            patient_id=patient,
            details=details,
            started_on=as_day(started),
            decided_by=decided_by,
            paused_on=as_day_or_none(paused),
            paused_until=as_day_or_none(until),
            ended_on=as_day_or_none(ended),
            outcome=PlanOutcome(outcome) if outcome else None,
            outcome_note=note,
        )
        made.append(plan)
    return made
