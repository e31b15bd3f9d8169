"""How the C library keeps memory for a program that is open all day. Only glibc is asked; others are left as they are.

Nothing here changes what the program does: where the C library can't be asked, it takes a few megabytes more.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

_M_ARENA_MAX = -8
"""mallopt's number for the most arenas there may be (glibc's malloc.h)."""


def one_arena() -> None:
    """Has all threads take memory from one place; to be called before there are any.

    By itself glibc gives each of them an arena, so that they need not wait for each other; here Python lets one run at
    a time, and what is free in the arena of a thread that did one thing serves nobody else: five megabytes.
    """
    ask = _glibc("mallopt")
    if ask is not None:
        ask(_M_ARENA_MAX, 1)


def give_back() -> None:
    """Gives free memory back to the system, which takes a millisecond."""
    ask = _glibc("malloc_trim")
    if ask is not None:
        ask(0)


@cache
def _glibc(name: str) -> Callable[..., object] | None:
    try:
        import ctypes

        library = ctypes.CDLL(None)
        # musl has a mallopt for nothing; this name is glibc's alone.
        _ = library.gnu_get_libc_version
        found: Callable[..., object] = getattr(library, name)
        return found
    except (ImportError, OSError, AttributeError, TypeError):
        # A Python without ctypes, another C library, or a system (Windows) that has no library of the process.
        return None
