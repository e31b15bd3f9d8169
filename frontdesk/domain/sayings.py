"""A table of what can be said, each pattern with what it means: how days, times and stretches are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Concatenate, ParamSpec, TypeVar

Given = ParamSpec("Given")
Meaning = TypeVar("Meaning")

Saying = tuple[str, Callable[Concatenate["re.Match[str]", Given], Meaning]]
"""A pattern that the whole of what is said must match, and what it then means."""


def saying(pattern: str, meaning: Callable[Concatenate[re.Match[str], Given], Meaning]) -> Saying[Given, Meaning]:
    """A row of such a table."""
    return pattern, meaning


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when first asked: all of them together take as long as the first frame of the dashboard."""
    return re.compile(pattern, re.ASCII)


def meant(
    sayings: Iterable[Saying[Given, Meaning]], said: str, *given: Given.args, **named: Given.kwargs
) -> Meaning | None:
    """What the first saying that matches means, with what is `given` besides; None where none does."""
    for pattern, meaning in sayings:
        match = compiled(pattern).fullmatch(said)
        if match is not None:
            return meaning(match, *given, **named)
    return None
