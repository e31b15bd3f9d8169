"""Neighbouring words of a typed line that mean something together, taken out so that nothing reads them twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

TAKEN = ""
"""What stands in the place of a word that was understood: what is left on its two sides are no neighbours."""

T = TypeVar("T")


def pieces(words: Sequence[str], longest: int) -> Iterator[tuple[int, int]]:
    """Every stretch of at most `longest` neighbouring words, the longest first, as start and end."""
    for length in range(min(longest, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            if TAKEN not in words[start : start + length]:
                yield start, start + length


def take(words: Sequence[str], longest: int, find: Callable[[str], T | None]) -> tuple[T | None, list[str]]:
    """What the longest piece that means something means, and the words without it."""
    for start, end in pieces(words, longest):
        found = find(" ".join(words[start:end]))
        if found is not None:
            return found, without(words, start, end)
    return None, list(words)


def without(words: Sequence[str], start: int, end: int) -> list[str]:
    """The words with those from `start` to before `end` taken."""
    return [*words[:start], *[TAKEN] * (end - start), *words[end:]]
