"""How often somebody comes, by when they came."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from frontdesk.domain.cadence import Cadence, rhythm_of


@pytest.mark.parametrize(
    ("gaps", "rhythm"),
    [
        ((), Cadence.WEEKLY),
        ((7,), Cadence.WEEKLY),
        ((3, 4, 3), Cadence.TWICE),
        ((14, 13), Cadence.FORTNIGHTLY),
        ((28, 7, 29), Cadence.MONTHLY),
        ((200,), Cadence.WEEKLY),
        ((0,), Cadence.WEEKLY),
    ],
)
def test_the_usual_gap_between_the_last_visits_is_the_rhythm(gaps: tuple[int, ...], rhythm: Cadence) -> None:
    days = [date(2026, 11, 23)]
    for gap in gaps:
        days.append(days[-1] - timedelta(days=gap))
    assert rhythm_of(days) is rhythm
