"""A clinic as full as a front desk meets it: a day of 120 appointments, with needles in at all twelve places.

    python tests/benchmarks/full_clinic.py FILE [PATIENTS [APPOINTMENTS]]

Six practitioners with two rooms each, open 07:00 to 20:00, at 12:31 of its own clock: ten visits a room, those before
over, those under way resting for another 39 or 54 minutes, the others still to come. The coming weeks are half as full;
the rest of the appointments are history, day after day before today. `Zelda Quillfeather` and 19 others of that name
are on file, she with ten visits, in a clinic of any size.
"""

from __future__ import annotations

import random
import sqlite3
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pendulum
from pendulum import DateTime

sys.path.insert(0, str(Path(__file__).parents[2]))

from frontdesk.clock import ManualClock
from frontdesk.desk.booking import Request
from frontdesk.desk.context import Context
from frontdesk.desk.open import Desk, desk_on
from frontdesk.domain.hours import local_instant
from frontdesk.domain.patient import PatientDetails
from frontdesk.store import patient_writes
from frontdesk.store.engine import Store
from tests.benchmarks.lookup_latency import people

ZONE = "America/Toronto"
TODAY = date(2026, 11, 23)
ROOMS, A_ROOM = 12, 10
OPENS, EACH, LATER = 7 * 60, 75, 15
"""Minutes: the first visit in the first room of each practitioner, the time each takes, when the second room begins."""
MINUTE = 12 * 60 + 31
"""When it is, by the clinic's clock: a minute after all who rest were looked in on."""
COMING_DAYS = 20
NAMESAKES = ("Ada", "Bo", "Cyd", "Dov", "Eli", "Fay", "Gus", "Hal", "Ida", "Jo", "Kit", "Lou", "Max", "Nan", "Ola",
             "Pia", "Rex", "Sue", "Una", "Zelda")  # fmt: skip
FAMILY = "Quillfeather"
ANSWERS: dict[str, Any] = {
    "clinic": {"name": "Full Clinic", "timezone": ZONE, "phone_region": "CA", "slot_minutes": 5},
    "hours": {day: ["07:00-20:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat")},
    "rooms": [{"name": f"Room {number + 1}"} for number in range(ROOMS)],
    "practitioners": [{"name": f"Dr {name}"} for name in ("Lin", "Okafor", "Haddad", "Sato", "Novak", "Reyes")],
    "services": [
        {
            "name": "Follow-up",
            "consultation": 5,
            "insertion": 5,
            "retention": [45, 60],
            "planned_retention": 60,
            "removal": 5,
            "turnover": 0,
        }
    ],
}
"""The set-up's answers."""


def at(minute: int, day: date = TODAY) -> DateTime:
    """An instant of a day, by its local minute."""
    return local_instant(day, minute, ZONE)


def starts_of(room: int) -> list[int]:
    """The local minutes at which the visits of a room begin."""
    return [OPENS + (room % 2) * LATER + number * EACH for number in range(A_ROOM)]


def rows(people_ids: list[int], known: int, count: int) -> Iterator[tuple[Any, ...]]:
    """`count` appointments of other days than today: the coming ones first, then history; ten past ones of `known`."""
    luck = random.Random(count)
    places = [(room, minute) for room in range(ROOMS) for minute in starts_of(room)]
    known_days = [away for away in range(-1, -13, -1) if _is_open(away)]
    # First, so that there are as many in a clinic of a thousand: its file is compared with that in one of a million.
    yield from (_row(known, *places[0], away) for away in known_days)
    made = len(known_days)
    for days in (range(1, COMING_DAYS), range(-1, -100_000, -1)):
        for away in filter(_is_open, days):
            free = places[1:] if away in known_days else places
            taken = [place for place in free if luck.random() < (0.8 if away < 0 else 0.5)]
            for patient, place in zip(luck.sample(people_ids, len(taken)), taken, strict=True):
                if made == count:
                    return
                made += 1
                yield _row(patient, *place, away)


