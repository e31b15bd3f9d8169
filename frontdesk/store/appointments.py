"""Appointments in the database: whole values out, in a fixed number of queries whatever the number of rows.

Nothing here judges whether a step may be taken: that is the domain's business, and that of the database's own guards.
`appointment_writes` changes them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from frontdesk.domain.appointment import Appointment, Facts
from frontdesk.domain.areas import Area, Areas, as_areas
from frontdesk.domain.errors import NotFound
from frontdesk.domain.instants import from_ms
from frontdesk.domain.retention import Alarm, Retention
from frontdesk.domain.visit import NOT_BEGUN, Status
from frontdesk.store import lost, patients, rows, timers
from frontdesk.store.question import Question, as_day_or_none, as_document, as_instant
from frontdesk.store.shared import IN_HOUSE, LONGEST_HOURS

if TYPE_CHECKING:
    from pendulum import DateTime

    from frontdesk.domain.hours import Span
    from frontdesk.store.question import Askable

_BY_START = "ORDER BY starts, id"


class _Row(NamedTuple):
    """A row of `appointment` as it is stored."""

    id: int
    version: int
    patient_id: int
    practitioner_id: int
    service_id: int
    room_id: int | None
    status: str
    starts: int
    retention_minutes: int
    squeezed: bool
    confirmed_at: int | None
    arrived_at: int | None
    roomed_at: int | None
    began_at: int | None
    ended_at: int | None
    ready_at: int | None
    reason: str
    leave_by: int | None
    cancelled_by: str
    series_id: int | None
    holder_id: int | None
    asked: Any


def get(conn: Askable, appointment_id: int) -> Appointment:
    """The appointment with that id; raises `NotFound`."""
    ask = Question(conn)
    theirs = f"id = {ask.bind(appointment_id)}"
    found = _read(conn, ask, theirs) if rows.may_be_id(appointment_id) else ()
    if not found:
        raise unknown(appointment_id)
    return found[0]


def unknown(appointment_id: int) -> NotFound:
    """That there is no appointment of that number."""
    return NotFound(f"there is no appointment {appointment_id}: `frontdesk agenda DAY` gives the numbers")


def between(conn: Askable, span: Span, statuses: Collection[Status] | None = None) -> tuple[Appointment, ...]:
    """The appointments that share time with `span` as planned or as they went, by start; all, or of some statuses."""
    ask = Question(conn)
    hands = "SELECT consultation + insertion + removal + turnover FROM service WHERE id = appointment.service_id"
    planned_end = f"starts + (coalesce(({hands}), 0) + retention_minutes) * 60000"
    first = ask.at(span.starts)
    among = f"starts >= {ask.at(span.starts.subtract(hours=LONGEST_HOURS))} AND starts < {ask.at(span.ends)}"
    among += f" AND (starts >= {first} OR {planned_end} > {first} OR ended_at > {first})"
    if statuses is not None:
        among += f" AND {ask.is_named('status', [status.value for status in statuses])}"
    return _read(conn, ask, among)


def in_house(conn: Askable) -> tuple[Appointment, ...]:
    """Every visit whose patient is in the house, whatever day it was planned for; sorted by start."""
    # Sorted here: asked to sort by start, SQLite would walk the index on starts, which is all of history.
    visits = _read(conn, Question(conn), IN_HOUSE, order="")
    return tuple(sorted(visits, key=lambda visit: (visit.starts, visit.id)))


def of_patient(conn: Askable, patient_id: int, limit: int = 500) -> tuple[Appointment, ...]:
    """A patient's appointments, past and coming, newest first; the newest `limit` of them."""
    ask = Question(conn)
    newest = f"ORDER BY starts DESC, id DESC LIMIT {ask.bind(limit)}"
    return _read(conn, ask, f"patient_id = {ask.bind(patient_id)}", order=newest)


def coming_of(conn: Askable, patient_id: int, now: DateTime, limit: int = 1) -> tuple[Appointment, ...]:
    """What a patient is booked for from now on, soonest first."""
    ask = Question(conn)
    theirs = f"patient_id = {ask.bind(patient_id)} AND starts >= {ask.at(now)}"
    not_begun = ask.is_named("status", sorted(one.value for one in NOT_BEGUN))
    return _read(conn, ask, f"{theirs} AND {not_begun}", order=f"{_BY_START} LIMIT {ask.bind(limit)}")


def of_patient_in(conn: Askable, patient_id: int, span: Span) -> tuple[Appointment, ...]:
    """A patient's appointments that start within `span`, of any status; sorted by start."""
    ask = Question(conn)
    theirs = f"patient_id = {ask.bind(patient_id)} AND starts >= {ask.at(span.starts)} AND starts < {ask.at(span.ends)}"
    return _read(conn, ask, theirs)


def by_ids(conn: Askable, ids: Collection[int]) -> tuple[Appointment, ...]:
    """Those appointments, of any status; sorted by start. Ids nobody has are left out."""
    ask = Question(conn)
    return _read(conn, ask, ask.is_among("id", ids))


