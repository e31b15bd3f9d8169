"""What is drawn and sent for a frame: the cells that changed, and nothing else.

Textual 8.2.8 renders every widget whole for each update, and sends each row of a widget from its left edge to where it
changed: the last of twelve timers that tick would send all the others too. And before a row is drawn, its widget's
queue, its screen's and a timer have had their turns, which costs a cursor key more than all it does. Here a widget that
knows its cells says which of them changed, and they are sent in the next turn of the event loop.

Rests on private parts of textual==8.2.8, which pyproject pins and tests/ui/test_compositor.py holds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.control import Control
from rich.segment import Segment
from textual._compositor import Compositor, CompositorUpdate, LayoutUpdate
from textual._context import visible_screen_stack
from textual.app import ScreenStackError
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from frontdesk.ui.backdrop import PLAIN, tinted
from frontdesk.ui.pen import told

Stretch = tuple[int, int, Strip | str]
"""Column, row, and what stands there from then on: as a strip, or as the terminal is to be told it."""
Cells = tuple[int, int, int, str]
"""Of a widget's row, inside its border, the cells from one on: row, first cell, how many, what the terminal is told."""

Drawn = dict[tuple[Widget, int], Strip]
"""The rows of widgets that were drawn for one frame, by the row of the screen."""


class _Place(Struct, frozen=True):
    """Where a widget's first cell inside its border lies, how wide its rows are, and which of them nothing covers."""

    x: int
    y: int
    cells: int
    rows: frozenset[int]

    def region(self, cells: Cells) -> Region:
        """Where some of its cells lie on the screen."""
        row, first, count, _ = cells
        return Region(self.x + first, self.y + row, count, 1)


class Changes(CompositorUpdate):
    """Stretches of rows that look different now."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self.stretches = stretches

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for x, y, what in self.stretches:
            yield Control.move_to(x, y).segment
            if isinstance(what, str):
                yield Segment(what, None, [])
            else:
                yield from what

    def render_segments(self, console: Console) -> str:
        """The update as the terminal is to be told it."""
        colors = console._color_system
        return "".join(
            f"\x1b[{y + 1};{x + 1}H{what if isinstance(what, str) else told([what], colors)}"
            for x, y, what in self.stretches
        )


class Whole(LayoutUpdate):
    """All rows of a frame."""

    def render_segments(self, console: Console) -> str:
        """The frame as the terminal is to be told it."""
        colors = console._color_system
        return "".join(f"\x1b[{y};1H{told(strips, colors)}" for y, strips in enumerate(self.strips, 1))


class FrameCompositor(Compositor):
    """Textual's, with small updates made of the cells that changed."""

    def __init__(self) -> None:
        super().__init__()
        self._marked: dict[Widget, list[Cells]] = {}
        """What looks different, by widget."""
        self._places: dict[Widget, _Place | None] = {}
        """Where the rows of widgets lie, as long as the layout is `_layout`."""
        self._layout: object = None

    def mark(self, widget: Widget, cells: Iterable[Cells]) -> bool:
        """Has cells of a widget sent with the next update; False where it is drawn with more than lines, or hidden."""
        if self._place(widget) is None:
            return False
        self._marked.setdefault(widget, []).extend(cells)
        return True

    def unmark(self) -> list[Widget]:
        """Forgets what was to be sent; the widgets it was of."""
        marked, self._marked = self._marked, {}
        return list(marked)

    def render_update(
        self, full: bool = False, screen_stack: list[Screen[object]] | None = None, simplify: bool = False
    ) -> RenderableType | None:
        """What changed since the last frame, None where nothing did; all of it where Textual wants."""
        marked, self._marked = self._marked, {}
        if full or self.size.region in self._dirty_regions:
            return super().render_update(full, screen_stack, simplify)
        visible_screen_stack.set(screen_stack or [])
        stretches: list[Stretch] = []
        for widget, changed in marked.items():
            place = self._place(widget)
            if place is None:
                continue
            for cells in changed:
                row, first, count, what = cells
                if row in place.rows and first + count <= place.cells:
                    stretches.append((place.x + first, place.y + row, what))
                else:
                    self._dirty_regions.add(place.region(cells))
        width, height = self.size
        drawn: Drawn = {}
        for y, first, end in self._regions_to_spans(self._dirty_regions):
            if 0 <= y < height:
                seen = self.seen(y, max(0, first), min(end, width), range(y, y + 1), drawn)
                stretches += ((x, y, strip) for x, strip in seen)
        self._dirty_regions.clear()
        return Changes(stretches) if stretches else None

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:
        """All of it."""
        if simplify:
            return super().render_full_update(simplify)
        self._dirty_regions.clear()
        region = self.size.region
        return Whole([chop.values() for chop in self._render_chops(region, lambda _: True)], region)

    def _place(self, widget: Widget) -> _Place | None:
        """Where a widget lies; None where it is out of sight, or drawn with more than its lines above or below."""
        layout = self.layers_visible
        if layout is not self._layout:
            self._layout = layout
            self._places.clear()
        if widget not in self._places:
            self._places[widget] = self._found(widget)
        return self._places[widget]

    def _found(self, widget: Widget) -> _Place | None:
        gutter = widget.styles.gutter
        if widget not in self.visible_widgets or gutter.top or gutter.bottom:
            return None
        region = self.visible_widgets[widget][0]
        x, y, cells = region.x + gutter.left, region.y, region.width - gutter.width
        in_sight = range(max(0, -y), min(region.height, self.size.height - y))
        return _Place(x, y, cells, frozenset(row for row in in_sight if self._is_whole(widget, x, y + row, cells)))

    def _is_whole(self, widget: Widget, x: int, y: int, cells: int) -> bool:
        """Whether nothing lies over a row of a widget."""
        on_top = self._on_top(y, x, x + cells)
        return on_top is not None and on_top[0] is widget

    def _on_top(self, y: int, first: int, end: int) -> tuple[Widget, Region] | None:
        """Whose a stretch of a row is, and where that widget lies; None where it is not all of one widget."""
        for widget, cropped, region in self.layers_visible[y]:
            if cropped.x < end and first < cropped.right:
                return (widget, region) if cropped.x <= first and end <= cropped.right else None
        return None

    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
        """What stands in each row, by the column where it begins, in as few pieces as widgets are seen in it.

        Textual draws also what nobody sees, and cuts each row of a widget wherever another one begins or ends.
        """
        lines = crop.line_range
        drawn: Drawn = {}
        return [
            dict(sorted(self.seen(y, *crop.column_span, lines, drawn), key=_column))
            if y in lines and is_rendered_line(y)
            else {}
            for y in range(self.size.height)
        ]

    def seen(self, y: int, first: int, end: int, lines: range, drawn: Drawn) -> Iterator[tuple[int, Strip]]:
        """What stands in a part of a row and from which column on, by widgets.

        A widget that is seen there is asked for all of its rows among `lines` at once; `drawn` keeps them.
        """
        open_: list[tuple[int, int]] = [(first, end)] if first < end else []
        for widget, cropped, region in self.layers_visible[y] if 0 <= y < len(self.layers_visible) else ():
            still: list[tuple[int, int]] = []
            for begin, stop in open_:
                left, right = max(begin, cropped.x), min(stop, cropped.right)
                if left >= right:
                    still.append((begin, stop))
                    continue
                if isinstance(widget, SwiftScreen) and (beneath := widget.beneath) is not None:
                    tint = widget.styles.background
                    yield from ((x, tinted(piece, tint)) for x, piece in beneath.seen(y, left, right, lines, drawn))
                else:
                    if (widget, y) not in drawn:
                        last = min(cropped.bottom, lines.stop)
                        asked = widget.render_lines(Region(0, y - region.y, region.width, last - y))
                        drawn |= {(widget, y + row): strip for row, strip in enumerate(asked)}
                    piece = drawn[widget, y].crop(left - region.x, right - region.x)
                    # In a window that has just grown it may not have been drawn in its new size so far.
                    yield left, piece.extend_cell_length(right - left, PLAIN)
                still += [(a, b) for a, b in ((begin, left), (right, stop)) if a < b]
            open_ = still
            if not open_:
                return
        # What lies beneath a dialog may not have been laid out in it either.
        yield from ((begin, Strip.blank(stop - begin, PLAIN)) for begin, stop in open_)


