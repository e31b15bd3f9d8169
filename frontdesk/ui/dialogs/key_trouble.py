"""What is wrong with the file of keys, told when the dashboard opens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import ClassVar

from textual.widget import Widget

from frontdesk.ui.dialogs.base import Dialog, Note

_MOST_ROWS = 12


class KeyTrouble(Dialog[None]):
    """Lists it, and that everything else in the file holds."""

    TITLE_WORDS = "Keys of your own: not all of them hold"
    ACCEPT_WORDS: ClassVar[str] = "go on"
    WIDTH: ClassVar[int] = 78

    def __init__(self, complaints: Sequence[str]) -> None:
        """`complaints` are one line each, with file and line."""
        super().__init__()
        rows = [row for one in complaints for row in wrap(one, self.WIDTH - 5, subsequent_indent="  ")]
        self._rows = [*rows[:_MOST_ROWS], *(["… `frontdesk keys` shows all"] if rows[_MOST_ROWS:] else [])]

    def body(self) -> Iterator[Widget]:
        """The lines."""
        yield Note("\n".join(self._rows), "warn")
        yield Note(" \nThose have their usual keys. The rest of the file holds.", "dim")

    def accept(self) -> None:
        """Read."""
        self.done(None)
