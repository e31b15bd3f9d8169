"""The app's side of the terminal: keys in order, clean text, the house's looks, and an end that leaves no wreck."""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Sequence
from contextvars import Context, copy_context
from typing import Any

from textual._ansi_sequences import SYNC_END, SYNC_START
from textual.app import App
from textual.events import Event, Key, Paste, Resize
from textual.filter import LineFilter
from textual.message import Message
from textual.screen import Screen
from textual.widget import AwaitMount

from frontdesk import crash
from frontdesk.ui.compositor import Changes
from frontdesk.ui.driver import FrontdeskDriver
from frontdesk.ui.greys import loud_in_grey
from frontdesk.ui.key_path import bound_to, may_be_taken
from frontdesk.ui.leaving import Threads
from frontdesk.ui.mended import mend
from frontdesk.ui.router import KeyRouter
from frontdesk.ui.shown import NoControlCodes
from frontdesk.ui.sixteen import SixteenColors
from frontdesk.ui.stylesheet import HouseSheet
from frontdesk.ui.theme import look_of, next_look, theme, theme_of


class _Mounted(AwaitMount):
    """Waits until a screen is mounted."""

    def __await__(self) -> Generator[None, None, None]:
        async def mounted() -> None:
            for widget in self._widgets:
                await widget._mounted_event.wait()

        return mounted().__await__()


