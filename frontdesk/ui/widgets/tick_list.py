"""A list to tick, in columns: arrows move, Space ticks, a letter jumps to the next choice that begins with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Generic, TypeVar

from textual.binding import Binding
from textual.events import Key

from frontdesk.domain.privacy import is_private
from frontdesk.ui.layout.cells import Line, Span, fit, pad
from frontdesk.ui.widgets.lines import LineWidget

K = TypeVar("K")
LABEL_CELLS = 14
"""The width of the labels of a form."""


class TickList(LineWidget, Generic[K], can_focus=True):
    """Every choice with a box before it, beneath a label at the left; several may be ticked."""

    DEFAULT_CSS = "TickList { width: 100%; }"
    BINDINGS: ClassVar = [
        Binding("left", "move(-1)", "left", show=False),
        Binding("right", "move(1)", "right", show=False),
        Binding("up", "row(-1)", "up", show=False),
        Binding("down", "row(1)", "down", show=False),
        Binding("space", "tick", "tick", show=False),
    ]

    def __init__(self, label: str, rows: Sequence[Sequence[tuple[K, str]]], ticked: Iterable[K] = ()) -> None:
        """`rows` are the choices as they stand, row by row, each with its words."""
        super().__init__()
        self._label = label
        self._rows = [list(row) for row in rows]
        self._all = [key for row in self._rows for key, _ in row]
        self._at = 0
        self.styles.height = len(self._rows)
        self.begin(ticked)

    @property
    def ticked(self) -> tuple[K, ...]:
        """What is ticked, in the order of the list."""
        return tuple(key for key in self._all if key in self._ticked)

    @ticked.setter
    def ticked(self, keys: Iterable[K]) -> None:
        self._ticked = set(keys)
        self._touched.clear()
        self.redraw()

    @property
    def all_keys(self) -> tuple[K, ...]:
        """Everything that can be ticked."""
        return tuple(self._all)

    @property
    def begun_with(self) -> tuple[K, ...]:
        """What was ticked to begin with."""
        return tuple(key for key in self._all if key in self._begun_with)

    @property
    def is_changed(self) -> bool:
        """Whether other things are ticked than at the beginning."""
        return self._ticked != self._begun_with

    def begin(self, ticked: Iterable[K]) -> None:
        """Replaces what is ticked and what counts as unchanged."""
        self._ticked = set(ticked)
        self._begun_with = set(self._ticked)
        self._touched: set[K] = set()
        if self.is_attached:
            self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """The rows, the choice keys act on marked by a sign too."""
        widest = max(len(row) for row in self._rows)
        cells = max(6, (width - LABEL_CELLS) // widest)
        private = is_private()
        lines: list[Line] = []
        for number, row in enumerate(self._rows):
            spans = [Span(pad(f" {self._label}" if not number else "", LABEL_CELLS), "dim")]
            for key, words in row:
                here = self._all[self._at] == key and self.has_keys
                mark = "▸" if here else " "
                # Whoever changes them sees what they tick, and no more.
                hidden = private and key not in self._touched
                ticked = key in self._ticked and not hidden
                box = "[·]" if hidden else "[x]" if ticked else "[ ]"
                role = "cursor" if here else "text" if ticked else "dim"
                spans.append(Span(pad(f"{mark}{box} {words}", cells), role))
            lines.append(fit(spans, width))
        return lines[:height]

    def action_move(self, by: int) -> None:
        """To the next choice; stops at the ends."""
        self._at = max(0, min(len(self._all) - 1, self._at + by))
        self.redraw()

    def action_row(self, by: int) -> None:
        """A row up or down; beyond the first and the last, to the field before and the next."""
        number, column = self._place()
        if not 0 <= number + by < len(self._rows):
            self.app.action_focus_next() if by > 0 else self.app.action_focus_previous()
            return
        row = self._rows[number + by]
        self._at = self._all.index(row[min(column, len(row) - 1)][0])
        self.redraw()

    def action_tick(self) -> None:
        """On or off."""
        self._ticked ^= {self._all[self._at]}
        self._touched.add(self._all[self._at])
        self.redraw()

    def on_key(self, event: Key) -> None:
        """A letter: the next choice that begins with it."""
        if event.character is None or not event.character.isalpha():
            return
        event.stop()
        letter = event.character.casefold()
        words = [text for row in self._rows for _, text in row]
        order = [*range(self._at + 1, len(words)), *range(self._at + 1)]
        for at in order:
            if words[at].casefold().startswith(letter):
                self._at = at
                self.redraw()
                return

    def _place(self) -> tuple[int, int]:
        at = self._at
        for number, row in enumerate(self._rows):
            if at < len(row):
                return number, at
            at -= len(row)
        return len(self._rows) - 1, 0
