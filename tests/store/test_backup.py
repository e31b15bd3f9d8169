"""Copies, the way back from one, and the check of what is there."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pendulum
import pytest

from frontdesk.domain.errors import Refused, Unavailable
from frontdesk.store import audit
from frontdesk.store.backup import backup, check, restore
from frontdesk.store.changes import ChangeFeed
from frontdesk.store.engine import Store
from tests.engines import about_files
from tests.store.damage import damage

pytestmark = about_files

NOW = pendulum.datetime(2026, 11, 23, 10, 42, tz="UTC")


def log(store: Store, what: str) -> None:
    with store.write(who="Ana", at=NOW) as work:
        work.log(what, "")


def entries(path: Path) -> list[str]:
    store = Store.open(str(path), now=NOW)
    with store.read() as connection:
        found = [entry.what for entry in reversed(audit.latest(connection, 100))]
    store.close()
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "clinic.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store.open(str(path), now=NOW)
    log(store, "first")
    yield store
    store.close()


@pytest.mark.parametrize("umask", [0o000, 0o777])
def test_a_backup_is_one_file_for_its_owner_alone(store: Store, tmp_path: Path, umask: int) -> None:
    target = tmp_path / "copy.db"
    before = os.umask(umask)
    try:
        assert backup(store, target) == target
    finally:
        os.umask(before)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert sorted(child.name for child in tmp_path.iterdir()) == ["clinic.db", "copy.db"]
    assert entries(target) == ["first"]
    log(store, "second")
    assert entries(target) == ["first"]


def test_a_backup_overwrites_nothing(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "letter.txt"
    target.write_text("Dear Maria")
    with pytest.raises(Refused, match="exists already"):
        backup(store, target)
    assert target.read_text() == "Dear Maria"


def test_a_backup_into_nowhere_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="can't be written"):
        backup(store, tmp_path / "nowhere" / "copy.db")


def test_backups_taken_while_others_write_hold_whole_moments(store: Store, path: Path, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        mine = Store.open(str(path), now=NOW)
        number = 0
        while not stop.is_set():
            number += 1
            with mine.write(who="Ben", at=NOW) as work:
                work.connection.exec_driver_sql(
                    "INSERT INTO room (name, position) VALUES (?, ?)", (f"{threading.get_ident()} {number}", number)
                )
                work.log("room", "")
        mine.close()

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        copies = [backup(store, tmp_path / f"copy{number}.db") for number in range(5)]
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    for copy in copies:
        with sqlite3.connect(copy) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            rooms, logged = raw.execute(
                "SELECT (SELECT count(*) FROM room), (SELECT count(*) FROM audit WHERE what = 'room')"
            ).fetchone()
            assert rooms == logged
        raw.close()


@pytest.mark.parametrize("moment", ["real(source, target)", "pass"])
def test_a_backup_that_is_killed_leaves_no_half_file_under_its_name(
    store: Store, path: Path, tmp_path: Path, moment: str
) -> None:
    program = (
        "import os, pathlib, pendulum; from frontdesk.store import backup, engine, snapshot\n"
        "real = snapshot.copy_pages\n"
        "def killed(source, target):\n"
        f"    {moment}\n"
        "    os.kill(os.getpid(), 9)\n"
        "snapshot.copy_pages = killed\n"
        f"store = engine.Store.open({str(path)!r}, now=pendulum.datetime(2026, 1, 1))\n"
        f"backup.backup(store, pathlib.Path({str(tmp_path / 'copy.db')!r}))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=60).returncode == -9
    assert not (tmp_path / "copy.db").exists()
    backup(store, tmp_path / "copy.db")
    assert entries(tmp_path / "copy.db") == ["first"]


def test_what_was_left_by_one_that_was_killed_goes_after_a_day_and_nothing_else_does(
    store: Store, tmp_path: Path
) -> None:
    copy, today = ".copy.db.0a1b2c3d.part", ".copy.db.deadbeef.part"
    others = ("copy.db.0a1b2c3d.part", ".copy.db.part", ".copy.db.0a1b2c3d.part.txt", ".shared.db.0a1b2c3d.part")
    for name in (copy, f"{copy}-journal", today, *others):
        (tmp_path / name).write_bytes(b"a clinic")
        (tmp_path / name).chmod(0o644 if name == others[-1] else 0o600)
        if name != today:
            os.utime(tmp_path / name, (1_000_000_000, 1_000_000_000))
    backup(store, tmp_path / "new.db")
    left = {one.name for one in tmp_path.iterdir()}
    assert {today, *others, "new.db"} <= left
    assert not {copy, f"{copy}-journal"} & left


def test_a_restore_brings_the_moment_back_and_keeps_what_was_there(store: Store, path: Path, tmp_path: Path) -> None:
    copy = backup(store, tmp_path / "copy.db")
    log(store, "second")
    identity = store.database_id
    store.close()
    kept = restore(copy, path, now=NOW)
    assert kept == tmp_path / "clinic.db.before-restore-20261123T104200Z.db"
    assert entries(path) == ["first"]
    assert entries(kept) == ["first", "second"]
    assert entries(copy) == ["first"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}
    assert len(list(tmp_path.iterdir())) == 3
    again = Store.open(str(path), now=NOW)
    assert again.database_id == identity
    assert not again.created
    log(again, "goes on")
    assert check(again) == ()
    again.close()


def test_open_sessions_notice_a_restore_and_mix_nothing(store: Store, path: Path, tmp_path: Path) -> None:
    copy = backup(store, tmp_path / "copy.db")
    log(store, "second")
    feed = ChangeFeed(store)
    assert feed.wait(0.0) == ()
    restore(copy, path, now=NOW)
    with pytest.raises(Unavailable, match="restored"):
        feed.wait(20.0)
    with pytest.raises(Unavailable, match="restored"):
        log(store, "third")
    feed.close()
    assert entries(path) == ["first"]


def test_a_restore_into_an_empty_place_makes_the_database_there(store: Store, tmp_path: Path) -> None:
    copy = backup(store, tmp_path / "copy.db")
    there = tmp_path / "new machine" / "clinic.db"
    assert restore(copy, there, now=NOW) is None
    assert entries(there) == ["first"]
    assert [child.name for child in there.parent.iterdir()] == ["clinic.db"]


@pytest.mark.parametrize("wreck", [b"not a database at all" * 500, None])
def test_a_restore_over_a_wreck_keeps_the_wreck(tmp_path: Path, store: Store, wreck: bytes | None) -> None:
    copy = backup(store, tmp_path / "copy.db")
    path = tmp_path / "broken" / "clinic.db"
    path.parent.mkdir()
    whole = copy.read_bytes()
    path.write_bytes(wreck or whole[: len(whole) // 2])
    was = path.read_bytes()
    kept = restore(copy, path, now=NOW)
    assert kept is not None
    assert kept.read_bytes() == was
    assert entries(path) == ["first"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 or wreck is None


def another_programs(copy: Path) -> None:
    copy.unlink()
    with sqlite3.connect(copy) as raw:
        raw.execute("CREATE TABLE moz_places (id)")
    raw.close()


def empty(copy: Path) -> None:
    copy.write_bytes(b"")


def text(copy: Path) -> None:
    copy.write_text("given,family\n" * 500)


def cut(copy: Path) -> None:
    os.truncate(copy, copy.stat().st_size - 8192)


def flipped(copy: Path) -> None:
    whole = bytearray(copy.read_bytes())
    whole[8192 : 8192 + 4096] = bytes(4096)
    copy.write_bytes(whole)


def with_an_endless_view(copy: Path) -> None:
    change(copy, "CREATE VIEW v AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT * FROM c")


def with_a_view_for_a_table(copy: Path) -> None:
    change(copy, "ALTER TABLE closure RENAME TO x")
    change(copy, "CREATE VIEW closure AS SELECT * FROM x")


def with_a_trigger(copy: Path) -> None:
    change(copy, "CREATE TRIGGER t AFTER INSERT ON audit BEGIN INSERT INTO meta VALUES (NEW.seq, 'x'); END")


def of_a_newer_program(copy: Path) -> None:
    change(copy, "UPDATE alembic_version SET version_num = '9999'")


def change(copy: Path, sql: str) -> None:
    with sqlite3.connect(copy) as raw:
        raw.execute(sql)
    raw.close()


@pytest.mark.parametrize(
    "spoil",
    [
        another_programs,
        empty,
        text,
        cut,
        flipped,
        with_an_endless_view,
        with_a_view_for_a_table,
        with_a_trigger,
        of_a_newer_program,
    ],
)
def test_what_is_no_sound_copy_is_refused_and_nothing_is_touched(
    store: Store, path: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    copy = backup(store, tmp_path / "copy.db")
    spoil(copy)
    was, spoilt = path.read_bytes(), copy.read_bytes()
    with pytest.raises(Unavailable) as refused:
        restore(copy, path, now=NOW)
    assert refused.value.reason.isprintable()
    assert (path.read_bytes(), copy.read_bytes()) == (was, spoilt)
    assert sorted(child.name for child in tmp_path.iterdir()) == ["clinic.db", "copy.db"]
    log(store, "still works")


def test_a_restore_from_nowhere_or_from_itself_is_refused(store: Store, path: Path, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="not there"):
        restore(tmp_path / "nothing.db", path, now=NOW)
    with pytest.raises(Unavailable, match="the database itself"):
        restore(path, path, now=NOW)


def test_a_copy_with_rows_that_point_nowhere_is_restored_and_the_check_names_them(
    store: Store, path: Path, tmp_path: Path
) -> None:
    damage(str(path), "INSERT INTO flag (patient_id, kind) VALUES (77, 'faints')")
    restore(backup(store, tmp_path / "copy.db"), path, now=NOW)
    again = Store.open(str(path), now=NOW)
    assert check(again) == ("row 1 of flag refers to a missing patient",)
    again.close()


def test_a_copy_that_was_made_by_hand_while_in_use_is_refused(store: Store, path: Path, tmp_path: Path) -> None:
    shutil.copyfile(path, tmp_path / "byhand.db")
    (tmp_path / "byhand.db-wal").write_bytes(b"x")
    with pytest.raises(Unavailable, match="copied while in use"):
        restore(tmp_path / "byhand.db", path, now=NOW)


def test_a_sound_database_has_no_problems(store: Store) -> None:
    assert check(store) == ()


@pytest.mark.parametrize(
    ("guards_dropped", "sql", "words"),
    [
        (
            ["guard_claim_insert"],
            "INSERT INTO room (id, name, position) VALUES (1, 'Room 1', 1); UPDATE appointment SET room_id = 1",
            "appointments 1 and 2 both have Room 1, 1970-01-01 00:00 to 00:45: cancel or move one of them",
        ),
        (
            ["guard_appointment_needles_counted"],
            "UPDATE appointment SET status = 'needles_in' WHERE id = 1",
            "appointment 1 has needles in, but no count in",
        ),
        (
            [],
            "INSERT INTO retention (appointment_id, in_at, count_in, planned_minutes, earliest_minutes, latest_minutes)"
            " VALUES (1, 0, 12, 25, 20, 30)",
            "appointment 1 has needles in, but its status is arrived",
        ),
        (
            ["guard_retention_of_ended", "guard_appointment_settled"],
            "UPDATE appointment SET status = 'left' WHERE id = 1; INSERT INTO retention (appointment_id, in_at, out_at,"
            " count_in, planned_minutes, earliest_minutes, latest_minutes) VALUES (1, 0, 1, 12, 25, 20, 30)",
            "appointment 1 is left although a needle count is owed",
        ),
        (
            ["guard_claim_delete"],
            "DELETE FROM claim WHERE appointment_id = 1 AND resource = 'patient:1'",
            "appointment 1 and what it takes of patient:1 don't agree",
        ),
        (
            ["guard_appointment_placed_anew"],
            "UPDATE appointment SET retention_minutes = -10 WHERE id = 1",
            "appointment 1 starts at 0 with -10 minutes of retention",
        ),
        (
            ["guard_appointment_placed_anew"],
            "UPDATE appointment SET starts = 'noon' WHERE id = 1",
            "appointment 1 starts at noon with 25 minutes of retention",
        ),
        (["guard_audit_delete"], "DELETE FROM audit WHERE seq = 1", "the log lacks entries: 1 of 2"),
        ([], "INSERT INTO flag (patient_id, kind) VALUES (99, 'faints')", "refers to a missing patient"),
    ],
)
def test_the_check_finds_what_the_guards_would_have_forbidden(
    store: Store, path: Path, guards_dropped: list[str], sql: str, words: str
) -> None:
    log(store, "second")
    raw = sqlite3.connect(path, isolation_level=None)
    raw.executescript(
        """
        INSERT INTO patient (id, given, created_at) VALUES (1, 'Maria', 0), (2, 'Jun', 0);
        INSERT INTO practitioner (id, name, position) VALUES (1, 'Dr Lin', 1), (2, 'Dr Okafor', 2);
        INSERT INTO service (id, name, consultation, insertion, retention_earliest, retention_latest,
            planned_retention, removal, turnover, position) VALUES (1, 'Follow-up', 5, 5, 20, 30, 25, 5, 5, 1);
        INSERT INTO appointment (id, patient_id, practitioner_id, service_id, status, starts, retention_minutes,
            created_at) VALUES (1, 1, 1, 1, 'arrived', 0, 25, 0), (2, 2, 2, 1, 'arrived', 0, 25, 0);
        """
    )
    assert check(store) == ()
    for name in guards_dropped:
        raw.execute(f"DROP TRIGGER {name}")
    raw.executescript(sql)
    raw.close()
    problems = check(store)
    assert any(words in problem for problem in problems)
    assert {problem for problem in problems if "safeguard" in problem} == {
        f"the safeguard {name} is missing or was changed" for name in guards_dropped
    }
    assert len(problems) == 1 + len(guards_dropped)


def test_the_check_finds_damage(store: Store, path: Path) -> None:
    log(store, "zinnober")
    whole = bytearray(path.read_bytes())
    page = whole.rindex(b"zinnober") // 4096 * 4096  # where the log's rows or one of its indexes lie
    whole[page : page + 8] = b"\xff" * 8
    with path.open("r+b") as file:
        file.write(whole)
    assert any("damaged" in problem for problem in check(store))


def test_the_check_finds_a_file_that_others_may_read(store: Store, path: Path) -> None:
    path.chmod(0o644)
    assert check(store) == ("others than its owner may open the database file (mode 644, not 600)",)
