"""Measures `slots` over 90 days with three practitioners in databases of 10,000 and 1,000,000 appointments.

Run by hand: `python tests/benchmarks/slots_over_90_days.py [FOLDER]`. Databases that are in FOLDER already are used
again; the large one takes some minutes to make. Exits with 1 where a search takes more than `MOST_MS` of the
processor's time at the median, or more than twice as long in the large database as in the small one.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))


from frontdesk.clock import ManualClock
from frontdesk.desk.context import Context
from frontdesk.desk.open import Desk, desk_on
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.hours import local_instant
from frontdesk.domain.packing import Occupancy, best_places
from frontdesk.domain.patient import Patient, PatientDetails
from frontdesk.domain.visit import Status
from frontdesk.store.engine import Store
from tests.benchmarks.fill_a_day import leave

SIZES = (10_000, 1_000_000)
DAYS = 90
MOST_MS = 60
ROUNDS = 40
PEOPLE = 10_000
ZONE = "America/Toronto"
TODAY = date(2026, 11, 23)
NOW = local_instant(TODAY, 8 * 60, ZONE)
LENGTHS = {"insertion": 5, "removal": 5, "turnover": 5}
ANSWERS: dict[str, Any] = {
    "clinic": {"name": "Benchmark", "timezone": ZONE, "phone_region": "CA", "slot_minutes": 5},
    "hours": {day: ["09:00-13:00", "14:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat")},
    "rooms": [{"name": f"Room {number}"} for number in range(1, 9)],
    "practitioners": [{"name": name} for name in ("Dr Lin", "Dr Okafor", "Hana Sato")],
    "services": [
        {"name": "Follow-up", "consultation": 10, "retention": [20, 30], **LENGTHS},
        {"name": "Long", "consultation": 45, "retention": [20, 30], **LENGTHS},
    ],
}
BUSY = 0.8
"""How much of a full day is booked, on every day, the coming ones too."""

Visit = tuple[int, int, int, int]
"""Practitioner, room, minutes after midnight, retention."""


def full_day(clinic: Clinic) -> list[Visit]:
    """A day filled by always taking the best offer of the three in turn."""
    day: list[Appointment] = []
    people = list(clinic.active_practitioners)
    midnight = local_instant(TODAY, 0, ZONE)
    while people:
        person = people[len(day) % len(people)]
        offers = best_places(
            clinic,
            Occupancy.of(day),
            service=clinic.services[0],
            practitioners=(person,),
            rooms=clinic.rooms,
            day=TODAY,
            not_before=midnight,
            limit=1,
        )
        if not offers:
            people.remove(person)
            continue
        slot = offers[0]
        number = len(day) + 1
        who = Patient(number, 1, PatientDetails(family=f"P{number}"))
        day.append(
            Appointment(
                number,
                1,
                who,
                person,
                clinic.services[0],
                slot.room,
                Status.BOOKED,
                slot.starts,
                slot.retention_minutes,
            )
        )
    return [
        (one.practitioner.id, one.room.id, int((one.starts - midnight).total_seconds()) // 60, one.retention_minutes)
        for one in day
        if one.room is not None
    ]


def rows(template: list[Visit], count: int) -> Iterator[tuple[Any, ...]]:
    """`count` appointments: the coming days first, the history before them."""
    draw = random.Random(count)
    made = 0
    for days in (range(DAYS + 10), range(-1, -100_000, -1)):
        for away in days:
            day = TODAY + timedelta(days=away)
            if day.weekday() == 6:
                continue
            midnight = round(local_instant(day, 0, ZONE).timestamp() * 1000)
            visits = [one for one in template if draw.random() < BUSY]
            for patient, (person, room, minute, rest) in zip(
                draw.sample(range(1, PEOPLE + 1), len(visits)), visits, strict=True
            ):
                if made == count:
                    return
                made += 1
                starts = midnight + minute * 60_000
                ended = starts + (rest + 20) * 60_000 if away < 0 else None
                status = "booked" if ended is None else "checked_out"
                yield patient, person, room, status, starts, rest, starts if ended else None, ended, ended, starts


def made(path: Path, count: int) -> None:
    """Makes a database with so many appointments, unless it is there."""
    if path.exists():
        return
    began = time.perf_counter()
    print(f"making {path} ...", flush=True)
    desk = opened(path)
    desk.clinic.setup(desk.clinic.read_answers(ANSWERS))
    template = full_day(desk.clinic.get())
    desk.close()
    raw = sqlite3.connect(path)
    raw.executemany(
        "INSERT INTO patient (given, family, created_at) VALUES (?, ?, 0)",
        ((f"G{number}", f"F{number % 997}") for number in range(PEOPLE)),
    )
    raw.executemany(
        "INSERT INTO appointment (patient_id, practitioner_id, service_id, room_id, status, starts, retention_minutes,"
        " roomed_at, ended_at, ready_at, created_at) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows(template, count),
    )
    raw.commit()
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    print(f"  {time.perf_counter() - began:.0f} s, {path.stat().st_size / 1e6:.0f} MB")


def opened(path: Path) -> Desk:
    """The program's desk on a database, on a Monday morning."""
    return desk_on(Context(Store.open(str(path), now=NOW), ManualClock(NOW), "Ana"))


