"""Answers by a letter each, in a list that says them; in words where no letter says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from frontdesk.text import clean
from frontdesk.ui.dialogs.base import Dialog, Said
from frontdesk.ui.layout.cells import Span
from frontdesk.ui.widgets.field import CleanInput
from frontdesk.ui.widgets.pick_list import Item, PickList

T = TypeVar("T")

OTHER = "o"
"""The letter that asks for words."""
OTHER_WORDS = "other, in words"


def lettered(answers: Mapping[str, str]) -> list[Item[str]]:
    """A row for each answer, by its letter."""
    return [Item(letter, (Span(f"{letter}  ", "key"), Span(words))) for letter, words in answers.items()]


class Lettered(Dialog[T], Generic[T]):
    """Give `answer` and `answer_in_words`; the keys of the letters are each subclass's, bound to `letter`."""

    def __init__(self, title: Said, placeholder: str) -> None:
        """`placeholder` is what the line for words says while it is empty."""
        super().__init__(title)
        self._list: PickList[str] = PickList()
        self._words = CleanInput(placeholder=placeholder)
        self._words.display = False

    def answer(self, letter: str) -> None:
        """What a letter says, `OTHER` apart."""
        raise NotImplementedError

    def answer_in_words(self, words: str) -> None:
        """What was written in place of a letter, which may be nothing."""
        raise NotImplementedError

    @property
    def is_in_words(self) -> bool:
        """Whether the line for words is open: letters are text there."""
        return self._words.display

    def is_changed(self) -> bool:
        """Two keys are quickly pressed again."""
        return False

    def on_pick_list_picked(self) -> None:
        """Enter on an answer."""
        self.action_dialog_accept()

    def action_letter(self, letter: str) -> None:
        """An answer, or the line for another."""
        if self.is_in_words:
            return
        if letter == OTHER and any(one.key == OTHER for one in self._list.items):
            self._words.display = True
            self._words.focus()
            self.refresh_frame()
        else:
            self.answer(letter)

    def accept(self) -> None:
        """The marked answer, or the words."""
        if self.is_in_words:
            self.answer_in_words(clean(self._words.value))
        elif self._list.key is not None:
            self.action_letter(self._list.key)
