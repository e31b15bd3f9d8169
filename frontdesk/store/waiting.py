"""The waiting list in the database: whole values out, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import NotFound
from frontdesk.domain.instants import from_ms
from frontdesk.domain.waiting import Ending, Waiting, Wish
from frontdesk.store import appointments, lost, patients, rows
from frontdesk.store.question import Question, as_day_or_none, as_document, as_instant

if TYPE_CHECKING:
    from frontdesk.store.question import Askable


class _Row(NamedTuple):
    """A row of `waiting` as it is stored."""

    id: int
    version: int
    patient_id: int
    appointment_id: int | None
    service_id: int
    practitioners: Any
    weekdays: Any
    earliest: int
    latest: int
    first_day: str | date | None
    last_day: str | date | None
    urgent: bool
    note: str
    since: int
    added_by: str
    ended_at: int | None
    ending: str
    reason: str
    booked_id: int | None


def get(conn: Askable, waiting_id: int) -> Waiting:
    """One wish, open or ended; raises `NotFound`."""
    ask = Question(conn)
    found = _read(conn, ask, f"id = {ask.bind(waiting_id)}") if rows.may_be_id(waiting_id) else ()
    if not found:
        raise NotFound(f"there is no entry {waiting_id} on the waiting list")
    return found[0]


def open_ones(conn: Askable) -> tuple[Waiting, ...]:
    """Everybody who waits, in no order."""
    return _read(conn, Question(conn), "ended_at IS NULL")


def of_patient(conn: Askable, patient_id: int) -> tuple[Waiting, ...]:
    """What a patient waits for and has waited for, oldest first."""
    ask = Question(conn)
    return _read(conn, ask, f"patient_id = {ask.bind(patient_id)}")


def _read(conn: Askable, ask: Question, condition: str) -> tuple[Waiting, ...]:
    columns = ", ".join(_Row._fields)
    found = [_Row(*row) for row in ask.rows(f"SELECT {columns} FROM waiting WHERE {condition} ORDER BY since, id")]
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
                practitioners=tuple(
                    practitioners[one] for one in as_document(row.practitioners) if one in practitioners
                ),
                weekdays=tuple(as_document(row.weekdays)),
                earliest=row.earliest,
                latest=row.latest,
                first_day=as_day_or_none(row.first_day),
                last_day=as_day_or_none(row.last_day),
                urgent=bool(row.urgent),
                note=row.note,
            ),
            since=from_ms(row.since),
            added_by=row.added_by,
            visit=visits.get(row.appointment_id),
            ended_at=as_instant(row.ended_at),
            ending=Ending(row.ending) if row.ending else None,
            reason=row.reason,
            booked_id=row.booked_id,
        )
        for row in found
    )


def _visits(conn: Askable, ids: Collection[int]) -> dict[int | None, Appointment]:
    return {one.id: one for one in appointments.by_ids(conn, sorted(ids))} if ids else {}
