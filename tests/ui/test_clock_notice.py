"""The screen says that the PC's clock was set, and the timers go on."""

from __future__ import annotations

from frontdesk.domain.retention import Alarm
from frontdesk.ui.layout.clock_words import clock_mark, clock_notice, length_words, server_notice
from tests.driver import at_the_desk
from tests.ui.shop import FakeDesk
from tests.ui.sketch import sketch_app


def test_lengths_in_the_two_largest_units() -> None:
    assert [length_words(one) for one in (0, 7, 90, -3600, 3660, 86_400, 1_795_631_133)] == [
        "0 s",
        "7 s",
        "1 min 30 s",
        "1 h",
        "1 h 1 min",
        "1 day",
        "20782 days 18 h",
    ]
    assert (clock_mark(0), clock_mark(-3600)) == ("", "CLOCK −1 h")
    assert "in by a clock 3 min behind this" in clock_notice(180, here=False)
    assert "is 3 min behind the server's" in server_notice(-180)
    assert max(map(len, (clock_notice(-3600, here=True), clock_notice(-180, here=False), server_notice(180)))) <= 76


async def test_said_until_it_was_read_or_the_clock_is_back() -> None:
    desk = FakeDesk()
    async with at_the_desk(sketch_app(desk), (80, 24)) as me:
        before = [one.remaining_seconds for one in me.app.rooms]
        desk.clock.set_by(minutes=60)
        me.app._tick()
        await me.settle()
        assert "CLOCK +1 h" in me.row(0)
        assert "set forward by 1 h" in me.message()
        assert [one.remaining_seconds for one in me.app.rooms] == before
        await me.press("escape")
        assert not me.sees("CLOCK")
        desk.clock.set_by(minutes=-60)
        me.app._tick()
        await me.settle()
        assert "right again" in me.message()
        desk.clock.set_by(minutes=-60)
        me.app._tick()
        await me.settle()
        assert "CLOCK −1 h" in me.row(0)
        assert [one.remaining_seconds for one in me.app.rooms] == before
        assert [one.alarm for one in me.app.rooms][:2] == [Alarm.HIGH, Alarm.NONE]


async def test_a_level_is_shown_the_moment_it_is_reached_and_handed_to_the_log_once() -> None:
    desk = FakeDesk()
    async with at_the_desk(sketch_app(desk)) as me:
        assert [one.level for one in desk.raised] == [Alarm.HIGH]
        desk.clock.move(minutes=7, seconds=11.5)
        me.app._tick()
        assert me.app.rooms[1].alarm is Alarm.NONE
        desk.clock.move(seconds=0.5)
        await me.waits_for("* R1 Garcia M due")
        me.app._tick()
        await me.settle()
        assert [one.level for one in desk.raised] == [Alarm.HIGH, Alarm.LOW]
