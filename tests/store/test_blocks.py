"""Blocks are read by the time they share with a day, and say whom and what they block."""

from __future__ import annotations

from datetime import date

import pendulum
import pytest
from sqlalchemy import Connection

from frontdesk.domain.errors import NotFound
from frontdesk.domain.hours import day_span
from frontdesk.store import block_writes, blocks

DAY = day_span(date(2026, 10, 25), "Europe/Berlin")  # 25 hours
NOW = pendulum.datetime(2026, 11, 23, 10, 42, tz="UTC")


def test_a_block_comes_back_whole(clinic: Connection) -> None:
    new = block_writes.insert(
        clinic, title="Holiday", starts=NOW, ends=NOW.add(days=2), practitioner_id=1, all_day=True, kind="time_off"
    )
    one = blocks.get(clinic, new)
    assert (one.title, one.starts, one.ends, one.all_day) == ("Holiday", NOW, NOW.add(days=2), True)
    assert one.practitioner is not None
    assert one.practitioner.name == "Dr Lin"
    assert one.room is None
    assert (one.version, one.kind) == (1, "time_off")
    assert one.blocks
    block_writes.update(clinic, new, {"transparent": True, "practitioner_id": None, "room_id": 2})
    changed = blocks.get(clinic, new)
    assert (changed.practitioner, changed.room is not None, changed.blocks) == (None, True, False)


def test_a_day_holds_the_blocks_that_share_time_with_it(clinic: Connection) -> None:
    stretches = {
        "months": (DAY.starts.subtract(months=2), DAY.ends.add(months=2)),
        "over midnight": (DAY.starts.subtract(minutes=1), DAY.starts.add(minutes=1)),
        "a moment": (DAY.starts, DAY.starts),
        "last hour": (DAY.ends.subtract(hours=1), DAY.ends),
    }
    others = {
        "day before": (DAY.starts.subtract(days=1), DAY.starts),
        "day after": (DAY.ends, DAY.ends.add(hours=1)),
        "moment after": (DAY.ends, DAY.ends),
    }
    for title, (starts, ends) in {**others, **stretches}.items():
        block_writes.insert(clinic, title=title, starts=starts, ends=ends)
    assert [one.title for one in blocks.between(clinic, DAY)] == list(stretches)


def test_a_block_that_is_gone_is_not_found(clinic: Connection) -> None:
    new = block_writes.insert(clinic, title="Meeting", starts=NOW, ends=NOW)
    block_writes.delete(clinic, new)
    with pytest.raises(NotFound):
        blocks.get(clinic, new)
    with pytest.raises(NotFound):
        block_writes.update(clinic, new, {"title": "x"})
