"""What a use case that changed something hands back."""

from __future__ import annotations

from msgspec import Struct

from frontdesk.domain.appointment import Appointment


class Outcome(Struct, frozen=True):
    """The appointment as it is now, what was done in one line, and what else had to change because of it."""

    appointment: Appointment
    words: str
    also: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """Everything in one line, for the message line."""
        return "; ".join((self.words, *self.also))
