"""Somebody sets the PC's clock while needles are in: timers go on, and needles come out whatever it says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from frontdesk.clock import ManualClock
from frontdesk.desk.context import Context
from frontdesk.desk.open import Desk, desk_on
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.board import RoomNow
from frontdesk.domain.retention import Alarm
from frontdesk.domain.visit import Status
from frontdesk.store.engine import Store
from tests.desk.conftest import local

Booked = Callable[..., Appointment]
DAYS = pytest.mark.parametrize("hours", [24, -1, -498_000], ids=str)


def room(desk: Desk) -> RoomNow:
    return next(one for one in desk.days.rooms() if one.room.name == "Room 1")


def another(where: str, clock: ManualClock) -> Desk:
    """A program started now, on the same machine."""
    return desk_on(Context(Store.open(where, now=clock.now()), clock, "Ben"))


@DAYS
def test_25_minutes_are_25_minutes_for_who_saw_the_change_and_who_came_later(
    where: str, desk: Desk, clock: ManualClock, booked: Booked, hours: int
) -> None:
    clock.instant = local("2026-11-23 10:00")
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    desk.needles.put_in(visit.id, 12, minutes=25)
    clock.move(minutes=5)
    clock.set_by(minutes=60 * hours)
    later = another(where, clock)
    try:
        for one in (desk, later):
            assert room(one).remaining_seconds == 1200
        assert desk.time.set_by_s(None) == hours * 3600
        clock.move(minutes=20)
        for one in (desk, later):
            assert (room(one).remaining_seconds, room(one).alarm) == (0, Alarm.LOW)
        later.timers.silence(visit.id)
        assert not room(desk).sounds
        clock.move(minutes=3, seconds=1)
        assert room(desk).sounds, "three real minutes"
        later.timers.check(visit.id)
        desk.timers.extend(visit.id, 5)
        assert desk.needles.take_out(visit.id, 12).appointment.status is Status.NEEDLES_OUT
        retention = desk.visits.get(visit.id).retentions[0]
        assert retention.out_at is not None
        assert (retention.out_at - retention.in_at).total_seconds() == 28 * 60 + 1
        assert desk.visits.checkout(visit.id).appointment.status is Status.CHECKED_OUT
    finally:
        later.close()


def test_a_retention_of_before_the_reboot_goes_by_the_wall_clock_until_it_is_seen(
    where: str, desk: Desk, clock: ManualClock, booked: Booked
) -> None:
    clock.instant = local("2026-11-23 10:00")
    desk.needles.put_in(booked("Garcia, Maria", "10:00", room="Room 1").id, 12, minutes=25)
    clock.move(minutes=10)
    clock.boot = "started again"
    after = another(where, clock)
    try:
        assert room(after).remaining_seconds == 900
        clock.set_by(minutes=-60)
        clock.move(minutes=5)
        assert room(after).remaining_seconds == 600
        assert after.time.set_by_s(after.days.load()) == -3600
    finally:
        after.close()


def test_started_with_a_dead_clock_it_counts_from_then_on_and_says_how_far_it_is_off(
    where: str, desk: Desk, clock: ManualClock, booked: Booked
) -> None:
    clock.instant = local("2026-11-23 10:00")
    desk.needles.put_in(booked("Garcia, Maria", "10:00", room="Room 1").id, 12, minutes=25)
    dead = ManualClock(local("1970-01-02 00:00"), boot="started again")
    after = another(where, dead)
    try:
        assert room(after).remaining_seconds == 1500
        assert after.time.set_by_s(after.days.load()) < -56 * 365 * 86_400
        dead.move(minutes=25)
        assert room(after).alarm is Alarm.LOW
    finally:
        after.close()


def test_started_with_a_clock_that_is_behind_what_was_overdue_still_is(
    where: str, desk: Desk, clock: ManualClock, booked: Booked
) -> None:
    clock.instant = local("2026-11-23 10:00")
    desk.needles.put_in(booked("Garcia, Maria", "10:00", room="Room 1").id, 12, minutes=25)
    clock.move(minutes=32)
    assert room(desk).alarm is Alarm.HIGH
    desk.visits.confirm(booked("Lee, Jun", "15:00").id)
    behind = ManualClock(local("2026-11-23 08:00"), boot="started again")
    after = another(where, behind)
    try:
        assert (room(after).remaining_seconds, room(after).alarm) == (-420, Alarm.HIGH)
        assert after.time.set_by_s(after.days.load()) == -(2 * 60 + 32) * 60
        behind.move(minutes=1)
        after.visits.arrive(booked("Novak, Petra", "16:00").id)
        later = another(where, behind)
        try:
            assert room(later).remaining_seconds == -420, "what is logged by the slow clock takes nothing back"
        finally:
            later.close()
    finally:
        after.close()


def test_how_long_needles_were_in_at_least_is_asked_with_the_day(
    where: str, desk: Desk, clock: ManualClock, booked: Booked, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.instant = local("2026-11-23 10:00")
    desk.needles.put_in(booked("Garcia, Maria", "10:00", room="Room 1").id, 12, minutes=25)
    clock.move(minutes=32)
    desk.visits.confirm(booked("Lee, Jun", "15:00").id)
    after = another(where, ManualClock(local("2026-11-23 08:00"), boot="started again"))
    try:
        once = after.context.store.glance
        with monkeypatch.context() as patch:
            glances = iter([once])
            patch.setattr(after.context.store, "glance", lambda: next(glances)())
            sheet = after.days.load()
        (visit,) = (one for one in sheet.appointments if one.retentions)
        assert sheet == after.time.sheet(sheet), "a tick asks nobody"
        assert after.time.retention(visit.retentions[0]).due_at == local("2026-11-23 07:53")
    finally:
        after.close()


def test_the_change_is_logged_once_whoever_sees_it(where: str, desk: Desk, clock: ManualClock) -> None:
    other = another(where, clock)
    try:
        clock.set_by(minutes=60)
        assert [one.alarms.clock_set(one.time.set_by_s(None)) for one in (desk, other)] == [True, False]
        clock.set_by(minutes=-60)
        assert [one.alarms.clock_set(-3600) for one in (other, desk)] == [True, False]
    finally:
        other.close()
    entries = [entry for entry in desk.log.latest(10) if entry.what == "clock.set"]
    assert [(entry.who, (entry.after or {})["by_s"]) for entry in entries] == [("Ben", -3600), ("Ana", 3600)]
