"""Counts over a stretch of time, made by the database: few rows come back however many appointments there are.

Each reads the appointments that start within the stretch by their index on starts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from pendulum import DateTime
from sqlalchemy import ColumnElement, Connection

from frontdesk.domain.hours import Span
from frontdesk.domain.instants import to_ms
from frontdesk.domain.recall import ContactResult
from frontdesk.domain.report import HOURS
from frontdesk.domain.visit import NOT_BEGUN, Canceller, Status
from frontdesk.store import schema
from frontdesk.store.tables import late_cancel_ms

_MINUTE, _HOUR, _DAY = 60_000, 3_600_000, 86_400_000
_visit = schema.appointment.c
_WHO = sa.func.coalesce(_visit.holder_id, _visit.practitioner_id)
"""Who had the visit in the end."""


def outcomes(conn: Connection, span: Span) -> Sequence[tuple[int, Status, int, int]]:
    """By practitioner and status: appointments, and of those called off how many by the patient and late."""
    late = sa.case(
        (
            sa.and_(
                _visit.status == Status.CANCELLED.value,
                _visit.cancelled_by == Canceller.PATIENT.value,
                _ms(_visit.ended_at) > _ms(_visit.starts) - late_cancel_ms(),
            ),
            1,
        ),
        else_=0,
    )
    found = sa.select(_WHO, _visit.status, sa.func.count(), sa.func.sum(late)).where(_within(span))
    return [
        (who, Status(status), count, int(late))
        for who, status, count, late in conn.execute(found.group_by(_WHO, _visit.status)).all()
    ]


def seen_by_day(conn: Connection, span: Span, offset_ms: int) -> dict[int, int]:
    """How many were seen on each day, counted from 1970-01-01, where clocks are `offset_ms` ahead of UTC."""
    day = (_ms(_visit.starts) + offset_ms) // _DAY
    found = sa.select(day, sa.func.count()).where(_within(span), _visit.status == Status.CHECKED_OUT.value)
    return {int(number): count for number, count in conn.execute(found.group_by(day)).all()}


def waits(conn: Connection, span: Span, until: str) -> Sequence[tuple[int, int, int]]:
    """By practitioner and whole minutes from when the patient came until `roomed_at` or `began_at`: visits.

    Where both have one instant, a step was skipped and nobody took the time.
    """
    since, ended = _ms(_visit.arrived_at), _ms(_visit[until])
    minutes = (ended - since) // _MINUTE
    found = sa.select(_WHO, minutes, sa.func.count()).where(
        _within(span), ended > since, _visit.status != Status.ENTERED_IN_ERROR.value
    )
    return [(who, int(took), count) for who, took, count in conn.execute(found.group_by(_WHO, minutes)).all()]


def room_minutes(conn: Connection, span: Span, offset_ms: int, now: DateTime) -> dict[int, list[float]]:
    """By room: minutes for which it was taken in each hour of the local day, turnover included.

    What has begun counts as it was, until `now` where it goes on; what is still to come as it is booked.
    """
    service, at = schema.service.c, to_ms(now)
    not_begun = _visit.status.in_(sorted(status.value for status in NOT_BEGUN))
    to_come = sa.and_(not_begun, _visit.starts >= now, _visit.room_id.is_not(None))
    planned = service.consultation + service.insertion + _visit.retention_minutes + service.removal + service.turnover
    ended = sa.func.coalesce(_ms(_visit.ready_at), _ms(_visit.ended_at) + service.turnover * _MINUTE, at)
    since = sa.case((_visit.roomed_at.is_not(None), _ms(_visit.roomed_at)), else_=_ms(_visit.starts))
    until = sa.case((_visit.roomed_at.is_not(None), ended), else_=_ms(_visit.starts) + planned * _MINUTE)
    lasts = _least(until - since, sa.literal(_DAY, sa.BigInteger))
    local = sa.type_coerce((since + offset_ms) % _DAY, sa.BigInteger)
    taken = (
        sa.select(
            _visit.room_id.label("room_id"),
            local.label("since"),
            sa.type_coerce(local + lasts, sa.BigInteger).label("until"),
        )
        .select_from(schema.appointment.join(schema.service, service.id == _visit.service_id))
        .where(
            _within(span),
            _visit.room_id.is_not(None),
            _visit.status != Status.ENTERED_IN_ERROR.value,
            sa.or_(_visit.roomed_at.is_not(None), to_come),
        )
        .subquery()
    )
    # What goes on after midnight counts in the first hours.
    hours = [
        sa.func.sum(_overlap(taken.c, hour * _HOUR) + _overlap(taken.c, (hour + HOURS) * _HOUR))
        for hour in range(HOURS)
    ]
    found: dict[int, list[float]] = defaultdict(lambda: [0.0] * HOURS)
    for room_id, *used in conn.execute(sa.select(taken.c.room_id, *hours).group_by(taken.c.room_id)).all():
        found[room_id] = [float(one) / _MINUTE for one in used]
    return found


def sources(conn: Connection, span: Span) -> Sequence[tuple[str, str, int]]:
    """What came through and who referred, of patients whose first visit that took place lies in the span."""
    table, earlier, said = schema.appointment, schema.appointment.alias("earlier"), schema.patient_file
    first = ~sa.exists().where(
        earlier.c.patient_id == table.c.patient_id,
        earlier.c.status == Status.CHECKED_OUT.value,
        earlier.c.starts < table.c.starts,
    )
    referral, by = sa.func.coalesce(said.c.referral, ""), sa.func.coalesce(said.c.referred_by, "")
    found = (
        sa.select(referral, by, sa.func.count(sa.distinct(table.c.patient_id)))
        .select_from(table.outerjoin(said, said.c.patient_id == table.c.patient_id))
        .where(_within(span), table.c.status == Status.CHECKED_OUT.value, first)
        .group_by(referral, by)
    )
    return [(through, by, count) for through, by, count in conn.execute(found).all()]


def recalls_made(conn: Connection, span: Span) -> dict[ContactResult, int]:
    """What came of asking patients to come again, of contacts within the span."""
    table = schema.recall_contact.c
    found = sa.select(table.result, sa.func.count()).where(table.at >= span.starts, table.at < span.ends)
    return {ContactResult(result): count for result, count in conn.execute(found.group_by(table.result)).all()}


def _within(span: Span) -> ColumnElement[bool]:
    return sa.and_(_visit.starts >= span.starts, _visit.starts < span.ends)


def _ms(column: ColumnElement[Any]) -> ColumnElement[int]:
    return sa.type_coerce(column, sa.BigInteger)


def _least(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    """Of two numbers; the two databases have no function for it by the same name."""
    return sa.case((one < other, one), else_=other)


def _overlap(taken: Any, hour: int) -> ColumnElement[Any]:
    """Milliseconds for which what is taken lies in the hour that begins so many after midnight."""
    since = sa.case((taken.since < hour, hour), else_=taken.since)
    until = sa.case((taken.until > hour + _HOUR, hour + _HOUR), else_=taken.until)
    return sa.case((until > since, until - since), else_=0)
