"""Names mistyped as the test data of record linkage are (FEBRL): how often the right patient is in the first five.

    .venv/bin/python tests/benchmarks/mistyped_names.py [--crowd 100000]

Half of the names are typed as they are on file; of the others letters are lost, added, swapped or taken for others, a
blank is too many, the names change places, or one of them is left out or quite another. The names are the demo's, drawn
by chance; with FRONTDESK_CORPUS those of its lists too, and its own pairs of what was typed and who was meant. Asked
among as many patients as there are names; again with each mistyped name on file as a patient of its own; and among a
crowd (of `lookup_latency`). Beside it stands what to expect of an order that counts nothing but words that are not
theirs, slips and further names, with chance among those that are equal in these.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import string
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from frontdesk.demo.people import make_people
from frontdesk.domain.lookup.nearness import near_of
from frontdesk.domain.patient import PatientDetails
from frontdesk.store import patient_writes, search
from frontdesk.store.engine import Store
from tests.benchmarks.lookup_latency import NOW, people

MOST = 500
"""Names of one list that are typed."""
FIRST = 5
HEARD = (("ph", "f"), ("ck", "k"), ("ie", "y"), ("ee", "ea"), ("c", "k"), ("s", "z"), ("th", "t"), ("ll", "l"))
SEEN = (("m", "rn"), ("l", "i"), ("cl", "d"), ("q", "g"), ("b", "h"), ("v", "u"), ("w", "vv"))


@dataclass(frozen=True)
class Pairs:
    """A list of people, and what was typed for some of them, by their places."""

    title: str
    people: Sequence[PatientDetails]
    typed: Sequence[tuple[str, int]]


def slip(word: str, luck: random.Random) -> str:
    at, letter = luck.randrange(len(word)), luck.choice(string.ascii_lowercase)
    kind = luck.choices(("add", "lose", "other", "swap", "heard", "seen", "blank"), (16, 20, 30, 10, 10, 6, 8))[0]
    if kind in ("heard", "seen"):
        changes = [change for change in (HEARD if kind == "heard" else SEEN) if change[0] in word]
        return word.replace(*luck.choice(changes), 1) if changes else slip(word, luck)
    return {
        "add": word[:at] + letter + word[at:],
        "lose": word[:at] + word[at + 1 :] or word,
        "other": word[:at] + letter + word[at + 1 :],
        "swap": word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
        "blank": f"{word[:at]} {word[at:]}",
    }[kind]


def mistyped(one: PatientDetails, everybody: Sequence[PatientDetails], luck: random.Random) -> str:
    names = [one.given.lower(), one.family.lower()]
    if luck.random() < 0.49:
        return " ".join(names)
    for _ in range(luck.choices((1, 2, 3), (70, 22, 8))[0]):
        which = luck.randrange(2)
        kind = luck.choices(("slip", "another", "left out", "places"), (56, 22, 10, 12))[0]
        if kind == "places":
            names.reverse()
        elif names[which] and kind == "slip":
            names[which] = slip(names[which], luck)
        elif names[which] and kind == "another":
            other = luck.choice(everybody)
            names[which] = (other.family if which else other.given).lower()
        elif names[1 - which]:
            names[which] = ""
    return " ".join(" ".join(names).split())


def made(title: str, everybody: Sequence[PatientDetails], seed: int) -> Pairs:
    luck = random.Random(seed)
    some = luck.sample(everybody, min(MOST, len(everybody)))
    return Pairs(title, some, [(mistyped(one, everybody, luck), place) for place, one in enumerate(some)])


def lists() -> Iterator[Pairs]:
    invented = make_people(random.Random(1), 2_000, NOW.date())
    yield made("names of the demo", [one for one in invented if f"{one.given}{one.family}".isascii()], 1)
    if "FRONTDESK_CORPUS" not in os.environ:
        return
    corpus = Path(os.environ["FRONTDESK_CORPUS"])
    with (corpus / "names/moma-artists.csv").open(encoding="utf-8-sig") as file:
        artists = [row["DisplayName"].split() for row in csv.DictReader(file)]
    two = [one for one in artists if len(one) == 2 and all(map(str.isalpha, one))]
    yield made("artists", [PatientDetails(given, family) for given, family in two], 2)
    with (corpus / "patients/csv/legislators-historical.csv").open(encoding="utf-8") as file:
        members = [PatientDetails(row["first_name"], row["last_name"]) for row in csv.DictReader(file)]
    yield made("members of parliament", [one for one in members if one.given and one.family], 3)
    for path in sorted((corpus / "names").glob("lookup-pairs-*.json")):
        pairs = json.loads(path.read_text())["pairs"]
        names = {pair["must_find"]["rec_id"]: pair["must_find"]["name"].split() for pair in pairs}
        places = {key: place for place, key in enumerate(names)}
        some = [PatientDetails(given=" ".join(name[:-1]), family=name[-1]) for name in names.values()]
        yield Pairs(path.name, some, [(pair["typed"], places[pair["must_find"]["rec_id"]]) for pair in pairs])


def expected(pairs: Pairs, everybody: Sequence[PatientDetails]) -> float:
    """How many of those meant are in the first few by the plain order, on the average."""
    names = Counter(tuple(f"{one.given} {one.family}".lower().split()) for one in everybody)
    known = frozenset(word for name in names for word in name)
    total = 0.0
    for typed, place in pairs.typed:
        words = typed.split()
        near = [{word: how.edits for word, how in near_of(one, known).items()} | {one: 0} for one in words]
        meant = tuple(f"{pairs.people[place].given} {pairs.people[place].family}".lower().split())
        mine = distance(near, meant)
        if mine[0] == len(words):
            continue
        words_near = frozenset().union(*near)
        some = [(distance(near, name), count) for name, count in names.items() if not words_near.isdisjoint(name)]
        before = sum(count for how, count in some if how < mine)
        same = sum(count for how, count in some if how == mine)
        total += max(0.0, min(1.0, (FIRST - before) / same))
    return total


def distance(near: Sequence[dict[str, int]], name: Sequence[str]) -> tuple[int, int, int]:
    fits = [min((edits[word] for word in name if word in edits), default=None) for edits in near]
    return fits.count(None), sum(one or 0 for one in fits), max(0, len(name) - len(near))


def found(pairs: Pairs, others: Sequence[PatientDetails], folder: Path) -> int:
    store = Store.open(str(folder / "clinic.db"), now=NOW)
    with store.write(who="bench", at=NOW) as writing:
        writing.log("bench", "bench")
        ids = patient_writes.insert_many(writing.connection, [*pairs.people, *others], NOW)
    with store.read() as conn:
        hits = [{hit.patient_id for hit in search.candidates(conn, typed, limit=FIRST)} for typed, _ in pairs.typed]
    store.close()
    return sum(ids[place] in some for some, (_, place) in zip(hits, pairs.typed, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--crowd", type=int, default=0, help="patients of other names besides")
    options = parser.parse_args()
    crowd = list(people(options.crowd, random.Random(options.crowd)))
    for pairs in lists():
        own = [PatientDetails(given=" ".join(typed.split()[:-1]), family=typed.split()[-1]) for typed, _ in pairs.typed]
        for where, others in (("alone", []), ("what was typed on file too", own), (f"among {options.crowd:,}", crowd)):
            if others or where == "alone":
                with tempfile.TemporaryDirectory() as folder:
                    right = found(pairs, others, Path(folder))
                plain = expected(pairs, [*pairs.people, *others])
                print(f"{pairs.title}, {where}: {right} of {len(pairs.typed)}; the plain order {plain:.0f}", flush=True)


if __name__ == "__main__":
    main()
