"""Before the program is loaded: the first frame is true, and keys wait for the screen that they are meant for."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any

import pytest

from frontdesk.config import Workstation
from frontdesk.drafts import Draft, Drafts
from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.asked_first import UNSEEN
from frontdesk.ui.keymap import read_keys
from frontdesk.ui.opening import Opening
from frontdesk.ui.router import MOST_WAITING, TOO_MANY
from frontdesk.ui.screens.day import DayScreen
from tests.driver import PATIENCE_S, at_the_desk
from tests.ui.day_shop import busy_day
from tests.ui.shop import FakeDesk, opener
from tests.ui.sketch import Other, Sketch
from tests.ui.test_keymap import HERE


class Late(FrontdeskApp):
    """A dashboard that is loaded when it is let go on."""

    CSS_PATH = "../../frontdesk/ui/app.tcss"

    def __init__(self, *args: object, **options: Any) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.may_load = Event()

    def load(self) -> None:
        self.may_load.wait(PATIENCE_S)
        super().load()


def late(desk: FakeDesk | None = None, **options: Any) -> Late:
    return Late(opener(desk or FakeDesk(busy_day())), {keys.DAY: DayScreen, keys.PATIENTS: Other}, **options)


@pytest.mark.parametrize("size", [(80, 24), (60, 15)])
async def test_the_first_frame_has_the_header_and_the_keys_of_the_screen_that_comes(
    size: tuple[int, int],
) -> None:
    app = late()
    async with at_the_desk(app, size, opened=False) as me:
        await me.until(lambda: isinstance(app.screen, Opening), "the first frame")
        await me.drawn()
        first, *between, last = (me.row(number) for number in range(size[1]))
        assert "1 Day" in first
        assert last.endswith("? help")
        assert not any(between)
        app.may_load.set()
        await me.until(lambda: app.today is not None, "the day")
        await me.settle()
        assert "1 Day" in me.row(0)


async def test_the_keys_of_the_first_frame_are_those_of_this_workstation() -> None:
    app = late(key_file=read_keys("find = 'F6'", HERE))
    async with at_the_desk(app, opened=False) as me:
        await me.waits_for("F6 find")
        app.may_load.set()


async def test_keys_that_come_before_the_program_wait_and_act_in_their_order() -> None:
    app = Late(opener(FakeDesk()), {keys.DAY: Sketch, keys.PATIENTS: Other})
    async with at_the_desk(app, opened=False) as me:
        await me.until(lambda: isinstance(app.screen, Opening), "the first frame")
        for key in ("down", "down", "ctrl+n", "down", "2"):
            app.simulate_key(key)
        await me.drawn()
        assert isinstance(app.screen, Opening)
        app.may_load.set()
        await me.until(lambda: app.current_mode == keys.PATIENTS, "the last key")
        assert me.message() == "booked row 2"


async def test_the_lock_and_hidden_names_hold_for_what_was_typed_before_the_program_was_there() -> None:
    app = late(workstation=Workstation(privacy=True))
    async with at_the_desk(app, opened=False) as me:
        await me.until(lambda: isinstance(app.screen, Opening), "the first frame")
        app.simulate_key("ctrl+l")
        app.simulate_key("2")
        app.may_load.set()
        await me.until(lambda: app.today is not None, "the day")
        await me.settle()
        assert (app.lock.on, app.privacy.on, app.current_mode) == (True, True, keys.DAY)


async def test_a_flood_before_the_program_is_told_of_when_it_is_there() -> None:
    app = late()
    async with at_the_desk(app, opened=False) as me:
        await me.until(lambda: isinstance(app.screen, Opening), "the first frame")
        for _ in range(MOST_WAITING + 5):
            app.simulate_key("2")
        await me.drawn()
        app.may_load.set()
        await me.until(lambda: app.today is not None, "the day")
        await me.settle()
        assert app.current_mode == keys.DAY
        assert me.message() == TOO_MANY


async def test_it_can_be_ended_before_it_is_loaded() -> None:
    app = late()
    async with at_the_desk(app, opened=False) as me:
        await me.until(lambda: isinstance(app.screen, Opening), "the first frame")
        app.exit(return_code=143)
        app.may_load.set()
    assert app.return_code == 143


async def test_what_can_not_be_loaded_ends_it_as_any_defect_does(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: FrontdeskApp) -> None:
        raise ImportError("half an installation")

    monkeypatch.setattr(FrontdeskApp, "load", broken)
    app = FrontdeskApp(opener(FakeDesk()), {keys.DAY: Sketch})
    with pytest.raises(ImportError):
        async with at_the_desk(app, opened=False) as me:
            await me.until(lambda: app.return_code == 1, "the end")
    assert "an internal error ended the program" in capfd.readouterr().err


async def test_what_is_asked_at_the_start_is_not_answered_by_what_was_typed_before(tmp_path: Path) -> None:
    left = Drafts(tmp_path, FakeDesk.database_id)
    left.keep(Draft("patient-1", "Garcia, Maria", {"phone": "416"}, {"phone": ""}))
    left.close()
    app = late(drafts=tmp_path)
    async with at_the_desk(app, opened=False) as me:
        await me.until(lambda: isinstance(app.screen, Opening), "the first frame")
        for key in ("enter", "2"):
            app.simulate_key(key)
        await me.drawn()
        app.may_load.set()
        await me.waits_for("Not saved when the program ended")
        await me.settle()
        assert me.sees("Not saved when the program ended")
        assert me.message() == UNSEEN
