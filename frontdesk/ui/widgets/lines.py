"""The one kind of widget the frame and the screens are drawn with: lines in, cells out, only what changed repainted."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from frontdesk.domain.privacy import behind
from frontdesk.ui.jumping import Landing
from frontdesk.ui.layout.cells import Line, changed_cells, fit
from frontdesk.ui.theme import style_of


class LineWidget(Widget):
    """Paints the lines `draw` returns; `redraw` compares them with the last ones and repaints the cells that differ.

    A whole-widget refresh each second costs twenty times the bytes (a screen over ssh), so ticks call `redraw`.
    """

    ALLOW_SELECT = False
    FILL: ClassVar[str] = "text"
    """The role of the cells behind and beneath the lines."""

    _lines: tuple[Line, ...] = ()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """The lines to show in `width` cells by `height` rows; each subclass says."""
        raise NotImplementedError

    @property
    def has_keys(self) -> bool:
        """Whether keys go to it; unlike `has_focus`, right already in `on_focus` and `on_blur`."""
        return self.is_attached and self.screen.focused is self

    def desk_privacy(self) -> AbstractContextManager[None]:
        """What is done inside names people as this program's privacy mode says."""
        privacy = getattr(self.app, "privacy", None)
        return nullcontext() if privacy is None else behind(privacy.curtain)

    def landings(self) -> Sequence[Landing]:
        """Where in it the cursor can go at once, in its own cells; by default keys can go to the whole of it."""
        return (Landing(0, 0, self.focus),) if self.focusable else ()

    def privacy_turned(self) -> None:
        """Names are hidden now, or shown; `redraw` follows. For what keeps more than it draws from."""

    def redraw(self) -> None:
        """Draws anew and repaints what differs."""
        width, height = self.size
        old, self._lines = self._lines, self._drawn(width, height)
        if len(old) != len(self._lines):
            self.refresh()
            return
        regions = []
        for row, (before, after) in enumerate(zip(old, self._lines, strict=True)):
            changed = changed_cells(before, after)
            if changed is not None:
                regions.append(Region(changed[0], row, changed[1], 1))
        if regions:
            self.refresh(*regions)

    def on_resize(self) -> None:
        """Draws anew for the new size."""
        self._lines = self._drawn(*self.size)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row, as Textual asks for it."""
        if not self._lines:
            self._lines = self._drawn(*self.size)
        theme = self.app.theme
        if y >= len(self._lines):
            return Strip.blank(self.size.width, style_of(self.FILL, theme))
        line = self._lines[y]
        return Strip([Segment(span.text, style_of(span.role, theme)) for span in line], self.size.width)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as there is room."""
        del viewport
        return container.width

    def _drawn(self, width: int, height: int) -> tuple[Line, ...]:
        if not width or not height:
            return ()
        with self.desk_privacy():
            return tuple(fit(line, width, self.FILL) for line in self.draw(width, height)[:height])
