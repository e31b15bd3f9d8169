"""A key takes a short way to its action: it must be the one that Textual's own way ends at."""

from __future__ import annotations

from asyncio import Event
from collections.abc import Iterator
from contextvars import Context
from typing import Any

import pytest
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Input

from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.key_path import bound_to, may_be_taken, takes_keys
from frontdesk.ui.screens.day import DayScreen
from frontdesk.ui.screens.rooms import RoomsScreen
from frontdesk.ui.widgets.choice_field import ChoiceField
from frontdesk.ui.widgets.number_field import NumberField
from frontdesk.ui.widgets.pick_list import PickList
from tests.driver import Driver, at_the_desk
from tests.ui.day_shop import busy_day
from tests.ui.house import House
from tests.ui.shop import FakeDesk, opener


def by_textual(app: App[Any], key: str, *, priority: bool) -> Iterator[tuple[DOMNode, Binding]]:
    """What `App._check_bindings` of textual==8.2.8 tries, in its order."""
    screen = app.screen
    for node, bindings in reversed(screen._binding_chain) if priority else screen._modal_binding_chain:
        for binding in bindings.key_to_bindings.get(key, ()):
            if binding.priority == priority:
                yield node, binding


def day_of(me: Driver) -> Any:
    return me.app.screen


def assert_same_bindings(me: Driver, where: str) -> None:
    for key in EVERY_KEY:
        for priority in (True, False):
            ours = list(bound_to(me.app.screen, key, priority=priority))
            assert ours == list(by_textual(me.app, key, priority=priority)), (where, key, priority)


EVERY_KEY = [
    *sorted({key for one in keys.ACTIONS for key in one.keys}),
    *("up", "down", "left", "right", "home", "end", "tab", "shift+tab", "enter", "escape", "backspace", "ctrl+q"),
    *("ctrl+t", "ctrl+l", "ctrl+r", "ctrl+g", "j", "k", "x", "8", "space", "pagedown", "f1"),
]


async def test_every_key_meets_the_bindings_that_textual_would_try() -> None:
    app = FrontdeskApp(opener(FakeDesk(busy_day())), {keys.DAY: DayScreen})
    async with at_the_desk(app) as me:
        assert_same_bindings(me, "the day")
        for opening in ("question_mark", "ctrl+p", "n", "m", "g", "b"):
            await me.press(opening)
            assert_same_bindings(me, f"after {opening}")
            await me.press("tab")
            assert_same_bindings(me, f"after {opening} and Tab")
            await me.press("escape", "escape")


async def test_also_where_a_field_or_a_list_has_the_keys(house: House) -> None:
    async with house.open(keys.DAY) as me:
        for place in ("2", "3", "4", "5", "6", "7"):
            await me.press(place)
            assert_same_bindings(me, f"screen {place}")
            await me.press("tab")
            assert_same_bindings(me, f"screen {place} after Tab")
            await me.press("escape", "1")


class Named(Widget):
    def key_f5(self) -> None:
        """Textual calls this at F5."""


class Chatty(Widget):
    def key_line(self) -> None:
        """No key is called line."""


@pytest.mark.parametrize("kind", [Input, NumberField, ChoiceField, Named])
def test_what_handles_keys_itself_gets_them(kind: type[Widget]) -> None:
    assert takes_keys(kind)


@pytest.mark.parametrize("kind", [RoomsScreen, PickList, Chatty])
def test_what_has_bindings_alone_is_passed(kind: type[Widget]) -> None:
    assert not takes_keys(kind)


async def test_the_day_wants_keys_only_while_something_is_moved() -> None:
    app = FrontdeskApp(opener(FakeDesk(busy_day())), {keys.DAY: DayScreen})
    async with at_the_desk(app) as me:
        assert not may_be_taken(app)
        day_of(me).sight.carry(busy_day().blocks[0])
        assert may_be_taken(app)
        day_of(me).sight.carry(None)
        assert not may_be_taken(app)


async def test_a_key_from_the_terminal_knows_what_the_program_knows() -> None:
    app = FrontdeskApp(opener(FakeDesk(busy_day())), {keys.DAY: DayScreen})
    async with at_the_desk(app) as me:
        await me.press("tab")
        name = day_of(me).chosen.patient.short_name
        await me.press("o")
        assert me.message().startswith(f"{name}:"), "what the key is refused with names somebody"
        await me.press("escape", "ctrl+t", "escape")
        # As from the thread that reads the terminal, where nothing of the app's is known, its privacy mode neither.
        Context().run(app.arrived, Key("o", "o"))
        await me.settle()
        assert "no needles are in" in me.message(), "words made openly would be hidden whole"
        assert name not in me.message()


def taken_by(app: FrontdeskApp) -> list[str]:
    """The keys that the router takes from now on, in their order."""
    taken: list[str] = []
    taking = app.router.take

    def take(event: Any) -> None:
        taken.append(event.key)
        taking(event)

    app.router.take = take  # type: ignore[method-assign]
    return taken


async def test_keys_from_the_terminal_stay_behind_those_that_wait_in_the_queue() -> None:
    app = FrontdeskApp(opener(FakeDesk(busy_day())), {keys.DAY: DayScreen})
    async with at_the_desk(app) as me:
        taken = taken_by(app)
        app.arrived(Key("down", None))
        app.post_message(Key("right", None))
        app.arrived(Key("up", None))
        app.arrived(Key("left", None))
        await me.settle()
        assert taken == ["down", "right", "up", "left"]


async def test_a_key_that_the_app_has_looked_ahead_to_stays_before_those_that_come_later() -> None:
    app = FrontdeskApp(opener(FakeDesk(busy_day())), {keys.DAY: DayScreen})
    async with at_the_desk(app) as me:
        taken = taken_by(app)
        begun, may_end = Event(), Event()

        async def long() -> None:
            begun.set()
            await may_end.wait()

        app.call_later(long)
        app.arrived(Key("down", None))
        await begun.wait()
        app.arrived(Key("up", None))
        may_end.set()
        await me.settle()
        assert taken == ["down", "up"]
