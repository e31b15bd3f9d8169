"""Text broken into rows of cells, wide scripts among it."""

from __future__ import annotations

import itertools

import pytest

from frontdesk.ui.layout.cells import Span, aligned, cut_list, fit, line_width, width, wrapped, wrapped_spans
from frontdesk.ui.layout.day_fits import folded


@pytest.mark.parametrize("cells", [8, 17, 30])
@pytest.mark.parametrize("text", ["Dr Haddad is with 김 지 11:00-11:10: 10 min overlap", "金" * 40, "x" * 41, ""])
def test_rows_are_as_full_as_they_can_be_and_lose_nothing(text: str, cells: int) -> None:
    rows = wrapped(text, cells)
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")
    assert all(width(row) <= cells for row in rows)
    for row, after in itertools.pairwise(rows):
        assert width(row) + 1 + width(after.split()[0]) > cells, "the next word had room here"


def test_a_verdict_about_wide_names_keeps_to_its_cells_and_sets_in_what_follows() -> None:
    text = "✗ Tue 24 Nov 10:40: Dr Okafor is with 司马, 秀英; 김, 지우 until 11:14\n  free: 11:15, 11:20, 11:25, 11:30"
    rows = folded(text, 24).splitlines()
    assert all(width(row) <= 24 for row in rows)
    assert [row[:2] for row in rows] == ["✗ ", *["  "] * (len(rows) - 1)]
    assert "".join(rows).replace(" ", "") == text.replace(" ", "").replace("\n", "")


def test_a_line_of_roles_is_broken_at_blanks_and_keeps_them() -> None:
    line = (Span(" ! ", "warn"), Span("→ 10:52 expected, 7′ late, "), Span("Quiet room at the end", "dim"))
    rows = wrapped_spans(line, 20, indent="   ")
    assert len(rows) == 3
    assert all(line_width(row) <= 20 for row in rows)
    assert "".join("".join(span.text for span in row) for row in rows).split() == (
        ["!", "→", "10:52", "expected,", "7′", "late,", "Quiet", "room", "at", "the", "end"]
    )
    assert {span.role for span in rows[2] if span.text.strip()} == {"dim"}
    assert wrapped_spans(line, 80) == [line]


def test_of_a_list_whole_parts_are_left_out() -> None:
    places = "Tue 24 Nov 08:30, Tue 24 Nov 10:30, Wed 25 Nov 14:00"
    assert cut_list(places, 60) == places
    assert cut_list(places, 40) == "Tue 24 Nov 08:30, Tue 24 Nov 10:30, …"
    assert cut_list(places, 18) == "Tue 24 Nov 08:30,…"
    assert width(cut_list("林 小龍 先生, Dr Papadiamantopoulou", 20)) <= 20


@pytest.mark.parametrize(("cells", "shown"), [(5, "12/?  "), (4, "12/?"), (3, "12…")])
def test_of_blanks_at_the_end_of_a_line_no_ellipsis_tells(cells: int, shown: str) -> None:
    line = aligned((Span("12/?  ", "dim"), Span("  ", "text")), (Span("due", "warn"),), cells + 3)
    assert "".join(span.text for span in line) == f"{shown[:cells]}due"


def test_what_comes_after_blanks_that_do_not_fit_is_told_by_an_ellipsis() -> None:
    assert "".join(span.text for span in fit((Span("ab  ", "dim"), Span("cd", "dim")), 3)) == "ab…"
