"""The next free places, and the nearest to one that is not free."""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.clinic import Clinic, Practitioner, Room
from frontdesk.domain.hours import local_day
from frontdesk.domain.instants import from_ms, to_ms
from frontdesk.domain.packing.claims import Shape, equipment_key, patient_key, practitioner_key, room_key, shape_of
from frontdesk.domain.packing.intervals import MINUTE, Intervals
from frontdesk.domain.packing.occupancy import Busy
from frontdesk.domain.packing.opening import Opening
from frontdesk.domain.phases import Service

NEAREST_DAYS = 7
"""How many days before and after the wished one `nearest_starts` looks; its occupancy must cover them."""
_NEAREST = 3
"""How many it gives."""


class Slot(Struct, frozen=True):
    """A place a visit fits: `ends` is when the patient leaves the room."""

    starts: DateTime
    ends: DateTime
    practitioner: Practitioner
    room: Room
    retention_minutes: int


def free_places(
    clinic: Clinic,
    occupancy: Busy,
    *,
    service: Service,
    practitioners: Sequence[Practitioner],
    rooms: Sequence[Room],
    first_day: date,
    days: int,
    not_before: DateTime,
    limit: int,
    patient_id: int | None = None,
    ignore_appointment: int | None = None,
    leave_by: int | None = None,
) -> tuple[Slot, ...]:
    """The first `limit` places, by start and then in the order of `practitioners`, one each at a start.

    Starts are on the clinic's grid (`slot_minutes` from local midnight), none before `not_before`. Retention and
    room are chosen as `first_fit` chooses them. `occupancy` must cover the days and what reaches into them.
    `leave_by`, in minutes after local midnight, is when the patient must be gone, whatever the day.
    """
    if days < 1:
        return ()
    search = Search.over(
        clinic,
        occupancy,
        service,
        rooms,
        (first_day, first_day + timedelta(days=days - 1)),
        not_before,
        patient_id,
        ignore=ignore_appointment,
        leave_by=leave_by,
    )
    return search.first(practitioners, limit)


def nearest_starts(
    clinic: Clinic,
    occupancy: Busy,
    *,
    service: Service,
    practitioner: Practitioner,
    starts: DateTime,
    rooms: Sequence[Room],
    not_before: DateTime,
    patient_id: int | None = None,
    ignore_appointment: int | None = None,
    leave_by: int | None = None,
) -> tuple[Slot, ...]:
    """The few places nearest to a wished start, before and after it, those of the same local day first."""
    wished_day = local_day(starts, clinic.timezone)
    around = timedelta(days=NEAREST_DAYS)
    search = Search.over(
        clinic,
        occupancy,
        service,
        rooms,
        (wished_day - around, wished_day + around),
        not_before,
        patient_id,
        ignore=ignore_appointment,
        leave_by=leave_by,
    )
    wished = to_ms(starts)
    same_day = search.opening.midnights[NEAREST_DAYS : NEAREST_DAYS + 2]
    near = heapq.nsmallest(
        _NEAREST,
        search.places(practitioner, 0),
        key=lambda place: (not same_day[0] <= place[0] < same_day[1], abs(place[0] - wished), place[0]),
    )
    return tuple(search.slot(place, practitioner) for place in near)


