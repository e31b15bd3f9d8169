"""Jump mode: letters over everything in sight that the cursor can go to; the next key goes there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widget import Widget

from frontdesk.ui.dialogs import SHEET
from frontdesk.ui.jumping import LETTERS, Landing, lettered
from frontdesk.ui.layout.cells import Line, Span
from frontdesk.ui.screens.framed import Framed
from frontdesk.ui.widgets.field import CleanInput
from frontdesk.ui.widgets.frame import HeaderLine, KeyLine, RoomStrip
from frontdesk.ui.widgets.lines import LineWidget


class Letter(LineWidget):
    """One letter where it leads to."""

    DEFAULT_CSS = "Letter { position: absolute; width: 3; height: 1; }"
    FILL: ClassVar[str] = "pick"

    def __init__(self, letter: str, landing: Landing) -> None:
        """`landing` is in cells of the screen."""
        super().__init__()
        self._letter = letter
        self.styles.offset = (landing.x, landing.y)

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """The letter, set apart from what it covers."""
        del width, height
        return ((Span(f" {self._letter} ", "pick"),),)


class Jump(ModalScreen[Landing | None], Framed):
    """The letters over a screen; the answer is where to go, None for Esc and for a letter that stands nowhere."""

    CSS_PATH = SHEET
    BINDINGS: ClassVar = [
        *(Binding(letter, f"go('{letter}')", "go there", show=False) for letter in LETTERS),
        Binding("escape,ctrl+g,enter,space,semicolon", "go('')", "back", show=False),
    ]

    def __init__(self, landings: Sequence[Landing]) -> None:
        """`landings` are in cells of the screen."""
        super().__init__()
        self._by_letter = lettered(landings)
        self._opened_at: Size | None = None

    def compose(self) -> ComposeResult:
        """Header and strip as on every screen, the letters, the keys."""
        yield HeaderLine()
        yield RoomStrip()
        yield from (Letter(letter, landing) for letter, landing in self._by_letter.items())
        yield KeyLine()
        yield from self.covers()

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """What the letters do."""
        return (("a letter", "goes there"), ("Esc", "back"))

    def on_resize(self) -> None:
        """What is beneath lies elsewhere now: the letters would lie."""
        if self._opened_at is None:
            self._opened_at = self.app.size
        elif self.is_current and self.app.size != self._opened_at:
            self.dismiss(None)

    def action_go(self, letter: str) -> None:
        """Goes there."""
        if self.is_current:
            self.dismiss(self._by_letter.get(letter))


def open_jump(screen: Framed) -> None:
    """Puts the letters on a screen; one that has nothing to go to says so."""
    landings = landings_on(screen)
    if not landings:
        screen.warn("There is nothing here to jump to.")
        return
    screen.app.push_screen(Jump(landings), lambda one: screen.call_next(one.go) if one else None)


def landings_on(screen: Framed) -> list[Landing]:
    """Everything in sight on a screen that keys can go to, from the top left."""
    found: list[Landing] = []
    for widget in screen.query(Widget):
        region = widget.region
        if not (widget.display and region and widget.is_on_screen):
            continue
        here: Sequence[Landing] = ()
        if isinstance(widget, LineWidget):
            here = widget.landings()
        elif isinstance(widget, CleanInput) and widget.focusable:
            here = (Landing(0, 0, widget.focus),)
        found += [one.moved(region.x, region.y) for one in here if one.x < region.width and one.y < region.height]
    return sorted(found, key=lambda one: (one.y, one.x))
