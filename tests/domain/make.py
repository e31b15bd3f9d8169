"""A small clinic and its appointments, for the tests of the rules."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

import pendulum
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment, Block, Facts
from frontdesk.domain.clinic import Clinic, Closure, Practitioner, Room
from frontdesk.domain.hours import WeekHours, week_hours
from frontdesk.domain.patient import Patient, PatientDetails
from frontdesk.domain.phases import Service
from frontdesk.domain.retention import Retention
from frontdesk.domain.visit import Status

ZONE = "America/Toronto"
MONDAY = date(2026, 11, 23)
WEEK = week_hours({day: ["09:00-13:00", "14:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")})
ALWAYS = week_hours({day: ["00:00-24:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")})

LIN = Practitioner(1, "Dr Lin")
OKAFOR = Practitioner(2, "Dr Okafor")
ROOM_1 = Room(1, "Room 1")
ROOM_2 = Room(2, "Room 2")
FOLLOW_UP = Service(1, "Follow-up", 5, 5, 20, 30, 25, 5, 5)
"""10 minutes hands-on, 20 to 30 of rest, 5 hands-on, 5 turnover."""
GARCIA = Patient(1, 1, PatientDetails(given="Maria", family="Garcia"))
SATO = Patient(2, 1, PatientDetails(given="Hana", family="Sato"))
WEBER = Patient(3, 1, PatientDetails(given="Jonas", family="Weber"))

_ids = count(1000)


def at(clock: str, day: date = MONDAY, zone: str = ZONE) -> DateTime:
    """The UTC instant of a local `HH:MM` or `HH:MM:SS`."""
    hour, minute, *second = (int(part) for part in clock.split(":"))
    local = pendulum.datetime(day.year, day.month, day.day, hour, minute, second[0] if second else 0, tz=zone)
    return local.in_timezone("UTC")


def clinic(
    *,
    hours: WeekHours = WEEK,
    closures: tuple[Closure, ...] = (),
    slot_minutes: int = 5,
    zone: str = ZONE,
    rooms: tuple[Room, ...] = (ROOM_1, ROOM_2),
    practitioners: tuple[Practitioner, ...] = (LIN, OKAFOR),
) -> Clinic:
    """Two rooms, two practitioners, one service."""
    return Clinic("Test Clinic", zone, "CA", slot_minutes, hours, rooms, practitioners, (FOLLOW_UP,), closures)


def visit(
    starts: DateTime,
    *,
    patient: Patient = GARCIA,
    practitioner: Practitioner = LIN,
    room: Room | None = ROOM_1,
    service: Service = FOLLOW_UP,
    status: Status = Status.BOOKED,
    minutes: int | None = None,
    squeezed: bool = False,
    facts: Facts | None = None,
    retentions: tuple[Retention, ...] = (),
    id: int | None = None,
) -> Appointment:
    """An appointment with an id of its own."""
    return Appointment(
        next(_ids) if id is None else id,
        1,
        patient,
        practitioner,
        service,
        room,
        status,
        starts,
        service.planned_retention if minutes is None else minutes,
        squeezed,
        facts or Facts(),
        retentions,
    )


def block(
    starts: DateTime,
    ends: DateTime,
    title: str = "Lunch",
    *,
    practitioner: Practitioner | None = LIN,
    room: Room | None = None,
) -> Block:
    """Time off, or a room that is out of use."""
    return Block(next(_ids), title, starts, ends, practitioner, room)


def needles(in_at: DateTime, **changes: Any) -> Retention:
    """Twelve needles in, to come out after 25 minutes, window 20 to 30."""
    values: dict[str, object] = {
        "id": 1,
        "in_at": in_at,
        "count_in": 12,
        "planned_minutes": 25,
        "earliest_minutes": 20,
        "latest_minutes": 30,
        **changes,
    }
    return Retention(**values)  # type: ignore[arg-type]
