"""Regular expressions that are made when they are first used: to make one takes longer than to read a small module."""

from __future__ import annotations

import re
from typing import Any, cast


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, but for that a pattern that is wrong says so at its first use."""
    return cast("re.Pattern[str]", _Late(pattern, flags))


class _Late:
    """Becomes the pattern as soon as anything is asked of it."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._made_of = pattern, flags

    def __getattr__(self, name: str) -> Any:
        made = getattr(re.compile(*self._made_of), name)
        # Asked once: from now on it is found without coming here.
        setattr(self, name, made)
        return made
