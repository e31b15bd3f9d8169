"""A reason in one letter, or in words: what must have one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from frontdesk.domain.errors import Refused
from frontdesk.text import clean
from frontdesk.ui.dialogs.base import Dialog, Note, Said
from frontdesk.ui.layout.cells import Span
from frontdesk.ui.widgets.field import CleanInput
from frontdesk.ui.widgets.pick_list import Item, PickList

OTHER = "o"
_OTHER_WORDS = "other, in words"


def letters(reasons: Mapping[str, str]) -> list[BindingType]:
    """The keys of a class with these reasons."""
    return [Binding(letter, f"letter({letter!r})", "reason", show=False) for letter in (*reasons, OTHER)]


class Why(Dialog[str]):
    """The answer is the reason, in words; give `REASONS` by letter, and their keys (`letters`) as BINDINGS."""

    REASONS: ClassVar[Mapping[str, str]] = {}

    def __init__(self, title: Said) -> None:
        super().__init__(title)
        self._reasons = {**self.REASONS, OTHER: _OTHER_WORDS}
        self._list: PickList[str] = PickList(
            [Item(letter, (Span(f"{letter}  ", "key"), Span(words))) for letter, words in self._reasons.items()]
        )
        self._words = CleanInput(placeholder="why, in their words")

    def body(self) -> Iterator[Widget]:
        """The question, its answers, the line for other words."""
        yield Note("Why?", "strong")
        self._list.styles.height = len(self._reasons)
        yield self._list
        yield self._words

    def on_mount(self) -> None:
        """The line is there once it is asked for."""
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
            self.done(self._reasons[letter])

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
