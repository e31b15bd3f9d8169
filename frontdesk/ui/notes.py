"""What the screen notices by itself and the log should say: written in the background, never in anybody's way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from frontdesk.domain.errors import Refused

if TYPE_CHECKING:
    from frontdesk.ui.app import FrontdeskApp

REST_TICKS = 5
"""Ticks (seconds) between two tries while the database can't be written."""


class Notes:
    """Writes one after the other in a thread, each again until it is in the log."""

    def __init__(self, app: FrontdeskApp) -> None:
        self._app = app
        self._waiting: list[Callable[[], object]] = []
        self._busy = False
        self._rest = 0

    def write(self, note: Callable[[], object]) -> None:
        """Queues a write that does nothing where it is done already."""
        self._waiting.append(note)

    def tick(self) -> None:
        """Once a second: goes on with what waits."""
        if self._rest > 0:
            self._rest -= 1
        elif self._waiting and not self._busy and self._app.is_running:
            self._busy = True
            self._app.asides.add(self._begin)

    def _begin(self) -> None:
        self._app.run_worker(self._run, group="notes", thread=True, exit_on_error=False, name="notes")

    def _run(self) -> None:
        error: Exception | None = None
        try:
            while self._waiting:
                self._waiting[0]()
                self._waiting.pop(0)
        except Exception as raised:
            error = raised
        self._app.call_later(self._ended, error)

    def _ended(self, error: Exception | None) -> None:
        self._busy = False
        if isinstance(error, Refused):
            # Locked, gone, read-only: whether that concerns anybody is said by those who read and write.
            self._rest = REST_TICKS
        elif error is not None:
            raise error
