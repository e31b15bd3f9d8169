"""What is taken over a stretch of time, indexed so that a question about it costs a bisection."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Protocol

from msgspec import Struct, field
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.hours import Span
from frontdesk.domain.instants import to_ms
from frontdesk.domain.packing.claims import EQUIPMENT, held_stretches, practitioner_key, room_key, shape_of
from frontdesk.domain.packing.intervals import MINUTE, Intervals
from frontdesk.domain.visit import Status

_STILL_USED = frozenset({Status.ROOMED, Status.WITH_PRACTITIONER, Status.NEEDLES_IN})
"""Where what a visit takes of equipment is not free before the expected end of its removal."""


class Taken(Struct, frozen=True):
    """One stretch of a resource that is in use, in milliseconds, and what uses it."""

    starts: int
    ends: int
    by: Appointment | Block

    @property
    def appointment_id(self) -> int | None:
        """The appointment's id; None for a block."""
        return self.by.id if isinstance(self.by, Appointment) else None


class _Track(Struct, frozen=True):
    """One resource's stretches by start; `reach` is the latest end so far, because stretches may overlap."""

    taken: tuple[Taken, ...]
    starts: tuple[int, ...]
    reach: tuple[int, ...]

    @staticmethod
    def of(taken: Iterable[Taken]) -> _Track:
        ordered = tuple(sorted(taken, key=lambda one: (one.starts, one.ends)))
        return _Track(
            ordered, tuple(one.starts for one in ordered), tuple(accumulate((one.ends for one in ordered), max))
        )

    def overlapping(self, start: int, end: int) -> Iterator[Taken]:
        at = bisect_left(self.starts, end) - 1
        while at >= 0 and self.reach[at] > start:
            if self.taken[at].ends > start:
                yield self.taken[at]
            at -= 1


class Busy(Protocol):
    """What a search asks: when a resource is in use. `ignore` is the appointment that is being moved."""

    def busy(self, resource: str, *, ignore: int | None = None) -> Intervals:
        """All the time a resource is in use."""
        ...

    def full(self, resource: str, count: int, *, ignore: int | None = None) -> Intervals:
        """When at least `count` at once use a resource: of that many none is left then."""
        ...


Use = tuple[int, int, int | None]
"""A stretch in milliseconds, and the appointment that has it; None for a block."""


class TakenTime(Struct, frozen=True):
    """When resources are in use and by which appointment, no more: what a search over months needs to know."""

    uses: Mapping[str, Sequence[Use]]

    @staticmethod
    def of(claims: Iterable[tuple[str, int, int, int]], detailed: Occupancy) -> TakenTime:
        """Claims as the database holds them, beside those visits and blocks that must be known whole.

        Claims of the visits in `detailed` are passed over: they take what their facts say.
        """
        known = {one.appointment_id for track in detailed.tracks.values() for one in track.taken}
        uses: dict[str, list[Use]] = defaultdict(list)
        for resource, track in detailed.tracks.items():
            uses[resource] = [(one.starts, one.ends, one.appointment_id) for one in track.taken]
        for resource, start, end, appointment_id in claims:
            if appointment_id not in known:
                uses[resource].append((start, end, appointment_id))
        return TakenTime(uses)

    def busy(self, resource: str, *, ignore: int | None = None) -> Intervals:
        """As `Occupancy.busy`."""
        return Intervals.of(self._stretches(resource, ignore))

    def full(self, resource: str, count: int, *, ignore: int | None = None) -> Intervals:
        """As `Occupancy.full`."""
        return crowded(self._stretches(resource, ignore), count)

    def _stretches(self, resource: str, ignore: int | None) -> list[tuple[int, int]]:
        return [(start, end) for start, end, by in self.uses.get(resource, ()) if ignore is None or by != ignore]


