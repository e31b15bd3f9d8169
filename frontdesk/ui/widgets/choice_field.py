"""A field with few answers: arrows turn through them, letters typed in one go choose the one they begin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual.binding import Binding
from textual.events import Key
from textual.message import Message

from frontdesk.domain.privacy import HIDDEN, is_private
from frontdesk.ui.layout.cells import Line, Span, fit, pad
from frontdesk.ui.widgets.lines import LineWidget

T = TypeVar("T")
RUN_S = 1.0
"""Seconds between two letters beyond which the second begins another word."""


class ChoiceField(LineWidget, Generic[T], can_focus=True):
    """One row: its label, and the answer chosen now between marks that say it can be turned."""

    DEFAULT_CSS = "ChoiceField { height: 1; width: 100%; }"
    BINDINGS: ClassVar = [
        Binding("left", "turn(-1)", "before", show=False),
        Binding("right", "turn(1)", "next", show=False),
    ]

    class Changed(Message):
        """Another answer is chosen."""

        def __init__(self, field: ChoiceField[Any]) -> None:
            self.field = field
            super().__init__()

    class NotThere(Message):
        """Letters typed in one go that no answer begins with; what the first of them chose is chosen no more."""

        def __init__(self, typed: str) -> None:
            self.typed = typed
            super().__init__()

    def __init__(
        self,
        label: str,
        choices: Sequence[tuple[T, str]],
        *,
        chosen: T,
        cells: int = 12,
        leaves: str = "",
        of_patient: bool = False,
        by_first_word: bool = False,
        id: str | None = None,
    ) -> None:
        """`choices` are values with their words; `cells` is the label's width.

        `of_patient` hides in privacy mode what was chosen to begin with.

        A letter goes by any word of an answer, or by its first word alone.

        `leaves` are characters that mean something else here: they go on to the dialog.
        """
        super().__init__(id=id)
        self._leaves = leaves
        self._of_patient = of_patient
        self._words = 1 if by_first_word else None
        self._label, self._cells = label, cells
        self._choices = list(choices)
        self._index = next((index for index, (value, _) in enumerate(self._choices) if value == chosen), 0)
        self._begun_at = self._index
        self._run, self._run_at, self._run_from = "", 0.0, self._index

    @property
    def value(self) -> T:
        """The answer chosen."""
        return self._choices[self._index][0]

    @property
    def values(self) -> tuple[T, ...]:
        """Every answer there is."""
        return tuple(value for value, _ in self._choices)

    def choose(self, value: T) -> None:
        """Chooses an answer, if it is one of them."""
        index = next((index for index, (one, _) in enumerate(self._choices) if one == value), self._index)
        self._go(index)

    def begin(self, value: T) -> None:
        """Chooses what nobody here has chosen just now: from the file, or half done before."""
        self.choose(value)
        self._begun_at = self._index
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """One row."""
        del height
        words = self._choices[self._index][1] if self._choices else ""
        if self._of_patient and is_private() and self._index == self._begun_at:
            words = HIDDEN
        role = "cursor" if self.has_keys else "text"
        mark = "dim" if not self.has_keys else "cursor-dim"
        label = Span(pad(f" {self._label}", self._cells), "dim")
        return (fit((label, Span(" ‹ ", mark), Span(words, role), Span(" ›", mark)), width),)

    def action_turn(self, by: int) -> None:
        """The next answer, and round again."""
        self._run = ""
        if self._choices:
            self._go((self._index + by) % len(self._choices))

    def on_key(self, event: Key) -> None:
        """A letter or digit: the next answer with a word that begins with it, and with those right before it.

        Letters that go on and fit no answer were meant for another field: a word typed ahead turns nothing.
        """
        if event.character is None or not event.character.isalnum():
            return
        goes_on: bool = self._run != "" and event.time - self._run_at < RUN_S
        run = self._run + event.character if goes_on else event.character
        found = self._found(run)
        if event.character in self._leaves and (not goes_on or found is None):
            self._run = ""
            return
        event.stop()
        if not goes_on:
            self._run_from = self._index
        elif found is None and len(set(run.casefold())) == 1:
            # One letter again and again goes round.
            found = self._found(event.character)
        self._run, self._run_at = run, event.time
        if found is not None:
            self._go(found)
            return
        self._go(self._run_from)
        self.post_message(self.NotThere(run))

    def _found(self, run: str) -> int | None:
        """The answer with a word that begins so: by one letter the next such, by more the one chosen before others."""
        start: int = self._index + (len(run) == 1)
        order: list[int] = [*range(start, len(self._choices)), *range(start)]
        begins = run.casefold()
        for index in order:
            if any(word.startswith(begins) for word in self._choices[index][1].casefold().split()[: self._words]):
                return index
        return None

    def _go(self, index: int) -> None:
        if index != self._index:
            self._index = index
            self.redraw()
            self.post_message(self.Changed(self))
