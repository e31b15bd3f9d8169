"""The clinic's set-up in the database, read whole as one value; `clinic_writes` makes it what a set-up says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontdesk.domain.clinic import Clinic, Closure
from frontdesk.domain.hours import week_hours
from frontdesk.domain.recall_rules import USUAL_RULES, RecallRules
from frontdesk.domain.reminder_text import reminders_of
from frontdesk.domain.threshold import Threshold
from frontdesk.store import rows
from frontdesk.store.question import Question, as_day, as_document

if TYPE_CHECKING:
    from frontdesk.store.question import Askable


def load(conn: Askable) -> Clinic | None:
    """The clinic, or None while none is set up; six small queries."""
    head = Question(conn).first(
        "SELECT name, timezone, phone_region, slot_minutes, hours, waiting_minutes, waiting_urgent, late_minutes,"
        " late_urgent, keep_years, late_cancel_hours, reminders, recalls FROM clinic"
    )
    if head is None:
        return None
    name, timezone, phone_region, slot_minutes, hours, *thresholds, keep_years, late_cancel, reminders, recalls = head
    waiting_minutes, waiting_urgent, late_minutes, late_urgent = thresholds
    closures = Question(conn).rows("SELECT first_day, last_day, reason FROM closure ORDER BY first_day, last_day, id")
    return Clinic(
        name,
        timezone,
        phone_region,
        slot_minutes,
        week_hours(as_document(hours)),
        tuple(rows.rooms(conn).values()),
        tuple(rows.practitioners(conn).values()),
        tuple(rows.services(conn).values()),
        tuple(Closure(as_day(first), as_day(last), reason) for first, last, reason in closures),
        tuple(rows.equipment(conn).values()),
        Threshold(waiting_minutes, waiting_urgent),
        Threshold(late_minutes, late_urgent),
        keep_years,
        late_cancel,
        reminders_of(as_document(reminders)),
        RecallRules(**as_document(recalls)) if recalls else USUAL_RULES,
    )


def timezone(conn: Askable) -> str | None:
    """The clinic's time zone alone, or None while none is set up."""
    found = Question(conn).first("SELECT timezone FROM clinic")
    return None if found is None else str(found[0])