def patients_of(conn: Askable, ids: Collection[int]) -> set[int]:
    """Whose visits those of these numbers are."""
    ask = Question(conn)
    return {key for (key,) in ask.rows(f"SELECT patient_id FROM appointment WHERE {ask.is_among('id', ids)}")}


def of_series(conn: Askable, series_id: int) -> tuple[Appointment, ...]:
    """The visits that were booked as one course, of any status; sorted by start."""
    ask = Question(conn)
    return _read(conn, ask, f"series_id = {ask.bind(series_id)}")


def row_of(conn: Askable, appointment_id: int) -> dict[str, Any]:
    """Its columns as they are stored, by the names that they have in the log; raises `NotFound`."""
    ask = Question(conn)
    found = ask.first(f"SELECT {', '.join(_Row._fields)} FROM appointment WHERE id = {ask.bind(appointment_id)}")
    if found is None:
        raise unknown(appointment_id)
    return _Row(*found)._asdict()


def as_row_says(conn: Askable, row: Mapping[str, Any]) -> Appointment:
    """The appointment that such columns describe, whatever the database holds of it now."""
    return _whole(conn, [_Row(*(row[name] for name in _Row._fields))])[0]


def _read(conn: Askable, ask: Question, condition: str, order: str = _BY_START) -> tuple[Appointment, ...]:
    words = f"SELECT {', '.join(_Row._fields)} FROM appointment WHERE {condition} {order}"
    found = [_Row(*row) for row in ask.rows(words)]
    return _whole(conn, found) if found else ()


def _whole(conn: Askable, found: Sequence[_Row]) -> tuple[Appointment, ...]:
    """Rows with everything they point at.

    What is not there has a stand-in: nobody may disappear from a screen because the database is damaged.
    """
    people = patients.by_ids(conn, {row.patient_id for row in found})
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
            starts=from_ms(row.starts),
            retention_minutes=row.retention_minutes,
            squeezed=bool(row.squeezed),
            facts=Facts(
                as_instant(row.confirmed_at),
                as_instant(row.arrived_at),
                as_instant(row.roomed_at),
                as_instant(row.began_at),
                as_instant(row.ended_at),
                as_instant(row.ready_at),
                row.reason,
            ),
            retentions=tuple(retentions.get(row.id, ())),
            leave_by=as_instant(row.leave_by),
            cancelled_by=row.cancelled_by,
            series_id=row.series_id,
            holder=None
            if row.holder_id is None
            else practitioners.get(row.holder_id) or lost.practitioner(row.holder_id),
            timers=running.get(row.id, ()),
            asked=frozenset(as_document(row.asked)),
            late_cancel_hours=late,
        )
        for row in found
    )


class _Side(NamedTuple):
    """A row of `retention` as it is stored."""

    id: int
    appointment_id: int
    in_at: int
    count_in: int
    planned_minutes: int
    earliest_minutes: int
    latest_minutes: int
    leave_by: int | None
    checked_at: int | None
    silenced_level: str
    silenced_until: int | None
    out_at: int | None
    count_out: int | None
    kept: int
    missing: int
    missing_reason: str
    missing_by: str
    boot: str
    boot_ms: int | None
    areas_in: Any
    areas_out: Any
    open_end: bool
    told: bool
    remove_on: Any
    kept_out_at: int | None


def _retentions(conn: Askable, ids: Sequence[int]) -> dict[int, list[Retention]]:
    """The retentions of those appointments, each one's in the order the needles went in."""
    found: dict[int, list[Retention]] = defaultdict(list)
    ask = Question(conn)
    theirs = ask.is_among("appointment_id", ids)
    for row in ask.rows(f"SELECT {', '.join(_Side._fields)} FROM retention WHERE {theirs} ORDER BY in_at, id"):
        side = _Side(*row)
        found[side.appointment_id].append(_retention(side))
    return found


def _retention(row: _Side) -> Retention:
    return Retention(
        id=row.id,
        in_at=from_ms(row.in_at),
        count_in=row.count_in,
        planned_minutes=row.planned_minutes,
        earliest_minutes=row.earliest_minutes,
        latest_minutes=row.latest_minutes,
        leave_by=as_instant(row.leave_by),
        checked_at=as_instant(row.checked_at),
        silenced_level=Alarm(row.silenced_level),
        silenced_until=as_instant(row.silenced_until),
        out_at=as_instant(row.out_at),
        count_out=row.count_out,
        kept=row.kept,
        missing=row.missing,
        missing_reason=row.missing_reason,
        missing_by=row.missing_by,
        boot=row.boot,
        boot_ms=row.boot_ms,
        areas_in=_areas(as_document(row.areas_in)),
        areas_out=_areas(as_document(row.areas_out)),
        open_end=bool(row.open_end),
        told=bool(row.told),
        remove_on=as_day_or_none(row.remove_on),
        kept_out_at=as_instant(row.kept_out_at),
    )


def _areas(stored: Mapping[str, int] | None) -> Areas:
    return as_areas({Area(name): count for name, count in (stored or {}).items()})
