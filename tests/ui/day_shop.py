"""A believable day for the Day screen's tests: three practitioners, visits in every status, blocks, hostile names."""

from __future__ import annotations

from datetime import date
from typing import Any

import pendulum
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment, Block, Facts
from frontdesk.domain.clinic import Clinic, Practitioner, Room
from frontdesk.domain.day import DaySheet
from frontdesk.domain.hours import week_hours
from frontdesk.domain.patient import Flag, FlagKind, Patient, PatientDetails
from frontdesk.domain.phases import Service
from frontdesk.domain.retention import Retention
from frontdesk.domain.visit import Status

ZONE = "America/Toronto"
DAY = date(2026, 11, 23)
LIN, OKAFOR, SATO = Practitioner(1, "Dr Lin"), Practitioner(2, "Dr Okafor"), Practitioner(3, "Hana Sato")
ROOMS = tuple(Room(number, f"Room {number}") for number in range(1, 6)) + tuple(
    Room(5 + number, f"Community {number}", "Community") for number in range(1, 5)
)
INITIAL = Service(1, "Initial", 20, 5, 20, 30, 25, 5, 5)
FOLLOW_UP = Service(2, "Follow-up", 5, 5, 20, 30, 25, 5, 5)
COMMUNITY = Service(3, "Community", 5, 5, 20, 40, 30, 5, 5)
CLINIC = Clinic(
    "Shenmen Clinic",
    ZONE,
    "CA",
    5,
    week_hours({day: ["09:00-13:00", "14:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")}),
    ROOMS,
    (LIN, OKAFOR, SATO),
    (INITIAL, FOLLOW_UP, COMMUNITY),
)


def minutes(clock: str) -> int:
    """The minute of the day."""
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def at(clock: str, day: date = DAY) -> DateTime:
    """The UTC instant of a local `HH:MM` or `HH:MM:SS`."""
    hour, minute, *second = (int(part) for part in clock.split(":"))
    local = pendulum.datetime(day.year, day.month, day.day, hour, minute, second[0] if second else 0, tz=ZONE)
    return local.in_timezone("UTC")


NOW = at("10:42:07")


def person(number: int, family: str, given: str = "", **more: Any) -> Patient:
    """A patient."""
    return Patient(number, 1, PatientDetails(given=given, family=family, **more))


def visit(
    number: int,
    clock: str,
    who: Patient,
    practitioner: Practitioner = LIN,
    room: int | None = 1,
    service: Service = FOLLOW_UP,
    status: Status = Status.BOOKED,
    **more: Any,
) -> Appointment:
    """An appointment; facts follow from its status as if everything had gone by plan."""
    starts = at(clock)
    place = ROOMS[room - 1] if room else None
    made = Appointment(number, 1, who, practitioner, service, place, status, starts, service.planned_retention)
    return replace(_lived(made), **more)


def _lived(one: Appointment) -> Appointment:
    order = [Status.ARRIVED, Status.ROOMED, Status.WITH_PRACTITIONER, Status.NEEDLES_IN, Status.NEEDLES_OUT]
    ended = one.status is Status.CHECKED_OUT
    if one.status is Status.CANCELLED:
        return replace(one, facts=Facts(ended_at=one.starts.subtract(hours=20), reason="has a cold"))
    if one.status is Status.NO_SHOW:
        return replace(one, facts=Facts(ended_at=one.starts.add(minutes=20)))
    if one.status not in order and not ended:
        return one
    reached = 5 if ended else order.index(one.status)
    in_at = one.starts.add(minutes=one.service.consultation + one.service.insertion)
    out_at = in_at.add(minutes=one.retention_minutes)
    facts = Facts(
        arrived_at=one.starts.subtract(minutes=6),
        roomed_at=one.starts if reached >= 1 else None,
        began_at=one.starts.add(minutes=1) if reached >= 2 else None,
        ended_at=out_at.add(minutes=6) if ended else None,
    )
    if reached < 3:
        return replace(one, facts=facts)
    window = (one.service.retention_earliest, one.service.retention_latest)
    out = out_at if reached >= 4 else None
    retention = Retention(one.id, in_at, 12, one.retention_minutes, *window, out_at=out, count_out=12 if out else None)
    return replace(one, facts=facts, retentions=(retention,))


