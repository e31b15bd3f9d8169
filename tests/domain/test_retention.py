"""The alarm at every second where it changes, and that it only ever rises until the needles are out."""

from __future__ import annotations

from typing import Any

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from frontdesk.domain.errors import Refused
from frontdesk.domain.retention import Alarm, Retention, must_leave_at
from tests.domain.make import at, needles

IN = at("10:00")
"""Planned for 25 minutes, window 20 to 30: due 10:25, latest 10:30."""


def levels(retention: Retention) -> list[tuple[str, Alarm]]:
    """The clock time of every change of level from needles in on, asked second by second."""
    changes: list[tuple[str, Alarm]] = []
    for passed in range(3600 * 2):
        now = IN.add(seconds=passed)
        level = retention.alarm(now)
        if not changes or changes[-1][1] is not level:
            changes.append((f"{now.in_timezone('America/Toronto'):%H:%M:%S}", level))
    return changes


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            {},
            [("10:00:00", "none"), ("10:25:00", "low"), ("10:28:00", "medium"), ("10:30:00", "high")],
            id="the window: latest and planned end + 5 fall together",
        ),
        pytest.param(
            {"latest_minutes": 40},
            [("10:00:00", "none"), ("10:25:00", "low"), ("10:28:00", "medium"), ("10:40:00", "high")],
            id="a long window: high at the latest minute",
        ),
        pytest.param(
            {"latest_minutes": 25},
            [("10:00:00", "none"), ("10:25:00", "low"), ("10:28:00", "medium"), ("10:30:00", "high")],
            id="no window: high 5 minutes past the planned end",
        ),
        pytest.param(
            {"planned_minutes": 40},
            [("10:00:00", "none"), ("10:40:00", "low"), ("10:43:00", "medium"), ("10:45:00", "high")],
            id="extended past the window",
        ),
        pytest.param(
            {"leave_by": at("10:20")},
            [("10:00:00", "none"), ("10:15:00", "low"), ("10:20:00", "medium"), ("10:25:00", "high")],
            id="must leave before the planned end",
        ),
        pytest.param(
            {"leave_by": at("10:27")},
            [("10:00:00", "none"), ("10:22:00", "low"), ("10:27:00", "medium"), ("10:30:00", "high")],
            id="must leave just after the planned end: whichever comes first",
        ),
        pytest.param(
            {"leave_by": at("11:00")},
            [("10:00:00", "none"), ("10:25:00", "low"), ("10:28:00", "medium"), ("10:30:00", "high")],
            id="must leave much later changes nothing",
        ),
        pytest.param(
            {"leave_by": at("09:59")},
            [("10:00:00", "medium"), ("10:04:00", "high")],
            id="should have left before the needles went in",
        ),
        pytest.param(
            {"planned_minutes": 0, "earliest_minutes": 0, "latest_minutes": 0},
            [("10:00:00", "low"), ("10:03:00", "medium"), ("10:05:00", "high")],
            id="no retention at all",
        ),
    ],
)
def test_the_level_changes_at_the_second(changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert [(clock, level.value) for clock, level in levels(needles(IN, **changes))] == expected


def test_the_alarm_counts_from_the_second_the_needles_went_in() -> None:
    retention = needles(at("10:00:37"))

    assert retention.alarm(at("10:25:36")) is Alarm.NONE
    assert retention.alarm(at("10:25:37")) is Alarm.LOW
    assert retention.remaining_seconds(at("10:25:07")) == 30
    assert retention.remaining_seconds(at("10:25:38")) == -1
    assert retention.remaining_seconds(at("10:25:37").add(microseconds=1)) == -1, "past due is past due"


def test_the_earliest_minute_says_that_needles_may_come_out() -> None:
    retention = needles(IN)

    assert not retention.may_come_out(at("10:19:59"))
    assert retention.may_come_out(at("10:20"))
    assert retention.alarm(at("10:20")) is Alarm.NONE


def test_who_must_leave_sooner_is_due_sooner() -> None:
    assert needles(IN).next_due_at == at("10:25")
    assert needles(IN, leave_by=at("10:20")).next_due_at == at("10:20")
    assert needles(IN, leave_by=at("10:40")).next_due_at == at("10:25")


def test_only_needles_out_ends_the_alarm() -> None:
    overdue = needles(IN, silenced_level=Alarm.HIGH, silenced_until=at("12:00"), checked_at=at("10:40"))

    assert overdue.alarm(at("11:00")) is Alarm.HIGH, "neither silence nor a check lowers it"
    assert replace(overdue, out_at=at("10:59")).alarm(at("11:00")) is Alarm.NONE
    assert not replace(overdue, out_at=at("10:59")).sounds(at("12:30"))


def test_silence_hushes_its_level_and_no_higher_one() -> None:
    hushed = needles(IN, silenced_level=Alarm.LOW, silenced_until=at("10:29"))

    assert not needles(IN).sounds(at("10:24"))
    assert needles(IN).sounds(at("10:26"))
    assert not hushed.sounds(at("10:26"))
    assert hushed.alarm(at("10:26")) is Alarm.LOW, "the looks stay"
    assert hushed.sounds(at("10:28")), "medium sounds at once"
    medium = needles(IN, silenced_level=Alarm.MEDIUM, silenced_until=at("10:32"))
    assert not medium.sounds(at("10:29:59"))
    assert medium.sounds(at("10:30"))
    over = needles(IN, silenced_level=Alarm.HIGH, silenced_until=at("10:35"))
    assert not over.sounds(at("10:34:59"))
    assert over.sounds(at("10:35"))


def test_a_silence_lasts_three_minutes_whatever_was_written_down() -> None:
    ahead = needles(IN, silenced_level=Alarm.HIGH, silenced_until=at("18:00"))

    assert ahead.sounds(at("11:00"))
    assert [ahead.is_hushed(at(clock)) for clock in ("17:56:59", "17:57", "17:59:59", "18:00")] == [0, 1, 1, 0]


def test_levels_are_told_apart_without_colour() -> None:
    assert [level.mark for level in Alarm] == ["", "*", "**", "***"]
    assert [level.rank for level in Alarm] == [0, 1, 2, 3]


def test_every_needle_is_accounted_for_or_owed() -> None:
    running = needles(IN)
    owed = replace(running, out_at=at("10:25"))

    assert (running.is_in, running.count_owed, running.settled) == (True, False, False)
    assert (owed.is_in, owed.count_owed, owed.settled) == (False, True, False)
    assert replace(owed, count_out=12).settled
    assert replace(owed, count_out=10, kept=2).settled
    assert replace(owed, count_out=10, kept=1, missing=1).settled
    short = replace(owed, count_out=10)
    assert (short.unaccounted, short.settled, short.count_owed) == (2, False, False)
    assert replace(owed, count_out=13).unaccounted == -1
    assert not replace(owed, count_out=13).settled
    assert not replace(running, count_out=12).settled, "counted is not out"


RETENTIONS = st.builds(
    lambda earliest, more, most, leave: needles(
        IN,
        earliest_minutes=earliest,
        planned_minutes=earliest + more,
        latest_minutes=earliest + most,
        leave_by=None if leave is None else IN.add(minutes=leave),
    ),
    st.integers(0, 60),
    st.integers(0, 60),
    st.integers(0, 60),
    st.none() | st.integers(-10, 120),
)


@given(RETENTIONS, st.integers(0, 4 * 3600), st.integers(0, 3600))
def test_the_level_never_falls_while_time_passes(retention: Retention, passed: int, more: int) -> None:
    now = IN.add(seconds=passed)

    assert retention.alarm(now.add(seconds=more)).rank >= retention.alarm(now).rank


@given(RETENTIONS)
def test_every_retention_becomes_overdue_but_not_within_five_minutes_of_its_planned_end_alone(
    retention: Retention,
) -> None:
    assert retention.alarm(IN.add(hours=5)) is Alarm.HIGH
    if retention.leave_by is None:
        assert retention.alarm(retention.due_at.add(minutes=5).subtract(seconds=1)) is not Alarm.HIGH
        assert retention.alarm(retention.due_at.subtract(seconds=1)) is Alarm.NONE


@given(RETENTIONS, st.sampled_from(list(Alarm)), st.integers(0, 4 * 3600), st.integers(-600, 180))
def test_whatever_sounds_is_at_a_level_that_nobody_silenced(
    retention: Retention, silenced: Alarm, passed: int, until: int
) -> None:
    now = IN.add(seconds=passed)
    hushed = replace(retention, silenced_level=silenced, silenced_until=now.add(seconds=until))

    level = hushed.alarm(now)

    assert level is retention.alarm(now)
    assert hushed.sounds(now) == (level is not Alarm.NONE and (until <= 0 or level.rank > silenced.rank))


@pytest.mark.parametrize(
    ("now", "minute", "expected"),
    [
        ("2026-11-23 10:00", 630, "2026-11-23 10:30"),
        ("2026-11-23 23:50", 15, "2026-11-24 00:15"),
        ("2026-11-23 10:00", 599, None),
        ("2026-11-23 10:00", 600, None),
        ("2026-11-23 11:00", 1380, "2026-11-23 23:00"),
        ("2026-11-23 10:59", 1380, None),
        ("2027-03-13 23:50", 210, "2027-03-14 03:30"),
    ],
)
def test_must_leave_by_is_the_next_time_the_clock_shows_it(now: str, minute: int, expected: str | None) -> None:
    moment = pendulum.from_format(now, "YYYY-MM-DD HH:mm", tz="America/Toronto").in_timezone("UTC")
    if expected is None:
        with pytest.raises(Refused, match="passed"):
            must_leave_at(minute, moment, "America/Toronto")
    else:
        at = must_leave_at(minute, moment, "America/Toronto")
        assert at.in_timezone("America/Toronto").format("YYYY-MM-DD HH:mm") == expected
        assert at.timezone_name == "UTC"
