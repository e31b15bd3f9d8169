"""Hearing of what other processes (and other windows) change, within a second, on every kind of database."""

from __future__ import annotations

from frontdesk.store.backend import UNKNOWN, Change
from frontdesk.store.engine import Store

__all__ = ["UNKNOWN", "Change", "ChangeFeed"]


class ChangeFeed:
    """Waits for commits of anyone, from when the store was opened; one thread waits, any may wake or close it."""

    def __init__(self, store: Store) -> None:
        self._feed = store.backend.feed()

    def wait(self, timeout_s: float) -> tuple[Change, ...]:
        """The changes since the last call, as soon as there are any; nothing after `timeout_s` seconds or a `wake`.

        Raises `Unavailable` when the database is gone, replaced, restored, upgraded, or locked for very long; it may be
        called again, and goes on where it was once the database is back.
        """
        return self._feed.wait(timeout_s)

    def wake(self) -> None:
        """Ends the present wait (or the next one) at once, from any thread."""
        self._feed.wake()

    def close(self) -> None:
        """Ends the wait and lets go of the database; a closed feed has no more changes."""
        self._feed.close()
