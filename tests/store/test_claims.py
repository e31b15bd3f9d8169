"""What appointments take, as the database derives it: the planner's rule, for every writer."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pendulum
import pytest

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.packing import claims_held
from frontdesk.domain.visit import ENDED, Status
from frontdesk.store import appointments
from frontdesk.store.engine import Store
from tests.foreign import FORBIDDEN, Foreign

NOW = pendulum.datetime(2026, 11, 23, 10, 42, tz="UTC")
PEOPLE = """
    INSERT INTO patient (id, given, created_at) VALUES (1, 'Maria', 0), (2, 'Jun', 0), (3, 'Petra', 0);
    INSERT INTO practitioner (id, name, position) VALUES (1, 'Dr Lin', 1), (2, 'Dr Okafor', 2);
    INSERT INTO room (id, name, position) VALUES (1, 'Room 1', 1), (2, 'Room 2', 2);
    INSERT INTO equipment (id, name, count, position) VALUES (1, 'E-stim', 2, 1), (2, 'Lamp', 1, 2);
"""
SERVICE = (
    "INSERT INTO service (id, name, consultation, insertion, retention_earliest, retention_latest, planned_retention,"
    " removal, turnover, equipment, position) VALUES (?, ?, ?, ?, 0, 60, 25, ?, ?, ?, ?)"
)
SERVICES = (
    (10, 5, 5, 5, "[1]"),
    (20, 5, 5, 0, "[]"),
    (0, 0, 5, 5, "[1, 2]"),
    (5, 5, 0, 5, "[]"),
    (0, 0, 0, 0, "[2]"),
)
THERE_ARE = {"equipment:1": 2, "equipment:2": 1}
BOOK = (
    "INSERT INTO appointment (patient_id, practitioner_id, service_id, room_id, status, starts, retention_minutes,"
    " squeezed, created_at) VALUES (:patient_id, :practitioner_id, :service_id, :room_id, :status, :starts,"
    " :retention_minutes, :squeezed, 0)"
)
STATUSES = sorted(set(Status) - {Status.NEEDLES_IN})


@pytest.fixture
def raw(where: str) -> Iterator[Foreign]:
    """Another program at a clinic of two practitioners, two rooms, and services with and without each phase."""
    Store.open(where, now=NOW).close()
    session = Foreign(where)
    session.script(PEOPLE)
    session.many(SERVICE, [(n, f"Service {n}", *minutes, n) for n, minutes in enumerate(SERVICES, 1)])
    yield session
    session.close()


def row(draw: random.Random, **other: Any) -> dict[str, Any]:
    return {
        "patient_id": draw.randint(1, 3),
        "practitioner_id": draw.randint(1, 2),
        "service_id": draw.randint(1, len(SERVICES)),
        "room_id": draw.choice((1, 2, None)),
        "status": draw.choice(STATUSES).value,
        "starts": draw.randrange(0, 600, 5) * 60_000,
        "retention_minutes": draw.choice((0, 20, 25, 30)),
        "squeezed": draw.random() < 0.2,
        **other,
    }


def stored(where: str) -> dict[Appointment, list[tuple[str, int, int]]]:
    """Every appointment with what the database has it take, in minutes."""
    store = Store.open(where, now=NOW)
    with store.read() as connection:
        ids = connection.exec_driver_sql("SELECT id FROM appointment ORDER BY id").scalars().all()
        visits = [appointments.get(connection, one) for one in ids]
        rows = connection.exec_driver_sql("SELECT appointment_id, resource, starts, ends FROM claim ORDER BY 2, 3")
        taken: dict[int, list[tuple[str, int, int]]] = {one: [] for one in ids}
        for whose, resource, starts, ends in rows:
            taken[whose].append((resource, starts // 60_000, ends // 60_000))
    store.close()
    return {one: taken[one.id] for one in visits}


def _minutes(resource: str, span: Any) -> tuple[str, int, int]:
    return resource, int(span.starts.timestamp() // 60), int(span.ends.timestamp() // 60)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_written_claims_are_what_the_planner_says_and_never_overlap(
    where: str, raw: Foreign, seed: int
) -> None:
    draw = random.Random(seed)
    over = ("",) if raw.is_server else ("", "OR REPLACE", "OR IGNORE")
    accepted = 0
    refusals: list[str] = []
    for _ in range(400):
        ids = [one for (one,) in raw.execute("SELECT id FROM appointment")]
        try:
            match draw.choice(("book", "book", "book", "change", "change", "delete", "lengthen")):
                case "change" if ids:
                    name, value = draw.choice(list(row(draw, ready_at=draw.choice((None, 1))).items()))
                    how = draw.choice(over)
                    raw.execute(f"UPDATE {how} appointment SET {name} = ? WHERE id = ?", (value, draw.choice(ids)))
                case "delete" if ids:
                    raw.execute("DELETE FROM appointment WHERE id = ?", (draw.choice(ids),))
                case "lengthen":
                    phase = draw.choice(("consultation", "insertion", "removal", "turnover"))
                    raw.execute(f"UPDATE service SET {phase} = ? WHERE id = ?", (draw.choice((0, 5, 10)), 1))
                case _:
                    raw.execute(BOOK.replace("INSERT", f"INSERT {draw.choice(over[:2])}"), row(draw))
            accepted += 1
        except FORBIDDEN as error:
            refusals.append(str(error))

    assert accepted > 100
    assert len(refusals) > 50
    assert all(words.startswith("frontdesk: ") for words in refusals)
    found = stored(where)
    for visit, taken in found.items():
        assert taken == sorted(_minutes(one.resource, one.span) for one in claims_held(visit)), visit
        assert not (taken and visit.status in ENDED)
    taken = [claim for claims in found.values() for claim in claims]
    for resource, moment, _ in taken:
        at_once = [1 for other, begins, ends in taken if other == resource and begins <= moment < ends]
        assert len(at_once) <= THERE_ARE.get(resource, 1)
    assert len({resource for resource, _, _ in taken} & set(THERE_ARE)) == 2


def test_one_may_begin_when_another_ends(raw: Foreign) -> None:
    draw = random.Random(0)
    first = {"patient_id": 1, "room_id": 1, "service_id": 1, "squeezed": False, "status": "booked"}
    raw.execute(BOOK, row(draw, **first, practitioner_id=1, starts=0, retention_minutes=25))
    second = {**first, "patient_id": 2, "practitioner_id": 2, "retention_minutes": 25}
    with pytest.raises(FORBIDDEN, match="that room is taken at that time"):
        raw.execute(BOOK, row(draw, **second, starts=49 * 60_000))
    raw.execute(BOOK, row(draw, **second, starts=50 * 60_000))


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("DELETE FROM claim", "change the appointment"),
        ("UPDATE claim SET ends = ends - 1", "change the appointment"),
        (
            "INSERT INTO claim (appointment_id, resource, starts, ends) VALUES (1, 'room:2', 5, 6)",
            "only an appointment",
        ),
        ("INSERT OR REPLACE INTO claim SELECT * FROM claim WHERE id = 1", "only an appointment"),
        ("INSERT OR REPLACE INTO appointment SELECT * FROM appointment", "already: change it instead"),
        ("UPDATE service SET removal = 60 WHERE id = 1", "the practitioner is taken at that time"),
        ("UPDATE appointment SET retention_minutes = -20 WHERE id = 1", "a retention of 0 to 1440 minutes"),
        ("UPDATE appointment SET starts = 'noon' WHERE id = 1", "an appointment has a beginning"),
    ],
)
def test_nobody_books_past_the_claims(raw: Foreign, sql: str, words: str) -> None:
    if raw.is_server and ("OR REPLACE" in sql or "noon" in sql):
        pytest.skip("SQLite's own way to write over a row, and to keep words where numbers belong")
    draw = random.Random(0)
    same = {"practitioner_id": 1, "service_id": 1, "status": "booked", "squeezed": False, "retention_minutes": 25}
    raw.execute(BOOK, row(draw, **same, patient_id=1, room_id=1, starts=0))
    raw.execute(BOOK, row(draw, **same, patient_id=2, room_id=2, starts=60 * 60_000))
    before = raw.dump()

    with pytest.raises(FORBIDDEN, match=words):
        raw.execute(sql)

    assert raw.dump() == before


def test_as_much_equipment_is_taken_as_there_is(raw: Foreign) -> None:
    draw = random.Random(0)
    same = {"room_id": None, "service_id": 1, "status": "booked", "squeezed": True, "retention_minutes": 25}
    raw.execute(BOOK, row(draw, **same, patient_id=1, practitioner_id=1, starts=0))  # 10 to 45
    raw.execute(BOOK, row(draw, **same, patient_id=2, practitioner_id=1, starts=35 * 60_000))  # 45 to 80
    raw.execute(BOOK, row(draw, **same, patient_id=3, practitioner_id=1, starts=15 * 60_000))  # 25 to 60
    raw.execute("INSERT INTO patient (id, given, created_at) VALUES (4, 'Olu', 0)")
    for starts in (10, 20, 49):  # the two are out from 25 to 45, others from 45 to 60
        with pytest.raises(FORBIDDEN, match="all of that equipment is in use at that time"):
            raw.execute(BOOK, row(draw, **same, patient_id=4, practitioner_id=1, starts=starts * 60_000))
    raw.execute(BOOK, row(draw, **same, patient_id=4, practitioner_id=1, starts=50 * 60_000))


def test_a_changed_service_moves_what_its_visits_take(raw: Foreign) -> None:
    draw = random.Random(0)
    same = {"practitioner_id": 1, "service_id": 1, "status": "booked", "squeezed": False, "retention_minutes": 25}
    for patient, starts in ((1, 0), (2, 25)):
        raw.execute(BOOK, row(draw, **same, patient_id=patient, room_id=None, starts=starts * 60_000))

    # The first removal comes into the second visit's old consultation: what counts is how all of it ends.
    raw.execute("UPDATE service SET consultation = 5 WHERE id = 1")

    spans = raw.execute("SELECT starts / 60000, ends / 60000 FROM claim WHERE resource = 'practitioner:1' ORDER BY 1")
    assert spans == [(0, 10), (25, 35), (35, 40), (60, 65)]
