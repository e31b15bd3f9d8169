"""What the message line says."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from frontdesk.domain.privacy import Words


class Message(Struct, frozen=True):
    """What the message line says; `tone` is a role of the theme, `undo` takes the thing back and says what it undid."""

    words: Words = Words()
    tone: str = "done"
    undo: Callable[[], str] | None = None
    done: Words | None = None
    """Where it says why nothing was done, or how things stand: what was done last, which `undo` takes back."""

    @property
    def text(self) -> str:
        """As it may stand on the screen now."""
        return self.words.shown

    @property
    def undoes(self) -> str:
        """What `undo` takes back, where the message is about something else."""
        return self.done.shown if self.done is not None and self.undo is not None else ""

    def with_hint(self, words: Words, tone: str) -> Message:
        """Another message, beside which what was done last can still be undone."""
        return Message(words, tone, self.undo, self.words if self.done is None else self.done)

    def gone_by(self) -> Message:
        """The message once what it was about is out of sight: a refusal gives way to what can still be undone."""
        if self.done is None or not self.words.text:
            return self
        return Message(self.done, undo=self.undo) if self.undo is not None else Message()
