"""What a verb that takes longer says meanwhile, on a terminal, and takes away again when it is done."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from frontdesk.text import visible

PATIENCE_S = 0.5
"""What is done by then needs no words."""


@contextmanager
def working(words: str, *, after_s: float = PATIENCE_S) -> Iterator[None]:
    """Says what is being done once it has taken so long; silent where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield
        return
    said = threading.Lock()
    over = False

    def say() -> None:
        with said:
            if not over:
                sys.stderr.write(f"{visible(words)} …")
                sys.stderr.flush()

    timer = threading.Timer(after_s, say)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        with said:
            over = True
            # Carriage return, and erase to the end of the line (ECMA-48 EL).
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