def _is_open(away: int) -> bool:
    return (TODAY + timedelta(days=away)).weekday() != 6


def _row(patient: int, room: int, minute: int, away: int) -> tuple[Any, ...]:
    """A visit so many days from today: one that is over, or one that is booked."""
    starts = round(at(minute, TODAY + timedelta(days=away)).timestamp() * 1000)
    ended = starts + 75 * 60_000 if away < 0 else None
    status, begun = ("booked", None) if ended is None else ("checked_out", starts)
    return patient, room // 2 + 1, room + 1, status, starts, 60, begun, ended, ended, starts


def make(path: Path, count: int = 100_000, visits: int = 10_000) -> Path:
    """Makes the clinic in a new file: so many patients, so many appointments besides today's 120."""
    clock = ManualClock(at(0).subtract(days=60))
    store = Store.open(str(path), now=clock.now())
    desk = desk_on(Context(store, clock, "Ana"))
    desk.clinic.setup(desk.clinic.read_answers(ANSWERS))
    details = [PatientDetails(given=name, family=FAMILY) for name in NAMESAKES]
    details += people(count - len(details), random.Random(count))
    with store.write(who="Ana", at=clock.now()) as writing:
        writing.log("bench", "bench")
        ids = patient_writes.insert_many(writing.connection, details, clock.now())
    raw = sqlite3.connect(path)
    raw.executemany(
        "INSERT INTO appointment (patient_id, practitioner_id, service_id, room_id, status, starts, retention_minutes,"
        " roomed_at, ended_at, ready_at, created_at) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows(ids[len(NAMESAKES) + 120 :], ids[NAMESAKES.index("Zelda")], visits),
    )
    raw.execute(
        "UPDATE patient SET last_seen_at = (SELECT max(ended_at) FROM appointment WHERE patient_id = patient.id)"
    )
    raw.commit()
    raw.execute("ANALYZE")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    _live(desk, clock, ids[len(NAMESAKES) : len(NAMESAKES) + 120])
    desk.close()
    stand_at(path)
    return path


def _live(desk: Desk, clock: ManualClock, ids: list[int]) -> None:
    """Books today's visits and takes those steps of them that were taken by `MINUTE`, in the order of time."""
    steps: tuple[tuple[int, Callable[[int], object]], ...] = (
        (-4, desk.visits.arrive),
        (0, desk.visits.room),
        (1, desk.visits.begin),
        (10, lambda key: desk.needles.put_in(key, 12)),
        (15, desk.timers.check),
        (70, lambda key: desk.needles.take_out(key, 12)),
        (74, desk.visits.checkout),
    )
    places = sorted((minute, room) for room in range(ROOMS) for minute in starts_of(room))
    practitioners = [one.name for one in desk.clinic.get().practitioners]
    clock.instant = at(0)
    due = []
    for (minute, room), patient in zip(places, ids, strict=True):
        request = Request(patient, "Follow-up", practitioners[room // 2], at(minute), f"Room {room + 1}")
        visit = desk.booking.book(request).appointment.id
        due += [(minute + away, number, visit) for number, (away, _) in enumerate(steps) if minute + away < MINUTE]
    for minute, number, visit in sorted(due):
        clock.instant = at(minute)
        steps[number][1](visit)


def stand_at(path: Path, minute: float = MINUTE) -> None:
    """Sets the clinic's clock, as it goes on from now: each run of a benchmark meets the same minute."""
    offset = round((at(0).timestamp() + minute * 60 - pendulum.now("UTC").timestamp()) * 1000)
    raw = sqlite3.connect(path)
    raw.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('clock_offset_ms', ?)", (str(offset),))
    raw.commit()
    raw.close()


if __name__ == "__main__":
    print(make(Path(sys.argv[1]), *(int(number.replace("_", "")) for number in sys.argv[2:])))
