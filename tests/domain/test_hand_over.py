"""Who answers for a patient in a room, and when nobody does."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from frontdesk.domain.appointment import Appointment, Facts
from frontdesk.domain.board import RoomState, rooms_now
from frontdesk.domain.clinic import Practitioner
from frontdesk.domain.day import DaySheet
from frontdesk.domain.hand_over import is_off, owner_of
from frontdesk.domain.hours import week_hours
from frontdesk.domain.retention import Alarm
from frontdesk.domain.visit import Status
from tests.domain import make

CLINIC = make.clinic()
"""Hours 09:00-13:00 and 14:00-18:00."""


def resting(in_at: str, starts: str, *, off: str | None = None, holder: Practitioner | None = None) -> Appointment:
    lin = replace(make.LIN, off_at=make.at(off) if off else None)
    visit = make.visit(
        make.at(starts),
        practitioner=lin,
        status=Status.NEEDLES_IN,
        facts=Facts(roomed_at=make.at(starts)),
        retentions=(make.needles(make.at(in_at)),),
    )
    return replace(visit, holder=holder)


@pytest.mark.parametrize(
    ("visit", "now", "owned"),
    [
        (resting("10:10", "10:00"), "10:30", True),
        (resting("10:10", "10:00", off="10:20"), "10:19", True),
        (resting("10:10", "10:00", off="10:20"), "10:20", False),
        (resting("10:10", "10:00", off="10:20", holder=make.OKAFOR), "10:30", True),
        # Left behind before lunch stays nobody's after it; who came in after lunch is theirs again.
        (resting("12:10", "12:00", off="12:30"), "14:10", False),
        (resting("14:10", "14:00", off="12:30"), "14:10", True),
        # In within the hours, and both the hours and the plan (until 12:30 or 13:10) are over for a quarter of an hour.
        (resting("12:40", "11:50"), "13:14", True),
        (resting("12:40", "11:50"), "13:15", False),
        (resting("12:40", "12:30"), "13:24", True),
        (resting("12:40", "12:30"), "13:25", False),
        (resting("12:40", "11:50"), "14:00", True),
        # Put in after the hours: somebody evidently works.
        (resting("18:10", "18:00"), "19:30", True),
    ],
)
def test_nobody_is_found_missing_at_a_guess(visit: Appointment, now: str, owned: bool) -> None:
    assert (owner_of(visit, CLINIC, make.at(now)) is not None) is owned


@pytest.mark.parametrize(
    ("off", "now", "still"),
    [("12:30", "12:29", False), ("12:30", "13:59", True), ("12:30", "14:00", False), ("18:00", "23:00", True)],
)
def test_who_works_again_is_back(off: str, now: str, still: bool) -> None:
    assert is_off(replace(make.LIN, off_at=make.at(off)), CLINIC, make.at(now)) is still


@pytest.mark.parametrize(("level", "sounds"), [(Alarm.LOW, True), (Alarm.MEDIUM, False)])
def test_a_room_that_becomes_nobodys_is_heard_through_a_lower_silence(level: Alarm, sounds: bool) -> None:
    left, now = resting("10:10", "10:00", off="10:36"), make.at("10:37")
    hushed = replace(left.retentions[0], silenced_level=level, silenced_until=make.at("10:38"))
    left = replace(left, retentions=(hushed,))
    room = rooms_now(DaySheet(make.MONDAY, CLINIC, (left,), (), (left,)), now)[0]
    assert (room.ownerless, room.alarm, room.needles_alarm, room.sounds) == (True, Alarm.MEDIUM, Alarm.LOW, sounds)


def test_without_hours_of_their_own_going_off_is_forgotten_after_a_day() -> None:
    shut = make.clinic(hours=week_hours({}))
    off = replace(make.LIN, off_at=make.at("18:00"))
    assert is_off(off, shut, make.at("17:59", date(2026, 11, 24)))
    assert not is_off(off, shut, make.at("18:00", date(2026, 11, 24)))


def test_a_room_that_is_nobodys_is_a_medium_alarm_whatever_the_needles_say() -> None:
    left, now = resting("10:10", "10:00", off="10:20"), make.at("10:21")
    waiting = make.visit(
        make.at("10:00"),
        room=make.ROOM_2,
        practitioner=left.practitioner,
        status=Status.ROOMED,
        facts=Facts(roomed_at=make.at("10:00")),
    )
    sheet = DaySheet(make.MONDAY, CLINIC, (left, waiting), (), (left, waiting))
    one, two = rooms_now(sheet, now)
    assert (one.state, one.alarm, one.needles_alarm, one.ownerless) == (
        RoomState.RETENTION,
        Alarm.MEDIUM,
        Alarm.NONE,
        True,
    )
    assert (two.state, two.alarm, two.sounds, two.owner) == (RoomState.OCCUPIED, Alarm.MEDIUM, True, None)
    later = rooms_now(sheet, make.at("10:45"))[0]
    assert (later.alarm, later.ownerless) == (Alarm.HIGH, True)
    taken = replace(left, holder=make.OKAFOR)
    one, _ = rooms_now(replace(sheet, appointments=(taken, waiting), in_house=(taken, waiting)), now)
    assert (one.alarm, one.owner, one.ownerless) == (Alarm.NONE, make.OKAFOR, False)
