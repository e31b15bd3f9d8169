"""Dialogs: Enter accepts, Esc leaves, errors have their place, and the timers stay in sight."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from textual.color import Color
from textual.events import Paste
from textual.screen import Screen
from textual.widget import Widget

from frontdesk.domain.errors import Invalid, Problem, Refused
from frontdesk.ui.dialogs.ask import Ask, Choice, Confirm
from frontdesk.ui.dialogs.base import Dialog
from frontdesk.ui.widgets.field import CleanInput, Field
from tests.driver import Driver, at_the_desk
from tests.ui import golden
from tests.ui.sketch import Sketch, sketch_app


class Asked:
    """What a dialog was answered."""

    def __init__(self) -> None:
        self.answers: list[Any] = []

    async def by(self, me: Driver, dialog: Screen[Any]) -> None:
        me.app.call_later(lambda: me.app.push_screen(dialog, self.answers.append))
        await me.settle()


def count(text: str) -> int:
    if not text.isdecimal():
        raise Refused("a whole number, such as 12")
    return int(text)


class Person(Dialog[tuple[str, int]]):
    TITLE_WORDS = "New patient"
    ACCEPT_WORDS = "save"

    def body(self) -> Iterator[Widget]:
        yield Field("Family name", name="family", limit=20)
        yield Field("Age", "40", name="age", check=count)

    def accept(self) -> None:
        family, age = self.query(Field)
        try:
            person = (family.checked(), age.checked())
        except Refused as refused:
            self.fail(refused)
            return
        self.save(lambda: self.store(person), self.done)

    def store(self, person: tuple[str, int]) -> tuple[str, int]:
        if person[0] == "Taken":
            raise Invalid((Problem("family", "somebody of that name was born the same day"),))
        return person


async def test_a_question_is_answered_by_its_letters_and_not_by_enter() -> None:
    async with at_the_desk(sketch_app()) as me:
        asked = Asked()
        await asked.by(me, Confirm("Cancel Garcia M?", "Tue 24 Nov 10:20", yes="cancel it"))
        await me.press("enter", "space", "a")
        assert asked.answers == []
        await me.press("y", "y")
        assert asked.answers == [True]
        await asked.by(me, Confirm("Again?"))
        await me.press("n")
        await asked.by(me, Confirm("Again?"))
        await me.press("ctrl+g")
        assert asked.answers == [True, False, None]


async def test_a_choice_is_found_by_typing_or_arrows() -> None:
    rooms = [(1, "Room 1"), (2, "Room 2"), (3, "Community 1")]
    async with at_the_desk(sketch_app()) as me:
        asked = Asked()
        await asked.by(me, Choice("Which room?", rooms))
        assert me.sees("▸ Room 1")
        await me.press("down", "down", "enter")
        await asked.by(me, Choice("Which room?", rooms))
        await me.press(*"comm", "enter")
        await asked.by(me, Choice("Which room?", rooms))
        await me.press(*"zz", "enter")
        assert me.sees("Nothing chosen.")
        await me.press("escape")
        assert asked.answers == [3, 3, None]


async def test_one_line_is_asked_until_it_is_right() -> None:
    async with at_the_desk(sketch_app()) as me:
        asked = Asked()
        await asked.by(me, Ask("Needles in: how many?", count, hint="Garcia M, Room 1"))
        await me.press(*"1x", "enter")
        assert me.sees("✗ a whole number, such as 12")
        assert asked.answers == []
        await me.press("backspace", "2", "enter", "enter")
        assert asked.answers == [12]


async def test_the_strip_stays_in_sight_above_a_dialog_and_its_timers_run() -> None:
    async with at_the_desk(sketch_app(), (80, 24)) as me:
        asked = Asked()
        await asked.by(me, Person())
        golden.check(me, "dialog-80x24")
        assert me.sees("*** R2 Lee J OVERDUE +11:10")
        me.app.desk.clock.move(seconds=30)  # type: ignore[attr-defined]
        await me.waits_for("OVERDUE +11:40")


async def test_a_form_shows_what_is_wrong_beside_the_field_and_saves_once() -> None:
    async with at_the_desk(sketch_app()) as me:
        asked = Asked()
        await asked.by(me, Person())
        await me.press(*"Taken", "tab", "backspace", "backspace", "x", "enter")
        assert me.sees("a whole number, such as 12")
        await me.press("backspace", "5", "enter")
        assert me.sees("somebody of that name was born the same day")
        await me.press("shift+tab", *"ov", "enter", "enter")
        assert asked.answers == [("Takenov", 5)]
        assert isinstance(me.app.screen, Sketch)


async def test_what_a_field_begins_with_is_replaced_by_the_first_letter_and_edited_by_an_arrow() -> None:
    async with at_the_desk(sketch_app()) as me:
        asked = Asked()
        await asked.by(me, Person())
        await me.press(*"Roe", "tab", *"51", "enter")
        await asked.by(me, Person())
        await me.press(*"Roe", "tab", "end", "1", "enter")
        assert asked.answers == [("Roe", 51), ("Roe", 401)]
        assert isinstance(me.app.screen, Sketch)


@pytest.mark.parametrize("look", ["dark", "light"])
async def test_that_it_is_selected_is_seen(look: str) -> None:
    async with at_the_desk(sketch_app()) as me:
        me.app.show_look(look)
        await Asked().by(me, Person())
        await me.press("tab")
        field = me.focused()
        assert isinstance(field, CleanInput)
        styles = [segment.style for segment in field.render_line(0) if segment.text.strip() == "40"]
        cursor = Color.parse(me.app.get_css_variables()["ink-cursor"]).rich_color
        assert [style.bgcolor for style in styles if style] == [cursor]


async def test_who_comes_back_to_half_a_word_goes_on_with_it() -> None:
    async with at_the_desk(sketch_app()) as me:
        asked = Asked()
        await asked.by(me, Person())
        await me.press(*"Gar")
        await me.pilot.resize_terminal(50, 12)
        await me.waits_for("Too small")
        await me.pilot.resize_terminal(80, 24)
        await me.waits_for("New patient")
        await me.press("ctrl+p", "escape", *"cia", "enter")
        assert asked.answers == [("Garcia", 40)]


async def test_what_was_typed_is_not_lost_by_one_hasty_esc() -> None:
    async with at_the_desk(sketch_app()) as me:
        asked = Asked()
        await asked.by(me, Person())
        await me.press("a", "escape")
        assert me.sees("Not saved. Esc again leaves it")
        assert asked.answers == []
        await me.press("escape")
        assert asked.answers == [None]
        await asked.by(me, Person())
        await me.press("escape")
        assert asked.answers == [None, None]


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("Bob\x1b[31m\x07\x00\u202eX\tY", "Bob[31mX Y"),
        ("two\nlines", "two lines"),
        ("x" * 50, "x" * 20),
        ("x" * 1_000_000, "x" * 20),
        ("\x1b\x00", ""),
    ],
    ids=["control codes", "lines", "too long", "a megabyte", "nothing"],
)
async def test_a_paste_is_cleaned_and_cut(pasted: str, kept: str) -> None:
    async with at_the_desk(sketch_app()) as me:
        await Asked().by(me, Person())
        me.app.post_message(Paste(pasted))
        await me.settle()
        family = me.app.screen.query(CleanInput).first()
        assert family.value == kept
        assert me.sees("its end was cut") == (len(pasted) >= 50)


async def test_a_paste_for_which_a_field_has_no_room_is_said_until_something_is_typed() -> None:
    async with at_the_desk(sketch_app()) as me:
        await Asked().by(me, Person())
        await me.press(*"abcdefghijklmnopqrst")
        me.app.post_message(Paste("u"))
        await me.settle()
        assert me.sees("its end was cut")
        await me.press("backspace")
        assert not me.sees("its end was cut")


async def test_a_paste_takes_the_place_of_what_was_selected_backwards_in_a_full_field() -> None:
    async with at_the_desk(sketch_app()) as me:
        await Asked().by(me, Person())
        await me.press(*"abcdefghijklmnopqrst", "shift+home")
        me.app.post_message(Paste("Garcia"))
        await me.settle()
        assert me.app.screen.query(CleanInput).first().value == "Garcia"
        assert not me.sees("its end was cut")


async def test_help_lists_the_live_keys_and_runs_one() -> None:
    async with at_the_desk(sketch_app()) as me:
        sketch = me.app.screen
        assert isinstance(sketch, Sketch)
        sketch.refuses = {"visit.next": "Choose an appointment first."}
        await me.press("question_mark")
        assert me.sees("Choose an appointment first.")
        await me.press("enter")
        assert sketch.done == []
        assert me.app.screen is not sketch
        await me.press("down", "down", "down", "enter")
        assert sketch.done == ["book.move"]
        assert me.app.screen is sketch


async def test_the_palette_finds_by_other_words_and_runs() -> None:
    async with at_the_desk(sketch_app()) as me:
        sketch = me.app.screen
        assert isinstance(sketch, Sketch)
        await me.press("ctrl+p", *"resched", "enter", "down", "ctrl+n")
        assert sketch.done == ["book.move"]
        assert me.message() == "booked row 1"


async def test_a_window_too_small_for_a_while_leaves_the_cursor_in_its_field() -> None:
    async with at_the_desk(sketch_app()) as me:
        asked = Asked()
        await asked.by(me, Person())
        await me.press("tab")
        field = me.focused()
        assert field is not None
        await me.pilot.resize_terminal(50, 12)
        await me.settle()
        assert me.sees("Too small")
        await me.pilot.resize_terminal(120, 40)
        await me.settle()
        assert me.focused() is field


async def test_keys_that_are_dropped_before_a_dialog_has_its_lines_are_no_defect() -> None:
    async with at_the_desk(sketch_app()) as me:
        dialog = Confirm("Really?")
        me.app.push_screen(dialog)
        me.app.keys_were_dropped("too slow")
        dialog.warn("too slow")
        await me.settle()
        assert me.sees("Really?")


def box(me: Driver) -> str:
    """What stands in the dialog's box, its rows joined."""
    rows = [row for row in me.screen().splitlines() if row.count("│") >= 2]
    return " ".join(" ".join(row.split("│")[1].split()) for row in rows)


async def test_what_a_dialog_says_is_whole_though_names_and_reasons_are_long() -> None:
    name = "Wolfeschlegelsteinhausenbergerdorff-Ashworth, Hubert Blaine Maximilian"
    why = "Dr Papadiamantopoulou-Karaïskákis is with Garcia, Maria until 10:45; take another room, or another time"

    def refuse(_: str) -> str:
        raise Refused(why)

    async with at_the_desk(sketch_app(), (80, 24)) as me:
        asked = Asked()
        hint = "It can't be undone; what is written about them is gone, and visits stay in the day without a name."
        await asked.by(me, Ask(f"{name}: erase the file", refuse, hint=hint, does="erase"))
        assert "Wolfeschle" in box(me)
        assert "…: erase the file " in box(me)
        assert hint in box(me)
        assert "Enter erase" in me.row(-1)
        await me.press("a", "enter")
        assert f"✗ {why}" in box(me)
        await me.press("b")
        assert "✗" not in box(me)
        await me.press("escape")
        question = f"Which room for {name[:40]}, Room 1 has Garcia M in it until 10:45?"
        await asked.by(me, Choice(question, [(1, "Room 2")]))
        assert question in box(me)
