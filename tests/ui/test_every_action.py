"""Every action runs on every screen of its place, on nothing, on an empty day and on a busy one; so does a monkey."""

from __future__ import annotations

import os
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from typing import Any

import pytest
from msgspec.structs import replace

from frontdesk.clock import ManualClock
from frontdesk.desk.open import Desk, open_desk
from frontdesk.domain.setup import spec_of
from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.screens.all import screens
from frontdesk.ui.screens.base import DeskScreen
from tests.conftest import DEMO_AT
from tests.driver import Driver, at_the_desk
from tests.thorough import thorough
from tests.ui.house import House

ENDS = ("quit",)
MONKEY_KEYS = int(os.environ.get("FRONTDESK_MONKEY", "300"))
SIZES = [(1, 1), (2, 300), (300, 2), (200, 500), (59, 14), (60, 15), (80, 24)]


@pytest.fixture
def opener(request: pytest.FixtureRequest) -> Callable[[], Any]:
    """`open_desk` on what the test is run with."""
    if request.param in ("demo", "nothing in use"):
        where = str(request.getfixturevalue("demo_where"))

        def demo() -> Desk:
            # The clock stands: what changes on a screen is not its doing.
            return open_desk(where, "Ana", clock=lambda _: ManualClock(DEMO_AT))

        if request.param == "nothing in use":
            with closing(demo()) as desk:
                had = spec_of(desk.clinic.get())
                desk.clinic.setup(replace(had, services=(), practitioners=(), rooms=(), equipment=()))
        return demo
    house: House = request.getfixturevalue("house" if request.param == "an empty day" else "empty_house")
    return house.opener()


@asynccontextmanager
async def seated(open_: Callable[[], Any], place: str, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Driver]:
    async with at_the_desk(FrontdeskApp(open_, screens()), size, opened=False) as me:
        await me.until(lambda: me.app.today is not None or me.app.current_mode == keys.SETUP, "the day, or the set-up")
        await me.settle()
        # Where nothing is set up, the set-up was shown instead, and greeted.
        await me.press(*("escape" for _ in range(me.app.screen.is_modal)))
        await me.app.show(place)
        await me.settle()
        yield me


async def back_to(me: Driver, place: str) -> None:
    """Out of whatever was opened."""
    if me.app.lock.on:
        await me.until(lambda: me.app.router.is_open, "a rest")
        await me.press("enter")
        await me.until(lambda: me.app.router.is_open, "a rest")
    for _ in range(6):
        if not me.app.screen.is_modal:
            break
        await me.until(lambda: me.app.router.is_open, "a rest")
        await me.press("escape")
    await me.app.show(place)
    await me.settle()


places = pytest.mark.parametrize("place", [place for place in keys.PLACES if place != keys.DIALOG])
everywhere = pytest.mark.parametrize(
    "opener",
    ["nothing", *(pytest.param(name, marks=thorough) for name in ("an empty day", "nothing in use")), "demo"],
    indirect=True,
)
busy_places = pytest.mark.parametrize(
    "place",
    [
        place if place in (keys.DAY, keys.ROOMS) else pytest.param(place, marks=thorough)
        for place in keys.PLACES
        if place != keys.DIALOG
    ],
)


def answered_at(place: str) -> set[str]:
    """The actions whose dialogs are answered there; those of every screen on the day alone, where not all is asked."""
    here = {action.id for action in keys.actions_for(place)}
    if place == keys.DAY or os.environ.get("FRONTDESK_THOROUGH"):
        return here
    screens_of_desk = [one for one in keys.PLACES if one not in (keys.DIALOG, keys.BOARD, keys.SETUP)]
    everywhere = set.intersection(*({action.id for action in keys.actions_for(one)} for one in screens_of_desk))
    return here - everywhere


