"""Timers beside the needles, flags that are asked about, counts by area, needles kept: at a real database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from frontdesk.clock import ManualClock
from frontdesk.desk.booking import Request
from frontdesk.desk.open import Desk
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.areas import parse_areas
from frontdesk.domain.errors import Refused
from frontdesk.domain.patient import Flag, FlagKind, PatientDetails
from frontdesk.domain.retention import Alarm
from frontdesk.domain.timer import TimerKind
from frontdesk.domain.visit import Status
from frontdesk.store import appointment_writes
from tests.desk.conftest import local

Booked = Callable[..., Appointment]


@pytest.fixture
def needled(desk: Desk, booked: Booked, clock: ManualClock) -> Appointment:
    """Garcia in Room 1 with 8 needles in since 10:00."""
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    clock.instant = local("2026-11-23 10:00")
    return desk.needles.put_in(visit.id, 8).appointment


def kinds(visit: Appointment) -> list[str]:
    return [timer.kind.value for timer in visit.timers]


def test_the_first_check_is_timed_by_itself_and_done_by_looking_in(
    desk: Desk, needled: Appointment, clock: ManualClock
) -> None:
    (check,) = needled.timers
    assert (check.kind, check.due_at) == (TimerKind.CHECK, clock.now().add(minutes=5))
    clock.move(minutes=6)
    done = desk.timers.check(needled.id).appointment
    assert kinds(done) == []
    assert kinds(desk.undo.last(done.id).appointment) == ["check"]


def test_several_run_at_once_each_by_itself(desk: Desk, needled: Appointment, clock: ManualClock) -> None:
    desk.timers.start(needled.id, TimerKind.LAMP, 12)
    desk.timers.start(needled.id, TimerKind.ESTIM)
    clock.move(minutes=5)
    room = next(room for room in desk.days.rooms() if room.room.name == "Room 1")
    assert [(due.kind, due.remaining_seconds // 60) for due in room.dues] == [
        ("check", 0),
        ("lamp", 7),
        ("e-stim", 15),
        ("needles", 20),
    ]
    again = desk.timers.start(needled.id, TimerKind.LAMP, 10)
    assert again.words == "Garcia, Maria: heat lamp on, 10 min, until 10:15"
    off = desk.timers.stop(needled.id, TimerKind.LAMP)
    assert kinds(off.appointment) == ["check", "e-stim"]
    with pytest.raises(Refused, match="Garcia, Maria has no heat lamp running; what runs: check, e-stim"):
        desk.timers.stop(needled.id, TimerKind.LAMP)


def test_needles_out_ends_them_all_and_waits_for_none(desk: Desk, needled: Appointment) -> None:
    desk.timers.start(needled.id, TimerKind.LAMP)
    said = desk.needles.take_out(needled.id, None)
    assert said.line.endswith("; heat lamp: see that it is off")
    assert kinds(said.appointment) == []
    assert desk.log.latest(2)[1].after["timers_ended"] == "check, lamp"  # type: ignore[index]


def test_who_leaves_the_room_has_nothing_timed(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    with pytest.raises(Refused, match=r"is in no room \(booked\): nothing can be timed"):
        desk.timers.start(visit.id, TimerKind.CUPS)
    desk.visits.begin(visit.id)
    desk.timers.start(visit.id, TimerKind.CUPS)
    desk.timers.start(visit.id, TimerKind.LAMP)
    said = desk.visits.checkout(visit.id)
    assert said.line == "Garcia, Maria: checked out; cups, heat lamp: see that they are off"
    assert kinds(said.appointment) == []
    assert kinds(desk.undo.last(visit.id).appointment) == []
    assert desk.upkeep.check() == ()


def test_undo_ends_what_was_started_and_lets_run_what_was_ended(desk: Desk, needled: Appointment) -> None:
    started = desk.timers.start(needled.id, TimerKind.LAMP).appointment
    ended = desk.timers.stop(needled.id, TimerKind.LAMP)
    undone = desk.undo.last(ended.appointment.id)
    assert undone.words == "Garcia, Maria: undid the ending of a timer"
    assert undone.appointment.timers == started.timers
    assert kinds(desk.undo.last(needled.id).appointment) == ["check"]


def test_what_sounds_is_silenced_and_the_undo_lets_it_sound(
    desk: Desk, needled: Appointment, clock: ManualClock
) -> None:
    desk.timers.start(needled.id, TimerKind.LAMP, 10)
    desk.timers.check(needled.id)
    with pytest.raises(Refused, match="nothing sounds"):
        desk.timers.silence(needled.id)
    clock.move(minutes=11)
    hushed = desk.timers.silence(needled.id).appointment
    assert [one.sounds(clock.now()) for one in hushed.timers] == [False]
    assert [one.sounds(clock.now()) for one in desk.undo.last(needled.id).appointment.timers] == [True]


def test_a_room_that_is_nobodys_is_silenced_for_three_minutes(
    desk: Desk, needled: Appointment, clock: ManualClock
) -> None:
    def heard() -> tuple[str, bool]:
        room = next(one for one in desk.days.rooms() if one.room.name == "Room 1")
        return room.alarm.value, room.sounds

    desk.hand_over.go_off(needled.practitioner.name)
    assert heard() == ("medium", True)
    desk.timers.silence(needled.id)
    assert heard() == ("medium", False)
    clock.move(minutes=3)
    assert heard() == ("medium", True)


def test_a_clock_that_was_set_moves_no_timer(desk: Desk, needled: Appointment, clock: ManualClock) -> None:
    desk.timers.start(needled.id, TimerKind.LAMP, 10)
    clock.move(minutes=4)
    clock.set_by(minutes=-60)
    room = next(room for room in desk.days.rooms() if room.room.name == "Room 1")
    assert [(due.kind, due.remaining_seconds // 60) for due in room.dues] == [
        ("check", 1),
        ("lamp", 6),
        ("needles", 21),
    ]
    clock.move(minutes=7)
    desk.timers.silence(needled.id)
    room = next(room for room in desk.days.rooms() if room.room.name == "Room 1")
    assert (room.dues[0].alarm.value, room.dues[0].sounds) == ("low", False)
    assert desk.timers.stop(needled.id, TimerKind.LAMP).appointment.timers[0].kind is TimerKind.CHECK


def test_a_flag_is_named_asked_once_a_visit_and_recorded(desk: Desk) -> None:
    flags = (Flag(FlagKind.REDUCED_SENSATION), Flag(FlagKind.PACEMAKER), Flag(FlagKind.EPILEPSY))
    who = desk.patients.add(PatientDetails(given="Maria", family="Garcia", flags=flags))
    request = Request(who.id, "Follow-up", "Dr Lin", local("2026-11-23 10:00"))
    visit = desk.booking.book(request).appointment
    desk.visits.begin(visit.id)
    with pytest.raises(Refused, match=r"heat lamp with reduced sensation.*confirm it$") as refused:
        desk.timers.start(visit.id, TimerKind.LAMP)
    assert refused.value.option == "--confirm"
    assert desk.visits.get(visit.id).timers == ()
    desk.timers.start(visit.id, TimerKind.LAMP, confirmed=True)
    (entry,) = desk.log.latest(1)
    assert entry.who == "Ana"
    assert "reduced sensation" in (entry.after or {})["confirmed"]
    desk.timers.start(visit.id, TimerKind.LAMP, 5)
    with pytest.raises(Refused, match="e-stim with a pacemaker; e-stim with epilepsy"):
        desk.timers.start(visit.id, TimerKind.ESTIM)


def test_the_risk_of_fainting_is_named_once_a_visit(desk: Desk, needled: Appointment) -> None:
    entry = next(one for one in desk.log.latest(3) if one.what == "needles.in")
    assert (entry.after or {})["cautions"] == "faint risk: first visit"
    desk.needles.take_out(needled.id, 8)
    assert desk.needles.put_in(needled.id, 6).also == ()


def test_needles_are_counted_by_area_and_added_and_taken_there(desk: Desk, needled: Appointment) -> None:
    with pytest.raises(Refused, match="head 2 · feet 5 are 7 needles, not 8"):
        desk.needles.put_in(needled.id, 8, areas=parse_areas("head 2 feet 5"))
    done = desk.needles.recount(needled.id, areas=parse_areas("head 2 feet 6"))
    assert done.words == "Garcia, Maria: 8 needles in (was 8): head 2 · feet 6"
    with pytest.raises(Refused, match="say which of head 2 · feet 6"):
        desk.needles.adjust(needled.id, 1)
    ears = parse_areas("ears 1")[0][0]
    assert desk.needles.adjust(needled.id, 1, ears).words.endswith("9 needles in (was 8): head 2 · ears 1 · feet 6")
    out = desk.needles.take_out(needled.id, 9, areas=parse_areas("head 1 ears 2 feet 6"))
    assert out.also == ("head 1 of 2", "ears 2 of 1")
    retention = out.appointment.retention
    assert retention is not None
    assert retention.areas_out == parse_areas("head 1 ears 2 feet 6")


def test_one_more_or_one_fewer_and_never_the_last(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    with pytest.raises(Refused, match="no needles are in Garcia, Maria"):
        desk.needles.adjust(visit.id, 1)
    desk.needles.put_in(visit.id, 1)
    assert desk.needles.adjust(visit.id, 1).words == "Garcia, Maria: 2 needles in (was 1)"
    desk.needles.adjust(visit.id, -1)
    with pytest.raises(Refused, match="the last needle: give the count out"):
        desk.needles.adjust(visit.id, -1)


def test_a_count_in_that_was_too_low_is_raised_while_the_count_is_owed(desk: Desk, needled: Appointment) -> None:
    desk.needles.take_out(needled.id, None)
    with pytest.raises(Refused, match="can only be raised, not to 7"):
        desk.needles.recount(needled.id, 7)
    assert desk.needles.recount(needled.id, 10).words == "Garcia, Maria: 10 went in (was 8), COUNT OWED"
    with pytest.raises(Refused, match=r"correct that first$") as refused:
        desk.needles.take_out(needled.id, 11)
    assert refused.value.option == "recount raises it --count N"
    out = desk.needles.take_out(needled.id, 11, went_in=11)
    assert out.words == "Garcia, Maria: needles out, 11 of 11, count in raised from 10"
    with pytest.raises(Refused, match="no count is owed"):
        desk.needles.recount(needled.id, 12)


def test_kept_needles_are_listed_until_they_are_out(desk: Desk, needled: Appointment) -> None:
    with pytest.raises(Refused, match="30 days at most"):
        desk.needles.take_out(needled.id, 6, kept=2, told=True, remove_on=date(2027, 1, 23))
    with pytest.raises(Refused, match="from today on"):
        desk.needles.take_out(needled.id, 6, kept=2, told=True, remove_on=date(2026, 11, 22))
    desk.needles.take_out(needled.id, 6, kept=2, told=True, remove_on=date(2026, 11, 27))
    desk.visits.checkout(needled.id)
    (kept,) = desk.needles.kept()
    assert (kept.patient.name, kept.kept, kept.remove_on) == ("Garcia, Maria", 2, date(2026, 11, 27))
    assert [kept.is_due(day) for day in (date(2026, 11, 26), date(2026, 11, 27))] == [False, True]
    assert desk.needles.kept_out(needled.id).words == "Garcia, Maria: 2 kept needles are out"
    assert desk.needles.kept() == ()
    with pytest.raises(Refused, match="no needles kept"):
        desk.needles.kept_out(needled.id)
    # The check-out before it can still be taken back.
    assert desk.undo.last(needled.id).appointment.status is Status.NEEDLES_OUT


def test_the_patient_decides_and_the_latest_minute_holds(desk: Desk, needled: Appointment, clock: ManualClock) -> None:
    done = desk.timers.patient_decides(needled.id)
    assert done.words == "Garcia, Maria: the patient decides, at the latest 10:30"
    retention = done.appointment.retention
    assert retention is not None
    assert (retention.open_end, retention.due_at) == (True, local("2026-11-23 10:30"))
    with pytest.raises(Refused, match="decides already"):
        desk.timers.patient_decides(needled.id)
    shorter = desk.timers.extend(needled.id, -15)
    assert shorter.words == "Garcia, Maria: -15 min, out at 10:15 (before the earliest minute)"
    target = shorter.appointment.retention
    assert target is not None
    assert not target.open_end
    assert target.may_come_out(local("2026-11-23 10:15"))
    back = desk.undo.last(needled.id).appointment.retention
    assert back == retention


def test_an_overdue_alarm_does_not_fall_by_an_end_that_has_passed_too(
    desk: Desk, needled: Appointment, clock: ManualClock
) -> None:
    clock.instant = local("2026-11-23 10:34")
    with pytest.raises(Refused, match="10:30 has passed already: 10 min or more, or needles out"):
        desk.timers.extend(needled.id, 5)
    with pytest.raises(Refused, match="the latest for Garcia, Maria was 10:30: extend, or needles out"):
        desk.timers.patient_decides(needled.id)
    assert next(one.alarm for one in desk.days.rooms() if one.alarm is not Alarm.NONE) is Alarm.HIGH
    assert desk.timers.extend(needled.id, 10).words == ("Garcia, Maria: +10 min, out at 10:35 (past the latest minute)")
    desk.timers.extend(needled.id, -5)
    assert next(one.alarm for one in desk.days.rooms() if one.alarm is not Alarm.NONE) is Alarm.MEDIUM


def test_the_hour_told_at_booking_is_when_the_alarm_goes_by(desk: Desk, booked: Booked, clock: ManualClock) -> None:
    visit = booked(", Maria", "09:00")
    with desk.context.writing() as writing:
        told = {"leave_by": local("2026-11-23 10:35")}
        appointment_writes.update(writing.connection, visit.id, visit.version, told)
        writing.log("visit.told", f"appointment {visit.id}")
    clock.instant = local("2026-11-23 10:15")
    done = desk.needles.put_in(visit.id, 4, minutes=25)
    assert done.words == "Maria: needles in, 4, out at 10:35 (must leave by then)"
    desk.needles.take_out(visit.id, 4)
    clock.instant = local("2026-11-23 10:40")
    second = desk.needles.put_in(visit.id, 4, minutes=5).appointment.retention
    assert second is not None
    assert second.leave_by is None, "an hour that has passed hurries nobody any more"
