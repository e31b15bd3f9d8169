"""Measures an import against the least that could do the same, in one run: patients from a table, events of a calendar.

    .venv/bin/python tests/benchmarks/import_speed.py [PATIENTS] [EVENTS]

The floor of the patients is the `csv` module reading the same file and one `executemany` a table of the very rows that
the import leaves behind, into an empty clinic's database with the same indexes and rules; that of the events is
`icalendar` parsing the same bytes. Each is run in turn with the import, and the middle of some rounds is told. Exits
with 1 where an import takes more than `MOST_PATIENTS` or `MOST_EVENTS` times the processor's time of its floor.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from frontdesk.clock import ManualClock
from frontdesk.desk.context import Context
from frontdesk.desk.open import Desk, desk_on
from frontdesk.desk.transfer import ImportOptions
from frontdesk.domain.hours import local_instant
from frontdesk.store.engine import Store
from tests.benchmarks.lookup_latency import people

MOST_PATIENTS = 4.0
MOST_EVENTS = 1.5
ROUNDS = 3
ZONE = "America/Toronto"
TODAY = date(2026, 11, 23)
NOW = local_instant(TODAY, 8 * 60, ZONE)
ANSWERS: dict[str, Any] = {
    "clinic": {"name": "Benchmark", "timezone": ZONE, "phone_region": "CA", "slot_minutes": 5},
    "hours": {"mon": ["09:00-18:00"]},
    "rooms": [{"name": "Room 1"}],
    "practitioners": [{"name": "Dr Lin"}],
    "services": [
        {"name": "Follow-up", "consultation": 10, "insertion": 5, "retention": [20, 30], "removal": 5, "turnover": 5}
    ],
}
AREAS = ("416", "647", "905", "613")
TABLES = ("patient", "phone", "patient_source", "patient_token", "phone_part", "word_near")
"""All that an import of patients writes, those that others point to first."""


def table_of(count: int) -> bytes:
    """A table of so many patients as another program exports it."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(
        ("PatientID", "First name", "Last name", "Date of birth", "Mobile", "Email", "Street", "City", "Notes")
    )
    luck = random.Random(count)
    for number, one in enumerate(people(count, luck), start=1):
        rows.writerow(
            (
                number, one.given, one.family, one.birth_date,
                f"{luck.choice(AREAS)} {luck.randrange(200, 990)} {luck.randrange(10_000):04}", one.email,
                f"{luck.randrange(1, 900)} Queen St", "Toronto", "prefers mornings" if luck.random() < 0.1 else "",
            )
        )  # fmt: skip
    return out.getvalue().encode()


