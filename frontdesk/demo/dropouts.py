"""Some of the demo's patients who called off weeks ago and have not come since: whom the list of recalls is for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment, Facts
from frontdesk.domain.visit import Canceller, Status

_SINCE_DAYS = (9, 12, 15, 18, 22, 26, 31, 37, 44, 52)
"""Days ago since which one after another comes no more."""
_FEWEST_BEFORE = 2
"""Visits that took place before: a course that was given up."""


def lose_touch(visits: Sequence[Appointment], at: DateTime, expected: Collection[int]) -> list[Appointment]:
    """The same visits, those of some patients called off from a day on; never of `expected`, who come today."""
    gone: dict[int, DateTime] = {}
    patients = sorted({one.patient.id for one in visits} - set(expected))
    for key, days in zip(patients[:: max(1, len(patients) // (len(_SINCE_DAYS) * 3))], _SINCE_DAYS * 3, strict=False):
        day = at.subtract(days=days)
        before = Counter(one.status for one in visits if one.patient.id == key and one.starts < day)
        if len(gone) < len(_SINCE_DAYS) and before[Status.CHECKED_OUT] >= _FEWEST_BEFORE:
            gone[key] = day
    return [_called_off(one, gone.get(one.patient.id)) for one in visits]


def _called_off(visit: Appointment, since: DateTime | None) -> Appointment:
    if since is None or visit.starts < since or visit.status in (Status.CANCELLED, Status.NO_SHOW):
        return visit
    return replace(
        visit,
        status=Status.CANCELLED,
        facts=Facts(ended_at=since, reason="no time"),
        retentions=(),
        cancelled_by=Canceller.PATIENT,
    )
