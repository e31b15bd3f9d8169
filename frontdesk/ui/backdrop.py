"""What is seen around a dialog: the screen it lies over, each cell tinted.

Textual 8.2.8 mixes the tint into every run of cells anew for every frame, by ten calls each; there are no more ways to
look than the table of looks has, so each is mixed once.
"""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip

PLAIN = Style()


@lru_cache(maxsize=2048)
def tinted_style(style: Style, tint: Color) -> Style:
    """A way to look beneath a tint; `tint` has an alpha, and its colour is mixed in by that."""
    ink, paper = (
        None if colour is None else (Color.from_rich_color(colour) + tint).rich_color
        for colour in (style.color, style.bgcolor)
    )
    return style + Style.from_color(ink, paper)


class _Tint(LineFilter):
    """A tint as a filter, since a strip remembers what a filter made of it; the colour behind is the tint's."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [Segment(text, tinted_style(style or PLAIN, background)) for text, style, _ in segments]


_TINT = _Tint()


def tinted(strip: Strip, tint: Color) -> Strip:
    """A row of cells beneath a tint; the same strip gives the same one again."""
    return strip if tint.a == 0 else strip.apply_filter(_TINT, tint)
