"""Jump mode: a letter on everything in sight, and the letter goes there, on every screen, at 80 columns too."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.clock import ManualClock
from frontdesk.desk.open import Desk, open_desk
from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.dialogs.jump import Letter
from frontdesk.ui.jumping import LETTERS, lettered
from frontdesk.ui.screens.all import screens
from frontdesk.ui.screens.day import DayScreen
from frontdesk.ui.widgets.room_tiles import RoomTiles
from tests.conftest import DEMO_AT
from tests.driver import Driver, at_the_desk
from tests.ui.house import House

SIZES = ((80, 24), (120, 40))


def letters(me: Driver) -> dict[str, tuple[int, int]]:
    """Each letter shown, and its cell."""
    return {one._letter: (one.region.x, one.region.y) for one in me.app.screen.query(Letter)}


def test_letters_are_one_each_and_spread_where_there_are_too_few() -> None:
    assert lettered("xyz") == {"a": "x", "s": "y", "d": "z"}
    many = lettered(range(200))
    assert len(many) == 50
    assert list(many.values()) == list(range(0, 200, 4))
    assert len(set(LETTERS)) == len(LETTERS) == 52
    assert lettered(()) == {}


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_every_screen_has_letters_that_stand_on_it_and_go_somewhere(
    demo_copy: Path, size: tuple[int, int]
) -> None:
    def opener() -> Desk:
        return open_desk(str(demo_copy), "Ana", clock=lambda _: ManualClock(DEMO_AT))

    app = FrontdeskApp(opener, screens(), keys.DAY)
    async with at_the_desk(app, size) as me:
        for place in keys.PLACES:
            if place in (keys.DIALOG, keys.BOARD):
                continue
            await app.show(place)
            await me.settle()
            await me.press("semicolon")
            assert me.sees("a letter goes there"), place
            shown = letters(me)
            assert shown, place
            for letter, (x, y) in shown.items():
                assert me.row(y)[x : x + 3].rstrip() == f" {letter}" or not me.row(y).isascii()
                assert 0 < y < size[1] - 1
            await me.press(list(shown)[-1])
            assert not me.sees("a letter goes there")
            assert app.current_mode == place
        await app.show(keys.BOARD)
        await me.settle()
        await me.press("semicolon")
        assert me.message() == "There is nothing here to jump to."


@pytest.mark.parametrize("turns", [0, 1, 2])
async def test_a_letter_on_a_visit_puts_the_cursor_on_it(house: House, turns: int) -> None:
    early, late = house.patient("Garcia, Maria"), house.patient("Lee, Ann")
    visits = (house.book(early, "10:20"), house.book(late, "11:30"))
    async with house.open(keys.DAY) as me:
        await me.press(*["v"] * turns)
        for letter, visit in (("s", visits[1]), ("a", visits[0])):
            await me.press("semicolon", letter)
            screen = me.app.screen_stack[0]
            assert isinstance(screen, DayScreen)
            assert screen.chosen is not None
            assert screen.chosen.id == visit.id


async def test_a_letter_chooses_a_room_and_a_row(house: House) -> None:
    house.patient("Garcia, Maria")
    house.patient("Lee, Ann")
    async with house.open(keys.ROOMS, (80, 24)) as me:
        await me.press("semicolon", "s")
        tiles = me.app.screen.query_one(RoomTiles)
        assert tiles.selected_id == tiles.rooms[1].room.id
        # The field is first, then both patients.
        await me.press("2", "semicolon", "d", "enter")
        assert me.app.current_mode == keys.FILE


async def test_esc_and_a_letter_that_stands_nowhere_go_back_and_a_new_size_too(house: House) -> None:
    async with house.open(keys.SETUP, (80, 24)) as me:
        for key in ("escape", "M", "enter"):
            await me.press("semicolon")
            assert me.sees("a letter goes there")
            await me.press(key)
            assert not me.sees("a letter goes there")
            assert me.app.current_mode == keys.SETUP
        await me.press("semicolon")
        await me.pilot.resize_terminal(100, 30)
        await me.settle()
        assert not me.sees("a letter goes there")
