"""How the day will go on: from what really happened, when each visit is expected to start and who slips by how much.

The plan stays as it is: starts never move by themselves, and this only says what is to be expected. Whoever is in a
room comes first; then those who are here or still to come, each at the earliest moment from their planned start on at
which practitioner and room are free. Rooms are soft: another that is free for the stay is as good as the planned one.
Hours and breaks hold nobody up, since people work into them when they run late.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable

from msgspec import Struct, field
from pendulum import UTC, DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.board import turnover_ends
from frontdesk.domain.clinic import Room
from frontdesk.domain.day import DaySheet
from frontdesk.domain.visit import ENDED, NOT_BEGUN, WAITING, Status

SLIPS_FROM = 3
"""Minutes past the plan from which a visit is said to slip: less is noise."""
GIVEN_UP = 30
"""Minutes late after which who has not come no longer holds anybody up."""
CLOSING_NEAR = 30
"""Minutes before the end of the opening hours from which the close of the day is called for."""
OVERLAP = 3
"""Minutes by which what begins is let run into what is due next: nobody leaves a patient waiting for less."""
_MINUTE = 60


class Expected(Struct, frozen=True):
    """What is to be expected of one visit that has not ended; seconds are since 1970, UTC."""

    visit: Appointment
    starts_s: int
    """When it began or is expected to; never before the planned start unless it has begun."""
    ends_s: int
    """When the patient is expected to leave the room."""
    slip_s: int
    """Seconds past the plan: of the start while it has not begun, of the end once it has; 0 when on time."""
    absent: bool = False
    """Whether the patient is late themselves: their own slip is no news."""
    room: Room | None = None
    """Where: another than the planned room, where that is not free in time."""

    @property
    def starts(self) -> DateTime:
        """As an instant."""
        return _instant(self.starts_s)

    @property
    def ends(self) -> DateTime:
        """As an instant."""
        return _instant(self.ends_s)

    @property
    def slip_minutes(self) -> int:
        """Whole minutes past the plan."""
        return self.slip_s // _MINUTE

    @property
    def slips(self) -> bool:
        """Whether it is late enough to be said."""
        return self.slip_minutes >= SLIPS_FROM


class Projection(Struct, frozen=True):
    """What is to be expected of a day, at one instant."""

    visits: dict[int, Expected] = field(default_factory=dict)
    """By the id of each visit that has not ended; who has been given up is left out."""
    practitioners: dict[int, DateTime] = field(default_factory=dict)
    """When each practitioner is expected to be free: now, or when the hands-on time that runs ends."""
    rooms: dict[int, DateTime] = field(default_factory=dict)
    """When each room that has somebody in it is expected to be free and turned over."""

    def slipping(self) -> tuple[Expected, ...]:
        """The visits not begun that slip, in the order they are expected."""
        late = [one for one in self.visits.values() if one.slips and one.visit.status in WAITING and not one.absent]
        return tuple(sorted(late, key=lambda one: (one.starts_s, one.visit.id)))

    def late_minutes(self, practitioner_id: int) -> int:
        """By how many minutes a practitioner runs late: the slip of the next visit that somebody is here or due for."""
        own = [one for one in self.visits.values() if one.visit.in_charge.id == practitioner_id]
        following = [one for one in own if one.visit.status in WAITING and not one.absent]
        if not following:
            return 0
        return min(following, key=lambda one: (one.starts_s, one.visit.id)).slip_minutes


def project(sheet: DaySheet, now: DateTime) -> Projection:
    """What is to be expected of today; `sheet` must be today's."""
    at = _seconds(now)
    world = _World(at, sheet.clinic.open_rooms)
    house = {one.id: one for one in sheet.in_house}
    visits = [*house.values(), *(one for one in sheet.appointments if one.id not in house)]
    begun = [one for one in visits if one.status not in ENDED and one.status not in WAITING]
    waiting = [one for one in visits if one.status in WAITING and not _given_up(one, at)]
    for block in sheet.blocks:
        if block.blocks and block.room is not None:
            world.takes(block.room, _seconds(block.starts), _seconds(block.ends))
    for one in visits:
        ready = turnover_ends(one)
        if ready is not None and ready > now and one.room is not None:
            world.takes(one.room, 0, _seconds(ready))
    for one in sorted(begun, key=lambda one: (_rank(one), one.starts, one.id)):
        world.go_on(one)
    waiting.sort(key=lambda one: (one.starts, one.id))
    for one in waiting:
        world.plan(one)
    for one in waiting:
        world.place(one)
    return Projection(world.expected, world.free_practitioners(sheet), world.free_rooms())


