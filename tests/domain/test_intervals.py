"""Stretches of time as integers, against sets of single moments."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.packing.intervals import Intervals

PAIRS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6)


def moments(pairs: list[tuple[int, int]] | Intervals) -> set[int]:
    return {moment for start, end in pairs for moment in range(start, end)}


@given(PAIRS)
def test_they_are_sorted_apart_and_cover_what_was_given(pairs: list[tuple[int, int]]) -> None:
    made = Intervals.of(pairs)

    assert moments(made) == moments(pairs)
    edges = [edge for pair in made for edge in pair]
    assert edges == sorted(set(edges)), "none is empty, none touches the next"


@given(PAIRS, PAIRS)
def test_cutting_out_leaves_the_rest(pairs: list[tuple[int, int]], taken: list[tuple[int, int]]) -> None:
    assert moments(Intervals.of(pairs).minus(Intervals.of(taken))) == moments(pairs) - moments(taken)


@given(PAIRS, st.integers(0, 30), st.integers(0, 10))
def test_holding_being_clear_and_sharing(pairs: list[tuple[int, int]], start: int, length: int) -> None:
    made, taken, asked = Intervals.of(pairs), moments(pairs), set(range(start, start + length))

    assert made.clear(start, start + length) == (not asked & taken)
    assert made.shared(start, start + length) == len(asked & taken)
    if length:
        assert made.holds(start, start + length) == (asked <= taken)


@given(PAIRS, st.integers(0, 30), st.integers(1, 10))
def test_clear_from_is_the_first_moment_with_room(pairs: list[tuple[int, int]], start: int, length: int) -> None:
    taken = moments(pairs)

    first = next(at for at in range(start, 100) if not taken & set(range(at, at + length)))

    assert Intervals.of(pairs).clear_from(start, length) == first
