"""The first frame: what stands on the screen while the program behind it is still being loaded.

The header, the rooms' place and the key line of the screen that comes, with what is known of them by then. It needs
little of the program, so that it is drawn long before the rest is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult

from frontdesk.ui import keys
from frontdesk.ui.actions.going import GOING
from frontdesk.ui.actions.program import PROGRAM
from frontdesk.ui.layout.cells import Line, fit
from frontdesk.ui.layout.frame import Header, header_line, key_line
from frontdesk.ui.one_frame import OneFrame
from frontdesk.ui.widgets.lines import LineWidget

_NEEDS_THE_DAY = "day."


class FirstFrame(LineWidget):
    """All of the window, as one widget: each costs the first frame a millisecond."""

    DEFAULT_CSS = "FirstFrame { width: 100%; height: 100%; }"

    def __init__(self, place: str, keymap: keys.Keymap) -> None:
        """Of the screen of a place."""
        super().__init__()
        self._place, self._keymap = place, keymap

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """The header, blank rows, the keys that need no day to work on."""
        head = Header(clinic="", title="", tab=keys.PLACES.get(self._place, ""), clock="", who="")
        wanted = {one.id for one in (*GOING, *PROGRAM) if not one.id.startswith(_NEEDS_THE_DAY)}
        shown = [one for one in self._keymap.key_line_for(self._place) if one.id in wanted]
        help_here = next(((one.key_words, one.words) for one in shown if one.id == "help"), None)
        foot = key_line(tuple((one.key_words, one.words) for one in shown), width, last=help_here)
        return (header_line(head, width), *(fit((), width) for _ in range(height - 2)), foot)


class Opening(OneFrame):
    """The screen of the first frame; no key acts on it."""

    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self, place: str, keymap: keys.Keymap) -> None:
        """Before the screen of a place."""
        super().__init__()
        self._frame = FirstFrame(place, keymap)

    def compose(self) -> ComposeResult:
        """One widget."""
        yield self._frame
