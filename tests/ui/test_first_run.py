"""The first run: an empty database greets, asks five things, and is on the day."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.screens import setup
from frontdesk.ui.screens.all import screens
from tests.driver import Driver, at_the_desk
from tests.ui.golden import check
from tests.ui.house import House


@pytest.fixture(autouse=True)
def in_toronto(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine says where it is."""
    monkeypatch.setattr(setup, "machine_zone", lambda: "America/Toronto")


@asynccontextmanager
async def greeted(house: House, *, can_demo: bool = True) -> AsyncIterator[Driver]:
    app = FrontdeskApp(house.opener(), screens(), keys.DAY, can_demo=can_demo)
    async with at_the_desk(app, (80, 24), opened=False) as me:
        await me.waits_for("Welcome to frontdesk")
        await me.waits_for("Room 3")
        await me.settle()
        yield me


async def test_five_answers_and_the_day_is_there(empty_house: House) -> None:
    async with greeted(empty_house) as me:
        check(me, "first-greeting-80x24")
        await me.press("enter", *"Elm [b]", "enter", "enter", "enter", *"Dr Lin, Dr Okafor")
        check(me, "first-questions-80x24")
        await me.press("enter")
        assert me.sees("set it up"), "the key line says that the next Enter saves"
        await me.press("enter")
        assert me.app.current_mode == keys.DAY
        assert me.app.today is not None
        assert me.app.today.clinic.name == "Elm [b]"
        clinic = empty_house.desk("Bo").clinic.get()
        assert (clinic.timezone, clinic.phone_region) == ("America/Toronto", "CA")
        assert [room.name for room in clinic.open_rooms] == ["Room 1", "Room 2", "Room 3"]
        assert [one.name for one in clinic.practitioners] == ["Dr Lin", "Dr Okafor"]
        await me.press("ctrl+p", *"set-up", "enter")
        assert not me.sees("Welcome")


async def test_enter_asks_all_five_and_what_is_typed_replaces_the_usual_answer(empty_house: House) -> None:
    async with greeted(empty_house) as me:
        await me.press("s", *"Elm", "enter", *"berlin", "enter", "enter", "up", *"Blue, Green", "enter", "enter")
        assert me.app.current_mode != keys.DAY, "nobody treats yet"
        await me.press(*"Dr Lin", "enter", *"mon-fri 8-12", "enter")
        assert me.app.current_mode == keys.DAY
        clinic = empty_house.desk("Bo").clinic.get()
        assert clinic.timezone == "Europe/Berlin"
        assert [room.name for room in clinic.open_rooms] == ["Blue", "Green"]
        assert [one.name for one in clinic.practitioners] == ["Dr Lin"]


async def test_what_is_wrong_is_said_beneath_its_field_and_nothing_is_written(empty_house: House) -> None:
    async with greeted(empty_house) as me:
        await me.press("s", *"Elm", "tab", "ctrl+u", *"berlni", "tab", "ctrl+u", *"0", "tab", *"Lin, lin", "tab")
        await me.press("ctrl+u", *"mon 9-25", "enter")
        for said in ("did you mean Europe/Berlin?", "from 1 to 50 rooms", "lin is there twice", "no clock shows"):
            assert me.sees(said)
        assert me.sees("✗ Time zone: see beneath it.")
        assert empty_house.desk("Bo").clinic.load() is None
        # The first that is wrong has the cursor; it is forgiven once it is changed.
        await me.press("ctrl+u", *"berlin")
        assert me.sees("Europe/Berlin; phone numbers are read as in DE")


async def test_esc_loses_nothing_and_holds_nobody(empty_house: House) -> None:
    async with greeted(empty_house) as me:
        await me.press("s", *"Elm", "tab", "tab", "ctrl+u", *"Blue, Green", "escape")
        assert me.app.current_mode == keys.SETUP
        assert me.sees("Elm")
        assert me.sees("Green")
        assert me.sees("America/Toronto")
        await me.press("f")
        assert me.sees("Your clinic in five answers")
        await me.press("escape", "q")
        assert not me.app.is_running


async def test_the_demo_is_opened_in_its_place_where_it_can_be(empty_house: House) -> None:
    async with greeted(empty_house, can_demo=False) as me:
        assert me.sees("leave, and look around: frontdesk demo")
        await me.press("d")
        assert me.message() == "Leave with q, and run: frontdesk demo"
        me.app.can_demo = True
        await me.press("d")
        assert me.app.wants_demo
        assert not me.app.is_running


async def test_a_clinic_that_is_there_is_asked_nothing(house: House) -> None:
    async with house.open(keys.SETUP) as me:
        assert not me.sees("Welcome")
        await me.press("f")
        assert "A clinic is set up here" in me.message()


async def test_the_clock_goes_while_there_is_no_clinic_yet(empty_house: House) -> None:
    async with greeted(empty_house) as me:
        for _ in range(2):
            empty_house.clock.move(seconds=7)
            await me.waits_for(f"{me.app.local(empty_house.clock.now()):%H:%M:%S}")
            await me.press("escape")
