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
"""The sixteen as xterm draws them."""
_CONSOLE: tuple[Rgb, ...] = (
    (0, 0, 0), (170, 0, 0), (0, 170, 0), (170, 85, 0), (0, 0, 170), (170, 0, 170), (0, 170, 170), (170, 170, 170),
    (85, 85, 85), (255, 85, 85), (85, 255, 85), (255, 255, 85), (85, 85, 255), (255, 85, 255), (85, 255, 255),
    (255, 255, 255),
)  # fmt: skip
_WINDOWS: tuple[Rgb, ...] = (
    (12, 12, 12), (197, 15, 31), (19, 161, 14), (193, 156, 0), (0, 55, 218), (136, 23, 152), (58, 150, 221),
    (204, 204, 204), (118, 118, 118), (231, 72, 86), (22, 198, 12), (249, 241, 165), (59, 120, 255), (180, 0, 158),
    (97, 214, 214), (242, 242, 242),
)  # fmt: skip
_TANGO: tuple[Rgb, ...] = (
    (46, 52, 54), (204, 0, 0), (78, 154, 6), (196, 160, 0), (52, 101, 164), (117, 80, 123), (6, 152, 154),
    (211, 215, 207), (85, 87, 83), (239, 41, 41), (138, 226, 52), (252, 233, 79), (114, 159, 207), (173, 127, 168),
    (52, 226, 226), (238, 238, 236),
)  # fmt: skip
PALETTES = (XTERM, _CONSOLE, _WINDOWS, _TANGO)
"""The sixteen as terminals draw them: xterm, the Linux console, Windows, GNOME. Above all the grey differs."""
READABLE = 4.5
"""The contrast below which an ink gives way to black or white."""
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


@lru_cache(256)
def at_worst(ink: int, paper: int) -> float:
    """The contrast of two of the sixteen on the terminal that tells them apart least."""
    return min(ratio(colors[ink], colors[paper]) for colors in PALETTES)


@lru_cache(4096)
def _in_sixteen(style: Style) -> Style:
    if style.color is None or style.bgcolor is None:
        return style
    ink, paper = (_nearest(color) for color in (style.color, style.bgcolor))
    if at_worst(ink, paper) < READABLE:
        ink = max((_BLACK, _WHITE), key=lambda one: at_worst(one, paper))
    return style + Style(color=RichColor.from_ansi(ink), bgcolor=RichColor.from_ansi(paper))


def _nearest(color: RichColor) -> int:
    if color.name in _CURSORS:
        return _CURSORS[color.name]
    number = color.downgrade(ColorSystem.STANDARD).number
    return _BLACK if number is None else number
