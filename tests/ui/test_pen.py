"""A terminal that is told only what differs shows what one shows that is told everything."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from frontdesk.ui.pen import told

COLOURS = st.sampled_from(["red", "#17a2b8", "#101418", "color(238)", None])
STYLES = st.none() | st.builds(
    lambda ink, paper, bold, reverse, underline: Style(
        color=ink, bgcolor=paper, bold=bold, reverse=reverse, underline=underline
    ),
    COLOURS, COLOURS, *[st.sampled_from([None, True, False])] * 3,
)  # fmt: skip
STRIPS = st.lists(st.lists(st.tuples(st.sampled_from(["a", "  ", "é─", "针"]), STYLES), max_size=4), max_size=4)


def shown(sequence: str) -> list[tuple[object, ...]]:
    screen = pyte.Screen(60, 2)
    pyte.Stream(screen).feed(f"{sequence}x\r\n{sequence}")
    return [
        (cell.data, cell.fg, cell.bg, cell.bold, cell.reverse, cell.underscore)
        for row in range(2)
        for cell in (screen.buffer[row][column] for column in range(60))
    ]


@given(rows=STRIPS, colors=st.sampled_from([ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT, ColorSystem.STANDARD]))
def test_shows_the_same(rows: list[list[tuple[str, Style | None]]], colors: ColorSystem) -> None:
    strips = [Strip([Segment(text, style) for text, style in row]) for row in rows]
    everything = "".join(
        f"\x1b[{codes}m{text}\x1b[0m" if style and (codes := Strip.render_ansi(style, colors)) else text
        for row in rows
        for text, style in row
    )
    assert shown(told(strips, colors)) == shown(everything)


def test_neighbours_share_what_they_have() -> None:
    ink, paper = Style.parse("red on blue"), Style.parse("red on green")
    strips = [Strip([Segment("a", ink), Segment("b", ink), Segment("c", paper)]), Strip([Segment("d", paper)])]
    assert told(strips, ColorSystem.STANDARD) == "\x1b[31;44mab\x1b[42mcd\x1b[0m"
    assert told([], None) == ""


@pytest.mark.parametrize("style", ["bold red", "underline", "reverse on blue"])
def test_what_is_more_than_a_colour_is_taken_back(style: str) -> None:
    sequence = told([Strip([Segment("a", Style.parse(style)), Segment("b", Style.parse("red"))])], ColorSystem.STANDARD)
    assert sequence.endswith("a\x1b[0;31mb\x1b[0m")
