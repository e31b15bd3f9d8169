"""The terminal's side: an input thread that survives bad bytes and a terminal that is gone; and the end by signals.

Textual 8.2.8 ends with a traceback on a byte that is no UTF-8, spins when the terminal has gone while SIGHUP is
ignored, and wakes ten times a second to look.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
from codecs import getincrementaldecoder
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Paste
from textual.message import Message

from frontdesk.ui.pastes import Pasted, Pastes, Typed
from frontdesk.ui.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

PASTE_PATIENCE_S = 1.0
"""Silence after which a paste whose end never came is taken as whole: the keyboard must not stay shut."""
MOST_AT_ONCE = 200_000
"""Characters gathered before they are looked at."""


class FrontdeskDriver(LinuxDriver):
    """Textual's driver for POSIX terminals, mended where real terminals hurt it."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        """Makes the pipe by which the input thread is woken to end."""
        super().__init__(app, **options)
        # Ctrl+Z would leave a shell behind an unlocked patient list.
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        signal.signal(signal.SIGCONT, signal.SIG_DFL)
        self._wake_read, self._wake_write = os.pipe()

    @property
    def can_suspend(self) -> bool:
        """Never: see above."""
        return False

    def start_application_mode(self) -> None:
        """Starts as Textual does, with a writer of ours; from here on signals restore the terminal."""
        trap_signals(self._app, lambda status: self._app.exit(return_code=status))
        original = linux_driver.__dict__["WriterThread"]
        linux_driver.__dict__["WriterThread"] = Writer
        try:
            super().start_application_mode()  # type: ignore[no-untyped-call]
        finally:
            linux_driver.__dict__["WriterThread"] = original

    def send_message(self, message: Message) -> None:
        """Hands what was typed to the app at once; Textual makes a task and a future of every key for it."""
        arrived: Callable[[Message], object] = getattr(self._app, "arrived", self._app.post_message)
        self._loop.call_soon_threadsafe(arrived, message)

    def disable_input(self) -> None:
        """Wakes the input thread, then waits for it to end."""
        os.write(self._wake_write, b"x")
        super().disable_input()
        os.set_blocking(self._wake_read, False)
        with suppress(BlockingIOError):
            os.read(self._wake_read, 64)

    def run_input_thread(self) -> None:
        """Reads keys until told to end, or until the terminal is gone."""
        decode = getincrementaldecoder("utf-8")("replace").decode
        parser = XTermParser(self._debug)
        pastes = Pastes()
        while True:
            # Only a lone Esc and half a paste wait for time to pass; otherwise there is nothing to wake up for.
            wait = _until(parser._timeout_time) if parser._timeout_time is not None else None
            wait = PASTE_PATIENCE_S if wait is None and pastes.is_open else wait
            ready, _, _ = select.select([self.fileno, self._wake_read], [], [], wait)
            if self._wake_read in ready:
                return
            arrived: list[Typed | Pasted] = []
            if self.fileno in ready:
                text = self._read(decode)
                while text is not None and len(text) < MOST_AT_ONCE and pastes.expects_more(text):
                    more = self._read(decode) if select.select([self.fileno], [], [], 0.005)[0] else ""
                    if not more:
                        break
                    text += more
                if text is None:
                    self._gone()
                    return
                arrived = pastes.take(text)
            elif pastes.is_open and wait == PASTE_PATIENCE_S:
                arrived = [pastes.end()]
            for one in arrived:
                if isinstance(one, Pasted):
                    self.process_message(Paste(one.text))
                elif one.text:
                    # Never an empty feed, as after half a character: the parser takes that for the end of input.
                    parser = self._pass_on(parser, partial(parser.feed, one.text))
            parser = self._pass_on(parser, parser.tick)

    def _read(self, decode: Callable[[bytes], str]) -> str | None:
        """What can be read now, maybe nothing; None when the terminal is gone."""
        try:
            data = os.read(self.fileno, 65536)
        except OSError:
            return None
        return decode(data) if data else None

    def _pass_on(self, parser: XTermParser, events: Callable[[], Any]) -> XTermParser:
        """Sends on what the parser found; a parser that choked on a sequence is replaced and the sequence lost."""
        try:
            for event in events():
                self.process_message(event)
        except (ValueError, OverflowError, IndexError, KeyError, StopIteration, RuntimeError):
            return XTermParser(self._debug)
        return parser

    def _run_input_thread(self) -> None:
        """The thread's target: an unforeseen error goes to the app's crash policy, not to the screen."""
        try:
            self.run_input_thread()
        except Exception as error:
            self._loop.call_soon_threadsafe(self._app._handle_exception, error)

    def _gone(self) -> None:
        """Nobody can be typing any more: ends the app as a hang-up would."""
        ended: Callable[[], None] | None = getattr(self._app, "terminal_gone", None)
        if ended is not None:
            self._loop.call_soon_threadsafe(ended)


def _until(instant: float) -> float:
    """Seconds until the parser's clock has passed an instant: a lone Esc waits for its delay and no longer."""
    return max(0.0, instant - get_time()) + 0.0002


def trap_signals(app: App[Any], end: Callable[[int], None]) -> None:
    """SIGTERM, SIGHUP and SIGINT end the app in order: `end` gets the exit status, 128 + the signal's number.

    A SIGHUP that was ignored at the start (nohup) stays ignored; the closed terminal is noticed by reading it.
    """
    if app.is_headless or sys.platform == "win32":
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        if number is signal.SIGHUP and signal.getsignal(number) is signal.SIG_IGN:
            continue
        loop.add_signal_handler(number, end, 128 + number)
