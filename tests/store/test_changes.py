"""Hearing of changes, and of a database that is no longer the one that was opened."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pendulum
import pytest

from frontdesk.domain.errors import Unavailable
from frontdesk.store import audit
from frontdesk.store.changes import Change, ChangeFeed
from frontdesk.store.engine import Store
from frontdesk.store.file_feed import POLL_SECONDS, FileFeed
from tests.engines import only_files
from tests.foreign import Foreign

NOW = pendulum.datetime(2026, 11, 23, 10, 42, tz="UTC")
LONG = 20.0
"""Seconds that no test waits unless it fails."""


@pytest.fixture
def path(where: str) -> Path:
    return Path(where)


@pytest.fixture
def store(where: str) -> Iterator[Store]:
    store = Store.open(where, now=NOW)
    log(store, "opened")
    yield store
    store.close()


@pytest.fixture
def feed(store: Store) -> Iterator[ChangeFeed]:
    feed = ChangeFeed(store)
    yield feed
    feed.close()


def log(store: Store, what: str, subject: str = "") -> None:
    with store.write(who="Ana", at=NOW) as work:
        work.log(what, subject)


def test_a_commit_of_another_process_is_heard_of_once(where: str, feed: ChangeFeed) -> None:
    program = (
        "import pendulum; from frontdesk.store.engine import Store;"
        f"store = Store.open({where!r}, now=pendulum.datetime(2026, 1, 1))\n"
        "with store.write(who='Ben', at=pendulum.datetime(2026, 1, 1)) as work:"
        " work.log('booked', 'appointment:7'); work.log('moved', 'appointment:8')"
    )
    with subprocess.Popen([sys.executable, "-c", program]) as other:
        changes = feed.wait(LONG)
        assert other.wait(LONG) == 0
    assert changes == (Change(2, "booked", "appointment:7", "Ben"), Change(3, "moved", "appointment:8", "Ben"))
    assert feed.wait(0.0) == ()


def test_changes_made_between_two_waits_are_not_lost(store: Store, feed: ChangeFeed) -> None:
    for number in range(5):
        log(store, "booked", f"appointment:{number}")
    assert [change.subject for change in feed.wait(LONG)] == [f"appointment:{number}" for number in range(5)]


def test_what_was_saved_before_the_feed_began_is_no_news(store: Store, feed: ChangeFeed) -> None:
    assert feed.wait(0.0) == ()
    log(store, "booked")
    assert [change.what for change in feed.wait(LONG)] == ["booked"]


def test_writers_without_pause_lose_no_change_and_repeat_none(where: str, feed: ChangeFeed) -> None:
    def write(name: str) -> None:
        mine = Store.open(where, now=NOW)
        for number in range(25):
            log(mine, "booked", f"{name}:{number}")
        mine.close()

    writers = [threading.Thread(target=write, args=(name,)) for name in ("a", "b")]
    for writer in writers:
        writer.start()
    heard: list[Change] = []
    until = monotonic() + LONG
    while len(heard) < 50 and monotonic() < until:
        heard += feed.wait(1.0)
    for writer in writers:
        writer.join()
    assert [change.seq for change in heard] == list(range(2, 52))
    assert feed.wait(0.0) == ()


def test_a_write_that_logged_nothing_means_load_everything(where: str, feed: ChangeFeed) -> None:
    assert feed.wait(0.0) == ()
    other = Foreign(where)
    other.execute("INSERT INTO room (name, position) VALUES ('Room 9', 9)")
    assert feed.wait(LONG) == (Change(0, "unknown", "", ""),)
    other.execute("INSERT INTO audit (at, who, what, subject) VALUES (0, 'Ben', 'booked', '')")
    other.close()
    assert [change.who for change in feed.wait(LONG)] == ["Ben"]


def test_a_wait_can_be_ended_from_another_thread(feed: ChangeFeed) -> None:
    began = threading.Event()
    result: list[tuple[Change, ...]] = []

    def wait() -> None:
        began.set()
        result.append(feed.wait(600.0))

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    began.wait(LONG)
    feed.wake()
    waiting.join(LONG)
    assert result == [()]


def test_a_closed_feed_ends_its_wait_and_has_no_more(store: Store, feed: ChangeFeed) -> None:
    waiting = threading.Thread(target=feed.wait, args=(600.0,), daemon=True)
    waiting.start()
    feed.close()
    waiting.join(LONG)
    assert not waiting.is_alive()
    log(store, "booked")
    assert feed.wait(0.0) == ()


def checkpoint(path: Path) -> None:
    """Brings the file itself up to date, where there is a write-ahead log."""
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA wal_checkpoint")
    raw.close()


def deleted(path: Path) -> None:
    path.unlink()


def renamed(path: Path) -> None:
    path.rename(path.with_name("elsewhere.db"))


def folder_moved(path: Path) -> None:
    path.parent.rename(path.parent.with_name("moved"))


def recreated(path: Path) -> None:
    path.unlink()
    Store.open(str(path), now=NOW).close()


def replaced_by_rename(path: Path) -> None:
    copy = path.with_name("copy.db")
    shutil.copyfile(path, copy)
    os.replace(copy, path)


def replaced_in_place(path: Path) -> None:
    other = path.with_name("other.db")
    store = Store.open(str(other), now=NOW)
    for _ in range(3):
        log(store, "elsewhere")
    store.close()
    with path.open("r+b") as file:
        file.write(other.read_bytes())


def older_copy_in_place(path: Path) -> None:
    """An earlier copy of the same database, which then goes on to have as many entries."""
    earlier = path.with_name("earlier.db")
    with path.open("r+b") as file:
        file.write(earlier.read_bytes())
    store = Store.open(str(path), now=NOW)
    for _ in range(4):
        log(store, "another history")
    store.close()


@pytest.fixture(
    params=[
        deleted,
        renamed,
        folder_moved,
        recreated,
        replaced_by_rename,
        replaced_in_place,
        older_copy_in_place,
    ]
)
def accident(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Store, ChangeFeed, Path]]:
    """A session that has seen entries, whose file then has an accident."""
    path = tmp_path / "data" / "clinic.db"
    store = Store.open(str(path), now=NOW)
    log(store, "opened")
    checkpoint(path)
    shutil.copyfile(path, path.with_name("earlier.db"))
    log(store, "went on", "and on" * 2000)
    checkpoint(path)
    feed = ChangeFeed(store)
    feed.wait(0.0)
    request.param(path)
    yield store, feed, path
    feed.close()
    store.close()


def test_a_lost_or_replaced_database_is_noticed_before_anything_is_called_saved(
    accident: tuple[Store, ChangeFeed, Path],
) -> None:
    store, _, path = accident
    there = path.exists()
    was = path.read_bytes() if there else b""
    for _ in range(2):  # and it stays refused
        with pytest.raises(Unavailable, match=r"gone|replaced"):
            log(store, "booked")
    assert path.exists() is there
    assert (path.read_bytes() if there else b"") == was


def test_a_lost_or_replaced_database_is_noticed_by_the_feed(accident: tuple[Store, ChangeFeed, Path]) -> None:
    _, feed, path = accident
    there = path.exists()
    for _ in range(2):
        with pytest.raises(Unavailable, match=r"gone|replaced"):
            feed.wait(LONG)
    assert path.exists() is there


@only_files
def test_a_database_that_goes_away_during_a_unit_of_work_is_not_called_saved(store: Store, path: Path) -> None:
    with pytest.raises(Unavailable, match="gone"), store.write(who="Ana", at=NOW) as work:
        work.log("booked", "")
        path.rename(path.with_name("elsewhere.db"))
    path.with_name("elsewhere.db").rename(path)
    with store.read() as connection:
        assert [entry.what for entry in audit.latest(connection, 5)] == ["opened"]


@only_files
def test_a_database_that_is_locked_is_waited_for_by_the_feed(store: Store, feed: ChangeFeed, path: Path) -> None:
    assert feed.wait(0.0) == ()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    other.execute("INSERT INTO audit (at, who, what, subject) VALUES (0, 'Ben', 'booked', '')")
    assert feed.wait(0.0) == ()
    other.execute("COMMIT")
    other.close()
    assert [change.who for change in feed.wait(LONG)] == ["Ben"]


@only_files
def test_a_lock_without_end_is_said(
    store: Store, feed: ChangeFeed, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("frontdesk.store.file_feed.BUSY_SECONDS", 0.0)
    if store.journal_mode == "wal":
        pytest.skip("with write-ahead logging a reader waits for no writer")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Unavailable, match="has held the database"):
        feed.wait(LONG)
    other.execute("ROLLBACK")
    other.close()
    assert feed.wait(0.0) == ()


@only_files
def test_an_older_copy_put_back_before_the_last_commit_was_heard_of_is_noticed(
    store: Store, feed: ChangeFeed, path: Path
) -> None:
    assert feed.wait(0.0) == ()
    older = path.read_bytes()
    log(store, "saved")
    path.write_bytes(older)
    with pytest.raises(Unavailable, match="replaced or restored"):
        feed.wait(LONG)


@only_files
def test_while_nobody_writes_the_database_is_asked_once_in_a_wait(
    where: str, feed: ChangeFeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed.wait(0.0)
    asked: list[bool] = []
    asking = FileFeed._data_version

    def ask(self: FileFeed) -> int:
        asked.append(True)
        return asking(self)

    monkeypatch.setattr(FileFeed, "_data_version", ask)
    assert feed.wait(3 * POLL_SECONDS) == ()
    assert len(asked) == 1
    other = threading.Timer(1.5 * POLL_SECONDS, booked_by_ben, (where,))
    other.start()
    assert [change.who for change in feed.wait(LONG)] == ["Ben"]
    other.join()


@only_files
def test_a_write_that_the_file_system_does_not_tell_of_is_heard_of_in_the_next_wait(
    path: Path, feed: ChangeFeed
) -> None:
    feed.wait(0.0)
    files = [one for one in (path, path.with_name(f"{path.name}-wal")) if one.exists()]
    before = [one.stat() for one in files]
    booked_by_ben(str(path))
    for file, was in zip(files, before, strict=True):
        os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert [change.who for change in feed.wait(LONG)] == ["Ben"]


def booked_by_ben(where: str) -> None:
    other = Foreign(where)
    other.execute("INSERT INTO audit (at, who, what, subject) VALUES (0, 'Ben', 'booked', '')")
    other.close()
