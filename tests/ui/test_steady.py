"""Rows stay straight in a terminal that thinks otherwise about the width of letters."""

from __future__ import annotations

import re

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from frontdesk.ui.steady import _DOUBTFUL, is_doubtful, steady

NAMES = (
    "सिंह, अर्जुन",
    "จันทร์เพ็ญ, ณัฐพล",
    "Adébáyọ̀, Jomo",
    "কৃষ্ণ, রায়",
    "👩‍👩‍👧‍👦 family",
    "🇨🇦 flag",
    "é̂́ marks",
    "नेपाली",
)


def column_of(screen: pyte.Screen, mark: str) -> int:
    """Where in the first row a character stands."""
    return next(column for column in range(screen.columns) if screen.buffer[0][column].data == mark)


@pytest.mark.parametrize("name", NAMES)
def test_what_follows_a_name_stands_where_it_was_laid_out(name: str) -> None:
    screen = pyte.Screen(60, 2)
    pyte.Stream(screen).feed(steady(f"\x1b[1m{name}\x1b[0m\x1b[7m|\x1b[0m"))
    assert column_of(screen, "|") == cell_len(name)


@pytest.mark.parametrize("text", ["Garcia, Maria", "Łucja Groß", "王小明 김민준", "│ ░▒▓ ●", "כהן, שרה", "", "\x1b[2J"])
def test_what_no_terminal_doubts_is_left_alone(text: str) -> None:
    assert steady(text) is text


def test_a_place_that_held_something_wider_is_cleared() -> None:
    screen = pyte.Screen(60, 2)
    stream = pyte.Stream(screen)
    stream.feed("XXXXXXXX\x1b[H" + steady("सिंह") + "|")
    assert "X" not in "".join(screen.buffer[0][column].data for column in range(cell_len("सिंह")))


def test_sequences_are_not_taken_for_text() -> None:
    written = steady("\x1b[38;2;1;2;3m\u0301x\u0301")
    assert written.startswith("\x1b[38;2;1;2;3m\u0301")


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=30))
def test_nothing_is_lost(text: str) -> None:
    written = steady(f"\x1b[1m{text}\x1b[0m")
    without = re.sub("\x1b7 *\x1b8\x1b7|\x1b8\x1b\\[[0-9]+C", "", written)
    assert without == f"\x1b[1m{text}\x1b[0m"


@given(st.characters() | st.sampled_from(sorted(set(_DOUBTFUL))))
def test_a_letter_is_doubtful_wherever_a_run_may_be(letter: str) -> None:
    assert is_doubtful(letter) == bool(re.match(f"[{_DOUBTFUL}]", letter))
