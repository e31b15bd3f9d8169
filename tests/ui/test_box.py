"""The box of a dialog is drawn as its style sheet says."""

from __future__ import annotations

import pytest
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.screens.day import DayScreen
from frontdesk.ui.theme import WORDS
from frontdesk.ui.widgets.box import Box
from tests.driver import at_the_desk
from tests.ui.day_shop import busy_day
from tests.ui.shop import FakeDesk, opener


@pytest.mark.parametrize("look", list(WORDS))
async def test_it_looks_as_textual_would_draw_it(look: str) -> None:
    app = FrontdeskApp(opener(FakeDesk(busy_day())), {keys.DAY: DayScreen})
    async with at_the_desk(app, (80, 24)) as me:
        app.show_look(look)
        await me.press("n")
        box = app.screen.query_one(Box)
        width, height = box.outer_size
        for part in (Region(0, 0, width, height), Region(3, 2, 9, height - 2)):
            ours, textuals = (
                [_cells(strip) for strip in draw(box, part)] for draw in (Box.render_lines, Widget.render_lines)
            )
            assert ours == textuals


def _cells(strip: Strip) -> list[tuple[object, ...]]:
    return [(letter, style and (style.color, style.bgcolor)) for text, style, _ in strip for letter in text]
