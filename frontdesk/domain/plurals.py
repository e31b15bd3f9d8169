"""How many of something there are, in words."""

from __future__ import annotations


def number_of(count: int, noun: str) -> str:
    """`1 visit`, `2 visits`, `0 visits`: of a noun with a plain `s`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
