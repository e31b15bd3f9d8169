"""The three small questions: yes or no, one of several, one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar, Generic, TypeVar

from textual.binding import Binding
from textual.widget import Widget

from frontdesk.domain.errors import Refused
from frontdesk.text import LINE_LIMIT
from frontdesk.ui.dialogs.base import Dialog, Note, Said
from frontdesk.ui.dialogs.narrowing import Narrowing
from frontdesk.ui.layout.cells import Span
from frontdesk.ui.widgets.field import CleanInput
from frontdesk.ui.widgets.pick_list import Item, PickList

T = TypeVar("T")


class Confirm(Dialog[bool]):
    """A yes-or-no question; only `y` says yes, so that a held or hasty Enter destroys nothing."""

    BINDINGS: ClassVar = [
        Binding("y,Y", "answer(True)", "yes", show=False),
        Binding("n,N", "answer(False)", "no", show=False),
    ]

    def __init__(self, title: Said, question: Said = "", *, yes: str = "yes", no: str = "no") -> None:
        """`question` may have several lines; `yes` and `no` are the words of the answers."""
        super().__init__(title)
        self._question, self._yes, self._no = question, yes, no

    def body(self) -> Iterator[Widget]:
        """The question."""
        yield Note(self._question)

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """The two answers."""
        return (("y", self._yes), ("n", self._no), ("Esc", "back"))

    def accept(self) -> None:
        """Enter answers nothing here, and says so."""
        self.tell(f"y: {self._yes}; n or Esc: {self._no}", "warn")

    def action_answer(self, yes: bool) -> None:
        """The answer."""
        self.done(yes)


class Choice(Narrowing[T, int], Generic[T]):
    """One of several: arrows, or typing the beginning of any of its words."""

    ACCEPT_WORDS: ClassVar[str] = "choose"

    def __init__(self, title: Said, choices: Sequence[tuple[T, str]]) -> None:
        """`choices` are values with the words they are shown by."""
        super().__init__(PickList(empty="nothing like that"), "type to find, ↑ ↓ to move", title)
        self._choices = choices
        self._found.styles.height = min(12, max(1, len(choices)))

    def accept(self) -> None:
        """The selected one is the answer."""
        index = self._found.key
        if index is None:
            self.fail("Nothing chosen.")
        else:
            self.done(self._choices[index][0])

    def show_found(self) -> None:
        """Those of which words begin so."""
        wanted = self._typed.value.casefold().split()
        rows = [
            Item(index, (Span(words),))
            for index, (_, words) in enumerate(self._choices)
            if all(any(word.startswith(one) for word in words.casefold().split()) for one in wanted)
        ]
        self._found.set_items(rows)


class Ask(Dialog[T], Generic[T]):
    """One line, turned into a value by `check`, which raises Refused with what is wrong."""

    def __init__(
        self,
        title: Said,
        check: Callable[[str], T],
        *,
        value: str = "",
        hint: str = "",
        placeholder: str = "",
        limit: int = LINE_LIMIT,
        does: str = "",
        typed: str = "",
    ) -> None:
        """`hint` stands above the field; `value` is what it begins with, `typed` what is gone on with.

        `does` says what Enter does.
        """
        super().__init__(title)
        self._does = does or self.ACCEPT_WORDS
        self._check = check
        self._hint = hint
        self._begun_with = value
        self._typed_before = typed
        self.field = CleanInput(typed or value, placeholder=placeholder, limit=limit)

    def body(self) -> Iterator[Widget]:
        """The hint and the field."""
        if self._hint:
            yield Note(self._hint, "dim")
        yield self.field

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """What Enter does with the line."""
        return (("Enter", self._does), ("Esc", "back"))

    def on_mount(self) -> None:
        """What was typed elsewhere already is gone on with."""
        if self._typed_before:
            self.field.resume()

    def is_changed(self) -> bool:
        """One line is quickly typed again."""
        return False

    def on_input_changed(self) -> None:
        """What was wrong is forgiven once it is being changed."""
        self.tell("")

    def accept(self) -> None:
        """The checked value is the answer."""
        try:
            answer = self._check(self.field.value)
        except Refused as refused:
            self.fail(refused)
            return
        self.done(answer)
