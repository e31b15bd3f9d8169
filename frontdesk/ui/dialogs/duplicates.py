"""Likely duplicates: files that are probably one person's, the most alike first, with the reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.widget import Widget

from frontdesk.ui.dialogs.base import Dialog, Note
from frontdesk.ui.dialogs.merge import Merge
from frontdesk.ui.layout.merge_rows import pair_line, reasons
from frontdesk.ui.widgets.pick_list import Item, PickList

if TYPE_CHECKING:
    from frontdesk.desk.duplicates import Merged, Pair

SHOWN = 200
"""Pairs that are shown; whoever goes through them finds the next ones after that."""


class LikelyDuplicates(Dialog[None]):
    """A list to work through: compare and merge, or say that they are two people. Nothing is answered."""

    TITLE_WORDS: ClassVar[str] = "Likely the same person"
    ACCEPT_WORDS: ClassVar[str] = "compare"
    WIDTH: ClassVar[int] = 120
    CSS: ClassVar[str] = "LikelyDuplicates #box { max-width: 100%; } LikelyDuplicates #box PickList { width: 100%; }"
    BINDINGS: ClassVar = [
        Binding("x", "apart", "two people", show=False),
        Binding("u", "take_back", "undo", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._pairs: dict[tuple[int, int], Pair] = {}
        self._list: PickList[tuple[int, int]] = PickList(empty="reading everybody's names…")
        self._count = Note(" ", "dim")
        self._why = Note(" ", "text")
        self._undo: tuple[str, int, int] | None = None

    def body(self) -> Iterator[Widget]:
        """How many, the pairs, and why the one that is marked."""
        yield self._count
        self._list.styles.height = 14
        yield self._list
        yield self._why

    def on_mount(self) -> None:
        """Looks for them."""
        super().on_mount()
        self.recheck()

    def recheck(self) -> None:
        """Looks for them anew: shown first, and when something was written."""
        self.ask(lambda: self.desk.duplicates.likely(SHOWN + 1), self._got, group="likely", holds=False)

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """What can be done with the pair that is marked."""
        keys: list[tuple[str, str]] = []
        if self._list.key is not None:
            keys += [("Enter", self.ACCEPT_WORDS), ("x", "two people")]
        if self._undo is not None:
            keys.append(("u", "undo"))
        return (*keys, ("Esc", "back"))

    def on_resize(self) -> None:
        """Other widths, other rows."""
        super().on_resize()
        self.call_after_refresh(self._show)

    def on_pick_list_moved(self) -> None:
        """Why this pair."""
        pair = self._pairs.get(self._list.key or (0, 0))
        self._why.set_text(reasons(pair.likeness) if pair else " ", "text")
        self.refresh_frame()

    def on_pick_list_picked(self) -> None:
        """Enter on a pair."""
        self.accept()

    def accept(self) -> None:
        """Both files side by side."""
        pair = self._list.key
        if pair is not None:
            self.app.push_screen(Merge(*pair), self._merged)

    def action_apart(self) -> None:
        """The two of the marked pair are two people."""
        pair = self._list.key
        if pair is None:
            return

        def told(words: str) -> None:
            self._undo = ("apart", *pair)
            self._pairs.pop(pair, None)
            self._show()
            self.tell(f"{words}. u undoes it.")

        self.save(lambda: self.desk.duplicates.tell_apart(*pair), told)

    def action_take_back(self) -> None:
        """Takes the last merge or the last "two people" of this list back."""
        if self._undo is None:
            self.tell("Nothing to undo here.", "warn")
            return
        what, one, other = self._undo

        def back(words: str) -> None:
            self._undo = None
            self.tell(f"{words}.")
            self.recheck()

        if what == "apart":
            self.save(lambda: self.desk.duplicates.together_again(one, other), back)
        else:
            self.save(lambda: self.desk.duplicates.part(one).words, back)

    def _merged(self, merged: Merged | None) -> None:
        if merged is None:
            return
        self._undo = ("merge", merged.patient.id, 0)
        self.desk_app.data_changed()
        self.tell(f"{merged.words}. u undoes it.")
        self.recheck()

    def _got(self, pairs: tuple[Pair, ...]) -> None:
        self._pairs = {(pair.one.id, pair.other.id): pair for pair in pairs}
        self._show()

    def _show(self) -> None:
        cells = max(56, self._list.size.width or self.WIDTH - 4) - 2
        items = [
            Item(key, pair_line(pair.one, pair.other, pair.likeness, cells))
            for key, pair in list(self._pairs.items())[:SHOWN]
        ]
        more = " and more" if len(self._pairs) > SHOWN else ""
        words = f"{len(items)}{more}, the most alike first" if items else ""
        self._count.set_text(words or " ", "dim")
        self._list.styles.height = max(3, min(len(items) or 1, self.app.size.height - 11))
        self._list.set_items(items, empty="No two files look like one person's.")
        self.refresh_frame()
