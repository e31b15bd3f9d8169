"""The audit trail, read."""

from __future__ import annotations

from frontdesk.desk.context import Context
from frontdesk.store import audit
from frontdesk.store.audit import Entry


class Log:
    """Who changed what, and when."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def latest(self, limit: int = 50) -> tuple[Entry, ...]:
        """The newest entries, newest first."""
        with self._context.store.glance() as connection:
            return audit.latest(connection, limit)
