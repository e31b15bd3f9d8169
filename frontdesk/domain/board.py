"""Every room as it stands now, most urgent first: what the strip, the tiles, the wall board and `rooms` show."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic, Practitioner, Room
from frontdesk.domain.day import DaySheet
from frontdesk.domain.due import NEEDLES, Due, dues_of
from frontdesk.domain.hand_over import owner_of
from frontdesk.domain.instants import later, seconds_between
from frontdesk.domain.plan import Progress
from frontdesk.domain.retention import Alarm, Retention
from frontdesk.domain.threshold import Held, held_up
from frontdesk.domain.visit import WAITING, Status


class RoomState(StrEnum):
    """What a room is doing."""

    FREE = "free"
    OCCUPIED = "occupied"
    RETENTION = "retention"
    COUNT_OWED = "count_owed"
    NEEDLES_OUT = "needles_out"
    TURNOVER = "turnover"


_STATE_RANK = {
    RoomState.COUNT_OWED: 0,
    RoomState.RETENTION: 1,
    RoomState.NEEDLES_OUT: 2,
    RoomState.OCCUPIED: 3,
    RoomState.TURNOVER: 4,
    RoomState.FREE: 5,
}


class Standing(Struct, frozen=True):
    """An alarm that stands: `key` tells it from every other for as long as it does."""

    key: str
    level: Alarm
    sounds: bool


class RoomNow(Struct, frozen=True):
    """One room at one instant; what does not apply is None."""

    room: Room
    state: RoomState
    appointment: Appointment | None = None
    alarm: Alarm = Alarm.NONE
    """The needles' level, or that of a room that is nobody's where it is higher."""
    remaining_seconds: int | None = None
    """Seconds to the planned end, negative past it; in turnover, seconds until the room is ready."""
    may_come_out: bool = False
    sounds: bool = False
    owner: Practitioner | None = None
    """Who answers for the patient in the room; None where there is none, or nobody does."""
    ownerless: bool = False
    """Whether a patient is in the room for whom nobody answers: a medium alarm of its own."""
    needles_alarm: Alarm = Alarm.NONE
    """The needles' own level."""
    next_appointment: Appointment | None = None
    """Who goes into this room next: the first planned for it today who is here, else the first still expected."""
    waits: Held | None = None
    """For how long the patient in the room has waited for the practitioner; None where they don't."""
    next_waits: Held | None = None
    """The same of the next one, or by how much they are late."""
    dues: tuple[Due, ...] = ()
    """Everything that runs in the room, the most urgent first."""
    plan: Progress | None = None
    """How far the treatment plan of the patient in the room has gone; None where there is none."""

    @property
    def retention(self) -> Retention | None:
        """The retention that runs or whose count is owed."""
        return self.appointment.retention if self.appointment else None

    @property
    def nearest(self) -> Due | None:
        """What is to be seen to first."""
        return self.dues[0] if self.dues else None

    @property
    def level(self) -> Alarm:
        """The highest level of anything in the room: what is timed beside the needles counts too, unlike in `alarm`."""
        highest = self.alarm
        for due in self.dues:
            if due.alarm.rank > highest.rank:
                highest = due.alarm
        return highest

    @property
    def timed_alarm(self) -> Due | None:
        """What is timed beside the needles, where that is more urgent than `alarm`."""
        timed = [due for due in self.dues if due.kind != NEEDLES and due.alarm.rank > self.alarm.rank]
        return timed[0] if timed else None

    @property
    def alarms(self) -> tuple[Standing, ...]:
        """Every alarm that stands in the room, each to be heard or hushed by itself."""
        if self.level is Alarm.NONE:
            return ()
        visit, retention = self.appointment, self.retention
        standing = [Standing(due.key, due.alarm, due.sounds) for due in self.dues if due.kind != NEEDLES]
        if visit is not None:
            # A room that is nobody's has an alarm without needles too.
            key = f"retention {retention.id}" if retention is not None else f"visit {visit.id}"
            standing.insert(0, Standing(key, self.alarm, self.sounds))
        return tuple(one for one in standing if one.level is not Alarm.NONE)

    @property
    def progress(self) -> float:
        """How much of the planned retention has passed, 0 to 1."""
        retention = self.retention
        if self.state is not RoomState.RETENTION or retention is None or self.remaining_seconds is None:
            return 0.0
        whole = retention.planned_minutes * 60
        return min(1.0, max(0.0, 1 - self.remaining_seconds / whole)) if whole else 1.0

    @property
    def urgency(self) -> tuple[int, int, int]:
        """Sorts the most urgent first: alarm level, then kind of state, then who is due first."""
        remaining = self.remaining_seconds if self.remaining_seconds is not None else 0
        if self.nearest is not None:
            remaining = self.nearest.remaining_seconds
        return (-self.level.rank, _STATE_RANK[self.state], remaining)


def room_now(room: Room, holder: Appointment | None, now: DateTime) -> RoomNow:
    """The state of a room from the visit that holds it (or last held it) and the clock."""
    if holder is None:
        return RoomNow(room, RoomState.FREE)
    retention = holder.retention
    if holder.status is Status.NEEDLES_IN and retention is not None:
        level = retention.alarm(now)
        return RoomNow(
            room,
            RoomState.RETENTION,
            holder,
            level,
            retention.remaining_seconds(now),
            retention.may_come_out(now),
            retention.sounds(now),
            needles_alarm=level,
            dues=dues_of(holder, now),
        )
    if holder.count_owed:
        return RoomNow(room, RoomState.COUNT_OWED, holder, dues=dues_of(holder, now))
    if holder.holds_room:
        out = holder.status is Status.NEEDLES_OUT
        state = RoomState.NEEDLES_OUT if out else RoomState.OCCUPIED
        return RoomNow(room, state, holder, dues=dues_of(holder, now))
    turned_over = turnover_ends(holder)
    if turned_over is not None and now < turned_over:
        return RoomNow(room, RoomState.TURNOVER, holder, remaining_seconds=int(seconds_between(now, turned_over)))
    return RoomNow(room, RoomState.FREE)


