"""Opening a database, reading it, writing to it."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pendulum
import pytest
from sqlalchemy import insert, select

from frontdesk.domain.errors import Refused, Unavailable
from frontdesk.store import audit, schema
from frontdesk.store.engine import Store, Unlogged
from frontdesk.store.sqlite import location, settle_journal, wal_is_safe

NOW = pendulum.datetime(2026, 11, 23, 10, 42, tz="UTC")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def file(tmp_path: Path) -> Store:
    return Store.open(str(tmp_path / "clinic.db"), now=NOW)


def test_a_new_database_is_made_once_and_keeps_its_identity(tmp_path: Path) -> None:
    first = Store.open(str(tmp_path / "clinic.db"), now=NOW)
    second = Store.open(str(tmp_path / "clinic.db"), now=NOW)
    assert (first.created, second.created) == (True, False)
    assert first.database_id == second.database_id
    other = Store.open(str(tmp_path / "other.db"), now=NOW)
    assert other.database_id != first.database_id


def test_what_writing_needs_is_got_without_anything_being_written(file: Store, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "clinic.db")) as other:

        def seen() -> list[tuple[int, ...]]:
            return [
                *other.execute("PRAGMA data_version"),
                *other.execute("SELECT count(*), max(seq) FROM audit"),
            ]

        before = seen()
        file.get_ready()
        assert seen() == before
        with file.write(who="Ana", at=NOW) as work:
            work.log("looked", "clinic")
        assert seen() != before


def test_what_writing_needs_is_not_got_of_a_database_that_is_gone(file: Store, tmp_path: Path) -> None:
    file.get_ready()
    (tmp_path / "clinic.db").unlink()
    with pytest.raises(Unavailable, match="is gone"):
        file.get_ready()
    assert not (tmp_path / "clinic.db").exists()


def test_a_unit_of_work_is_saved_with_its_log_entry(store: Store) -> None:
    with store.write(who="Ana", at=NOW) as work:
        work.connection.execute(insert(schema.room).values(name="Room 1", position=1))
        seq = work.log("room made", "room:1", after={"name": "Zoë"})
    with store.read() as connection:
        assert connection.scalar(select(schema.room.c.name)) == "Room 1"
        (entry,) = audit.latest(connection, 10)
    assert (entry.seq, entry.at, entry.who, entry.what, entry.subject) == (seq, NOW, "Ana", "room made", "room:1")
    assert (entry.before, entry.after) == (None, {"name": "Zoë"})


def test_an_error_inside_a_unit_of_work_saves_nothing_of_it(store: Store) -> None:
    with pytest.raises(KeyError), store.write(who="Ana", at=NOW) as work:
        work.connection.execute(insert(schema.room).values(name="Room 1", position=1))
        work.log("room made", "room:1")
        raise KeyError
    with store.read() as connection:
        assert connection.scalar(select(schema.room.c.name)) is None
        assert audit.last_seq(connection) == 0
    with store.write(who="Ana", at=NOW) as work:  # and the lock is free again
        work.log("still works", "")


def test_a_change_without_a_log_entry_is_a_defect_and_is_not_saved(store: Store) -> None:
    with pytest.raises(Unlogged), store.write(who="Ana", at=NOW) as work:
        work.connection.execute(insert(schema.room).values(name="Room 1", position=1))
    with store.read() as connection:
        assert connection.scalar(select(schema.room.c.name)) is None


def test_a_unit_of_work_that_changes_nothing_needs_no_log_entry(store: Store) -> None:
    with store.write(who="Ana", at=NOW) as work:
        assert audit.last_seq(work.connection) == 0


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o777])
def test_files_and_folders_are_their_owners_alone_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    path = tmp_path / "data" / "frontdesk" / "clinic.db"
    before = os.umask(umask)
    try:
        store = Store.open(str(path), now=NOW)
        with store.write(who="Ana", at=NOW) as work:
            work.log("something", "")
            beside = {child.name: mode(child) for child in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert set(beside.values()) == {0o600}
    assert beside.keys() >= {"clinic.db", "clinic.db-journal"} or beside.keys() >= {"clinic.db", "clinic.db-wal"}
    assert mode(path.parent) == mode(path.parent.parent) == 0o700


def test_an_empty_file_that_is_filled_is_its_owners_alone_and_one_that_is_shared_stays_so(tmp_path: Path) -> None:
    path = tmp_path / "clinic.db"
    path.touch()
    path.chmod(0o644)
    Store.open(str(path), now=NOW)
    assert mode(path) == 0o600
    path.chmod(0o660)
    Store.open(str(path), now=NOW)
    assert mode(path) == 0o660


@pytest.mark.parametrize("name", ["a b.db", "what?.db", "50%25.db", "ä.db", "a#b.db", "file:x.db"])
def test_the_file_that_is_opened_is_the_file_that_was_named(tmp_path: Path, name: str) -> None:
    Store.open(str(tmp_path / name), now=NOW).close()
    assert [child.name for child in tmp_path.iterdir()] == [name]


def test_a_path_and_its_url_are_the_same_place(tmp_path: Path) -> None:
    assert location(f"sqlite:///{tmp_path}/clinic.db") == tmp_path / "clinic.db"
    assert location(f"sqlite+pysqlite:///{tmp_path}/clinic.db") == tmp_path / "clinic.db"


@pytest.mark.parametrize(
    "where",
    [
        "postgresql+psycopg://clinic@localhost/clinic",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///clinic.db?mode=memory",
        ":memory:",
        "",
        "://",
        "mysql://x\x1b[2J/y",
    ],
)
def test_what_is_no_sqlite_file_is_refused_in_one_clean_line(where: str) -> None:
    with pytest.raises(Unavailable) as refused:
        location(where)
    assert refused.value.reason.isprintable()


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 1), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)
def test_write_ahead_logging_is_left_to_releases_that_have_the_fix(version: tuple[int, int, int], safe: bool) -> None:
    assert wal_is_safe(version) is safe


def test_a_file_in_the_other_journal_mode_is_taken_out_of_it_when_alone(file: Store) -> None:
    assert file.path is not None
    expected = "wal" if wal_is_safe() else "delete"
    assert file.journal_mode == expected
    path = file.path
    file.close()
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA journal_mode = " + ("delete" if expected == "wal" else "wal"))
    raw.close()
    assert Store.open(str(path), now=NOW).journal_mode == expected


def test_a_file_in_wal_that_others_hold_open_still_opens(file: Store) -> None:
    path = file.path
    file.close()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("PRAGMA journal_mode = wal")
    holder.execute("BEGIN")
    holder.execute("SELECT count(*) FROM audit").fetchone()
    mine = sqlite3.connect(path, isolation_level=None, timeout=0)
    assert settle_journal(mine, wal=False) == "wal"
    holder.close()
    assert settle_journal(mine, wal=False) == "delete"
    mine.close()


def test_a_locked_database_is_waited_for_and_then_said(file: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontdesk.store.file.BUSY_SECONDS", 0.05)
    short = Store.open(str(file.path), now=NOW)
    with file.write(who="Ana", at=NOW) as work:
        work.log("first", "")
        with pytest.raises(Unavailable, match="has held the database"), short.write(who="Ben", at=NOW) as other:
            other.log("second", "")
    with short.read() as connection:
        assert [entry.what for entry in audit.latest(connection, 5)] == ["first"]


def test_who_acts_reaches_the_log_without_control_codes(store: Store) -> None:
    with store.write(who="An\x1b[31ma\n", at=NOW) as work:
        work.log("something", "")
    with store.read() as connection:
        assert audit.latest(connection, 1)[0].who == "An[31ma"


def test_undoing_one_entry_twice_is_refused(store: Store) -> None:
    with store.write(who="Ana", at=NOW) as work:
        done = work.log("booked", "appointment:1")
    with store.write(who="Ana", at=NOW) as work:
        work.log("undo", "appointment:1", undoes=done)
    with pytest.raises(Refused, match="undone already"), store.write(who="Ben", at=NOW) as work:
        work.log("undo", "appointment:1", undoes=done)
    with store.read() as connection:
        assert audit.undone(connection, [done, done + 1]) == {done}
        assert [entry.what for entry in audit.since(connection, done)] == ["undo"]
        assert [entry.what for entry in audit.of_subject(connection, "appointment:1")] == ["undo", "booked"]
