"""What waits, for the header, and what became free, for the message line: on every dashboard, whoever brought it about.

A place is told of once, when somebody who waits fits it: at the edge of the message line, where it covers nothing that
is typed and takes no key. It goes when the place is taken or past, when the waiting list is looked at, or with Esc.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from time import monotonic
from typing import TYPE_CHECKING

from pendulum import DateTime

from frontdesk.domain.errors import Refused
from frontdesk.domain.instants import seconds_between
from frontdesk.ui import keys, work

if TYPE_CHECKING:
    from frontdesk.desk.worklists import Work
    from frontdesk.domain.waiting import FreedEvent, FreedPlace
    from frontdesk.ui.app import FrontdeskApp

EVERY_S = 60.0
"""Seconds after which all is read anew though nobody wrote: places pass, and so does the time to call somebody."""
QUICK_S = 0.25
"""Seconds that a reading may take to be followed by another at once; after a slower one it rests."""
RESTS = 4
"""How many times as long as a slow reading took it rests: the keys must not feel that something is counted."""


class Worklists:
    """Reads in the background, one reading at a time, after every change."""

    def __init__(self, app: FrontdeskApp) -> None:
        self._app = app
        self.counts: Mapping[str, int] = {}
        """What waits on a screen, by the word that the header has for it."""
        self.free: tuple[FreedPlace, ...] = ()
        """The places that are told of now, by when they begin."""
        self._known: frozenset[FreedEvent] | None = None
        """What was free when this was opened, or has been told of; None before the first reading."""
        self._busy = self._again = self._anew = False
        self._began = 0.0
        self._read_at: DateTime | None = None

    def changed(self) -> None:
        """Something was written, here or elsewhere."""
        if self._app.is_board:
            return
        if self._busy:
            self._again = True
            return
        self._busy, self._began = True, monotonic()
        known: Collection[FreedEvent] | None = None
        if self._known is not None:
            known = self._known - {one.freed.event for one in self.free}
        desk, anew, self._anew = self._app.desk, self._anew, False
        work.ask(
            self._app,
            self._app,
            lambda: desk.worklists.look(known, anew=anew),
            self._got,
            group="worklists",
            refused=self._not_read,
            holds=False,
            words="",
        )

    def distrust(self) -> None:
        """Something was written that the log does not tell of: the next reading takes nothing from the one before."""
        self._anew = True

    def tick(self, now: DateTime) -> None:
        """Once a second."""
        if self._read_at is not None and seconds_between(self._read_at, now) >= EVERY_S:
            self.changed()

    def seen(self) -> None:
        """What is free has been seen: it is not told of any more."""
        if self.free:
            self._known = (self._known or frozenset()) | {one.freed.event for one in self.free}
            self.free = ()
            self._app.frames.header()

    def _got(self, found: Work) -> None:
        openings = found.openings
        self._read_at = openings.at
        self.counts = {
            keys.PLACES[keys.RECALLS]: found.recalls,
            keys.PLACES[keys.WAITING]: openings.waiting,
            keys.PLACES[keys.REMINDERS]: found.reminders,
        }
        if self._known is None:
            self._known = openings.events
        else:
            # What was told of and is free no more may become free again.
            self._known &= openings.events
            self.free = openings.freed
            if self._app.current_mode == keys.WAITING:
                self.seen()
        self._app.frames.header()
        self._ended()

    def _not_read(self, reason: Refused) -> None:
        """Without a clinic, or a database, there is nothing to count; that is said by those who show something."""
        del reason
        self._ended()

    def _ended(self) -> None:
        took = monotonic() - self._began
        if self._again and took > QUICK_S:
            self._app.set_timer(took * RESTS, self._rested, name="worklists")
            return
        self._rested()

    def _rested(self) -> None:
        self._busy = False
        if self._again:
            self._again = False
            self.changed()
