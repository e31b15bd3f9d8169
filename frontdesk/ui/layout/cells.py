"""Lines of text measured in terminal cells: what every layout function returns and every line widget paints.

A name of 20 characters may take 12 cells or 40, so nothing here counts characters (UAX #11 is what Rich follows).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import compress, count, repeat
from operator import ne

from msgspec import Struct
from rich.cells import cell_len, set_cell_size

from frontdesk.text import visible

ELLIPSIS = "…"


class Span(Struct, frozen=True, gc=False):
    """A run of text in one role; roles are names of looks in `frontdesk.ui.theme`."""

    text: str
    role: str = "text"


Line = tuple[Span, ...]


_NARROW = re.compile("[ -~\u2500-\u259f]*").fullmatch
"""ASCII without control codes, and what frames, bars and big digits are drawn with: a cell each."""


@lru_cache(1024)
def width(text: str) -> int:
    """How many cells `text` takes. Kept, since a line's pieces are measured again and again while it is laid out.

    Not by Rich where that is plain: it would keep each second's digits for itself too.
    """
    return len(text) if _NARROW(text) else cell_len(text)


def line_width(line: Iterable[Span]) -> int:
    """How many cells a line takes."""
    return sum([width(span.text) for span in line])


@lru_cache(1024)
def cut(text: str, cells: int) -> str:
    """`text` without control codes in at most `cells` cells, an ellipsis standing for what was left out.

    Kept: the same names are cut to the same room in every second.
    """
    text = visible(text)
    if width(text) <= cells:
        return text
    if cells <= 0:
        return ""
    return set_cell_size(text, cells - 1).rstrip() + ELLIPSIS


def cut_list(text: str, cells: int) -> str:
    """A list in words, `Dr Lin, Dr Okafor`, in at most `cells` cells: its last parts go whole, not in their middle."""
    text = visible(text)
    if width(text) <= cells:
        return text
    *parts, _ = text.split(", ")
    while parts and width(", ".join(parts)) + 3 > cells:
        parts.pop()
    return f"{', '.join(parts)}, {ELLIPSIS}" if parts else cut(text, cells)


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


def wrapped_spans(line: Iterable[Span], cells: int, *, indent: str = "") -> list[Line]:
    """A line broken at blanks into rows of at most `cells` cells, each run of text in its role.

    Every row but the first begins with `indent`. A word that is longer than a row is left as it is.
    """
    rows: list[list[Span]] = [[]]
    taken = 0
    for span in line:
        for piece in re.findall(r"\s+|\S+", span.text):
            row = rows[-1]
            if row and taken + width(piece.rstrip()) > cells:
                row[-1] = Span(row[-1].text.rstrip(), row[-1].role)
                row = [Span(indent, span.role)] if indent else []
                rows.append(row)
                taken = width(indent)
                if piece.isspace():
                    continue
            if row and row[-1].role == span.role:
                row[-1] = Span(row[-1].text + piece, span.role)
            else:
                row.append(Span(piece, span.role))
            taken += width(piece)
    return [tuple(row) for row in rows]


def pad(text: str, cells: int) -> str:
    """`text` cut or filled with blanks to exactly `cells` cells."""
    text = cut(text, cells)
    return text + " " * (cells - width(text))


def fit(line: Iterable[Span], cells: int, fill: str = "text") -> Line:
    """A line of exactly `cells` cells: cut with an ellipsis, or filled with blanks in the role `fill`.

    A line that is as wide already is itself, so that whoever drew it before knows it again.
    """
    if isinstance(line, tuple) and line_width(line) == cells:
        return line
    spans: list[Span] = []
    left = cells
    rest = iter(line)
    for span in rest:
        size = width(span.text)
        if size > left:
            bare = span.text.rstrip(" ")
            # Of blanks nothing is lost.
            whole = width(bare) <= left and not any(one.text.strip(" ") for one in rest)
            spans.append(Span(bare if whole else cut(span.text, left), span.role))
            left -= width(spans[-1].text)
            break
        spans.append(span)
        left -= size
    if left > 0:
        spans.append(Span(" " * left, fill))
    return tuple(spans)


@lru_cache(64)
def blanks(cells: int, fill: str = "text") -> Line:
    """A line of nothing but blanks, the same one each time."""
    return fit((), cells, fill)


def aligned(left: Iterable[Span], right: Iterable[Span], cells: int, fill: str = "text") -> Line:
    """`left` at the left edge and `right` at the right one; the left part gives way when both do not fit."""
    right = tuple(right)
    room = cells - line_width(right)
    if room < 1:
        return fit(left, cells, fill)
    return fit((*fit(left, room, fill), *right), cells, fill)


MORE_CELLS = 2
"""What rows of a longer list leave free at their right ends: an arrow in the last cell, and a blank before it.