@places
@everywhere
async def test_every_action_and_every_key_of_a_place_runs_there(
    opener: Callable[[], Any], place: str, request: pytest.FixtureRequest
) -> None:
    answered = answered_at(place)
    on_demo = request.node.callspec.params["opener"] in ("demo", "nothing in use")
    async with seated(opener, place) as me:
        for action in keys.actions_for(place):
            if action.id in ENDS or not (on_demo or action.id in answered):
                continue
            screen = me.app.screen
            assert isinstance(screen, DeskScreen)
            assert place == screen.PLACE
            assert callable(getattr(screen, action.method))
            for number, key in enumerate(action.keys or ("",)):
                if key:
                    await me.press(key)
                else:
                    screen.call_next(screen.action_do, action.id)
                    await me.settle()
                if number == 0 and action.id in answered:
                    # What it opened takes keys that make sense, and keys that make none.
                    await me.press("a", "1", "tab", "enter")
                await back_to(me, place)
            assert me.app.is_running


@busy_places
@pytest.mark.parametrize("opener", ["demo"], indirect=True)
async def test_any_window_size_is_survived_with_a_dialog_open(opener: Callable[[], Any], place: str) -> None:
    chance = random.Random(7)
    async with seated(opener, place) as me:
        dialogs = {keys.DAY: "n", keys.PATIENTS: "n", keys.ROOMS: "question_mark", keys.SETUP: "a"}
        for opened in (False, True):
            now_in_sight = ("escape", "t") if place == keys.DAY else ()
            await me.press(*now_in_sight)
            before = me.screen()
            if opened:
                await me.press(dialogs.get(place, "question_mark"))
                before = me.screen() if place != keys.DAY else before
            for size in (*SIZES, *((chance.randint(1, 220), chance.randint(1, 70)) for _ in range(3))):
                await me.pilot.resize_terminal(*size)
                await me.settle()
            await me.pilot.resize_terminal(100, 30)
            await me.settle()
            # The day may be scrolled elsewhere after a window of another height; now can be had back.
            await me.press(*now_in_sight)
            assert me.screen() == before


WORDS = ["garcia", "12", "tomorrow", "+2w", "11:15", "has a cold", "#3", "stew"]
KEYS = sorted({key for action in keys.ACTIONS for key in action.keys if action.id not in ENDS})
MOVES = ["up", "down", "left", "right", "tab", "shift+tab", "enter", "enter", "escape", "space", "home", "end", "y"]


@pytest.mark.parametrize("opener", ["demo"], indirect=True)
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=thorough), pytest.param(3, marks=thorough)])
async def test_a_monkey_breaks_nothing_and_loses_no_needle(opener: Callable[[], Any], seed: int) -> None:
    chance = random.Random(seed)
    desk: Desk = opener()
    in_before = needles(desk)
    pressed = 0
    while pressed < MONKEY_KEYS:
        async with seated(opener, keys.DAY) as me:
            while pressed < MONKEY_KEYS and me.app.is_running:
                burst = [chance.choice(chance.choice((KEYS, MOVES))) for _ in range(chance.randint(1, 12))]
                if chance.random() < 0.3:
                    burst += [*chance.choice(WORDS), "enter"]
                await me.press(*burst)
                pressed += len(burst)
            # It may have found "quit" among the actions, and said yes: then it comes back.
            assert me.app.is_running or me.app.return_code == 0
            assert not me.app.banner
    assert desk.upkeep.check() == ()
    after = needles(desk)
    for visit, count in in_before.items():
        assert visit in after, f"the needles of visit {visit} are nowhere"
        told = any(
            entry.before and entry.before.get("count_in") == count[1] for entry in desk.log.latest(2 * MONKEY_KEYS)
        )
        assert after[visit][0] != "out" or after[visit][1] == count[1] or told, "a count in changed behind the log"
    desk.close()


def needles(desk: Desk) -> dict[int, tuple[str, int]]:
    """Of every visit of today that had needles in: whether they are still in, out or owed, and how many went in."""
    sheet = desk.days.load(None)
    found = {}
    for visit in {one.id: one for one in (*sheet.appointments, *sheet.in_house)}.values():
        for retention in visit.retentions:
            state = "in" if retention.is_in else "owed" if visit.count_owed else "out"
            found[retention.id] = (state, retention.count_in)
    return found
