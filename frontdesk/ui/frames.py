"""What the app does to all of its screens and dialogs: draws them anew, tells them the time, news and warnings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from frontdesk.ui.screens.base import DeskScreen
from frontdesk.ui.screens.framed import Framed
from frontdesk.ui.widgets.frame import HeaderLine, MessageLine, RoomStrip
from frontdesk.ui.widgets.lock_cover import LockCover

if TYPE_CHECKING:
    from pendulum import DateTime

    from frontdesk.ui.app import FrontdeskApp


class Frames:
    """The frames there are: those on the screen, those beneath, those of other places."""

    def __init__(self, app: FrontdeskApp) -> None:
        self._app = app

    def all(self) -> Iterator[Framed]:
        """All there are, those of other places and those still being made too."""
        for stack in self._app._screen_stacks.values():
            yield from (screen for screen in stack if isinstance(screen, Framed))

    def data_changed(self) -> None:
        """Something was written: the main screens load what they show, now or when they are gone to."""
        for screen in self.all():
            if isinstance(screen, DeskScreen):
                screen.data_changed()

    def today_read(self) -> None:
        """Today has been read: whoever shows it shows it anew, now or when it is gone to."""
        for screen in self._app.screen_stack:
            if isinstance(screen, DeskScreen) and screen.is_mounted:
                screen.today_read()

    def redraw(self, *kinds: type) -> None:
        """The frame in front, or its lines of the given kinds."""
        app = self._app
        if app.is_running and app._screen_stack and isinstance(app.screen, Framed):
            app.screen.refresh_frame(*kinds)

    def redraw_all(self) -> None:
        """The frames behind dialogs too."""
        for screen in self._app.screen_stack:
            if isinstance(screen, Framed) and screen.is_mounted:
                screen.redraw_frame()

    def header(self) -> None:
        """Something that the header says is different now, or the message line beside its message."""
        self.redraw(HeaderLine, MessageLine)

    def message(self) -> None:
        """Something was said."""
        self.redraw(MessageLine)

    def lock(self) -> None:
        """The lock says something else."""
        self.redraw(LockCover)

    def tick(self, now: DateTime) -> None:
        """A second has passed."""
        self.redraw(HeaderLine, RoomStrip)
        for screen in self._app.screen_stack:
            # One that was pushed this instant has no widgets yet; it draws itself when it has.
            if isinstance(screen, Framed) and screen.is_mounted:
                screen.tick(now)

    def blink(self) -> None:
        """A quarter of a second has passed while an alarm is high."""
        self.redraw(RoomStrip)
        # What lies behind a dialog stands still: repainting it would send the whole screen four times a second.
        # At the end there may be no screen left when the timer fires once more.
        for screen in self._app.screen_stack[-1:]:
            if isinstance(screen, Framed):
                screen.blink()

    def warn(self, words: str) -> None:
        """Says why something typed did nothing, on the screen in front."""
        if isinstance(self._app.screen, Framed):
            self._app.screen.warn(words)
