"""A database that contradicts itself, or lost its safeguards: it is told what, can be copied, and be put right."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from frontdesk.domain.errors import Refused, Unavailable, Unsound
from frontdesk.store import appointments, as_found, migrate
from frontdesk.store.backup import check, restore, restore_server
from frontdesk.store.copy import copy
from frontdesk.store.engine import Store
from frontdesk.store.place import is_server
from frontdesk.store.postgres.migrate import upgrade as upgrade_server
from frontdesk.store.postgres.place import place_of
from tests.foreign import Foreign
from tests.store.conftest import NOW, small_clinic
from tests.store.damage import damage
from tests.store.test_appointments import book
from tests.store.test_migrations import OLD_ROWS

INTO_ONE_ROOM = (
    "INSERT INTO patient (id, given, family, created_at) VALUES (2, 'Ana', 'Novak', 0)",
    "INSERT INTO practitioner (id, name, position) VALUES (2, 'Dr Okafor', 2)",
    "INSERT INTO appointment (id, patient_id, practitioner_id, service_id, room_id, status, starts, retention_minutes,"
    " created_at) VALUES (9, 2, 2, 1, 1, 'booked', 1790000600000, 25, 0)",
)
CLASH = "appointments 8 and 9 both have Room 1, 2026-09-21 14:23 to 15:03: cancel or move one of them"


def test_check_names_both_appointments_what_they_share_and_when(store: Store, where: str) -> None:
    with store.write(who="Ana", at=NOW) as work:
        small_clinic(work.connection)
        first = book(work.connection, NOW)
        second = book(work.connection, NOW.add(hours=3), practitioner_id=2)
        work.log("booked", "")
    damage(where, f"UPDATE appointment SET starts = starts - {2 * 3_600_000 + 40 * 60_000} WHERE id = {second}")

    words = f"appointments {first} and {second} both have Room 1, 2026-11-23 11:02 to 11:42: cancel or move one of them"
    assert words in check(store)


def test_a_file_of_an_older_release_that_contradicts_itself_opens_and_is_told_what(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    path.touch(0o600)
    migrate.upgrade(path, now=NOW, head="0001")
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.executescript(";".join((OLD_ROWS, *INTO_ONE_ROOM)))
        raw.execute("UPDATE appointment SET patient_id = 77 WHERE id = 7")
    with closing(Store.open(str(path), now=NOW)) as store:
        said = check(store)
        with store.read() as connection:
            visits = [appointments.get(connection, number) for number in (7, 8, 9)]
    assert [visit.patient.name for visit in visits] == ["patient 77 (missing)", "Garcia, Maria", "Novak, Ana"]
    assert CLASH in said
    assert "row 7 of appointment refers to a missing patient" in said


def test_a_server_that_contradicts_itself_says_which_and_what_to_do_and_can_be_copied(
    empty_url: str, tmp_path: Path
) -> None:
    upgrade_server(place_of(empty_url), now=NOW, head="0001")
    damage(empty_url, *filter(str.strip, OLD_ROWS.split(";")), *INTO_ONE_ROOM)

    with pytest.raises(Unsound) as refused:
        Store.open(empty_url, now=NOW)
    assert CLASH in refused.value.reason
    assert "UPDATE appointment SET status = 'cancelled' WHERE id" in refused.value.reason
    assert as_found.problems(empty_url) == (CLASH,)
    copy = as_found.backup(empty_url, tmp_path / "copy.db")

    restored = tmp_path / "restored.db"
    restore(copy, restored, now=NOW)
    with closing(Store.open(str(restored), now=NOW)) as store:
        assert check(store) == (CLASH,)
    with Foreign(empty_url) as other:
        other.execute("UPDATE appointment SET status = 'cancelled' WHERE id = 9")
    with closing(Store.open(empty_url, now=NOW)) as store:
        assert check(store) == ()


def test_a_copy_of_what_contradicts_itself_is_refused_with_who_clashes(empty_url: str, tmp_path: Path) -> None:
    path = str(tmp_path / "clinic.db")
    Store.open(path, now=NOW).close()
    rows = [line for line in OLD_ROWS.split(";") if line.strip() and "claim" not in line]
    damage(path, *rows, *INTO_ONE_ROOM)
    with pytest.raises(Unavailable) as refused:
        copy(path, empty_url, who="Ana", clock=lambda _: NOW, now=NOW)
    assert CLASH in refused.value.reason


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_what_lost_its_safeguards_is_copied_as_it_is_and_put_back_with_all_of_them(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    where = str(tmp_path / "clinic.db") if engine == "sqlite" else str(request.getfixturevalue("empty_url"))
    with closing(Store.open(where, now=NOW)) as store, store.write(who="Ana", at=NOW) as work:
        small_clinic(work.connection)
        book(work.connection, NOW)
        work.log("booked", "")
    with Foreign(where) as other:
        gone = "guard_retention_delete"
        other.execute(f"DROP TRIGGER {gone}{' ON retention' if is_server(where) else ''}")

    with pytest.raises(Unsound, match=r"frontdesk backup FILE.*frontdesk restore FILE"):
        Store.open(where, now=NOW)
    assert as_found.problems(where) == (f"the safeguard {gone} is missing or was changed",)
    copy = as_found.backup(where, tmp_path / "copy.db")
    if is_server(where):
        restore_server(copy, where, now=NOW)
    else:
        restore(copy, Path(where), now=NOW)

    with closing(Store.open(where, now=NOW)) as store, store.read() as connection:
        assert appointments.get(connection, 1).patient.name == "Garcia, Maria"
        assert check(store) == ()


def test_a_restore_that_is_refused_removes_no_file_that_was_there_before(
    fresh_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with closing(Store.open(fresh_url, now=NOW)) as store, store.write(who="Ana", at=NOW) as work:
        small_clinic(work.connection)
        work.log("set up", "")
    copy = as_found.backup(fresh_url, tmp_path / "copy.db")
    kept = restore_server(copy, fresh_url, now=NOW)
    assert kept is not None
    was = kept.read_bytes()
    with pytest.raises(Refused, match="exists already"):
        restore_server(copy, fresh_url, now=NOW)
    assert kept.read_bytes() == was
