"""Other visits' retentions, re-planned so that one more visit fits."""

from __future__ import annotations

from frontdesk.desk.claims import hold, release
from frontdesk.desk.steps import save
from frontdesk.domain.packing import Fit
from frontdesk.store import appointments
from frontdesk.store.engine import Writing


def make_room(writing: Writing, fit: Fit) -> tuple[str, ...]:
    """Saves the retentions a fit rests on, each logged, and says them; to be done before the visit takes its place.

    All of them let go of their time first: one may get what another gives up. They stay when the booking is undone.
    """
    connection = writing.connection
    for appointment_id, _ in fit.replanned:
        release(connection, appointment_id)
    words: list[str] = []
    for appointment_id, minutes in fit.replanned:
        old = appointments.get(connection, appointment_id)
        new = save(writing, old, "visit.replan-retention", {"retention_minutes": minutes})
        hold(connection, new)
        words.append(f"{new.patient.name} is now planned for {minutes} min of retention, not {old.retention_minutes}")
    return tuple(words)
