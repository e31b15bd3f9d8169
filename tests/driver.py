"""Speaks to the dashboard as a receptionist does: presses, types, reads. For tests inside this process."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from textual._context import visible_screen_stack
from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from frontdesk.ui.app import FrontdeskApp

PATIENCE_S = 10.0
"""How long a thing may take on a loaded machine before a test calls it missing."""


class Driver:
    """One person at one dashboard."""

    def __init__(self, app: FrontdeskApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Presses keys one after another, all typed before the first has acted."""
        for key in keys:
            self.app.post_message(_key(key))
        await self.settle()

    async def type(self, text: str) -> None:
        """Types characters."""
        await self.press(*text)

    async def opened(self, dialog: Screen[Any]) -> list[Any]:
        """Opens a dialog; the list gets its answer."""
        answers: list[Any] = []
        self.app.push_screen(dialog, answers.append)
        await self.settle()
        return answers

    async def settle(self) -> None:
        """Returns when every key has acted, every thread has answered, and the screen is drawn."""
        quiet = 0
        # One that has failed says so at the end of the test; it would never rest.
        while quiet < 2 and self.app._exception is None:
            await self.pilot.pause(0)
            self._still_runs()
            await self.app.router.idle()
            working = any(worker.group != "watch" and not worker.is_finished for worker in self.app.workers)
            if working or self.app.router.app_is_busy():
                quiet = 0
                await asyncio.sleep(0.002)
            else:
                # Once more: what a thread has just answered may have asked the next thing.
                quiet += 1

    async def drawn(self) -> None:
        """Returns when everything that was posted has acted and is drawn, whatever threads still work on."""
        quiet = 0
        while quiet < 2 and self.app._exception is None:
            await self.pilot.pause(0)
            self._still_runs()
            quiet = 0 if self.app.router.app_is_busy() else quiet + 1

    def _still_runs(self) -> None:
        """Raises what ended the app: nothing would ever settle there."""
        if self.app._exception is not None:
            raise self.app._exception

    def screen(self) -> str:
        """What stands on the screen, row by row."""
        return screen_text(self.app)

    def row(self, number: int) -> str:
        """One row; negative counts from the bottom."""
        return self.screen().splitlines()[number]

    def sees(self, text: str) -> bool:
        """Whether a text stands on the screen."""
        return text in self.screen()

    async def waits_for(self, text: str) -> None:
        """Waits until a text stands on the screen; for what another thread or process brings."""
        await self.until(lambda: self.sees(text), f"{text!r} on the screen")

    async def until(self, true: Callable[[], bool], what: str = "it") -> None:
        """Waits until something is true."""
        for _ in range(int(PATIENCE_S / 0.01)):
            if true():
                return
            await self.pilot.pause(0)
            await asyncio.sleep(0.01)
        raise AssertionError(f"waited in vain for {what}:\n{self.screen()}")

    def message(self) -> str:
        """What the message line says."""
        return self.app.message.text

    def focused(self) -> Widget | None:
        """What keys go to."""
        return self.app.focused


@asynccontextmanager
async def at_the_desk(
    app: FrontdeskApp, size: tuple[int, int] = (120, 40), *, opened: bool = True
) -> AsyncIterator[Driver]:
    """Opens the dashboard; with `opened`, waits until its desk is there."""
    if sys.version_info >= (3, 12):
        # As Textual has it where it is run for real, and not in tests: a task begins at once.
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    async with app.run_test(size=size) as pilot:
        driver = Driver(app, pilot)
        if opened:
            await driver.until(lambda: app.today is not None or app.message.tone == "error", "the day")
            await driver.settle()
        yield driver


def screen_text(app: Any) -> str:
    """The rows of the screen on top as plain text."""
    # Beneath a dialog the screens under it; without this their cells would be drawn empty, and kept so.
    visible_screen_stack.set(app._background_screens)
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def _key(key: str) -> Key:
    if len(key) == 1:
        return Key(_character_to_key(key) if not key.isalnum() else key, key)
    characters = {"space": " ", "enter": "\r", "tab": "\t"}
    return Key(key, characters.get(key))
