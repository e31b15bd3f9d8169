"""The help of a dialog is made of what is bound in it at that moment."""

from __future__ import annotations

from frontdesk.ui import keys
from tests.ui.house import House


async def test_a_form_says_its_keys_and_those_of_the_field(house: House) -> None:
    house.patient("Garcia, Maria")
    async with house.open(keys.PATIENTS, (80, 24)) as me:
        await me.press("n")
        assert "Ctrl+P keys" in me.row(-1)
        await me.press("ctrl+p")
        for said in ("Keys that work in this dialog", "Esc", "Ctrl+U", "empty the field", "Tab", "next field"):
            assert me.sees(said), said
        await me.press("enter")
        assert not me.sees("Keys that work")
        # What was typed is as it was, and nothing is answered.
        await me.press(*"Lee", "ctrl+p", "ctrl+p", "escape")
        assert me.sees("Lee")


async def test_a_question_says_its_own_letters_and_what_the_list_can_do(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "10:20")
    async with house.open(keys.DAY, (80, 24)) as me:
        await me.press("x", "question_mark")
        assert me.sees("Keys that work in this dialog")
        await me.press("escape", "escape")
        assert house.now(visit).status.value == "booked"


async def test_digits_stand_together_and_nothing_of_a_mouse_is_named(house: House) -> None:
    house.patient("Garcia, Maria")
    async with house.open(keys.DAY, (80, 24)) as me:
        await me.press("n", "ctrl+p")
        said = " ".join(me.screen().split())
        assert "1-9 place" in said
        assert "Home to the beginning" in said
        assert "super" not in said
