"""Reads for screens are few at once; what a fast typist asks beyond that waits, and is dropped if superseded."""

from __future__ import annotations

from threading import Event, Lock

from frontdesk.domain.errors import Refused
from frontdesk.ui import keys, work
from frontdesk.ui.dialogs.ask import Confirm
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


async def test_what_a_dialog_that_was_left_had_asked_is_refused_to_nobody(house: House) -> None:
    async with house.open(keys.DAY) as me:
        app, go_on = me.app, Event()
        dialog = Confirm("Cancel Garcia M?", "Tue 24 Nov 10:20", yes="cancel it")
        app.push_screen(dialog)
        await me.settle()

        def read() -> None:
            assert go_on.wait(10)
            raise Refused("there is no such wish any more")

        work.ask(app, dialog, read, None, group="places", holds=False)
        await me.pilot.press("escape")
        await me.until(lambda: app.screen is not dialog, "the dialog's end")
        app.say("booked")
        go_on.set()
        await me.settle()
        assert me.message() == "booked"
