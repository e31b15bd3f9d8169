"""Lunch, meetings, time off: written over what is booked, told, moved, made longer, removed, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from frontdesk.clock import ManualClock
from frontdesk.desk.blocks import BlockRequest
from frontdesk.desk.booking import Request
from frontdesk.desk.open import Desk
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.block import BlockKind
from frontdesk.domain.errors import NotFound, Refused, Stale
from frontdesk.domain.patient import Patient
from tests.desk.conftest import local

Booked = Callable[..., Appointment]


def lunch(start: str = "2026-11-23 12:00", end: str = "2026-11-23 12:45", **more: Any) -> BlockRequest:
    asked = {"practitioners": ("Dr Lin",), "kind": BlockKind.LUNCH, **more}
    return BlockRequest(local(start), local(end), **asked)


def test_a_lunch_takes_the_practitioners_time(desk: Desk, patient: Callable[[str], Patient]) -> None:
    done = desk.blocks.add(lunch())
    assert done.line == "Lunch, Dr Lin: blocked Mon 23 Nov 12:00-12:45"
    request = Request(patient("Garcia, Maria").id, "Follow-up", "Dr Lin", local("2026-11-23 12:10"))
    with pytest.raises(Refused, match="time off 12:00-12:45: Lunch"):
        desk.booking.book(request)
    desk.blocks.undo(done.seq)
    desk.booking.book(request)
    assert desk.upkeep.check() == ()


def test_who_is_booked_already_is_told_and_stays(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "11:50")
    resting = booked("Lee, Jun", "11:10", room="Room 2")
    assert desk.blocks.look(lunch()) == (visit,), "Lee leaves before"
    done = desk.blocks.add(lunch())
    assert done.runs_into == (visit,)
    assert "over Garcia, Maria: nobody was moved" in done.line
    assert [desk.visits.get(one.id) for one in (visit, resting)] == [visit, resting]


def test_a_blocked_room_runs_into_whoever_is_in_it(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    booked("Lee, Jun", "10:15", room="Room 2")
    request = BlockRequest(local("2026-11-23 10:20"), local("2026-11-23 10:30"), room="Room 1", title="Paint")
    assert desk.blocks.add(request).runs_into == (visit,)
    chairs = BlockRequest(local("2026-11-23 15:00"), local("2026-11-23 16:00"), room="Community", title="Paint")
    assert [one.room.name for one in desk.blocks.add(chairs).blocks if one.room] == ["Community 1", "Community 2"]


def test_a_meeting_of_everyone_over_weeks_is_one_step_to_undo(desk: Desk) -> None:
    request = BlockRequest(
        local("2026-11-24 09:00"), local("2026-11-24 09:30"), everyone=True, kind=BlockKind.MEETING, weeks=3
    )
    done = desk.blocks.add(request)
    assert len(done.blocks) == 6
    assert {one.starts for one in done.blocks} == {
        local(f"{day} 09:00") for day in ("2026-11-24", "2026-12-01", "2026-12-08")
    }
    desk.blocks.undo(done.seq)
    assert all(one.cancelled for one in desk.days.load(date(2026, 12, 8)).blocks)
    with pytest.raises(Refused, match="nothing is left"):
        desk.blocks.undo(done.seq)


def test_the_same_local_time_when_the_clocks_change(desk: Desk, clock: ManualClock) -> None:
    clock.move(minutes=105 * 24 * 60)
    done = desk.blocks.add(lunch("2027-03-10 12:00", "2027-03-10 13:00", weeks=2))
    assert [one.starts for one in done.blocks] == [local("2027-03-10 12:00"), local("2027-03-17 12:00")]


def test_moved_lengthened_removed_and_each_taken_back(desk: Desk) -> None:
    (block,) = desk.blocks.add(lunch()).blocks
    moved = desk.blocks.move(block.id, local("2026-11-23 11:00"), practitioner="Dr Okafor", version=block.version)
    assert (moved.blocks[0].ends, moved.blocks[0].practitioner and moved.blocks[0].practitioner.name) == (
        local("2026-11-23 11:45"), "Dr Okafor",
    )  # fmt: skip
    longer = desk.blocks.lengthen(block.id, 15, version=moved.blocks[0].version)
    assert longer.line == "Lunch, Dr Okafor: now Mon 23 Nov 11:00-12:00"
    removed = desk.blocks.remove(block.id, version=longer.blocks[0].version)
    assert removed.line == "Lunch, Dr Okafor: removed"
    for done, ends in ((removed, "12:00"), (longer, "11:45"), (moved, "12:45")):
        assert desk.blocks.undo(done.seq).blocks[0].ends == local(f"2026-11-23 {ends}")
        with pytest.raises(Refused):
            desk.blocks.undo(done.seq)


def test_who_decided_on_an_older_version_is_refused(desk: Desk) -> None:
    done = desk.blocks.add(lunch())
    (block,) = done.blocks
    desk.blocks.lengthen(block.id, 15)
    lates: tuple[Callable[[], object], ...] = (
        lambda: desk.blocks.move(block.id, local("2026-11-23 11:00"), version=block.version),
        lambda: desk.blocks.lengthen(block.id, 5, version=block.version),
        lambda: desk.blocks.remove(block.id, version=block.version),
        lambda: desk.blocks.undo(done.seq),
    )
    for late in lates:
        with pytest.raises(Stale, match="somebody else"):
            late()


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (lunch("2026-11-23 13:00", "2026-11-23 12:00"), "ends before it begins"),
        (lunch("2026-11-20 12:00", "2026-11-20 13:00"), "has passed"),
        (lunch("2026-11-23 12:00", "2028-11-23 13:00"), "at most 370 days"),
        (lunch(weeks=0), "1 to 60 weeks"),
        (lunch(practitioners=()), "whose time"),
        (lunch(practitioners=("Dr Who",)), "there is no practitioner"),
        (lunch(title="a\x1b[2Jb"), "title"),
    ],
)
def test_slips_are_refused_and_write_nothing(desk: Desk, request_: BlockRequest, why: str) -> None:
    before = desk.log.latest(1)
    with pytest.raises(Refused, match=why):
        desk.blocks.add(request_)
    assert desk.log.latest(1) == before


def test_whole_days_are_made_longer_and_shorter_by_days(desk: Desk) -> None:
    off = BlockRequest(local("2026-11-26 00:00"), local("2026-11-28 00:00"), ("Dr Lin",), all_day=True)
    (block,) = desk.blocks.add(off).blocks
    (longer,) = desk.blocks.lengthen(block.id, 5).blocks
    assert longer.ends == local("2026-11-29 00:00")
    for _ in range(2):
        (shorter,) = desk.blocks.lengthen(block.id, -5).blocks
    assert shorter.ends == local("2026-11-27 00:00")
    with pytest.raises(Refused, match="remove it instead"):
        desk.blocks.lengthen(block.id, -5)


def test_whole_days_are_told_by_day_alone_with_the_year_where_it_is_another(desk: Desk) -> None:
    off = BlockRequest(local("2026-11-26 00:00"), local("2026-11-27 00:00"), ("Dr Lin",), all_day=True)
    assert desk.blocks.add(off).line.endswith("blocked Thu 26 Nov")
    long = BlockRequest(local("2026-12-30 00:00"), local("2027-01-03 00:00"), ("Dr Lin",), all_day=True)
    assert desk.blocks.add(long).line.endswith("blocked Wed 30 Dec to Sat 2 Jan 2027")


def test_a_block_never_loses_its_end(desk: Desk) -> None:
    (block,) = desk.blocks.add(lunch()).blocks
    with pytest.raises(Refused, match="can't be shorter; remove it instead"):
        desk.blocks.lengthen(block.id, -45)
    with pytest.raises(NotFound):
        desk.blocks.remove(99)
    desk.blocks.remove(block.id)
    with pytest.raises(Refused, match="removed already"):
        desk.blocks.remove(block.id)
