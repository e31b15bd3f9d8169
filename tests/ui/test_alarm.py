"""When the workstation sounds."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.board import rooms_now
from frontdesk.domain.day import DaySheet
from frontdesk.domain.retention import Alarm
from frontdesk.domain.visit import Status
from frontdesk.ui.alarm import Sounding
from frontdesk.ui.app import FrontdeskApp
from tests.driver import at_the_desk
from tests.ui.shop import CLINIC, DAY, NOON, FakeDesk, patient, resting
from tests.ui.sketch import sketch_app

START = NOON.subtract(minutes=25)
"""Needles in; 25 minutes planned, latest 30: due at NOON, medium at +3, high at +5."""


def heard(sounding: Sounding, *visits: Appointment, frm: int, to: int) -> list[int]:
    """At which seconds after the planned end it rings."""
    rung = []
    for second in range(frm, to):
        now = NOON.add(seconds=second)
        if sounding.rings(rooms_now(DaySheet(DAY, CLINIC, visits), now), now):
            rung.append(second)
    return rung


def visit(since: DateTime = START, room: int = 0) -> Appointment:
    return resting(room + 1, patient(room + 1, "Lee"), CLINIC.rooms[room], since=since)


def test_low_once_medium_each_minute_high_every_quarter_of_one() -> None:
    assert heard(Sounding(), visit(), frm=-60, to=340) == [0, 180, 240, 300, 315, 330]


def test_what_is_overdue_at_the_start_sounds_at_once() -> None:
    assert heard(Sounding(), visit(), frm=400, to=420) == [400, 415]


def test_silenced_it_is_quiet_until_the_level_rises_or_the_time_is_over() -> None:
    def hushed(level: Alarm, until: int) -> Appointment:
        one = visit()
        retention = replace(one.retentions[0], silenced_level=level, silenced_until=NOON.add(seconds=until))
        return replace(one, retentions=(retention,))

    assert heard(Sounding(), hushed(Alarm.HIGH, 480), frm=300, to=500) == [480, 495]
    assert heard(Sounding(), hushed(Alarm.MEDIUM, 370), frm=200, to=320) == [300, 315]


def test_a_room_that_is_nobodys_is_heard_each_minute_needles_or_not() -> None:
    one = visit()
    gone = replace(one.practitioner, off_at=NOON)
    waiting = replace(one, status=Status.ROOMED, retentions=(), practitioner=gone)
    assert heard(Sounding(), waiting, frm=-10, to=130) == [0, 60, 120]


def test_each_room_sounds_by_itself() -> None:
    late = visit(START.subtract(seconds=7), 1)
    assert heard(Sounding(), visit(), late, frm=-10, to=5) == [-7, 0]


def test_rooms_that_are_due_together_sound_together() -> None:
    rooms = [visit(START.subtract(seconds=400 + 4 * number), number) for number in range(3)]
    assert heard(Sounding(), *rooms, frm=0, to=46) == [0, 15, 30, 45]


def test_after_an_extension_it_begins_again() -> None:
    sounding = Sounding()
    assert heard(sounding, visit(), frm=0, to=10) == [0]
    longer = replace(visit(), retentions=(replace(visit().retentions[0], planned_minutes=30),))
    assert heard(sounding, longer, frm=10, to=305) == [300]


def test_a_clock_set_back_keeps_nothing_quiet() -> None:
    sounding = Sounding()
    assert heard(sounding, visit(), frm=600, to=601) == [600]
    assert heard(sounding, visit(), frm=400, to=401) == [400]


async def test_it_rings_unless_the_sound_is_off_and_says_that_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[int] = []
    monkeypatch.setattr(FrontdeskApp, "bell", lambda self: rung.append(1))
    desk = FakeDesk()
    async with at_the_desk(sketch_app(desk)) as me:
        # Room 2 is overdue when the screen opens.
        assert len(rung) == 1
        await me.press("ctrl+p", *"sound off", "enter")
        assert me.sees("SOUND OFF")
        desk.clock.move(seconds=20)
        me.app._tick()
        assert len(rung) == 1
        await me.press("ctrl+p", *"sound off", "enter")
        assert not me.sees("SOUND OFF")
        desk.clock.move(seconds=20)
        me.app._tick()
        assert len(rung) == 2


def test_nothing_due_nothing_heard() -> None:
    assert heard(Sounding(), visit(), frm=-600, to=0) == []
    assert heard(Sounding(), frm=0, to=5) == []
