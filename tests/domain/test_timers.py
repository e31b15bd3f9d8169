"""What is timed beside the needles, what is due next, and what is asked before it starts."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment, Facts
from frontdesk.domain.board import room_now
from frontdesk.domain.cautions import needle_cautions, timer_cautions
from frontdesk.domain.due import next_due
from frontdesk.domain.patient import Flag, FlagKind, Patient
from frontdesk.domain.retention import Alarm, Retention
from frontdesk.domain.timer import Timer, TimerKind
from frontdesk.domain.visit import Status
from tests.domain.make import FOLLOW_UP, GARCIA, LIN, ROOM_1, ROOM_2, at

NOON = at("12:00")
DAY = date(2026, 11, 23)


def timed(kind: TimerKind, minutes: int, *, since: DateTime = NOON, id_: int = 1) -> Timer:
    return Timer(id_, kind, since, minutes)


def resting(*timers: Timer, since: DateTime = NOON, minutes: int = 25) -> Appointment:
    facts = Facts(arrived_at=since, roomed_at=since, began_at=since)
    needles = Retention(1, since, 8, minutes, 20, 30)
    return Appointment(
        1, 1, GARCIA, LIN, FOLLOW_UP, ROOM_1, Status.NEEDLES_IN, since, minutes, False, facts, (needles,), timers=timers
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "minute", "level", "sounds"),
    [
        (TimerKind.LAMP, 14, Alarm.NONE, False),
        (TimerKind.LAMP, 15, Alarm.LOW, True),
        (TimerKind.LAMP, 18, Alarm.MEDIUM, True),
        (TimerKind.LAMP, 300, Alarm.MEDIUM, True),
        (TimerKind.ESTIM, 18, Alarm.MEDIUM, True),
        (TimerKind.CUPS, 18, Alarm.MEDIUM, True),
        # A check is seen, however long nobody makes it, and never heard.
        (TimerKind.CHECK, 14, Alarm.NONE, False),
        (TimerKind.CHECK, 15, Alarm.LOW, False),
        (TimerKind.CHECK, 18, Alarm.LOW, False),
        (TimerKind.CHECK, 300, Alarm.LOW, False),
    ],
)
def test_a_timer_of_15_minutes_warns(kind: TimerKind, minute: int, level: Alarm, sounds: bool) -> None:
    timer = timed(kind, 15)
    now = NOON.add(minutes=minute)
    assert (timer.alarm(now), timer.sounds(now)) == (level, sounds)
    assert timer.remaining_seconds(now) == (15 - minute) * 60


def test_a_silenced_timer_is_heard_again_when_it_rises_or_the_silence_runs_out() -> None:
    due = NOON.add(minutes=15)
    timer = replace(timed(TimerKind.LAMP, 15), silenced_level=Alarm.LOW, silenced_until=due.add(minutes=2))
    assert not timer.sounds(due.add(minutes=1))
    assert timer.sounds(due.add(minutes=3))
    hushed = replace(timer, silenced_level=Alarm.MEDIUM, silenced_until=due.add(minutes=5))
    assert not hushed.sounds(due.add(minutes=4))
    assert hushed.sounds(due.add(minutes=5))


def test_what_is_due_over_all_rooms_is_one_list_the_most_urgent_first() -> None:
    first = resting(timed(TimerKind.LAMP, 10, id_=1), timed(TimerKind.CHECK, 5, id_=2))
    second = replace(resting(timed(TimerKind.CUPS, 12, id_=3), minutes=9), id=2, room=ROOM_2)
    now = NOON.add(minutes=8)
    rooms = [room_now(ROOM_1, first, now), room_now(ROOM_2, second, now)]
    listed = [(room.room.name, due.kind, due.remaining_seconds // 60) for room, due in next_due(rooms)]
    assert listed == [
        ("Room 1", "check", -3),
        ("Room 2", "needles", 1),
        ("Room 1", "lamp", 2),
        ("Room 2", "cups", 4),
        ("Room 1", "needles", 17),
    ]
    # The contract's alarm is that of the needles; what the room shows is the highest of all.
    assert [(room.alarm, room.level) for room in rooms] == [(Alarm.NONE, Alarm.LOW), (Alarm.NONE, Alarm.NONE)]
    assert sorted(rooms, key=lambda room: room.urgency)[0].room == ROOM_1


def test_needles_due_come_before_what_is_timed_beside_them_and_make_the_check_moot() -> None:
    visit = resting(timed(TimerKind.CHECK, 5, id_=2), timed(TimerKind.LAMP, 25, id_=3))
    room = room_now(ROOM_1, visit, NOON.add(minutes=26))
    assert [(due.kind, due.alarm) for due in room.dues] == [("needles", Alarm.LOW), ("lamp", Alarm.LOW)]


@pytest.mark.parametrize(
    ("minute", "kinds"), [(4, ["check", "needles"]), (19, ["check", "needles"]), (20, ["needles"])]
)
def test_a_check_that_nobody_made_is_let_be_once_the_needles_may_come_out(minute: int, kinds: list[str]) -> None:
    room = room_now(ROOM_1, resting(timed(TimerKind.CHECK, 5)), NOON.add(minutes=minute))
    assert [due.kind for due in room.dues] == kinds


def test_a_lamp_left_on_outranks_needles_that_are_just_due() -> None:
    room = room_now(ROOM_1, resting(timed(TimerKind.LAMP, 20)), NOON.add(minutes=25))
    assert [(due.kind, due.alarm) for due in room.dues] == [("lamp", Alarm.MEDIUM), ("needles", Alarm.LOW)]


def test_cups_without_needles_are_timed_too_but_nobody_in_no_room() -> None:
    visit = replace(resting(timed(TimerKind.CUPS, 10)), status=Status.WITH_PRACTITIONER, retentions=())
    assert [due.kind for due in room_now(ROOM_1, visit, NOON).dues] == ["cups"]
    gone = replace(visit, status=Status.CHECKED_OUT)
    assert room_now(ROOM_1, gone, NOON).dues == ()


def flagged(*kinds: FlagKind) -> Patient:
    return replace(GARCIA, details=replace(GARCIA.details, flags=tuple(Flag(kind) for kind in kinds)))


EVERY_FLAG = tuple(FlagKind)


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        (TimerKind.LAMP, ["lamp/reduced_sensation"]),
        (TimerKind.ESTIM, ["e-stim/pacemaker", "e-stim/epilepsy"]),
        (TimerKind.CUPS, ["cups/anticoagulant"]),
        (TimerKind.CHECK, []),
    ],
)
def test_flags_are_crossed_with_what_is_started(kind: TimerKind, keys: list[str]) -> None:
    assert [one.key for one in timer_cautions(kind, flagged(*EVERY_FLAG), DAY)] == keys
    assert timer_cautions(kind, GARCIA, DAY) == ()


def test_who_is_new_was_long_away_or_has_fainted_may_faint() -> None:
    def said(patient: Patient) -> list[str]:
        return [one.words for one in needle_cautions(patient, NOON, DAY)]

    assert said(GARCIA) == ["faint risk: first visit"]
    assert said(replace(GARCIA, last_seen_at=NOON.subtract(months=6))) == ["faint risk: not here for 6 months"]
    known = replace(GARCIA, last_seen_at=NOON.subtract(months=6).add(days=1))
    assert said(known) == []
    assert said(replace(flagged(FlagKind.FAINTS), last_seen_at=NOON)) == ["faint risk: has fainted before"]
