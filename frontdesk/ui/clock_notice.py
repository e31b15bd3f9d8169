"""Says on the screen that the machine's clock was set, until that was read or the clock is back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontdesk.domain.elapsed import DISAGREE_S
from frontdesk.ui.layout.clock_words import clock_mark, clock_notice, server_notice

if TYPE_CHECKING:
    from frontdesk.ui.app import FrontdeskApp


class ClockNotice:
    """By how much the clock was set, and whether somebody has read it."""

    def __init__(self, app: FrontdeskApp) -> None:
        self._app = app
        self._set_by_s = 0
        self._seen_s = 0

    @property
    def mark(self) -> str:
        """What the header says; nothing where there is nothing, or it was read."""
        return clock_mark(self._set_by_s) if abs(self._set_by_s - self._seen_s) > DISAGREE_S else ""

    def tick(self) -> None:
        """Once a second: what the clocks say, and what the timers that run began by."""
        app = self._app
        set_by, apart = app.desk.time.set_by_s(app.today), app.desk.time.apart_s()
        of_server = not set_by and abs(apart) > DISAGREE_S
        off = apart if of_server else set_by
        if abs(off - self._set_by_s) <= DISAGREE_S:
            return
        if of_server:
            self._notice(apart, server_notice(apart))
            return
        here = app.desk.time.set_by_s(None) != 0
        self._notice(set_by, clock_notice(set_by, here))
        # Every screen read its day by the old clock.
        app.data_changed()
        if set_by and here and not app.is_board:
            app.notes.write(lambda: app.desk.alarms.clock_set(set_by))

    def _notice(self, off_s: int, words: str) -> None:
        """Says by how much the clock is off, which is news."""
        self._set_by_s = off_s
        if off_s:
            self._app.hint(words)
        else:
            self._seen_s = 0
            self._app.hint("This PC's clock is right again.", tone="dim")

    def seen(self) -> None:
        """Somebody read it: nothing more is said of this change."""
        self._seen_s = self._set_by_s
        self._app.frames.header()
