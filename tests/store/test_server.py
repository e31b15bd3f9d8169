"""What only a PostgreSQL server has: tables made by several at once, a lock for writers, a line that can be lost."""

from __future__ import annotations

import os
import re
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import psycopg
import pytest
from sqlalchemy import insert, text

from frontdesk.domain.errors import Refused, Unavailable
from frontdesk.domain.patient import PatientDetails
from frontdesk.store import patients, schema, search
from frontdesk.store.changes import UNKNOWN, ChangeFeed
from frontdesk.store.check import check
from frontdesk.store.engine import Store
from frontdesk.store.postgres import guards
from frontdesk.store.postgres.backend import ServerBackend
from frontdesk.store.postgres.rules import FUNCTIONS
from tests.foreign import FORBIDDEN, Foreign
from tests.server import GUARDED, SECRET, Server
from tests.store.conftest import NOW
from tests.thorough import thorough

LONG = 20.0
"""Seconds that no test waits unless it fails."""


@pytest.fixture
def store(fresh_url: str) -> Iterator[Store]:
    store = Store.open(fresh_url, now=NOW)
    yield store
    store.close()


@pytest.fixture
def other(fresh_url: str) -> Iterator[Foreign]:
    other = Foreign(fresh_url)
    yield other
    other.close()


def log(store: Store, what: str) -> None:
    with store.write(who="Ana", at=NOW) as work:
        work.log(what, "")


def logged(store: Store) -> list[str]:
    with store.read() as connection:
        return list(connection.execute(text("SELECT what FROM audit ORDER BY seq")).scalars())


# Opening


def test_an_empty_database_is_made_ours_once(empty_url: str) -> None:
    first, second = Store.open(empty_url, now=NOW), Store.open(empty_url, now=NOW)
    assert (first.created, second.created) == (True, False)
    assert first.database_id == second.database_id
    assert check(first) == ()
    first.close()
    second.close()


def test_another_programs_database_is_refused_and_left_alone(empty_url: str) -> None:
    other = Foreign(empty_url)
    other.execute("CREATE TABLE alembic_version (version_num text)")
    with pytest.raises(Unavailable, match="another program's tables"):
        Store.open(empty_url, now=NOW)
    tables = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    assert other.execute(tables) == [("alembic_version",)]
    other.close()


def test_a_newer_frontdesks_database_is_refused(empty_url: str) -> None:
    Store.open(empty_url, now=NOW).close()
    other = Foreign(empty_url)
    other.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Unavailable, match=r"newer frontdesk.*9999"):
        Store.open(empty_url, now=NOW)
    other.close()


def test_text_that_not_every_name_can_be_written_in_is_refused(server: Server) -> None:
    name = server.create("ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'")
    with pytest.raises(Unavailable, match="keeps text as LATIN1"):
        Store.open(server.url(name), now=NOW)
    server.drop(name)


NAMES = ("Zoe", "apple", "Apple", "Äpfel", "Orzo", "O'Brien", "de la Cruz", "Delacroix", "Łukasz", "zoe-ann", "王 伟")


def found(store: Store) -> list[list[str]]:
    """Who is found by what is typed, by name, in the order shown."""
    with store.write(who="Ana", at=NOW) as work:
        ids = patients.insert_many(work.connection, [PatientDetails(family=name) for name in NAMES], NOW)
        work.log("put on file", "")
    names = dict(zip(ids, NAMES, strict=True))
    with store.read() as connection:
        texts = ("", "a", "ap", "de", "o", "ob", "z", "zoe", "l", "w")
        return [[names[one.patient_id] for one in search.candidates(connection, text)] for text in texts]


def test_names_are_found_and_sorted_as_in_a_file_whatever_the_servers_locale(server: Server, tmp_path: Path) -> None:
    try:
        name = server.create("LOCALE_PROVIDER icu ICU_LOCALE 'sv-SE' LOCALE 'C.UTF-8'")
    except psycopg.Error:
        pytest.skip("this server knows no other way to sort")
    there, here = Store.open(server.url(name), now=NOW), Store.open(str(tmp_path / "clinic.db"), now=NOW)
    with there.read() as connection:  # as it would sort, were it not told otherwise
        assert connection.scalar(text("SELECT 'apple' < 'Zoe'"))
    assert found(there) == found(here)
    there.close()
    here.close()
    server.drop(name)


