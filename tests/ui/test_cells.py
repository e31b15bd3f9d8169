"""Text broken into rows of cells, wide scripts among it."""

from __future__ import annotations

import itertools

import pytest

from frontdesk.ui.layout.cells import width, wrapped


@pytest.mark.parametrize("cells", [8, 17, 30])
@pytest.mark.parametrize("text", ["Dr Haddad is with 김 지 11:00-11:10: 10 min overlap", "金" * 40, "x" * 41, ""])
def test_rows_are_as_full_as_they_can_be_and_lose_nothing(text: str, cells: int) -> None:
    rows = wrapped(text, cells)
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")
    assert all(width(row) <= cells for row in rows)
    for row, after in itertools.pairwise(rows):
        assert width(row) + 1 + width(after.split()[0]) > cells, "the next word had room here"
