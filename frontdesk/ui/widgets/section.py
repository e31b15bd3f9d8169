"""A section of a patient's file: its title, and rows that are made for the cells there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical

from frontdesk.domain.privacy import Words
from frontdesk.ui.layout.cells import Line, Span, aligned, fit
from frontdesk.ui.layout.file_lines import Key
from frontdesk.ui.widgets.lines import LineWidget
from frontdesk.ui.widgets.pick_list import Item, PickList

Rows = Callable[[int], list[Item[Key]]]


class SectionTitle(LineWidget):
    """The section's first row: its key, its name, what there is to say of all of it."""

    FILL: ClassVar[str] = "head"

    def __init__(self, letter: str, name: str) -> None:
        super().__init__()
        self._letter, self._name = letter, name
        self._words = Words()
        self._active = False

    def show(self, words: str) -> None:
        """What stands at the right."""
        self._words = Words(words)
        self.redraw()

    def mark(self, active: bool) -> None:
        """Whether keys go to this section."""
        self._active = active
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """One row."""
        del height
        mark = "▸" if self._active else " "
        role = "head-strong" if self._active else "head"
        left = (Span(f"{mark}{self._name} ", role), Span(self._letter, "foot-key"))
        return (aligned(left, (Span(f"{self._words.shown} ", "head-dim"),), width, "head"),)


class FileList(PickList[Key]):
    """Rows that are broken anew when the width changes."""

    def __init__(self, name: str) -> None:
        super().__init__(quiet=True, id=name)
        self._rows_of: Rows | None = None
        self._empty_words = ""
        self._instead = ""

    def show(self, rows: Rows, empty: str) -> None:
        """Other rows."""
        self._rows_of, self._empty_words, self._instead = rows, empty, ""
        self._make()

    def hide(self, words: str) -> None:
        """Words in place of the rows; the mark stays on what it is on, for the key that ends a look at it."""
        self._instead = words
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """The rows, or what stands in their place."""
        if self._instead:
            return (fit((Span(f"  {self._instead}", "dim"),), width),)
        return super().draw(width, height)

    def action_pick(self) -> None:
        """Chooses the marked row; in an empty section Enter begins the first one."""
        if self.items:
            super().action_pick()
        else:
            self.post_message(self.Picked(self, None))

    def on_resize(self) -> None:
        """Breaks the rows for the new width; those that are hidden keep the mark, and are made anew when shown."""
        if not self._instead:
            self._make()

    def _make(self) -> None:
        if self._rows_of is not None:
            self.set_items(self._rows_of(self.size.width or 60), empty=self._empty_words)


class Section(Vertical):
    """Title and rows; `name` is what its key asks for."""

    def __init__(self, name: str, letter: str) -> None:
        super().__init__(id=f"section-{name}")
        self.title = SectionTitle(letter, name.capitalize())
        self.rows = FileList(name)

    def compose(self) -> ComposeResult:
        """Title and rows."""
        yield self.title
        yield self.rows

    def show(self, rows: Rows, words: str, empty: str) -> None:
        """What is in it, what its title says, what it says when nothing is."""
        self.title.show(words)
        self.rows.show(rows, empty)

    def hide(self, words: str) -> None:
        """What it says in place of its rows."""
        self.title.show("")
        self.rows.hide(words)

    def fit(self, height: int) -> None:
        """As high as its rows, where it is one that gives way to others."""
        self.styles.height = 1 + max(1, min(height, len(self.rows.items)))
