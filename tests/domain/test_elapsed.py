"""How long needles have been in when the clock was set meanwhile."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from frontdesk.clock import ManualClock, Reading
from frontdesk.domain.day import DaySheet
from frontdesk.domain.elapsed import elapsed_ms, retention_now, set_by_s, sheet_now, timed_in, visit_now
from frontdesk.domain.retention import Alarm, Retention
from tests.domain.make import MONDAY, at, clinic, visit

IN = at("10:15")


def begun(clock: ManualClock, **more: Any) -> Retention:
    reading = clock.reading()
    return replace(
        Retention(1, clock.now(), 12, 25, 20, 30, boot=reading.boot, boot_ms=reading.boot_ms),
        **more,
    )


@pytest.mark.parametrize(
    ("wall", "boot", "awake_only", "with_sleep"),
    [
        (60_000, 60_000, 60_000, 60_000),
        (64_999, 60_000, 64_999, 64_999),
        (3_660_000, 60_000, 3_660_000, 60_000),
        (-3_540_000, 60_000, 60_000, 60_000),
        (0, 1_500_000, 1_500_000, 1_500_000),
    ],
)
def test_what_nobody_can_set_counts_and_else_the_longer(wall: int, boot: int, awake_only: int, with_sleep: int) -> None:
    assert elapsed_ms(wall, boot, counts_sleep=False) == awake_only
    assert elapsed_ms(wall, boot, counts_sleep=True) == with_sleep


@pytest.mark.parametrize("hours", [1, -1, 24, -24, -498_000], ids=str)
def test_a_clock_that_is_set_moves_no_level_by_a_second(hours: int) -> None:
    clock = ManualClock(IN)
    retention = begun(clock, leave_by=IN.add(minutes=60))
    clock.move(minutes=10)
    clock.set_by(minutes=hours * 60)
    levels: list[tuple[int, Alarm]] = []
    for second in range(600, 1900):
        seen = retention_now(retention, clock.reading())
        level = seen.alarm(clock.now())
        if not levels or levels[-1][1] is not level:
            levels.append((second, level))
        assert seen.remaining_seconds(clock.now()) == 1500 - second
        clock.move(seconds=1)
    assert levels == [(600, Alarm.NONE), (1500, Alarm.LOW), (1680, Alarm.MEDIUM), (1800, Alarm.HIGH)]


def test_the_times_shown_are_those_of_the_clock_as_it_is_now() -> None:
    clock = ManualClock(IN)
    retention = begun(clock, silenced_until=IN.add(minutes=3), leave_by=IN.add(minutes=20))
    clock.set_by(minutes=60)
    seen = retention_now(retention, clock.reading())
    assert (seen.in_at, seen.due_at) == (IN.add(hours=1), IN.add(hours=1, minutes=25))
    assert (seen.silenced_until, seen.leave_by) == (IN.add(hours=1, minutes=3), IN.add(hours=1, minutes=20))
    assert seen.shift_ms == 3_600_000
    clock.set_by(minutes=-60)
    assert retention_now(seen, clock.reading()) == retention, "back again"


def test_nothing_moves_within_five_seconds_on_another_machine_or_when_it_is_over() -> None:
    clock = ManualClock(IN)
    retention = begun(clock)
    clock.set_by(seconds=5)
    assert retention_now(retention, clock.reading()) is retention
    clock.set_by(minutes=60)
    over = replace(retention, out_at=clock.now())
    assert retention_now(over, clock.reading()) is over
    assert retention_now(retention, replace(clock.reading(), boot="another")) is retention


def test_what_is_said_is_what_was_seen_to_change_and_else_what_the_timers_began_by() -> None:
    clock = ManualClock(IN)
    anchor = clock.reading()
    one = visit(IN)
    sheet = DaySheet(MONDAY, clinic(), (replace(one, retentions=(begun(clock),)),))

    def said(since: Reading) -> int:
        return set_by_s(since, clock.reading(), sheet_now(sheet, clock.reading()))

    assert said(anchor) == 0
    clock.set_by(minutes=-3)
    assert said(anchor) == -180
    assert said(clock.reading()) == -180, "a process that came later"
    assert set_by_s(clock.reading(), clock.reading(), None) == 0
    assert sheet_now(sheet, clock.reading()).appointments[0].retentions[0].in_at == IN.subtract(minutes=3)


@pytest.mark.parametrize("by_s", [0, 4.98, 4.995, 5, 5.002, 5.5, -5, -6, 3600])
@pytest.mark.parametrize("alike", [True, False], ids=["one start", "begun before the machine's start"])
def test_what_is_found_once_for_a_day_moves_what_a_look_at_each_visit_would(by_s: float, alike: bool) -> None:
    clock = ManualClock(IN)
    early = replace(visit(IN), id=1, retentions=(begun(clock, boot="this" if alike else "another"),))
    clock.move(minutes=7)
    late = replace(visit(IN), id=2, retentions=(begun(clock, boot="this"),))
    over = replace(visit(IN), id=3, retentions=(begun(clock, boot="this", out_at=clock.now()),))
    sheet = DaySheet(MONDAY, clinic(), (early, late, over, visit(IN)), in_house=(late,))
    timed = timed_in(sheet)
    clock.boot = "this"
    clock.move(minutes=1)
    clock.set_by(seconds=by_s)
    reading = clock.reading()
    each = tuple(visit_now(one, reading) for one in sheet.appointments)
    found = sheet_now(sheet, reading, timed)
    assert found.appointments == each
    assert found.in_house == each[1:2]
    assert (found is sheet) == (each == sheet.appointments), "a day in which nothing moves is the very same"
