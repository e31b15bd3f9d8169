"""What the terminal is told of lines that changed: right however many there were, and none kept for long."""

from __future__ import annotations

import sys

from frontdesk.ui.ink import MOST_DIFFERENCES, Ink
from frontdesk.ui.layout.cells import Line, Span
from frontdesk.ui.theme import HOUSE_DARK


def clock(second: int) -> Line:
    """A line as a tick draws it, new each time."""
    return (Span("Room 1 ", "text"), Span(f"{second // 60:03}:{second % 60:02}", "dim"))


def test_a_difference_is_told_right_though_lines_come_and_go() -> None:
    remembering, fresh = Ink(HOUSE_DARK, (), None), Ink(HOUSE_DARK, (), None)
    before = clock(0)
    for second in range(1, 3 * MOST_DIFFERENCES):
        after = clock(second)
        for whole in (False, True):
            for first, cells, told in remembering.remembered(before, after, 13, whole=whole):
                assert told == fresh.told(after, first, first + cells)
                assert whole == ((first, cells) == (0, 13))
        assert fresh.difference(before, after) == remembering.remembered(before, after, 13)
        before = after


def test_lines_are_let_go_after_as_many_others() -> None:
    ink = Ink(HOUSE_DARK, (), None)
    first, last = clock(0), clock(1)
    held = sys.getrefcount(first)
    ink.remembered(first, last, 13)
    assert sys.getrefcount(first) > held
    for second in range(2, 2 * MOST_DIFFERENCES):
        before, last = last, clock(second)
        ink.remembered(before, last, 13)
    assert sys.getrefcount(first) == held


def test_of_what_ticks_nothing_is_held() -> None:
    ink = Ink(HOUSE_DARK, (), None)
    first, last = clock(0), clock(1)
    held = sys.getrefcount(first)
    assert ink.difference(first, last)
    assert sys.getrefcount(first) == held
