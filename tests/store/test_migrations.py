"""Making the tables, and bringing older files up to them."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pendulum
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

import frontdesk.store.migrations
from frontdesk.domain.clinic import Room
from frontdesk.domain.errors import Unavailable
from frontdesk.domain.hours import Span
from frontdesk.store import appointments, blocks, guards, held, migrate, schema
from frontdesk.store.backup import check, restore
from frontdesk.store.engine import Store

NOW = pendulum.datetime(2026, 11, 23, 10, 42, tz="UTC")
MIGRATIONS = Path(frontdesk.store.migrations.__file__).parent

SECOND = """
from alembic import op
import sqlalchemy as sa
revision = "9002"
down_revision = {head!r}
def upgrade():
    with op.batch_alter_table("room", recreate="always") as batch:
        batch.add_column(sa.Column("colour", sa.Text(), nullable=False, server_default="white"))
"""
BROKEN = """
from alembic import op
revision = "9003"
down_revision = "9002"
def upgrade():
    op.add_column("room", __import__("sqlalchemy").Column("half", __import__("sqlalchemy").Text()))
    raise RuntimeError("interrupted")
"""


def schema_of(path: Path) -> dict[str, str]:
    with sqlite3.connect(path) as raw:
        rows = raw.execute("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'").fetchall()
    raw.close()
    return {name: re.sub(r"\s+", " ", sql) for name, sql in rows}


def rows_of(path: Path, sql: str) -> list[tuple[object, ...]]:
    raw = sqlite3.connect(path)
    found = raw.execute(sql).fetchall()
    raw.close()
    return found


@pytest.fixture
def newer_scripts(tmp_path: Path) -> Path:
    """A later release's migrations: what this release would call the future."""
    folder = tmp_path / "versions"
    folder.mkdir()
    (folder / "9002_room_colours.py").write_text(SECOND.format(head=migrate.HEAD))
    return folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "clinic.db"
    Store.open(str(path), now=NOW).close()
    with sqlite3.connect(path) as raw:
        raw.execute("INSERT INTO room (id, name, position) VALUES (1, 'Room 1', 1)")
        raw.execute("INSERT INTO practitioner (id, name, position) VALUES (1, 'Dr Lin', 1)")
        raw.execute("INSERT INTO block (title, starts, ends, room_id) VALUES ('Painting', 0, 1, 1)")
    raw.close()
    return path


def test_the_head_that_is_written_down_is_the_scripts_head() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [migrate.HEAD]


