"""Dialogs that are closed are gone, and style sheets are parsed once."""

from __future__ import annotations

import gc
import weakref

import pytest
from textual.css import stylesheet
from textual.widget import Widget

from frontdesk.ui import keys
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
