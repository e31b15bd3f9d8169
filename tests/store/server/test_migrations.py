"""Making the tables on a PostgreSQL server, and bringing older ones up to them, by the scripts that SQLite takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from frontdesk.domain.errors import Unavailable
from frontdesk.store import schema
from frontdesk.store.check import check
from frontdesk.store.engine import Store
from frontdesk.store.migrate import HEAD
from frontdesk.store.postgres import migrate
from frontdesk.store.postgres.backend import ServerBackend
from frontdesk.store.postgres.place import place_of
from tests.foreign import Foreign
from tests.store.conftest import NOW
from tests.store.test_migrations import BROKEN, SECOND

IN_PLACE = SECOND.replace(', recreate="always"', "")
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1"


@pytest.fixture
def newer_scripts(tmp_path: Path) -> Path:
    """A later release's migrations: what this release would call the future."""
    folder = tmp_path / "versions"
    folder.mkdir()
    (folder / "9002_room_colours.py").write_text(IN_PLACE.format(head=HEAD))
    return folder


def test_the_migrations_make_the_tables_that_the_program_believes_in(fresh_url: str) -> None:
    store = Store.open(fresh_url, now=NOW)
    assert isinstance(store.backend, ServerBackend)
    with store.backend._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": False})
        assert compare_metadata(context, schema.metadata) == []
    store.close()


def test_what_an_early_release_left_is_brought_up_to_date(empty_url: str) -> None:
    assert migrate.upgrade(place_of(empty_url), now=NOW, head="0001")
    with Foreign(empty_url) as other:
        other.script(
            "INSERT INTO patient (given, created_at) VALUES ('Maria', 0);"
            "INSERT INTO practitioner (name, position) VALUES ('Dr Lin', 1);"
            "INSERT INTO room (name, position) VALUES ('Room 1', 1);"
            "INSERT INTO service (name, consultation, insertion, retention_earliest, retention_latest,"
            " planned_retention, removal, turnover, position) VALUES ('Follow-up', 10, 5, 20, 30, 25, 5, 5, 1);"
            "INSERT INTO appointment (patient_id, practitioner_id, service_id, room_id, status, starts,"
            " retention_minutes, created_at) VALUES (1, 1, 1, 1, 'booked', 0, 25, 0)"
        )
        store = Store.open(empty_url, now=NOW)
        assert not store.created
        assert check(store) == ()
        store.close()
        claims = other.execute("SELECT resource, starts / 60000, ends / 60000 FROM claim ORDER BY 1, 2")
    assert claims == [
        ("patient:1", 0, 45),
        ("practitioner:1", 0, 15),
        ("practitioner:1", 40, 45),
        ("room:1", 0, 50),
    ]


def test_an_upgrade_keeps_what_is_there_and_its_guards(clinic_url: str, newer_scripts: Path) -> None:
    place = place_of(clinic_url)
    assert migrate.upgrade(place, now=NOW, head="9002", versions=[newer_scripts]) is False
    assert migrate.upgrade(place, now=NOW, head="9002", versions=[newer_scripts]) is False
    with Foreign(clinic_url) as other:
        assert other.execute("SELECT name, colour FROM room") == [("Room 1", "white")]
        assert other.execute("SELECT title, room_id FROM block") == [("Painting", 1)]
    with pytest.raises(Unavailable, match=r"newer frontdesk.*9002"):
        Store.open(clinic_url, now=NOW)


def test_a_session_notices_that_its_database_was_upgraded(clinic_url: str, newer_scripts: Path) -> None:
    store = Store.open(clinic_url, now=NOW)
    migrate.upgrade(place_of(clinic_url), now=NOW, head="9002", versions=[newer_scripts])
    with pytest.raises(Unavailable, match="upgraded by a newer"), store.write(who="Ana", at=NOW) as work:
        work.log("booked", "")
    store.close()


def test_an_interrupted_upgrade_leaves_everything_as_it_was(clinic_url: str, newer_scripts: Path) -> None:
    (newer_scripts / "9003_interrupted.py").write_text(BROKEN)
    with Foreign(clinic_url) as other:
        was = other.dump()
        with pytest.raises(RuntimeError, match="interrupted"):
            migrate.upgrade(place_of(clinic_url), now=NOW, head="9003", versions=[newer_scripts])
        assert other.dump() == was
    store = Store.open(clinic_url, now=NOW)
    assert check(store) == ()
    store.close()


def test_a_first_start_that_is_interrupted_can_be_tried_again(empty_url: str, newer_scripts: Path) -> None:
    (newer_scripts / "9003_interrupted.py").write_text(BROKEN)
    with pytest.raises(RuntimeError, match="interrupted"):
        migrate.upgrade(place_of(empty_url), now=NOW, head="9003", versions=[newer_scripts])
    with Foreign(empty_url) as other:
        assert other.execute(TABLES) == []
    store = Store.open(empty_url, now=NOW)
    assert store.created
    store.close()


@pytest.fixture
def clinic_url(empty_url: str) -> str:
    """A database of this release with a room and a block, which may be upgraded further."""
    Store.open(empty_url, now=NOW).close()
    with Foreign(empty_url) as other:
        other.execute("INSERT INTO room (id, name, position) VALUES (1, 'Room 1', 1)")
        other.execute("INSERT INTO block (title, starts, ends, room_id) VALUES ('Painting', 0, 1, 1)")
    return empty_url
