"""Keys act in the order they were typed, whatever each one causes."""

from __future__ import annotations

import asyncio
from threading import Event as Signal

import pytest
from textual.events import Event, Key, Paste
from textual.message import Message

from frontdesk.domain.errors import Refused
from frontdesk.ui import keys, router
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.dialogs.ask import Ask, Choice
from frontdesk.ui.work import Answered
from tests.driver import Driver, at_the_desk
from tests.ui.shop import FakeDesk, opener
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
        may_end = Signal()
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
        may_end = Signal()
        sketch.save(lambda: may_end.wait(20))
        me.app.simulate_key("down")
        await me.waits_for("SAVING…")
        may_end.set()
        await me.settle()


def asks(sketch: Sketch, may_end: Signal) -> None:
    """The action of `m` asks the desk, and the answer moves the selection."""

    def ask() -> None:
        sketch.ask(lambda: may_end.wait(20), lambda _: sketch.rows.action_move(10))

    sketch.action_book_move = ask  # type: ignore[method-assign]


async def test_a_key_that_acts_waits_for_what_the_key_before_it_asked() -> None:
    async with at_the_desk(sketch_app()) as me:
        may_end = Signal()
        asks(the_sketch(me.app), may_end)
        me.app.simulate_key("m")
        me.app.simulate_key("ctrl+n")
        await me.waits_for("READING…")
        assert me.message() == ""
        may_end.set()
        await me.settle()
        assert me.message() == "booked row 10"


class Looking(Sketch):
    """Every letter asks, as a lookup does."""

    may_end = Signal()

    def on_input_changed(self) -> None:
        self.ask(lambda: self.may_end.wait(20), lambda _: self.rows.action_move(10))


async def test_letters_do_not_wait_for_what_the_letters_before_them_asked_but_enter_does() -> None:
    async with at_the_desk(FrontdeskApp(opener(FakeDesk()), {keys.DAY: Looking})) as me:
        sketch = the_sketch(me.app)
        for key in ("ctrl+f", "a", "b", "ctrl+n"):
            me.app.simulate_key(key)
        await me.until(lambda: sketch.field.value == "ab", "the letters")
        await me.waits_for("READING…")
        assert me.message() == ""
        Looking.may_end.set()
        await me.settle()
        assert me.message() == "booked row 10"


