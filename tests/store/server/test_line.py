"""The line to the server: cut, silent, slow or gone for good; what was said to be saved is."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from time import monotonic
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from frontdesk.domain.errors import Unavailable
from frontdesk.store.changes import UNKNOWN, ChangeFeed
from frontdesk.store.engine import Store
from tests.foreign import Foreign
from tests.server import Server
from tests.store.conftest import NOW
from tests.store.server.entries import log, logged
from tests.thorough import thorough

LONG = 20.0
"""Seconds that no test waits unless it fails."""


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


def test_who_stands_still_in_the_middle_is_ended_and_lets_the_others_go_on(store: Store) -> None:
    with pytest.raises(Unavailable, match="stood still"), store.write(who="Ana", at=NOW) as work:
        work.connection.execute(text("SET idle_in_transaction_session_timeout = '50ms'"))
        threading.Event().wait(0.5)
        work.log("too late", "")
    log(store, "next")
    assert logged(store) == ["next"]


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
