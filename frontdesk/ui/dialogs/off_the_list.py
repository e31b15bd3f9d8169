"""Taking somebody off the waiting list: why, a letter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import Binding
from textual.widget import Widget

from frontdesk.domain.errors import Refused
from frontdesk.domain.waiting import WITHDRAWN_WORDS, Waiting
from frontdesk.text import clean
from frontdesk.ui.dialogs.base import Dialog, Note
from frontdesk.ui.layout.cells import Span
from frontdesk.ui.widgets.field import CleanInput
from frontdesk.ui.widgets.pick_list import Item, PickList

OTHER = "o"
_REASONS = {**WITHDRAWN_WORDS, OTHER: "other, in words"}


class OffTheList(Dialog[str]):
    """The answer is the reason, in words. It is undone with u, with their place in the queue."""

    ACCEPT_WORDS: ClassVar[str] = "take off"
    BINDINGS: ClassVar = [Binding(letter, f"letter({letter!r})", "reason", show=False) for letter in _REASONS]

    def __init__(self, entry: Waiting) -> None:
        super().__init__(lambda: f"{entry.patient.name}: off the waiting list")
        self._list: PickList[str] = PickList(
            [Item(letter, (Span(f"{letter}  ", "key"), Span(words))) for letter, words in _REASONS.items()]
        )
        self._words = CleanInput(placeholder="why, in their words")

    def body(self) -> Iterator[Widget]:
        """The question, its answers, the line for other words."""
        yield Note("Why?", "strong")
        self._list.styles.height = len(_REASONS)
        yield self._list
        yield self._words

    def on_mount(self) -> None:
        """The line is there once it is asked for."""
        super().on_mount()
        self._words.display = False

    def is_changed(self) -> bool:
        """Two keys are quickly pressed again."""
        return False

    def on_pick_list_picked(self) -> None:
        """Enter on an answer."""
        if self._list.key is not None:
            self.action_letter(self._list.key)

    def action_letter(self, letter: str) -> None:
        """An answer, or the line for another."""
        if self._words.display:
            return
        if letter == OTHER:
            self._words.display = True
            self._words.focus()
            self.refresh_frame()
        else:
            self.done(_REASONS[letter])

    def accept(self) -> None:
        """The words typed are the reason."""
        if not self._words.display:
            self.on_pick_list_picked()
            return
        try:
            reason = clean(self._words.value).strip()
        except Refused as refused:
            self.fail(refused)
            return
        if reason:
            self.done(reason)
        else:
            self.fail("Say why, in a word: nobody is dropped without one.")
