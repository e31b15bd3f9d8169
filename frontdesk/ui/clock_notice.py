"""Says on the screen that the machine's clock was set, until that was read or the clock is back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontdesk.domain.elapsed import DISAGREE_S
from frontdesk.ui.layout.clock_words import clock_mark, clock_notice

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
        set_by = app.desk.time.set_by_s(app.today)
        if abs(set_by - self._set_by_s) <= DISAGREE_S:
            return
        self._set_by_s = set_by
        if not set_by:
            self._seen_s = 0
            app.say("This PC's clock is right again.", tone="dim")
            app.data_changed()
            return
        here = app.desk.time.set_by_s(None) != 0
        app.say(clock_notice(set_by, here), tone="warn", undo=app.message.undo)
        # Every screen read its day by the old clock.
        app.data_changed()
        if here and not app.is_board:
            app.notes.write(lambda: app.desk.alarms.clock_set(set_by))

    def seen(self) -> None:
        """Somebody read it: nothing more is said of this change."""
        self._seen_s = self._set_by_s
        self._app.header_changed()
