"""To a day that is typed as people say it; what was understood is shown before Enter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import ClassVar

from textual.widget import Widget

from frontdesk.domain.day_asked import day_to_see
from frontdesk.domain.errors import Refused
from frontdesk.ui.dialogs.ask import Ask
from frontdesk.ui.dialogs.base import Note
from frontdesk.ui.layout.day_notes import heading
from frontdesk.ui.screens.framed import Framed

Reading = Callable[[str, date], date]
"""Understands a day as it is said on another; raises `Refused`."""


class GoTo(Ask[date]):
    """`tomorrow`, `thu`, `next week`, `+7`, `24 nov`."""

    ACCEPT_WORDS: ClassVar[str] = "go there"
    QUESTION: ClassVar[str] = "Go to which day?"

    def __init__(self, today: date, read: Reading = day_to_see) -> None:
        """Days are said as seen from `today`, and read by `read`."""
        super().__init__(
            self.QUESTION,
            lambda text: read(text, today),
            placeholder="tomorrow, thu, next week, +7, 24 nov",
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

    def fail(self, reason: str | Refused) -> None:
        """Says what is wrong in place of what is not understood yet."""
        self._understood.set_text(" ")
        super().fail(reason)

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


def ask_day(screen: Framed, go: Callable[[date], object], read: Reading = day_to_see) -> None:
    """Asks which day to go to, as seen from today."""
    today = screen.desk_app.today

    def answered(day: date | None) -> None:
        if day is not None:
            go(day)

    if today is not None:
        screen.app.push_screen(GoTo(today.day, read), answered)
