"""The wall board: read from afar, changed by nobody."""

from __future__ import annotations

import pytest

from frontdesk.clock import ManualClock
from frontdesk.desk.walls import wall_of
from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.screens.all import screens
from tests.driver import at_the_desk
from tests.ui.day_shop import NOW, busy_day
from tests.ui.golden import check
from tests.ui.house import House
from tests.ui.shop import FakeDesk, opener


def board_app(start: str = keys.BOARD) -> FrontdeskApp:
    return FrontdeskApp(opener(FakeDesk(busy_day(), ManualClock(NOW))), screens(), start)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_how_it_looks(size: tuple[int, int]) -> None:
    async with at_the_desk(board_app(), size) as me:
        check(me, f"board-{size[0]}x{size[1]}")


async def test_strangers_see_initials_until_names_are_asked_for() -> None:
    async with at_the_desk(board_app()) as me:
        assert not me.sees("Garcia")
        await me.press("n")
        assert me.sees("Garcia M")
        assert not me.sees("reduced sensation")
        await me.press("n")
        assert not me.sees("Garcia")


async def test_the_most_urgent_first_on_request() -> None:
    async with at_the_desk(board_app()) as me:
        await me.press("v")
        assert me.row(1).startswith(" █▀▄ ▀▀█")  # R2
        assert me.sees("Due in the next 15 minutes")


def _part(practitioner: str | None, rooms: str | None, *, urgent_first: bool = False) -> FrontdeskApp:
    return FrontdeskApp(
        opener(FakeDesk(busy_day(), ManualClock(NOW))),
        screens(),
        keys.BOARD,
        lambda desk: wall_of(busy_day().clinic, practitioner, rooms, urgent_first=urgent_first),
    )


async def test_a_board_of_one_floor_still_shows_who_is_overdue_elsewhere() -> None:
    async with at_the_desk(_part(None, "Community"), (80, 24)) as me:
        assert me.sees("Rooms: Community")
        assert me.sees("Community 1")
        assert me.sees("OVERDUE")
        assert not me.sees("Room 5")


async def test_a_board_of_one_practitioner_shows_their_patients() -> None:
    async with at_the_desk(_part("okafor", None), (80, 24)) as me:
        assert me.sees("Rooms: Dr Okafor")
        assert me.sees("P N")
        assert not me.sees("I B")


async def test_a_board_may_begin_with_the_most_urgent() -> None:
    async with at_the_desk(_part(None, None, urgent_first=True)) as me:
        assert me.row(1).startswith(" █▀▄ ▀▀█")  # R2
        await me.press("v")
        assert me.row(1).startswith(" █▀▄ ▄█")  # R1


async def test_a_board_of_nobody_ends_with_who_there_is() -> None:
    async with at_the_desk(_part("Dr No", None), opened=False) as me:
        await me.until(lambda: me.app._exit, "the end")
        assert me.app.return_code == 1


async def test_nothing_can_be_changed_here(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "10:00", room="Room 1")
    before = house.now(visit)
    async with house.open(keys.BOARD) as me:
        await me.press(*"ioecrf!.x", "space", "enter", "tab", "L", "X")
        assert house.now(visit) == before
        assert me.app.screen_stack == [me.app.screen]


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_started_as_a_board_it_ends_with_one_key(key: str) -> None:
    async with at_the_desk(board_app()) as me:
        await me.press(key)
        await me.until(lambda: me.app._exit, "the end")
        assert me.app.return_code == 0


async def test_reached_from_the_dashboard_it_goes_back_there() -> None:
    async with at_the_desk(board_app(keys.ROOMS)) as me:
        await me.press("b")
        assert me.app.current_mode == keys.BOARD
        assert me.sees("Esc back")
        await me.press("escape")
        assert me.app.current_mode == keys.ROOMS


async def test_another_terminals_step_is_seen_on_the_wall(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "10:00", room="Room 1")
    async with house.open(keys.BOARD) as me:
        house.desk("Bo").needles.put_in(visit.id, 9)
        await me.waits_for("9 needles in")
        assert me.sees("M G")
