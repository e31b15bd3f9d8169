"""Visits whose place is no place for them any more: hours, closures, time off or rooms were changed under them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.packing.fit import Clash, clashes
from frontdesk.domain.packing.occupancy import Occupancy
from frontdesk.domain.visit import WAITING


def misfits(
    clinic: Clinic, visits: Iterable[Appointment], blocks: Iterable[Block] = ()
) -> Mapping[int, tuple[Clash, ...]]:
    """By visit that waits to be treated, what its place runs into beside other visits.

    What was squeezed over a practitioner's time on purpose fits as far as that goes.
    """
    walls = Occupancy.of((), blocks)
    found: dict[int, tuple[Clash, ...]] = {}
    for visit in visits:
        if visit.status not in WAITING:
            continue
        in_the_way = clashes(
            clinic, walls, plan=visit.plan, practitioner=visit.practitioner, room=visit.room, patient_id=None
        )
        kept = tuple(one for one in in_the_way if not (visit.squeezed and one.rule.squeezable))
        if kept:
            found[visit.id] = kept
    return found
