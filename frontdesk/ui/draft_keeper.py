"""Half-typed forms of this dashboard: known at once, written to the workstation's disk in the background."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from frontdesk.drafts import Draft, Drafts

if TYPE_CHECKING:
    from frontdesk.desk.open import Desk
    from frontdesk.ui.app import FrontdeskApp


class DraftKeeper:
    """Keeps drafts one after another in a thread; without a folder only for as long as the dashboard runs."""

    def __init__(self, app: FrontdeskApp, folder: Path | None) -> None:
        self._app = app
        self._folder = folder
        self._drafts: Drafts | None = None
        self._known: dict[str, Draft] = {}
        self._waiting: deque[Callable[[], None]] = deque()
        self._writing = Lock()
        self._busy = False
        self._told = False

    def open(self, desk: Desk) -> None:
        """Finds what was left behind; in a thread. What can't be kept is said when there is something to keep."""
        if self._folder is not None:
            with suppress(OSError):
                self._drafts = Drafts(self._folder, desk.database_id)

    def opened(self) -> tuple[Draft, ...]:
        """What an earlier run left behind, once it has been found."""
        left = self._drafts.left if self._drafts is not None else ()
        self._known.update({draft.key: draft for draft in left})
        return left

    def found(self, key: str) -> Draft | None:
        """The draft of a form, if there is one."""
        return self._known.get(key)

    def keep(self, draft: Draft) -> None:
        """Takes a draft in place of the one before it."""
        self._known[draft.key] = draft
        if self._drafts is not None:
            self._put(partial(self._drafts.keep, draft))
        elif self._folder is not None:
            self._tell()

    def drop(self, key: str) -> None:
        """Forgets a draft."""
        if self._known.pop(key, None) is not None and self._drafts is not None:
            self._put(partial(self._drafts.drop, key))

    def close(self) -> None:
        """Writes what still waits, and lets go of the disk."""
        if self._drafts is not None:
            self._write()
            self._drafts.close()
            self._drafts = None

    def _put(self, work: Callable[[], None]) -> None:
        self._waiting.append(work)
        if not self._busy:
            self._busy = True
            self._app.run_worker(self._run, group="drafts", thread=True, exit_on_error=False, name="drafts")

    def _run(self) -> None:
        written = self._write()
        self._app.call_later(self._ended, written)

    def _write(self) -> bool:
        # Under a lock, so that the end waits for what a thread has begun and writes what none has.
        with self._writing:
            try:
                while self._waiting:
                    self._waiting.popleft()()
            except OSError:
                return False
        return True

    def _ended(self, written: bool) -> None:
        self._busy = False
        if not written:
            self._tell()
        if self._waiting:
            self._put(self._waiting.popleft())

    def _tell(self) -> None:
        if not self._told:
            self._told = True
            self._app.hint("What is half typed can't be kept on this PC's disk; save forms before leaving.")