def test_what_is_not_there_or_not_let_in_is_said_with_what_to_do(server: Server, fresh_url: str) -> None:
    database = fresh_url.rpartition("/")[2]
    for url, words in (
        (server.url("nowhere"), r"no database nowhere.*createdb -h 127\.0\.0\.1 nowhere"),
        (server.url(database, user=GUARDED), r"~/\.pgpass"),
        (f"postgresql://{GUARDED}:wrong@127.0.0.1:{server.port}/{database}", r"~/\.pgpass"),
        (f"postgresql://nobody@127.0.0.1:1/{database}", "Connection refused; is it running"),
        (f"postgresql://nobody@no-such-host.invalid/{database}", "can't be reached"),
        (f"postgresql://{database}@127.0.0.1:{server.port}/{database}?sslmode=require", "turn TLS on at the server"),
    ):
        with pytest.raises(Unavailable, match=words) as refused:
            Store.open(url, now=NOW)
        assert refused.value.reason.isprintable()
        assert "wrong" not in refused.value.reason


def test_a_password_never_comes_back_out(server: Server, fresh_url: str) -> None:
    database = fresh_url.rpartition("/")[2]
    with server.admin(database) as admin:
        admin.execute(f"GRANT USAGE ON SCHEMA public TO {GUARDED}")
    url = f"postgresql://{GUARDED}:{SECRET.replace(' ', '%20').replace('&', '%26')}@127.0.0.1:{server.port}/{database}"
    with pytest.raises(Unavailable, match="may not") as refused:  # the password is right: the tables are another's
        Store.open(url, now=NOW)
    link: BaseException | None = refused.value
    while link is not None:
        assert "hunter2" not in f"{link} {link!r}"
        link = link.__cause__ or link.__context__


def test_a_table_that_is_lost_is_no_traceback(store: Store, other: Foreign) -> None:
    other.execute("ALTER TABLE meta RENAME TO meta_away")
    try:
        with pytest.raises(Unavailable, match="lost its tables"):
            log(store, "booked")
    finally:
        other.execute("ALTER TABLE meta_away RENAME TO meta")


# Guards


