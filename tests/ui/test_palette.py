"""The palette finds what works on another screen too, goes there, and says by which key."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.keymap import read_keys
from frontdesk.ui.screens.all import screens
from tests.driver import at_the_desk
from tests.ui.house import House


async def test_what_works_elsewhere_is_found_and_leads_there(house: House) -> None:
    house.patient("Garcia, Maria")
    async with house.open(keys.DAY, (80, 24)) as me:
        await me.press("ctrl+p", *"register")
        assert me.sees("on Patients: Write down a new patient")
        assert me.sees("Enter goes to Patients, where it works.")
        await me.press("enter")
        assert me.app.current_mode == keys.PATIENTS
        assert me.message() == "n: Write down a new patient"


async def test_what_has_no_key_there_is_said_to_be_in_the_palette_by_the_palettes_own_key(house: House) -> None:
    mine = read_keys("palette = 'F8'\npatient.new = []", Path("keys.toml"))
    assert mine.complaints == ()
    app = FrontdeskApp(house.opener(), screens(), keys.DAY, key_file=mine)
    async with at_the_desk(app, (80, 24)) as me:
        await me.press("f8", *"register", "enter")
        assert me.app.current_mode == keys.PATIENTS
        assert me.message() == "F8: Write down a new patient"


async def test_what_works_here_comes_first_and_without_words_nothing_else_is_listed(house: House) -> None:
    async with house.open(keys.PATIENTS, (80, 24)) as me:
        await me.press("ctrl+p")
        assert not me.sees("on Day:")
        await me.press(*"new")
        rows = [row for row in me.screen().splitlines() if "new " in row]
        assert "new patient" in rows[1]
        assert any("on Day:" in row for row in rows)


async def test_what_is_called_so_elsewhere_comes_before_what_is_only_explained_so_here(house: House) -> None:
    async with house.open(keys.PATIENTS, (80, 24)) as me:
        for typed, called in (("change time", "move"), ("alarm off", "silence"), ("patient late", "move")):
            await me.press("ctrl+p", *typed)
            first = next(row for row in me.screen().splitlines() if "▸" in row)
            assert f"▸ {called} " in first
            assert me.sees("Enter goes to Day, where it works.")
            await me.press("escape")


async def test_help_is_found_and_what_no_key_does_is_said_to_be_done_elsewhere(house: House) -> None:
    async with house.open(keys.DAY, (80, 24)) as me:
        await me.press("ctrl+p", *"backup")
        assert me.sees("see the owner's page")
        await me.press("escape", "ctrl+p", *"tour")
        assert me.sees("frontdesk demo --tour")
        await me.press("escape", "ctrl+p", *"help", "enter")
        assert me.sees("Keys that work here")


async def test_the_help_says_what_a_key_is_for_where_nothing_is_chosen_and_beneath_why_it_cannot_be_used(
    house: House,
) -> None:
    async with house.open(keys.PATIENTS, (80, 24)) as me:
        await me.press("?")
        assert me.sees("The next step of the visit  ")
        assert me.sees("No visit today")


@pytest.mark.parametrize("place", [keys.DAY, keys.PATIENTS, keys.ROOMS, keys.RECALLS, keys.WAITING, keys.REMINDERS])
async def test_no_explanation_is_cut_in_the_middle_of_a_word(house: House, place: str) -> None:
    async with house.open(place, (80, 24)) as me:
        for opens, more in (("?", 3), ("ctrl+p", 4)):
            await me.press(opens)
            for _ in range(more):
                rows = [row for row in me.screen().splitlines() if row.startswith((" │", "│")) and "phone …" not in row]
                assert rows
                assert not [row for row in rows if "…" in row]
                await me.press("pagedown")
            await me.press("escape")


async def test_a_wide_window_has_room_for_what_an_action_does(house: House) -> None:
    async with house.open(keys.DAY, (120, 40)) as me:
        await me.press("?")
        assert me.sees("book in one line  ")
        assert me.sees("Book by a line as it is said: garcia follow-up lin thu 10:20")
        assert sum("│" in row for row in me.screen().splitlines()) >= 30