def test_the_migrations_make_the_tables_that_the_program_believes_in(path: Path, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/model.db")
    schema.metadata.create_all(engine)
    engine.dispose()
    made = schema_of(path)
    assert made.pop("alembic_version")
    assert {name: made.pop(name) for name in guards.GUARDS} == guards.GUARDS
    assert made.pop("guard_held") == held.VIEW
    believed = schema_of(tmp_path / "model.db")
    assert made.keys() == believed.keys()
    for name, sql in believed.items():
        assert _parts(made[name]) == _parts(sql)


def _parts(sql: str) -> list[str]:
    """A table's lines in any order: Alembic and SQLAlchemy write the constraints in different ones.

    A column that came later has its foreign key beside it and unnamed, or its check beside it, as SQLite can add it.
    """
    sql = re.sub(r"(?<!,) (CONSTRAINT ck_)", r", \1", sql)
    named = r", \1 \2, CONSTRAINT fk_appointment_\1_\3 FOREIGN KEY(\1) REFERENCES \3"
    sql = re.sub(r", (\w+_id) (\w+) REFERENCES (\w+)", named, sql)
    return sorted(
        part.strip(" ,()") for part in re.split(r", (?=[a-z\"]|CONSTRAINT)| \((?=[a-z\"]+ )|, (?=PRIMARY|FOREIGN)", sql)
    )


def test_a_start_on_a_current_database_does_not_import_alembic(path: Path) -> None:
    program = (
        "import sys, pendulum; from frontdesk.store.engine import Store;"
        f"Store.open({str(path)!r}, now=pendulum.datetime(2026, 1, 1)).close();"
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=60).returncode == 0


def test_an_older_database_is_kept_beside_and_upgraded(path: Path, newer_scripts: Path) -> None:
    was = schema_of(path)
    assert migrate.upgrade(path, now=NOW, head="9002", versions=[newer_scripts]) is False
    assert rows_of(path, "SELECT name, colour FROM room") == [("Room 1", "white")]
    assert rows_of(path, "SELECT title, room_id FROM block") == [("Painting", 1)]  # not deleted with the old table
    assert rows_of(path, "SELECT version_num FROM alembic_version") == [("9002",)]
    assert {name: sql for name, sql in schema_of(path).items() if name in guards.GUARDS} == guards.GUARDS
    kept = path.with_name("clinic.db.before-9002-20261123T104200Z.db")
    assert schema_of(kept) == was
    assert rows_of(kept, "SELECT title FROM block") == [("Painting",)]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


OLD_ROWS = """
INSERT INTO room (id, name, room_group, position) VALUES (1, 'Room 1', 'Ground floor', 1);
INSERT INTO practitioner (id, name, position) VALUES (1, 'Dr Lin', 1);
INSERT INTO service (id, name, consultation, insertion, retention_earliest, retention_latest, planned_retention,
  removal, turnover, position) VALUES (1, 'Follow-up', 10, 5, 20, 30, 25, 5, 5, 1);
INSERT INTO patient (id, given, family, created_at) VALUES (1, 'Maria', 'Garcia', 0);
INSERT INTO appointment (id, version, patient_id, practitioner_id, service_id, room_id, status, starts,
  retention_minutes, reason, created_at) VALUES (7, 3, 1, 1, 1, 1, 'cancelled', 1790000000000, 25, 'a cold', 0);
INSERT INTO appointment (id, patient_id, practitioner_id, service_id, room_id, status, starts, retention_minutes,
  created_at) VALUES (8, 1, 1, 1, 1, 'booked', 1790000000000, 25, 0);
INSERT INTO claim (appointment_id, resource, starts, ends) VALUES (8, 'room:1', 1790000000000, 1790000000001);
INSERT INTO block (id, title, starts, ends, room_id) VALUES (1, 'Painting', 0, 1, 1);
"""
OLD_CLINIC = (
    "INSERT INTO clinic (id, name, timezone, phone_region, slot_minutes, hours)"
    " VALUES (1, 'Clinic', 'America/Toronto', 'CA', 5, '{}')"
)
OLD_GUARD = "CREATE TRIGGER guard_claim_insert BEFORE INSERT ON claim BEGIN SELECT RAISE(ABORT, 'as it was then'); END"


@pytest.fixture
def first_release(tmp_path: Path) -> Path:
    """A database as the first release left it."""
    path = tmp_path / "first.db"
    path.touch()
    migrate.upgrade(path, now=NOW, head="0001")
    raw = sqlite3.connect(path)
    raw.executescript(OLD_ROWS)
    raw.executescript(OLD_CLINIC)
    raw.execute(OLD_GUARD)
    raw.close()
    return path


def test_a_database_of_the_first_release_keeps_its_rows_and_gains_what_a_visit_needs(first_release: Path) -> None:
    with closing(Store.open(str(first_release), now=NOW)) as store, store.read() as connection:
        visit = appointments.get(connection, 7)
        (painting,) = blocks.between(connection, Span(visit.starts.subtract(years=80), visit.starts))
        claims = connection.exec_driver_sql("SELECT resource FROM claim WHERE appointment_id = 8 ORDER BY resource")
        taken = list(claims.scalars())
    assert (visit.version, visit.patient.name, visit.facts.reason) == (3, "Garcia, Maria", "a cold")
    assert (visit.leave_by, visit.cancelled_by, visit.series_id) == (None, "", None)
    assert taken == ["patient:1", "practitioner:1", "practitioner:1", "room:1"]
    assert visit.room == Room(1, "Room 1", "Ground floor", kind="")
    assert (visit.practitioner.last_start, visit.service.last_start) == (None, None)
    assert (visit.service.room_kinds, visit.service.equipment) == ((), ())
    assert (visit.timers, visit.asked) == ((), frozenset())
    assert (painting.title, painting.version, painting.kind) == ("Painting", 1, "")
    assert rows_of(first_release, "SELECT east_least, east_most FROM clinic") == [(-300, -240)]
    kept = list(first_release.parent.glob(f"first.db.before-{migrate.HEAD}-*.db"))
    assert [rows_of(one, "SELECT version_num FROM alembic_version") for one in kept] == [[("0001",)]]


def test_an_upgrade_twice_is_an_upgrade_once(path: Path, newer_scripts: Path) -> None:
    migrate.upgrade(path, now=NOW, head="9002", versions=[newer_scripts])
    migrate.upgrade(path, now=NOW.add(seconds=1), head="9002", versions=[newer_scripts])
    assert len(list(path.parent.glob("clinic.db.before-*"))) == 1


def test_an_interrupted_upgrade_leaves_everything_as_it_was(path: Path, newer_scripts: Path) -> None:
    was, contents = schema_of(path), rows_of(path, "SELECT * FROM room")
    (newer_scripts / "9003_interrupted.py").write_text(BROKEN)
    with pytest.raises(RuntimeError, match="interrupted"):
        migrate.upgrade(path, now=NOW, head="9003", versions=[newer_scripts])
    assert (schema_of(path), rows_of(path, "SELECT * FROM room")) == (was, contents)
    Store.open(str(path), now=NOW).close()


def test_a_first_start_that_is_interrupted_can_be_tried_again(tmp_path: Path, newer_scripts: Path) -> None:
    path = tmp_path / "new.db"
    path.touch()
    (newer_scripts / "9003_interrupted.py").write_text(BROKEN)
    with pytest.raises(RuntimeError, match="interrupted"):
        migrate.upgrade(path, now=NOW, head="9003", versions=[newer_scripts])
    assert schema_of(path) == {}
    assert Store.open(str(path), now=NOW).created


def test_a_newer_database_is_refused_and_not_a_byte_of_it_changes(path: Path, newer_scripts: Path) -> None:
    migrate.upgrade(path, now=NOW, head="9002", versions=[newer_scripts])
    was = path.read_bytes()
    with pytest.raises(Unavailable, match=r"newer frontdesk.*9002"):
        Store.open(str(path), now=NOW)
    assert path.read_bytes() == was


def test_a_session_notices_that_its_database_was_upgraded(path: Path, newer_scripts: Path) -> None:
    store = Store.open(str(path), now=NOW)
    migrate.upgrade(path, now=NOW, head="9002", versions=[newer_scripts])
    with pytest.raises(Unavailable, match="upgraded by a newer"), store.write(who="Ana", at=NOW) as work:
        work.log("booked", "")
    assert rows_of(path, "SELECT count(*) FROM audit") == [(0,)]


def garbage(path: Path) -> None:
    path.write_bytes(os.urandom(5000))


def words(path: Path) -> None:
    path.write_text("given,family\nMaria,Garcia\n")


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE moz_places (id INTEGER PRIMARY KEY)")
    raw.close()


def alembic_of_another(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE alembic_version (version_num TEXT)")
        raw.execute("INSERT INTO alembic_version VALUES (?)", (migrate.HEAD,))
    raw.close()


def marked_by_another(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA application_id = 252006675")
        raw.execute("PRAGMA user_version = 1")
    raw.close()


def cut(path: Path) -> None:
    Store.open(str(path), now=NOW).close()
    os.truncate(path, path.stat().st_size // 2)


def beheaded(path: Path) -> None:
    Store.open(str(path), now=NOW).close()
    path.write_bytes(bytes(100) + path.read_bytes()[100:])


@pytest.mark.parametrize("make", [garbage, words, foreign, alembic_of_another, marked_by_another, cut, beheaded])
def test_what_is_not_a_whole_database_of_ours_is_refused_and_left_alone(tmp_path: Path, make: object) -> None:
    path = tmp_path / "clinic.db"
    assert callable(make)
    make(path)
    was = path.read_bytes()
    with pytest.raises(Unavailable) as refused:
        Store.open(str(path), now=NOW)
    assert refused.value.reason.isprintable()
    assert path.read_bytes() == was
    assert [child.name for child in tmp_path.iterdir()] == ["clinic.db"]


def test_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    path = tmp_path / "clinic.db"
    path.touch()
    assert Store.open(str(path), now=NOW).created


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="not a file"):
        Store.open(str(tmp_path), now=NOW)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="another place"):
        Store.open(str(tmp_path / "file" / "clinic.db"), now=NOW)


def test_a_backup_of_the_first_release_is_restored(first_release: Path, tmp_path: Path) -> None:
    target = tmp_path / "restored.db"
    restore(first_release, target, now=NOW)
    with closing(Store.open(str(target), now=NOW)) as store:
        assert check(store) == ()


def test_a_backup_of_the_first_release_with_a_stranger_in_it_is_refused(first_release: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(first_release)) as raw:
        raw.execute("CREATE TRIGGER lies AFTER INSERT ON audit BEGIN SELECT 1; END")
    with pytest.raises(Unavailable, match="lies"):
        restore(first_release, tmp_path / "restored.db", now=NOW)
