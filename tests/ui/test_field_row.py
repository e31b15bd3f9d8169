"""A field is drawn as Textual draws its own: the same letters in the same colours, cell by cell."""

from __future__ import annotations

import pytest
from textual.strip import Strip
from textual.widgets import Input

from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.screens.day import DayScreen
from frontdesk.ui.theme import WORDS
from frontdesk.ui.widgets.field import CleanInput
from frontdesk.ui.widgets.field_row import field_row
from tests.driver import at_the_desk
from tests.ui.day_shop import busy_day
from tests.ui.shop import FakeDesk, opener


def cells(strip: Strip, width: int) -> list[tuple[object, ...]]:
    looks: list[tuple[object, ...]] = []
    for text, style, _ in strip.crop(0, width):
        assert style is not None
        looks += [(letter, style.color, style.bgcolor) for letter in text]
    return looks


@pytest.mark.parametrize("look", list(WORDS))
async def test_every_state_of_a_field_looks_as_textual_draws_it(look: str) -> None:
    app = FrontdeskApp(opener(FakeDesk(busy_day())), {keys.DAY: DayScreen})
    async with at_the_desk(app, (80, 24)) as me:
        app.show_look(look)
        await me.press("g")
        field = me.focused()
        assert isinstance(field, CleanInput)
        long = "more and more than there is room for in this one field of the form, and still more than that"
        for pressed in (
            "",
            "lin, 王小明, o",
            ["home"],
            ["right"],
            ["shift+right"] * 2,
            ["shift+end"],
            ["end"],
            long,
            ["home"],
        ):
            await me.press(*pressed)
            width = field.content_size.width
            assert cells(field.render_line(0), width) == cells(Input.render_line(field, 0), width), pressed
        field.password = True
        width = field.content_size.width
        assert cells(field.render_line(0), width) == cells(Input.render_line(field, 0), width)
        app.screen.set_focus(None)
        await me.settle()
        assert cells(field.render_line(0), width) == cells(Input.render_line(field, 0), width)


def test_no_cell_is_drawn_twice_and_none_is_left_out() -> None:
    runs = field_row("abcdef", "house-dark", empty=False, cursor=2, selected=(4, 1))
    assert [one.text for one in runs] == ["a", "b", "c", "d", "ef"]
