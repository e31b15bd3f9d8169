"""Fills a day by always taking the first offer, and prints how many visits it holds beside the optimum.

Run by hand: `python tests/benchmarks/fill_a_day.py`, with `pip install 'frontdesk[bench]'` for the optimum.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pendulum

sys.path.insert(0, str(Path(__file__).parents[2]))

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic, Practitioner, Room
from frontdesk.domain.hours import week_hours
from frontdesk.domain.packing import Occupancy, Slot, best_places, clashes, free_places
from frontdesk.domain.patient import Patient, PatientDetails
from frontdesk.domain.phases import Service
from frontdesk.domain.visit import Status
from tests.benchmarks import exact

ROOMS = (1, 2, 3, 4, 6)
SERVICES = (
    Service(1, "follow-up", 10, 5, 20, 30, 25, 5, 5),
    Service(2, "initial", 20, 5, 20, 30, 25, 5, 5),
    Service(3, "community", 5, 5, 30, 60, 45, 5, 5),
)
OPTIMUM = {"follow-up": (10, 18, 22, 22, 22), "initial": (8, 12, 14, 14, 14), "community": (9, 17, 24, 29, 31)}
"""Visits in a day with each number of `ROOMS`, as the exact solver finds them: for where it is not installed."""
SHORT_OF = 0.05
"""How far from the optimum the planner may end."""
DAY = date(2026, 11, 24)
MIDNIGHT = pendulum.datetime(2026, 11, 24)
LIN = Practitioner(1, "Dr Lin")
OPEN = ((9 * 60, 13 * 60), (14 * 60, 18 * 60))
HOURS = week_hours({day: ["09:00-13:00", "14:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")})

Offer = Callable[[Clinic, Occupancy, Service], tuple[Slot, ...]]


def clinic(rooms: int) -> Clinic:
    """One practitioner, 09:00-13:00 and 14:00-18:00, 5-minute steps."""
    made = tuple(Room(n, f"Room {n}") for n in range(1, rooms + 1))
    return Clinic("Benchmark", "UTC", "CA", 5, HOURS, made, (LIN,), SERVICES, ())


def in_order_of_time(where: Clinic, taken: Occupancy, service: Service) -> tuple[Slot, ...]:
    """The first free place, as `slots` gives it."""
    return free_places(
        where,
        taken,
        service=service,
        practitioners=(LIN,),
        rooms=where.rooms,
        first_day=DAY,
        days=1,
        not_before=MIDNIGHT,
        limit=1,
    )


def best_first(where: Clinic, taken: Occupancy, service: Service) -> tuple[Slot, ...]:
    """The first of the ranked places."""
    return best_places(
        where,
        taken,
        service=service,
        practitioners=(LIN,),
        rooms=where.rooms,
        day=DAY,
        not_before=MIDNIGHT,
        limit=1,
    )


def booked(number: int, slot: Slot, service: Service) -> Appointment:
    """A place that was taken, by a patient of its own."""
    patient = Patient(number, 1, PatientDetails(family=f"P{number}"))
    return Appointment(number, 1, patient, LIN, service, slot.room, Status.BOOKED, slot.starts, slot.retention_minutes)


def filled(where: Clinic, service: Service, offer: Offer) -> tuple[list[Appointment], float]:
    """The day after every first offer was taken, and the longest an offer took, in milliseconds."""
    day: list[Appointment] = []
    slowest = 0.0
    while True:
        taken = Occupancy.of(day)
        began = time.perf_counter()
        offers = offer(where, taken, service)
        slowest = max(slowest, (time.perf_counter() - began) * 1000)
        if not offers:
            return day, slowest
        day.append(booked(len(day) + 1, offers[0], service))


def never_clashes(where: Clinic, visits: Sequence[Appointment]) -> bool:
    """Whether every visit keeps rules 1 to 4 among the others."""
    taken = Occupancy.of(visits)
    return not any(
        clashes(
            where,
            taken,
            plan=one.plan,
            practitioner=LIN,
            room=one.room,
            patient_id=one.patient.id,
            ignore_appointment=one.id,
        )
        for one in visits
    )


def optimum(service: Service, rooms: int) -> int:
    """The most visits the day can hold: from the exact solver, from the figures it once gave where it is not here."""
    if not exact.is_available():
        return OPTIMUM[service.name][ROOMS.index(rooms)]
    most = exact.fullest_day(service, OPEN, rooms)
    if not most.proved:
        raise SystemExit(f"{service.name}, {rooms} rooms: the solver ran out of time")
    return most.found


def main() -> None:
    """Prints the table; exits with 1 where the planner is too far from the optimum, or two visits clash."""
    print(
        "optimum: OR-tools CP-SAT, in this run" if exact.is_available() else f"{exact.MISSING}; optimum: known figures"
    )
    print(
        "| visits in a day | " + " | ".join(f"{rooms} room{'s' * (rooms > 1)}" for rooms in ROOMS) + " | ms an offer |"
    )
    print("| --- " * (len(ROOMS) + 2) + "|")
    wrong = []
    for service in SERVICES:
        most = [optimum(service, rooms) for rooms in ROOMS]
        for words, offer in (("first-fit", in_order_of_time), ("best first", best_first)):
            cells, slowest = [], 0.0
            for rooms, limit in zip(ROOMS, most, strict=True):
                where = clinic(rooms)
                day, took = filled(where, service, offer)
                slowest = max(slowest, took)
                cells.append(f"{len(day)}")
                if not never_clashes(where, day):
                    wrong.append(f"{service.name}, {words}, {rooms} rooms: two visits clash")
                if offer is best_first and not (1 - SHORT_OF) * limit <= len(day) <= limit:
                    wrong.append(f"{service.name}, {rooms} rooms: {len(day)} visits, the optimum is {limit}")
            print(f"| {service.name}, {words} | " + " | ".join(cells) + f" | {slowest:.0f} |", flush=True)
        print(f"| {service.name}, optimum | " + " | ".join(map(str, most)) + " | |", flush=True)
    leave(wrong)


def leave(wrong: Sequence[str]) -> None:
    """Prints what is not as it should be, and exits with 1 where anything is not."""
    for line in wrong:
        print(line)
    if wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
