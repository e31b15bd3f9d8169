"""What is written to the terminal: what it takes is written at once, the rest by a thread.

One that is slow must hold nobody up, for which Textual 8.2.8 gives everything to a thread. That is woken for each key,
and for a frame has to wait for its turn with the thread that drew it, which takes up to a third of opening a dialog.
"""

from __future__ import annotations

import os
import select
from contextlib import suppress
from threading import Lock
from typing import IO, TYPE_CHECKING

from textual.drivers._writer_thread import WriterThread

from frontdesk.ui.steady import steady

if TYPE_CHECKING:
    from queue import Queue


class Writer(WriterThread):
    """Drops what can't be written: a terminal that is gone blocks nobody and raises nothing."""

    _queue: Queue[bytes | None]  # type: ignore[assignment]

    def __init__(self, file: IO[str]) -> None:
        super().__init__(file)
        self._at_once = _unblocked(file.fileno())
        self._one_by_one = Lock()

    def write(self, text: str) -> None:
        """Writes, or has the thread write: all of it where it is still writing, else what is left."""
        # As standard error writes what is no text: it never raises.
        data = steady(text).encode("utf-8", "backslashreplace")
        # The thread that reads keys answers the terminal, maybe while half a frame is written.
        with self._one_by_one:
            if self._at_once is not None and not self._queue.unfinished_tasks:
                with suppress(OSError):
                    # What has no room, or nowhere to go, is the thread's: it waits, or finds out.
                    data = data[os.write(self._at_once, data) :]
            if data:
                self._queue.put(data)

    def run(self) -> None:
        """Writes what is left, until told to end."""
        gone = False
        while (data := self._queue.get()) is not None:
            if not gone:
                try:
                    self._write_on(data)
                except (OSError, ValueError):
                    gone = True
            self._queue.task_done()
        if gone:
            self._let_go()

    def _write_on(self, data: bytes) -> None:
        terminal = self._file.fileno()
        while data:
            try:
                data = data[os.write(terminal, data) :]
            except BlockingIOError:
                # Another program that the shell started has left it so.
                select.select([], [terminal], [])

    def stop(self) -> None:
        """Waits until all is written."""
        super().stop()
        if self._at_once is not None:
            os.close(self._at_once)
            self._at_once = None

    def _let_go(self) -> None:
        """Has what is left go nowhere: Python writes it at the end else, and ends with 120 where it can't."""
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._file.fileno())
            os.close(nowhere)


def _unblocked(terminal: int) -> int | None:
    """The same terminal opened once more, for writes that don't wait; None where it can't be.

    Of our own: not to wait is a property of what was opened, which a shell shares with the programs it starts.
    """
    try:
        return os.open(os.ttyname(terminal), os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
    except OSError:
        return None