def test_every_guard_that_is_gone_shut_off_or_changed_is_missed(store: Store) -> None:
    assert isinstance(store.backend, ServerBackend)
    with store.backend._engine.connect() as connection:
        assert guards.missing(connection) == ()
        connection.rollback()
        for name, one in guards._TRIGGERS.items():
            for spoil in (f"DROP TRIGGER {name} ON {one.table}", f"ALTER TABLE {one.table} DISABLE TRIGGER {name}"):
                connection.execute(text(spoil))
                assert guards.missing(connection) == (name,)
                connection.rollback()
        for name in FUNCTIONS:
            connection.execute(
                text(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'")
            )
            assert guards.missing(connection) == (name,)
            connection.rollback()
        for spoil, names in (
            ("ALTER TABLE claim DROP CONSTRAINT ex_claim_overlap", ("ex_claim_overlap",)),
            ("DROP INDEX uq_retention_one_open", ("uq_retention_one_open",)),
            ("DROP VIEW guard_held", ("guard_held",)),
        ):
            connection.execute(text(spoil))
            assert guards.missing(connection) == names
            connection.rollback()


def test_a_database_without_a_guard_is_not_opened(empty_url: str) -> None:
    Store.open(empty_url, now=NOW).close()
    other = Foreign(empty_url)
    other.execute("ALTER TABLE audit DISABLE TRIGGER guard_log_stands")
    other.close()
    with pytest.raises(Unavailable, match=r"lacks safeguards.*guard_log_stands"):
        Store.open(empty_url, now=NOW)


@pytest.mark.parametrize("table", ["audit", "appointment", "claim", "retention", "patient"])
def test_nothing_on_record_is_emptied_at_one_stroke(other: Foreign, table: str) -> None:
    with pytest.raises(FORBIDDEN, match="can not be emptied"):
        other.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_nobody_writes_by_what_was_true_some_time_ago(other: Foreign, level: str) -> None:
    other.execute(f"BEGIN ISOLATION LEVEL {level}")
    with pytest.raises(FORBIDDEN, match="READ COMMITTED"):
        other.execute("INSERT INTO room (name, position) VALUES ('Room 9', 9)")
    other.execute("ROLLBACK")


def test_guards_look_into_their_own_tables_whatever_the_session_says(store: Store, other: Foreign) -> None:
    log(store, "booked")
    other.execute("CREATE TEMPORARY TABLE audit (LIKE public.audit)")
    other.execute("SET search_path = pg_temp, public")
    other.execute("INSERT INTO public.audit (at, who, what, subject) VALUES (0, 'Ben', 'x', '')")
    assert other.execute("SELECT seq FROM public.audit ORDER BY seq") == [(1,), (2,)]
    with pytest.raises(FORBIDDEN, match="the log can not be changed"):
        other.execute("INSERT INTO public.audit (seq, at, who, what, subject) VALUES (9, 0, 'Ben', 'x', '')")


def test_an_id_given_by_hand_is_never_given_again(store: Store, other: Foreign) -> None:
    other.execute("INSERT INTO room (id, name, position) VALUES (41, 'Room 41', 1)")
    with store.write(who="Ana", at=NOW) as work:
        made = work.connection.execute(insert(schema.room).values(name="Next", position=2)).inserted_primary_key
        work.log("room made", "")
    assert made is not None
    assert tuple(made) == (42,)


def test_check_finds_what_was_done_with_the_guards_off(server: Server) -> None:
    name = server.create()
    store = Store.open(server.url(name), now=NOW)
    log(store, "one")
    log(store, "two")
    with server.admin(name) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute("DELETE FROM audit WHERE seq = 1")
        admin.execute("INSERT INTO flag (patient_id, kind) VALUES (77, 'faints')")
    assert set(check(store)) == {"the log lacks entries: 1 of 2", "row 1 of flag refers to a missing patient"}
    store.close()
    server.drop(name)


# Writers


def test_a_locked_database_is_waited_for_and_then_said(
    store: Store, other: Foreign, fresh_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("frontdesk.store.postgres.backend.BUSY_SECONDS", 0.2)
    short = Store.open(fresh_url, now=NOW)
    other.execute("BEGIN")
    other.execute("UPDATE room SET name = name")
    with pytest.raises(Unavailable, match="has held the database"):
        log(short, "second")
    other.execute("COMMIT")
    log(short, "second")
    assert logged(store) == ["second"]
    short.close()


def log_ten(store: Store) -> None:
    for _ in range(10):
        log(store, "booked")


def test_entries_are_numbered_by_commit_and_without_gaps(store: Store, fresh_url: str) -> None:
    with pytest.raises(KeyError), store.write(who="Ana", at=NOW) as work:
        work.log("never", "")
        raise KeyError
    threads = [threading.Thread(target=log_ten, args=(store,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as connection:
        assert connection.execute(text("SELECT min(seq), max(seq), count(*) FROM audit")).one() == (1, 40, 40)


def test_a_read_sees_one_moment_and_writes_nothing(store: Store) -> None:
    log(store, "before")
    with store.read() as connection:
        assert connection.scalar(text("SELECT count(*) FROM audit")) == 1
        log(store, "meanwhile")
        assert connection.scalar(text("SELECT count(*) FROM audit")) == 1
        with pytest.raises(Exception, match="read-only"):
            connection.execute(text("DELETE FROM room"))
    assert logged(store) == ["before", "meanwhile"]


def test_what_is_too_large_or_too_long_is_refused(store: Store) -> None:
    for values in ({"name": "x", "position": 2**40}, {"name": "a\0b", "position": 1}):
        with pytest.raises(Refused, match=r"too large|NUL"), store.write(who="Ana", at=NOW) as work:
            work.connection.execute(insert(schema.room).values(**values))


def test_a_standby_is_read_and_says_that_nothing_is_saved(server: Server, fresh_url: str) -> None:
    store = Store.open(f"{fresh_url}?options=-cdefault_transaction_read_only%3Don", now=NOW)
    assert logged(store) == []
    with pytest.raises(Unavailable, match="may only be read"):
        log(store, "booked")
    store.close()


def test_who_stands_still_in_the_middle_is_ended_and_lets_the_others_go_on(store: Store) -> None:
    with pytest.raises(Unavailable, match="stood still"), store.write(who="Ana", at=NOW) as work:
        work.connection.execute(text("SET idle_in_transaction_session_timeout = '50ms'"))
        threading.Event().wait(0.5)
        work.log("too late", "")
    log(store, "next")
    assert logged(store) == ["next"]


# The line


def backends(other: Foreign) -> list[int]:
    rows = other.execute(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'frontdesk'"
    )
    return [pid for (pid,) in rows]


def cut(other: Foreign) -> None:
    for pid in backends(other):
        other.execute("SELECT pg_terminate_backend(?)", (pid,))


def test_a_line_that_was_cut_is_dialled_anew(store: Store, other: Foreign) -> None:
    log(store, "before")
    cut(other)
    assert logged(store) == ["before"]
    cut(other)
    log(store, "after")
    assert logged(store) == ["before", "after"]


def test_a_line_cut_in_the_middle_saves_nothing(store: Store, other: Foreign) -> None:
    with (
        pytest.raises(Unavailable, match=r"connection .* lost; nothing was saved"),
        store.write(who="Ana", at=NOW) as work,
    ):
        work.log("never", "")
        cut(other)
        work.log("never either", "")
    log(store, "next")
    assert logged(store) == ["next"]


@pytest.mark.parametrize("saved", [True, False])
def test_a_commit_whose_answer_was_lost_is_asked_for(
    store: Store, other: Foreign, saved: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = psycopg.Connection.commit

    def lose(connection: psycopg.Connection[Any]) -> None:
        monkeypatch.setattr(psycopg.Connection, "commit", commit)
        if saved:
            commit(connection)
        other.execute("SELECT pg_terminate_backend(?)", (connection.info.backend_pid,))
        connection.execute("SELECT 1")

    monkeypatch.setattr(psycopg.Connection, "commit", lose)
    if saved:
        log(store, "booked")
    else:
        with pytest.raises(Unavailable, match="nothing was saved"):
            log(store, "booked")
    assert logged(store) == (["booked"] if saved else [])


@thorough
def test_a_server_that_stands_still_is_not_waited_for_for_ever(
    store: Store, other: Foreign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("frontdesk.store.postgres.link.ANSWER_SECONDS", 0.3)
    monkeypatch.setattr("frontdesk.store.postgres.feed.ANSWER_SECONDS", 0.3)
    monkeypatch.setattr("frontdesk.store.postgres.feed.SILENCE_SECONDS", 0.0)
    cut(other)  # so that new sessions are made, with the limits above
    feed = ChangeFeed(store)
    assert feed.wait(0.0) == ()
    log(store, "before")
    assert [one.what for one in feed.wait(LONG)] == ["before"]
    still = backends(other)
    for pid in still:
        os.kill(pid, signal.SIGSTOP)
    try:
        with pytest.raises(Unavailable, match="does not answer"):
            feed.wait(LONG)
        log(store, "meanwhile")  # on a new line: the server itself is well
        with pytest.raises(Unavailable, match="lost; nothing was saved"), store.write(who="Ana", at=NOW) as work:
            work.log("never", "")
            still += (stopped := backends(other))
            for pid in stopped:
                os.kill(pid, signal.SIGSTOP)
            work.log("never either", "")
    finally:
        for pid in still:
            os.kill(pid, signal.SIGCONT)
    log(store, "after")
    assert logged(store) == ["before", "meanwhile", "after"]
    feed.close()


@thorough
def test_a_feed_outlives_its_line_and_says_that_it_may_have_missed_something(store: Store, other: Foreign) -> None:
    feed = ChangeFeed(store)
    assert feed.wait(0.0) == ()
    cut(other)
    log(store, "booked")
    heard = hear(feed)
    assert heard[0] == UNKNOWN
    assert [one.what for one in heard[1:]] == ["booked"]
    log(store, "moved")
    assert [one.what for one in feed.wait(LONG)] == ["moved"]
    feed.close()


def hear(feed: ChangeFeed) -> list[Any]:
    """The next changes, however often the feed says first that the server is away."""
    until = monotonic() + LONG
    while monotonic() < until:
        try:
            found = feed.wait(1.0)
        except Unavailable:
            continue
        if found:
            return list(found)
    return []


@pytest.fixture
def restarted(server: Server) -> Iterator[Callable[[], None]]:
    """Stops the server, and starts it again at the latest when the test ends."""

    def start() -> None:
        if not server.is_running:
            server.start()

    yield start
    start()


@thorough
def test_a_feed_outlives_a_restart_of_the_server(
    server: Server, store: Store, restarted: Callable[[], None], fresh_url: str
) -> None:
    feed = ChangeFeed(store)
    assert feed.wait(0.0) == ()
    server.stop()
    with pytest.raises(Unavailable, match=r"lost|can't be reached"):
        feed.wait(LONG)
    with pytest.raises(Unavailable, match=r"can't be reached: Connection refused"):
        feed.wait(LONG)
    with pytest.raises(Unavailable, match=r"can't be reached|lost"):
        log(store, "never")
    restarted()
    log(store, "booked")
    heard = hear(feed)
    assert heard[0] == UNKNOWN
    assert [one.what for one in heard[1:]] == ["booked"]
    feed.close()


def test_a_wait_is_ended_at_once_by_closing(store: Store) -> None:
    feed = ChangeFeed(store)
    assert feed.wait(0.0) == ()
    waiting = threading.Thread(target=feed.wait, args=(600.0,), daemon=True)
    waiting.start()
    feed.close()
    waiting.join(LONG)
    assert not waiting.is_alive()


def test_a_database_that_was_replaced_is_noticed_by_the_feed_and_stays_refused(store: Store, other: Foreign) -> None:
    log(store, "booked")
    feed = ChangeFeed(store)
    feed.wait(0.0)
    other.execute("UPDATE meta SET value = 'another' WHERE key = 'database_id'")
    for _ in range(2):
        with pytest.raises(Unavailable, match="replaced or restored"):
            feed.wait(LONG)
        with pytest.raises(Unavailable, match="replaced or restored"):
            log(store, "booked")
    feed.close()


def test_words_of_the_server_are_never_shown_raw(store: Store) -> None:
    with pytest.raises(Refused) as refused, store.write(who="Ana", at=NOW) as work:
        work.connection.execute(text("INSERT INTO room (name, position) VALUES ('a', 1), ('a', 2)"))
    assert refused.value.reason == "there is already a room of that name"
    assert not re.search("psycopg|constraint|SQL", refused.value.reason)
