"""Keys act in the order they were typed, however fast.

Textual 8.2.8 lets keys overtake each other: characters act in the field's task, bound keys only after bubbling to the
App, priority bindings before either; so after any stall Down Down Enter may open the first row. Here each key is handed
to Textual as usual, and the next one waits until everything the first caused has run: handlers, bindings, messages they
posted, screens they opened, focus they moved. Booking the wrong patient's row is a safety matter.

Rests on private parts of textual==8.2.8 (`_message_queue`, `_next_callbacks`, `_registry` and others), which pyproject
pins and tests/ui/test_router.py and tests/program/test_type_ahead.py hold.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from textual.app import App
from textual.events import Event
from textual.message_pump import MessagePump

SLOW_S = 0.25
"""A write that takes longer is told to the person typing."""
SPINS = 200
"""Turns of the event loop before waiting is done by the clock."""
LIMIT_S = 10.0
"""Nothing holds the keyboard longer: an hour-long hang must not also eat the quit key."""


class KeyRouter:
    """Hands keys and pastes to the app one at a time, each finished before the next."""

    def __init__(
        self, app: App[Any], deliver: Callable[[Event], Awaitable[None]], slow: Callable[[], None] = lambda: None
    ) -> None:
        """`deliver` passes an event on as Textual would; `slow` is called when a held key has waited `SLOW_S`."""
        self._app = app
        self._deliver = deliver
        self._slow = slow
        self._waiting: deque[Event] = deque()
        self._holds = 0
        self._task: asyncio.Task[None] | None = None

    def take(self, event: Event) -> None:
        """Puts a key behind those typed before it."""
        self._waiting.append(event)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name="keys in order")

    @contextmanager
    def hold(self) -> Iterator[None]:
        """No further key acts meanwhile: for a write that changes what the next key would mean."""
        release = self.hold_keys()
        try:
            yield
        finally:
            release()

    def hold_keys(self) -> Callable[[], None]:
        """As `hold`, for a write that ends elsewhere; call what it returns, once, when the write has ended."""
        self._holds += 1
        held = [True]

        def release() -> None:
            if held:
                held.clear()
                self._holds -= 1

        return release

    async def idle(self) -> None:
        """Returns when every key taken so far has acted: tests wait for this instead of sleeping."""
        while self._task is not None and not self._task.done():
            await asyncio.shield(self._task)

    def forget(self) -> None:
        """Drops the keys that have not acted: what was typed ahead was meant for a screen that failed."""
        self._waiting.clear()

    async def _run(self) -> None:
        try:
            # What was begun by something else than a key, a write after a dialog's answer say, is waited for too.
            await self._settle()
            while self._waiting and self._app.is_running and not self._app._exit:
                await self._deliver(self._waiting.popleft())
                await self._settle()
        except Exception as error:
            self._waiting.clear()
            self._app._handle_exception(error)

    async def _settle(self) -> None:
        """Waits until the app has nothing left to do for the last key, at most `LIMIT_S`."""
        started = monotonic()
        rounds = 0
        told = False
        while self._app.is_running and (self._holds or self.app_is_busy()):
            waited = monotonic() - started
            if waited > LIMIT_S:
                return
            if self._holds and waited > SLOW_S and not told:
                told = True
                self._slow()
            rounds += 1
            # Handlers finish within a few turns of the loop; frames, threads and disks take longer.
            await asyncio.sleep(0 if rounds < SPINS else 0.002)

    def app_is_busy(self) -> bool:
        """Whether any widget, screen or the app itself still has something to do; drawing does not count."""
        return _has_work(self._app) or any(_has_work(pump) for pump in list(self._app._registry))


def _has_work(pump: MessagePump) -> bool:
    """Whether a widget, screen or the app has a message to handle, is handling one, or has a callback to call."""
    if pump._closing or pump._closed:
        return False
    queue: Any = pump._message_queue
    if queue.values or pump._next_callbacks or pump._pending_message is not None:
        return True
    if getattr(pump, "_callbacks", None):
        # A screen's: what was asked for after the next refresh.
        return True
    # Its task stands still in `Queue.get` exactly when it has nothing to do.
    return not queue.ready_event._waiters
