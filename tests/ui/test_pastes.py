"""What is pasted is never keys, however the terminal sends it and however it is cut into reads."""

from __future__ import annotations

import pytest

from frontdesk.ui.pastes import BARE_PASTE, PASTE_LIMIT, Pasted, Pastes, Typed

START, END = "\x1b[200~", "\x1b[201~"


def test_keys_stay_keys() -> None:
    assert Pastes().take("n\x1b[Bgarcia\r") == [Typed("n\x1b[Bgarcia\r")]


def test_a_bracketed_paste_comes_whole_between_the_keys_around_it() -> None:
    assert Pastes().take(f"a{START}x\ry{END}b") == [Typed("a"), Pasted("x\ry"), Typed("b")]


@pytest.mark.parametrize("cut", range(1, 30))
def test_a_paste_cut_into_reads_is_one_paste(cut: int) -> None:
    sent = f"{START}Maria Garcia\r{END}"
    pastes = Pastes()
    arrived: list[Typed | Pasted] = []
    head = len(START)
    for piece in (sent[:head], sent[head : head + cut], sent[head + cut :]):
        arrived += pastes.take(piece)
    assert arrived == [Pasted("Maria Garcia\r")]


def test_many_plain_characters_at_once_are_a_paste_without_brackets() -> None:
    text = "x\rspace" * BARE_PASTE
    assert Pastes().take(text) == [Pasted(text)]


def test_many_arrows_at_once_are_keys() -> None:
    text = "\x1b[B" * BARE_PASTE
    assert Pastes().take(text) == [Typed(text)]


def test_a_long_paste_is_cut_and_its_end_still_found() -> None:
    pastes = Pastes()
    arrived = pastes.take(START)
    for _ in range(10):
        arrived += pastes.take("y" * PASTE_LIMIT)
    arrived += pastes.take(f"{END}q")
    assert arrived == [Pasted("y" * PASTE_LIMIT), Typed("q")]


def test_a_paste_whose_end_never_comes_can_be_ended() -> None:
    pastes = Pastes()
    assert pastes.take(f"{START}gar") == []
    assert pastes.is_open
    assert pastes.end() == Pasted("gar")
    assert pastes.take("q") == [Typed("q")]


@pytest.mark.parametrize("text", ["\x1b[200", "a\x1b[20", "x" * 50])
def test_half_a_bracket_and_a_burst_are_worth_waiting_for(text: str) -> None:
    assert Pastes().expects_more(text)


@pytest.mark.parametrize("text", ["\x1b", "q", "abc", "\x1b[A"])
def test_keys_are_not_waited_for(text: str) -> None:
    assert not Pastes().expects_more(text)
