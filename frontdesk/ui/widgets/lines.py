"""The one kind of widget the frame and the screens are drawn with: lines in, cells out, only what changed repainted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from itertools import groupby, zip_longest
from typing import ClassVar

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Region, Size, Spacing
from textual.strip import Strip
from textual.widget import Widget

from frontdesk.domain.privacy import behind
from frontdesk.ui.compositor import SwiftScreen
from frontdesk.ui.ink import ink_of
from frontdesk.ui.jumping import Landing
from frontdesk.ui.layout.cells import Line, Span, blanks, fit
from frontdesk.ui.theme import style_of

PAINTED = 2
"""How often as many lines as are in sight a widget remembers: those, and as many of before or as under a dialog."""


def strip_of(line: Line, width: int, theme: str, filters: Iterable[LineFilter], background: Color) -> Strip:
    """A line of `width` cells as it looks in a theme. Filtered before it is a strip, which would keep both.

    What looks alike side by side is one segment, whatever its roles: each is filtered, kept and cut for itself.
    """
    runs = groupby(line, key=lambda span: style_of(span.role, theme))
    segments = [Segment("".join([span.text for span in run]), style) for style, run in runs]
    for one in filters:
        segments = one.apply(segments, background)
    return Strip(segments, width)


def desk_privacy(widget: Widget) -> AbstractContextManager[None]:
    """What is done inside names people as the privacy mode of the program that a widget is of says."""
    privacy = getattr(widget.app, "privacy", None)
    return nullcontext() if privacy is None else behind(privacy.curtain)


class LineWidget(Widget):
    """Paints the lines `draw` returns; `redraw` compares them with the last ones and repaints the cells that differ.

    A whole-widget refresh each second costs twenty times the bytes (a screen over ssh), so ticks call `redraw`.
    """

    ALLOW_SELECT = False
    FILL: ClassVar[str] = "text"
    """The role of the cells behind and beneath the lines."""

    SCROLLS: ClassVar[bool] = False
    """Whether its rows move: to find what each shares with what was in its place takes longer then than to send it."""

    TICKS: ClassVar[bool] = False
    """Whether it tells the time: what makes one second's line of another's never comes again."""

    _lines: tuple[Line, ...] = ()
    _drawn_for = 0
    _drawn_in: Size | None = None

    def __init__(self, *, name: str | None = None, id: str | None = None) -> None:
        super().__init__(name=name, id=id)
        self._painted: dict[Line, tuple[tuple[object, ...], Strip]] = {}
        self._edged: dict[int, tuple[Strip, Strip, Strip]] = {}

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """The lines to show in `width` cells by `height` rows; each subclass says."""
        raise NotImplementedError

    @property
    def has_keys(self) -> bool:
        """Whether keys go to it; unlike `has_focus`, right already in `on_focus` and `on_blur`."""
        return self.is_attached and self.screen.focused is self

    def desk_privacy(self) -> AbstractContextManager[None]:
        """What is done inside names people as this program's privacy mode says."""
        return desk_privacy(self)

    def landings(self) -> Sequence[Landing]:
        """Where in it the cursor can go at once, in its own cells; by default keys can go to the whole of it."""
        return (Landing(0, 0, self.focus),) if self.focusable else ()

    def privacy_turned(self) -> None:
        """Names are hidden now, or shown; `redraw` follows. For what keeps more than it draws from."""

    def redraw(self) -> None:
        """Draws anew and repaints what differs."""
        width, height = self.size
        old, self._lines = self._lines, self._drawn(width, height)
        if not old or not self._lines:
            self.refresh()
            return
        blank = blanks(width, self.FILL)
        pairs = enumerate(zip_longest(old, self._lines, fillvalue=blank))
        differing = [(row, before, after) for row, (before, after) in pairs if before is not after and before != after]
        whole = self.SCROLLS and len(differing) > height * 3 // 4
        app, cells = self.app, self._drawn_for
        ink = ink_of(app.theme, tuple(app.get_line_filters()), app.console._color_system)
        find = ink.difference if self.TICKS else partial(ink.remembered, cells=cells, whole=whole)
        changed = [
            (row, first, count, told) for row, before, after in differing for first, count, told in find(before, after)
        ]
        screen = self.screen
        if changed and not (isinstance(screen, SwiftScreen) and screen.draw_soon(self, changed)):
            # Whole rows: of places there are as many as seconds in an hour, and Textual keeps what it cuts of each.
            self.refresh(*(Region(0, row, width, 1) for row in dict.fromkeys(row for row, *_ in changed)))

    def on_focus(self) -> None:
        """Shows that keys go to it."""
        self.redraw()

    def on_blur(self) -> None:
        """Shows that they go elsewhere."""
        self.redraw()

    def on_resize(self) -> None:
        """Draws anew for the new size, unless it has been drawn in it since: a frame may come before this is told."""
        if self._drawn_in != self.size:
            self._lines = self._drawn(*self.size)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row, as Textual asks for it where it draws above or below the lines, and filters what it got."""
        return self._strip(y, (), self.background_colors[1])

    def _strip(self, y: int, filters: tuple[LineFilter, ...], background: Color) -> Strip:
        """One row as these filters turn it."""
        if not self._lines:
            self._lines = self._drawn(*self.size)
        line = self._lines[y] if y < len(self._lines) else ()
        drawn_as = self.app.theme, self._drawn_for or self.size.width, filters, background
        painted = self._painted.get(line)
        if painted is not None and painted[0] == drawn_as:
            return painted[1]
        theme, width, _, _ = drawn_as
        painted_now = strip_of(line or (Span(" " * width, self.FILL),), width, theme, filters, background)
        if len(self._painted) >= PAINTED * self.size.height:
            self._painted.clear()
        self._painted[line] = drawn_as, painted_now
        return painted_now

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of a part of the widget, past Textual's styles: these take twice as long, for a rule at the side.

        What they draw above or below the lines is theirs to draw.
        """
        # Textual forgets what was to be drawn again where it draws a content of its own, which here is none.
        self._dirty_regions.clear()
        gutter = self.styles.gutter
        if gutter.top or gutter.bottom:
            return super().render_lines(crop)
        filters, (_, background) = tuple(self.app.get_line_filters()), self.background_colors
        strips = [self._strip(y, filters, background) for y in crop.line_range]
        width = self.outer_size.width
        if gutter.left or gutter.right:
            edge = super().render_lines(Region(0, 0, width, 1))[0]
            strips = [self._between(strip, edge, gutter) for strip in strips]
        first, end = crop.column_span
        return strips if (first, end) == (0, width) else [strip.crop(first, end) for strip in strips]

    def _between(self, strip: Strip, edge: Strip, gutter: Spacing) -> Strip:
        """A row with what is drawn at its sides, which is the same strip for the same row."""
        known = self._edged.get(id(strip))
        if known is None or known[1] is not edge:
            if len(self._edged) >= PAINTED * self.size.height:
                self._edged.clear()
            width = edge.cell_length
            left, right = edge.crop(0, gutter.left), edge.crop(width - gutter.right, width)
            known = self._edged[id(strip)] = strip, edge, Strip.join((left, strip, right))
        return known[2]

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as there is room."""
        del viewport
        return container.width

    def _drawn(self, width: int, height: int) -> tuple[Line, ...]:
        self._drawn_in = self.size
        if not width or not height:
            return ()
        with self.desk_privacy():
            lines = self.draw(width, height)[:height]
        old = self._lines if width == self._drawn_for else ()
        self._drawn_for = width
        # What was drawn before and is the same object, if further up or down, fits as it did then.
        fitting = set(map(id, old))
        return tuple(line if id(line) in fitting else fit(line, width, self.FILL) for line in lines)
