"""What the style sheets say of a widget is what they would say if nothing were remembered."""

from __future__ import annotations

from pathlib import PurePath

import pytest
from textual.app import App, ComposeResult
from textual.css.errors import UnresolvedVariableError
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.widgets import Static

from frontdesk.ui import keys, starting
from frontdesk.ui.dialogs import SHEET
from frontdesk.ui.stylesheet import HouseSheet
from tests.driver import Driver
from tests.ui.house import House

ROUND = ("n", *"lee", "tab", "escape", "escape", "g", "escape", "ctrl+p", "escape", "a", "tab", "tab", "escape",
         "2", "n", "tab", "tab", "escape", "3", "4", "5", "6", "7", "C", "1")  # fmt: skip


def told(node: DOMNode) -> dict[str, str]:
    """A widget's styles and those of its parts; layouts are equal to none but themselves."""
    parts = {part: node._component_styles[part] for part in node._get_component_classes()}
    styles = {"": node.styles, **parts}
    return {
        f"{part} {name}": repr(value) for part, one in styles.items() for name, value in one.base.get_rules().items()
    }


def as_asked_anew(me: Driver) -> list[str]:
    """The widgets on the screen whose styles differ from what Textual's own style sheet gives them."""
    sheet = me.app.stylesheet
    plain = Stylesheet(variables=sheet._variables)
    plain.source = sheet.source.copy()
    plain.parse()
    wrong = []
    for node in me.app.screen.walk_children(with_self=True):
        before = told(node)
        node.styles.base.reset()
        plain.apply(node)
        if told(node) != before:
            wrong.append(str(node))
    return wrong


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_every_widget_has_the_styles_that_the_rules_give_it(house: House, size: tuple[int, int]) -> None:
    async with house.open(keys.DAY, size) as me:
        for key in ROUND:
            await me.press(key)
            assert as_asked_anew(me) == [], key
        assert me.app.stylesheet._found


async def test_a_part_is_styled_when_it_is_first_drawn_with_and_no_other(house: House) -> None:
    async with house.open(keys.DAY) as me:
        await me.press("n")
        field = me.app.focused
        assert field is not None
        assert not set(field._component_styles)
        assert field.get_component_styles("input--selection").background.a == 1
        assert set(field._component_styles) == {"input--selection"}
        with pytest.raises(KeyError):
            field.get_component_styles("input--no-such")


@pytest.mark.parametrize("ahead", [True, False])
async def test_how_dialogs_look_is_read_once_before_or_with_the_first(
    house: House, monkeypatch: pytest.MonkeyPatch, ahead: bool
) -> None:
    read: list[str] = []

    def reading(sheet: HouseSheet, path: str | PurePath) -> None:
        read.append(str(path))
        Stylesheet.read(sheet, path)

    monkeypatch.setattr(HouseSheet, "read", reading)
    monkeypatch.setattr(starting, "SETTLED_S", 0.001 if ahead else 3600.0)
    async with house.open(keys.DAY) as me:
        if ahead:
            await me.until(lambda: str(SHEET) in read, "read ahead")
        assert (str(SHEET) in read) is ahead
        for _ in range(2):
            await me.press("n")
            assert as_asked_anew(me) == []
            await me.press("escape")
        assert read.count(str(SHEET)) == 1


async def test_who_names_a_variable_that_is_none_is_told_one_that_is() -> None:
    sheet = HouseSheet({"ink-text": "#ffffff"})
    sheet.add_source("Static { color: $ink-txt; }", ("here", ""))
    with pytest.raises(UnresolvedVariableError, match="did you mean '\\$ink-text'"):
        sheet.parse()


class Rows(App[None]):
    """Where a widget stands among others is told by no key."""

    CSS = "Static:first-child { height: 3; } Static:even { width: 7; } Static { height: 1; width: 5; }"

    def __init__(self) -> None:
        super().__init__()
        self.stylesheet = HouseSheet(self.get_css_variables())

    def compose(self) -> ComposeResult:
        yield from (Static(str(number)) for number in range(3))


async def test_rules_that_ask_for_a_place_among_others_are_asked_each_time() -> None:
    async with Rows().run_test() as pilot:
        first, second, third = pilot.app.query(Static)
        assert [one.styles.height.value for one in (first, second, third)] == [3, 1, 1]  # type: ignore[union-attr]
        assert [one.styles.width.value for one in (first, second, third)] == [5, 7, 5]  # type: ignore[union-attr]
