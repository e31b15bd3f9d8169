"""Measures reading the list of recalls in a clinic of 100,000 patients, of whom most lapsed or come no more.

Run by hand: `python tests/benchmarks/recalls.py [--server]`; `--server` asks a PostgreSQL server of its own instead of
a SQLite file. Exits with 1 where the list takes more than `MOST_MS` of the processor's time at the median.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).parents[2]))

from frontdesk.clock import ManualClock
from frontdesk.desk.open import Desk, open_desk
from frontdesk.domain.hours import local_instant
from tests.benchmarks.slots_over_90_days import ANSWERS
from tests.foreign import Foreign
from tests.server import Server, binaries

MOST_MS = 300
PATIENTS, PLANS, CALLS = 100_000, 600, 3_000
TODAY = date(2026, 11, 24)
_DAY_MS = 86_400_000
ROUNDS = 9


def fill(where: str, now_ms: int) -> None:
    """Patients last seen over four years, plans of some, half of them booked; calls that were made in the last year."""
    with Foreign(where) as raw:
        raw.execute("BEGIN")
        one = "1::bigint" if raw.is_server else "1"
        for sql in (
            "INSERT INTO patient (family, created_at, last_seen_at, found_as) {many} SELECT 'Family' || i, 0,"
            " {now} - i * 7919 % 1460 * {day} - 3600000, '' FROM n",
            "INSERT INTO appointment (patient_id, practitioner_id, service_id, status, starts, retention_minutes,"
            " created_at, squeezed, ended_at) SELECT id, 1, 1, 'checked_out', last_seen_at - 3000000, 25, 0, {yes},"
            " last_seen_at FROM patient",
            "INSERT INTO treatment_plan (patient_id, cadence, planned, service_id, started_on, decided_by)"
            " {many} SELECT i * 97, 'week', 8, 1, '{since}', 'Dr Lin' FROM n WHERE i <= {plans}",
            "INSERT INTO appointment (patient_id, practitioner_id, service_id, status, starts, retention_minutes,"
            " created_at, squeezed) {many} SELECT i * 97, 1, 1, 'booked', {now} + i * 3600000, 25, 0, {yes} FROM n"
            " WHERE i <= {plans} AND i % 2 = 0",
            "INSERT INTO recall_contact (patient_id, at, who, about, result, words) {many} SELECT i * 13,"
            " {now} - i % 300 * {day}, 'Ana', 'lapsed', 'no_answer', '' FROM n WHERE i <= {calls}",
        ):
            raw.execute(
                sql.format(
                    many=f"WITH RECURSIVE n(i) AS (SELECT {one} UNION ALL SELECT i + 1 FROM n WHERE i < {PATIENTS})",
                    now=now_ms,
                    day=_DAY_MS,
                    yes="true" if raw.is_server else "1",
                    since=TODAY - timedelta(days=80),
                    plans=PLANS,
                    calls=CALLS,
                )
            )
        raw.execute("COMMIT")
        if raw.is_server:
            raw.execute("ANALYZE")


@contextmanager
def place(*, on_server: bool) -> Iterator[str]:
    """Where nothing is yet."""
    if not on_server:
        with tempfile.TemporaryDirectory() as folder:
            yield str(Path(folder) / "clinic.db")
        return
    programs = binaries()
    if programs is None:
        raise SystemExit("no PostgreSQL is installed here")
    server = Server(programs)
    server.start()
    try:
        yield server.url(server.create())
    finally:
        server.remove()


def timed(desk: Desk) -> tuple[float, float]:
    """Milliseconds of reading the list once: by the clock, and of this process's processor."""
    begun, busy = perf_counter(), process_time()
    desk.recall_list.look()
    return (perf_counter() - begun) * 1000, (process_time() - busy) * 1000


def main() -> None:
    """Prints what it took."""
    on_server = "--server" in sys.argv[1:]
    now = local_instant(TODAY, 10 * 60, "America/Toronto")
    with place(on_server=on_server) as where:
        desk = open_desk(where, "Ana", clock=lambda _offset: ManualClock(now))
        desk.clinic.setup(desk.clinic.read_answers(ANSWERS))
        fill(where, round(now.timestamp() * 1000))
        sheet = desk.recall_list.look()
        took = [timed(desk) for _ in range(ROUNDS)]
        desk.close()
    counts = f"{PATIENTS:,} patients, {sheet.due:,} to call, {sheet.later:,} later"
    wall, busy = (sorted(one) for one in zip(*took, strict=True))
    print(f"{counts}: {median(wall):.0f} ms (at best {wall[0]:.0f}), of the processor {median(busy):.0f}")
    if median(busy) > MOST_MS:
        raise SystemExit(f"more than {MOST_MS} ms")


if __name__ == "__main__":
    main()
