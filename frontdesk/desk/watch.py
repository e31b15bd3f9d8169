"""Learns of changes made by other terminals, from a thread of its own."""

from __future__ import annotations

from frontdesk.desk.context import Context
from frontdesk.desk.entry_words import ALARM, CLOCK_SET
from frontdesk.store.changes import Change, ChangeFeed


class Watch:
    """The changes of every process, in the order they were committed.

    What screens log of alarms and clocks changes nothing that any screen shows, and is left out.
    """

    def __init__(self, context: Context) -> None:
        self._feed = ChangeFeed(context.store)

    def wait(self, timeout_s: float) -> tuple[Change, ...]:
        """The changes since the last call, waiting at most `timeout_s` seconds for one; empty when there were none.

        Raises `Unavailable` when the database is gone or was replaced.
        """
        return tuple(one for one in self._feed.wait(timeout_s) if not one.what.startswith((ALARM, CLOCK_SET)))

    def close(self) -> None:
        """Ends a wait at once, and lets the connection go."""
        self._feed.close()