GARCIA = person(
    1,
    "Garcia",
    "Maria",
    known_as="Mari",
    birth_date=date(1961, 3, 14),
    phones=("416 555 0134",),
    flags=(Flag(FlagKind.REDUCED_SENSATION), Flag(FlagKind.ANTICOAGULANT)),
    notes="Prefers the recliner by the window. Brings her own blanket.",
)


def busy_day(day: date = DAY) -> DaySheet:
    """Monday morning, 10:42."""
    out, rest, book = Status.CHECKED_OUT, Status.NEEDLES_IN, Status.BOOKED
    visits = [
        visit(1, "09:00", person(11, "Adams", "Joan"), LIN, 1, FOLLOW_UP, out),
        visit(2, "09:10", person(12, "Nguyễn", "Thị Minh"), LIN, 2, FOLLOW_UP, out),
        visit(3, "09:30", person(13, "Rossi", "Carla"), LIN, 3, INITIAL, out),
        visit(4, "10:05", GARCIA, LIN, 1, FOLLOW_UP, rest),
        visit(5, "09:55", person(14, "Lee", "Jun"), LIN, 2, FOLLOW_UP, rest),
        visit(6, "10:35", person(15, "王", "小明"), LIN, 3, FOLLOW_UP, Status.WITH_PRACTITIONER),
        visit(7, "10:45", person(16, "Papadopoulou-Featherstonehaugh", "Alexandra"), LIN, 4, FOLLOW_UP, Status.ARRIVED),
        visit(8, "11:30", person(17, "O'Brien [/x]", "Pat"), LIN, 1, INITIAL, Status.CONFIRMED),
        visit(9, "11:40", person(18, "Cohen", "Ruth"), LIN, 2, FOLLOW_UP, book, squeezed=True),
        visit(10, "09:00", person(21, "Weber", "Jonas"), OKAFOR, 4, INITIAL, out),
        visit(11, "10:00", person(22, "Novak", "Petra"), OKAFOR, 5, INITIAL, rest),
        visit(12, "10:30", person(23, "Haddad", "سلمى"), OKAFOR, 4, FOLLOW_UP, book),
        visit(13, "11:00", person(24, "Silva", "Ana"), OKAFOR, 3, FOLLOW_UP, book),
        visit(14, "12:00", person(25, "Kim", "Seo-yeon"), OKAFOR, None, FOLLOW_UP, book),
        visit(15, "14:00", person(26, "Dubois", "Élodie"), OKAFOR, 3, INITIAL, book),
        visit(16, "09:00", person(31, "Brown", "Tom"), SATO, 6, COMMUNITY, out),
        visit(17, "09:15", person(32, "Green", "Sue"), SATO, 7, COMMUNITY, out),
        visit(18, "10:00", person(33, "White", "Ken"), SATO, 8, COMMUNITY, Status.NEEDLES_OUT),
        visit(19, "10:15", person(34, "Black", "Ivy"), SATO, 9, COMMUNITY, rest),
        visit(20, "10:30", person(35, "Ito", "Yui"), SATO, 6, COMMUNITY, Status.ROOMED),
        visit(21, "10:45", person(36, "Mäkinen", "Aino"), SATO, 7, COMMUNITY, book),
        visit(22, "11:15", person(37, "Okonkwo", "Chidi"), SATO, 8, COMMUNITY, book),
        visit(23, "11:00", person(38, "Stone", "Max"), SATO, 9, COMMUNITY, Status.CANCELLED),
        visit(24, "09:45", person(39, "Hill", "Bo"), SATO, 9, COMMUNITY, Status.NO_SHOW),
    ]
    blocks = (
        Block(1, "Health & Safety walk-round", at("00:00"), at("23:59"), all_day=True),
        Block(2, "Supervision", at("15:00"), at("16:00"), practitioner=OKAFOR),
        Block(3, "Heater repair", at("14:00"), at("15:00"), room=ROOMS[4]),
    )
    ordered = tuple(sorted(visits, key=lambda one: (one.starts, one.id)))
    in_house = tuple(one for one in ordered if one.holds_room or one.status is Status.ARRIVED)
    return DaySheet(day, CLINIC, ordered, blocks, in_house, 7)