async def test_where_the_database_does_not_answer_typed_ahead_keys_are_dropped_and_the_next_ones_act(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(router, "READ_LIMIT_S", 0.3)
    async with at_the_desk(sketch_app()) as me:
        may_end = Signal()
        asks(the_sketch(me.app), may_end)
        for key in ("m", "ctrl+n"):
            me.app.simulate_key(key)
        await me.until(lambda: me.message() == router.TOO_SLOW, "the reason")
        me.app.simulate_key("ctrl+n")
        await me.until(lambda: me.message() == "booked row 0", "the key's effect")
        may_end.set()


async def test_keys_typed_ahead_of_a_save_that_was_refused_do_nothing() -> None:
    async with at_the_desk(sketch_app()) as me:
        sketch, may_end = the_sketch(me.app), Signal()

        def refused() -> None:
            may_end.wait(20)
            raise Refused("the disk is full")

        sketch.save(refused)
        for key in ("down", "ctrl+n"):
            me.app.simulate_key(key)
        await me.waits_for("SAVING…")
        may_end.set()
        await me.until(lambda: me.message() == "the disk is full", "the refusal")
        await me.settle()
        assert sketch.rows.key == 0
        assert me.message() == "the disk is full"


async def test_a_flood_of_keys_is_dropped_and_said() -> None:
    async with at_the_desk(sketch_app()) as me:
        sketch, may_end = the_sketch(me.app), Signal()
        sketch.save(lambda: may_end.wait(20))
        for _ in range(router.MOST_WAITING + 50):
            me.app.simulate_key("down")
        await me.until(lambda: me.message() == router.TOO_MANY, "the reason")
        may_end.set()
        await me.settle()
        assert sketch.rows.key == 0


async def test_a_paste_where_nothing_is_typed_does_nothing_and_says_so() -> None:
    async with at_the_desk(sketch_app()) as me:
        me.app.post_message(Paste("down\rctrl+n"))
        await me.settle()
        assert "What was pasted went nowhere" in me.message()
        assert the_sketch(me.app).rows.key == 0


async def test_a_read_that_no_key_asked_for_holds_no_key() -> None:
    async with at_the_desk(sketch_app()) as me:
        sketch = the_sketch(me.app)
        may_end = Signal()
        sketch.ask(lambda: may_end.wait(20), lambda _: None)
        me.app.simulate_key("ctrl+n")
        await me.until(lambda: me.message() == "booked row 0", "the key's effect")
        may_end.set()


async def test_an_answer_that_came_before_the_next_question_and_is_heard_after_it_is_dropped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with at_the_desk(sketch_app()) as me:
        sketch, got, came = the_sketch(me.app), list[int](), list[Message]()
        post = me.app.post_message
        monkeypatch.setattr(
            me.app, "post_message", lambda said: came.append(said) if isinstance(said, Answered) else post(said)
        )
        for number in (1, 2):
            sketch.ask(lambda number=number: number, got.append)  # type: ignore[misc]
            await me.until(lambda number=number: len(came) == number, "the answer")  # type: ignore[misc]
        for answer in came:
            post(answer)
        await me.settle()
        assert got == [2]


class Offering(Sketch):
    """`m` asks what is offered; `s` takes it, Ctrl+N needs it not."""

    def __init__(self) -> None:
        super().__init__()
        self.may_end = Signal()

    def action_book_move(self) -> None:
        self.ask(lambda: self.may_end.wait(20), lambda _: self.rows.select(10), group="offers", holds=False)

    def action_visit_next(self) -> None:
        self.once_answered("offers", lambda: self.done.append(str(self.rows.key)))


async def test_what_is_only_offered_holds_no_key_but_those_after_one_that_takes_it() -> None:
    async with at_the_desk(FrontdeskApp(opener(FakeDesk()), {keys.DAY: Offering})) as me:
        sketch = the_sketch(me.app)
        assert isinstance(sketch, Offering)
        for key in ("m", "down", "ctrl+n"):
            me.app.simulate_key(key)
        await me.until(lambda: me.message() == "booked row 1", "the key's effect before the offers")
        for key in ("space", "down", "ctrl+n"):
            me.app.simulate_key(key)
        await me.waits_for("READING…")
        assert (sketch.done, sketch.rows.key) == ([], 1), "neither what takes an offer nor what was typed after it"
        sketch.may_end.set()
        await me.settle()
        assert sketch.done == ["10"]
        assert me.message() == "booked row 11"


class Accepting(Offering):
    """Ctrl+N takes what is offered together with what stands in the field."""

    def action_book(self) -> None:
        self.once_answered("offers", lambda: self.done.append(self.field.value))


async def test_letters_after_a_key_that_waits_for_an_offer_come_after_it() -> None:
    async with at_the_desk(FrontdeskApp(opener(FakeDesk()), {keys.DAY: Accepting})) as me:
        sketch = the_sketch(me.app)
        assert isinstance(sketch, Accepting)
        for key in ("m", "ctrl+f", "a", "ctrl+n", "x"):
            me.app.simulate_key(key)
        await me.waits_for("READING…")
        assert sketch.field.value == "a"
        sketch.may_end.set()
        await me.settle()
        assert (sketch.done, sketch.field.value) == (["a"], "ax")


async def test_what_was_typed_ahead_does_not_act_after_the_key_that_closed_the_program() -> None:
    async with at_the_desk(sketch_app()) as me:
        sketch = the_sketch(me.app)
        me.app.rooms = ()
        await me.press("q", "space")
        assert sketch.done == []


async def held(me: Driver, apart_s: float, times: int = 4) -> list[bool]:
    """Whether each of a few keys is taken for held down, typed so far apart and handed over all at once."""
    seen: list[bool] = []
    deliver = me.app.router._deliver

    async def watched(event: Event) -> None:
        seen.append(me.app.router.is_held)
        await deliver(event)

    me.app.router._deliver = watched
    for number in range(times):
        key = Key("down", None)
        key.time = number * apart_s
        me.app.router.take(key)
    await me.settle()
    return seen


async def test_what_comes_again_and_again_at_once_is_held_down_until_it_is_let_go() -> None:
    async with at_the_desk(sketch_app()) as me:
        assert await held(me, 0.04) == [False, False, True, True]
        assert not me.app.router.is_held, "what is done by no key is done by none that is held"


async def test_keys_that_a_busy_dashboard_gets_all_at_once_were_typed_one_by_one() -> None:
    async with at_the_desk(sketch_app()) as me:
        assert await held(me, 0.15) == [False] * 4
