"""The box a dialog stands in: a rounded frame and the paper inside."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.containers import Vertical
from textual.filter import LineFilter
from textual.geometry import Region
from textual.strip import Strip


class Box(Vertical):
    """Draws three kinds of rows, each once for all boxes of its width; Textual puts every row together by itself."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of a part of it."""
        width, height = self.outer_size
        _, ink = self.styles.border_top
        top, between, bottom = _rows(width, ink, self.background_colors[1], tuple(self.app.get_line_filters()))
        ends = {0: top, height - 1: bottom}
        return [ends.get(y, between).crop(*crop.column_span) for y in crop.line_range]


@lru_cache(maxsize=64)
def _rows(width: int, ink: Color, paper: Color, filters: tuple[LineFilter, ...]) -> tuple[Strip, Strip, Strip]:
    """The first row of a box, each one between, the last."""
    frame = Style.from_color(ink.rich_color, paper.rich_color)
    blank = Segment(" " * (width - 2), Style.from_color(bgcolor=paper.rich_color))
    side = Segment("│", frame)
    rows = []
    for segments in (
        [Segment(f"╭{'─' * (width - 2)}╮", frame)],
        [side, blank, side],
        [Segment(f"╰{'─' * (width - 2)}╯", frame)],
    ):
        for one in filters:
            segments = one.apply(segments, paper)
        rows.append(Strip(segments, width))
    first, between, last = rows
    return first, between, last
