"""One step of a visit as the database keeps it: the row changed, the claims in step, the change in the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frontdesk.desk.context import clinic_of
from frontdesk.desk.differing import differing
from frontdesk.desk.meanwhile import done_already
from frontdesk.desk.words import here_already
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.domain.visit import IN_ROOM, ON_PREMISES, STEPS, Action, Status, after, what_may
from frontdesk.store import appointment_writes, appointments, timer_writes
from frontdesk.store.engine import Writing
from frontdesk.store.subjects import subject_of

_FACT_OF: dict[Status, str] = {
    Status.CONFIRMED: "confirmed_at",
    Status.ARRIVED: "arrived_at",
    Status.ROOMED: "roomed_at",
    Status.WITH_PRACTITIONER: "began_at",
    Status.CHECKED_OUT: "ended_at",
    Status.LEFT: "ended_at",
    Status.CANCELLED: "ended_at",
    Status.NO_SHOW: "ended_at",
    Status.ENTERED_IN_ERROR: "ended_at",
}
"""The fact that a status is the record of."""

_IMPLIED: dict[Status, tuple[str, ...]] = {
    Status.ROOMED: ("arrived_at",),
    Status.WITH_PRACTITIONER: ("arrived_at", "roomed_at"),
    Status.NEEDLES_IN: ("arrived_at", "roomed_at", "began_at"),
}
"""The facts of steps that were skipped forward: they get the same instant."""


def step_values(writing: Writing, visit: Appointment, action: Action) -> dict[str, Any]:
    """The columns an action changes; raises `Refused` where it may not follow, or the patient is here already."""
    if visit.status is STEPS[action].to:
        # Somebody at another desk was quicker: who, is what is asked next.
        done = done_already(writing, visit) or f"is {visit.status.words}"
        raise Refused(f"{visit.patient.name} {done} already; {what_may(visit.status)}")
    status = after(visit.status, action)
    if status in ON_PREMISES and visit.status not in ON_PREMISES:
        _only_once(writing, visit)
    values: dict[str, Any] = {"status": status.value}
    facts = visit.facts
    for name in _IMPLIED.get(status, ()):
        if getattr(facts, name) is None:
            values[name] = writing.at
    if status in _FACT_OF:
        values[_FACT_OF[status]] = writing.at
    if status in (Status.ARRIVED, Status.BOOKED) and facts.ended_at is not None:
        values |= {"ended_at": None, "reason": "", "cancelled_by": ""}
    return values


def save(
    writing: Writing,
    visit: Appointment,
    what: str,
    values: Mapping[str, Any],
    *,
    undoes: int | None = None,
) -> Appointment:
    """Changes columns of an appointment and logs those that differ, before and after."""
    old = appointment_writes.row_of(writing.connection, visit.id)
    appointment_writes.update(writing.connection, visit.id, visit.version, values)
    return logged(writing, visit.id, what, old, undoes=undoes)


def logged(
    writing: Writing,
    appointment_id: int,
    what: str,
    old: Mapping[str, Any],
    *,
    undoes: int | None = None,
    more: Mapping[str, Any] | None = None,
) -> Appointment:
    """Logs what has become different of an appointment's `old` row; gives the appointment as it is now.

    `more` is what else was done in the same step. The version that the change left goes with it, so that who read an
    older one can be told what came since.
    """
    new = appointment_writes.row_of(writing.connection, appointment_id)
    before, after = differing(old, new, besides="version")
    writing.log(
        what,
        subject_of(appointment_id),
        before=before,
        after={**after, "version": new["version"], **(more or {})},
        undoes=undoes,
    )
    if new["status"] not in IN_ROOM or new["ready_at"] is not None:
        # Nothing is timed for somebody who is in no room.
        timer_writes.end_all(writing.connection, appointment_id, at=writing.at, who=writing.who)
    return appointments.get(writing.connection, appointment_id)


def _only_once(writing: Writing, visit: Appointment) -> None:
    """The database holds this too; here it is said with what to do."""
    for other in appointments.in_house(writing.connection):
        if other.patient.id == visit.patient.id and other.id != visit.id:
            raise here_already(clinic_of(writing.connection), other)
