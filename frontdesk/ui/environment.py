"""What must be set before Textual is imported; `prepare` is the first thing the verb that opens the dashboard calls."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from frontdesk.ui.sweeping import OFTEN

_DROPPED = ("COLUMNS", "LINES")
"""Believed before the terminal itself, which then could not be resized. Besides these, all that begin with TEXTUAL:
they would write what is on the screen to a disk or socket, replace a part of the program, or end it by a typing error.
"""


def prepare() -> None:
    """Drops Textual's variables, sets its pace, and stops garbage collection until the first frame.

    250 frames a second, since a second frame otherwise waits for a 60 Hz timer before a lookup's result is seen;
    nothing is drawn more often than it changes.
    """
    for name in list(os.environ):
        if name in _DROPPED or name.startswith("TEXTUAL"):
            del os.environ[name]
    os.environ |= {"TEXTUAL_FPS": "250", "TEXTUAL_ANIMATIONS": "none"}
    if not os.environ.get("ESCDELAY", "").isdecimal():
        os.environ["ESCDELAY"] = "50"
    gc.disable()


@contextmanager
def without_tls() -> Iterator[None]:
    """What is imported inside does without encrypted connections: asyncio would load all of OpenSSL for none."""
    if "ssl" in sys.modules or "asyncio" in sys.modules:
        yield
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["ssl"]


def first_frame_drawn() -> None:
    """Ends what `prepare` began: what was made for start-up never needs to be looked at again."""
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(*OFTEN)
        gc.enable()