def _given_up(visit: Appointment, at: int) -> bool:
    return visit.status in NOT_BEGUN and at - _seconds(visit.starts) >= GIVEN_UP * _MINUTE


def _rank(visit: Appointment) -> int:
    """Who is being treated, then whose needles come out next, then who waits in a room."""
    return {Status.WITH_PRACTITIONER: 0, Status.NEEDLES_OUT: 0, Status.NEEDLES_IN: 1}.get(visit.status, 2)


class _World:
    """Who and what is taken when, in seconds; filled visit by visit."""

    def __init__(self, at: int, rooms: tuple[Room, ...]) -> None:
        self._at = at
        self._rooms = rooms
        self._busy: dict[int, list[tuple[int, int]]] = {}
        """Hands-on time by practitioner."""
        self._taken: dict[int, list[tuple[int, int]]] = {}
        """By room."""
        self._planned: dict[int, dict[int, tuple[int, int]]] = {}
        """By room, what waiting visits are planned for there, by the visit."""
        self._held_until: dict[int, int] = {}
        self.expected: dict[int, Expected] = {}

    def takes(self, room: Room, starts: int, ends: int) -> None:
        """A room that is not to be had: it is turned over, or out of use."""
        insort(self._taken.setdefault(room.id, []), (starts, ends))

    def go_on(self, visit: Appointment) -> None:
        """A visit that is in a room: what is left of it, from what has happened."""
        service, facts, at = visit.service, visit.facts, self._at
        head = (service.consultation + service.insertion) * _MINUTE
        removal, who = service.removal * _MINUTE, visit.in_charge.id
        began = min(at, _seconds(facts.began_at or facts.roomed_at or visit.starts))
        retention = visit.retention
        if visit.status is Status.NEEDLES_OUT and retention is not None and retention.out_at is not None:
            # The removal runs from the needles out on; a count that is owed holds nobody's hands.
            ends = max(at, _seconds(retention.out_at) + removal)
            if ends > at:
                self._hands_on(who, at, ends)
        elif visit.status is Status.NEEDLES_IN and retention is not None:
            starts = self._next_gap(who, max(at, _seconds(retention.due_at)), removal)
            ends = starts + removal
            self._hands_on(who, starts, ends)
        else:
            rest = visit.retention_minutes * _MINUTE
            if visit.status is Status.WITH_PRACTITIONER:
                starts, rest_from = at, max(at, began + head)
            else:
                starts = self._next_gap(who, at, head, OVERLAP)
                rest_from = starts + head
            self._hands_on(who, starts, rest_from)
            out = self._next_gap(who, rest_from + rest, removal)
            ends = out + removal
            self._hands_on(who, out, ends)
        free = ends + service.turnover * _MINUTE if facts.ready_at is None else at
        if visit.room is not None and facts.ready_at is None:
            insort(self._taken.setdefault(visit.room.id, []), (0, free))
            self._held_until[visit.room.id] = max(free, self._held_until.get(visit.room.id, 0))
        slip = max(0, ends - _seconds(visit.starts) - service.patient_minutes(visit.retention_minutes) * _MINUTE)
        self.expected[visit.id] = Expected(visit, began, ends, slip, room=visit.room)

    def plan(self, visit: Appointment) -> None:
        """What a waiting visit is planned for, which nobody else is moved into."""
        if visit.room is not None:
            starts = _seconds(visit.starts)
            whole = visit.service.room_minutes(visit.retention_minutes) * _MINUTE
            self._planned.setdefault(visit.room.id, {})[visit.id] = (starts, starts + whole)

    def place(self, visit: Appointment) -> None:
        """A visit that has not begun: at the earliest moment for practitioner and a room."""
        planned = _seconds(visit.starts)
        first = max(planned, self._at)
        if visit.room is not None:
            self._planned[visit.room.id].pop(visit.id)
        best = self._placed(visit, visit.room, first)
        soonest = first if best is not None and best[0] == first else self._start(visit, first, ())
        if best is None or best[0] > soonest:
            for room in self._rooms:
                if room == visit.room or not room.suits(visit.service):
                    continue
                other = self._placed(visit, room, first)
                if other is not None and (best is None or other[0] < best[0]):
                    best = other
                    if best[0] == soonest:
                        break
        if best is None:
            # No room suits: the practitioner's time is all there is to go by.
            best = (self._start(visit, first, ()), None)
        self._take(visit, *best, planned)

    def _placed(self, visit: Appointment, room: Room | None, first: int) -> tuple[int, Room | None] | None:
        if room is None:
            return None
        taken = self._taken.get(room.id, [])
        if room != visit.room:
            taken = sorted((*taken, *self._planned.get(room.id, {}).values()))
        return self._start(visit, first, taken), room

    def _start(self, visit: Appointment, first: int, taken: Iterable[tuple[int, int]]) -> int:
        """The first moment at which the practitioner has time for the beginning and the room for the whole stay."""
        service = visit.service
        head = (service.consultation + service.insertion) * _MINUTE
        whole = service.room_minutes(visit.retention_minutes) * _MINUTE
        starts = first
        while True:
            moved = starts if visit.squeezed else self._next_gap(visit.in_charge.id, starts, head, OVERLAP)
            moved = _gap(taken, moved, whole)
            if moved == starts:
                return starts
            starts = moved

    def _take(self, visit: Appointment, starts: int, room: Room | None, planned: int) -> None:
        service, who = visit.service, visit.in_charge.id
        head = (service.consultation + service.insertion) * _MINUTE
        removal = service.removal * _MINUTE
        due = starts + head + visit.retention_minutes * _MINUTE
        out = due if visit.squeezed else self._next_gap(who, due, removal)
        ends = out + removal
        free = ends + service.turnover * _MINUTE
        if not visit.squeezed:
            self._hands_on(who, starts, starts + head)
            self._hands_on(who, out, ends)
        if room is not None:
            insort(self._taken.setdefault(room.id, []), (starts, free))
        absent = visit.status in NOT_BEGUN and planned < self._at
        self.expected[visit.id] = Expected(visit, starts, ends, starts - planned, absent, room)

    def free_practitioners(self, sheet: DaySheet) -> dict[int, DateTime]:
        """When each is done with what has begun or follows without a gap."""
        found: dict[int, DateTime] = {}
        for one in sheet.clinic.active_practitioners:
            free = self._at
            for starts, ends in self._busy.get(one.id, ()):
                if starts <= free < ends:
                    free = ends
            found[one.id] = _instant(free)
        return found

    def free_rooms(self) -> dict[int, DateTime]:
        """When each room with somebody in it is ready for the next."""
        return {room: _instant(until) for room, until in self._held_until.items()}

    def _next_gap(self, who: int, first: int, length: int, overlap: int = 0) -> int:
        needed = max(1, length - overlap * _MINUTE)
        return _gap(self._busy.get(who, ()), first, needed) if length else first

    def _hands_on(self, who: int, starts: int, ends: int) -> None:
        if ends > starts:
            insort(self._busy.setdefault(who, []), (starts, ends))


