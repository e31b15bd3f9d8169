"""How alarms are heard at this workstation, and how its screens look: turned by keys, kept for the next start."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from frontdesk.config import Workstation
from frontdesk.domain.board import RoomNow
from frontdesk.ui import notification
from frontdesk.ui.live_keys import key_of
from frontdesk.ui.theme import WORDS, next_look

if TYPE_CHECKING:
    from frontdesk.ui.app import FrontdeskApp

Keep = Callable[[Workstation], None]
"""Writes the settings down; raises OSError where that can't be done."""


class Habits:
    """The settings of this workstation as they are now; `keep` None forgets them at the end."""

    def __init__(self, app: FrontdeskApp, settings: Workstation, keep: Keep | None) -> None:
        self._app = app
        self.settings = settings
        self._keep = keep
        self._heard_as = settings.sound if settings.sound != "off" else "bell"

    @property
    def is_heard(self) -> bool:
        """Whether alarms are heard here; where they are not, the header says so all the time."""
        return self.settings.sound != "off"

    @property
    def paper_font(self) -> Path | None:
        """The font that papers are printed with, where this workstation names one."""
        return Path(self.settings.paper_font) if self.settings.paper_font else None

    def ring(self, rooms: Sequence[RoomNow]) -> None:
        """One sound, for everything that is due."""
        if self.settings.sound == "bell":
            self._app.bell()
        elif self.settings.sound == "notification":
            self._notify(notification.words(rooms))

    def turn_sound(self) -> None:
        """Alarms heard on this workstation or not; seen they always are."""
        if self.is_heard:
            self._set("Alarms are not heard here, only seen.", tone="warn", sound="off")
        else:
            self._set("Alarms are heard here again.", sound=self._heard_as)

    def turn_kind(self) -> None:
        """A desktop notification instead of the bell, and back."""
        self._heard_as = "bell" if self.settings.sound == "notification" else "notification"
        words = "by the terminal's bell" if self._heard_as == "bell" else "as desktop notifications"
        self._set(f"Alarms come {words} here.", sound=self._heard_as)
        # So that whoever chose it hears or sees at once whether this terminal does it.
        if self._heard_as == "bell":
            self._app.bell()
        else:
            self._notify("Alarms will come like this")

    def hides_names(self, on: bool) -> None:
        """Privacy mode from now on, or no more."""
        self._set("", privacy=on)

    def locks_after(self, minutes: int) -> None:
        """Locks by itself after so many minutes without a key; 0 never."""
        words = f"Locks after {minutes} minutes without a key." if minutes else f"Locks by {key_of('lock')} alone."
        self._set(words, lock_minutes=minutes)

    def opens_by(self, sealed: str) -> None:
        """The lock opens by the passphrase that is sealed in it; by Enter where it is empty."""
        self._set("The lock opens by the passphrase now." if sealed else "The lock opens by Enter.", passphrase=sealed)

    def keeps_paper(self, on: bool) -> None:
        """The day sheet is written by itself from now on, or no more."""
        words = (
            "The day sheet is written here at opening and each hour." if on else "No day sheet is written by itself."
        )
        self._set(words, paper=on)

    def looks(self, theme: str) -> None:
        """Another look from now on."""
        self._set(f"The look is {WORDS[theme]}; again: {WORDS[next_look(theme)]}.", theme=theme)

    def _set(self, words: str, *, tone: str = "done", **changes: Any) -> None:
        self.settings = replace(self.settings, **changes)
        if words:
            self._app.hint(words, tone=tone)
        self._app.frames.header()
        if self._keep is not None:
            self._app.run_worker(
                partial(self._write, self._keep, self.settings), group="habits", thread=True, exit_on_error=False
            )

    def _write(self, keep: Keep, settings: Workstation) -> None:
        try:
            keep(settings)
        except OSError as error:
            why = (error.strerror or "unknown").lower()
            self._app.call_later(self._app.say, f"That is forgotten at the end: it can't be kept ({why}).", tone="warn")

    def _notify(self, text: str) -> None:
        how = notification.way(self.settings.notification, os.environ)
        if how == "notify-send":
            self._app.run_worker(
                partial(notification.send, text), group="notification", thread=True, exit_on_error=False
            )
        else:
            self._app.write_to_terminal(notification.escape(how, text))
