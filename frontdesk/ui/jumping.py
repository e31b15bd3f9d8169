"""Where the cursor can go at once: every pane, row, tile and visit in sight, with a letter each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from msgspec import Struct

LETTERS = "asdfghjklqwertyuiopzxcvbnmASDFGHJKLQWERTYUIOPZXCVBNM"
"""The home row first."""
T = TypeVar("T")


class Landing(Struct, frozen=True):
    """A cell to go to, by its column and row in the widget or on the screen, and what goes there."""

    x: int
    y: int
    go: Callable[[], object]

    def moved(self, x: int, y: int) -> Landing:
        """The same, seen from a corner that lies so far left and above."""
        return Landing(self.x + x, self.y + y, self.go)


def lettered(places: Iterable[T]) -> dict[str, T]:
    """A letter for each; of more than there are letters, some evenly spread, so that the next one is near."""
    wanted = list(places)
    step = -(-len(wanted) // len(LETTERS)) or 1
    return dict(zip(LETTERS, wanted[::step], strict=False))
