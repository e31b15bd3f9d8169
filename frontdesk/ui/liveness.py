"""Whether the timers on the screen are the database's: when it has been silent too long, every screen says so.

They count on from what was known last, by the same clock; what others do meanwhile is not seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontdesk.domain.errors import Unavailable
from frontdesk.text import visible
from frontdesk.ui.layout.frame import NOT_LIVE

if TYPE_CHECKING:
    from frontdesk.ui.app import FrontdeskApp

PATIENCE_MS = 10_000
"""How long the database may be silent; the thread that listens hears from it every second."""
ASLEEP_MS = 5_000
"""A tick this late was no tick: the program or the machine slept, and the listener has to be given its turn."""
SURE_MS = 1_500
"""How much later than a loss the database must be heard for it to be over: a listener's turn was under way."""


class Liveness:
    """When the database was last heard, and since when it is not."""

    def __init__(self, app: FrontdeskApp) -> None:
        self._app = app
        self._heard_ms = 0
        self._awake_ms = 0
        """When it was last found out that the program had slept."""
        self._ticked_ms = 0
        self._lost_ms: int | None = None
        self._silent_ms = 0
        """When the database was heard last before it was lost."""
        self.reason = ""
        """Why the timers are not live, for the message line; empty while they are."""

    @property
    def notice(self) -> str:
        """What stands over the rooms while the timers are not live."""
        return NOT_LIVE if self._lost_ms is not None else ""

    @property
    def since_s(self) -> int:
        """For how many seconds they have not been: what others did since the database was last heard is not seen."""
        return 0 if self._lost_ms is None else (self._now_ms() - self._silent_ms) // 1000

    def heard(self) -> None:
        """The listener's word, from its thread: the database answered just now."""
        self._heard_ms = self._now_ms()

    def lost(self, reason: Unavailable) -> None:
        """The database can't be used, and why."""
        if self._lost_ms is None:
            self._lost_ms = self._now_ms()
            self._silent_ms = max(self._heard_ms, self._awake_ms) or self._lost_ms
        self.reason = visible(reason.reason)

    def found(self) -> None:
        """The database answers."""
        self._lost_ms, self.reason = None, ""
        self._heard_ms = max(self._heard_ms, self._now_ms())

    def tick(self) -> bool:
        """Once a second; whether anything has changed."""
        now = self._now_ms()
        if now - self._ticked_ms > ASLEEP_MS:
            # Patience begins again; that the database answers is only known from the listener.
            self._awake_ms = now
        self._ticked_ms = now
        if self._lost_ms is None and now - max(self._heard_ms, self._awake_ms) > PATIENCE_MS:
            self.lost(Unavailable(f"the database has not answered for {PATIENCE_MS // 1000} s"))
            return True
        if self._lost_ms is not None and self._heard_ms > self._lost_ms + SURE_MS:
            self.found()
            return True
        return False

    def _now_ms(self) -> int:
        return self._app.desk.clock.reading().boot_ms
