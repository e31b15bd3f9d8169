"""Terminals of sixteen colours: what is drawn keeps apart from what it lies on.

Rich takes the nearest of the sixteen for ink and paper each by itself, which makes brown on cream yellow on white. Here
an ink that would be lost on its paper becomes black or white: the signs and words tell the state.
"""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from frontdesk.ui.contrast import Rgb, ratio
from frontdesk.ui.looks import DARK_CURSOR, LIGHT_CURSOR, SHARP_DARK_CURSOR, SHARP_LIGHT_CURSOR

XTERM: tuple[Rgb, ...] = (
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
    (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
    (255, 255, 255),
)  # fmt: skip
"""The sixteen as xterm draws them; other terminals differ, none so much that black or white is lost."""
READABLE = 4.5
_BLACK, _BLUE, _CYAN, _WHITE = 0, 4, 6, 15
_CURSORS = {DARK_CURSOR: _BLUE, LIGHT_CURSOR: _CYAN, SHARP_DARK_CURSOR: _BLUE, SHARP_LIGHT_CURSOR: _CYAN}
"""Where the cursor is must be seen first; the nearest colour would be that of its surroundings."""


class SixteenColors(LineFilter):
    """Turns every style into two of the sixteen colours that can be told apart."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same text in colours the terminal has."""
        del background
        return [
            segment if control or style is None else Segment(text, _in_sixteen(style))
            for segment in segments
            for text, style, control in (segment,)
        ]


@lru_cache(4096)
def _in_sixteen(style: Style) -> Style:
    if style.color is None or style.bgcolor is None:
        return style
    ink, paper = (_nearest(color) for color in (style.color, style.bgcolor))
    if ratio(XTERM[ink], XTERM[paper]) < READABLE:
        ink = max((_BLACK, _WHITE), key=lambda one: ratio(XTERM[one], XTERM[paper]))
    return style + Style(color=RichColor.from_ansi(ink), bgcolor=RichColor.from_ansi(paper))


def _nearest(color: RichColor) -> int:
    if color.name in _CURSORS:
        return _CURSORS[color.name]
    number = color.downgrade(ColorSystem.STANDARD).number
    return _BLACK if number is None else number
