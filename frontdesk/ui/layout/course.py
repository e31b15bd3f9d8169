"""The course of a score as one line: the points, and a bar for each: `Pain 7 → 5 → 4 → 3  ▇▅▄▃`."""

from __future__ import annotations

from collections.abc import Sequence

from frontdesk.ui.layout.cells import Line, Span, line_width, width

BARS = "▁▁▂▃▄▅▆▇███"
"""The bar of 0 to 10 points."""
LABEL_CELLS = 10


def course_line(label: str, points: Sequence[int], cells: int) -> Line:
    """As many of the latest points as fit in `cells`; what was left out at the beginning is an ellipsis."""
    head = Span(f"{label:{LABEL_CELLS}}", "dim")
    room = cells - LABEL_CELLS
    shown = list(points)
    while len(shown) > 1 and _size(shown, len(shown) < len(points)) > room:
        shown.pop(0)
    more = "… " if len(shown) < len(points) else ""
    # A bar by itself tells no course.
    bars = "".join(BARS[one] for one in shown) if len(shown) > 1 else ""
    role = "done" if len(shown) > 1 and shown[-1] < shown[0] else "warn" if shown[-1] > shown[0] else "text"
    line = (head, Span(more, "dim"), Span(" → ".join(map(str, shown))), Span(f"  {bars}", role))
    return line if line_width(line) <= cells else line[:3]


def _size(points: Sequence[int], cut: bool) -> int:
    return width(" → ".join(map(str, points))) + 2 + len(points) + 2 * cut
