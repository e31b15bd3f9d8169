"""The day sheet as plain text: whatever a name is, its rows read on as one text."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pendulum
import pytest
from wcwidth import wcswidth

from frontdesk.domain.paper import DayPaper
from frontdesk.exchange.paper_text import day_text
from frontdesk.exchange.plain_text import cells

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


@pytest.mark.parametrize(("first", "last"), [(" ", "~"), ("\u00a1", "\u02ff"), ("\u2010", "\u2027"), ("≈", "≈")])
def test_what_is_measured_without_tables_is_as_wide_as_they_say(first: str, last: str) -> None:
    for one in map(chr, range(ord(first), ord(last) + 1)):
        assert cells(one) == wcswidth(one), f"U+{ord(one):04X}"


def test_latin_names_are_measured_without_the_tables_of_all_scripts() -> None:
    asked = "from frontdesk.exchange.plain_text import cut\nimport sys\n"
    asked += "assert cut('Đặng Müller–O’Brien · 12:31', 8) == 'Đặng Mü…'\nassert 'wcwidth' in sys.modules\n"
    latin = asked.replace("Đặng", "Ðang").replace("'wcwidth' in", "'wcwidth' not in")
    for program in (asked, latin):
        subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
