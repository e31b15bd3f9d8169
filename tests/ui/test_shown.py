"""No text of a person or a file reaches the terminal as markup or as a control code."""

from __future__ import annotations

import pytest
from rich.segment import ControlType, Segment
from textual.color import Color

from frontdesk.ui.shown import NoControlCodes, shown

HOSTILE = {
    "wipes the screen": "\x1b[2J",
    "sets the title": "\x1b]0;owned\x07",
    "writes the clipboard": "\x1b]52;c;aGk=\x1b\\",
    "links": "\x1b]8;;http://x\x1b\\",
    "C1 CSI": "\x9b2J",
    "next line": "\x85",
    "NUL": "\x00",
    "shift out": "\x0e",
    "line separator": "\u2028",
    "right-to-left override": "\u202e",
    "isolate": "\u2066",
    "delete": "\x7f",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_last_filter_deletes_what_a_terminal_would_obey(text: str) -> None:
    (segment,) = NoControlCodes().apply([Segment(f"Ann{text}Bo")], Color.parse("black"))
    assert segment.text.startswith("Ann")
    assert segment.text.endswith("Bo")
    assert not any(ord(character) < 32 or 0x7F <= ord(character) <= 0x9F for character in segment.text)
    assert not any(character in segment.text for character in "\u2028\u2029\u202e\u2066")


def test_the_filter_leaves_clean_text_and_terminal_controls_alone() -> None:
    clean = [Segment("Zoë 李"), Segment("\x1b[H", None, [(ControlType.HOME,)])]
    assert NoControlCodes().apply(clean, Color.parse("black")) == clean
    mixed = [Segment("\x1bZoë"), Segment("\x1b[H", None, [(ControlType.HOME,)])]
    assert NoControlCodes().apply(mixed, Color.parse("black"))[1] == mixed[1]


@pytest.mark.parametrize(
    "name", ["[red]Bob[/]", "O'Brien [/x]", "Ann [VIP]", "Ann [$x]", "[@click=app.quit]Bob[/]", "C:\\[x]", ":smile:"]
)
def test_markup_is_text(name: str) -> None:
    assert shown(name).plain == name
    assert not shown(name).spans
