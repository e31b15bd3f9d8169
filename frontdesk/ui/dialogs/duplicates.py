"""Likely duplicates: files that are probably one person's, the most alike first, with the reasons."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.message import Message
from textual.widget import Widget

from frontdesk.domain.errors import Refused
from frontdesk.ui.dialogs.base import Dialog, Note
from frontdesk.ui.dialogs.merge import Merge
from frontdesk.ui.layout.cells import MORE_CELLS
from frontdesk.ui.layout.merge_rows import pair_line, reasons
from frontdesk.ui.widgets.pick_list import Item, PickList

if TYPE_CHECKING:
    from frontdesk.desk.duplicates import Merged, Pair
    from frontdesk.desk.open import Desk

SHOWN = 200
"""Pairs that are shown; whoever goes through them finds the next ones after that."""


class GoneThrough(Message):
    """How many of everybody's files the search has gone through, in per cent."""

    def __init__(self, percent: int) -> None:
        super().__init__()
        self.percent = percent


class LikelyDuplicates(Dialog[None]):
    """A list to work through: compare and merge, or say that they are two people. Nothing is answered.

    Everybody is gone through once, in a thread, which ends when the dialog is left; later changes are looked up for the
    pairs that are shown, and `r` looks through everybody again.
    """

    TITLE_WORDS: ClassVar[str] = "Likely the same person"
    ACCEPT_WORDS: ClassVar[str] = "compare"
    WIDTH: ClassVar[int] = 120
    CSS: ClassVar[str] = "LikelyDuplicates #box { max-width: 100%; } LikelyDuplicates #box PickList { width: 100%; }"
    BINDINGS: ClassVar = [
        Binding("x", "apart", "two people", show=False),
        Binding("u", "take_back", "undo", show=False),
        Binding("r", "look_again", "look again", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._pairs: dict[tuple[int, int], Pair] = {}
        self._list: PickList[tuple[int, int]] = PickList(empty="reading everybody's names…")
        self._count = Note(" ", "dim")
        self._why = Note(" ", "text")
        self._undo: tuple[str, int, int] | None = None
        self._search: Event | None = None
        """Set to end the search that runs."""
        self._shown_before: list[tuple[int, int]] = []
        """The pairs as they were before what `u` takes back."""

    def body(self) -> Iterator[Widget]:
        """How many, the pairs, and why the one that is marked."""
        yield self._count
        self._list.styles.height = 14
        yield self._list
        yield self._why

    def on_mount(self) -> None:
        """Looks for them."""
        self.action_look_again()

    def on_unmount(self) -> None:
        """Nobody waits for the search any more."""
        if self._search is not None:
            self._search.set()

    def action_look_again(self) -> None:
        """Goes through everybody; a search that runs is ended first."""
        if self._search is not None:
            self._search.set()
        ended = self._search = Event()
        shown = -1

        def tell(done: int, of: int) -> bool:
            nonlocal shown
            percent = 100 * done // max(1, of)
            if percent != shown and not ended.is_set():
                shown = percent
                self.post_message(GoneThrough(percent))
            return not ended.is_set()

        def got(pairs: tuple[Pair, ...]) -> None:
            self._search = None
            self._got(pairs)

        def refused(reason: Refused) -> None:
            self._search = None
            self._count.set_text(" ")
            self._list.set_items([], empty="Not looked through; r tries again.")
            self.fail(reason)

        self.ask(
            lambda: self.desk.duplicates.likely(SHOWN + 1, tell),
            got,
            group="likely",
            holds=False,
            refused=refused,
            words="",
        )
        self.refresh_frame()

    def on_gone_through(self, told: GoneThrough) -> None:
        """How far it is."""
        if self._search is not None:
            self._count.set_text(f"going through everybody's names: {told.percent} %", "dim")

    def recheck(self) -> None:
        """Somebody wrote something: of the pairs that are shown those stay that are likely one person's still."""
        if self._search is None and self._pairs:
            self._look_at([*self._pairs])

    def _look_at(self, pairs: list[tuple[int, int]]) -> None:
        self.ask(lambda: self.desk.duplicates.still(pairs), self._got, group="still", holds=False)

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """What can be done with the pair that is marked."""
        keys: list[tuple[str, str]] = []
        if self._list.key is not None:
            keys += [("Enter", self.ACCEPT_WORDS), ("x", "two people")]
        if self._undo is not None:
            keys.append(("u", "undo"))
        if self._search is None:
            keys.append(("r", "look again"))
        return (*keys, ("Esc", "back"))

    def on_resize(self) -> None:
        """Other widths, other rows."""
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
            self._undo, self._shown_before = ("apart", *pair), [*self._pairs]
            self._pairs.pop(pair, None)
            self._show()
            self.tell(f"{words}. u undoes it.")
            self._say_behind(words)

        self.save(lambda: self.desk.duplicates.tell_apart(*pair), told)

    def action_take_back(self) -> None:
        """Takes the last merge or the last "two people" of this list back."""
        if self._undo is None:
            self.tell("Nothing to undo here.", "warn")
            return
        undo = self._undo

        def back(words: str) -> None:
            self._undo = None
            self.tell(f"{words}.")
            self.desk_app.say(words)
            self._look_at(self._shown_before)

        self.save(lambda: _back(self.desk, undo), back)

    def _say_behind(self, words: str) -> None:
        """Into the message line too: there `u` still takes it back when the list has been left."""
        app, undo = self.desk_app, self._undo
        assert undo is not None
        app.say(words, undo=lambda: _back(app.desk, undo))

    def _merged(self, merged: Merged | None) -> None:
        if merged is None:
            return
        self._undo, self._shown_before = ("merge", merged.patient.id, 0), [*self._pairs]
        self.desk_app.data_changed()
        self.tell(f"{merged.words}. u undoes it.")
        self._say_behind(merged.words)
        self.recheck()

    def _got(self, pairs: tuple[Pair, ...]) -> None:
        self._pairs = {(pair.one.id, pair.other.id): pair for pair in pairs}
        self._show()

    def _show(self) -> None:
        cells = max(56, self._list.size.width or self.WIDTH - 4) - 2 - MORE_CELLS
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


def _back(desk: Desk, undo: tuple[str, int, int]) -> str:
    """Takes it back, and says what."""
    what, one, other = undo
    return desk.duplicates.together_again(one, other) if what == "apart" else desk.duplicates.part(one).words
