"""What comes after a check-out: the plan's next visit where it fits, the rest in one go, or why not now."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from frontdesk.clock import ManualClock
from frontdesk.desk.blocks import BlockRequest
from frontdesk.desk.booking import Request
from frontdesk.desk.open import Desk
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import NotFound, Refused
from frontdesk.domain.patient import Patient, PatientDetails
from frontdesk.domain.plan import PlanOutcome
from frontdesk.domain.recall import ContactResult, RecallReason
from frontdesk.domain.standing import State
from tests.desk.conftest import local
from tests.standings import standings


@pytest.fixture
def maria(desk: Desk) -> Patient:
    """With a weekly plan of four visits."""
    patient = desk.patients.add(PatientDetails(given="Maria", family="Garcia"))
    desk.plans.start(patient.id, replace(desk.plans.of(patient.id).usual, planned=4, reassess_at=None))
    return patient


def treated(desk: Desk, patient: Patient, at: str = "2026-11-23 09:00") -> Appointment:
    visit = desk.booking.book(Request(patient.id, "Follow-up", "Dr Lin", local(at))).appointment
    desk.needles.put_in(visit.id, 5)
    desk.needles.take_out(visit.id, 5)
    return desk.visits.checkout(visit.id).appointment


def test_the_next_visit_is_booked_from_what_is_offered(desk: Desk, maria: Patient) -> None:
    visit = treated(desk, maria)
    found = desk.next_visits.after(visit.id)
    assert (found.wanted, found.wished) == (True, local("2026-11-30 09:00"))
    assert found.places[0].starts == local("2026-11-30 09:00")
    booked = desk.booking.book(found.request(found.places[0])).appointment
    assert (booked.starts, booked.practitioner.name) == (local("2026-11-30 09:00"), "Dr Lin")
    assert not desk.next_visits.after(visit.id).wanted


def test_where_it_does_not_fit_the_nearest_that_does_comes_first(desk: Desk, maria: Patient) -> None:
    lin = next(one for one in desk.clinic.get().practitioners if one.name == "Dr Lin")
    plan = desk.plans.of(maria.id).plans[0].plan
    desk.plans.change(plan, replace(plan.details, practitioner=lin))
    other = desk.patients.add(PatientDetails(family="Lee"))
    desk.booking.book(Request(other.id, "Follow-up", "Dr Lin", local("2026-11-30 09:05")))
    found = desk.next_visits.after(treated(desk, maria).id)
    assert found.places[0].starts != found.wished
    assert "Dr Lin is with Lee" in found.why[0]
    for place in found.places:
        assert desk.booking.check(found.request(place)).fit is not None


def test_the_rest_of_the_course_is_booked_in_one_go(desk: Desk, maria: Patient) -> None:
    found = desk.next_visits.after(treated(desk, maria).id)
    rest = found.rest
    assert rest is not None
    done = desk.series.book(rest, desk.series.propose(rest).places)
    assert [one.starts for one in done.visits] == [local(f"2026-{day} 09:00") for day in ("11-30", "12-07", "12-14")]
    far = desk.plans.progress()[maria.id]
    assert (far.done, far.to_book) == (1, 0)


def test_the_rest_finds_places_by_itself_and_names_the_dates_that_have_none(
    desk: Desk, maria: Patient, clock: ManualClock
) -> None:
    lin = next(one for one in desk.clinic.get().practitioners if one.name == "Dr Lin")
    plan = desk.plans.of(maria.id).plans[0].plan
    desk.plans.change(plan, replace(plan.details, practitioner=lin, planned=5))
    visit = treated(desk, maria)
    for first, last in (("2026-12-07 08:00", "2026-12-07 12:00"), ("2026-12-11 08:00", "2026-12-17 19:00")):
        desk.blocks.add(BlockRequest(local(first), local(last), ("Dr Lin",)))
    found = desk.next_visits.after(visit.id)
    assert found.rest is not None
    proposed = desk.series.propose(found.rest)
    assert proposed.asked == ()
    (none,) = proposed.without_place
    done = desk.series.book(found.rest, proposed.places, [none.wished])
    assert [one.starts for one in done.visits] == [
        local(day) for day in ("2026-11-30 09:00", "2026-12-07 12:00", "2026-12-21 09:00")
    ]
    assert done.words.startswith("Garcia, Maria: 3 visits booked (no place 14 Dec), weekly, ")
    clock.instant = local("2026-12-21 20:00")
    for one in done.visits:
        desk.visits.no_show(one.id)
    stands = standings(desk, [maria.id])[maria.id]
    assert stands.state is State.LISTED, "what is left of the plan is on the list once nothing is booked"


def test_the_rest_begins_where_a_person_would_have_it(desk: Desk, maria: Patient) -> None:
    found = desk.next_visits.after(treated(desk, maria).id)
    place = next(one for one in found.places if one.starts != found.wished)
    rest = found.rest_from(place)
    assert rest is not None
    assert (rest.starts, rest.practitioner) == (place.starts, place.practitioner.name)


def test_whoever_treated_is_away_that_day_which_is_said_and_goes_on_with_the_course(desk: Desk, maria: Patient) -> None:
    desk.blocks.add(BlockRequest(local("2026-11-30 08:00"), local("2026-11-30 19:00"), ("Dr Lin",)))
    found = desk.next_visits.after(treated(desk, maria).id)
    assert (found.places[0].starts, found.places[0].practitioner.name) == (local("2026-11-30 09:00"), "Dr Okafor")
    assert "Dr Lin" in found.why[0]
    rest = found.rest
    assert rest is not None
    booked = desk.series.book(rest, desk.series.propose(rest).places).visits
    assert {one.practitioner.name for one in booked} == {"Dr Lin"}
    assert [one.starts for one in booked[1:]] == [local("2026-12-07 09:00"), local("2026-12-14 09:00")]


def test_without_a_plan_that_runs_nothing_is_offered(desk: Desk, maria: Patient) -> None:
    plan = desk.plans.of(maria.id).plans[0].plan
    visit = treated(desk, maria)
    desk.plans.pause(plan)
    assert not desk.next_visits.after(visit.id).wanted
    desk.plans.undo(maria.id)
    desk.plans.end(desk.plans.of(maria.id).plans[0].plan, PlanOutcome.BETTER)
    found = desk.next_visits.after(visit.id)
    assert (found.wanted, found.progress, found.rest) == (False, None, None)


def test_not_now_is_kept_with_its_reason_until_the_day_they_would_come(
    desk: Desk, maria: Patient, clock: ManualClock
) -> None:
    treated(desk, maria)
    done = desk.recalls.not_now(maria.id, "away")
    assert done.words == "Garcia, Maria: not now (away); to be asked again on Mon 30.11.2026"
    (kept,) = desk.recalls.contacts(maria.id)
    assert kept == done.contact
    assert (kept.about, kept.result, kept.who) == (RecallReason.PLAN, ContactResult.NOT_NOW, "Ana")
    assert desk.log.latest(1)[0].what == "recall.not-now"
    desk.recalls.take_back(kept.id)
    assert desk.recalls.contacts(maria.id) == ()
    with pytest.raises(NotFound, match="taken back already"):
        desk.recalls.take_back(kept.id)
    with pytest.raises(Refused, match="say why"):
        desk.recalls.not_now(maria.id, " ")
    clock.move(minutes=30 * 24 * 60)
    assert desk.recalls.not_now(maria.id, "away").contact.next_on == date(2026, 12, 30)
