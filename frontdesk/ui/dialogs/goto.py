"""To a day that is typed as people say it; what was understood is shown before Enter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import ClassVar

from textual.widget import Widget

from frontdesk.domain.errors import Refused
from frontdesk.ui.dialogs.ask import Ask
from frontdesk.ui.dialogs.base import Note
from frontdesk.ui.layout.day_notes import heading


class GoTo(Ask[date]):
    """`tomorrow`, `thu`, `+2w`, `24 nov`."""

    ACCEPT_WORDS: ClassVar[str] = "go there"
    QUESTION: ClassVar[str] = "Go to which day?"

    def __init__(self, today: date, parse: Callable[[str, date], date]) -> None:
        """`parse` reads a day, seen from `today`; raises Refused with what to write instead."""
        super().__init__(
            self.QUESTION, lambda text: parse(text, today), placeholder="tomorrow, thu, +2w, 24 nov, 2026-12-01"
        )
        self._today = today
        self._understood = Note(" ", "done")

    def body(self) -> Iterator[Widget]:
        """The field, and what it means."""
        yield from super().body()
        yield self._understood

    def on_input_changed(self) -> None:
        """Shows what was understood so far."""
        self._understood.set_text(self._preview(), "done")

    def _preview(self) -> str:
        if not self.field.value.strip():
            return " "
        try:
            return heading(self._check(self.field.value), self._today)
        except Refused:
            return "…"


class AskOn(GoTo):
    """The day on which somebody wants to be asked again."""

    ACCEPT_WORDS: ClassVar[str] = "ask then"
    QUESTION: ClassVar[str] = "To be asked again on which day?"
