"""Who something is for: every flag is in sight, in the smallest window and at the side of the day."""

from __future__ import annotations

import pytest

from frontdesk.domain.patient import Flag, FlagKind
from frontdesk.ui import keys
from tests.ui.house import House

KINDS = (FlagKind.REDUCED_SENSATION, FlagKind.ANTICOAGULANT, FlagKind.PACEMAKER, FlagKind.PREGNANCY)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_every_flag_is_whole_before_anything_is_booked(house: House, size: tuple[int, int]) -> None:
    house.patient("Garcia, Maria", flags=tuple(Flag(kind) for kind in KINDS), phones=("416 555 0134",))
    async with house.open(keys.DAY, size) as me:
        await me.press("n", *"garcia", "enter")
        await me.waits_for("fits")
        rows = [row.rstrip("│─ ").rpartition("│")[2].strip() for row in me.screen().splitlines()]
        said = " ".join(" ".join(rows).split())
        assert "⚠ " + " · ".join(Flag(kind).words for kind in KINDS) in said, me.screen()
        assert "1 " in said
        # The dialog's end, with the row for what is wrong, is still there.
        assert any("╰" in row for row in me.screen().splitlines()[:-1])
