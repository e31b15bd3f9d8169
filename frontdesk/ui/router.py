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
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any

from textual.app import App
from textual.events import Event, Key
from textual.message_pump import MessagePump
from textual.screen import Screen

from frontdesk.ui.working import READING, SAVING

SLOW_S = 0.25
"""What takes longer is told to the person typing."""
SPINS = 200
"""Turns of the event loop before waiting is done by the clock."""
LIMIT_S = 15.0
"""Nothing holds the keyboard longer: an hour-long hang must not also eat the quit key. The store gives up at 10 s."""
READ_LIMIT_S = 2.0
"""How long a key waits for what the keys before it asked of the database; a large clinic answers in a tenth of it."""
MOST_WAITING = 256
"""Keys that may wait: more than a person types in `LIMIT_S`. What sends more is no person."""
REST_S = 0.25
"""Silence that ends a flood of keys."""
HELD_S = 0.1
"""A key that comes again sooner, and once more, is held down: nobody presses one so fast three times."""
TOO_MANY = "Too many keys at once: they did nothing. Look, then press again."
TOO_SLOW = "The database is slow to answer: that key did nothing, nor did those after it. Look, then press again."


class KeyRouter:
    """Hands keys and pastes to the app one at a time, each finished before the next."""

    def __init__(
        self,
        app: App[Any],
        deliver: Callable[[Event], Awaitable[None]],
        waits: Callable[[str], None] = lambda _: None,
        dropped: Callable[[str], None] = lambda _: None,
        needs_answers: Callable[[], bool] = lambda: True,
    ) -> None:
        """`deliver` passes an event on as Textual would.

        `waits` is called with what keys have waited for longer than `SLOW_S`, and with "" when they no longer do;
        `dropped` with why keys were dropped. While `needs_answers` says no, keys mean nothing to what is on the screen.
        """
        self._app = app
        self._deliver = deliver
        self._tell_waits = waits
        self._tell_dropped = dropped
        self._needs_answers = needs_answers
        self._waits_for = ""
        self._waiting: deque[Event] = deque()
        self._holds = 0
        self._reads: dict[str, object] = {}
        self._asides: dict[str, object] = {}
        self._due: dict[str, Callable[[], object]] = {}
        self._reads_are_late = False
        self._shut_until = 0.0
        self._let_go = asyncio.Event()
        self._let_go.set()
        self._task: asyncio.Task[None] | None = None
        self._last: tuple[str, float, int] = "", 0.0, 0
        """The key that came last, when, and how often it had come so fast before."""
        self._repeats: set[int] = set()
        """Which of the events that wait are those of a key that is held down."""
        self.is_held = False
        """Whether the key that acts now is held down: for what must be meant each time, a call that nobody answered."""

    def hold_back(self) -> None:
        """Keys wait from here on, in their order: there is nothing yet that they could act on."""
        self._let_go.clear()

    def let_go(self) -> None:
        """What has waited acts, and what comes."""
        self._let_go.set()
        self._begin()

    def take(self, event: Event) -> None:
        """Puts a key behind those typed before it; of a flood, all are dropped until it rests."""
        if monotonic() < self._shut_until:
            self._shut_until = monotonic() + REST_S
            return
        if len(self._waiting) >= MOST_WAITING:
            self.forget()
            self._shut_until = monotonic() + REST_S
            self._tell_dropped(TOO_MANY)
            return
        self._waiting.append(event)
        if isinstance(event, Key):
            self._count(event)
        self._begin()

    def _count(self, event: Key) -> None:
        key, at, times = self._last
        # By when it was read from the terminal: a dashboard that was busy gets all at once what was typed one by one.
        times = times + 1 if event.key == key and event.time - at < HELD_S else 0
        self._last = event.key, event.time, times
        if times > 1:
            self._repeats.add(id(event))

    def _begin(self) -> None:
        if self._waiting and self._let_go.is_set() and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._run(), name="keys in order")

    def reading(self, group: str, *, holds: bool = True) -> Callable[[], None]:
        """A question to the database has been asked; call what it returns when the answer is on the screen.

        If a key caused it, keys that act wait for it: Enter after a name must not open whom the last letter no longer
        finds. Letters typed into a field go on. A newer question of the same `group` takes the place of an older one.
        With `holds` False no key waits for it, but those after one that needs it: see `once_answered`.
        """
        token = object()
        if group in self._reads or (holds and self._task is not None and not self._task.done()):
            self._reads[group] = token
        elif not holds:
            self._asides[group] = token

        def answered() -> None:
            asked = self._reads if group in self._reads else self._asides
            if asked.get(group) is token:
                del asked[group]
                self._due.pop(group, _nothing)()

        return answered

    def once_answered(self, group: str, act: Callable[[], object]) -> None:
        """Does what a key asked for as soon as a question that holds no key is answered; keys after it wait."""
        if group in self._asides:
            self._reads[group] = self._asides.pop(group)
        if group in self._reads and not self._reads_are_late:
            self._due[group] = act
        else:
            act()

    def reads_are(self, *, late: bool) -> None:
        """Whether the database does not answer: then no key waits for it, and acts on what stands on the screen."""
        self._reads_are_late = late

    def hold_keys(self) -> Callable[[], None]:
        """No further key acts until what this returns is called: for a write that changes what the next would mean."""
        self._holds += 1
        held = [True]

        def release() -> None:
            if held:
                held.clear()
                self._holds -= 1

        return release

    def rest(self) -> None:
        """Drops the keys that have not acted, and those that follow without a pause: they were meant for what was."""
        self.forget()
        self._shut_until = monotonic() + REST_S

    @property
    def keys_wait(self) -> bool:
        """Whether keys have been typed that have not acted."""
        return bool(self._waiting)

    @property
    def is_open(self) -> bool:
        """Whether a key that comes now acts."""
        return monotonic() >= self._shut_until

    async def idle(self) -> None:
        """Returns when every key taken so far has acted: tests wait for this instead of sleeping."""
        await self._let_go.wait()
        while self._task is not None and not self._task.done():
            await asyncio.shield(self._task)

    def forget(self) -> None:
        """Drops the keys that have not acted: what was typed ahead was meant for a screen that failed."""
        self._waiting.clear()
        self._repeats.clear()
        self._due.clear()

    async def _run(self) -> None:
        try:
            # What was begun by something else than a key, a write after a dialog's answer say, is waited for too.
            await self._settle()
            while self._waiting and self._app.is_running and not self._app._exit:
                # Letters too stay behind a key that waits for its answer: an Enter must not take what came after it.
                if self._reads and (self._due or not self._is_typing(self._waiting[0])):
                    await self._answers()
                    if not self._waiting:
                        break
                event = self._waiting.popleft()
                self.is_held = id(event) in self._repeats
                self._repeats.discard(id(event))
                await self._deliver(event)
                await self._settle()
        except Exception as error:
            self.forget()
            self._app._handle_exception(error)
        finally:
            self.is_held = False
            self._say("")

    async def _settle(self) -> None:
        """Waits until the app has nothing left to do for the last key, at most `LIMIT_S`."""
        started = monotonic()
        rounds = 0
        while self._app.is_running and (self._holds or self.app_is_busy()):
            waited = monotonic() - started
            if waited > LIMIT_S:
                return
            if self._holds and waited > SLOW_S:
                self._say(SAVING)
            rounds += 1
            # Handlers finish within a few turns of the loop; frames, threads and disks take longer.
            await asyncio.sleep(0 if rounds < SPINS else 0.002)

    async def _answers(self) -> None:
        """Waits for what earlier keys asked of the database; past `READ_LIMIT_S` drops the keys and waits no more."""
        started = monotonic()
        while self._reads and not self._reads_are_late and self._app.is_running:
            waited = monotonic() - started
            if waited > READ_LIMIT_S:
                self._reads_are_late = True
                self.forget()
                self._tell_dropped(TOO_SLOW)
                return
            if waited > SLOW_S:
                self._say(READING)
            await asyncio.sleep(0.002)
        await self._settle()

    def _is_typing(self, event: Event) -> bool:
        """Whether a key does no more than change what stands in a field."""
        if not self._needs_answers():
            return True
        from textual.widgets import Input  # a day can be read before anything is typed

        if not isinstance(self._app.focused, Input):
            return False
        return not isinstance(event, Key) or event.is_printable or event.key in ("backspace", "delete")

    def _say(self, words: str) -> None:
        """Tells the person what keys wait for, and when they no longer do."""
        if words != self._waits_for:
            self._waits_for = words
            self._tell_waits(words)

    def app_is_busy(self) -> bool:
        """Whether any widget, screen or the app itself still has something to do; drawing does not count."""
        pump: MessagePump
        for pump in (self._app, *self._app._registry):
            queue: Any = pump._message_queue
            if (
                # Its task stands still in `Queue.get` exactly when it has nothing to do.
                not queue.ready_event._waiters
                or queue.values
                or pump._next_callbacks
                or pump._pending_message is not None
                # A screen's: what was asked for after the next refresh.
                or (isinstance(pump, Screen) and pump._callbacks)
            ) and not (pump._closing or pump._closed):
                return True
        return False


def _nothing() -> None:
    """What is due when no key asked for anything."""
