"""A few days of the made-up year: nobody whose plan says come is lost at any day's end. The year itself is by hand."""

from __future__ import annotations

from tests.benchmarks.a_year import play


def test_nobody_drops_out_unseen_in_the_first_weeks() -> None:
    # Each day's end is held in the play itself; here that the days had in them what the rule is about.
    tally = play(12, seed=4)
    happened = {name for name, count in tally.done.items() if count}
    assert happened >= {"start a plan", "not now", "onto the list", "walk in", "close the day"}
    assert tally.standing["booked"] > tally.standing["listed"] > 0
