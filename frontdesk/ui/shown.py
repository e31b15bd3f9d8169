"""How text that people or files wrote reaches the terminal: never as markup, never with control codes.

Textual reads a plain `str` as markup and passes escape sequences through. `shown` is for widgets that take Content;
`NoControlCodes` is the last filter before the driver, and catches whatever went another way.
"""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

from frontdesk.patterns import late
from frontdesk.text import visible

_OBEYED = late("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def shown(text: str) -> Content:
    """`text` as one line of literal Content: no markup is read from it and no control code is left in it."""
    return Content(visible(text))


def harmless(text: str) -> str:
    """`text` without what a terminal would obey or reorder."""
    return _OBEYED.sub("", text)


class NoControlCodes(LineFilter):
    """Deletes what a terminal would obey or reorder from every segment that is drawn.

    Deleted, not replaced: these characters were laid out as no cell wide, so a stand-in would push the line.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments without control characters; segments that are terminal controls themselves stay."""
        del background
        # Nothing that a terminal obeys is printable.
        if all(control or text.isprintable() for text, _, control in segments):
            return segments
        return [segment if segment.control else Segment(harmless(segment.text), segment.style) for segment in segments]
