"""What is sent to the terminal, put together by a terminal, is what the program means to show."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyte
import pytest
from rich.color import ColorSystem
from textual.geometry import Region

from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.compositor import Changes, FrameCompositor
from frontdesk.ui.layout.cells import Span, fit
from frontdesk.ui.screens.day import DayScreen
from frontdesk.ui.widgets.day_grid import CardPane
from tests.driver import Driver, at_the_desk, screen_text
from tests.ui.day_shop import busy_day
from tests.ui.shop import FakeDesk, opener

SIZE = (120, 40)


RENDER = FrameCompositor.render_update


class Terminal:
    """A terminal that is sent every update, and counts what it is sent."""

    def __init__(self, app: FrontdeskApp) -> None:
        self._screen = pyte.Screen(*app.size)
        self._stream = pyte.Stream(self._screen)
        self._app = app
        self.small = 0
        self.sent = 0
        compositor: Any = app.screen._compositor
        self.take(RENDER(compositor, full=True, screen_stack=app._background_screens))

    def take(self, update: Any) -> None:
        if update is not None:
            told = update.render_segments(self._app.console)
            self.small += isinstance(update, Changes)
            self.sent += len(told)
            self._stream.feed(told.replace("\n", ""))

    def resize(self, width: int, height: int) -> None:
        self._screen.resize(height, width)

    def text(self) -> str:
        return "\n".join(row.rstrip() for row in self._screen.display)

    def row(self, number: int) -> list[tuple[object, ...]]:
        """What stands in each cell of a row, and how."""
        cells = (self._screen.buffer[number][column] for column in range(self._screen.columns))
        return [(cell.data, cell.fg, cell.bg, cell.bold, cell.reverse) for cell in cells]


@contextmanager
def terminal_of(app: FrontdeskApp, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    terminal = Terminal(app)

    def told(self: FrameCompositor, *given: Any, **options: Any) -> Any:
        update = RENDER(self, *given, **options)
        terminal.take(update)
        return update

    with monkeypatch.context() as patched:
        patched.setattr(FrameCompositor, "render_update", told)
        yield terminal


async def press(me: Driver, terminal: Terminal, *names: str) -> None:
    for name in names:
        await me.press(name)
        await shows(me, terminal, name)


async def shows(me: Driver, terminal: Terminal, after: str) -> None:
    """Holds what was sent bit by bit against all of it sent at once, letters and colours."""
    await me.pilot.pause(0.02)
    screen: Any = me.app.screen
    while screen._is_due:
        # An alarm blinked meanwhile: taken all at once, it would not come bit by bit.
        await asyncio.sleep(0)
    whole = Terminal(me.app)
    for row in range(me.app.size.height):
        assert terminal.row(row) == whole.row(row), f"row {row} after {after}:\n{terminal.text()}\n{whole.text()}"
    assert terminal.text() == screen_text(me.app), after


def day_app(desk: FakeDesk) -> FrontdeskApp:
    return FrontdeskApp(opener(desk), {keys.DAY: DayScreen})


async def test_the_terminal_shows_what_the_program_means_after_every_key(monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_the_desk(day_app(FakeDesk(busy_day())), SIZE) as me:
        with terminal_of(me.app, monkeypatch) as terminal:
            await press(me, terminal, *["down"] * 8, "right", "up", "left", "tab", "tab", "shift+tab", "end", "home")
            await press(me, terminal, "v", "down", "v", "v", "question_mark", "down", "escape", "ctrl+p", "b", "escape")
            assert terminal.small > 10


async def test_also_with_dialogs_hidden_names_the_lock_and_other_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = FakeDesk(busy_day())
    async with at_the_desk(day_app(desk), SIZE) as me:
        with terminal_of(me.app, monkeypatch) as terminal:
            await press(me, terminal, "ctrl+t", "down", "right", "ctrl+r", "down", "ctrl+t", "n", "down", "escape")
            await press(me, terminal, "m", "down", "right", "escape", "ctrl+l", "x", "enter", "down")
            me.app.turn_theme()
            await shows(me, terminal, "another look")
            await press(me, terminal, "down", "left")


async def test_also_in_windows_of_other_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_the_desk(day_app(FakeDesk(busy_day())), SIZE) as me:
        with terminal_of(me.app, monkeypatch) as terminal:
            for size in ((80, 24), (170, 50), (50, 14), SIZE):
                terminal.resize(*size)
                await me.pilot.resize_terminal(*size)
                await me.settle()
                await shows(me, terminal, f"{size}")
                await press(me, terminal, "down", "right", "v", "down", "v", "v")


@pytest.mark.parametrize("colors", [ColorSystem.STANDARD, ColorSystem.EIGHT_BIT])
async def test_also_on_terminals_of_few_colours(monkeypatch: pytest.MonkeyPatch, colors: ColorSystem) -> None:
    app = day_app(FakeDesk(busy_day()))
    app.console._color_system = colors
    async with at_the_desk(app, SIZE) as me:
        with terminal_of(me.app, monkeypatch) as terminal:
            await press(me, terminal, "down", "right", "down", "tab")


async def test_a_small_update_holds_no_control_code_that_data_brought(monkeypatch: pytest.MonkeyPatch) -> None:
    app = day_app(FakeDesk(busy_day()))
    async with at_the_desk(app, SIZE) as me:
        card = app.screen.query_one(CardPane)
        line = fit((Span("a\x1b[2Jb\u202ec", "strong"), Span("王小明")), card.size.width)
        monkeypatch.setattr(card, "_card", lambda width, height: (line,))
        with terminal_of(app, monkeypatch) as terminal:
            card.redraw()
            await me.pilot.pause(0.02)
            assert terminal.small
            assert "a[2Jbc王小明" in terminal.text().replace(" ", "")


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


async def test_what_was_to_be_drawn_again_is_forgotten_once_it_is() -> None:
    """A clock's digits are so many places in an hour that they would be megabytes."""
    app = FrontdeskApp(opener(FakeDesk(busy_day())), {keys.DAY: DayScreen})
    async with at_the_desk(app, SIZE) as me:
        card = app.screen.query_one(CardPane)
        for cells in range(1, 9):
            card.refresh(Region(0, 0, cells, 1))
        await me.drawn()
        await me.until(lambda: not card._dirty_regions, "the end of what is to be drawn")
