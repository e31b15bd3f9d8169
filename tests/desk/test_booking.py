"""Booking by the plain rules: what fits is taken, what does not is refused in words that help."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from frontdesk.clock import ManualClock
from frontdesk.desk.booking import Request
from frontdesk.desk.open import Desk
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import NotFound, Refused, Stale
from frontdesk.domain.patient import Patient
from frontdesk.domain.visit import Status
from tests.desk.conftest import local

Booked = Callable[..., Appointment]


def test_a_booking_takes_the_first_room_free_for_the_whole_stay(desk: Desk, booked: Booked) -> None:
    first = booked("Garcia, Maria", "10:00")
    second = booked("Lee, Jun", "10:15")
    assert (first.room and first.room.name, second.room and second.room.name) == ("Room 1", "Room 2")
    assert first.status is Status.BOOKED
    sheet = desk.days.load()
    assert [one.patient.name for one in sheet.appointments] == ["Garcia, Maria", "Lee, Jun"]


def test_the_next_patient_fits_into_the_retention_of_the_one_before(desk: Desk, booked: Booked) -> None:
    booked("Garcia, Maria", "10:00")
    second = booked("Lee, Jun", "10:15")
    assert second.retention_minutes == 25
    assert second.starts == local("2026-11-23 10:15")


def test_a_hands_on_clash_is_refused_with_who_and_what_works(desk: Desk, booked: Booked) -> None:
    booked("Garcia, Maria", "10:00")
    with pytest.raises(Refused) as refusal:
        booked("Lee, Jun", "10:05")
    assert "Dr Lin" in refusal.value.reason
    assert "Garcia, Maria" in refusal.value.reason
    assert "10:15" in refusal.value.reason
    assert "\n" not in refusal.value.reason


def test_a_squeeze_books_over_the_practitioner_and_shows(desk: Desk, booked: Booked) -> None:
    booked("Garcia, Maria", "10:00")
    assert booked("Lee, Jun", "10:05", squeeze=True).squeezed
    assert not booked("Roe, Ann", "11:30", squeeze=True).squeezed


def test_a_room_is_never_squeezed(desk: Desk, booked: Booked) -> None:
    booked("Garcia, Maria", "10:00", room="Room 1")
    with pytest.raises(Refused, match="Room 1"):
        booked("Lee, Jun", "10:15", room="Room 1", squeeze=True)


def test_a_room_of_several_chairs_is_named_as_one(desk: Desk, booked: Booked) -> None:
    names = [booked("Garcia, Maria", "10:00", room="Community"), booked("Lee, Jun", "10:15", room="community")]
    assert [one.room and one.room.name for one in names] == ["Community 1", "Community 2"]


def test_no_patient_is_in_two_places(desk: Desk, patient: Callable[[str], Patient]) -> None:
    maria = patient("Garcia, Maria")
    desk.booking.book(Request(maria.id, "Follow-up", "Dr Lin", local("2026-11-23 10:00")))
    with pytest.raises(Refused, match="Garcia, Maria"):
        desk.booking.book(Request(maria.id, "Follow-up", "Dr Okafor", local("2026-11-23 10:20"), squeeze=True))


@pytest.mark.parametrize(
    ("at", "who", "words"),
    [
        ("13:30", "Dr Lin", "hours"),
        ("2026-11-24 10:00", "Dr Okafor", "does not work that day"),
        ("2026-11-29 10:00", "Dr Lin", "^The clinic is closed that day"),
        ("2026-12-24 10:00", "Dr Lin", r"^The clinic is closed on Thu 24 Dec \(Holidays\)"),
        ("2026-11-22 10:00", "Dr Lin", "has passed"),
    ],
)
def test_outside_the_hours_is_refused(booked: Booked, at: str, who: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        booked("Garcia, Maria", at, practitioner=who)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"service": "Massage"}, "Follow-up"),
        ({"practitioner": "Dr Who"}, "Dr Lin"),
        ({"room": "Attic"}, "Room 1"),
    ],
)
def test_a_name_nobody_has_is_answered_with_those_there_are(booked: Booked, wrong: dict[str, str], words: str) -> None:
    with pytest.raises(NotFound, match=words):
        booked("Garcia, Maria", "10:00", **wrong)


def test_a_part_of_a_name_is_enough_when_it_is_the_only_one(booked: Booked) -> None:
    assert booked("Garcia, Maria", "10:00", practitioner="lin", service="follow").practitioner.name == "Dr Lin"
    with pytest.raises(Refused, match="several"):
        booked("Lee, Jun", "11:00", practitioner="dr")


def test_free_places_start_now_and_all_of_them_can_be_booked(
    desk: Desk, clock: ManualClock, patient: Callable[[str], Patient]
) -> None:
    clock.instant = local("2026-11-23 10:07")
    slots = desk.booking.slots("Follow-up", "Dr Lin", limit=3)
    assert slots[0].starts == local("2026-11-23 10:10")
    for number, slot in enumerate(slots[:1]):
        somebody = patient(f"Patient, {number}")
        done = desk.booking.book(Request(somebody.id, "Follow-up", slot.practitioner.name, slot.starts, slot.room.name))
        assert done.appointment.retention_minutes == slot.retention_minutes


def test_moving_keeps_the_id_and_gives_the_old_place_back(desk: Desk, booked: Booked) -> None:
    first = booked("Garcia, Maria", "10:00", room="Room 1")
    moved = desk.booking.move(first.id, starts=local("2026-11-23 11:00")).appointment
    assert (moved.id, moved.starts, moved.room) == (first.id, local("2026-11-23 11:00"), first.room)
    assert booked("Lee, Jun", "10:00", room="Room 1").room == first.room


def test_moving_by_ten_minutes_does_not_clash_with_itself(desk: Desk, booked: Booked) -> None:
    first = booked("Garcia, Maria", "10:00")
    assert desk.booking.move(first.id, starts=local("2026-11-23 10:10")).appointment.room == first.room


def test_a_visit_that_has_begun_is_not_moved(desk: Desk, booked: Booked) -> None:
    first = booked("Garcia, Maria", "10:00")
    desk.visits.arrive(first.id)
    with pytest.raises(Refused, match="arrived"):
        desk.booking.move(first.id, starts=local("2026-11-23 11:00"))


def test_moving_what_somebody_else_changed_is_refused(desk: Desk, booked: Booked) -> None:
    first = booked("Garcia, Maria", "10:00")
    desk.visits.confirm(first.id)
    with pytest.raises(Stale):
        desk.booking.move(first.id, starts=local("2026-11-23 11:00"), version=first.version)


def test_the_answer_before_booking_says_what_works(
    desk: Desk, booked: Booked, patient: Callable[[str], Patient]
) -> None:
    booked("Garcia, Maria", "10:00")
    answer = desk.booking.check(Request(patient("Lee, Jun").id, "Follow-up", "Dr Lin", local("2026-11-23 10:05")))
    assert answer.fit is None
    assert answer.squeezable
    assert local("2026-11-23 10:15") in [slot.starts for slot in answer.alternatives]


def test_a_move_needs_somewhere_to_go(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    before = desk.log.latest()
    with pytest.raises(Refused, match="another time, room or practitioner"):
        desk.booking.move(visit.id)
    with pytest.raises(NotFound):
        desk.booking.move(visit.id, room="")
    assert desk.log.latest() == before


def test_what_was_squeezed_in_is_asked_anew_at_another_time(desk: Desk, booked: Booked) -> None:
    booked("Lee, Jun", "10:00", room="Room 1")
    booked("Roe, Ann", "11:00", room="Room 1")
    visit = booked("Garcia, Maria", "10:00", room="Room 2", squeeze=True)
    moved = desk.booking.move(visit.id, room="Community").appointment
    assert (moved.room and moved.room.name, moved.squeezed) == ("Community 1", True)
    with pytest.raises(Refused) as refused:
        desk.booking.move(visit.id, starts=local("2026-11-23 11:00"))
    assert "squeeze" in refused.value.option
    assert not desk.booking.move(visit.id, starts=local("2026-11-23 11:15")).appointment.squeezed


def test_a_day_that_has_passed_never_fits(desk: Desk, patient: Callable[[str], Patient]) -> None:
    request = Request(patient("Garcia, Maria").id, "Follow-up", "Dr Lin", local("2025-11-21 10:00"))
    with pytest.raises(Refused, match="Fri 21 Nov 2025 10:00 has passed"):
        desk.booking.check(request)


@pytest.mark.parametrize("said", ["follow up", "FOLLOW-UP", " fóllow  up ", "follow"])
def test_names_are_found_as_they_are_typed_in_a_hurry(desk: Desk, booked: Booked, said: str) -> None:
    assert booked("Garcia, Maria", "10:00", service=said).service.name == "Follow-up"
