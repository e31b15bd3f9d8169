"""How a dashboard starts: a first frame, then the rest of the program, then the desk; keys wait for their screen."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from frontdesk.ui import keys
from frontdesk.ui.environment import started
from frontdesk.ui.live_keys import use
from frontdesk.ui.opening import Opening
from frontdesk.ui.shell import Shell

PATIENCE_S = 0.1
"""Seconds that the first frame stands for a screen that has nothing to show yet."""
SETTLED_S = 1.0
"""Seconds after the first frame until what is made to start with has been made."""


class Starting(Shell):
    """A shell that draws its first frame before most of the program is loaded.

    A subclass says what is loaded (`load`), what is made of it (`furnish`), and what is read then (`furnished`). Keys
    wait, in their order, until the first screen that they can act on is there.
    """

    def __init__(self, look: str, start: str, keymap: keys.Keymap) -> None:
        """`start` is the place of the first screen."""
        super().__init__(look)
        self.start = start
        self.keymap = keymap
        """What each action's keys are on this workstation."""
        use(keymap)
        self.is_furnished = False
        """Whether everything but the desk is there."""
        self._dropped = ""
        self._is_drawn = self._is_shown = False
        self.first_stands = False
        """Whether the first screen is there."""
        self.router.hold_back()

    def load(self) -> None:
        """Imports what the first screen needs; in a thread, so that the window can be resized and closed meanwhile."""

    def furnish(self) -> None:
        """Makes the parts of the app; what they are made of has been loaded."""

    def furnished(self) -> None:
        """Reads what the first screen shows, and calls `show_first` then."""

    def ask_at_first(self) -> None:
        """The first screen stands, no key has acted on it yet: asks what is to be asked over it."""

    def get_default_screen(self) -> Screen[None]:
        """The first frame."""
        return Opening(self.start, self.keymap)

    def keys_were_dropped(self, why: str) -> None:
        """Said as soon as there is where to say it."""
        self._dropped = why

    def warn(self, words: str) -> None:
        """Says why something typed did nothing."""

    def delay_update(self, delay: float = 0.05) -> None:
        """The first screen is drawn as soon as it is laid out: what it comes in the place of is a part of it."""
        if self.first_stands:
            super().delay_update(delay)

    async def on_mount(self) -> None:
        """From here on what goes wrong is told in a line."""
        self.guard_the_end()

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """As Textual does; the first time that something is drawn, what comes next is begun."""
        super()._display(screen, renderable)
        if not self._is_drawn and renderable is not None and not self._batch_count:
            self._is_drawn = True
            self._first_frame()

    def _first_frame(self) -> None:
        self.set_timer(SETTLED_S, self._settled, name="settled")
        self.run_worker(self._load, group="load", thread=True, exit_on_error=False, name="load")

    def _settled(self) -> None:
        from frontdesk.ui.dialogs import SHEET

        try:
            self.stylesheet.read_ahead(SHEET)
        finally:
            started()

    def _load(self) -> None:
        """In a thread."""
        try:
            self.load()
        except Exception as error:
            self.call_later(self._handle_exception, error)
        else:
            self.call_later(self._go_on)

    def _go_on(self) -> None:
        self.furnish()
        self.is_furnished = True
        self.set_timer(PATIENCE_S, self.show_first, name="first screen")
        self.furnished()

    def show_first(self) -> None:
        """Shows the first screen, once: with what it shows where that is read soon, else before."""
        if not self._is_shown and not self._exit:
            self._is_shown = True
            self.call_next(self._show_first)

    async def _show_first(self) -> None:
        await self.switch_mode(self.start)
        self.first_stands = True
        self.ask_at_first()
        self.router.let_go()
        if self._dropped:
            self.warn(self._dropped)
