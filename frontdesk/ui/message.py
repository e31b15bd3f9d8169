"""What the message line says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from frontdesk.domain.privacy import Words


@dataclass(frozen=True, slots=True)
class Message:
    """What the message line says; `tone` is a role of the theme, `undo` takes the thing back and says what it undid."""

    words: Words = Words()  # noqa: RUF009 (frozen)
    tone: str = "done"
    undo: Callable[[], str] | None = None

    @property
    def text(self) -> str:
        """As it may stand on the screen now."""
        return self.words.shown
