"""The lookup on lists of real names: mistyped records, romanised names, accents left out, nicknames."""

from __future__ import annotations

import csv
import json
import os
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pendulum
import pytest
from sqlalchemy import Connection

from frontdesk.domain.patient import PatientDetails
from frontdesk.store import patient_writes, search
from frontdesk.store.engine import Store

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not os.environ.get("FRONTDESK_CORPUS"), reason="FRONTDESK_CORPUS names no folder"),
]
NAMES = Path(os.environ.get("FRONTDESK_CORPUS", "")) / "names"
NOW = pendulum.datetime(2026, 11, 23, 10, 42, tz="UTC")


@contextmanager
def clinic(folder: Path, people: Sequence[PatientDetails]) -> Iterator[tuple[Connection, list[int]]]:
    """A clinic with these patients, and their numbers."""
    store = Store.open(str(folder / "clinic.db"), now=NOW)
    with store.write(who="Ana", at=NOW) as writing:
        writing.log("test", "test")
        ids = patient_writes.insert_many(writing.connection, people, NOW)
    with store.read() as conn:
        yield conn, ids
    store.close()


def is_among_the_first(conn: Connection, typed: str, wanted: set[int], count: int = 5) -> bool:
    """Whether one of those wanted is among the first, not counting namesakes that are no nearer than they are."""
    hits = search.candidates(conn, typed, limit=200)
    place = next((place for place, hit in enumerate(hits) if hit.patient_id in wanted), None)
    return place is not None and sum(hit.closeness < hits[place].closeness for hit in hits[:place]) < count


def share(what: str, found: Sequence[bool], missed: Sequence[object]) -> float:
    """Says how many were found and who was not."""
    sys.stdout.write(
        f"\n{what}: {sum(found)} of {len(found)} ({sum(found) / len(found):.1%}); missed {[*missed][:40]}\n"
    )
    return sum(found) / len(found)


def test_mistyped_records_come_up_among_the_first_five(tmp_path: Path) -> None:
    for path in sorted(NAMES.glob("lookup-pairs-*.json")):
        pairs = json.loads(path.read_text())["pairs"]
        records = {pair["must_find"]["rec_id"]: pair["must_find"]["name"].split() for pair in pairs}
        people = [PatientDetails(given=" ".join(name[:-1]), family=name[-1]) for name in records.values()]
        with clinic(tmp_path, people) as (conn, ids):
            whose = dict(zip(records, ids, strict=True))
            found = []
            for pair in pairs:
                hits = [hit.patient_id for hit in search.candidates(conn, pair["typed"], limit=5)]
                found.append(whose[pair["must_find"]["rec_id"]] in hits)
        missed = [
            (pair["typed"], pair["must_find"]["name"]) for pair, good in zip(pairs, found, strict=True) if not good
        ]
        assert share(path.name, found, missed) >= 0.975


def romanised() -> Iterator[tuple[str, str]]:
    for name in ("common-forenames-by-country.csv", "common-surnames-by-country.csv"):
        with (NAMES / name).open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row["Localized Name"].strip() and row["Romanized Name"].strip():
                    yield row["Localized Name"].strip(), row["Romanized Name"].strip()


def test_names_of_other_scripts_are_found_as_they_are_romanised(tmp_path: Path) -> None:
    pairs = [(written, typed) for written, typed in romanised() if written != typed]
    names = list(dict.fromkeys(written for written, _ in pairs))
    with clinic(tmp_path, [PatientDetails(family=name) for name in names]) as (conn, ids):
        whose = dict(zip(names, ids, strict=True))
        found = [is_among_the_first(conn, typed, {whose[written]}) for written, typed in pairs]
    missed = [pair for pair, good in zip(pairs, found, strict=True) if not good]
    assert share("romanised", found, missed) >= 0.99


def test_accents_may_be_left_out_or_typed(tmp_path: Path) -> None:
    names = list(dict.fromkeys(name for name, _ in romanised() if not name.isascii() and _is_latin(name)))
    with clinic(tmp_path, [PatientDetails(given="Jo", family=name) for name in names]) as (conn, ids):
        plain = [unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() for name in names]
        pairs = [(typed, key) for name, short, key in zip(names, plain, ids, strict=True) for typed in (name, short)]
        pairs = [(typed, key) for typed, key in pairs if len(typed) > 1]
        found = [is_among_the_first(conn, typed, {key}) for typed, key in pairs]
    assert share("accents", found, [typed for (typed, _), good in zip(pairs, found, strict=True) if not good]) == 1


def _is_latin(name: str) -> bool:
    return all("LATIN" in unicodedata.name(one, "") for one in name if one.isalpha())


def test_nicknames_find_each_other(tmp_path: Path) -> None:
    with (NAMES / "nicknames.csv").open(encoding="utf-8") as file:
        pairs = [(row["name1"], row["name2"]) for row in csv.DictReader(file)]
    full = list(dict.fromkeys(one for one, _ in pairs))
    people = [PatientDetails(given=name, family=f"Ng{place}") for place, name in enumerate(full)]
    with clinic(tmp_path, people) as (conn, ids):
        whose = dict(zip(full, ids, strict=True))
        found = [is_among_the_first(conn, short, {whose[name]}) for name, short in pairs]
    assert share("nicknames", found, [pair for pair, good in zip(pairs, found, strict=True) if not good]) >= 0.95
