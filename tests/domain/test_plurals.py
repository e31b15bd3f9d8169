"""How many there are, in words."""

from __future__ import annotations

from frontdesk.domain.plurals import number_of


def test_one_of_something_has_no_s() -> None:
    assert [number_of(count, "late cancellation") for count in (0, 1, 2)] == [
        "0 late cancellations",
        "1 late cancellation",
        "2 late cancellations",
    ]
