"""Lines with their escape codes, as this terminal and this look have them: what is sent, past Rich's segments.

A cursor key redraws some forty rows. To make a segment of each piece of them, filter it, cut it and ask its style for
its codes takes longer than all the rest of the key; and every piece would be sent with all of its colours, though it
shares most with the one before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from frontdesk.ui.layout.cells import Line, changed_cells, width
from frontdesk.ui.pen import NONE, RESET, Codes, codes_of, turn
from frontdesk.ui.shown import harmless
from frontdesk.ui.theme import style_of

MOST_DIFFERENCES = 1000
"""How many are remembered before it begins anew, of all widgets: a cursor that goes to and fro makes 650."""
Runs = tuple[tuple[int, int, str], ...]
"""Cells of a line: the first, how many, what the terminal is told of them."""
_UNDER = Color(0, 0, 0)
"""What filters are told text lies on: every role has a paper of its own, so that nothing shows through."""


class Ink(dict[tuple[str, str], str]):
    """The codes that turn one role's look into another's; of a pair they are made when it is first asked for.

    The role "" is what a terminal draws after a reset.
    """

    def __init__(self, theme: str, filters: tuple[LineFilter, ...], colors: ColorSystem | None) -> None:
        super().__init__()
        self._theme, self._filters = theme, filters
        self._colors = colors or ColorSystem.TRUECOLOR
        self._differences: dict[tuple[int, int], tuple[Line, Line, Runs]] = {}

    def __missing__(self, roles: tuple[str, str]) -> str:
        before, after = (self._codes(role) for role in roles)
        self[roles] = told = turn(before, after)
        return told

    def difference(self, before: Line, after: Line) -> Runs:
        """What makes one line of another that is as wide."""
        return self._told_runs(after, changed_cells(before, after))

    def remembered(self, before: Line, after: Line, cells: int, *, whole: bool = False) -> Runs:
        """The same of lines of so many cells; with `whole`, all of the other line.

        Remembered, since a cursor that goes to and fro makes the same of the same, and a row that scrolls is the same
        one further up.
        """
        pair = 0 if whole else id(before), id(after)
        known = self._differences.get(pair)
        if known is None:
            found = self._told_runs(after, [(0, cells)]) if whole else self.difference(before, after)
            if len(self._differences) >= MOST_DIFFERENCES:
                self._differences.clear()
            # The lines are held too: as long as they are there, nothing else has their ids.
            known = self._differences[pair] = (() if whole else before), after, found
        return known[2]

    def _told_runs(self, line: Line, runs: Iterable[tuple[int, int]]) -> Runs:
        return tuple([(first, count, self.told(line, first, first + count)) for first, count in runs])

    def told(self, line: Line, first: int, end: int) -> str:
        """What the terminal is told of the cells of a line from `first` to before `end`."""
        pieces: list[str] = []
        at, last = 0, ""
        for span in line:
            text, role = span.text, span.role
            size = width(text)
            after = at + size
            if after > first and text:
                shown = text if at >= first and after <= end else _part(text, max(0, first - at), min(size, end - at))
                if not shown.isprintable():
                    shown = harmless(shown)
                pieces += (self[last, role], shown)
                last = role
            at = after
            if at >= end:
                break
        pieces.append(RESET)
        return "".join(pieces)

    def _codes(self, role: str) -> Codes:
        """What a role's look needs."""
        if not role:
            return NONE
        segments = [Segment("x", style_of(role, self._theme))]
        for one in self._filters:
            segments = one.apply(segments, _UNDER)
        return codes_of(segments[0].style or Style.null(), self._colors)


@lru_cache(8)
def ink_of(theme: str, filters: tuple[LineFilter, ...], colors: ColorSystem | None) -> Ink:
    """The ink of a look, as these filters turn it, for a terminal of so many colours."""
    return Ink(theme, filters, colors)


def _part(text: str, first: int, end: int) -> str:
    """Some cells of a text; half a wide letter is a blank."""
    if text.isascii():
        return text[first:end]
    return Segment(text).split_cells(end)[0].split_cells(first)[1].text
