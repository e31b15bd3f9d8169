"""What must be set before Textual is imported; `prepare` is the first thing the verb that opens the dashboard calls."""

from __future__ import annotations

import gc
import os

_DROPPED = (
    "TEXTUAL",
    "TEXTUAL_LOG",
    "TEXTUAL_DEBUG",
    "TEXTUAL_DRIVER",
    "TEXTUAL_DEVTOOLS_HOST",
    "TEXTUAL_DEVTOOLS_PORT",
    "TEXTUAL_SCREENSHOT",
    "TEXTUAL_SCREENSHOT_LOCATION",
    "TEXTUAL_SCREENSHOT_FILENAME",
    "TEXTUAL_PRESS",
    "TEXTUAL_SHOW_RETURN",
    "TEXTUAL_ALLOW_SIGNALS",
    "TEXTUAL_FILTERS",
    "TEXTUAL_THEME",
)
"""Variables that would write what is on the screen to disk or socket, or replace a part of the program."""


def prepare() -> None:
    """Drops Textual's debugging variables, sets its pace, and stops garbage collection until the first frame.

    250 frames a second, since a second frame otherwise waits for a 60 Hz timer before a lookup's result is seen;
    nothing is drawn more often than it changes.
    """
    for name in _DROPPED:
        os.environ.pop(name, None)
    os.environ.setdefault("TEXTUAL_FPS", "250")
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    os.environ.setdefault("ESCDELAY", "50")
    gc.disable()


def first_frame_drawn() -> None:
    """Ends what `prepare` began: what was made for start-up never needs to be looked at again."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
