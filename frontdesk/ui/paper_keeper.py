"""The day on paper, written by itself: soon after opening and each hour another process is started for it, whose fonts
and pages cost this one nothing. Of several dashboards on one computer, the first that finds it due has it written.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from frontdesk.domain.errors import Refused
from frontdesk.text import visible

if TYPE_CHECKING:
    from frontdesk.ui.app import FrontdeskApp

Start = Callable[[int], "subprocess.Popen[str]"]
"""Starts the process that writes the sheets, if the last ones are so many minutes old; 0 in any case."""

SETTLED_S, LOOK_S = 90.0, 60.0
"""Seconds after opening until the first look, and from one look to the next. The first minute is the screens', and then
what writes is loaded (`app.READY_S`): a sheet takes a second of the processor, which a small PC misses."""
AT_OPENING, HOURLY = 5, 60
"""Minutes after which a sheet is old: when a dashboard is opened, and while it is open."""
PATIENCE_S = 180.0
"""How long the other process may take."""


class PaperKeeper:
    """Has the sheets written; `start` None never."""

    def __init__(self, app: FrontdeskApp, start: Start | None) -> None:
        self._app = app
        self._start = start
        self._child: subprocess.Popen[str] | None = None
        self._busy = False
        self._told = ""
        self._ended = False

    def open(self) -> None:
        """Looks from now on, every minute."""
        if self._start is not None and self._app.SHEETS_UNASKED and not self._app.is_board:
            self._app.set_timer(SETTLED_S, self._begin, name="paper")

    def _begin(self) -> None:
        self._look(AT_OPENING)
        self._app.set_interval(LOOK_S, partial(self._look, HOURLY), name="paper, hourly")

    def close(self) -> None:
        """Lets no process go on that this one started."""
        self._ended = True
        if self._child is not None:
            with suppress(OSError):
                self._child.terminate()

    def write(self) -> None:
        """Has them written now, because somebody wants them."""
        if self._start is None:
            self._app.hint("No day sheet can be written from here.")
        elif not self._busy:
            self._app.say("The day sheet is being written…")
            self._look(0)

    @property
    def _folder(self) -> Path | None:
        named = self._app.habits.settings.paper_folder
        return Path(named) if named else None

    def _look(self, minutes: int) -> None:
        on = self._app.habits.settings.paper or not minutes
        if self._start is None or self._busy or not on:
            return
        self._busy = True
        self._app.run_worker(
            partial(self._write, self._start, minutes), group="paper", thread=True, exit_on_error=False
        )

    def _write(self, start: Start, minutes: int) -> None:
        """In a thread: waits for the other process and says what it said."""
        try:
            if minutes and not self._app.desk.papers.is_due(self._folder, minutes):
                return
            self._child = child = start(minutes)
            if self._ended:
                child.terminate()
            try:
                _, said = child.communicate(timeout=PATIENCE_S)
            except subprocess.TimeoutExpired:
                child.kill()
                _, said = child.communicate()
            if child.returncode and not self._ended:
                self._tell(said.strip().removeprefix("frontdesk: ") or "the day sheet could not be written")
            elif not self._ended:
                self._told = ""
                if not minutes:
                    self._app.call_later(self._app.say, f"The day sheet: {self._newest()}")
        except Refused:
            return  # the database can't be read at the moment, which the screens say
        except OSError as error:
            self._tell(f"the day sheet can't be written: {(error.strerror or 'unknown').lower()}")
        finally:
            self._child, self._busy = None, False

    def _newest(self) -> str:
        """Today's sheet as a file, or the folder of all where it is not there after all."""
        file = self._app.desk.papers.of_today(self._folder)
        return visible(str(file or self._app.desk.papers.folder(self._folder)))

    def _tell(self, why: str) -> None:
        """Once for each reason, not every minute."""
        if why != self._told:
            self._told = why
            self._app.call_later(self._app.say, visible(why[:1].upper() + why[1:]), tone="warn")
