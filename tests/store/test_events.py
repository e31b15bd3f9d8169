"""An imported event is remembered by its key: what it said, and what it became."""

from __future__ import annotations

import pendulum
import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from frontdesk.store import block_writes, events
from frontdesk.store.events import EventSource

NOW = pendulum.datetime(2026, 11, 23, 10, 42, tz="UTC")


def test_what_an_event_became_is_remembered_and_replaced(conn: Connection) -> None:
    first, second = (block_writes.insert(conn, title="Meeting", starts=NOW, ends=NOW) for _ in range(2))
    said = EventSource(None, first, {"summary": "Meeting"})
    events.save_event_sources(conn, {"a@x/1": said, "b": EventSource(None, first, {})})
    events.save_event_sources(conn, {"b": EventSource(None, second, {"summary": "moved"})})
    found = events.event_sources(conn, ["a@x/1", "b", "never"])
    assert found == {"a@x/1": said, "b": EventSource(None, second, {"summary": "moved"})}
    assert events.event_sources(conn, []) == {}


def test_thousands_of_keys_are_asked_for_at_once(conn: Connection) -> None:
    block = block_writes.insert(conn, title="Meeting", starts=NOW, ends=NOW)
    keys = [f"event-{n}" for n in range(12_000)]
    events.save_event_sources(conn, {key: EventSource(None, block, {}) for key in keys})
    assert set(events.event_sources(conn, keys)) == set(keys)


def test_a_block_that_goes_is_forgotten_with_its_event(conn: Connection) -> None:
    block = block_writes.insert(conn, title="Meeting", starts=NOW, ends=NOW)
    events.save_event_sources(conn, {"a": EventSource(None, block, {})})
    block_writes.delete(conn, block)
    assert events.event_sources(conn, ["a"]) == {}


def test_an_event_became_one_thing(conn: Connection) -> None:
    with pytest.raises(IntegrityError), conn.begin_nested():
        events.save_event_sources(conn, {"a": EventSource(None, None, {})})
