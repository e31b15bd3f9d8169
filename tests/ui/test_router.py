"""Keys act in the order they were typed, whatever each one causes."""

from __future__ import annotations

import asyncio
from threading import Event

from frontdesk.ui.dialogs.ask import Ask, Choice
from tests.driver import at_the_desk
from tests.ui.sketch import Sketch, sketch_app


def the_sketch(app: object) -> Sketch:
    screen = getattr(app, "screen_stack")[0]  # noqa: B009
    assert isinstance(screen, Sketch)
    return screen


async def test_a_letter_after_backspace_stays_after_it() -> None:
    async with at_the_desk(sketch_app()) as me:
        await me.press("ctrl+f", "a", "b", "backspace", "c", "d")
        assert the_sketch(me.app).field.value == "acd"


async def test_a_bound_key_meets_the_row_the_arrows_went_to() -> None:
    async with at_the_desk(sketch_app()) as me:
        await me.press("down", "down", "down", "ctrl+n")
        assert me.message() == "booked row 3"


async def test_letters_after_the_key_that_opens_a_field_go_into_it() -> None:
    async with at_the_desk(sketch_app()) as me:
        await me.press("ctrl+f", *"Evans")
        assert the_sketch(me.app).field.value == "Evans"


async def test_keys_typed_ahead_reach_the_dialog_the_first_one_opened_and_then_the_screen_again() -> None:
    async with at_the_desk(sketch_app()) as me:
        sketch = the_sketch(me.app)
        me.app.call_later(
            lambda: me.app.push_screen(Choice("Which?", [(1, "one"), (2, "two")]), lambda n: sketch.done.append(str(n)))
        )
        await me.settle()
        await me.press("t", "w", "enter", "down", "ctrl+n")
        assert sketch.done == ["2"]
        assert me.message() == "booked row 1"


async def test_a_dialog_opened_by_a_dialogs_answer_gets_the_next_keys() -> None:
    async with at_the_desk(sketch_app()) as me:
        sketch = the_sketch(me.app)

        def second(first: str | None) -> None:
            me.app.push_screen(Ask("Second", str), lambda answer: sketch.done.append(f"{first} then {answer}"))

        me.app.call_later(lambda: me.app.push_screen(Ask("First", str), second))
        await me.settle()
        await me.press("a", "enter", "b", "c", "enter", "ctrl+n")
        assert sketch.done == ["a then bc"]
        assert me.message() == "booked row 0"


async def test_keys_wait_for_a_write_and_act_on_what_it_left() -> None:
    async with at_the_desk(sketch_app()) as me:
        sketch = the_sketch(me.app)
        may_end = Event()
        sketch.save(lambda: may_end.wait(20), lambda _: sketch.rows.select(20))
        for key in ("down", "ctrl+n"):
            me.app.simulate_key(key)
        for _ in range(20):
            await asyncio.sleep(0.01)
        assert me.message() == ""
        may_end.set()
        await me.settle()
        assert me.message() == "booked row 21"


async def test_a_slow_write_is_told_to_the_person_waiting() -> None:
    async with at_the_desk(sketch_app()) as me:
        sketch = the_sketch(me.app)
        may_end = Event()
        sketch.save(lambda: may_end.wait(20))
        me.app.simulate_key("down")
        await me.waits_for("SAVING…")
        may_end.set()
        await me.settle()


async def test_a_read_holds_no_key() -> None:
    async with at_the_desk(sketch_app()) as me:
        sketch = the_sketch(me.app)
        may_end = Event()
        sketch.ask(lambda: may_end.wait(20), lambda _: None)
        me.app.simulate_key("ctrl+n")
        await me.until(lambda: me.message() == "booked row 0", "the key's effect")
        may_end.set()


async def test_what_was_typed_ahead_does_not_act_after_the_key_that_closed_the_program() -> None:
    async with at_the_desk(sketch_app()) as me:
        sketch = the_sketch(me.app)
        me.app.rooms = ()
        await me.press("q", "space")
        assert sketch.done == []
