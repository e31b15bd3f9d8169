"""The database out of reach: every screen says so, timers count on, nothing typed is lost or taken for saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.domain.errors import Unavailable
from frontdesk.domain.visit import Status
from frontdesk.ui import keys
from frontdesk.ui.layout.frame import banner_line, not_live_lines
from tests.driver import at_the_desk
from tests.engines import about_files
from tests.ui.house import House
from tests.ui.shop import FakeDesk
from tests.ui.sketch import sketch_app
from tests.ui.test_board import board_app


def test_the_band_says_for_how_long_in_what_room_there_is() -> None:
    def said(columns: int, rows: int) -> list[str]:
        return ["".join(span.text for span in line).strip() for line in not_live_lines(75, columns, rows)]

    assert said(120, 3) == ["", "TIMERS NOT LIVE for 01:15: counting on from what was known", ""]
    assert said(40, 1) == ["TIMERS NOT LIVE for 01:15"]


def test_why_the_timers_are_not_live_is_said_whole_in_a_narrow_window_too() -> None:
    gone = "/home/ana/.local/share/frontdesk/clinic.db is gone (deleted or moved); nothing is saved until it is back"

    def said(columns: int) -> str:
        return "".join(span.text for span in banner_line("TIMERS NOT LIVE", gone, columns)).strip()

    assert said(150) == f"TIMERS NOT LIVE: {gone}"
    assert said(100) == "TIMERS NOT LIVE: clinic.db is gone (deleted or moved); nothing is saved until it is back"
    assert said(80) == "clinic.db is gone (deleted or moved); nothing is saved until it is back"


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 10)], ids=str)
async def test_it_stands_over_the_board_and_in_a_window_that_is_too_small(size: tuple[int, int]) -> None:
    async with at_the_desk(board_app(), size) as me:
        assert not me.sees("NOT LIVE")
        me.app.unreachable(Unavailable("the database is gone"))
        await me.settle()
        assert me.sees("TIMERS NOT LIVE"), "at once"
        assert "NOT LIVE" in "\n".join(me.screen().splitlines()[:3]), "first of all"


async def test_silence_is_noticed_after_ten_seconds_but_not_after_a_sleep() -> None:
    desk = FakeDesk()
    async with at_the_desk(sketch_app(desk), (80, 24)) as me:
        me.app.watching.stop()
        desk.clock.move(minutes=5)
        me.app._tick()
        assert not me.sees("NOT LIVE"), "the listener must have its turn first"
        for _ in range(11):
            desk.clock.move(seconds=1)
            me.app._tick()
        assert me.app.banner == "TIMERS NOT LIVE: the database has not answered for 10 s"
        me.app.liveness.heard()
        desk.clock.move(seconds=2)
        me.app.liveness.heard()
        me.app._tick()
        assert not me.app.banner


async def test_it_says_for_how_long_nothing_was_heard() -> None:
    app = board_app()
    async with at_the_desk(app) as me:
        app.watching.stop()
        app.liveness.heard()
        for _ in range(11):
            app.desk.clock.move(seconds=1)  # type: ignore[attr-defined]
            app._tick()
        await me.settle()
        assert me.sees("TIMERS NOT LIVE for 00:11")


async def test_a_sleep_while_it_is_lost_is_no_word_from_it() -> None:
    desk = FakeDesk()
    async with at_the_desk(sketch_app(desk), (80, 24)) as me:
        me.app.watching.stop()
        me.app.unreachable(Unavailable("the database is gone"))
        desk.clock.move(minutes=1)
        me.app._tick()
        assert me.app.banner == "TIMERS NOT LIVE: the database is gone"
        me.app.liveness.heard()
        me.app._tick()
        assert not me.app.banner


@about_files
async def test_a_count_typed_meanwhile_is_kept_said_to_be_unsaved_and_saved_when_it_is_back(house: House) -> None:
    path = Path(house.where)
    away = path.with_name("away.db")
    (desk,) = house.desks
    visit = house.book(house.patient("Garcia, Maria"), "10:00", room="Room 1")
    desk.needles.put_in(visit.id, 12, minutes=25)
    async with house.open(keys.ROOMS) as me:
        path.rename(away)
        await me.press("home", "o", *"12", "enter")
        await me.waits_for("NOT SAVED")
        assert me.sees("12")
        assert "TIMERS NOT LIVE" in me.row(1), "over a dialog too"
        house.clock.move(minutes=26)
        await me.waits_for("* R1 Garcia M due +01:00")
        away.rename(path)
        house.clock.move(seconds=2)
        await me.until(lambda: not me.sees("NOT LIVE"), "the end of it")
        await me.press("enter")
        await me.waits_for("needles out, 12 of 12")
        assert house.now(visit).status is Status.NEEDLES_OUT
