"""Reads for screens are few at once; what a fast typist asks beyond that waits, and is dropped if superseded."""

from __future__ import annotations

from threading import Event, Lock

from frontdesk.ui import keys, work
from frontdesk.ui.leaving import READERS
from tests.ui.house import House


async def test_few_read_at_once_and_what_is_superseded_never_begins(house: House) -> None:
    async with house.open(keys.DAY) as me:
        app, go_on, lock = me.app, Event(), Lock()
        begun: list[str] = []
        answered: list[str] = []

        def read(name: str) -> str:
            with lock:
                begun.append(name)
            assert go_on.wait(10)
            return name

        def ask(group: str, name: str) -> None:
            work.ask(app, app, lambda: read(name), answered.append, group=group, holds=False)

        for number in range(READERS):
            ask(f"slow {number}", f"slow {number}")
        for text in ("g", "ga", "gar"):
            ask("lookup", text)
        await me.until(lambda: len(begun) == READERS, "all who read")
        written: list[str] = []
        work.save(app, app, lambda: "saved", written.append)
        await me.until(lambda: written == ["saved"], "a write, which waits for no reader")
        assert len(begun) == READERS
        go_on.set()
        await me.until(lambda: len(answered) == READERS + 1, "every answer")
        await me.settle()
        assert sorted(answered) == ["gar", *(f"slow {number}" for number in range(READERS))]
        assert {"g", "ga"}.isdisjoint(begun)