class Search(Struct, frozen=True):
    """One search: everything that stays the same from start to start, as integers; for this package alone."""

    occupancy: Busy
    opening: Opening
    grid: list[int]
    shapes: tuple[Shape, ...]
    rooms: tuple[tuple[Room, Intervals], ...]
    roomy: Intervals
    """The starts at which any room at all is free for the shortest visit."""
    patient: Intervals
    closed: Intervals
    no_equipment: Intervals
    """When something that the service takes is all in use."""
    leave_by: tuple[int, ...] | None
    """When the patient must be gone, for each day of the opening."""
    ignore: int | None

    @staticmethod
    def over(
        clinic: Clinic,
        occupancy: Busy,
        service: Service,
        rooms: Sequence[Room],
        window: tuple[date, date],
        not_before: DateTime,
        patient_id: int | None,
        *,
        ignore: int | None = None,
        leave_by: int | None = None,
    ) -> Search:
        """The search of the days from the first to the last of `window`."""
        shapes = tuple(shape_of(service, minutes) for minutes in service.retention_choices)
        # The last visit of the window may reach past its last midnight.
        beyond = -(-max(shape.room for shape in shapes) // (1440 * MINUTE)) + 1
        opening = Opening.over(clinic, window[0], window[1] + timedelta(days=beyond))
        grid = opening.grid()
        first = bisect_left(grid, to_ms(not_before))
        last = bisect_left(grid, opening.midnights[(window[1] - window[0]).days + 1])
        suited = tuple(
            (room, occupancy.busy(room_key(room.id), ignore=ignore)) for room in rooms if room.suits(service)
        )
        in_use = (
            occupancy.full(equipment_key(one.id), one.count, ignore=ignore) for one in clinic.equipment_of(service)
        )
        return Search(
            occupancy,
            opening,
            _until(opening, service.last_start, grid[first:last]),
            shapes,
            suited,
            _roomy(opening, min(shape.room for shape in shapes), (busy for _, busy in suited)),
            Intervals() if patient_id is None else occupancy.busy(patient_key(patient_id), ignore=ignore),
            opening.closed,
            Intervals.of(stretch for full in in_use for stretch in full),
            None if leave_by is None else opening.at(leave_by),
            ignore,
        )

    def places(self, practitioner: Practitioner, order: int) -> Iterator[tuple[int, int, int, int]]:
        """Start, `order`, retention and index of the room of every place with one practitioner, by start."""
        hands = self.hands(practitioner)
        grid = self.grid_of(practitioner)
        for earliest, latest in self._windows(hands).both(self.roomy):
            for at in range(bisect_left(grid, earliest), bisect_left(grid, latest)):
                found = self._fit(grid[at], hands)
                if found is not None:
                    yield grid[at], order, *found

    def first(self, practitioners: Sequence[Practitioner], limit: int) -> tuple[Slot, ...]:
        """The first places with any of several practitioners, by start and then in their order, one each at a start."""
        streams = [self.places(one, order) for order, one in enumerate(practitioners)]
        return tuple(self.slot(place, practitioners[place[1]]) for place in islice(heapq.merge(*streams), limit))

    def hands(self, practitioner: Practitioner) -> Intervals:
        """When a practitioner works and is with nobody."""
        busy = self.occupancy.busy(practitioner_key(practitioner.id), ignore=self.ignore)
        return self.opening.of(practitioner).minus(busy)

    def grid_of(self, practitioner: Practitioner) -> list[int]:
        """The starts that may be asked for with a practitioner: none after their last one of a day."""
        return _until(self.opening, practitioner.last_start, self.grid)

    def _windows(self, hands: Intervals) -> Intervals:
        """The starts at which the first hands-on phase lies in the practitioner's free time (ends excluded)."""
        windows: list[tuple[int, int]] = []
        for shape in self.shapes:
            if not shape.hands_on:
                return Intervals((self.opening.midnights[0],), (self.opening.midnights[-1],))
            first, last = shape.hands_on[0]
            windows.extend((start - first, end - last + 1) for start, end in hands)
        return Intervals.of(windows)

    def _fit(self, start: int, hands: Intervals) -> tuple[int, int] | None:
        for shape in self.shapes:
            # Asked here first because most starts fail at it: the rest of `open_for` costs more.
            first, last = shape.hands_on[-1] if shape.hands_on else (0, 0)
            if shape.hands_on and not hands.holds(start + first, start + last):
                continue
            if self.open_for(start, shape, hands):
                for index, (_, busy) in enumerate(self.rooms):
                    if busy.clear(start, start + shape.room):
                        return shape.retention_minutes, index
        return None

    def open_for(self, start: int, shape: Shape, hands: Intervals) -> bool:
        """Whether practitioner and patient are there for a visit of a shape, whatever the rooms."""
        return (
            all(hands.holds(start + begin, start + end) for begin, end in shape.hands_on)
            and self.closed.clear(start, start + shape.patient)
            and self.patient.clear(start, start + shape.patient)
            and self.no_equipment.clear(start + shape.equipment[0], start + shape.equipment[1])
            and (self.leave_by is None or start + shape.patient <= self.leave_by[self.opening.day_of(start)])
        )

    def slot(self, place: tuple[int, int, int, int], practitioner: Practitioner) -> Slot:
        """A place as others see it."""
        start, _, minutes, room = place
        shape = next(shape for shape in self.shapes if shape.retention_minutes == minutes)
        return Slot(from_ms(start), from_ms(start + shape.patient), practitioner, self.rooms[room][0], minutes)


def _until(opening: Opening, last_start: int | None, grid: list[int]) -> list[int]:
    """The moments of a grid that are no later than a local minute of their day."""
    if last_start is None:
        return grid
    last = opening.at(last_start)
    return [moment for moment in grid if moment <= last[opening.day_of(moment)]]


def _roomy(opening: Opening, shortest: int, rooms: Iterable[Intervals]) -> Intervals:
    """The starts at which one of several rooms is free for a stretch; nothing is known after the opening's last day."""
    whole = Intervals((opening.midnights[0],), (opening.midnights[-1] + shortest,))
    return Intervals.of((start, end - shortest + 1) for busy in rooms for start, end in whole.minus(busy))
