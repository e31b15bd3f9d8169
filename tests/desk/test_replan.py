"""Booking where a removal is in the way: the other visit's retention gives way, its start does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from frontdesk.desk.booking import Request
from frontdesk.desk.open import Desk
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.domain.patient import Patient
from frontdesk.domain.visit import Status
from tests.desk.conftest import local

Booked = Callable[..., Appointment]
Patients = Callable[[str], Patient]


def wish(patient: Patient, at: str, *, squeeze: bool = False) -> Request:
    return Request(patient.id, "Follow-up", "Dr Lin", local(f"2026-11-23 {at}"), squeeze=squeeze)


def as_planned(desk: Desk, visit: Appointment) -> Appointment:
    return next(one for one in desk.days.load().appointments if one.id == visit.id)


def test_a_removal_gives_way_to_a_booking_and_it_is_said_and_logged(
    desk: Desk, booked: Booked, patient: Patients
) -> None:
    garcia = booked("Garcia, Maria", "10:00")

    done = desk.booking.book(wish(patient("Lee, Jun"), "10:30"))

    after = as_planned(desk, garcia)
    assert (after.starts, after.room, after.retention_minutes, after.status) == (
        garcia.starts,
        garcia.room,
        30,
        Status.BOOKED,
    )
    assert done.appointment.starts == local("2026-11-23 10:30")
    assert not done.appointment.squeezed
    assert done.also == ("Garcia, Maria is now planned for 30 min of retention, not 25",)
    entry = next(one for one in desk.log.latest() if one.what == "visit.replan-retention")
    assert (entry.subject, entry.before, entry.after) == (
        f"appointment {garcia.id}",
        {"retention_minutes": 25},
        {"retention_minutes": 30, "version": garcia.version + 1},
    )


def test_what_would_be_booked_is_what_is_checked(desk: Desk, booked: Booked, patient: Patients) -> None:
    garcia = booked("Garcia, Maria", "10:00")

    answer = desk.booking.check(wish(patient("Lee, Jun"), "10:30"))

    assert answer.fit
    assert answer.fit.replanned == ((garcia.id, 30),)
    assert answer.also == ("Garcia M 10:00: retention 30 min, not 25",)
    assert as_planned(desk, garcia).retention_minutes == 25, "a check changes nothing"


def test_two_give_way_where_one_gets_what_the_other_gives_up(desk: Desk, booked: Booked, patient: Patients) -> None:
    garcia = booked("Garcia, Maria", "10:00")  # removal 10:40-10:45
    roe = booked("Roe, Ann", "10:15")  # removal 10:55-11:00
    booked("Lee, Jun", "11:00")  # hands-on 11:00-11:15

    done = desk.booking.book(wish(patient("Weber, Jonas"), "10:30"))

    assert done.also == ("Garcia, Maria is now planned for 30 min of retention, not 25",)
    assert as_planned(desk, roe).retention_minutes == 25
    assert as_planned(desk, garcia).retention_minutes == 30
    second = desk.booking.book(wish(patient("Sato, Hana"), "11:25"))
    assert second.appointment.starts == local("2026-11-23 11:25")


def test_undoing_the_booking_leaves_the_others_as_they_were_re_planned(
    desk: Desk, booked: Booked, patient: Patients
) -> None:
    garcia = booked("Garcia, Maria", "10:00")
    done = desk.booking.book(wish(patient("Lee, Jun"), "10:30"))

    desk.undo.last(done.appointment.id)

    assert as_planned(desk, garcia).retention_minutes == 30
    assert desk.undo.last(garcia.id).appointment.status is Status.ENTERED_IN_ERROR, "its own last step was the booking"


def test_a_visit_that_has_begun_never_gives_way(desk: Desk, booked: Booked, patient: Patients) -> None:
    garcia = booked("Garcia, Maria", "10:00")
    desk.visits.arrive(garcia.id)

    with pytest.raises(Refused, match="Garcia, Maria"):
        desk.booking.book(wish(patient("Lee, Jun"), "10:30"))

    assert as_planned(desk, garcia).retention_minutes == 25


def test_making_room_goes_before_squeezing(desk: Desk, booked: Booked, patient: Patients) -> None:
    booked("Garcia, Maria", "10:00")

    done = desk.booking.book(wish(patient("Lee, Jun"), "10:30", squeeze=True))

    assert not done.appointment.squeezed
    assert done.also


def test_a_move_makes_room_too(desk: Desk, booked: Booked) -> None:
    garcia = booked("Garcia, Maria", "10:00")
    lee = booked("Lee, Jun", "15:00")

    done = desk.booking.move(lee.id, starts=local("2026-11-23 10:30"))

    assert done.also == ("Garcia, Maria is now planned for 30 min of retention, not 25",)
    assert as_planned(desk, garcia).starts == garcia.starts


def test_a_refused_booking_re_plans_nobody(desk: Desk, booked: Booked, patient: Patients) -> None:
    garcia = booked("Garcia, Maria", "10:00")

    with pytest.raises(Refused):
        desk.booking.book(wish(patient("Lee, Jun"), "10:35"))

    assert as_planned(desk, garcia) == garcia


def test_the_best_places_come_day_by_day_and_what_is_offered_is_what_is_booked(
    desk: Desk, booked: Booked, patient: Patients
) -> None:
    booked("Garcia, Maria", "10:00")
    by_time = desk.booking.slots("Follow-up", "Dr Lin", days=1, limit=500)
    best = desk.booking.slots("Follow-up", "Dr Lin", days=2, limit=500, best=True)

    today = [slot for slot in best if slot.starts < local("2026-11-24 00:00")]
    assert best[: len(today)] == tuple(today)
    assert sorted(slot.starts for slot in today) == [slot.starts for slot in by_time]
    assert [slot.starts for slot in today] != [slot.starts for slot in by_time]
    odd = next(slot for slot in today if slot.retention_minutes != 25)
    request = Request(
        patient("Lee, Jun").id,
        "Follow-up",
        odd.practitioner.name,
        odd.starts,
        odd.room.name,
        retention_minutes=odd.retention_minutes,
    )
    done = desk.booking.book(request).appointment
    assert (done.starts, done.room, done.retention_minutes) == (odd.starts, odd.room, odd.retention_minutes)
    assert done.service.planned_retention == 25


@pytest.mark.parametrize("minutes", [19, 23, 31, 0])
def test_a_retention_outside_the_window_is_refused(desk: Desk, patient: Patients, minutes: int) -> None:
    with pytest.raises(Refused, match="20 to 30 min"):
        desk.booking.book(
            Request(patient("Lee, Jun").id, "Follow-up", "Dr Lin", local("2026-11-23 10:00"), retention_minutes=minutes)
        )
