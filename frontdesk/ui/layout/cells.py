"""Lines of text measured in terminal cells: what every layout function returns and every line widget paints.

A name of 20 characters may take 12 cells or 40, so nothing here counts characters (UAX #11 is what Rich follows).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from frontdesk.text import visible

ELLIPSIS = "…"


class Span(NamedTuple):
    """A run of text in one role; roles are names of looks in `frontdesk.ui.theme`."""

    text: str
    role: str = "text"


Line = tuple[Span, ...]


def width(text: str) -> int:
    """How many cells `text` takes."""
    return cell_len(text)


def line_width(line: Iterable[Span]) -> int:
    """How many cells a line takes."""
    return sum(cell_len(span.text) for span in line)


def cut(text: str, cells: int) -> str:
    """`text` without control codes in at most `cells` cells, an ellipsis standing for what was left out."""
    text = visible(text)
    if cell_len(text) <= cells:
        return text
    if cells <= 0:
        return ""
    return set_cell_size(text, cells - 1).rstrip() + ELLIPSIS


def wrapped(text: str, cells: int, *, indent: str = "") -> list[str]:
    """`text` broken at blanks into rows of at most `cells` cells; a word longer than that is broken too.

    Every row but the first begins with `indent`.
    """
    rows: list[str] = []
    for word in text.split():
        if rows and width(rows[-1]) + 1 + width(word) <= cells:
            rows[-1] = f"{rows[-1]} {word}"
            continue
        rows.append(indent if rows else "")
        for character in word:
            if rows[-1].strip() and width(rows[-1] + character) > cells:
                rows.append(indent)
            rows[-1] += character
    return rows


def pad(text: str, cells: int) -> str:
    """`text` cut or filled with blanks to exactly `cells` cells."""
    text = cut(text, cells)
    return text + " " * (cells - cell_len(text))


def fit(line: Iterable[Span], cells: int, fill: str = "text") -> Line:
    """A line of exactly `cells` cells: cut with an ellipsis, or filled with blanks in the role `fill`."""
    spans: list[Span] = []
    left = cells
    for span in line:
        size = cell_len(span.text)
        if size > left:
            spans.append(Span(cut(span.text, left), span.role))
            left -= cell_len(spans[-1].text)
            break
        spans.append(span)
        left -= size
    if left > 0:
        spans.append(Span(" " * left, fill))
    return tuple(spans)


def aligned(left: Iterable[Span], right: Iterable[Span], cells: int, fill: str = "text") -> Line:
    """`left` at the left edge and `right` at the right one; the left part gives way when both do not fit."""
    right = tuple(right)
    room = cells - line_width(right)
    if room < 1:
        return fit(left, cells, fill)
    return fit((*fit(left, room, fill), *right), cells, fill)


def changed_cells(old: Line, new: Line) -> tuple[int, int] | None:
    """Where two lines of equal width differ, as (first cell, number of cells), or None: what a tick must repaint."""
    if old == new:
        return None
    before = [(character, span.role) for span in old for character in span.text]
    after = [(character, span.role) for span in new for character in span.text]
    first = 0
    while first < len(before) and first < len(after) and before[first] == after[first]:
        first += 1
    last = 0
    limit = min(len(before), len(after)) - first
    while last < limit and before[-1 - last] == after[-1 - last]:
        last += 1
    start = cell_len("".join(character for character, _ in after[:first]))
    tail = cell_len("".join(character for character, _ in after[len(after) - last :]))
    size = max(line_width(old), line_width(new)) - tail - start
    return (start, max(1, size))
