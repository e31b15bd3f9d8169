"""What is sent to the terminal, put together by a terminal, is what the program means to show."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyte
import pytest

from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.compositor import Changes, FrameCompositor
from frontdesk.ui.screens.day import DayScreen
from tests.driver import Driver, at_the_desk, screen_text
from tests.ui.day_shop import busy_day
from tests.ui.shop import FakeDesk, opener

SIZE = (120, 40)


class Terminal:
    """A terminal that is sent every update, and counts what it is sent."""

    def __init__(self, app: FrontdeskApp) -> None:
        self._screen = pyte.Screen(*SIZE)
        self._stream = pyte.Stream(self._screen)
        self._app = app
        self.small = 0
        self.sent = 0

    def take(self, update: Any) -> None:
        if update is not None:
            told = update.render_segments(self._app.console)
            self.small += isinstance(update, Changes)
            self.sent += len(told)
            self._stream.feed(told.replace("\n", ""))

    def text(self) -> str:
        return "\n".join(row.rstrip() for row in self._screen.display)


@contextmanager
def terminal_of(app: FrontdeskApp, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    terminal = Terminal(app)
    render = FrameCompositor.render_update

    def told(self: FrameCompositor, *given: Any, **options: Any) -> Any:
        update = render(self, *given, **options)
        terminal.take(update)
        return update

    terminal.take(app.screen._compositor.render_update(full=True))
    with monkeypatch.context() as patched:
        patched.setattr(FrameCompositor, "render_update", told)
        yield terminal


async def press(me: Driver, terminal: Terminal, *names: str) -> None:
    for name in names:
        await me.press(name)
        await me.pilot.pause(0.02)
        assert terminal.text() == screen_text(me.app), name


def day_app(desk: FakeDesk) -> FrontdeskApp:
    return FrontdeskApp(opener(desk), {keys.DAY: DayScreen})


async def test_the_terminal_shows_what_the_program_means_after_every_key(monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_the_desk(day_app(FakeDesk(busy_day())), SIZE) as me:
        with terminal_of(me.app, monkeypatch) as terminal:
            await press(me, terminal, *["down"] * 8, "right", "up", "left", "tab", "tab", "shift+tab", "end", "home")
            await press(me, terminal, "v", "down", "v", "v", "question_mark", "down", "escape", "ctrl+p", "b", "escape")
            assert terminal.small > 10


async def test_a_tick_sends_the_digits_that_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = FakeDesk(busy_day())
    async with at_the_desk(day_app(desk), SIZE) as me:
        with terminal_of(me.app, monkeypatch) as terminal:
            terminal.sent = 0
            desk.clock.instant = desk.clock.now().add(seconds=1)
            me.app._tick()
            await me.pilot.pause(0.05)
            assert terminal.text() == screen_text(me.app)
            timers = sum(one.retention is not None for one in me.app.rooms)
            assert 0 < terminal.sent < 100 * (timers + 2)
