"""Free places for somebody who said on which days, at which times and before when they can come."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic, Practitioner, Room
from frontdesk.domain.instants import to_ms
from frontdesk.domain.packing.claims import PATIENT, claims_of
from frontdesk.domain.packing.intervals import Intervals
from frontdesk.domain.packing.occupancy import Busy, TakenTime, crowded
from frontdesk.domain.packing.places import Search, Slot
from frontdesk.domain.phases import Service, plan_visit

DAY = 1440
"""Minutes after midnight that no start of the day is later than."""


class Bounds(Struct, frozen=True):
    """Between which starts a place is looked for; minutes are after local midnight, both ends included.

    `weekdays` count from Monday as 0; empty is any. A start must also lie before `before`, and on none of `not_on`.
    """

    first_day: date
    days: int
    weekdays: Collection[int] = ()
    earliest: int = 0
    latest: int = DAY
    before: DateTime | None = None
    not_on: Collection[date] = ()


def wished_places(
    clinic: Clinic,
    occupancy: Busy,
    *,
    service: Service,
    practitioners: Sequence[Practitioner],
    rooms: Sequence[Room],
    bounds: Bounds,
    not_before: DateTime,
    limit: int,
    patient_id: int | None = None,
    ignore_appointment: int | None = None,
) -> tuple[Slot, ...]:
    """`free_places` inside `bounds`: by start, one each at a start and practitioner; the same rules of fitting."""
    if bounds.days < 1:
        return ()
    last = bounds.first_day + timedelta(days=bounds.days - 1)
    days = (bounds.first_day, last)
    search = Search.over(clinic, occupancy, service, rooms, days, not_before, patient_id, ignore=ignore_appointment)
    return replace(search, grid=_inside(search, bounds)).first(practitioners, limit)


def _inside(search: Search, bounds: Bounds) -> list[int]:
    opening = search.opening
    earliest, latest = opening.at(bounds.earliest), opening.at(bounds.latest)
    grid = search.grid
    if bounds.before is not None:
        grid = grid[: bisect_left(grid, to_ms(bounds.before))]
    if not bounds.weekdays and not bounds.not_on and (bounds.earliest, bounds.latest) == (0, DAY):
        return grid
    found: list[int] = []
    for moment in grid:
        day = opening.day_of(moment)
        if bounds.weekdays and opening.days[day].weekday() not in bounds.weekdays:
            continue
        if opening.days[day] in bounds.not_on:
            continue
        if earliest[day] <= moment <= latest[day]:
            found.append(moment)
    return found


class Also(Struct, frozen=True):
    """What is taken, and besides it what one more visit would take: a day as it was before a place became free."""

    taken: TakenTime
    uses: dict[str, list[tuple[int, int]]]

    @staticmethod
    def with_visit(taken: TakenTime, visit: Appointment) -> Also:
        """The visit as it was planned, whatever became of it; not its patient, who is not in their own way."""
        plan = plan_visit(visit.service, visit.starts, visit.retention_minutes)
        claims = claims_of(
            plan,
            patient_id=visit.patient.id,
            practitioner_id=visit.practitioner.id,
            room_id=visit.room.id if visit.room is not None else None,
            squeezed=visit.squeezed,
        )
        uses: dict[str, list[tuple[int, int]]] = {}
        for claim in claims:
            if not claim.resource.startswith(PATIENT):
                uses.setdefault(claim.resource, []).append((to_ms(claim.span.starts), to_ms(claim.span.ends)))
        return Also(taken, uses)

    def busy(self, resource: str, *, ignore: int | None = None) -> Intervals:
        """As `Occupancy.busy`."""
        own = self.taken.busy(resource, ignore=ignore)
        more = self.uses.get(resource)
        return own if more is None else Intervals.of([*own, *more])

    def full(self, resource: str, count: int, *, ignore: int | None = None) -> Intervals:
        """As `Occupancy.full`."""
        more = self.uses.get(resource, ())
        if not more:
            return self.taken.full(resource, count, ignore=ignore)
        used = [(start, end) for start, end, by in self.taken.uses.get(resource, ()) if ignore is None or by != ignore]
        return crowded([*used, *more], count)
