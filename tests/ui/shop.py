"""A small clinic for the screens' tests: real values, no database."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from threading import Event
from types import SimpleNamespace
from typing import Any

import pendulum
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.clock import ManualClock
from frontdesk.desk.timekeeper import Timekeeper
from frontdesk.desk.waiting import Openings
from frontdesk.desk.worklists import Work
from frontdesk.domain.appointment import Appointment, Facts
from frontdesk.domain.board import Raised
from frontdesk.domain.clinic import Clinic, Practitioner, Room
from frontdesk.domain.day import DaySheet
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import OpenSpan, WeekHours
from frontdesk.domain.patient import Patient, PatientDetails
from frontdesk.domain.phases import Service
from frontdesk.domain.retention import Retention
from frontdesk.domain.visit import Status
from frontdesk.domain.waiting import FreedEvent

ZONE = "America/Toronto"
NOON = pendulum.datetime(2026, 11, 23, 10, 42, 7, tz=ZONE).in_timezone("UTC")
"""When the tests' clinic stands: a Monday morning."""
DAY = date(2026, 11, 23)
FOLLOW_UP = Service(1, "Follow-up", 10, 5, 20, 30, 25, 5, 5)
LIN, OKAFOR = Practitioner(1, "Dr Lin"), Practitioner(2, "Dr Okafor")


def rooms(count: int = 5) -> tuple[Room, ...]:
    """Room 1, Room 2 and so on."""
    return tuple(Room(number, f"Room {number}") for number in range(1, count + 1))


CLINIC = Clinic(
    "Shenmen Clinic",
    ZONE,
    "CA",
    5,
    WeekHours(((OpenSpan(540, 1080),),) * 7),
    rooms(),
    (LIN, OKAFOR),
    (FOLLOW_UP,),
)


def patient(number: int, family: str, given: str = "") -> Patient:
    """A patient with a name and nothing else, who was here last week."""
    return Patient(number, 1, PatientDetails(given=given, family=family), NOON.subtract(days=7))


def resting(
    number: int, who: Patient, room: Room, *, since: DateTime, planned: int = 25, latest: int = 30
) -> Appointment:
    """A visit whose needles have been in since then."""
    retention = Retention(number, since, 12, planned, 20, latest)
    facts = Facts(arrived_at=since, roomed_at=since, began_at=since)
    return Appointment(
        number, 1, who, LIN, FOLLOW_UP, room, Status.NEEDLES_IN, since.subtract(minutes=15), planned, False, facts,
        (retention,),
    )  # fmt: skip


def morning(now: DateTime = NOON) -> tuple[Appointment, ...]:
    """One patient overdue, one about to be due, one just begun."""
    first, second, third = CLINIC.rooms[1], CLINIC.rooms[0], CLINIC.rooms[3]
    return (
        resting(1, patient(1, "Lee", "Jun"), first, since=now.subtract(minutes=36, seconds=10)),
        resting(2, patient(2, "Garcia", "Maria"), second, since=now.subtract(minutes=17, seconds=48)),
        resting(3, patient(3, "Novak", "Petra"), third, since=now.subtract(minutes=5, seconds=20)),
    )


class FakeWatch:
    """A feed that tells what `push` was given."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self._wake = Event()
        self._closed = False
        desk.watches.append(self)

    def push(self) -> None:
        self._wake.set()

    def wait(self, timeout_s: float) -> tuple[object, ...]:
        if self._desk.lost is not None:
            raise self._desk.lost
        if self._wake.wait(timeout_s) and not self._closed:
            self._wake.clear()
            return (SimpleNamespace(seq=self._desk.sheet.seq),)
        return ()

    def close(self) -> None:
        self._closed = True
        self._wake.set()


@dataclass
class FakeDesk:
    """What the skin needs of a desk, over one immutable day."""

    sheet: DaySheet = field(default_factory=lambda: DaySheet(DAY, CLINIC, morning()))
    clock: ManualClock = field(default_factory=lambda: ManualClock(NOON))
    actor: str = "Ana"
    database_id: str = "shop"
    lost: Refused | None = None
    raised: list[Raised] = field(default_factory=list)
    watches: list[FakeWatch] = field(default_factory=list)
    loads: int = 0

    def __post_init__(self) -> None:
        self.time = Timekeeper(self.clock)

    @property
    def alarms(self) -> FakeDesk:
        return self

    def noticed(self, raised: tuple[Raised, ...]) -> int:
        self.raised += raised
        return len(raised)

    def clock_set(self, by_s: int) -> bool:
        return bool(by_s)

    @property
    def days(self) -> FakeDesk:
        return self

    def load(self, day: date | None = None) -> DaySheet:
        self.loads += 1
        return self.sheet

    @property
    def worklists(self) -> FakeDesk:
        return self

    def look(self, known: Collection[FreedEvent] | None = (), *, anew: bool = False) -> Work:
        return Work(0, 0, Openings(CLINIC, self.clock.now()))

    def watch(self) -> FakeWatch:
        return FakeWatch(self)

    def change(self, sheet: DaySheet) -> None:
        """Another process writes."""
        self.sheet = replace(sheet, seq=self.sheet.seq + 1)
        self.tell()

    def tell(self) -> None:
        """The feed tells of what was written last."""
        for watch in self.watches:
            watch.push()


def opener(desk: FakeDesk) -> Callable[[], Any]:
    """`open_desk` for the app."""
    return lambda: desk
