"""Reading without SQLAlchemy: one moment, many threads, and the words for what goes wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from threading import Barrier

import pytest

from frontdesk.domain.errors import Unavailable
from frontdesk.store import audit, clinic
from frontdesk.store.engine import Store
from frontdesk.store.place import is_server
from frontdesk.store.question import Question
from tests.engines import about_files, only_files
from tests.store.conftest import NOW

ENTRIES = 20
LOOKS = 30


def log(store: Store, what: str = "something") -> None:
    with store.write(who="Ana", at=NOW) as work:
        work.log(what, "")


def newest(store: Store) -> int:
    with store.glance() as glance:
        return audit.last_seq(glance)


def test_what_was_saved_is_seen_by_the_next_glance(store: Store) -> None:
    assert newest(store) == 0
    log(store)
    assert newest(store) == 1
    with store.glance() as glance:
        assert clinic.load(glance) is None


def test_all_questions_of_a_glance_are_of_one_moment(store: Store, where: str) -> None:
    log(store)
    with store.glance() as glance:
        before = audit.latest(glance, 5)
        write_beside(where)
        assert audit.latest(glance, 5) == before
    log(store)
    assert newest(store) > before[0].seq


def write_beside(where: str) -> None:
    """Another program's entry; where a file's readers hold its writers up, that one gives up at once."""
    if is_server(where):
        with closing(Store.open(where, now=NOW)) as other:
            log(other)
    else:
        with (
            closing(sqlite3.connect(where, isolation_level=None, timeout=0)) as raw,
            suppress(sqlite3.OperationalError),
        ):
            raw.execute("INSERT INTO audit (at, who, what, subject) VALUES (0, 'Ben', 'booked', '')")


def test_threads_glance_at_once_while_somebody_writes(store: Store) -> None:
    threads = 8  # more than there are connections kept
    begin = Barrier(threads + 1)

    def look() -> list[int]:
        begin.wait()
        return [newest(store) for _ in range(LOOKS)]

    with ThreadPoolExecutor(threads) as pool:
        looks = [pool.submit(look) for _ in range(threads)]
        begin.wait()
        for _ in range(ENTRIES):
            log(store)
        for one in looks:
            assert one.result() == sorted(one.result())
    assert newest(store) == ENTRIES


def test_a_glance_that_fails_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(KeyError), store.glance() as glance:
        audit.last_seq(glance)
        raise KeyError
    log(store)
    assert newest(store) == 1


@only_files
def test_nothing_is_written_or_locked_after_a_glance(store: Store, where: str) -> None:
    assert newest(store) == 0
    with closing(sqlite3.connect(where, isolation_level=None, timeout=0)) as raw:
        raw.execute("BEGIN EXCLUSIVE")
        raw.execute("ROLLBACK")


def gone(path: Path) -> Generator[None]:
    path.rename(path.with_name("elsewhere.db"))
    yield


def replaced(path: Path) -> Generator[None]:
    path.unlink()
    Store.open(str(path), now=NOW).close()
    yield


def spoilt(path: Path) -> Generator[None]:
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    yield


def emptied(path: Path) -> Generator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("DROP TABLE claim")
    yield


def locked(path: Path) -> Generator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        if raw.execute("PRAGMA journal_mode").fetchone() == ("wal",):
            pytest.skip("a log written ahead holds no reader up")
        raw.execute("BEGIN EXCLUSIVE")
        yield


@about_files
@pytest.mark.parametrize(
    ("accident", "words"),
    [
        (gone, "is gone"),
        (replaced, "was replaced"),
        (spoilt, "is damaged"),
        (emptied, "tables are gone"),
        (locked, "has held the database"),
    ],
)
def test_a_glance_says_what_is_wrong_in_the_words_of_a_read(
    tmp_path: Path, accident: Callable[[Path], Generator[None]], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("frontdesk.store.file.BUSY_SECONDS", 0.05)
    path = tmp_path / "clinic.db"
    with closing(Store.open(str(path), now=NOW)) as store:
        log(store)
        during = accident(path)
        next(during)
        with pytest.raises(Unavailable, match=words) as read, store.read() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM claim").all()
        with pytest.raises(Unavailable) as glanced, store.glance() as glance:
            Question(glance).rows("SELECT count(*) FROM claim")
        during.close()
    assert glanced.value.reason == read.value.reason
    assert type(glanced.value) is type(read.value)


@about_files
def test_a_file_that_is_emptied_before_it_is_asked_is_no_defect(tmp_path: Path) -> None:
    """As it is for a moment where another is copied over it."""
    path = tmp_path / "clinic.db"
    with closing(Store.open(str(path), now=NOW)) as store:
        log(store)
        with pytest.raises(Unavailable, match="tables are gone"), store.glance() as glance:
            for one in tmp_path.glob("clinic.db*"):
                if not one.name.endswith("-shm"):
                    one.write_bytes(b"")
            Question(glance).rows("SELECT count(*) FROM room")
