"""How long a file is kept."""

from __future__ import annotations

from datetime import date

import pytest

from frontdesk.domain.keeping import kept_until


@pytest.mark.parametrize(
    ("last", "born", "until"),
    [
        (None, date(1961, 3, 14), None),
        (date(2026, 11, 23), date(1961, 3, 14), date(2036, 11, 23)),
        (date(2026, 11, 23), None, date(2036, 11, 23)),
        (date(2026, 11, 23), date(2016, 5, 1), date(2044, 5, 1)),
        (date(2024, 2, 29), None, date(2034, 3, 1)),
    ],
    ids=["never here", "ten years", "of no known age", "a child", "from a leap day"],
)
def test_from_the_last_visit_or_from_coming_of_age(last: date | None, born: date | None, until: date | None) -> None:
    assert kept_until(last, born, 10) == until
