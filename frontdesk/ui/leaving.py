"""The program's end waits for its threads only so long: one may be waiting ten seconds for a locked database.

What a thread has not saved by then is not saved; nothing said it was, and SQLite takes half a transaction back.
"""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

PATIENCE_S = 0.5
"""How long a write that is under way may still take, twice: before the event loop ends, and before Python does."""
THREADS = 16
READERS = 3
"""Threads that read for screens. More would only wait for each other, each with a connection and memory of its own; of
what a fast typist asks, that which no longer matters is dropped while it waits for one."""


class Threads(ThreadPoolExecutor):
    """The threads that work on the database.

    Those that read are apart: reads that wait for a lock must not keep a write, or the watch, from getting a thread.
    """

    def __init__(self) -> None:
        super().__init__(THREADS, thread_name_prefix="desk")
        self.readers = ThreadPoolExecutor(READERS, thread_name_prefix="reads")

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Waits for what is under way, at most `PATIENCE_S`; what has not begun is dropped."""
        del cancel_futures
        super().shutdown(wait=False, cancel_futures=True)
        self.readers.shutdown(wait=False, cancel_futures=True)
        until = monotonic() + PATIENCE_S
        for thread in [*self._threads, *self.readers._threads] if wait else ():
            thread.join(max(0.0, until - monotonic()))


def leave_soon(status: int) -> None:
    """Makes sure that Python, which waits for every thread, ends with this exit status in `PATIENCE_S`."""
    here = threading.current_thread()
    if any(thread is not here and not thread.daemon for thread in threading.enumerate()):
        threading.Thread(target=_leave, args=(status,), daemon=True).start()


def _leave(status: int) -> None:
    sleep(PATIENCE_S)
    os._exit(status)
