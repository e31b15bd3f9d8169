"""Eight processes book the same slots as fast as they can, and what the database then holds is counted.

Run by hand: `python tests/benchmarks/race_for_slots.py`. On a SQLite file and on a PostgreSQL server (its own, where
one is installed), with frontdesk alone, and with every second process writing INSERTs of its own instead.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pendulum

sys.path.insert(0, str(Path(__file__).parents[2]))

from frontdesk.store.check import check
from frontdesk.store.engine import Store
from tests.foreign import Foreign
from tests.server import Server, binaries
from tests.store.crew import PLACE, VISITS, Crew, overlaps

NOW = pendulum.datetime(2026, 11, 23, 10, 42, tz="UTC")
PROCESSES, ATTEMPTS = 8, 200
PLAIN = {
    "that room is taken at that time",
    "the practitioner is taken at that time",
    "the patient has another appointment then",
}
"""Every refusal there may be."""


def race(name: str, where: str, writers: tuple[str, ...]) -> bool:
    Store.open(where, now=NOW).close()
    with Foreign(where) as other:
        for statement in PLACE:
            other.execute(statement)
    with ExitStack() as stack:
        crew = Crew(PROCESSES, stack)
        began = time.perf_counter()
        crew.tell(*({"do": do, "where": where, "times": ATTEMPTS, "seed": 0} for do in writers))
        answers = crew.hear_all()
        seconds = time.perf_counter() - began
    with Foreign(where) as other:
        visits = other.execute(VISITS)
    words = Counter[str]()
    for answer in answers:
        words.update(answer["refused"])
    wrong = overlaps(visits)
    store = Store.open(where, now=NOW)
    problems = check(store)
    store.close()
    odd = sorted(words.keys() - PLAIN)
    agree = len(visits) == sum(answer["taken"] for answer in answers)
    print(
        f"{name:32} {len(visits):6} {words.total():8} {wrong:9} {PROCESSES * ATTEMPTS / seconds:10.0f}"
        f"   {'; '.join(odd) or 'plain words'}{'' if agree else '; MORE ROWS THAN WERE TOLD'}"
        f"{'; ' + problems[0] if problems else ''}"
    )
    return not wrong and not odd and agree and not problems


def main() -> int:
    print(f"{PROCESSES} processes, {ATTEMPTS} attempts each, 96 starts of one day")
    print(f"{'':32} {'booked':>6} {'refused':>8} {'overlaps':>9} {'attempts/s':>10}   refusals")
    ways = (("frontdesk", ("book",)), ("half by SQL", ("book", "book_by_sql")))
    programs = binaries()
    good = True
    with tempfile.TemporaryDirectory() as folder:
        for number, (way, writers) in enumerate(ways):
            good &= race(f"SQLite, {way}", str(Path(folder) / f"{number}.db"), writers)
        if programs is None:
            print("no PostgreSQL server is installed here")
            return int(not good)
        server = Server(programs)
        try:
            for way, writers in ways:
                good &= race(f"PostgreSQL, {way}", server.url(server.create()), writers)
        finally:
            server.remove()
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
