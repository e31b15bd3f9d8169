"""Dialogs that are closed are gone, style sheets are parsed once, and messages reach whom they would."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterable

import pytest
from rich import cells, segment
from textual import on
from textual._callback import invoke
from textual.css import stylesheet
from textual.message import Message
from textual.message_pump import MessagePump
from textual.widget import Widget
from textual.widgets import Button

from frontdesk.ui import keys, mended
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.screens.all import screens
from frontdesk.ui.screens.day import DayScreen
from tests.driver import at_the_desk
from tests.ui.day_shop import busy_day
from tests.ui.shop import FakeDesk, opener


async def test_what_a_closed_dialog_drew_is_forgotten() -> None:
    app = FrontdeskApp(opener(FakeDesk(busy_day())), {keys.DAY: DayScreen})
    async with at_the_desk(app) as me:
        drawn = []
        for _ in range(4):
            await me.press("question_mark")
            await me.pilot.pause(0.02)
            drawn += [weakref.ref(widget._styles_cache) for widget in me.app.screen.walk_children(Widget)]
            await me.press("escape")
        gc.collect()
        # The last one may still be on its way out.
        assert drawn
        assert not any(one() for one in drawn[: len(drawn) // 2])


@pytest.mark.usefixtures("parsed_by_each")
async def test_a_style_sheet_is_parsed_once_for_its_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = 0
    parse = getattr(stylesheet, "parse")  # noqa: B009 (not exported)

    def counted(*how: object, **more: object) -> object:
        nonlocal parsed
        parsed += 1
        return parse(*how, **more)

    monkeypatch.setattr(stylesheet, "parse", counted)
    app = FrontdeskApp(opener(FakeDesk(busy_day())), screens())
    async with at_the_desk(app) as me:
        await me.press("3", "1", "3")
        seen = parsed
        sheets = len(app.stylesheet.source)
        # One that more kinds of widgets turn out to have ranks lower, and is parsed for that.
        assert 5 < sheets <= seen < 1.5 * sheets
        paper = app.screen.styles.background
        app.show_look("light")
        await me.settle()
        assert parsed == seen + sheets
        assert app.screen.styles.background != paper


async def test_who_is_told_of_a_message_is_who_textual_would_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, before = mended.dispatch_methods, MessagePump._get_dispatch_methods
    asked: set[tuple[type, type[Message]]] = set()

    def compared(self: MessagePump, method_name: str, message: Message) -> Iterable[tuple[type, object]]:
        asked.add((type(self), type(message)))
        found = list(ours(self, method_name, message))
        assert found == list(mended.searched(self, method_name, message))
        return found

    monkeypatch.setattr(mended, "dispatch_methods", compared)
    # Every app mends; this is to be taken back.
    monkeypatch.setattr(MessagePump, "_get_dispatch_methods", before)
    app = FrontdeskApp(opener(FakeDesk(busy_day())), screens())
    async with at_the_desk(app) as me:
        for pressed in (["question_mark", "escape"], ["ctrl+p", "b", "escape"], ["3", "1"], ["g", "escape"]):
            await me.press(*pressed)
    assert len(asked) > 150


def test_the_widths_of_texts_that_never_come_again_are_not_kept_by_thousands() -> None:
    mended.mend()
    texts = [f"● R{room} {second // 60:02}:{second % 60:02}" for room in range(2) for second in range(1000)]
    assert {cells.cell_len(text) for text in texts} == {10}
    assert [[cut.text for cut in piece] for piece in segment.Segment.divide([segment.Segment("针 12:30")], [3, 8])] == [
        ["针 "],
        ["12:30"],
    ]
    kept = {vars(module)["cached_cell_len"] for module in (cells, segment)}
    assert max(one.cache_info().currsize for one in kept) < 1000


class Told(Widget):
    """Handles a press twice: first in its own way, then in the one it comes from."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.heard.append("by name")
        event.prevent_default()

    @on(Button.Pressed)
    def by_kind(self) -> None:
        self.heard.append("by kind")


class ToldMore(Told):
    """Where the more special one has said that it was enough, the other is not asked."""

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.heard.append("first")
        event.prevent_default()


@pytest.mark.parametrize(("told", "heard"), [(Told, ["by kind", "by name"]), (ToldMore, ["first"])])
async def test_handlers_may_be_decorated_and_may_be_enough(told: type[Told], heard: list[str]) -> None:
    mended.mend()
    widget = told()
    event = Button.Pressed(Button())
    for _, method in widget._get_dispatch_methods("on_button_pressed", event):
        await invoke(method, event)
    assert widget.heard == heard
