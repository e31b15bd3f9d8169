"""What the dashboard says: the last thing done, why nothing was, how things stand."""

from __future__ import annotations

from collections.abc import Callable

from frontdesk.domain.errors import Refused
from frontdesk.domain.privacy import Words
from frontdesk.text import visible
from frontdesk.ui.furnished import Furnished
from frontdesk.ui.message import Message


class Telling(Furnished):
    """A dashboard with a message line, and a word for whatever came to nothing."""

    message = Message()

    def say(self, text: str, *, tone: str = "done", undo: Callable[[], str] | None = None) -> None:
        """Puts the last thing done into the message line; `undo` runs as a write and returns what it undid."""
        self.message = Message(Words(visible(text)), tone, undo)
        self.frames.message()

    def hint(self, text: str, *, tone: str = "warn") -> None:
        """Says why nothing was done, or how things stand: what could be undone before still can."""
        self.message = self.message.with_hint(Words(visible(text)), tone)
        self.frames.message()

    def refuse(self, refused: Refused) -> None:
        """Says why something asked for can't be done."""
        self.hint(refused.reason, tone="error")

    def gone_by(self) -> None:
        """Another screen or day is shown: what was refused on the one before is said no longer."""
        before, self.message = self.message, self.message.gone_by()
        if self.message is not before:
            self.frames.message()

    def warn(self, words: str) -> None:
        """Says why something typed did nothing, on the screen in front."""
        self.frames.warn(words)
