"""The waiting list in the database: whole values out, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import NotFound
from frontdesk.domain.instants import from_ms
from frontdesk.domain.waiting import Ending, Waiting, Wish
from frontdesk.store import appointments, lost, patients, rows
from frontdesk.store.question import Question, as_day_or_none, as_document, as_instant

if TYPE_CHECKING:
    from frontdesk.store.question import Askable

_COLUMNS = (
    "id, version, patient_id, appointment_id, since, added_by, ended_at, ending, reason, booked_id,"
    " service_id, practitioners, weekdays, earliest, latest, first_day, last_day, urgent, note"
)


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
    found = ask.rows(f"SELECT {_COLUMNS} FROM waiting WHERE {condition} ORDER BY since, id")
    if not found:
        return ()
    people = patients.by_ids(conn, {row[2] for row in found})
    services, practitioners = rows.services(conn), rows.practitioners(conn)
    visits = _visits(conn, {row[3] for row in found if row[3] is not None})
    made = []
    for key, version, patient, visit, since, added_by, ended_at, ending, reason, booked, *wish in found:
        service, whose, weekdays, earliest, latest, first_day, last_day, urgent, note = wish
        entry = Waiting(
            id=key,
            version=version,
            patient=people.get(patient) or lost.patient(patient),
            wish=Wish(
                service=services.get(service) or lost.service(service),
                practitioners=tuple(practitioners[one] for one in as_document(whose) if one in practitioners),
                weekdays=tuple(as_document(weekdays)),
                earliest=earliest,
                latest=latest,
                first_day=as_day_or_none(first_day),
                last_day=as_day_or_none(last_day),
                urgent=bool(urgent),
                note=note,
            ),
            since=from_ms(since),
            added_by=added_by,
            visit=visits.get(visit),
            ended_at=as_instant(ended_at),
            ending=Ending(ending) if ending else None,
            reason=reason,
            booked_id=booked,
        )
        made.append(entry)
    return tuple(made)


def _visits(conn: Askable, ids: Collection[int]) -> dict[int | None, Appointment]:
    return {one.id: one for one in appointments.by_ids(conn, sorted(ids))} if ids else {}
