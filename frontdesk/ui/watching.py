"""Other terminals' changes: a thread waits for them and tells the app."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from frontdesk.domain.errors import Unavailable

if TYPE_CHECKING:
    from frontdesk.desk.watch import Watch
    from frontdesk.ui.app import FrontdeskApp

PATIENCE_S = 1.0
"""How long one wait for changes may take."""


class Watching:
    """Waits for changes in a thread; every change, and every loss of the database, reaches the app's own task."""

    def __init__(self, app: FrontdeskApp) -> None:
        """Nothing runs before `start`."""
        self._app = app
        self._ended = Event()
        self._watch: Watch | None = None

    def start(self) -> None:
        """Starts the thread; it ends with the app."""
        self._app.run_worker(self._run, group="watch", exclusive=True, thread=True, exit_on_error=False)

    def stop(self) -> None:
        """Ends the wait at once, so that the program's end does not wait for it."""
        self._ended.set()
        if self._watch is not None:
            self._watch.close()

    def _run(self) -> None:
        app, worker = self._app, get_current_worker()
        lost = False
        self._watch = watch = app.desk.watch()
        while not (worker.is_cancelled or self._ended.is_set()):
            try:
                changes = watch.wait(PATIENCE_S)
            except Unavailable as reason:
                lost = True
                app.call_later(app.unreachable, reason)
                self._ended.wait(PATIENCE_S)
                continue
            except Exception as error:
                if not self._ended.is_set():
                    app.call_later(app._handle_exception, error)
                return
            if self._ended.is_set():
                return
            app.liveness.heard()
            if lost:
                app.call_later(app.reachable)
            # Number 0: another program wrote something without a word in the log.
            told = not lost and all(one.seq for one in changes)
            if not told:
                app.call_later(app.worklists.distrust)
            if lost or changes:
                app.call_later(app.heard_of, max(one.seq for one in changes) if told else 0)
            lost = False
