"""The day sheet as plain text: whatever a name is, its rows read on as one text."""

from __future__ import annotations

from datetime import date

import pendulum

from frontdesk.domain.paper import DayPaper
from frontdesk.exchange.paper_text import day_text

NOW = pendulum.datetime(2026, 11, 23, 15, 40)


def test_a_long_line_is_broken_at_its_blanks_and_gets_no_others() -> None:
    words = " ".join(f"at-{number:02}-needles"[:12] for number in range(20))
    sheet = DayPaper("Elm Street", "CA", date(2026, 11, 23), NOW, "Mon 23 Nov 10:40", (words,), (), ())
    rows = day_text(sheet).splitlines()
    start = rows.index(next(row for row in rows if "IN THE HOUSE" in row)) + 1
    told = rows[start : rows.index("", start)]
    assert len(told) > 3
    assert all(len(row) <= 80 for row in told)
    assert " ".join(row.strip() for row in told) == words