class Shell(App[None], inherit_css=False):
    """A Textual app made safe for a front desk; knows nothing of patients or rooms.

    Without Textual's own sheet for apps: its looks in a terminal's own colours, what is disabled, a screen whose one
    widget fills it, none of which is here.
    """

    DEFAULT_CSS = "Shell { background: $paper; color: $ink-text; }"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS = ""

    _is_dressed = False
    """Whether it has a look of the house."""
    _no_control_codes = NoControlCodes()
    _sixteen_colors = SixteenColors()

    def __init__(self, look: str = "dark") -> None:
        """`look` is one of `theme.WORDS`."""
        super().__init__(driver_class=FrontdeskDriver)
        # The message line tells what toasts and tooltips would: no screen and no dialog has to carry widgets for them.
        self._disable_notifications = self._disable_tooltips = True
        mend()
        self._bindings.key_to_bindings.pop("ctrl+c", None)
        self.router = KeyRouter(
            self, self._deliver, self.keys_wait_for, self.keys_were_dropped, lambda: not self.keys_are_caught
        )
        self._last_words: list[str] = []
        self.threads = Threads()
        self._was_resized = False
        self._inside: Context | None = None
        """What the app's own task knows, its privacy mode among it, for what begins elsewhere; None before it runs."""
        self.register_theme(theme(look))
        # Set without its watcher, which would parse every style sheet a second and a third time before the first frame.
        self.set_reactive(App.theme, theme_of(look))
        self._is_dressed = True
        self.stylesheet: HouseSheet = HouseSheet(self.get_css_variables())

    def get_css_variables(self) -> dict[str, str]:
        """As Textual; none before the house's look is set, for a sheet that is not used."""
        return super().get_css_variables() if self._is_dressed else {}

    @property
    def keys_are_caught(self) -> bool:
        """Whether no key reaches what is on the screen."""
        return False

    def keys_wait_for(self, words: str) -> None:
        """Called when keys wait long, with what for; with "" when they no longer do."""

    def keys_were_dropped(self, why: str) -> None:
        """Called when keys were dropped instead of acting."""

    def paste_met_no_field(self) -> None:
        """Called when text was pasted where nothing is typed."""

    @property
    def look(self) -> str:
        """Which of the house's looks is shown."""
        return look_of(self.theme)

    def turn_theme(self) -> None:
        """To the next look: light, dark, high contrast."""
        self.show_look(next_look(self.look))

    def show_look(self, look: str) -> None:
        """Draws everything in another look; its colours are made when it is first asked for."""
        self.register_theme(theme(look))
        self.theme = theme_of(look)

    def write_to_terminal(self, sequence: str) -> None:
        """Sends an escape sequence of our own; it must hold nothing that came from data unclean."""
        if self._driver is not None and not self.is_headless:
            self._driver.write(sequence)

    def arrived(self, message: Message) -> None:
        """Something came from the terminal: a key goes to the router past the app's queue.

        Where anything waits there it waits behind it, so that keys never overtake each other.
        """
        queue: Any = self._message_queue
        # While the app acts on one message it holds the one after it, outside of its queue.
        waits = not queue.empty() or self._pending_message is not None
        if isinstance(message, Key) and self._inside is not None and not waits:
            self._inside.run(self.router.take, message)
        else:
            self.post_message(message)

    async def on_event(self, event: Event) -> None:
        """Keys and pastes go through the router, everything else as Textual has it."""
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            self.router.take(event)
        else:
            await super().on_event(event)

    async def _deliver(self, event: Event) -> None:
        """A key, or a paste where there is a field for it: elsewhere it would be a hundred commands."""
        if isinstance(event, Key):
            if may_be_taken(self):
                await super().on_event(event)
                return
            if not self.app_focus:
                self.app_focus = True
            if not await self._check_bindings(event.key, priority=True):
                await self._on_key(event)
            return
        if isinstance(event, Paste):
            from textual.widgets import Input, TextArea

            if not isinstance(self.focused, Input | TextArea):
                self.paste_met_no_field()
                return
        await super().on_event(event)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Runs the first binding of a key that does something; whether one did."""
        for node, binding in bound_to(self.screen, key, priority=priority):
            if await self.run_action(binding.action, node):
                return True
        return False

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """As Textual's; a small update goes out in one piece, which wakes the thread that writes once, not three times.

        What cannot be shown now is left to Textual to drop.
        """
        driver = self._driver
        shown = self._running and not self._closed and not self.is_headless and not self._batch_count
        if driver is None or not shown or not isinstance(renderable, Changes):
            super()._display(screen, renderable)
            return
        x, y = self.screen.outer_size.clamp_offset(self.cursor_position)
        told = f"{renderable.render_segments(self.console)}\x1b[{y + 1};{x + 1}H"
        driver.write(f"{SYNC_START}{told}{SYNC_END}" if self._sync_available else told)

    def post_message(self, message: Message) -> bool:
        """As Textual's, which drops all but the last of several sizes; remembers that there was another."""
        if isinstance(message, Resize) and message.size != self.size:
            self._was_resized = True
        return super().post_message(message)

    def _check_resize(self) -> None:
        """As Textual's; a window that went another size and back meanwhile shows what the terminal made of it."""
        event, was_resized = self._resize_event, self._was_resized
        super()._check_resize()
        self._was_resized = False
        if event is not None and was_resized and self.screen.size == event.size:
            self.screen.refresh()

    def delay_update(self, delay: float = 0.05) -> None:
        """Textual hides half-drawn screens for 50 ms at every change of screen; ours are drawn in one go."""
        super().delay_update(min(delay, 0.005))

    def _load_screen_css(self, screen: Screen[Any]) -> None:
        """As Textual does; one that is new has its styles from the sheets as they are, and need not be told anew."""
        super()._load_screen_css(screen)
        if not screen.is_mounted:
            screen._css_update_count = self._css_update_count

    def _get_screen(self, screen: Screen[Any] | str) -> tuple[Screen[Any], AwaitMount]:
        """As Textual, without the layout and the repaint that follow the first frame, which was both."""
        one = self.get_screen(screen)
        if not one.is_running:
            # Where tasks begin at once (Python 3.12 and later) its widgets are styled before this returns.
            self._load_screen_css(one)
        mounted = _Mounted(one, [] if one.is_running else self._register(self, one))
        self.call_next(mounted)
        return one, mounted

    def _set_pointer_shape(self, shape: str) -> None:
        """There is no mouse here, so its pointer is the terminal's own."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The filters before the driver; the last one deletes control codes."""
        few = (self._sixteen_colors,) if self.console.color_system in ("standard", "windows") else ()
        loud = (loud_in_grey(self.theme),) if self.no_color else ()
        return [*loud, *super().get_line_filters(), *few, self._no_control_codes]

    def guard_the_end(self) -> None:
        """From now on errors of tasks follow the crash policy, and the end waits for no thread for long."""
        self._inside = copy_context()
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._loop_error)
        loop.set_default_executor(self.threads)

    def end_with(self, line: str) -> None:
        """Ends the app as refused: one line on the terminal, exit status 1."""
        self._last_words.append(line)
        self.exit(return_code=1)

    def terminal_gone(self) -> None:
        """Nobody can see or type: ends as a hang-up does."""
        self.exit(return_code=129)

    def panic(self, *renderables: Any) -> None:
        """Textual's way to end with a report; ours is one line."""
        del renderables
        self._handle_exception(RuntimeError("panic"))

    def _handle_exception(self, error: Exception) -> None:
        """Ends the program after a defect: one line, no traceback, no patient, exit status 1."""
        self._return_code = 1
        if self._exception is None:
            self._last_words.append(crash.record(error))
            # For Textual's test pilot, which raises it in the test.
            self._exception = error
            self._exception_event.set()
        self.router.forget()
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        """Called by Textual when the terminal is restored."""
        for words in self._last_words:
            crash.say_line(words)
        self._last_words.clear()

    def _loop_error(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        del loop
        error = context.get("exception")
        if isinstance(error, Exception) and self.is_running:
            self._handle_exception(error)
