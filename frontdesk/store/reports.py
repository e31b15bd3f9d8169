"""Counts over a stretch of time, made by the database: few rows come back however many appointments there are.

Each reads the appointments that start within the stretch by their index on starts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from frontdesk.domain.hours import Span
from frontdesk.domain.report import HOURS
from frontdesk.domain.visit import NOT_BEGUN, Canceller, Status
from frontdesk.store.question import Question
from frontdesk.store.rows import LATE_CANCEL_MS

if TYPE_CHECKING:
    from pendulum import DateTime

    from frontdesk.store.question import Askable

_MINUTE, _HOUR, _DAY = 60_000, 3_600_000, 86_400_000
_WHO = "coalesce(holder_id, practitioner_id)"
"""Who had the visit in the end."""


def outcomes(conn: Askable, span: Span) -> Sequence[tuple[int, Status, int, int]]:
    """By practitioner and status: appointments, and of those called off how many by the patient and late."""
    ask = Question(conn)
    late = (
        f"status = {ask.bind(Status.CANCELLED.value)} AND cancelled_by = {ask.bind(Canceller.PATIENT.value)}"
        f" AND ended_at > starts - {LATE_CANCEL_MS}"
    )
    found = ask.rows(
        f"SELECT {_WHO}, status, count(*), sum(CASE WHEN {late} THEN 1 ELSE 0 END)"
        f" FROM appointment WHERE {_within(ask, span)} GROUP BY 1, 2"
    )
    return [(who, Status(status), count, int(late)) for who, status, count, late in found]


def seen_by_day(conn: Askable, span: Span, offset_ms: int) -> dict[int, int]:
    """How many were seen on each day, counted from 1970-01-01, where clocks are `offset_ms` ahead of UTC."""
    ask = Question(conn)
    found = ask.rows(
        f"SELECT (starts + {offset_ms:d}) / {_DAY}, count(*) FROM appointment"
        f" WHERE {_within(ask, span)} AND status = {ask.bind(Status.CHECKED_OUT.value)} GROUP BY 1"
    )
    return {int(number): count for number, count in found}


def waits(conn: Askable, span: Span, until: str) -> Sequence[tuple[int, int, int]]:
    """By practitioner and whole minutes from when the patient came until `roomed_at` or `began_at`: visits.

    Where both have one instant, a step was skipped and nobody took the time.
    """
    assert until in ("roomed_at", "began_at")
    ask = Question(conn)
    found = ask.rows(
        f"SELECT {_WHO}, ({until} - arrived_at) / {_MINUTE}, count(*) FROM appointment WHERE {_within(ask, span)}"
        f" AND {until} > arrived_at AND status <> {ask.bind(Status.ENTERED_IN_ERROR.value)} GROUP BY 1, 2"
    )
    return [(who, int(took), count) for who, took, count in found]


def room_minutes(conn: Askable, span: Span, offset_ms: int, now: DateTime) -> dict[int, list[float]]:
    """By room: minutes for which it was taken in each hour of the local day, turnover included.

    What has begun counts as it was, until `now` where it goes on; what is still to come as it is booked.
    """
    ask = Question(conn)
    at, not_begun = ask.at(now), ask.one_of(sorted(status.value for status in NOT_BEGUN))
    planned = "(s.consultation + s.insertion + a.retention_minutes + s.removal + s.turnover)"
    ended = f"coalesce(a.ready_at, a.ended_at + s.turnover * {_MINUTE}, {at})"
    visits = (
        "SELECT a.room_id, CASE WHEN a.roomed_at IS NOT NULL THEN a.roomed_at ELSE a.starts END AS since,"
        f" CASE WHEN a.roomed_at IS NOT NULL THEN {ended} ELSE a.starts + {planned} * {_MINUTE} END AS until"
        " FROM appointment a JOIN service s ON s.id = a.service_id"
        f" WHERE {_within(ask, span)} AND a.room_id IS NOT NULL"
        f" AND a.status <> {ask.bind(Status.ENTERED_IN_ERROR.value)}"
        f" AND (a.roomed_at IS NOT NULL OR (a.status IN {not_begun} AND a.starts >= {at}))"
    )
    # Milliseconds after local midnight, for no longer than a day; what goes on after it counts first.
    lasts = f"CASE WHEN until - since < {_DAY} THEN until - since ELSE {_DAY} END"
    midnight = f"(since + {offset_ms:d}) / {_DAY} * {_DAY} - {offset_ms:d}"
    taken = (
        f"SELECT room_id, since - ({midnight}) AS since, since - ({midnight}) + {lasts} AS until FROM ({visits}) AS v"
    )
    hours = ", ".join(f"sum({_overlap(hour * _HOUR)} + {_overlap((hour + HOURS) * _HOUR)})" for hour in range(HOURS))
    found: dict[int, list[float]] = defaultdict(lambda: [0.0] * HOURS)
    for room_id, *used in ask.rows(f"SELECT room_id, {hours} FROM ({taken}) AS taken GROUP BY room_id"):
        found[room_id] = [float(one) / _MINUTE for one in used]
    return found


def sources(conn: Askable, span: Span) -> Sequence[tuple[str, str, int]]:
    """What came through and who referred, of patients whose first visit that took place lies in the span."""
    ask = Question(conn)
    seen = ask.bind(Status.CHECKED_OUT.value)
    found = ask.rows(
        "SELECT coalesce(f.referral, ''), coalesce(f.referred_by, ''), count(DISTINCT a.patient_id)"
        " FROM appointment a LEFT JOIN patient_file f ON f.patient_id = a.patient_id"
        f" WHERE {_within(ask, span)} AND a.status = {seen} AND NOT EXISTS (SELECT 1 FROM appointment earlier"
        f" WHERE earlier.patient_id = a.patient_id AND earlier.status = {seen} AND earlier.starts < a.starts)"
        " GROUP BY 1, 2"
    )
    return [(through, by, count) for through, by, count in found]


def _within(ask: Question, span: Span) -> str:
    return f"starts >= {ask.at(span.starts)} AND starts < {ask.at(span.ends)}"


def _overlap(hour: int) -> str:
    """Milliseconds for which what is taken lies in the hour that begins so many after midnight."""
    since = f"CASE WHEN since < {hour} THEN {hour} ELSE since END"
    until = f"CASE WHEN until > {hour + _HOUR} THEN {hour + _HOUR} ELSE until END"
    return f"CASE WHEN {until} > {since} THEN {until} - {since} ELSE 0 END"
