"""What a field may ask of the screen that it is on, whichever that is."""

from __future__ import annotations

from typing import Protocol, runtime_checkable


@runtime_checkable
class Warned(Protocol):
    """A screen or dialog that says why something typed did nothing."""

    def warn(self, words: str) -> None:
        """Says it."""
        ...


@runtime_checkable
class Told(Protocol):
    """A dialog with a line for what is to be said about what is filled in."""

    def tell(self, text: str, role: str = "dim") -> None:
        """Says it, in a role's look."""
        ...