def turnover_ends(visit: Appointment) -> DateTime | None:
    """When the room of a visit that has ended is ready by itself; None when it is ready, or was never used."""
    facts = visit.facts
    if facts.roomed_at is None or facts.ended_at is None or facts.ready_at is not None:
        return None
    return later(facts.ended_at, visit.service.turnover)


def rooms_now(sheet: DaySheet, now: DateTime) -> tuple[RoomNow, ...]:
    """Every room in use, in the clinic's order.

    `sheet` must be today's; its `in_house` visits count whatever day they were planned for.
    """
    return Board(sheet).rooms(now)


class Board:
    """The rooms of one sheet, to be asked for each second: what the clock does not change in it is found once."""

    def __init__(self, sheet: DaySheet) -> None:
        """`sheet` as for `rooms_now`."""
        self.sheet = sheet
        self._holding: dict[int, Appointment] = {}
        self._owing: dict[int, Appointment] = {}
        self._turning: list[tuple[DateTime, int, Appointment]] = []
        """The instant at which each room that is left is ready by itself, the room and whose it was."""
        for visit in (*sheet.appointments, *sheet.in_house):
            if visit.room is None:
                continue
            if visit.holds_room:
                self._holding[visit.room.id] = visit
            elif visit.count_owed:
                self._owing[visit.room.id] = visit
            elif (ready := turnover_ends(visit)) is not None:
                self._turning.append((ready, visit.room.id, visit))
        self._coming = _coming(sheet.appointments)
        retentions = (visit.retention for visit in self._holding.values())
        self._rises = sorted(since for one in retentions if one is not None and one.is_in for _, since in one.alarms_at)
        """When the alarm of any room rises."""

    def rooms(self, now: DateTime, *, by_urgency: bool = False) -> tuple[RoomNow, ...]:
        """Every room in use as it stands now, in the clinic's order or most urgent first."""
        holders = self._holders(now)
        rooms = tuple(
            self._room(room, holders.get(room.id), now)
            for room in self.sheet.clinic.rooms
            if not room.retired or room.id in holders
        )
        return tuple(sorted(rooms, key=lambda one: one.urgency)) if by_urgency else rooms

    def seconds_to_rise(self, now: DateTime) -> float | None:
        """Seconds until the needles' alarm of any room next rises; None where none can."""
        at = bisect_right(self._rises, now)
        return seconds_between(now, self._rises[at]) if at < len(self._rises) else None

    def _holders(self, now: DateTime) -> dict[int, Appointment]:
        """The visit that has each room: one that holds it now, else one that owes a count, else one in turnover.

        In that order: nothing that is over may hide needles that are in.
        """
        turning = {room: visit for ready, room, visit in self._turning if now < ready}
        return {**turning, **self._owing, **self._holding}

    def _room(self, room: Room, holder: Appointment | None, now: DateTime) -> RoomNow:
        clinic = self.sheet.clinic
        one = room_now(room, holder, now)
        here, coming = one.appointment, self._coming.get(room.id)
        return replace(
            one,
            **_answered_for(one, clinic, now),
            next_appointment=coming,
            plan=self.sheet.plans.get(here.patient.id) if here is not None else None,
            waits=held_up(here, clinic, now) if here is not None and here.holds_room else None,
            next_waits=held_up(coming, clinic, now) if coming is not None else None,
        )


def _coming(appointments: Iterable[Appointment]) -> dict[int, Appointment]:
    """Who goes into each room next; who is here comes before who is expected, however late that one is.

    `appointments` are sorted by start.
    """
    here: dict[int, Appointment] = {}
    expected: dict[int, Appointment] = {}
    for one in appointments:
        if one.room is not None and one.status in WAITING:
            (here if one.status is Status.ARRIVED else expected).setdefault(one.room.id, one)
    return {**expected, **here}


def _answered_for(room: RoomNow, clinic: Clinic, now: DateTime) -> dict[str, Any]:
    """Who answers for a room; with nobody, at least a medium alarm, heard unless one as high is hushed."""
    visit = room.appointment
    if visit is None or not (visit.holds_room or visit.count_owed):
        return {}
    owner = owner_of(visit, clinic, now)
    if owner is not None:
        return {"owner": owner}
    retention = visit.retention
    hushed = retention is not None and retention.is_hushed(now) and retention.silenced_level.rank >= Alarm.MEDIUM.rank
    alarm = max(room.alarm, Alarm.MEDIUM, key=lambda level: level.rank)
    return {"ownerless": True, "alarm": alarm, "sounds": room.sounds or not hushed}


class Raised(Struct, frozen=True):
    """An alarm at a level that it did not have before."""

    appointment_id: int
    key: str
    """What it is the alarm of: `retention 3`, `timer 5`, or the visit itself where nobody has the patient."""
    level: Alarm
    room: str


def raised_in(rooms: Iterable[RoomNow]) -> tuple[Raised, ...]:
    """The alarms that stand now."""
    return tuple(
        Raised(one.appointment.id, alarm.key, alarm.level, one.room.name)
        for one in rooms
        if one.appointment
        for alarm in one.alarms
    )
