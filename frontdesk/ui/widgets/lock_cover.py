"""The lock as a widget: over everything else on its screen, drawn from the app's state."""

from __future__ import annotations

from collections.abc import Sequence

from frontdesk.ui.layout.cells import Line
from frontdesk.ui.layout.lock import Locked, lock_lines
from frontdesk.ui.widgets.frame import FrameLine


class LockCover(FrameLine):
    """Every row of the window."""

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Clock, rooms, how to open it."""
        app = self.desk_app
        lock = app.lock
        locked = Locked(
            clinic=app.today.clinic.name if app.today else "",
            clock=f"{app.local(app.now()):%H:%M:%S}" if app.has_desk else "",
            since=lock.since,
            who=app.desk.actor if app.has_desk else "",
            marks=() if app.habits.is_heard else ("SOUND OFF",),
            notice=app.liveness.notice,
            asks=lock.asks,
            dots=lock.dots,
            told=lock.told,
            wait_s=lock.wait_s,
            checking=lock.is_checking,
        )
        return lock_lines(locked, app.rooms, width, height, beat=app.beat)
