"""Two files side by side, field by field: which stays, what is taken over; Enter makes them one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import Binding
from textual.widget import Widget

from frontdesk.desk.duplicates import Merged, Sides
from frontdesk.domain.merging import BOTH
from frontdesk.domain.plurals import number_of
from frontdesk.domain.privacy import is_private
from frontdesk.ui.dialogs.base import Dialog, Note
from frontdesk.ui.layout.cells import cut, pad, width
from frontdesk.ui.layout.merge_rows import FIELDS, LABEL_CELLS, field_line, half_of, reasons, value_words
from frontdesk.ui.layout.patient_words import FILE_HIDDEN
from frontdesk.ui.widgets.pick_list import Item, PickList


class Merge(Dialog[Merged]):
    """Compares two files; the answer is what came of the merge, None where they stay two."""

    TITLE_WORDS: ClassVar[str] = "One person, two files?"
    ACCEPT_WORDS: ClassVar[str] = "make one file"
    WIDTH: ClassVar[int] = 112
    CSS: ClassVar[str] = "Merge #box { max-width: 100%; } Merge #box PickList { width: 100%; }"
    BINDINGS: ClassVar = [
        Binding("left", "take(False)", "left", show=False),
        Binding("right", "take(True)", "right", show=False),
        Binding("space", "turn", "other side", show=False),
        Binding("s", "swap", "the other stays", show=False),
    ]

    def __init__(self, kept_id: int, other_id: int) -> None:
        """`kept_id` stays unless `s` swaps the two."""
        super().__init__()
        self._ids = (kept_id, other_id)
        self._sides: Sides | None = None
        self._take: set[str] = set()
        self._heads = Note(" ", "text")
        self._fields: PickList[str] = PickList(empty="reading…")
        self._about = Note(" \n ", "dim")

    def body(self) -> Iterator[Widget]:
        """Whose files, their fields, and what becomes of visits."""
        yield self._heads
        self._fields.styles.height = 10
        yield self._fields
        yield self._about

    def on_mount(self) -> None:
        """Reads both."""
        self.recheck()

    def recheck(self) -> None:
        """Reads both anew: shown first, and when something was written elsewhere."""
        kept, other = self._ids
        self.ask(lambda: self.desk.duplicates.sides(kept, other), self._got, group="sides")

    def is_changed(self) -> bool:
        """Whether Esc would lose what was chosen."""
        return bool(self._take)

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """What can be done here."""
        return (
            ("Enter", self.ACCEPT_WORDS), ("← →", "which is right"), ("s", "the other stays"), ("Esc", "back"),
        )  # fmt: skip

    def on_resize(self) -> None:
        """Other widths, other rows."""
        self.call_after_refresh(self._show)

    def on_pick_list_moved(self) -> None:
        """What is cut in the marked row stands whole beneath."""
        self._tell_about()

    def on_pick_list_picked(self) -> None:
        """Enter on a field makes them one, as anywhere here."""
        self.accept()

    def action_take(self, other: bool) -> None:
        """The marked field as the left or the right file says it."""
        name = self._fields.key
        if self._sides is None or name is None:
            return
        if name not in {one.name for one in self._sides.differences}:
            self.tell(
                "both stay" if name in BOTH else "nothing to choose here: only one file says something, or the same"
            )
            return
        self._take = self._take | {name} if other else self._take - {name}
        self.tell("")
        self._show()

    def action_turn(self) -> None:
        """The other side of the marked field."""
        self.action_take(self._fields.key not in self._take)

    def action_swap(self) -> None:
        """The other file stays; what was found right stays right."""
        if self._sides is None:
            return
        differing = {one.name for one in self._sides.differences}
        self._ids = (self._ids[1], self._ids[0])
        self._take = differing - self._take
        self.recheck()

    def accept(self) -> None:
        """Makes them one; refused over what somebody changed meanwhile."""
        sides = self._sides
        if sides is None or (sides.kept.id, sides.other.id) != self._ids:
            return
        kept, other = self._ids
        take, versions = frozenset(self._take), (sides.kept.version, sides.other.version)
        self.save(lambda: self.desk.duplicates.merge(kept, other, take, versions=versions), self.done)

    def _got(self, sides: Sides) -> None:
        self._sides = sides
        self._take &= {one.name for one in sides.differences}
        self._show()

    def _show(self) -> None:
        sides = self._sides
        if sides is None:
            return
        cells = max(60, self._fields.size.width or self.WIDTH - 4) - 2
        half = half_of(cells)
        visits = [_visits(sides.kept_visits), _visits(sides.other_visits)]
        heads = [f"#{sides.kept.id} stays · {visits[0]}", f"#{sides.other.id} goes into it · {visits[1]}"]
        blank = " " * (LABEL_CELLS + 3)
        self._heads.set_text(f"{blank}{pad(heads[0], half + 2)}{pad(heads[1], half)}", "strong")
        items = [
            Item(
                name,
                field_line(
                    words, ours, theirs, takes_other=name in self._take or not ours, both=name in BOTH, cells=cells
                ),
            )
            for name, words in FIELDS
            for ours, theirs in (_values(sides, name),)
            if ours or theirs
        ]
        self._fields.styles.height = min(max(1, len(items)), max(4, self.app.size.height - 12))
        self._fields.set_items(items, empty=FILE_HIDDEN)
        self._tell_about()
        self.refresh_frame()

    def _tell_about(self) -> None:
        sides, name = self._sides, self._fields.key
        if sides is None:
            return
        cells = max(60, self._fields.size.width or self.WIDTH - 4) - 2
        whole = [
            f"#{patient.id}: {cut(words, 2 * cells - 12)}"
            for patient, words in zip((sides.kept, sides.other), _values(sides, name) if name else (), strict=False)
            if width(words) > half_of(cells)
        ]
        why = FILE_HIDDEN if is_private() else reasons(sides.likeness)
        usual = [why, "Visits, intakes and scores of both stay. It can be taken back."]
        self._about.set_text("\n".join(whole or usual), "text" if whole else "dim")


def _values(sides: Sides, name: str) -> tuple[str, str]:
    """What the two files say in a field, in words; in privacy mode no more than may be seen."""
    kept, other = sides.kept.shown, sides.other.shown
    if hasattr(kept, name):
        return value_words(getattr(kept, name)), value_words(getattr(other, name))
    if is_private():
        return "", ""
    return value_words(getattr(sides.kept_file, name)), value_words(getattr(sides.other_file, name))


def _visits(count: int) -> str:
    return "no visits" if not count else number_of(count, "visit")
