"""What undo gives back, and where others have been since."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from frontdesk.clock import ManualClock
from frontdesk.desk.booking import Request
from frontdesk.desk.open import Desk
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.board import RoomState
from frontdesk.domain.errors import Refused, Stale
from frontdesk.domain.visit import Status
from tests.desk.conftest import local

Booked = Callable[..., Appointment]


def _through(desk: Desk, visit: Appointment) -> None:
    """In, out and out of the door."""
    desk.needles.put_in(visit.id, 8)
    desk.needles.take_out(visit.id, 8)
    desk.visits.checkout(visit.id)


def test_what_was_booked_shorter_stays_as_short(desk: Desk, booked: Booked) -> None:
    booked("Lee, Jun", "10:45", room="Room 1")
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    assert visit.retention_minutes == 20
    desk.visits.cancel(visit.id)
    again = desk.undo.last(visit.id).appointment
    assert (again.room, again.retention_minutes) == (visit.room, 20)
    assert desk.upkeep.check() == ()


def test_a_late_no_show_gets_a_shorter_place_where_only_that_is_left(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    desk.visits.no_show(visit.id)
    for room in ("Room 1", "Room 2", "Community 1", "Community 2"):
        booked(f"Late, {room}", "10:45", room=room, squeeze=True)
    done = desk.visits.arrive(visit.id).appointment
    assert (done.room, done.retention_minutes) == (visit.room, 20)


def test_the_undo_of_a_check_out_keeps_to_its_room_though_it_is_turned_over(
    desk: Desk, booked: Booked, clock: ManualClock
) -> None:
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    clock.instant = local("2026-11-23 10:00")
    desk.needles.put_in(visit.id, 8)
    desk.needles.take_out(visit.id, 8)
    desk.visits.ready(visit.id)
    desk.visits.checkout(visit.id)
    other = booked("Lee, Jun", "10:05", room="Room 1", squeeze=True)
    desk.visits.room(other.id)
    undone = desk.undo.last(visit.id)
    done = undone.appointment
    assert (done.status, done.room, done.squeezed) == (Status.NEEDLES_OUT, visit.room, True)
    assert undone.also == ("squeezed in",)
    board = {one.room.name: (one.state, one.appointment and one.appointment.id) for one in desk.days.rooms()}
    assert board["Room 1"] == (RoomState.OCCUPIED, other.id)
    assert desk.upkeep.check() == ()


def test_the_undo_of_a_check_out_whose_room_has_somebody_in_it_says_who(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    _through(desk, visit)
    other = booked("Lee, Jun", "10:50", room="Room 1")
    desk.visits.room(other.id)
    with pytest.raises(Refused, match=r"can't undo the check-out of Garcia, Maria: Room 1 is taken by Lee, Jun"):
        desk.undo.last(visit.id)


def test_the_undo_of_a_check_out_plans_anew_for_who_was_to_have_the_room(
    desk: Desk, booked: Booked, clock: ManualClock
) -> None:
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    clock.instant = local("2026-11-23 10:05")
    _through(desk, visit)
    other = booked("Lee, Jun", "10:20", room="Room 1")
    done = desk.undo.last(visit.id)
    assert done.also == ("Lee, Jun is now planned for Room 2",)
    moved = desk.visits.get(other.id)
    assert (moved.room and moved.room.name, moved.starts) == ("Room 2", other.starts)


def test_undoing_that_a_room_is_ready_moves_nobody(desk: Desk, booked: Booked, clock: ManualClock) -> None:
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    clock.instant = local("2026-11-23 10:05")
    _through(desk, visit)
    desk.visits.ready(visit.id)
    booked("Lee, Jun", "10:05", room="Room 1", squeeze=True)
    done = desk.undo.last(visit.id).appointment
    assert (done.status, done.room) == (Status.CHECKED_OUT, visit.room)
    assert desk.upkeep.check() == ()


def test_the_undo_of_a_rooming_plans_another_room_where_its_own_is_taken(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    desk.visits.arrive(visit.id)
    desk.visits.room(visit.id, "Room 2")
    desk.visits.room(booked("Lee, Jun", "10:00", room="Room 1", squeeze=True).id)
    done = desk.undo.last(visit.id)
    assert done.line == "Garcia, Maria: undid the rooming; now planned for Room 2"
    desk.visits.room(visit.id)
    for name, room in (("Roe, Ann", "Community 1"), ("Doe, Bob", "Community 2")):
        desk.visits.room(booked(name, "10:00", room=room, squeeze=True).id)
    desk.visits.left(visit.id)
    desk.visits.room(booked("Poe, Eve", "10:50", room="Room 2", squeeze=True).id)
    with pytest.raises(Refused, match="Room 2 is taken by Poe, Eve"):
        desk.undo.last(visit.id)


def test_where_an_undo_finds_another_room_the_log_has_it(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    desk.visits.cancel(visit.id)
    other = desk.booking.book(
        Request(booked("Lee, Jun", "15:00").patient.id, "Follow-up", "Dr Lin", local("2026-11-23 10:50"), "Room 1")
    ).appointment
    desk.visits.cancel(other.id)
    booked("Roe, Ann", "10:15", room="Room 1", practitioner="Dr Okafor")
    done = desk.undo.last(visit.id)
    assert done.also == ("now planned for Room 2",)
    entry = desk.log.latest(1)[0]
    assert done.appointment.room is not None
    assert visit.room is not None
    assert (entry.before or {})["room_id"] == visit.room.id
    assert (entry.after or {})["room_id"] == done.appointment.room.id


def test_a_step_that_somebody_else_took_since_is_not_undone_unseen(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    seen = desk.visits.arrive(visit.id).appointment
    desk.visits.room(visit.id)
    with pytest.raises(Stale, match="Garcia, Maria"):
        desk.undo.last(visit.id, version=seen.version)
    desk.needles.put_in(visit.id, 8)
    seen = desk.timers.extend(visit.id, 5).appointment
    desk.timers.extend(visit.id, 5)
    with pytest.raises(Stale):
        desk.undo.last(visit.id, version=seen.version)
    assert desk.undo.last(visit.id).words == "Garcia, Maria: undid the change of the retention"


def test_two_who_undo_the_same_take_back_two_steps_and_no_more(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    desk.visits.confirm(visit.id)
    assert desk.undo.last(visit.id).appointment.status is Status.BOOKED
    assert desk.undo.last(visit.id).appointment.status is Status.ENTERED_IN_ERROR
    with pytest.raises(Refused, match="nothing is left to undo"):
        desk.undo.last(visit.id)


def test_what_changed_nothing_is_undone_too(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00", room="Room 1")
    desk.needles.put_in(visit.id, 8)
    desk.timers.check(visit.id)
    desk.timers.check(visit.id)
    assert "undid the check" in desk.undo.last(visit.id).words
    assert desk.visits.get(visit.id).retentions[0].checked_at is not None