def calendar_of(count: int) -> bytes:
    """A calendar of so many single events, as busy people's servers send them."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bench//EN"]
    luck = random.Random(count)
    for number in range(count):
        day = TODAY + timedelta(days=luck.randrange(-400, 400))
        hour, minute = luck.randrange(9, 17), luck.choice((0, 15, 30, 45))
        lines += [
            "BEGIN:VEVENT",
            f"UID:{number}@example.org",
            "DTSTAMP:20261101T090000Z",
            f"DTSTART;TZID={ZONE}:{day:%Y%m%d}T{hour:02}{minute:02}00",
            f"DTEND;TZID={ZONE}:{day:%Y%m%d}T{hour + 1:02}{minute:02}00",
            f"SUMMARY:Team meeting {number}",
            "DESCRIPTION:Please bring the numbers of last month\\, and a cup.",
            "LOCATION:Room 1",
            "STATUS:CONFIRMED",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def opened(where: str) -> Desk:
    """A clinic that is set up and has nobody on file."""
    desk = desk_on(Context(Store.open(where, now=NOW), ManualClock(NOW), "Ana"))
    desk.clinic.setup(desk.clinic.read_answers(ANSWERS))
    return desk


def spent(act: Any) -> tuple[float, float]:
    """Seconds by the clock and of the processor."""
    began = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - began[0], time.process_time() - began[1]


def brought_in(where: str, file: Path, options: ImportOptions) -> tuple[float, float]:
    """What the program takes for one file, the transaction included."""
    desk = opened(where)
    try:
        result = []
        took = spent(lambda: result.append(desk.transfer.bring_in(file, options)))
        assert result[0].created, result[0]
        return took
    finally:
        desk.close()


def rows_of(path: Path) -> Iterator[tuple[str, str, list[tuple[Any, ...]]]]:
    """The rows that an import left behind, with the statement that writes them, by table."""
    raw = sqlite3.connect(path)
    for table in TABLES:
        found = raw.execute(f"SELECT * FROM {table}")
        names = [one[0] for one in found.description]
        places = ", ".join("?" * len(names))
        yield table, f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})", found.fetchall()
    raw.close()


def floor_of_patients(folder: Path, number: int, file: Path, made: Path) -> tuple[float, float]:
    """The file read by `csv`, and an executemany a table of the same rows."""
    path = folder / f"floor-{number}.db"
    opened(str(path)).close()
    rows = [*rows_of(made)]
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA synchronous=NORMAL")

    def floor() -> None:
        with file.open(newline="", encoding="utf-8") as text:
            assert len([*csv.reader(text)]) > 1
        raw.execute("BEGIN IMMEDIATE")
        for _, statement, values in rows:
            raw.executemany(statement, values)
        raw.execute("COMMIT")

    took = spent(floor)
    raw.close()
    return took


def bare(file: Path) -> tuple[float, float]:
    """The same file into one table without any index: what no program that finds people again could do."""
    raw = sqlite3.connect(":memory:")

    def floor() -> None:
        with file.open(newline="", encoding="utf-8") as text:
            rows = csv.reader(text)
            raw.execute(f"CREATE TABLE p ({', '.join(f'c{n}' for n, _ in enumerate(next(rows)))})")
            raw.executemany("INSERT INTO p VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        raw.commit()

    return spent(floor)


def parsed(file: Path) -> tuple[float, float]:
    """icalendar's own parse."""
    from icalendar import Calendar

    data = file.read_bytes()
    return spent(lambda: Calendar.from_ical(data))


def middle(times: list[tuple[float, float]]) -> tuple[float, float]:
    return median(one[0] for one in times), median(one[1] for one in times)


def main() -> int:
    """Prints the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("patients", nargs="?", type=int, default=100_000)
    options.add_argument("events", nargs="?", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=ROUNDS)
    asked = options.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        table, calendar = folder / "patients.csv", folder / "calendar.ics"
        table.write_bytes(table_of(asked.patients))
        calendar.write_bytes(calendar_of(asked.events))
        ours: dict[str, list[tuple[float, float]]] = {"patients": [], "events": []}
        floors: dict[str, list[tuple[float, float]]] = {"patients": [], "events": [], "bare": []}
        window = ImportOptions(first_day=TODAY - timedelta(days=401), last_day=TODAY + timedelta(days=401))
        for number in range(asked.rounds):
            made = folder / f"ours-{number}.db"
            ours["patients"].append(brought_in(str(made), table, ImportOptions()))
            floors["patients"].append(floor_of_patients(folder, number, table, made))
            floors["bare"].append(bare(table))
            made.unlink()
            floors["events"].append(parsed(calendar))
            ours["events"].append(brought_in(str(folder / f"events-{number}.db"), calendar, window))
        print("| what | import, s | floor, s | ratio by the clock | of the processor |")
        print("| --- | --- | --- | --- | --- |")
        for name, kind, floor, most in (
            (f"{asked.patients:,} patients, and executemany of the same rows", "patients", "patients", MOST_PATIENTS),
            (f"{asked.patients:,} patients, and one table without an index", "patients", "bare", None),
            (f"{asked.events:,} events, and icalendar's parse", "events", "events", MOST_EVENTS),
        ):  # fmt: skip
            mine, least = middle(ours[kind]), middle(floors[floor])
            ratio = mine[1] / least[1]
            print(f"| {name} | {mine[0]:.2f} | {least[0]:.2f} | {mine[0] / least[0]:.2f} | {ratio:.2f} |")
            failed = failed or (most is not None and ratio > most)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
