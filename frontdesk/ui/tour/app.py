"""The dashboard with the tour's line in it: for the demo alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, ClassVar

from textual.binding import Binding
from textual.events import Event
from textual.widget import Widget

from frontdesk.ui import work
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.tour.guide import Guide
from frontdesk.ui.tour.line import TURN_KEY, TourLine


class TourApp(FrontdeskApp):
    """A dashboard that says what to press next, and sees that it was done."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["../app.tcss", "tour.tcss"]
    # The process that writes them would take the seconds in which the tour begins.
    SHEETS_UNASKED: ClassVar[bool] = False
    # Priority, since it must work while typing and over dialogs.
    BINDINGS: ClassVar = [Binding(TURN_KEY, "tour", "tour", priority=True, show=False)]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.guide = Guide(self)

    def lines_above_the_keys(self) -> Iterator[Widget]:
        """The tour's line."""
        yield TourLine()

    def action_tour(self) -> None:
        """Ctrl+N."""
        self.guide.turn()
        self.show_tour()

    def data_changed(self) -> None:
        """Also what the tour looks at."""
        super().data_changed()
        if self.has_desk:
            self.guide.read()

    def on_answered(self, answer: work.Answered) -> None:
        """The tour looks at what it brought, once the screens have it: Textual calls theirs too, after this one."""
        del answer
        self.call_later(self._look)

    async def _deliver(self, event: Event) -> None:
        await super()._deliver(event)
        self.call_after_refresh(self._look)
        # Focus moves and dialogs open a little after the key that asked for it.
        self.set_timer(0.1, self._look)

    def _tick(self) -> None:
        super()._tick()
        self._look()

    def _look(self) -> None:
        if self.is_running:
            self.guide.look()
            self.show_tour()

    def show_tour(self) -> None:
        """Draws the tour's lines anew, those behind a dialog too."""
        for screen in self.screen_stack:
            for line in screen.query(TourLine):
                if line.is_mounted:
                    line.fit()
