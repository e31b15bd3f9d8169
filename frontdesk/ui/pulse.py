"""What alarms do to this workstation: each is heard, logged once, blinks while it is high, and is met as it rises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pendulum import DateTime
from textual.timer import Timer

from frontdesk.domain.retention import Alarm
from frontdesk.ui.alarm import Noticed, Sounding
from frontdesk.ui.layout.strip import STEADY, Beat

if TYPE_CHECKING:
    from collections.abc import Callable

    from frontdesk.ui.app import FrontdeskApp


class Pulse:
    """Asked once a second, and once more at the moment at which the next alarm rises."""

    def __init__(self, app: FrontdeskApp) -> None:
        self._app = app
        self._sounding = Sounding()
        self._noticed = Noticed()
        self._fast: Timer | None = None
        self._rise: Timer | None = None
        self.beat = STEADY
        """Which half of a blink it is."""

    def start(self, blink: Callable[[], None]) -> None:
        """Blinks from here on, four times a second while an alarm is high."""

        def turn() -> None:
            self.beat = Beat(slow=self.beat.slow, fast=not self.beat.fast)
            blink()

        self._fast = self._app.set_interval(0.25, turn, name="high alarms", pause=True)

    def tick(self, now: DateTime, again: Callable[[], None]) -> None:
        """The alarms as they stand; `again` is called the moment the next one rises."""
        rooms = self._app.rooms
        self._log()
        self._meet_the_next(now, again)
        if self._sounding.rings(rooms, now):
            self._app.habits.ring(rooms)
        self.beat = Beat(slow=not self.beat.slow, fast=self.beat.fast)
        if self._fast is not None:
            (self._fast.resume if any(room.alarm is Alarm.HIGH for room in rooms) else self._fast.pause)()

    def _log(self) -> None:
        """Has new alarms logged, unless by a board, which writes nothing."""
        app, new = self._app, self._noticed.new(self._app.rooms)
        if new and not app.is_board:
            app.notes.write(lambda: app.desk.alarms.noticed(new))
        app.notes.tick()

    def _meet_the_next(self, now: DateTime, again: Callable[[], None]) -> None:
        soon = self._app.board.seconds_to_rise(now)
        if soon is not None and soon < 1.0:
            # Rounded up: a timer of no length would never end (Textual 8.2.8), and one that is early would miss it.
            # One at a time, whatever a clock does.
            if self._rise is not None:
                self._rise.stop()
            self._rise = self._app.set_timer(soon + 0.01, again, name="rise")
