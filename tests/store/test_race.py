"""Several processes on one real file, and processes that die in the middle of it."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import combinations
from pathlib import Path
from time import perf_counter
from typing import Any

import pendulum
import pytest

from frontdesk.store.backup import check
from frontdesk.store.engine import Store

NOW = pendulum.datetime(2026, 11, 23, 10, 42, tz="UTC")
WORKER = Path(__file__).with_name("race_worker.py")


class Crew:
    """Worker processes, ready and waiting for a line."""

    def __init__(self, size: int, stack: ExitStack) -> None:
        self.members = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, str(WORKER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
                )
            )
            for _ in range(size)
        ]
        for member in self.members:
            stack.callback(member.kill)
            assert self.hear(member) == "ready"

    def tell(self, **request: Any) -> None:
        """Sends the request to all, each with a seed of its own where one is asked for."""
        for number, member in enumerate(self.members):
            assert member.stdin is not None
            mine = request | {"seed": number} if "seed" in request else request
            member.stdin.write(json.dumps(mine) + "\n")
            member.stdin.flush()

    def hear(self, member: subprocess.Popen[str]) -> Any:
        assert member.stdout is not None
        line = member.stdout.readline()
        assert line, "the worker died"
        return json.loads(line)

    def hear_all(self) -> list[Any]:
        return [self.hear(member) for member in self.members]


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def test_eight_processes_start_at_once_on_nothing(tmp_path: Path, stack: ExitStack) -> None:
    crew = Crew(8, stack)
    for number in range(6):
        path = tmp_path / f"{number}" / "clinic.db"
        if number % 2:
            path.parent.mkdir()
            path.touch(mode=0o600)
        crew.tell(do="start", path=str(path))
        answers = crew.hear_all()
        assert sum(answer["created"] for answer in answers) == 1
        assert len({answer["id"] for answer in answers}) == 1
        store = Store.open(str(path), now=NOW)
        assert check(store) == ()
        store.close()


def test_four_writers_lose_no_update(tmp_path: Path, stack: ExitStack) -> None:
    path = tmp_path / "clinic.db"
    Store.open(str(path), now=NOW).close()
    query(path, "INSERT INTO meta VALUES ('count', '0')")
    crew = Crew(4, stack)
    crew.tell(do="count", path=str(path), times=30)
    assert crew.hear_all() == [30] * 4
    assert query(path, "SELECT value FROM meta WHERE key = 'count'") == [("120",)]
    assert query(path, "SELECT count(*), max(seq) FROM audit") == [(120, 120)]


def test_four_bookers_never_double_book(tmp_path: Path, stack: ExitStack) -> None:
    path = tmp_path / "clinic.db"
    Store.open(str(path), now=NOW).close()
    query(
        path,
        *(f"INSERT INTO patient (id, given, created_at) VALUES ({n}, 'Maria', 0)" for n in range(1, 9)),
        "INSERT INTO practitioner (id, name, position) VALUES (1, 'Dr Lin', 1), (2, 'Dr Okafor', 2)",
        "INSERT INTO room (id, name, position) VALUES (1, 'Room 1', 1), (2, 'Room 2', 2)",
        "INSERT INTO service (id, name, consultation, insertion, retention_earliest, retention_latest,"
        " planned_retention, removal, turnover, position) VALUES (1, 'Follow-up', 5, 5, 20, 30, 25, 5, 5, 1)",
    )
    crew = Crew(4, stack)
    crew.tell(do="book", path=str(path), times=60, seed=0)
    answers = crew.hear_all()
    taken = sum(answer["taken"] for answer in answers)
    assert taken >= 10
    assert sum(answer["refused"] for answer in answers) >= 10
    booked = query(path, "SELECT room_id, practitioner_id, patient_id, starts / 60000 FROM appointment")
    assert len(booked) == taken
    for (room, who, patient, starts), (room_2, who_2, patient_2, starts_2) in combinations(booked, 2):
        apart = abs(starts - starts_2)
        assert room != room_2 or apart >= 45
        assert patient != patient_2 or apart >= 40
        assert who != who_2 or (apart >= 10 and not 25 < apart < 40)


def test_a_writer_that_is_killed_loses_nothing_that_it_called_saved(tmp_path: Path, stack: ExitStack) -> None:
    path = tmp_path / "clinic.db"
    store = Store.open(str(path), now=NOW)
    (worker,) = (crew := Crew(1, stack)).members
    rng = random.Random(7)
    saved: set[int] = set()
    for number in range(30):
        crew.tell(do="mortal", path=str(path), first=number * 10_000)
        child = crew.hear(worker)["child"]
        for _ in range(rng.randrange(1, 6)):
            saved.add(crew.hear(worker)["saved"])
        until = perf_counter() + rng.random() * 0.004
        while perf_counter() < until:
            pass  # so that the kill falls into any part of a save
        os.kill(child, signal.SIGKILL)
        while (last := crew.hear(worker)) != "dead":
            saved.add(last["saved"])
        with store.write(who="Ana", at=NOW) as work:  # others go on at once
            work.log("went on", "")
    rooms = {position for (position,) in query(path, "SELECT position FROM room")}
    logged = query(path, "SELECT subject FROM audit WHERE what = 'room made'")
    assert saved <= rooms
    assert {f"room:{position}" for position in rooms} == {subject for (subject,) in logged}
    assert len(rooms - saved) <= 30  # at most the one in each round that was saved but not yet said
    assert check(store) == ()
    store.close()


def query(path: Path, *statements: str) -> list[tuple[Any, ...]]:
    raw = sqlite3.connect(path, isolation_level=None)
    try:
        for statement in statements:
            rows = raw.execute(statement).fetchall()
        return rows
    finally:
        raw.close()
