"""How a field's text looks, its cursor and what is selected: as runs of cells. Textual lays it out as prose."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style

from frontdesk.ui.theme import style_of


@cache
def styles(theme: str) -> tuple[Style, Style, Style, Style]:
    """Of a field: what is typed, what stands in an empty one, the cell of the cursor, what is selected."""
    typed, empty, under = (style_of(role, theme) for role in ("field", "field-dim", "cursor"))
    return typed, empty, _turned(typed), _turned(under)


def field_row(
    text: str, theme: str, *, empty: bool, cursor: int | None = None, selected: tuple[int, int] = (0, 0)
) -> list[Segment]:
    """The runs of a field's text; `cursor` and `selected` are places between its characters, no cursor without keys."""
    typed, dim, at_cursor, marked = styles(theme)
    if cursor is not None and cursor >= len(text):
        text += " "
    first, last = sorted(selected)
    cuts = {0, first, last, len(text), *(() if cursor is None else (cursor, cursor + 1))}
    edges = sorted(edge for edge in cuts if edge <= len(text))
    runs = []
    for begin, end in pairwise(edges):
        style = dim if empty else typed
        if first <= begin < last:
            style = marked
        runs.append(Segment(text[begin:end], at_cursor if begin == cursor else style))
    return runs


def _turned(style: Style) -> Style:
    return Style.from_color(style.bgcolor, style.color)
