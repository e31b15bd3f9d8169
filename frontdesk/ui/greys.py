"""Without hues (NO_COLOR) red is a dull grey: there what is overdue is drawn as strongly as can be, to stay loudest."""

from __future__ import annotations

from functools import cache, lru_cache

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from frontdesk.ui.theme import look_of, looks_of, theme

_BLACK, _WHITE = RichColor.from_rgb(0, 0, 0), RichColor.from_rgb(255, 255, 255)


class LoudInGrey(LineFilter):
    """Before colours are taken away: what is overdue is black on white in a dark look, white on black in a light one.

    Its other face, while it blinks, is left as it is.
    """

    def __init__(self, shown: str) -> None:
        """`shown` is the theme."""
        super().__init__()
        self._shown = shown

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same text, the loudest of it louder."""
        del background
        return [
            segment if control or style is None else Segment(text, _loud(style, self._shown))
            for segment in segments
            for text, style, control in (segment,)
        ]


@cache
def loud_in_grey(shown: str) -> LoudInGrey:
    """The one of a theme: what was drawn before is known by the filters that it went through."""
    return LoudInGrey(shown)


@lru_cache(1024)
def _loud(style: Style, shown: str) -> Style:
    look = look_of(shown)
    if style.bgcolor is None or style.bgcolor.name != looks_of(look)["alarm-high"].paper:
        return style
    ink, paper = (_BLACK, _WHITE) if theme(look).dark else (_WHITE, _BLACK)
    return style + Style(color=ink, bgcolor=paper)