def _gap(taken: Iterable[tuple[int, int]], first: int, length: int) -> int:
    """The first moment from `first` on with `length` free; `taken` is sorted by start and may overlap itself."""
    at = first
    for starts, ends in taken:
        if ends <= at:
            continue
        if starts >= at + length:
            break
        at = ends
    return at


def _seconds(instant: DateTime) -> int:
    return int(instant.timestamp())


def _instant(seconds: int) -> DateTime:
    return DateTime.fromtimestamp(seconds, tz=UTC)


def wants_closing(sheet: DaySheet, now: DateTime) -> bool:
    """Whether the last visit of the day is over and the day is not closed yet; `sheet` must be today's.

    Who has not come half an hour after their start is not waited for any more.
    """
    if sheet.is_closed or sheet.in_house:
        return False
    own = [one for one in sheet.appointments if sheet.span.starts <= one.starts and one.status is not Status.CANCELLED]
    given_up = now.subtract(minutes=GIVEN_UP)
    return any(one.status is Status.CHECKED_OUT for one in own) and not any(
        one.status in NOT_BEGUN and one.starts > given_up for one in own
    )


def before_closing_time(sheet: DaySheet, now: DateTime) -> bool:
    """Whether the clinic is open on the day of `sheet` until later than `CLOSING_NEAR` minutes from now.

    Never on a day without opening hours.
    """
    clinic = sheet.clinic
    if clinic.closure_on(sheet.day) is not None:
        return False
    hours = clinic.hours.spans_on(sheet.day, clinic.timezone)
    return bool(hours) and now < hours[-1].ends.subtract(minutes=CLOSING_NEAR)
