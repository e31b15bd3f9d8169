"""Looks at the program for the tour: gathers what is seen, and lets the demo's clock hurry while a step says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from frontdesk.clock import HurriedClock
from frontdesk.domain.retention import Alarm
from frontdesk.ui import keys, work
from frontdesk.ui.tour.steps import Did, Progress, Seen, did

if TYPE_CHECKING:
    from frontdesk.ui.app import FrontdeskApp

LOG_ENTRIES = 200
"""How much of the log is looked at: more than a step of the tour can write."""
LATER_MINUTES = 10
"""By how much the tour moves its visit."""


class Guide:
    """How far the tour has come on one dashboard, and whether somebody follows it."""

    def __init__(self, app: FrontdeskApp) -> None:
        self._app = app
        self.progress = Progress()
        self.is_on = True
        self._began_at: int | None = None
        self._dids: tuple[Did, ...] = ()

    def read(self) -> None:
        """Something was written: reads what."""
        app = self._app
        work.ask(app, app, self._read, self._got, group="tour", holds=False, words="")

    def _read(self) -> list[Did]:
        """In a thread: the newest entries, newest first."""
        entries = self._app.desk.log.latest(LOG_ENTRIES)
        return [did(one.seq, one.what, one.subject, undoes=one.undoes is not None) for one in entries]

    def _got(self, dids: list[Did]) -> None:
        if self._began_at is None:
            self._began_at = dids[0].seq if dids else 0
        newest = self._dids[-1].seq if self._dids else self._began_at
        self._dids = (*self._dids, *(one for one in reversed(dids) if one.seq > newest))
        self.look()

    def look(self) -> None:
        """Sees whether the step is done, and what comes next."""
        app = self._app
        if self.is_on and app.today is not None and app.is_running:
            self.progress = self.progress.after(self._seen())
        self._hurry()

    def turn(self) -> None:
        """Leaves the tour where it is, or goes on with it."""
        self.is_on = not self.is_on
        self.look()

    @property
    def words(self) -> str:
        """What stands in the tour's line; names somebody."""
        seen = self._seen()
        visits = () if self._app.today is None else self._app.today.appointments
        guest = next((one for one in visits if one.id == self.progress.guest), None)
        name = "the patient" if guest is None else guest.patient.short_name
        later = "a time" if guest is None else f"{self._app.local(guest.starts.add(minutes=LATER_MINUTES)):%H:%M}"
        return self.progress.says(seen).replace("@", name).replace("%", later)

    def _seen(self) -> Seen:
        app = self._app
        screen = app.screen
        behind = next((one for one in reversed(app.screen_stack) if not one.is_modal), screen)
        field = getattr(behind, "typed", None)
        chosen = getattr(behind, "chosen", None)
        patient = getattr(behind, "marked_patient", None)
        day = getattr(behind, "day", None)
        sight = getattr(behind, "sight", None)
        return Seen(
            place=app.current_mode,
            dialog=type(screen).__name__ if screen.is_modal else "",
            is_typing=isinstance(app.focused, Input),
            looked_up=field.value if app.current_mode == keys.PATIENTS and isinstance(field, Input) else "",
            patient=None if patient is None else patient.id,
            marked=None if chosen is None else chosen.id,
            today=frozenset(one.id for one in app.today.appointments) if app.today else frozenset(),
            shows_today=day is None or (app.today is not None and day == app.today.day),
            carries=sight is not None and sight.carried is not None,
            rings=any(room.needles_alarm is not Alarm.NONE for room in app.rooms),
            dids=self._dids,
        )

    def _hurry(self) -> None:
        app = self._app
        if not app.has_desk or not isinstance(app.desk.clock, HurriedClock):
            return
        step = self.progress.step
        pace = step.pace if step is not None and self.is_on else 1
        app.desk.clock.run(pace)
        if pace > 1:
            # Minutes that nobody sat before the screen: it must not lock itself for them.
            app.lock.touched()
