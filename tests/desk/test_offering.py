"""What is offered to somebody who asks when they can come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import groupby, pairwise

import pytest
from msgspec.structs import replace

from frontdesk.desk.booking import Request
from frontdesk.desk.offering import A_DAY, MOST_OFFERS, Wanted
from frontdesk.desk.open import Desk
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.domain.packing import Slot
from frontdesk.domain.packing.offers import APART_MINUTES, numbered
from frontdesk.domain.patient import Patient
from tests.desk.conftest import ZONE, local

MONDAY = date(2026, 11, 23)


def of_days(places: tuple[Slot, ...]) -> list[list[Slot]]:
    return [list(group) for _, group in groupby(places, key=lambda one: one.starts.in_timezone(ZONE).date())]


def test_a_few_of_each_day_that_are_a_choice(desk: Desk) -> None:
    days = of_days(desk.offering.places(Wanted("Follow-up", "Dr Lin", MONDAY)).places)
    assert sum(len(day) for day in days) == MOST_OFFERS
    for day in days:
        assert len(day) <= A_DAY
        starts = sorted(one.starts for one in day)
        assert all(later - earlier >= timedelta(minutes=APART_MINUTES) for earlier, later in pairwise(starts))


def test_every_offer_can_be_booked_as_it_was_offered(desk: Desk, patient: Callable[[str], Patient]) -> None:
    for number, place in enumerate(desk.offering.places(Wanted("Initial", None, MONDAY)).places):
        request = Request(
            patient(f"Garcia{number}, Maria").id, "Initial", place.practitioner.name, place.starts, place.room.name,
            retention_minutes=place.retention_minutes,
        )  # fmt: skip
        booked = desk.booking.book(request).appointment
        assert (booked.room, booked.retention_minutes) == (place.room, place.retention_minutes)


def test_a_day_that_has_passed_begins_with_today(desk: Desk) -> None:
    offers = desk.offering.places(Wanted("Follow-up", "Dr Lin", date(2026, 1, 5)))
    assert offers.places[0].starts.in_timezone(ZONE).date() == MONDAY


def test_days_on_which_nobody_works_are_passed_over(desk: Desk) -> None:
    offers = desk.offering.places(Wanted("Follow-up", "Dr Lin", date(2026, 12, 24)))
    assert offers.first_day == ()
    assert offers.places[0].starts.in_timezone(ZONE).date() == date(2026, 12, 28)


def test_every_start_of_the_first_day_that_would_do_is_told(desk: Desk) -> None:
    offers = desk.offering.places(Wanted("Follow-up", "Dr Lin", MONDAY))
    free = desk.booking.slots("Follow-up", "Dr Lin", first_day=MONDAY, days=1, limit=1000)
    assert [one.starts for one in offers.first_day] == [one.starts for one in free]


def test_a_visit_that_would_move_is_not_in_its_own_way(desk: Desk, booked: Callable[..., Appointment]) -> None:
    visit = booked("Garcia, Maria", "09:00")
    starts = [one.starts for one in desk.offering.places(Wanted("Follow-up", "Dr Lin", MONDAY)).first_day]
    assert visit.starts not in starts
    wanted = Wanted("Follow-up", "Dr Lin", MONDAY, visit.patient.id, moving=visit.id)
    offers = desk.offering.places(wanted)
    assert visit.starts in [one.starts for one in offers.first_day]
    assert visit.starts not in [one.starts for one in offers.places], "it is there already"
    taken = replace(wanted, practitioner="Dr Okafor")
    assert visit.starts in [one.starts for one in desk.offering.places(taken).places], "a colleague may take it over"


def test_of_several_wishes_the_first_that_fits_is_taken(
    desk: Desk, patient: Callable[[str], Patient], booked: Callable[..., Appointment]
) -> None:
    booked("Lee, Jun", "10:00")
    who = patient("Garcia, Maria").id
    wishes = [Request(who, "Follow-up", name, local("2026-11-23 10:00")) for name in ("Dr Lin", "Dr Okafor")]
    request, answer = desk.offering.first_that_fits(wishes)
    assert request.practitioner == "Dr Okafor"
    assert answer.fit is not None
    desk.booking.book(request)
    request, answer = desk.offering.first_that_fits(
        [
            Request(patient("Kim, Seo").id, "Follow-up", name, local("2026-11-23 10:00"))
            for name in ("Dr Lin", "Dr Okafor")
        ]
    )
    assert request.practitioner == "Dr Lin"
    assert "Dr Lin is with Lee, Jun" in answer.why_not[0]


def test_a_name_that_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="there is no service"):
        desk.offering.places(Wanted("Haircut", None, MONDAY))


def test_a_digit_names_an_offer_or_none(desk: Desk) -> None:
    places = desk.offering.places(Wanted("Follow-up", "Dr Lin", MONDAY)).places[:2]
    assert [numbered(places, digit) for digit in (0, 1, 2, 3)] == [None, places[0], places[1], None]
