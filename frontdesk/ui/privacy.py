"""Privacy mode on this workstation: turned by one key over everything, kept, and lifted for a moment by another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer

from frontdesk.domain.privacy import Curtain, hang
from frontdesk.ui.keys import action
from frontdesk.ui.live_keys import key_of

if TYPE_CHECKING:
    from frontdesk.ui.app import FrontdeskApp

LOOK_S = 10.0
"""How long names are shown to whoever asked to look."""
MOVES = frozenset({"up", "down", "left", "right", "pageup", "pagedown", "home", "end"})
"""Keys that don't end a look: whoever looks for somebody in a list moves to them."""
(LOOK_KEY,) = action("look").keys


class Privacy:
    """The mode, and whether somebody looks behind it now.

    While looking, names and files are whole until the next key that is no move, or for `LOOK_S`: in a lookup initials
    and numbers don't tell who is on the telephone, and a mode that is turned off for it stays off.
    """

    def __init__(self, app: FrontdeskApp, *, on: bool) -> None:
        self._app = app
        self.on = on
        self.looking = False
        self.curtain = Curtain(drawn=on)
        """What drawing and handlers go by: names are shown while somebody looks."""
        self.written = Curtain(drawn=on)
        """What sentences go by, which stay on the screen: nobody is named in full in the mode."""
        self._end: Timer | None = None
        hang(self.curtain)

    @property
    def mark(self) -> str:
        """What the header says."""
        if not self.on:
            return ""
        return "NAMES SHOWN" if self.looking else "NAMES HIDDEN"

    def turn(self) -> None:
        """On or off."""
        self.on = not self.on
        self.written.drawn = self.on
        self._look(False)
        app = self._app
        shown = f"{key_of('look')} shows them for a moment"
        words = f"Names and files are hidden here; {shown}." if self.on else "Names are shown."
        app.hint(words, tone="done")
        app.habits.hides_names(self.on)

    def look(self) -> None:
        """Names for a moment; where they are shown anyway, nothing."""
        if self.on:
            self._look(True)

    def key(self, key: str) -> None:
        """A key was pressed that is about to act: it ends a look, unless it only moves."""
        if self.looking and key not in MOVES and key != LOOK_KEY:
            self._look(False)

    def end_look(self) -> None:
        """Names are hidden again."""
        if self.looking:
            self._look(False)

    def _look(self, looking: bool) -> None:
        if self._end is not None:
            self._end.stop()
            self._end = None
        self.looking = looking
        self.curtain.drawn = self.on and not looking
        if looking:
            self._end = self._app.set_timer(LOOK_S, self.end_look, name="look")
        for screen in self._app.frames.all():
            if screen.is_mounted:
                screen.privacy_turned()
        # A dialog keeps a picture of what lies behind it.
        self._app.screen.refresh()
