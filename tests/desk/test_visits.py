"""The steps of a visit: what follows what, which room, what is refused, what is undone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from frontdesk.clock import ManualClock
from frontdesk.desk.open import Desk
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.board import RoomState
from frontdesk.domain.errors import NotFound, Refused
from frontdesk.domain.retention import Alarm
from frontdesk.domain.visit import Status
from tests.desk.conftest import local

Booked = Callable[..., Appointment]


def _state(desk: Desk, room: str) -> RoomState:
    return next(one.state for one in desk.days.rooms() if one.room.name == room)


def test_a_visit_from_the_door_to_the_door(desk: Desk, booked: Booked, clock: ManualClock) -> None:
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    clock.instant = local("2026-11-23 09:55")
    assert desk.visits.arrive(visit.id).appointment.status is Status.ARRIVED
    assert desk.visits.room(visit.id).words == "Garcia, Maria: in Room 1"
    assert _state(desk, "Room 1") is RoomState.OCCUPIED
    desk.visits.begin(visit.id)
    clock.instant = local("2026-11-23 10:15")
    assert desk.needles.put_in(visit.id, 12).words == "Garcia, Maria: needles in, 12, out at 10:40"
    assert _state(desk, "Room 1") is RoomState.RETENTION
    clock.instant = local("2026-11-23 10:41")
    room = next(one for one in desk.days.rooms() if one.room.name == "Room 1")
    assert (room.alarm, room.remaining_seconds) == (Alarm.LOW, -60)
    assert desk.needles.take_out(visit.id, 12).appointment.status is Status.NEEDLES_OUT
    assert _state(desk, "Room 1") is RoomState.NEEDLES_OUT
    desk.visits.checkout(visit.id)
    assert _state(desk, "Room 1") is RoomState.TURNOVER
    desk.visits.ready(visit.id)
    assert _state(desk, "Room 1") is RoomState.FREE


def test_skipped_steps_get_the_same_instant(desk: Desk, booked: Booked, clock: ManualClock) -> None:
    visit = booked("Garcia, Maria", "10:00")
    clock.instant = local("2026-11-23 10:05")
    facts = desk.needles.put_in(visit.id, 8).appointment.facts
    assert facts.arrived_at == facts.roomed_at == facts.began_at == clock.now()


def test_turnover_ends_by_itself(desk: Desk, booked: Booked, clock: ManualClock) -> None:
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    desk.needles.put_in(visit.id, 8)
    desk.needles.take_out(visit.id, 8)
    desk.visits.checkout(visit.id)
    assert _state(desk, "Room 1") is RoomState.TURNOVER
    clock.move(minutes=5)
    assert _state(desk, "Room 1") is RoomState.FREE


@pytest.mark.parametrize("step", ["checkout", "cancel", "no_show", "left", "error", "ready", "arrive", "room", "begin"])
def test_from_needles_in_only_needles_out(desk: Desk, booked: Booked, step: str) -> None:
    visit = booked("Garcia, Maria", "10:00")
    desk.needles.put_in(visit.id, 8)
    before = desk.log.latest(500)
    with pytest.raises(Refused, match="needles"):
        getattr(desk.visits, step)(visit.id)
    assert desk.visits.get(visit.id).needles_are_in
    assert desk.log.latest(500) == before


def test_every_needle_is_accounted_for(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    desk.needles.put_in(visit.id, 8)
    with pytest.raises(Refused, match="8 in, 7 out: 1 needle is not accounted for"):
        desk.needles.take_out(visit.id, 7)
    with pytest.raises(Refused, match="told"):
        desk.needles.take_out(visit.id, 7, kept=1)
    with pytest.raises(Refused, match="second name"):
        desk.needles.take_out(visit.id, 7, missing_reason="not on the table")
    with pytest.raises(Refused, match="8 went in, 9 out and kept are more than that"):
        desk.needles.take_out(visit.id, 9)
    assert desk.visits.get(visit.id).needles_are_in
    done = desk.needles.take_out(
        visit.id, 6, kept=1, told=True, missing_reason="not found", missing_by="Ben"
    ).appointment
    assert done.retention is not None
    assert (done.retention.count_out, done.retention.kept, done.retention.missing) == (6, 1, 1)
    assert desk.visits.checkout(visit.id).appointment.status is Status.CHECKED_OUT


def test_a_count_owed_blocks_the_way_out(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    desk.needles.put_in(visit.id, 8)
    assert "COUNT OWED" in desk.needles.take_out(visit.id, None).words
    assert _state(desk, "Room 1") is RoomState.COUNT_OWED
    for step in (desk.visits.checkout, desk.visits.ready):
        with pytest.raises(Refused, match="owed"):
            step(visit.id)
    desk.needles.take_out(visit.id, 8)
    desk.visits.checkout(visit.id)


def test_the_count_is_corrected_while_needles_are_in(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    desk.needles.put_in(visit.id, 8)
    desk.needles.put_in(visit.id, 9)
    with pytest.raises(Refused):
        desk.needles.take_out(visit.id, 8)
    assert desk.needles.take_out(visit.id, 9).appointment.status is Status.NEEDLES_OUT


def test_a_second_side_is_one_more_retention(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    desk.needles.put_in(visit.id, 8)
    desk.needles.take_out(visit.id, 8)
    again = desk.needles.put_in(visit.id, 5).appointment
    assert [one.count_in for one in again.retentions] == [8, 5]
    assert again.needles_are_in


@pytest.mark.parametrize("count", [0, -1, 1000])
def test_a_count_that_is_none_is_refused(desk: Desk, booked: Booked, count: int) -> None:
    visit = booked("Garcia, Maria", "10:00")
    with pytest.raises(Refused, match="1 to 200"):
        desk.needles.put_in(visit.id, count)


def test_must_leave_by_counts(desk: Desk, booked: Booked, clock: ManualClock) -> None:
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    clock.instant = local("2026-11-23 10:15")
    done = desk.needles.put_in(visit.id, 8, leave_by=local("2026-11-23 10:30"))
    assert done.words.endswith("out at 10:30 (must leave by then)")
    clock.instant = local("2026-11-23 10:25")
    assert next(one.alarm for one in desk.days.rooms() if one.room.name == "Room 1") is Alarm.LOW


def test_extending_and_silencing(desk: Desk, booked: Booked, clock: ManualClock) -> None:
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    with pytest.raises(Refused, match="no needles"):
        desk.timers.extend(visit.id, 5)
    desk.needles.put_in(visit.id, 8)
    with pytest.raises(Refused, match="nothing sounds"):
        desk.timers.silence(visit.id)
    clock.move(minutes=26)
    desk.timers.silence(visit.id)
    room = next(one for one in desk.days.rooms() if one.room.name == "Room 1")
    assert (room.alarm, room.sounds) == (Alarm.LOW, False)
    clock.move(minutes=2)
    room = next(one for one in desk.days.rooms() if one.room.name == "Room 1")
    assert (room.alarm, room.sounds) == (Alarm.MEDIUM, True)
    assert desk.timers.extend(visit.id, 5).words.endswith("out at 08:30")
    assert next(one for one in desk.days.rooms() if one.room.name == "Room 1").alarm is Alarm.NONE


def test_no_two_live_visits_in_a_room(desk: Desk, booked: Booked) -> None:
    first = booked("Garcia, Maria", "10:00", room="Room 1")
    second = booked("Lee, Jun", "11:00", room="Room 1")
    desk.visits.room(first.id)
    with pytest.raises(Refused, match="Room 1 is taken by Garcia, Maria"):
        desk.visits.room(second.id, "Room 1")
    assert desk.visits.room(second.id).appointment.room != first.room


def test_rooming_elsewhere_replans_those_not_yet_begun(desk: Desk, booked: Booked) -> None:
    first = booked("Garcia, Maria", "10:00", room="Room 1")
    second = booked("Lee, Jun", "10:15", room="Room 2")
    done = desk.visits.room(first.id, "Room 2")
    assert done.also == ("Lee, Jun is now planned for Room 1",)
    moved = desk.visits.get(second.id)
    assert (moved.room and moved.room.name, moved.starts) == ("Room 1", second.starts)


def test_who_is_left_without_a_room_is_said(desk: Desk, booked: Booked) -> None:
    names = ["Room 1", "Room 2", "Community 1", "Community 2"]
    times = ["10:00", "10:15", "10:30", "10:45"]
    visits = [booked(f"Patient, {room}", at, room=room, squeeze=True) for room, at in zip(names, times, strict=True)]
    for visit in visits[1:]:
        desk.visits.room(visit.id)
    late = booked("Late, Lou", "11:05", room="Room 1", squeeze=True)
    desk.booking.move(visits[0].id, starts=local("2026-11-23 10:10"), room="Room 1", squeeze=True)
    assert late.room is not None
    desk.visits.checkout(desk.visits.begin(visits[1].id).appointment.id)
    done = desk.visits.room(visits[0].id)
    assert done.appointment.room is not None


def test_cancelling_frees_the_place_and_undo_takes_it_back(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    desk.visits.cancel(visit.id, "ill")
    assert desk.undo.last(visit.id).words == "Garcia, Maria: undid the cancelling"
    assert desk.visits.get(visit.id).status is Status.BOOKED
    with pytest.raises(Refused, match="Room 1"):
        booked("Lee, Jun", "10:15", room="Room 1")


def test_undoing_a_cancelling_whose_place_is_given_away_is_refused_or_moves_the_room(
    desk: Desk, booked: Booked
) -> None:
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    desk.visits.cancel(visit.id)
    booked("Lee, Jun", "10:00", room="Room 1")
    with pytest.raises(Refused, match="can't undo the cancelling"):
        desk.undo.last(visit.id)
    assert desk.visits.get(visit.id).status is Status.CANCELLED


def test_undo_goes_back_step_by_step_but_never_over_a_count(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    desk.visits.arrive(visit.id)
    desk.visits.room(visit.id)
    assert desk.undo.last(visit.id).appointment.status is Status.ARRIVED
    assert desk.undo.last(visit.id).appointment.status is Status.BOOKED
    assert desk.undo.last(visit.id).appointment.status is Status.ENTERED_IN_ERROR
    with pytest.raises(Refused, match="nothing is left"):
        desk.undo.last(visit.id)


def test_a_check_out_is_undone_and_a_count_is_not(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    desk.needles.put_in(visit.id, 8)
    with pytest.raises(Refused, match="never undone"):
        desk.undo.last(visit.id)
    desk.needles.take_out(visit.id, 8)
    desk.visits.checkout(visit.id)
    assert desk.undo.last(visit.id).appointment.status is Status.NEEDLES_OUT
    assert _state(desk, "Room 1") is RoomState.NEEDLES_OUT
    with pytest.raises(Refused, match="never undone"):
        desk.undo.last(visit.id)


def test_an_extension_is_undone(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    desk.needles.put_in(visit.id, 8)
    desk.timers.extend(visit.id, 5)
    done = desk.undo.last(visit.id).appointment
    assert done.retention is not None
    assert done.retention.planned_minutes == 25


def test_a_no_show_who_comes_late_gets_a_place(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    desk.visits.no_show(visit.id)
    booked("Lee, Jun", "10:00", room="Room 1")
    done = desk.visits.arrive(visit.id)
    assert done.appointment.status is Status.ARRIVED
    assert done.appointment.squeezed
    assert done.appointment.room is not None
    assert done.appointment.room.name == "Room 2"


def test_one_live_visit_a_patient(desk: Desk, booked: Booked) -> None:
    first = booked("Garcia, Maria", "10:00")
    from frontdesk.desk.booking import Request

    again = desk.booking.book(Request(first.patient.id, "Follow-up", "Dr Lin", local("2026-11-23 15:00"))).appointment
    desk.visits.arrive(first.id)
    with pytest.raises(Refused):
        desk.visits.arrive(again.id)


def test_everything_is_in_the_log_with_who_and_when(desk: Desk, booked: Booked, clock: ManualClock) -> None:
    visit = booked("Garcia, Maria", "10:00")
    desk.visits.arrive(visit.id)
    entry = desk.log.latest(1)[0]
    assert (entry.who, entry.what, entry.subject, entry.at) == (
        "Ana",
        "visit.arrive",
        f"appointment {visit.id}",
        clock.now(),
    )
    assert entry.before == {"status": "booked", "arrived_at": None}
    assert entry.after is not None
    assert entry.after["status"] == "arrived"


def test_what_is_not_there_is_said(desk: Desk) -> None:
    with pytest.raises(NotFound, match="4711"):
        desk.visits.arrive(4711)


def test_a_visit_left_early_gives_its_time_back(desk: Desk, booked: Booked, clock: ManualClock) -> None:
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    clock.instant = local("2026-11-23 10:00")
    desk.visits.room(visit.id)
    clock.instant = local("2026-11-23 10:05")
    desk.visits.left(visit.id)
    assert booked("Lee, Jun", "10:10", room="Room 1").room == visit.room


def test_a_room_that_is_ready_takes_the_next_while_the_first_still_pays(desk: Desk, booked: Booked) -> None:
    first = booked("Garcia, Maria", "10:00", room="Room 1")
    second = booked("Lee, Jun", "10:50", room="Room 1")
    desk.needles.put_in(first.id, 8)
    desk.needles.take_out(first.id, 8)
    desk.visits.ready(first.id)
    assert desk.visits.room(second.id).words == "Lee, Jun: in Room 1"
    assert desk.visits.checkout(first.id).appointment.status is Status.CHECKED_OUT


def test_who_waits_for_a_room_does_not_hold_it(desk: Desk, booked: Booked) -> None:
    waiting = booked("Garcia, Maria", "10:00", room="Room 1")
    desk.visits.arrive(waiting.id)
    other = booked("Lee, Jun", "10:15", room="Room 2")
    done = desk.visits.room(other.id, "Room 1")
    assert done.line == "Lee, Jun: in Room 1; Garcia, Maria is now planned for Room 2"


def test_the_room_somebody_is_in_may_be_named_again(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00", room="Community")
    desk.visits.room(visit.id)
    with pytest.raises(Refused, match="Garcia, Maria is in Community 1 already"):
        desk.visits.begin(visit.id, "Room 1")
    assert desk.visits.begin(visit.id, "Community").appointment.status is Status.WITH_PRACTITIONER


def test_a_full_community_room_names_who_is_in_it(desk: Desk, booked: Booked) -> None:
    for name in ("Garcia, Maria", "Lee, Jun"):
        desk.visits.room(booked(name, "10:00", room="Community", squeeze=True).id)
    third = booked("Roe, Ann", "11:00")
    with pytest.raises(Refused, match=r"Community 1 is taken by Garcia.*; Community 2 is taken by Lee"):
        desk.visits.room(third.id, "Community")


def test_a_step_that_another_desk_has_taken_is_refused_with_who_took_it(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    desk.visits.arrive(visit.id)
    taken = r"Garcia, Maria was marked as arrived by \w+ at \d\d:\d\d already; what may follow: room, begin"
    with pytest.raises(Refused, match=taken):
        desk.visits.arrive(visit.id)
    with pytest.raises(Refused, match="can't follow"):
        desk.visits.confirm(visit.id)
