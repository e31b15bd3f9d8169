"""A name as it is said, taken apart."""

from __future__ import annotations

import pytest

from frontdesk.domain.full_names import as_spoken


@pytest.mark.parametrize(
    ("typed", "given", "family"),
    [
        ("Amanda Brookes", "Amanda", "Brookes"),
        ("brookes, amanda", "Amanda", "Brookes"),
        ("maria del carmen de la cruz", "Maria del Carmen", "de la Cruz"),
        ("Олексій Кузнецов", "Олексій", "Кузнецов"),
        ("李 伟", "伟", "李"),
        ("김 지훈", "지훈", "김"),
        ("いとう みさき", "みさき", "いとう"),
        ("李伟", "", "李伟"),
        ("Santos", "", "Santos"),
        ("", "", ""),
    ],
)
def test_the_family_comes_last_but_where_it_is_written_first(typed: str, given: str, family: str) -> None:
    assert as_spoken(typed) == (given, family)
