"""What must be set before Textual is imported; `prepare` is the first thing the verb that opens the dashboard calls."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from types import ModuleType, SimpleNamespace

from frontdesk.modules import in_place_of, when_called
from frontdesk.ui.c_memory import one_arena
from frontdesk.ui.sweeping import OFTEN

_DROPPED = ("COLUMNS", "LINES")
"""Believed before the terminal itself, which then could not be resized. Besides these, all that begin with TEXTUAL:
they would write what is on the screen to a disk or socket, replace a part of the program, or end it by a typing error.
"""
_OWN_HASHES = ("_md5", "_sha1", "_sha3", "_blake2", "_sha512" if sys.version_info < (3, 12) else "_sha2")
"""Python's own, without which `hashlib` needs OpenSSL: some distributions leave them out."""
_WHEN_CALLED = {
    "pickle": ("dumps", "loads"),
    "rich.markup": ("render",),
    "rich.panel": ("Panel",),
    "rich.table": ("Table",),
    "rich.tree": ("Tree",),
    "textual.markup": ("parse_style",),
    "textual.suggestions": ("get_suggestion", "get_suggestions"),
}
"""What Rich would have for styles that mean more than a look, and Textual for links, for a table of its colours, for
errors in style sheets and names there that are none, for a tree of the widgets, and for styles in words.
"""

TURN_S = 0.0005
"""How long a thread goes on while another waits for its turn, in seconds.

Python's own ten times as long is what a key would wait for that arrives while a thread computes.
"""


def prepare() -> None:
    """Drops Textual's variables, sets its pace, and stops garbage collection until the first screen stands.

    Memory comes from one arena, which must be said before there are threads.

    250 frames a second, since a second frame otherwise waits for a 60 Hz timer before a lookup's result is seen;
    nothing is drawn more often than it changes.
    """
    for name in list(os.environ):
        if name in _DROPPED or name.startswith("TEXTUAL"):
            del os.environ[name]
    os.environ |= {"TEXTUAL_FPS": "250", "TEXTUAL_ANIMATIONS": "none"}
    if not os.environ.get("ESCDELAY", "").isdecimal():
        # Milliseconds after which an Esc begins no other key's sequence, besides the 5 that the driver waits for the
        # rest of one: a terminal sends those in one piece.
        os.environ["ESCDELAY"] = "10"
    one_arena()
    sys.setswitchinterval(TURN_S)
    gc.disable()


@contextmanager
def lean() -> Iterator[None]:
    """What is imported inside, Textual, does without what every program of its kind loads and this one never uses.

    Encrypted connections, for which asyncio loads all of OpenSSL; hashes by OpenSSL, where Python has its own; and
    Textual's own palette, which brings along all the widgets it is made of (we have one of our own, see
    `Shell.ENABLE_COMMAND_PALETTE`). What it calls hardly ever is loaded when it does.
    """
    absent: dict[str, ModuleType | None] = {"textual.command": _no_palette()}
    absent |= {name: when_called(name, *functions) for name, functions in _WHEN_CALLED.items()}
    # Rich asks it once, for a number that no other program's links have.
    absent["random"] = when_called("random", getrandbits=_random_bits)
    if "asyncio" not in sys.modules:
        absent |= {"ssl": None, "asyncio.sslproto": when_called("asyncio.sslproto")}
    if "hashlib" not in sys.modules and all(find_spec(name) for name in _OWN_HASHES):
        absent["_hashlib"] = None
    with in_place_of(absent):
        # Now, so that whoever asks for them later, SQLAlchemy before all, has Python's own.
        import hashlib
        import hmac

        del hashlib, hmac
        yield


@contextmanager
def exact() -> Iterator[None]:
    """What is imported inside, pendulum, does without guessing at dates, which is a third of what it loads.

    Nobody asks it for that here (`strict=False`); who does is told that it is no date. Others find dateutil as ever.
    """
    guessing = ModuleType("dateutil")
    guessing.parser = SimpleNamespace(parse=_no_date)  # type: ignore[attr-defined]
    with in_place_of({} if "pendulum" in sys.modules else {"dateutil": guessing}):
        yield


def _no_date(text: str, **how: object) -> None:
    del how
    raise ValueError(f"{text!r} is no date as they are written here")


def _random_bits(count: int) -> int:
    return int.from_bytes(os.urandom((count + 7) // 8), "big") >> -count % 8


def _no_palette() -> ModuleType:
    """In the place of textual==8.2.8's `textual.command`: the names that its `app` and `theme` ask for."""
    module = ModuleType("textual.command")
    for name in ("CommandListItem", "CommandPalette", "DiscoveryHit", "Hit", "Hits", "Provider", "SimpleProvider"):
        setattr(module, name, type(name, (), {}))
    return module


def started() -> None:
    """Ends what `prepare` began: what was made for start-up never needs to be looked at again."""
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(*OFTEN)
        gc.enable()
