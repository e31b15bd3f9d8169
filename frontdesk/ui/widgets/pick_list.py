"""A list to choose from: search results, plain appointments, the palette, answers of a dialog."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from typing import Any, ClassVar, Generic, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace
from textual.binding import Binding
from textual.message import Message

from frontdesk.domain.privacy import HIDDEN, is_private
from frontdesk.ui.jumping import Landing
from frontdesk.ui.layout.cells import MORE_CELLS, Line, Span, aligned, fit, line_width, with_more, wrapped
from frontdesk.ui.widgets.moving import MovingLines

K = TypeVar("K")

_UNDER_CURSOR = {"dim": "cursor-dim", "free": "cursor-dim", "match": "cursor-match"}
"""What becomes of a role in the selected row; the others become plain."""


class Item(Struct, Generic[K], frozen=True):
    """One row: `key` is what it stands for, `line` how it looks, `right` what stands at its right edge.

    `why_not` says why it can't be chosen; empty when it can.
    """

    key: K
    line: Line
    right: Line = ()
    why_not: str = ""
    private: bool = field(default_factory=is_private)
    """Whether it was made in privacy mode; one that was not is hidden there until it is made anew."""


class Later(Generic[K]):
    """A row that is made when it is first in sight, since a list may hold many more than there is room for."""

    def __init__(self, key: K, make: Callable[[], Item[K]]) -> None:
        self.key = key
        self._make = make

    @cached_property
    def item(self) -> Item[K]:
        """The row."""
        return self._make()


class PickList(MovingLines, Generic[K], can_focus=True):
    """Rows of which one is selected, by key: when the rows change around it, the selection stays on its key.

    A list that kept the row number would silently put another patient under the cursor.
    """

    BINDINGS: ClassVar = [Binding("enter", "pick", "choose", show=False)]

    class _OfAKey(Message):
        """What happened to the row of a key in a list."""

        def __init__(self, pick_list: PickList[Any], key: Any) -> None:
            self.pick_list = pick_list
            self.key = key
            super().__init__()

        @property
        def control(self) -> PickList[Any]:
            """The list, for `@on(PickList.Moved, "#results")`."""
            return self.pick_list

    class Moved(_OfAKey):
        """The selection is on another key (None: the list is empty)."""

    class Picked(_OfAKey):
        """Enter on a row that can be chosen."""

    def __init__(
        self, items: Iterable[Item[K] | Later[K]] = (), *, empty: str = "", quiet: bool = False, id: str | None = None
    ) -> None:
        """`empty` is what an empty list says; a `quiet` one marks its selection only while keys go to it."""
        super().__init__(id=id)
        self._items: tuple[Item[K] | Later[K], ...] = tuple(items)
        self._empty = empty
        self._quiet = quiet
        self._index = 0
        self._top = 0

    @property
    def items(self) -> tuple[Item[K] | Later[K], ...]:
        """The rows as they are."""
        return self._items

    @property
    def selected(self) -> Item[K] | None:
        """The row the selection is on, or None in an empty list."""
        return _made(self._items[self._index]) if self._items else None

    @property
    def key(self) -> K | None:
        """The key of the selected row."""
        return self._items[self._index].key if self._items else None

    def set_items(self, items: Sequence[Item[K] | Later[K]], *, empty: str | None = None) -> None:
        """Replaces the rows; the selection and the place on the screen stay with their key where it is still there."""
        before, offset = self.key, self._index - self._top
        self._items = tuple(items)
        if empty is not None:
            self._empty = empty
        keys = [item.key for item in self._items]
        if before is not None and before in keys:
            self._index = keys.index(before)
        else:
            self._index = min(self._index, max(0, len(keys) - 1))
        self._top = self._index - offset
        self._settle(moved=self.key != before)

    def select(self, key: K) -> bool:
        """Moves the selection to a key; False when it is not there."""
        for index, item in enumerate(self._items):
            if item.key == key:
                self._go(index)
                return True
        return False

    def select_first(self) -> None:
        """Back to the first row: for results of a new question."""
        self._go(0)

    def landings(self) -> Sequence[Landing]:
        """Every row in sight; an empty list as a whole."""
        shown = self._items[self._top : self._top + self.size.height]
        return [Landing(0, at, partial(self._land, one.key)) for at, one in enumerate(shown)] or super().landings()

    def _land(self, key: K) -> None:
        self.focus()
        self.select(key)

    def action_move(self, by: int) -> None:
        """Up or down by rows; stops at the ends."""
        self._go(self._index + by)

    def action_page(self, by: int) -> None:
        """Up or down by what is seen."""
        self._go(self._index + by * max(1, self.size.height - 1))

    def action_end(self, to: int) -> None:
        """To the first or the last row."""
        self._go(0 if to < 0 else len(self._items) - 1)

    def action_pick(self) -> None:
        """Chooses the selected row; one that can't be chosen says why."""
        item = self.selected
        if item is None:
            return
        if item.why_not:
            self.app.bell()
            return
        self.post_message(self.Picked(self, item.key))

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """The rows in sight, the selected one marked by a sign as well as by its colour; arrows say where more are."""
        if not self._items:
            return [(Span(f"  {row}", "dim"),) for row in wrapped(self._empty, max(1, width - 3))]
        self._top = min(max(self._top, self._index - height + 1, 0), self._index)
        self._top = max(0, min(self._top, len(self._items) - height))
        free = MORE_CELLS if len(self._items) > height else 0
        shown = enumerate(self._items[self._top : self._top + height], self._top)
        rows = [
            fit(self._row(_made(item), marked, width, free), width, "cursor" if marked else "text")
            for at, item in shown
            for marked in [at == self._index and (self.has_keys or not self._quiet)]
        ]
        return with_more(rows, above=self._top > 0, below=self._top + height < len(self._items))

    def _row(self, item: Item[K], selected: bool, width: int, free: int) -> Line:
        """One row, of whose `width` the last `free` cells are blank; what a row ends with of blanks counts."""
        if is_private() and not item.private:
            item = replace(item, line=(Span(HIDDEN, "dim"),), right=())
        right = item.right if line_width(item.right) + 12 < width else ()
        blanks = len(right[-1].text) - len(right[-1].text.rstrip(" ")) if right else 0
        width -= max(0, free - blanks)
        if selected:
            mark = Span("▸ ", "cursor")
            line = [
                Span(span.text, "cursor-dim" if item.why_not else _UNDER_CURSOR.get(span.role, "cursor"))
                for span in item.line
            ]
            ends = [Span(span.text, _UNDER_CURSOR.get(span.role, "cursor-dim")) for span in right]
            return aligned((mark, *line), ends, width, "cursor")
        if item.why_not:
            return aligned((Span("  "), *(Span(span.text, "dim") for span in item.line)), right, width)
        return aligned((Span("  "), *item.line), right, width)

    def _go(self, index: int) -> None:
        index = max(0, min(index, len(self._items) - 1))
        moved = index != self._index
        self._index = index
        self._settle(moved=moved)

    def _settle(self, *, moved: bool) -> None:
        if not self.is_attached:
            return
        self.redraw()
        if moved:
            self.post_message(self.Moved(self, self.key))


def _made(row: Item[K] | Later[K]) -> Item[K]:
    return row.item if isinstance(row, Later) else row
