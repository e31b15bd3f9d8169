"""Dialogs that are closed are gone, style sheets are parsed once, and messages reach whom they would."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterable, Iterator
from typing import ClassVar

import pytest
from rich import cells, segment
from textual import on
from textual._callback import invoke
from textual.binding import Binding
from textual.css import stylesheet
from textual.dom import DOMNode
from textual.message import Message
from textual.message_pump import MessagePump
from textual.reactive import reactive
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


class Counted(Widget):
    """Computes one of its two reactives, its name being no part of the other's."""

    told = reactive("", init=False)
    total = reactive(0)

    def _compute_total(self) -> int:
        return 1


class CountedAlone(Counted, inherit_css=False, inherit_bindings=False):
    """Takes nothing over but what Python does."""

    BINDINGS: ClassVar = [Binding("x", "leave")]

    def compute_told(self) -> str:
        return ""


def kinds(of: type[DOMNode]) -> Iterator[type[DOMNode]]:
    """A class and all that come from it."""
    yield of
    for one in of.__subclasses__():
        yield from kinds(one)


def test_a_class_of_widgets_knows_of_itself_what_textual_would_tell_it() -> None:
    before = {kind: known_of(kind) for kind in kinds(DOMNode) if kind is not DOMNode}
    assert len(before) > 80
    assert before[CountedAlone][1] == {"told", "total"}
    for kind, known in before.items():
        for begin in mended.begun.__func__, mended.begin_class:
            begin(kind, kind._inherit_css, kind._inherit_bindings, kind._inherit_component_classes)
            assert known_of(kind) == known, kind


def known_of(kind: type[DOMNode]) -> tuple[object, ...]:
    """What is found out of a class when it is made."""
    inherits = kind._inherit_css, kind._inherit_bindings, kind._inherit_component_classes
    named = kind._css_type_name, kind._css_type_names
    assert kind._merged_bindings is not None
    bindings = {key: list(bound) for key, bound in kind._merged_bindings.key_to_bindings.items()}
    return list(kind._reactives.items()), kind._computes, inherits, named, bindings


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
