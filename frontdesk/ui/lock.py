"""The lock: a cover over every screen and dialog that leaves the clock, the rooms and their alarms.

It is no screen but a state: whatever is shown, opened or comes back while it lasts is covered too, and no key reaches
it. Nothing beneath is touched, so that what was half typed is there again.

What still works is the full stop, which hushes what sounds: that is recorded, runs out, and never hides. Needles out
does not: it ends an alarm, and must not be a key for whoever passes by; in an emergency hands are quicker than any key.
"""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from textual.events import Event, Key, Paste

from frontdesk.domain.errors import Refused, Unavailable
from frontdesk.domain.retention import SILENCE_MINUTES
from frontdesk.passphrase import LONGEST, opens
from frontdesk.text import clean
from frontdesk.ui import work

if TYPE_CHECKING:
    from frontdesk.desk.open import Desk
    from frontdesk.desk.outcome import Outcome
    from frontdesk.ui.app import FrontdeskApp

FORGET_S = 20
"""After so long without a key, what was typed of a passphrase is forgotten."""
LONGEST_WAIT_S = 30
"""The most that wrong tries slow down: the clinic must get back at its needles."""
CANNOT = "The sound can't be hushed from here."
WARN_S = 30
"""How long before it locks by itself the header says so."""


class Lock:
    """Whether this dashboard is locked, what is being typed to open it, and when it locks by itself."""

    def __init__(self, app: FrontdeskApp) -> None:
        self._app = app
        self.on = False
        self.since = ""
        """The clinic's time at which it was locked, `10:42`."""
        self.told = ""
        """What came of the last key: a wrong passphrase, a sound hushed."""
        self._typed = ""
        self._wrong = 0
        self._wait_until = 0.0
        self._checking = False
        self._key_at = monotonic()
        self._idle_since_ms: int | None = None

    @property
    def dots(self) -> int:
        """How many characters are typed."""
        return len(self._typed)

    @property
    def asks(self) -> bool:
        """Whether it takes a passphrase to open it."""
        return bool(self._app.habits.settings.passphrase)

    @property
    def wait_s(self) -> int:
        """Seconds until the next try is taken; 0 when it is now."""
        return max(0, int(self._wait_until - monotonic() + 0.99))

    @property
    def is_checking(self) -> bool:
        """Whether a passphrase is being tried."""
        return self._checking

    @property
    def mark(self) -> str:
        """What the header says before it locks by itself."""
        left = self._left_s()
        return f"LOCKS IN {left} s" if left is not None and 0 < left <= WARN_S else ""

    def lock(self) -> None:
        """Covers everything; what is typed in the same breath was meant for nothing."""
        app = self._app
        if self.on or app.is_board:
            return
        self.on = True
        self.since = f"{app.local(app.now()):%H:%M}" if app.has_desk else ""
        self._typed, self.told = "", ""
        app.privacy.end_look()
        app.router.rest()
        self._turned()

    def touched(self) -> None:
        """A key was pressed while it is open."""
        self._idle_since_ms = None

    def tick(self) -> None:
        """Once a second: locks when it has been idle long enough; forgets half a passphrase."""
        if self.on:
            if self._typed and monotonic() - self._key_at > FORGET_S:
                self._typed = ""
            return
        if self._idle_since_ms is None:
            self._idle_since_ms = self._now_ms()
        left = self._left_s()
        if left is not None and left <= 0:
            self.lock()

    def take(self, event: Event) -> None:
        """A key or a paste while it is on: none of them reaches what is covered."""
        if self._checking or self.wait_s:
            return
        self._key_at = monotonic()
        if isinstance(event, Paste):
            self._add(event.text)
        elif isinstance(event, Key):
            self._key(event)
        self._app.frames.lock()

    def _key(self, event: Key) -> None:
        if event.key == "enter":
            self._enter()
        elif event.key == "full_stop" and not self._typed:
            self._hush()
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
        elif event.key in ("escape", "ctrl+g", "ctrl+u"):
            self._typed, self.told = "", ""
        elif event.is_printable and event.character is not None:
            self._add(event.character)

    def _add(self, text: str) -> None:
        if self.asks:
            self.told = ""
            # Blanks at the ends of what is typed belong to it.
            kept = text if len(text) == 1 else clean(text, limit=LONGEST)
            self._typed = (self._typed + kept)[:LONGEST]

    def _enter(self) -> None:
        if not self.asks:
            self._open()
        elif self._typed:
            typed, self._typed = self._typed, ""
            self._checking = True
            check = partial(self._try, self._app.habits.settings.passphrase, typed)
            self._app.run_worker(check, group="unlock", thread=True, exit_on_error=False, name="unlock")

    def _try(self, sealed: str, typed: str) -> None:
        """In a thread."""
        self._app.call_later(self._tried, opens(sealed, typed))

    def _tried(self, is_right: bool) -> None:
        self._checking = False
        if is_right:
            self._open()
            return
        self._wrong += 1
        self._wait_until = monotonic() + min(2 ** (self._wrong - 1), LONGEST_WAIT_S)
        self.told = "That is not the passphrase."
        self._app.router.rest()
        self._app.frames.lock()

    def _open(self) -> None:
        self.on = False
        self._wrong = 0
        self._typed, self.told = "", ""
        self._idle_since_ms = None
        # What was typed in the same breath was meant for the lock.
        self._app.router.rest()
        self._turned()

    def _turned(self) -> None:
        for screen in self._app.frames.all():
            screen.be_locked(self.on)
            if screen.is_mounted:
                screen.refresh_frame()
        self._app.screen.refresh(layout=True)

    def _hush(self) -> None:
        app = self._app
        if not app.has_desk:
            return
        sounding = [one for one in app.rooms if any(alarm.sounds for alarm in one.alarms)]
        visits = [one.appointment.id for one in sounding if one.appointment is not None]
        if not visits:
            self.told = "Nothing sounds."
            return
        work.save(app, app, partial(_hush_all, app.desk, visits), self._hushed, refused=self._not_hushed)

    def _hushed(self, outcomes: list[Outcome]) -> None:
        for one in outcomes:
            self._app.took(one.appointment)
        self.told = f"Hushed for {SILENCE_MINUTES} minutes." if outcomes else CANNOT
        self._app.frames.lock()

    def _not_hushed(self, refused: Refused) -> None:
        del refused  # its reason may name somebody
        self.told = CANNOT
        self._app.frames.lock()

    def _left_s(self) -> int | None:
        """Seconds until it locks by itself; None where it does not."""
        minutes = self._app.habits.settings.lock_minutes
        if not minutes or self.on or self._app.is_board or self._idle_since_ms is None:
            return None
        return minutes * 60 - (self._now_ms() - self._idle_since_ms) // 1000

    def _now_ms(self) -> int:
        # Of the clock that counts while the machine sleeps: a lid that was closed over lunch opens locked.
        return self._app.desk.clock.reading().boot_ms


def _hush_all(desk: Desk, visits: list[int]) -> list[Outcome]:
    """In a thread; what can't be hushed (a room that is nobody's) sounds on."""
    done: list[Outcome] = []
    for key in visits:
        try:
            done.append(desk.timers.silence(key))
        except Unavailable:
            raise
        except Refused:
            continue
    return done
