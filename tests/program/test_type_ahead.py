"""Keys act in the order they were typed, in a real terminal: everything in one write, as after any stall."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.program.pty import Program

pytestmark = pytest.mark.pty


@pytest.fixture(params=["legacy", "kitty"])
def sketch(request: pytest.FixtureRequest) -> Iterator[Program]:
    with Program("-m", "tests.program.sketch", kitty=request.param == "kitty") as program:
        program.wait_for("row 0")
        yield program


def test_a_letter_after_backspace_stays_after_it(sketch: Program) -> None:
    sketch.rush("ctrl+f")
    sketch.rush("a", "b", "backspace", "c", "d")
    sketch.wait_for(r"\bacd\b")


def test_a_bound_key_meets_the_row_the_arrows_went_to(sketch: Program) -> None:
    sketch.rush("down", "down", "down", "ctrl+n")
    sketch.wait_for("booked row 3")


def test_letters_after_the_key_that_opens_a_field_go_into_it(sketch: Program) -> None:
    sketch.rush("ctrl+f", "E", "v", "a", "n", "s")
    sketch.wait_for(r"\bEvans\b")


def test_letters_after_the_key_that_opens_a_dialog_go_into_it_and_enter_acts_on_what_they_found(
    sketch: Program,
) -> None:
    sketch.rush("down", "ctrl+p", *"light", "enter", "down", "ctrl+n")
    sketch.wait_for("booked row 2")


def test_no_key_overtakes_a_write(sketch: Program) -> None:
    sketch.rush("ctrl+w", "down", "ctrl+n")
    sketch.wait_for("booked row 11")


def test_capital_letters_are_keys_of_their_own(sketch: Program) -> None:
    sketch.rush("ctrl+f", "X", "x")
    sketch.wait_for(r"\bXx\b")


def test_an_arrow_that_comes_in_two_pieces_is_an_arrow_and_esc_alone_is_esc() -> None:
    with Program("-m", "tests.program.sketch", env={"ESCDELAY": "1500"}) as program:
        program.wait_for("row 0")
        program.send(b"\x1b")
        program.send(b"[B")
        program.rush("ctrl+n")
        program.wait_for("booked row 1")
        program.rush("ctrl+p")
        program.wait_for("Enter do it")
        program.rush("escape")
        program.wait_for("next step")
