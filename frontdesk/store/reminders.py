"""What was tried to remind patients, and what their files say of reaching them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from frontdesk.domain.instants import from_ms
from frontdesk.domain.patient_file import ContactBy
from frontdesk.domain.reminder import Contact, Reminder, Result
from frontdesk.store.question import Question, as_day_or_none
from frontdesk.store.rows import may_be_id

if TYPE_CHECKING:
    from frontdesk.store.question import Askable

_COLUMNS = "id, appointment_id, starts, result, at, who, address, text, reason"


def of_visits(conn: Askable, ids: Collection[int]) -> Mapping[int, tuple[Reminder, ...]]:
    """Every attempt by visit, the latest first."""
    ask = Question(conn)
    which = ask.is_among("appointment_id", ids)
    found: dict[int, list[Reminder]] = defaultdict(list)
    for row in ask.rows(f"SELECT {_COLUMNS} FROM reminder_sent WHERE {which} ORDER BY at DESC, id DESC"):
        one = _reminder(row)
        found[one.appointment_id].append(one)
    return {key: tuple(rows) for key, rows in found.items()}


def get(conn: Askable, reminder_id: int) -> Reminder | None:
    """One attempt, None where there is none of that number."""
    if not may_be_id(reminder_id):
        return None
    ask = Question(conn)
    row = ask.first(f"SELECT {_COLUMNS} FROM reminder_sent WHERE id = {ask.bind(reminder_id)}")
    return None if row is None else _reminder(row)


def contacts(conn: Askable, patient_ids: Collection[int]) -> Mapping[int, Contact]:
    """How patients want to be reached, by patient; who is not there said nothing."""
    ask = Question(conn)
    found = ask.rows(
        "SELECT patient_id, preferred_contact, language, no_reminders_since FROM patient_file"
        f" WHERE {ask.is_among('patient_id', patient_ids)}"
    )
    return {
        patient_id: Contact(ContactBy(by) if by else None, language, as_day_or_none(since))
        for patient_id, by, language, since in found
    }


def _reminder(row: Any) -> Reminder:
    key, appointment_id, starts, result, at, who, address, text, reason = row
    return Reminder(key, appointment_id, from_ms(starts), Result(result), from_ms(at), who, address, text, reason)
