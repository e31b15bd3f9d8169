"""Booking by one line: what is certain is booked, everything else is asked back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from frontdesk.clock import ManualClock
from frontdesk.desk.blocks import BlockRequest
from frontdesk.desk.open import Desk
from frontdesk.desk.saying import OFFERS, Choice
from frontdesk.desk.series import SeriesOutcome
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.domain.line import naming
from frontdesk.domain.patient import Patient, PatientDetails
from tests.desk.conftest import local


def test_a_whole_line_books(desk: Desk, patient: Callable[[str], Patient]) -> None:
    maria = patient("García, Maria")
    done = desk.saying.book("garcia follow-up lin tomorrow 10:20").appointment
    assert (done.patient.id, done.service.name, done.practitioner.name, done.starts) == (
        maria.id,
        "Follow-up",
        "Dr Lin",
        local("2026-11-24 10:20"),
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("follow-up tomorrow 10:20 dr lin", "who is it for"),
        ("nobody follow-up lin tomorrow 10:20", "nobody on file"),
        ("garcia follow-up lin tomorrow 10:20", "several patients"),
        ("lee lin tomorrow 10:20", "which service"),
        ("lee follow-up tomorrow 10:20", "with whom"),
        ("lee follow-up lin", "when"),
        ("lee follow-up lin 10:20", "when"),
        ("lee follow-up lin 22 nov 10:20", ""),
    ],
)
def test_what_is_not_certain_is_asked_back(
    desk: Desk, patient: Callable[[str], Patient], line: str, words: str
) -> None:
    for name in ("Garcia, Maria", "Garcia, Sofia", "Lee, Jun"):
        patient(name)
    before = desk.log.latest(50)
    if words:
        with pytest.raises(Refused, match=words):
            desk.saying.book(line)
        assert desk.log.latest(50) == before
    else:
        # Without a year, a day that has passed is next year's: never the past.
        assert desk.saying.understand(line).line.starts == local("2027-11-22 10:20")


def test_who_is_only_called_something_like_it_is_not_among_those_who_are_called_so(
    desk: Desk, patient: Callable[[str], Patient]
) -> None:
    called_so = {patient(name).id for name in ("Garcia, Maria", "Garcia, Sofia")}
    patient("Gracia, Pia")
    understood = desk.saying.understand("garcia follow-up lin tomorrow 10:20")
    assert {one.patient.id for one in understood.candidates} == called_so
    near = desk.saying.understand("gracai follow-up lin tomorrow 10:20")
    assert [one.patient.name for one in near.candidates] == ["Gracia, Pia", "Garcia, Maria", "Garcia, Sofia"]
    assert near.patient is None


def test_a_number_names_one_of_several(desk: Desk, patient: Callable[[str], Patient]) -> None:
    patient("Garcia, Maria")
    sofia = patient("Garcia, Sofia")
    assert desk.saying.book(f"#{sofia.id} follow-up lin tomorrow 10:20").appointment.patient == sofia


def test_what_does_not_fit_says_what_works(desk: Desk, booked: Callable[..., Appointment]) -> None:
    booked("Garcia, Maria", "2026-11-24 10:00")
    booked("Lee, Jun", "2026-11-25 10:00")
    understood = desk.saying.understand("lee follow-up lin tomorrow 10:05")
    assert understood.answer is not None
    assert understood.answer.fit is None
    assert "Garcia, Maria" in "; ".join(understood.why_not)
    assert local("2026-11-24 10:15") in [slot.starts for slot in understood.alternatives]
    with pytest.raises(Refused, match="10:15"):
        desk.saying.book("lee follow-up lin tomorrow 10:05")


def test_without_a_time_the_next_places_are_offered(desk: Desk, patient: Callable[[str], Patient]) -> None:
    patient("Lee, Jun")
    offers = desk.saying.understand("lee follow-up lin").alternatives
    assert [slot.practitioner.name for slot in offers] == ["Dr Lin"] * OFFERS
    assert offers[0].starts == local("2026-11-23 09:00")


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("thu afternoon", "2026-11-26 12:00", "2026-11-26 18:00"),
        ("next week", "2026-11-30 00:00", "2026-12-05 00:00"),
        ("thu after 3pm", "2026-11-26 15:00", "2026-11-26 18:00"),
        ("in 2 hours", "2026-11-23 10:00", "2026-11-23 18:00"),
        ("asap", "2026-11-23 08:00", "2026-11-23 18:00"),
    ],
)
def test_a_stretch_is_never_booked_and_offers_the_places_inside_it(
    desk: Desk, patient: Callable[[str], Patient], said: str, first: str, last: str
) -> None:
    patient("Lee, Jun")
    line = f"lee follow-up lin {said}"
    offers = desk.saying.understand(line).offers
    assert offers
    assert all(local(first) <= one.starts < local(last) for one in offers)
    with pytest.raises(Refused, match="when"):
        desk.saying.book(line)


def test_about_a_time_offers_the_nearest_first(desk: Desk, booked: Callable[..., Appointment]) -> None:
    booked("Lee, Jun", "2026-11-24 15:00")
    desk_line = "jun follow-up okafor tomorrow at 3"
    starts = [one.starts for one in desk.saying.understand(desk_line.replace("okafor", "lin")).offers]
    distances = [abs((one - local("2026-11-24 15:00")).total_minutes()) for one in starts]
    assert distances == sorted(distances)


def test_an_offer_that_was_chosen_is_booked_as_it_was_offered(desk: Desk, patient: Callable[[str], Patient]) -> None:
    jun = patient("Lee, Jun")
    line = "lee follow-up thu morning"
    offer = desk.saying.understand(line).offers[1]
    done = desk.saying.book(line, Choice(place=offer)).appointment
    assert (done.patient.id, done.starts, done.practitioner, done.retention_minutes) == (
        jun.id,
        offer.starts,
        offer.practitioner,
        offer.retention_minutes,
    )


def test_one_of_several_patients_is_named_by_number_in_the_line_itself(
    desk: Desk, patient: Callable[[str], Patient]
) -> None:
    patient("Garcia, Maria")
    sofia = patient("Garcia, Sofia")
    line = "garcia follow-up lin tomorrow 10:20"
    understood = desk.saying.understand(line)
    assert understood.patient is None
    assert {one.patient.id for one in understood.candidates} >= {sofia.id}
    named = naming(line, understood.line, sofia.id)
    assert named == f"#{sofia.id} follow-up lin tomorrow 10:20"
    assert desk.saying.book(named).appointment.patient == sofia


@pytest.mark.parametrize(
    "line",
    [
        "frida follow-up lin thu 10:20 fri",
        "frida follow-up lin fri thu 10:20",
        "frida 20 follow-up lin thu 10:20",
        "frida follow-up lin third thu 10:20",
        "frida follow-up lin 3 march 2012 thu 10:20",
    ],
)
def test_a_second_time_is_never_taken_for_the_beginning_of_a_name(
    desk: Desk, patient: Callable[[str], Patient], line: str
) -> None:
    details = PatientDetails(
        given="Frida", family="Thursby Thirdman", birth_date=date(2012, 3, 3), phones=("416 555 2020",)
    )
    desk.patients.add(details)
    assert desk.saying.understand(line).request is None


def test_somebody_may_be_called_like_a_day(desk: Desk, patient: Callable[[str], Patient]) -> None:
    wei = patient("Sun, Wei")
    patient("May, April")
    done = desk.saying.book("sun follow-up lin mon 30 nov 10:20").appointment
    assert (done.patient, done.starts) == (wei, local("2026-11-30 10:20"))
    assert desk.saying.book("april may follow-up lin 30 nov 11:20").appointment.patient.details.family == "May"


def test_nothing_earlier_today_is_booked_by_a_line(
    desk: Desk, patient: Callable[[str], Patient], clock: ManualClock
) -> None:
    patient("Lee, Jun")
    clock.move(minutes=150)
    with pytest.raises(Refused, match="10:20 today has passed"):
        desk.saying.book("lee follow-up lin today 10:20")
    with pytest.raises(Refused, match="has passed"):
        desk.saying.book("lee follow-up lin yesterday 10:20")


def test_a_course_with_a_date_that_has_no_place_is_asked_back(desk: Desk, patient: Callable[[str], Patient]) -> None:
    patient("Lee, Jun")
    desk.blocks.add(BlockRequest(local("2026-12-03 14:00"), local("2026-12-03 18:00"), ("Dr Lin",)))
    line = "lee follow-up lin thu 26 nov 16:30 weekly x3"
    understood = desk.saying.understand(line)
    assert understood.course is not None
    assert [one.wished for one in understood.course.asked] == [local("2026-12-03 16:30")]
    before = desk.log.latest(50)
    with pytest.raises(Refused, match="nothing is booked: nothing fits on 2026-12-03"):
        desk.saying.book(line)
    assert desk.log.latest(50) == before
    done = desk.saying.book(line, Choice(as_proposed=True))
    assert isinstance(done, SeriesOutcome)
    assert [one.starts for one in done.visits] == [local("2026-11-26 16:30"), local("2026-12-10 16:30")]


def test_a_course_never_begins_at_another_time_than_was_said(desk: Desk, booked: Callable[..., Appointment]) -> None:
    booked("Garcia, Maria", "2026-11-26 10:00")
    booked("Lee, Jun", "2026-11-25 10:00")
    line = "lee follow-up lin thu 26 nov 10:05 weekly x2"
    with pytest.raises(Refused, match="moved on 2026-11-26"):
        desk.saying.book(line)
    done = desk.saying.book(line, Choice(as_proposed=True))
    assert isinstance(done, SeriesOutcome)
    assert done.visits[0].starts != local("2026-11-26 10:05")
    assert done.visits[1].starts == local("2026-12-03 10:05")


def test_who_must_leave_is_offered_only_what_ends_in_time(desk: Desk, patient: Callable[[str], Patient]) -> None:
    patient("Lee, Jun")
    offers = desk.saying.understand("lee follow-up lin tomorrow must leave by 10:30").offers
    assert offers
    assert all(one.ends <= local("2026-11-24 10:30") for one in offers)
    booked = desk.saying.book("lee follow-up lin tomorrow 9:30 must leave by 10:30").appointment
    assert booked.leave_by == local("2026-11-24 10:30")
    with pytest.raises(Refused):
        desk.saying.book("lee follow-up lin wed 10:20 must leave by 10:30")
