"""A reason in one letter, or in words: what must have one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from frontdesk.ui.dialogs.base import Note, Said
from frontdesk.ui.dialogs.lettered import OTHER, OTHER_WORDS, Lettered, lettered


def letters(reasons: Mapping[str, str]) -> list[BindingType]:
    """The keys of a class with these reasons."""
    return [Binding(letter, f"letter({letter!r})", "reason", show=False) for letter in (*reasons, OTHER)]


class Why(Lettered[str]):
    """The answer is the reason, in words; give `REASONS` by letter, and their keys (`letters`) as BINDINGS."""

    REASONS: ClassVar[Mapping[str, str]] = {}

    def __init__(self, title: Said) -> None:
        super().__init__(title, "why, in their words")
        self._list.set_items(lettered({**self.REASONS, OTHER: OTHER_WORDS}))

    def body(self) -> Iterator[Widget]:
        """The question, its answers, the line for other words."""
        yield Note("Why?", "strong")
        self._list.styles.height = len(self._list.items)
        yield self._list
        yield self._words

    def answer(self, letter: str) -> None:
        """The reason of that letter."""
        self.done(self.REASONS[letter])

    def answer_in_words(self, words: str) -> None:
        """The words typed are the reason."""
        if words:
            self.done(words)
        else:
            self.fail("Say why, in a word: nobody is dropped without one.")
