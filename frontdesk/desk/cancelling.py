"""Calling an appointment off: who did it, why, and whether it was late; for one visit and for the rest of a course."""

from __future__ import annotations

from frontdesk.desk.steps import save, step_values
from frontdesk.desk.words import taken_down
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.domain.visit import Action, Canceller
from frontdesk.store.engine import Writing


def give_up(writing: Writing, visit: Appointment, reason: str, by: str) -> Appointment:
    """Gives the place of a visit back, and keeps who called it off and why; raises `Refused` where it may not be."""
    if by and by not in tuple(Canceller):
        raise Refused(f"who cancels? say {' or '.join(Canceller)}")
    values = {
        **step_values(writing, visit, Action.CANCEL),
        "reason": taken_down("the reason", reason),
        "cancelled_by": by,
    }
    return save(writing, visit, "visit.cancel", values)


def cancelled_words(visit: Appointment) -> str:
    """`cancelled by the patient (ill), less than 24 h before`, as far as that was said."""
    by = f" by the {visit.cancelled_by}" if visit.cancelled_by else ""
    why = f" ({visit.facts.shown_reason})" if visit.facts.shown_reason else ""
    late = f", less than {visit.late_cancel_hours} h before" if visit.cancelled_late else ""
    return f"cancelled{by}{why}{late}"
