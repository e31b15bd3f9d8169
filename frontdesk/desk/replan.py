"""Other visits' retentions, re-planned so that one more visit fits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from frontdesk.desk.steps import logged
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.packing import Fit
from frontdesk.domain.time_text import clock_of
from frontdesk.store import appointment_writes, appointments
from frontdesk.store.engine import Writing

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable


def would_change(connection: Askable, clinic: Clinic, replanned: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """What `make_room` would do: `Lee J 14:40: retention 20 min, not 25`; to be told before anybody agrees to it.

    `replanned` is as of a `Fit`.
    """
    visits = [(appointments.get(connection, appointment_id), minutes) for appointment_id, minutes in replanned]
    return tuple(
        f"{one.patient.short_name} {clock_of(one.starts, clinic.timezone)}: "
        f"retention {minutes} min, not {one.retention_minutes}"
        for one, minutes in visits
    )


def make_room(writing: Writing, fit: Fit) -> tuple[str, ...]:
    """Saves the retentions a fit rests on, each logged, and says them; to be done before the visit takes its place.

    All of them let go of their time first: one may get what another gives up. They stay when the booking is undone.
    """
    connection = writing.connection
    rows = {
        appointment_id: appointment_writes.set_aside(connection, appointment_id) for appointment_id, _ in fit.replanned
    }
    words: list[str] = []
    for appointment_id, minutes in fit.replanned:
        row = rows[appointment_id]
        place = {"room_id": row["room_id"], "squeezed": row["squeezed"], "retention_minutes": minutes}
        appointment_writes.update(connection, appointment_id, row["version"], place)
        new = logged(writing, appointment_id, "visit.replan-retention", row)
        words.append(
            f"{new.patient.name} is now planned for {minutes} min of retention, not {row['retention_minutes']}"
        )
    return tuple(words)
