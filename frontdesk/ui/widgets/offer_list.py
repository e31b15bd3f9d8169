"""The places that are offered, each with the digit that takes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pendulum import DateTime

from frontdesk.domain.packing import Slot
from frontdesk.ui.layout.cells import Line, Span
from frontdesk.ui.layout.offer_rows import offer_rows
from frontdesk.ui.widgets.lines import LineWidget


class OfferList(LineWidget):
    """Shows offers; which one is chosen is told by its start, so that a new list marks the same place."""

    def __init__(self, timezone: str, today: date) -> None:
        """`today` is the day that is called so."""
        super().__init__(id="offers")
        self._zone, self._today = timezone, today
        self._words = ""
        self.offers: tuple[Slot, ...] = ()
        self.chosen: DateTime | None = None

    def show(self, offers: Sequence[Slot], empty: str = "") -> None:
        """Replaces the offers; `empty` is said where there are none."""
        self.offers, self._words = tuple(offers), empty
        self.redraw()

    def choose(self, starts: DateTime | None) -> None:
        """Marks the offer that begins then, if one does."""
        self.chosen = starts
        self.redraw()

    @property
    def index(self) -> int | None:
        """The place of the chosen offer among them, from 0."""
        return next((at for at, one in enumerate(self.offers) if one.starts == self.chosen), None)

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """The offers, or that there are none."""
        if not self.offers:
            return ((Span(f" {self._words}", "dim"),),)
        return offer_rows(self.offers, self.chosen, self._zone, self._today, width, height)
