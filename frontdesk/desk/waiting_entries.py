"""A wish of the waiting list between its row and the log: written as plain values, read again, put back on the list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused
from frontdesk.domain.time_text import iso_day
from frontdesk.domain.waiting import Waiting, Wish
from frontdesk.store import waiting as rows
from frontdesk.store import waiting_writes
from frontdesk.store.engine import Writing
from frontdesk.store.subjects import subject_of_patient

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable


def on_the_list_again(writing: Writing, ended: Waiting) -> Waiting:
    """The same wish once more, with the place in the queue it had: what has ended stays ended."""
    visit = ended.visit.id if ended.visit is not None else None
    key = waiting_writes.insert(
        writing.connection,
        ended.patient.id,
        ended.wish,
        appointment_id=visit,
        since=ended.since,
        who=ended.added_by,
    )
    return rows.get(writing.connection, key)


def back_on_the_list(writing: Writing, waiting_id: int) -> str:
    """Whoever was given a place from the list waits again, now that it was taken back; the words for it.

    Nothing, where they were put on the list for the same since.
    """
    ended = rows.get(writing.connection, waiting_id)
    visit = ended.visit.id if ended.visit is not None else None
    if ended.ended_at is None or twin(writing.connection, ended.patient.id, ended.wish, visit) is not None:
        return ""
    on_the_list_again(writing, ended)
    return "on the waiting list again"


def twin(connection: Askable, patient_id: int, wish: Wish, appointment_id: int | None) -> Waiting | None:
    """The open wish for the same, of which nobody has two; None where there is none."""
    for other in rows.of_patient(connection, patient_id):
        mine = other.visit.id if other.visit else None
        same = mine == appointment_id and (mine is not None or other.wish.service.id == wish.service.id)
        if other.ended_at is None and same:
            return other
    return None


def fields_of(entry: Waiting) -> dict[str, Any]:
    """A wish as the log keeps it: plain values."""
    columns = waiting_writes.columns_of(entry.wish)
    days = {name: iso_day(columns[name]) for name in ("first_day", "last_day")}
    return {**columns, **days, "appointment_id": entry.visit.id if entry.visit else None}


def wish_of(clinic: Clinic, fields: Mapping[str, Any]) -> Wish:
    """What `fields_of` said, as a wish again."""
    service = next((one for one in clinic.services if one.id == fields["service_id"]), None)
    if service is None:
        raise Refused("the service they waited for is gone")
    days = {name: date.fromisoformat(fields[name]) if fields[name] else None for name in ("first_day", "last_day")}
    return Wish(
        service,
        tuple(one for one in clinic.practitioners if one.id in fields["practitioners"]),
        tuple(fields["weekdays"]),
        fields["earliest"],
        fields["latest"],
        days["first_day"],
        days["last_day"],
        fields["urgent"],
        fields["note"],
    )


def subject_of_waiting(entry: Waiting) -> str:
    """How the log names it: under its patient, with whose file it goes."""
    return subject_of_patient(entry.patient.id)
