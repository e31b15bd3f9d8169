"""What is drawn and sent for a frame: the cells that changed, and nothing else.

Textual 8.2.8 renders every widget whole for each update, and sends each row of a widget from its left edge to where it
changed: the last of twelve timers that tick would send all the others too. Rests on private parts of textual==8.2.8,
which pyproject pins and tests/ui/test_compositor.py holds.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.control import Control
from textual._compositor import Compositor, CompositorUpdate
from textual._context import visible_screen_stack
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

Stretch = tuple[int, int, Strip]
"""Column, row, and what stands there from then on."""


class Changes(CompositorUpdate):
    """Stretches of rows that look different now."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self.stretches = stretches

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for x, y, strip in self.stretches:
            yield Control.move_to(x, y).segment
            yield from strip

    def render_segments(self, console: Console) -> str:
        """The update as the terminal is to be told it."""
        told = ((Control.move_to(x, y).segment.text, strip.render(console)) for x, y, strip in self.stretches)
        return "".join(text for pair in told for text in pair)


class FrameCompositor(Compositor):
    """Textual's, with small updates made of the rows that changed."""

    def render_update(
        self, full: bool = False, screen_stack: list[Screen[object]] | None = None, simplify: bool = False
    ) -> RenderableType | None:
        """What changed since the last frame, None where nothing did; all of it where Textual wants or knows better."""
        if full or self.size.region in self._dirty_regions:
            return super().render_update(full, screen_stack, simplify)
        visible_screen_stack.set(screen_stack or [])
        width, height = self.size
        spans = [span for span in self._regions_to_spans(self._dirty_regions) if 0 <= span[0] < height]
        stretches: list[Stretch] = []
        drawn: dict[tuple[Widget, int], Strip] = {}
        for y, first, end in spans:
            first, end = max(0, first), min(end, width)
            place = self._on_top(y, first, end)
            if place is None:
                return super().render_update(full, screen_stack, simplify)
            widget, region = place
            strip = drawn.get((widget, y))
            if strip is None:
                strip = widget.render_lines(Region(0, y - region.y, region.width, 1))[0]
                drawn[widget, y] = strip
            stretches.append((first, y, strip.crop(first - region.x, end - region.x)))
        self._dirty_regions.clear()
        return Changes(stretches) if stretches else None

    def _on_top(self, y: int, first: int, end: int) -> tuple[Widget, Region] | None:
        """Whose a stretch of a row is, and where that widget lies; None where it is not all of one widget."""
        for widget, cropped, region in self.layers_visible[y]:
            if cropped.x < end and first < cropped.right:
                return (widget, region) if cropped.x <= first and end <= cropped.right else None
        return None
