"""What may be said with a needle count, and what is asked back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from frontdesk.clock import ManualClock
from frontdesk.desk.open import Desk
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from tests.desk.conftest import local

Booked = Callable[..., Appointment]


@pytest.fixture
def needled(desk: Desk, booked: Booked) -> Appointment:
    """Garcia in Room 1 with 8 needles in."""
    return desk.needles.put_in(booked("Garcia, Maria", "10:00", room="Room 1").id, 8).appointment


def test_minutes_outside_the_services_window_are_taken_and_said(desk: Desk, booked: Booked, clock: ManualClock) -> None:
    clock.instant = local("2026-11-23 10:00")
    visit = booked("Garcia, Maria", "10:00", room="Room 1")

    long = desk.needles.put_in(visit.id, 8, minutes=45)
    inside = desk.needles.put_in(visit.id, 8, minutes=30)
    short = desk.needles.put_in(visit.id, 8, minutes=10)

    assert long.words == "Garcia, Maria: needles in, 8, out at 10:45 (45 min, not 20 to 30)"
    assert inside.words == "Garcia, Maria: 8 needles in (was 8), out at 10:30"
    assert short.words == "Garcia, Maria: 8 needles in (was 8), out at 10:10 (10 min, not 20 to 30)"
    assert desk.needles.recount(visit.id, 9).words == "Garcia, Maria: 9 needles in (was 8)"


@pytest.mark.parametrize(
    ("reason", "second"), [(" ", " "), ("lost\x1b[31m", "Ben"), ("lost", "B\0en"), ("\ud800", "B")]
)
def test_a_missing_needle_needs_words_that_can_be_read(
    desk: Desk, needled: Appointment, reason: str, second: str
) -> None:
    with pytest.raises(Refused):
        desk.needles.take_out(needled.id, 7, missing_reason=reason, missing_by=second)
    assert desk.visits.get(needled.id).needles_are_in


@pytest.mark.parametrize("second", ["Ana", " ana "])
def test_the_second_name_is_somebody_elses(desk: Desk, needled: Appointment, second: str) -> None:
    with pytest.raises(Refused, match="second person than Ana"):
        desk.needles.take_out(needled.id, 7, missing_reason="lost", missing_by=second)
    assert desk.visits.get(needled.id).needles_are_in
    desk.needles.take_out(needled.id, 7, missing_reason="lost", missing_by="Ben")


def test_nothing_is_missing_where_everything_is_out(desk: Desk, needled: Appointment) -> None:
    with pytest.raises(Refused, match="nothing is missing: 8 in, 8 accounted for"):
        desk.needles.take_out(needled.id, 8, missing_reason="lost", missing_by="Ben")
    assert desk.visits.get(needled.id).needles_are_in


def test_what_is_kept_or_missing_comes_with_the_count(desk: Desk, needled: Appointment) -> None:
    with pytest.raises(Refused, match="together with the count"):
        desk.needles.take_out(needled.id, None, kept=1, told=True)
    desk.needles.take_out(needled.id, None)
    done = desk.needles.take_out(needled.id, 7, kept=1, told=True)
    assert done.words == (
        "Garcia, Maria: needles out, 7 of 8, 1 kept by plan, to come out Thu 26 Nov (in 3 days, as no day was said)"
    )


def test_the_room_is_not_changed_by_a_count(desk: Desk, needled: Appointment) -> None:
    with pytest.raises(Refused, match="Garcia, Maria is in Room 1 already"):
        desk.needles.put_in(needled.id, 9, room="Room 2")
    assert desk.needles.put_in(needled.id, 9, room="Room 1").words == "Garcia, Maria: 9 needles in (was 8)"


def test_a_correction_may_change_when_they_come_out(desk: Desk, needled: Appointment) -> None:
    with pytest.raises(Refused, match="passed"):
        desk.needles.put_in(needled.id, 8, leave_by=local("2026-11-23 07:30"))
    done = desk.needles.put_in(needled.id, 8, leave_by=local("2026-11-23 08:10"))
    assert done.words.endswith("out at 08:10")


def test_an_extension_by_nothing_is_asked_back(desk: Desk, needled: Appointment) -> None:
    with pytest.raises(Refused, match="how many minutes"):
        desk.timers.extend(needled.id, 0)
    with pytest.raises(Refused, match="1 to 180 minutes, not -5"):
        desk.timers.extend(needled.id, -30)


def test_a_second_visit_of_somebody_in_the_house_is_refused_with_the_first(
    desk: Desk, booked: Booked, needled: Appointment, clock: ManualClock
) -> None:
    from frontdesk.desk.booking import Request

    again = desk.booking.book(Request(needled.patient.id, "Follow-up", "Dr Lin", local("2026-11-23 15:00"))).appointment
    for step in (desk.visits.arrive, desk.visits.room, lambda one: desk.needles.put_in(one, 5)):
        with pytest.raises(Refused, match="in the house already: needles in, 10:00 with Dr Lin; end") as refused:
            step(again.id)
        assert f"(appointment {needled.id})" in refused.value.line
