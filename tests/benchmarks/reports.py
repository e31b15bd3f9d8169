"""Measures `report` of a week and of a month in databases of 10,000 and 1,000,000 appointments.

Run by hand: `python tests/benchmarks/reports.py [FOLDER]`. Databases that are in FOLDER already are used again, those
of `slots_over_90_days.py` too; the large one takes some minutes to make. Exits with 1 where a report takes more than
`MOST_MS` of the processor's time at the median, or more than twice as long in the large database as in the small one.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from frontdesk.domain.report import PeriodKind
from tests.benchmarks.fill_a_day import leave
from tests.benchmarks.slots_over_90_days import SIZES, TODAY, Ask, faults, made, opened, timed

MOST_MS = 500
PLANS = 400
"""Patients in a course at a time, of three practitioners."""
LAST_MONTH = TODAY.replace(day=1) - timedelta(days=1)
LAST_WEEK = TODAY - timedelta(days=7)
QUESTIONS: dict[str, Ask] = {
    "last week": lambda desk: desk.reports.load(PeriodKind.WEEK, LAST_WEEK).practitioners,
    "this week, half of it to come": lambda desk: desk.reports.load(PeriodKind.WEEK, TODAY).practitioners,
    "last month": lambda desk: desk.reports.load(PeriodKind.MONTH, LAST_MONTH).practitioners,
}


def lived(path: Path) -> None:
    """Gives the visits of the last hundred days times of coming, some no-shows, and patients courses and sources."""
    raw = sqlite3.connect(path)
    (now,) = raw.execute("SELECT max(starts) FROM appointment WHERE status = 'checked_out'").fetchone()
    recent = f"starts > {now} - 100 * 86400000 AND status = 'checked_out'"
    if raw.execute("SELECT count(*) FROM treatment_plan").fetchone() == (0,):
        raw.execute(
            "UPDATE appointment SET arrived_at = starts - id % 9 * 60000, roomed_at = starts + 60000,"
            f" began_at = starts + (1 + id % 7) * 60000 WHERE {recent}"
        )
        raw.execute(f"UPDATE appointment SET status = 'no_show' WHERE id % 13 = 0 AND {recent}")
        raw.executemany(
            "INSERT OR IGNORE INTO patient_file (patient_id, referral) VALUES (?, ?)",
            ((number, ("a leaflet", "a search", "a friend")[number % 3]) for number in range(1, 10_001)),
        )
        raw.executemany(
            "INSERT INTO treatment_plan (patient_id, cadence, planned, service_id, started_on, decided_by)"
            " VALUES (?, 'week', 8, 1, ?, 'Dr Lin')",
            ((number, (TODAY - timedelta(days=number % 60)).isoformat()) for number in range(1, PLANS + 1)),
        )
    raw.commit()
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()


def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        paths = [folder / f"clinic-{size}.db" for size in SIZES]
        for path, size in zip(paths, SIZES, strict=True):
            made(path, size)
            opened(path).close()  # another release's is brought up to date
            lived(path)
        desks = [opened(path) for path in paths]
        wrong: list[str] = []
        print("| `report` | appointments | ms, clock | ms, processor |")
        print("| --- | --- | --- | --- |")
        for words, ask in QUESTIONS.items():
            times = timed(ask, desks)
            for size, (wall, busy) in zip(SIZES, times, strict=True):
                print(f"| {words} | {size:,} | {wall:.1f} | {busy:.1f} |", flush=True)
            wrong += faults(words, times, MOST_MS)
        for desk in desks:
            desk.close()
    leave(wrong)


if __name__ == "__main__":
    main()
