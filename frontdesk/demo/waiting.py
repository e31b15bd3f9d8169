"""Who waits in the made-up clinic: some for an earlier time, some for any gap, one of them urgently."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from pendulum import DateTime

from frontdesk.demo.clinic import FOLLOW_UP, SERVICES
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.visit import NOT_BEGUN
from frontdesk.domain.waiting import Wish
from frontdesk.store import waiting_writes

if TYPE_CHECKING:
    from frontdesk.store.engine import Connection

_EARLIER: tuple[dict[str, Any], ...] = (
    {},
    {"urgent": True, "note": "pain is worse since the weekend"},
    {"latest": 12 * 60},
    {"weekdays": (0, 2)},
)
"""What those want who have an appointment: anything earlier, or in the mornings, or on two days."""
_MORE: tuple[dict[str, Any], ...] = (
    {"earliest": 15 * 60, "note": "works until half past two"},
    {"weekdays": (1, 3), "note": "the daughter drives"},
)
"""What those want who have none."""


def put_on_the_list(
    rng: Random,
    connection: Connection,
    clinic: Clinic,
    now: DateTime,
    coming: Sequence[Appointment],
    others: Sequence[int],
    who: str,
) -> None:
    """Writes the wishes down, each some days before `now`, in the name of `who`.

    `coming` are visits of the next weeks with their numbers; `others` patients who have nothing booked.
    """
    follow_up = next(one for one in clinic.services if one.name == SERVICES[FOLLOW_UP].name)
    later = [one for one in coming if one.status in NOT_BEGUN and one.starts > now + timedelta(days=1)]
    chosen: dict[int, Appointment] = {}
    for one in rng.sample(later, min(len(later), 40)):
        if len(chosen) < len(_EARLIER):
            chosen.setdefault(one.patient.id, one)
    for days, (visit, wish) in enumerate(zip(chosen.values(), _EARLIER, strict=False), 1):
        wanted = Wish(visit.service, (visit.practitioner,), **wish)
        since = now.subtract(days=days, minutes=7 * days)
        waiting_writes.insert(connection, visit.patient.id, wanted, appointment_id=visit.id, since=since, who=who)
    for patient_id, wish in zip([one for one in others if one not in chosen], _MORE, strict=False):
        since = now.subtract(minutes=95)
        waiting_writes.insert(
            connection, patient_id, Wish(follow_up, **wish), appointment_id=None, since=since, who=who
        )
