"""What is typed before the day has been read."""

from __future__ import annotations

from datetime import date
from threading import Event

from frontdesk.domain.day import DaySheet
from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.screens.day import DayScreen
from tests.driver import at_the_desk
from tests.ui.day_shop import busy_day
from tests.ui.shop import FakeDesk, opener
from tests.ui.sketch import Other


class Slow(FakeDesk):
    """A desk whose days are read when it is let go on."""

    may_read = Event()

    def load(self, day: date | None = None) -> DaySheet:
        self.may_read.wait(20)
        return super().load(day)


async def test_letters_after_a_key_that_was_refused_are_no_commands() -> None:
    desk = Slow(sheet=busy_day())
    app = FrontdeskApp(opener(desk), {keys.DAY: DayScreen, keys.PATIENTS: Other})
    async with at_the_desk(app, opened=False) as me:
        await me.until(lambda: app.has_desk, "the desk")
        try:
            for key in ("n", "g", "2"):
                app.simulate_key(key)
            await me.until(lambda: "still being read" in me.message(), "a refusal")
            await app.router.idle()
            assert (app.current_mode, app.screen.is_modal) == (keys.DAY, False)
        finally:
            desk.may_read.set()
        await me.until(lambda: app.today is not None and app.router.is_open, "the day, and a rest")
        await me.press("2")
        assert app.current_mode == keys.PATIENTS