class Occupancy(Struct, frozen=True):
    """Rooms, practitioners, patients and equipment as they are taken by appointments and blocks."""

    tracks: Mapping[str, _Track] = field(default_factory=dict)

    @staticmethod
    def of(
        appointments: Iterable[Appointment], blocks: Iterable[Block] = (), *, now: DateTime | None = None
    ) -> Occupancy:
        """The picture of those appointments (an id given twice counts once) and blocks.

        A visit in a room that runs late keeps it until its expected end; `now` stretches that for one that should be
        over already. Give today's visits in the house whatever day they were planned for.
        """
        resources: dict[str, list[Taken]] = defaultdict(list)
        for appointment in {one.id: one for one in appointments}.values():
            room = room_key(appointment.room.id) if appointment.room is not None else None
            stay = _stay(appointment, now) if room is not None else None
            for resource, start, end in held_stretches(appointment):
                if resource == room and stay is not None:
                    stay = min(stay[0], start), max(stay[1], end)
                    continue
                if resource.startswith(EQUIPMENT) and stay is not None and appointment.status in _STILL_USED:
                    end = max(end, stay[1] - appointment.service.turnover * MINUTE)
                resources[resource].append(Taken(start, end, appointment))
            if room is not None and stay is not None:
                resources[room].append(Taken(*stay, appointment))
        for block in blocks:
            if not block.blocks:
                continue
            taken = Taken(to_ms(block.starts), to_ms(block.ends), block)
            if taken.starts >= taken.ends:
                continue
            if block.practitioner is not None:
                resources[practitioner_key(block.practitioner.id)].append(taken)
            if block.room is not None:
                resources[room_key(block.room.id)].append(taken)
        return Occupancy({resource: _Track.of(taken) for resource, taken in resources.items()})

    def overlapping(self, resource: str, start: int, end: int, *, ignore: int | None = None) -> tuple[Taken, ...]:
        """What uses a resource between two moments, by start; `ignore` is the appointment that is being moved."""
        track = self.tracks.get(resource)
        if track is None or start >= end:
            return ()
        found = (one for one in track.overlapping(start, end) if ignore is None or one.appointment_id != ignore)
        return tuple(sorted(found, key=lambda one: (one.starts, one.ends)))

    def room_is_taken(self, room_id: int, span: Span, *, ignore_appointment: int | None = None) -> bool:
        """Whether anybody else uses a room during a stretch of time."""
        key = room_key(room_id)
        return bool(self.overlapping(key, to_ms(span.starts), to_ms(span.ends), ignore=ignore_appointment))

    def busy(self, resource: str, *, ignore: int | None = None) -> Intervals:
        """All the time a resource is in use."""
        track = self.tracks.get(resource)
        if track is None:
            return Intervals()
        return Intervals.of(
            (one.starts, one.ends) for one in track.taken if ignore is None or one.appointment_id != ignore
        )

    def full(self, resource: str, count: int, *, ignore: int | None = None) -> Intervals:
        """When at least `count` at once use a resource: of that many none is left then."""
        track = self.tracks.get(resource)
        if track is None:
            return Intervals()
        used = [one for one in track.taken if ignore is None or one.appointment_id != ignore]
        return crowded(((one.starts, one.ends) for one in used), count)


def crowded(stretches: Iterable[tuple[int, int]], count: int) -> Intervals:
    """Where at least `count` stretches lie upon each other."""
    changes = sorted(change for start, end in stretches if start < end for change in ((start, 1), (end, -1)))
    found: list[tuple[int, int]] = []
    at_once, since = 0, 0
    for moment, change in changes:  # at one moment the ends come first, so that neighbours do not count as two
        if at_once == count and change < 0:
            found.append((since, moment))
        at_once += change
        if at_once == count and change > 0:
            since = moment
    return Intervals.of(found)


def _stay(visit: Appointment, now: DateTime | None) -> tuple[int, int] | None:
    """From when to when a visit that holds its room is expected to keep it, turnover included."""
    if not visit.holds_room:
        return None
    service, facts = visit.service, visit.facts
    turnover = service.turnover * MINUTE
    starts = to_ms(visit.starts)
    moment = to_ms(now) if now is not None else None
    shape = shape_of(service, visit.retention_minutes)
    roomed = starts if facts.roomed_at is None else to_ms(facts.roomed_at)
    retention = visit.retention
    if visit.status is Status.NEEDLES_IN and retention is not None:
        due = to_ms(retention.due_at)
        ends = (due if moment is None else max(due, moment)) + service.removal * MINUTE + turnover
    elif visit.status is Status.NEEDLES_OUT:
        ends = starts if moment is None else moment + turnover
    elif visit.status is Status.WITH_PRACTITIONER and facts.began_at is not None:
        ends = max(to_ms(facts.began_at) + shape.room, 0 if moment is None else moment + turnover)
    else:
        # Waiting in the room, early or late: the whole visit is still to come, from now on.
        ends = max(roomed, roomed if moment is None else moment) + shape.room
    starts = min(starts, roomed)
    return (starts, ends) if starts < ends else None
