"""What takes longer than a moment says so in the header, and keys go on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from threading import Event

import pytest

from frontdesk.domain.day import DaySheet
from frontdesk.domain.errors import Refused
from frontdesk.ui import router, working
from frontdesk.ui.dialogs import save_as as saving
from frontdesk.ui.dialogs.save_as import save_as
from tests.driver import Driver, at_the_desk
from tests.ui.shop import FakeDesk
from tests.ui.sketch import Sketch, sketch_app


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that waits for a thread takes long."""
    monkeypatch.setattr(working, "SOON_S", 0.0)
    monkeypatch.setattr(saving, "SOON_S", 0.0)
    monkeypatch.setattr(router, "SLOW_S", 60.0)


class SlowDesk(FakeDesk):
    """Reads the day when it may."""

    may = Event()

    def load(self, day: date | None = None) -> DaySheet:
        self.may.wait(20)
        return super().load(day)


def top(me: Driver) -> Sketch:
    screen = me.app.screen
    assert isinstance(screen, Sketch)
    return screen


async def test_a_long_read_is_told_by_itself_and_keys_go_on() -> None:
    desk = SlowDesk()
    desk.may.set()
    async with at_the_desk(sketch_app(desk), (80, 24)) as me:
        assert not me.sees("READING…")
        desk.may.clear()
        me.app.data_changed()
        await me.waits_for("READING…")
        await me.pilot.press("down")
        assert top(me).rows.key == 1
        desk.may.set()
        await me.until(lambda: not me.sees("READING…"), "the end of it")


async def test_who_asked_is_let_go_once_they_are_answered() -> None:
    async with at_the_desk(sketch_app(), (80, 24)) as me:
        me.app.data_changed()
        assert me.app.asked
        await me.settle()
        assert me.app.asked == {}


async def test_a_file_that_takes_long_is_told_and_may_be_left_to_itself(tmp_path: Path) -> None:
    may = Event()

    def write(path: Path) -> str:
        may.wait(20)
        if path.name == "taken.pdf":
            raise Refused(f"{path} is there already: say another name")
        return f"it is in {path}"

    async with at_the_desk(sketch_app(), (80, 24)) as me:
        for name, said in (("page.pdf", f"it is in {tmp_path}/page.pdf"), ("taken.pdf", "say another name")):
            may.clear()
            save_as(top(me), "A page", write, name=str(tmp_path / name))
            await me.settle()
            await me.pilot.press("enter")
            await me.waits_for("WRITING…")
            await me.pilot.press("enter")
            await me.waits_for("It is being written.")
            await me.pilot.press("escape")
            await me.until(lambda: not me.app.screen.is_modal, "the dialog's end")
            await me.pilot.press("down")
            may.set()
            await me.until(lambda said=said: said in me.message(), "what became of it")  # type: ignore[misc]
            assert not me.sees("WRITING…")
        assert top(me).rows.key == 2
