"""Lines to read, longer than the window: the arrows move them, and the last row says how much more there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from frontdesk.ui.layout.cells import Line, Span, fit
from frontdesk.ui.widgets.moving import MovingLines

Make = Callable[[int], Sequence[Line]]


class Page(MovingLines, can_focus=True):
    """A page; `make` gives its lines for the cells there are, anew for each drawing."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._make: Make | None = None
        self._top = 0

    def show(self, make: Make, *, anew: bool = False) -> None:
        """Other lines; `anew` begins at the first one."""
        self._make = make
        self._top = 0 if anew else self._top
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """The lines in sight."""
        lines = list(self._make(width)) if self._make is not None else []
        self._top = max(0, min(self._top, len(lines) - height))
        shown = lines[self._top : self._top + height]
        below = len(lines) - self._top - height
        if self._top > 0 and len(shown) > 1:
            shown[0] = fit((Span(f" {self._top + 1} more above{self._how}", "dim"),), width)
        if below > 0:
            shown[-1] = fit((Span(f" and {below + 1} more{self._how}", "dim"),), width)
        return shown

    @property
    def _how(self) -> str:
        return ": ↓ ↑" if self.has_keys else ": Tab, then ↓ ↑"

    def action_move(self, by: int) -> None:
        """By lines."""
        self._go(self._top + by)

    def action_page(self, by: int) -> None:
        """By what is seen."""
        self._go(self._top + by * max(1, self.size.height - 2))

    def action_end(self, to: int) -> None:
        """To the first or the last line."""
        self._go(0 if to < 0 else 1_000_000)

    def _go(self, top: int) -> None:
        self._top = max(0, top)
        self.redraw()
