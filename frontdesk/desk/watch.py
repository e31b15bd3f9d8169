"""Learns of changes made by other terminals, from a thread of its own."""

from __future__ import annotations

from frontdesk.clock import ServerClock
from frontdesk.desk.context import Context
from frontdesk.store.changes import Change, ChangeFeed

LOOK_MS = 60_000
"""How often the clock of a database's server is looked at."""


class Watch:
    """The changes of every process, in the order they were committed.

    None is left out, not even what screens log of alarms: a commit of another program that logged nothing may be told
    with it.
    """

    def __init__(self, context: Context) -> None:
        self._clock = context.clock
        self._looked_ms = context.clock.reading().boot_ms
        self._feed = ChangeFeed(context.store)

    def wait(self, timeout_s: float) -> tuple[Change, ...]:
        """The changes since the last call, waiting at most `timeout_s` seconds for one; empty when there were none.

        Raises `Unavailable` when the database is gone or was replaced.
        """
        changes = self._feed.wait(timeout_s)
        self._look_at_the_server()
        return changes

    def _look_at_the_server(self) -> None:
        """Once in a while: two machines' clocks do not run quite alike, and one of them may have slept."""
        if not isinstance(self._clock, ServerClock):
            return
        now = self._clock.reading().boot_ms
        if now - self._looked_ms >= LOOK_MS:
            self._looked_ms = now
            self._clock.sync()

    def close(self) -> None:
        """Ends a wait at once, and lets the connection go."""
        self._feed.close()
