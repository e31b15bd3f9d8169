"""A real database file for each test, and a small clinic in it."""

from __future__ import annotations

from collections.abc import Iterator

import pendulum
import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from frontdesk.store import patient_writes, schema, search
from frontdesk.store.engine import Store
from tests.foreign import Foreign
from tests.store.bare import appointment
from tests.store.people import PEOPLE, Find, Guess

NOW = pendulum.datetime(2026, 11, 23, 10, 42, tz="UTC")


@pytest.fixture
def store(where: str) -> Iterator[Store]:
    """An empty database as the program makes it, guards and all."""
    store = Store.open(where, now=NOW)
    yield store
    store.close()


@pytest.fixture
def conn(store: Store) -> Iterator[Connection]:
    """One unit of work on it, saved at the end."""
    with store.write(who="Ana", at=NOW) as writing:
        writing.log("test", "test")
        yield writing.connection


@pytest.fixture
def clinic(conn: Connection) -> Connection:
    """The same with a small clinic in it."""
    small_clinic(conn)
    return conn


@pytest.fixture
def raw(where: str) -> Iterator[Foreign]:
    """The bare driver at a database in which two patients are with their practitioners, and a third is on file."""
    Store.open(where, now=NOW).close()
    connection = Foreign(where)
    connection.script(
        """
        INSERT INTO patient (id, given, created_at) VALUES (1, 'Maria', 0), (2, 'Jun', 0), (3, 'Eva', 0);
        INSERT INTO practitioner (id, name, position) VALUES (1, 'Dr Lin', 1), (2, 'Dr Okafor', 2);
        INSERT INTO room (id, name, position) VALUES (1, 'Room 1', 1), (2, 'Room 2', 2);
        INSERT INTO service (id, name, consultation, insertion, retention_earliest, retention_latest,
            planned_retention, removal, turnover, position) VALUES (1, 'Follow-up', 5, 5, 20, 30, 25, 5, 5, 1);
        """
    )
    appointment(connection, 1, patient=1)
    appointment(connection, 2, patient=2)
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Connection, dict[int, str]]]:
    """One database for all who only look, and whose number is whose."""
    store = Store.open(str(tmp_path_factory.mktemp("people") / "clinic.db"), now=NOW)
    with store.write(who="Ana", at=NOW) as writing:
        writing.log("test", "test")
        ids = dict(zip(patient_writes.insert_many(writing.connection, list(PEOPLE.values()), NOW), PEOPLE, strict=True))
    with store.read() as conn:
        yield conn, ids
    store.close()


@pytest.fixture(scope="module")
def find(people: tuple[Connection, dict[int, str]]) -> Find:
    """The keys of PEOPLE that a text finds for sure."""
    conn, ids = people
    return lambda text: {ids[one.patient_id] for one in search.candidates(conn, text) if one.is_sure}


@pytest.fixture(scope="module")
def guess(people: tuple[Connection, dict[int, str]]) -> Guess:
    """The keys of PEOPLE that a text finds or may mean, in their order."""
    conn, ids = people
    return lambda text: [ids[one.patient_id] for one in search.candidates(conn, text)]


def small_clinic(conn: Connection) -> None:
    """Two practitioners (1 Dr Lin, 2 Dr Okafor), two rooms and one service of 60 minutes."""
    conn.execute(
        sa.insert(schema.practitioner),
        [
            {"id": 1, "name": "Dr Lin", "position": 2, "hours": {"mon": ["09:00-13:00"]}},
            {"id": 2, "name": "Dr Okafor", "position": 1, "hours": None},
        ],
    )
    conn.execute(sa.insert(schema.room), [{"id": n, "name": f"Room {n}", "position": n} for n in (1, 2)])
    minutes = {"consultation": 5, "insertion": 10, "removal": 5, "turnover": 15}
    window = {"retention_earliest": 20, "retention_latest": 30, "planned_retention": 25}
    conn.execute(sa.insert(schema.service), [{"id": 1, "name": "Follow-up", "position": 1, **minutes, **window}])