class SwiftScreen(Screen[Any]):
    """A screen on which what widgets say of their cells is drawn in the next turn of the event loop."""

    _compositor: FrameCompositor

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._compositor = FrameCompositor()
        self._is_due = False

    def draw_soon(self, widget: Widget, cells: Iterable[Cells]) -> bool:
        """Has cells of a widget drawn in the next turn of the loop; False where Textual must draw them.

        That is where all is laid out or drawn anyway, or another screen is on top; and see `FrameCompositor.mark`.
        """
        app = self.app
        if app._batch_count or self._layout_required or self._scroll_required or self._repaint_required:
            return False
        if not self._is_on_top or not self._compositor.mark(widget, cells):
            return False
        if not self._is_due:
            self._is_due = True
            asyncio.get_running_loop().call_soon(self._draw)
        return True

    def _on_timer_update(self) -> None:
        """As Textual; it forgets what is to be drawn of widgets where a part of the screen beneath is, too."""
        if self._repaint_required:
            self._compositor.update_widgets(self._dirty_widgets)
        super()._on_timer_update()

    @property
    def beneath(self) -> FrameCompositor | None:
        """What is seen through its background where nothing of its own is; None where it lies over nothing."""
        return None

    @property
    def _is_on_top(self) -> bool:
        try:
            return self.app.screen is self
        except ScreenStackError:
            # At the end of the program there is none.
            return False

    def _draw(self) -> None:
        self._is_due = False
        app = self.app
        if self._is_on_top and not app._batch_count:
            app._display(self, self._compositor.render_update(screen_stack=app._background_screens))
            return
        # Another screen came over this one, or all is about to be drawn anyway: that is Textual's.
        for widget in self._compositor.unmark():
            widget.refresh()


def _column(stretch: tuple[int, Strip]) -> int:
    return stretch[0]
