"""The free places of a day, best first: those that leave the day room for most further visits."""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from pendulum import DateTime

from frontdesk.domain.clinic import Clinic, Practitioner, Room
from frontdesk.domain.packing.claims import equipment_key, shape_of
from frontdesk.domain.packing.filling import Way, ways
from frontdesk.domain.packing.intervals import Intervals
from frontdesk.domain.packing.occupancy import Busy
from frontdesk.domain.packing.places import Search, Slot
from frontdesk.domain.phases import Service

_UNKNOWN = 1_000_000
"""The loss of a start that no good way to fill the day goes through: after all others."""


def best_places(
    clinic: Clinic,
    occupancy: Busy,
    *,
    service: Service,
    practitioners: Sequence[Practitioner],
    rooms: Sequence[Room],
    day: date,
    not_before: DateTime,
    limit: int,
    patient_id: int | None = None,
    ignore_appointment: int | None = None,
    leave_by: int | None = None,
) -> tuple[Slot, ...]:
    """The places of `free_places` for one day, those first by which the day loses fewest visits of the service.

    Then by start, then in the order of `practitioners`. Retention and room are those that go with the best way to
    fill the day: a removal that touches another hands-on phase, a room's stretch that it fills best.
    """
    search = Search.over(
        clinic,
        occupancy,
        service,
        rooms,
        (day, day),
        not_before,
        patient_id,
        ignore=ignore_appointment,
        leave_by=leave_by,
    )
    lanes = _lanes(clinic, search, service)
    offers: list[tuple[int, int, int, int, int]] = []
    for order, practitioner in enumerate(practitioners):
        hands = search.hands(practitioner)
        found = ways(service, hands, lanes, search.grid_of(practitioner))
        most = max((way.visits for way in found.values()), default=0)
        for start, _, minutes, room in search.places(practitioner, order):
            way = found.get(start)
            if way is None:
                offers.append((_UNKNOWN, start, order, minutes, room))
                continue
            as_planned = _as_planned(search, service, hands, start, way)
            offers.append((most - way.visits, start, order, *(as_planned or (minutes, room))))
    return tuple(search.slot(offer[1:], practitioners[offer[2]]) for offer in heapq.nsmallest(limit, offers))


def _lanes(clinic: Clinic, search: Search, service: Service) -> list[Intervals]:
    """What visits of a service stand in side by side: the rooms, or what there is less of, taken as if it were rooms.

    A visit has equipment for less time than its room, so that the count of what the day holds is on the low side.
    """
    lanes = [busy for _, busy in search.rooms]
    for one in clinic.equipment_of(service):
        if one.count < len(lanes):
            key = equipment_key(one.id)
            lanes = [search.occupancy.full(key, used, ignore=search.ignore) for used in range(1, one.count + 1)]
    return lanes


def _as_planned(search: Search, service: Service, hands: Intervals, start: int, way: Way) -> tuple[int, int] | None:
    """Retention and room of a way to fill the day, where the patient is free for it."""
    shape = shape_of(service, way.retention_minutes)
    if not search.open_for(start, shape, hands):
        return None
    for index, (_, busy) in enumerate(search.rooms):
        if busy.clear(start, start + shape.room) and _ends(busy, start, way) == way.gap_ends:
            return way.retention_minutes, index
    return None


def _ends(busy: Intervals, start: int, way: Way) -> int:
    """When a room that is free at a start is taken next; the end of the search where that is never."""
    at = bisect_left(busy.starts, start)
    return min(busy.starts[at], way.gap_ends) if at < len(busy.starts) else way.gap_ends
