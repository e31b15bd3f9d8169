"""What a terminal is told so that cells look as they should: text, and between two looks the codes that differ.

Textual 8.2.8 sends each piece of a row with all of its colours and takes them back after it. Neighbours share most of
theirs, and a frame of 120 by 40 is 37,000 bytes that way, of which 5,000 are text.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rich.color import ColorSystem
from rich.style import Style
from textual.strip import Strip

RESET = "\x1b[0m"
Codes = tuple[str, str, str]
"""What a look needs, as SGR has it (ECMA-48 8.3.117): attributes, ink, paper; "" where it is the terminal's own."""
NONE: Codes = ("", "", "")
"""How a terminal draws after a reset."""


def codes_of(style: Style, colors: ColorSystem) -> Codes:
    """The codes of a style in a terminal of so many colours."""
    parts = (style.without_color, Style(color=style.color), Style(bgcolor=style.bgcolor))
    attributes, ink, paper = (Strip.render_ansi(part, colors) for part in parts)
    return attributes, ink, paper


def turn(before: Codes, after: Codes) -> str:
    """The sequence that makes one look of another; "" where they are the same."""
    gone = any(was and not now for was, now in zip(before, after, strict=True))
    if gone or before[0] != after[0]:
        # What is bold, underlined or the like can only be taken back with all the rest.
        codes = [*([] if before == NONE else ["0"]), *after]
    else:
        codes = [now for was, now in zip(before, after, strict=True) if now != was]
    text = ";".join(code for code in codes if code)
    return f"\x1b[{text}m" if text else ""


@lru_cache(maxsize=1024)
def _turn(before: Style | None, after: Style | None, colors: ColorSystem) -> str:
    was, now = (NONE if style is None else codes_of(style, colors) for style in (before, after))
    return turn(was, now)


def told(strips: Iterable[Strip], colors: ColorSystem | None) -> str:
    """What the terminal is told of cells side by side; before it and after it, it draws as after a reset."""
    colors = colors or ColorSystem.TRUECOLOR
    pieces: list[str] = []
    last: Style | None = None
    for strip in strips:
        for text, style, _ in strip:
            if style is not last:
                pieces.append(_turn(last, style, colors))
                last = style
            pieces.append(text)
    if last is not None:
        pieces.append(RESET)
    return "".join(pieces)
