"""Keystroke to ranked results over clinics of several sizes, beside the bare index query; import, size and memory.

    .venv/bin/python tests/benchmarks/lookup_latency.py 1000 10000 100000 [--server]

Names are made up: given names of the `nicknames` package and family names of syllables, both as unevenly shared as real
ones (Zipf), so that the commonest are shared by thousands and the rare ones by nobody. What is typed are names of
patients, letter by letter; with a slip; and the ends of their telephone numbers.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

import pendulum
from nicknames import name_triplets

from frontdesk.clock import ManualClock
from frontdesk.desk.context import Context
from frontdesk.desk.lookup import Lookup
from frontdesk.domain.patient import PatientDetails
from frontdesk.store import patient_writes
from frontdesk.store.engine import Store

NOW = pendulum.datetime(2026, 11, 23, 10, 42, tz="UTC")
SYLLABLES = (
    *("an", "ar", "ba", "ber", "bo", "bra", "ca", "chi", "da", "den", "do", "el", "en", "er", "fa", "fer", "ga", "gar"),
    *("go", "gra", "ha", "hof", "in", "ka", "ke", "ko", "la", "len", "li", "lo", "ma", "mar", "men", "mi", "mo", "na"),
    *("ne", "no", "o", "pa", "per", "ra", "ri", "ro", "sa", "sen", "ser", "si", "so", "sta", "ta", "ten", "ti", "to"),
    *("va", "ver", "vi", "wa", "wi", "za", "zi"),
)
TYPED = 300
"""Names that are typed at each size."""
LIMIT, SHOWN = 51, 34
"""Patients that the screen asks for, and rows of them in a window of 40."""


def people(count: int, luck: random.Random) -> Iterator[PatientDetails]:
    given = sorted({one.name1.title() for one in name_triplets()})
    family = sorted({"".join(luck.choices(SYLLABLES, k=luck.choice((2, 3, 3, 4)))).title() for _ in range(90_000)})
    luck.shuffle(given)
    luck.shuffle(family)
    weights = [list(accumulate(1 / (rank + 10) for rank in range(len(names)))) for names in (given, family)]
    for first, last in zip(
        luck.choices(given, cum_weights=weights[0], k=count),
        luck.choices(family, cum_weights=weights[1], k=count),
        strict=True,
    ):
        yield PatientDetails(
            given=first,
            family=last,
            birth_date=date(1930, 1, 1) + timedelta(days=luck.randrange(30_000)),
            phones=(f"{luck.randrange(200, 999)} {luck.randrange(200, 999)} {luck.randrange(10_000):04}",),
            email=f"{first}.{last}{luck.randrange(100)}@example.org".lower() if luck.random() < 0.5 else "",
        )


def slip(word: str, luck: random.Random) -> str:
    at = luck.randrange(len(word) - 1)
    kind = luck.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    letter = luck.choice("aeinrst")
    return word[:at] + ("" if kind == 1 else letter if kind == 2 else letter + word[at]) + word[at + 1 :]


def timed(act: Callable[[str], object], texts: Sequence[str], clock: Callable[[], float] = time.perf_counter) -> str:
    act(texts[0])
    found = []
    for text in texts:
        began = clock()
        act(text)
        found.append((clock() - began) * 1000)
    found.sort()
    return " ".join(f"{found[int(len(found) * share)]:8.2f}" for share in (0.5, 0.95, 0.99))


def bare(path: Path, rows: Sequence[PatientDetails]) -> float:
    """Seconds of an executemany of the same patients into a table without any index."""
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE p (id INTEGER PRIMARY KEY, given, family, born, phone, email)")
    began = time.perf_counter()
    values = [(one.given, one.family, str(one.birth_date), one.phones[0], one.email) for one in rows]
    raw.executemany("INSERT INTO p (given, family, born, phone, email) VALUES (?, ?, ?, ?, ?)", values)
    raw.commit()
    raw.close()
    return time.perf_counter() - began


def measure(where: str, count: int, folder: Path) -> None:
    luck = random.Random(count)
    store = Store.open(where, now=NOW)
    rows = list(people(count, luck))
    floor = bare(folder / f"bare-{count}.db", rows)
    began = time.perf_counter()
    with store.write(who="bench", at=NOW) as writing:
        writing.log("bench", "bench")
        ids = patient_writes.insert_many(writing.connection, rows, NOW)
    took = time.perf_counter() - began
    with store.write(who="bench", at=NOW) as writing:
        writing.log("bench", "bench")
        for key in luck.sample(ids, min(len(ids), 3_000)):
            patient_writes.mark_seen(writing.connection, key, NOW.subtract(days=luck.randrange(900)))
        if writing.connection.dialect.name == "postgresql":
            writing.connection.exec_driver_sql("ANALYZE")
    size = Path(where).stat().st_size / 2**20 if not where.startswith("postgresql") else None
    print(f"\n{count:,} patients: import {took:.1f} s ({took / floor:.1f} x a bare executemany), ", end="")
    print(f"{size:.0f} MB" if size else "on a server")
    desk = Lookup(Context(store, ManualClock(NOW), "bench"))
    some = luck.sample(rows, TYPED)
    full = [f"{one.family} {one.given}".lower() for one in some]
    keys = [text[:end] for text in full[:100] for end in range(1, len(text) + 1)]
    slips = [f"{slip(one.family.lower(), luck)} {one.given.lower()}" for one in some]
    phones = [one.phones[0].replace(" ", "")[-luck.choice((4, 7, 10)) :] for one in some]

    def index_alone(text: str) -> object:
        word = text.split()[0] if text.split() else "a"
        with store.read() as connection, connection.begin():
            raw = connection.connection.driver_connection
            assert raw is not None
            place = "%s" if connection.dialect.name == "postgresql" else "?"
            words = f"SELECT patient_id FROM patient_token WHERE token >= {place} AND token < {place} LIMIT 50"
            return raw.execute(words, (word, word + "\U0010ffff")).fetchall()

    def look(text: str) -> object:
        return [(one.patient, one.marks) for one in desk.find(text, LIMIT)[:SHOWN]]

    print(f"  {'ms':38} {'p50':>8} {'p95':>8} {'p99':>8}")
    for name, act, texts in (
        ("the index alone, at each key", index_alone, keys),
        ("keystroke to ranked, at each key", look, keys),
        ("... the whole name", look, full),
        ("... with a slip", look, slips),
        ("... the end of a telephone number", look, phones),
    ):
        print(f"  {name:38} {timed(act, texts)}")
    named = {}
    for one, text in zip(some, slips, strict=True):
        found = [hit.patient.details for hit in desk.find(text, 5)]
        named[text] = one in found or any((hit.family, hit.given) == (one.family, one.given) for hit in found)
    print(f"  of {TYPED} with a slip, the right name is in the first five of {sum(named.values())}")
    print(f"  resident {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")
    store.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    parser.add_argument("--server", action="store_true", help="on a PostgreSQL server that is started for it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.server:
            from tests.server import Server, binaries

            programs = binaries()
            if programs is None:
                sys.exit("no PostgreSQL server is installed here")
            server = Server(programs)
            try:
                for count in options.sizes:
                    measure(server.url(server.create()), count, Path(folder))
            finally:
                server.remove()
        else:
            for count in options.sizes:
                measure(str(Path(folder) / f"{count}.db"), count, Path(folder))


if __name__ == "__main__":
    main()
