"""What came of asking patients to come again, as the database has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from frontdesk.domain.instants import from_ms
from frontdesk.domain.recall import Contact, ContactResult, RecallReason
from frontdesk.store.question import Question, as_day_or_none

if TYPE_CHECKING:
    from pendulum import DateTime

    from frontdesk.domain.hours import Span
    from frontdesk.store.question import Askable

_COLUMNS = "id, patient_id, at, who, about, result, words, next_on"


def of_patient(conn: Askable, patient_id: int) -> tuple[Contact, ...]:
    """The contacts of a patient, the latest first."""
    ask = Question(conn)
    return _read(ask, f"patient_id = {ask.bind(patient_id)}")


def of_patients(conn: Askable, ids: Collection[int]) -> dict[int, list[Contact]]:
    """The contacts of each of those named who has any, the latest first."""
    ask = Question(conn)
    return _by_patient(_read(ask, ask.is_among("patient_id", ids)))


def since(conn: Askable, first: DateTime) -> dict[int, list[Contact]]:
    """The contacts from an instant on, by patient, the latest first."""
    ask = Question(conn)
    return _by_patient(_read(ask, f"at >= {ask.at(first)}"))


def get(conn: Askable, contact_id: int) -> Contact | None:
    """One contact, None where there is none of that number."""
    ask = Question(conn)
    return next(iter(_read(ask, f"id = {ask.bind(contact_id)}")), None)


def results_within(conn: Askable, span: Span) -> dict[ContactResult, int]:
    """What came of the contacts within a span, and how often."""
    ask = Question(conn)
    within = f"at >= {ask.at(span.starts)} AND at < {ask.at(span.ends)}"
    found = ask.rows(f"SELECT result, count(*) FROM recall_contact WHERE {within} GROUP BY result")
    return {ContactResult(result): count for result, count in found}


def _by_patient(contacts: Collection[Contact]) -> dict[int, list[Contact]]:
    found: dict[int, list[Contact]] = defaultdict(list)
    for one in contacts:
        found[one.patient_id].append(one)
    return found


def _read(ask: Question, condition: str) -> tuple[Contact, ...]:
    found = ask.rows(f"SELECT {_COLUMNS} FROM recall_contact WHERE {condition} ORDER BY at DESC, id DESC")
    return tuple(map(_contact, found))


def _contact(row: Any) -> Contact:
    key, patient_id, at, who, about, result, words, next_on = row
    return Contact(
        key, patient_id, from_ms(at), who, RecallReason(about), ContactResult(result), words, as_day_or_none(next_on)
    )
