"""Dialogs that are closed are gone."""

from __future__ import annotations

import gc
import weakref

from textual.widget import Widget

from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
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