Without the blank the arrow is read as the last letter of a full row.
"""


def with_more(lines: Sequence[Line], *, above: bool, below: bool) -> list[Line]:
    """Rows in sight of a longer list, each as wide as the list: arrows at their ends say where there are more.

    `above` and `below` are whether any are out of sight there; the last `MORE_CELLS` cells of each row are blank then.
    """
    marked = list(lines)
    alone = len(marked) == 1
    if marked and above:
        marked[0] = _ended(marked[0], "↕" if alone and below else "↑")
    if marked and below and not (alone and above):
        marked[-1] = _ended(marked[-1], "↓")
    return marked


def _ended(line: Line, arrow: str) -> Line:
    """A line with an arrow in its last cell, where a blank or a rule stands in most."""
    cells = line_width(line)
    *rest, last = line
    bare = (*rest, Span(last.text[:-1], last.role)) if last.text.endswith((" ", "─")) else line
    role = "cursor" if last.role.startswith("cursor") else "key"
    return (*fit(bare, cells - 1), Span(arrow, role))


SAME_BETWEEN = 10
"""Equal cells that are sent again between two that differ: to skip fewer costs more bytes than to repeat them."""


def changed_cells(old: Line, new: Line) -> list[tuple[int, int]]:
    """Where two lines of equal width differ, as (first cell, number of cells): what a tick must repaint."""
    shorter = min(len(old), len(new))
    first = next(compress(count(), map(ne, old, new)), shorter)
    last = min(next(compress(count(), map(ne, reversed(old), reversed(new))), shorter), shorter - first)
    before, after = _cells(old[first : len(old) - last]), _cells(new[first : len(new) - last])
    start = line_width(new[:first])
    if before is None or after is None or len(before) != len(after):
        # What stands in which cell can't be told: all of it is sent again.
        end = max(line_width(old), line_width(new)) - line_width(new[len(new) - last :])
        return [(start, max(1, end - start))]
    differ = list(compress(count(start), map(ne, before, after)))
    if not differ:
        return []
    if differ[-1] - differ[0] - len(differ) < SAME_BETWEEN:
        return [(differ[0], differ[-1] + 1 - differ[0])]
    runs: list[tuple[int, int]] = []
    for at in differ:
        if runs and at - sum(runs[-1]) <= SAME_BETWEEN:
            runs[-1] = (runs[-1][0], at + 1 - runs[-1][0])
        else:
            runs.append((at, 1))
    return runs


def _cells(line: Line) -> list[tuple[str, str]] | None:
    """What stands in each cell, and in which role; None where characters that join make up one cell or two."""
    cells: list[tuple[str, str]] = []
    for span in line:
        letters = span.text if span.text.isascii() else _letters(span.text)
        if letters is None:
            return None
        cells += zip(letters, repeat(span.role))
    return cells


@lru_cache(1024)
def _letters(text: str) -> tuple[str, ...] | None:
    """What stands in each cell of a text; None as above. Kept, since what is drawn is mostly drawn again."""
    letters: list[str] = []
    for character in text:
        size = width(character)
        if size == 2:
            # The halves are told apart, so that no run begins or ends between them.
            letters.append(character)
        letters.append(character * size)
    return tuple(letters) if len(letters) == width(text) else None
