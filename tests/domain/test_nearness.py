"""Mistyped words are found by what they have in common with the right one."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.lookup.nearness import edits_between, edits_within, forgiven, near_of, unlikeness, variants

LETTERS = st.text("abcdefo", min_size=3, max_size=14)


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """A word, and the same after one or two edits."""
    word = draw(LETTERS)
    typed = word
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(0, len(typed) - 1))
        how = draw(st.sampled_from(["lose", "add", "other", "swap"]))
        letter = draw(st.sampled_from("abcdefo"))
        if how == "swap":
            typed = typed[:at] + typed[at : at + 2][::-1] + typed[at + 2 :]
        else:
            typed = typed[:at] + {"lose": "", "add": letter + typed[at], "other": letter}[how] + typed[at + 1 :]
    return word, typed


def alignment(one: str, other: str) -> int:
    """The optimal string alignment of two words by its definition, cell by cell."""
    cells = {(0, at): at for at in range(len(other) + 1)} | {(at, 0): at for at in range(len(one) + 1)}
    for i, j in product(range(1, len(one) + 1), range(1, len(other) + 1)):
        cells[i, j] = min(cells[i - 1, j] + 1, cells[i, j - 1] + 1, cells[i - 1, j - 1] + (one[i - 1] != other[j - 1]))
        if i > 1 and j > 1 and one[i - 2 : i] == other[j - 2 : j][::-1]:
            cells[i, j] = min(cells[i, j], cells[i - 2, j - 2] + 1)
    return cells[len(one), len(other)]


@given(st.text("abcé한", max_size=9), st.text("abcé한", max_size=9), st.integers(1, 9))
def test_edits_are_counted_as_far_as_they_are_asked_for(one: str, other: str, most: int) -> None:
    edits = alignment(one, other)
    assert edits_within(one, other, most) == (edits if edits <= most else None)


@given(slips())
def test_what_is_forgiven_has_a_form_in_common(pair: tuple[str, str]) -> None:
    word, typed = pair
    edits = alignment(word, typed)
    if edits <= min(forgiven(word), forgiven(typed)):
        assert edits_between(typed, word) is not None
        assert not variants(word, edits).isdisjoint(variants(typed, edits))


@given(slips(), st.lists(LETTERS, max_size=6))
def test_many_words_are_compared_as_one_is(pair: tuple[str, str], others: list[str]) -> None:
    word, typed = pair
    words = [word, f"{word}abc", *others]
    near = {one: slips.edits for one, slips in near_of(typed, words).items()}
    assert near == {one: edits for one in words if (edits := edits_between(typed, one)) is not None}


@pytest.mark.parametrize(
    ("typed", "word", "edits"),
    [
        ("garcia", "garcia", 0),
        ("gracia", "garcia", 1),
        ("gonzlaes", "gonzalez", 2),
        ("gacri", "garcia", 1),
        ("gacrx", "garcia", None),
        ("jon", "john", 1),
        ("xon", "john", None),
        ("li", "lu", None),
        ("garciaparra", "garcia", None),
    ],
)
def test_how_many_slips_are_forgiven(typed: str, word: str, edits: int | None) -> None:
    assert edits_between(typed, word) == edits


def test_what_begins_alike_is_likelier() -> None:
    far = unlikeness("harrington", ["harington", "barrington", "moss"])
    assert far["harington"] < far["barrington"] < 0.2 < far["moss"] == 1


def test_half_is_by_the_letters_and_half_by_the_consonants() -> None:
    # Martha and Marhta are 0.961 alike by Jaro and Winkler, and have the same consonants.
    assert unlikeness("martha", ["marhta"])["marhta"] == pytest.approx((1 - 0.961) / 2, abs=0.001)


def test_words_without_a_consonant_sound_the_same() -> None:
    assert unlikeness("aya", ["eio", "aya"]) == {"eio": 0.5, "aya": 0}
