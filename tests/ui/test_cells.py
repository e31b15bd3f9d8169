"""Text broken into rows of cells, wide scripts among it."""

from __future__ import annotations

import itertools

import pytest

from frontdesk.ui.layout.cells import width, wrapped
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
