"""Ten patients called in a real terminal, counted in keys: each is booked, tried again, asked later, or ended."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from frontdesk.desk.open import open_desk
from tests.program.pty import Program
from tests.thorough import thorough

pytestmark = pytest.mark.pty

BOOK = ("enter", "enter")
CALLS = (
    *(("n",), ("n",), BOOK, ("n",), ("w", *"thu", "enter")),
    *(BOOK, ("x", "b"), ("n",), BOOK, ("b", "n", "c")),
)
"""What ten calls come to: three booked where the plan would have them, four not answered, one asked later, one not now,
one ended."""


@thorough
def test_ten_patients_by_telephone_take_twenty_keys(demo_copy: Path) -> None:
    with closing(open_desk(str(demo_copy), "Ana")) as desk:
        before = desk.recall_list.look()
    assert before.due > len(CALLS)
    with Program("-m", "frontdesk", env={"FRONTDESK_DB": str(demo_copy), "FRONTDESK_USER": "Ana"}) as program:
        program.wait_for("1 Day")
        program.press("4")
        program.wait_for(f"{before.due} to call")
        for called, pressed in enumerate(CALLS, start=1):
            if pressed == BOOK:
                program.press("enter")
                program.wait_for("next visit")
                program.press("enter")
            else:
                program.press(*pressed)
            program.wait_for(f"{before.due - called} to call")
    with closing(open_desk(str(demo_copy), "Ana")) as desk:
        told = [one.what for one in desk.log.latest(100) if one.what.startswith("recall.")]
        after = desk.recall_list.look()
    assert len(told) == len(CALLS)
    assert (before.due - after.due, after.later - before.later) == (10, 6)
    assert sum(map(len, CALLS)) == 20