Ask = Callable[[Desk], tuple[object, ...]]
QUESTIONS: dict[str, Ask] = {
    "the next 20": lambda desk: desk.booking.slots("Follow-up", days=DAYS),
    "the next 20 with one": lambda desk: desk.booking.slots("Follow-up", "Dr Lin", days=DAYS),
    "the best 20": lambda desk: desk.booking.slots("Follow-up", days=DAYS, best=True),
    "of a long one, of which hardly any is free": lambda desk: desk.booking.slots("Long", days=DAYS, limit=10_000),
    "all there are": lambda desk: desk.booking.slots("Follow-up", days=DAYS, limit=100_000),
}


def timed(ask: Ask, desks: list[Desk]) -> list[tuple[float, float]]:
    """Median milliseconds by the clock and of the processor for each desk; asked in turn, for a busy machine's sake.

    No search waits for anything: on a machine with nothing else to do both are the same.
    """
    taken: list[list[tuple[float, float]]] = [[] for _ in desks]
    for _ in range(ROUNDS):
        for desk, times in zip(desks, taken, strict=True):
            began = time.perf_counter(), time.process_time()
            ask(desk)
            times.append((time.perf_counter() - began[0], time.process_time() - began[1]))
    return [(median(wall for wall, _ in times) * 1000, median(busy for _, busy in times) * 1000) for times in taken]


def faults(words: str, times: Sequence[tuple[float, float]], most_ms: float) -> list[str]:
    """What is wrong with the times of a question in databases of `SIZES`."""
    found = []
    if max(busy for _, busy in times) > most_ms:
        found.append(f"{words}: more than {most_ms} ms")
    if times[-1][1] > 2 * times[0][1] + 1:
        found.append(f"{words}: grows with the database")
    return found


def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        paths = [folder / f"clinic-{size}.db" for size in SIZES]
        for path, size in zip(paths, SIZES, strict=True):
            made(path, size)
        desks = [opened(path) for path in paths]
        wrong: list[str] = []
        print("| `slots` over 90 days, three practitioners | appointments | places | ms, clock | ms, processor |")
        print("| --- | --- | --- | --- | --- |")
        for words, ask in QUESTIONS.items():
            found = [len(ask(desk)) for desk in desks]
            times = timed(ask, desks)
            for size, places, (wall, busy) in zip(SIZES, found, times, strict=True):
                print(f"| {words} | {size:,} | {places:,} | {wall:.1f} | {busy:.1f} |", flush=True)
            wrong += faults(words, times, MOST_MS)
        for desk in desks:
            desk.close()
    leave(wrong)


if __name__ == "__main__":
    main()
