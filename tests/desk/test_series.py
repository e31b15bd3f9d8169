"""A course of visits at the desk: proposed, booked whole or not at all, undone by one key, called off from one on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from frontdesk.clock import ManualClock
from frontdesk.desk.booking import Request
from frontdesk.desk.open import Desk
from frontdesk.desk.series import SeriesOutcome, SeriesRequest
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import NotFound, Refused, Stale
from frontdesk.domain.packing import Cadence, Mark
from frontdesk.domain.patient import Patient
from frontdesk.domain.visit import Status
from tests.desk.conftest import local

Booked = Callable[..., Appointment]


@pytest.fixture
def garcia(patient: Callable[[str], Patient]) -> Patient:
    return patient("Garcia, Maria")


def wish(who: Patient, count: int = 4, **more: Any) -> SeriesRequest:
    """Follow-ups with Dr Lin from Monday 10:00."""
    request = SeriesRequest(who.id, "Follow-up", "Dr Lin", local("2026-11-23 10:00"), count=count)
    return replace(request, **more)


def booked_course(desk: Desk, who: Patient, count: int = 4, **more: Any) -> SeriesOutcome:
    plan = desk.series.propose(wish(who, count, **more))
    return desk.series.book(plan.request, plan.places)


def on(desk: Desk, *days: str) -> list[str]:
    """Who is booked on those days, with the status."""
    return [
        f"{one.patient.details.short_name} {one.status.value}"
        for day in days
        for one in desk.days.load(local(f"{day} 12:00").in_timezone("America/Toronto").date()).appointments
    ]


WEEKS = ("2026-11-23", "2026-11-30", "2026-12-07", "2026-12-14")


def test_a_course_is_proposed_without_booking_anything(desk: Desk, garcia: Patient) -> None:
    plan = desk.series.propose(wish(garcia))
    assert [one.mark for one in plan.dates] == [Mark.WISHED] * 4
    assert [place.starts for place in plan.places] == [local(f"{day} 10:00") for day in WEEKS]
    assert on(desk, *WEEKS) == []


def test_a_course_is_booked_as_one_and_the_log_names_it_and_each(desk: Desk, garcia: Patient) -> None:
    done = booked_course(desk, garcia)
    assert done.line == ("Garcia, Maria: 4 visits booked, weekly, Mon 23 Nov 10:00 to Mon 14 Dec 10:00 with Dr Lin")
    assert on(desk, *WEEKS) == ["Garcia M booked"] * 4
    assert {one.series_id for one in done.visits} == {done.visits[0].id}
    assert [one.what for one in desk.log.latest(5)] == ["series.book", *["visit.book"] * 4]
    assert desk.upkeep.check() == ()


def test_over_the_holidays_each_visit_is_on_an_open_day(desk: Desk, garcia: Patient) -> None:
    done = booked_course(desk, garcia, 6, starts=local("2026-12-03 10:00"))
    starts = [one.starts.in_timezone("America/Toronto").format("ddd D MMM HH:mm") for one in done.visits]
    assert starts[3] == "Wed 23 Dec 10:00", "Thursday 24 December is closed"
    assert len(starts) == 6


def test_a_clash_is_repaired_beside_it_and_others_are_not_touched(desk: Desk, garcia: Patient, booked: Booked) -> None:
    other = booked("Lee, Jun", "2026-11-30 10:00")
    plan = desk.series.propose(wish(garcia))
    assert [one.mark for one in plan.dates] == [Mark.WISHED, Mark.MOVED, Mark.WISHED, Mark.WISHED]
    assert plan.dates[1].why[0].startswith("Dr Lin is with Lee, Jun 10:00-10:15")
    desk.series.book(plan.request, plan.places)
    assert desk.visits.get(other.id) == other


def test_a_place_that_is_gone_by_then_refuses_the_whole(desk: Desk, garcia: Patient, booked: Booked) -> None:
    plan = desk.series.propose(wish(garcia))
    booked("Lee, Jun", "2026-11-30 10:00")
    booked("Roe, Ann", "2026-12-14 10:00")
    with pytest.raises(Refused) as refused:
        desk.series.book(plan.request, plan.places)
    reason = refused.value.reason
    assert reason.startswith(
        "nothing was booked, 2 of 4 are not free any more: Mon 30 Nov 10:00: Dr Lin is with Lee, Jun"
    )
    assert "Mon 14 Dec 10:00: Dr Lin is with Roe, Ann" in reason
    assert on(desk, *WEEKS) == ["Lee J booked", "Roe A booked"]


def test_the_retentions_of_others_make_room_and_it_is_said(desk: Desk, garcia: Patient, booked: Booked) -> None:
    other = booked("Lee, Jun", "2026-11-30 09:20")
    plan = desk.series.propose(wish(garcia))
    assert dict(plan.also) == {plan.dates[1].wished: ("Lee J 09:20: retention 20 min, not 25",)}
    done = booked_course(desk, garcia)
    assert [one.starts for one in done.visits] == [local(f"{day} 10:00") for day in WEEKS]
    assert done.also == ("Lee, Jun is now planned for 20 min of retention, not 25",)
    assert desk.visits.get(other.id).retention_minutes == 20


def test_a_visit_that_is_repeated_is_the_first_of_its_course(desk: Desk, booked: Booked) -> None:
    first = booked("Garcia, Maria", "10:00", room="Room 2")
    desk.visits.arrive(first.id)
    request = wish(first.patient, repeats=first.id, room="Room 2")
    plan = desk.series.propose(request)
    assert [one.mark for one in plan.dates] == [Mark.THERE, Mark.WISHED, Mark.WISHED, Mark.WISHED]
    done = desk.series.book(request, plan.places)
    assert len(done.visits) == 3
    assert {one.room.name for one in done.visits if one.room} == {"Room 2"}
    assert {one.series_id for one in done.visits} == {desk.visits.get(first.id).series_id} == {first.id}
    desk.undo.last(done.visits[0].id)
    assert desk.visits.get(first.id).series_id is None
    assert desk.visits.get(first.id).status is Status.ARRIVED


@pytest.mark.parametrize("which", [0, 2, 3])
def test_undo_of_any_of_them_takes_back_the_whole(desk: Desk, garcia: Patient, which: int) -> None:
    done = booked_course(desk, garcia)
    visit = done.visits[which]
    undone = desk.undo.last(visit.id, version=visit.version)
    assert undone.line == "undid the series: 4 visits of Garcia, Maria"
    assert on(desk, *WEEKS) == ["Garcia M entered_in_error"] * 4
    with pytest.raises(Refused, match="nothing is left to undo"):
        desk.undo.last(done.visits[1].id)
    assert booked_course(desk, garcia).visits, "the places are free again"
    assert desk.upkeep.check() == ()


def test_undo_keeps_what_was_changed_since_and_names_it(desk: Desk, garcia: Patient) -> None:
    done = booked_course(desk, garcia)
    first, second, third, _ = done.visits
    desk.visits.confirm(second.id)
    desk.booking.move(third.id, starts=local("2026-12-08 10:00"))
    undone = desk.undo.last(first.id)
    assert undone.line == (
        "undid the series: 2 visits of Garcia, Maria; "
        "as they are now stay Mon 30 Nov 10:00 (confirmed); Tue 8 Dec 10:00 (booked)"
    )
    # What was kept is taken back by itself from then on.
    assert desk.undo.last(third.id).line == "Garcia, Maria: undid the move, back to Mon 7 Dec 10:00"
    assert desk.undo.last(third.id).line == "Garcia, Maria: undid the booking"
    assert desk.visits.get(second.id).status is Status.CONFIRMED


def test_one_of_a_course_is_moved_and_cancelled_by_itself(desk: Desk, garcia: Patient) -> None:
    _, second, third, fourth = booked_course(desk, garcia).visits
    desk.booking.move(third.id, starts=local("2026-12-08 10:00"))
    desk.visits.cancel(fourth.id, "ill", by="patient")
    assert desk.undo.last(fourth.id).line == "Garcia, Maria: undid the cancelling"
    assert desk.visits.get(second.id) == second


def test_this_one_and_all_later_ones_are_called_off_and_undone_together(desk: Desk, garcia: Patient) -> None:
    first, second, third, fourth = booked_course(desk, garcia).visits
    assert desk.series.rest(second.id) == (third, fourth)
    done = desk.series.cancel_rest(second.id, "feels better", by="patient", version=second.version)
    assert done.line == "Garcia, Maria: 3 visits from Mon 30 Nov 10:00 on: cancelled by the patient (feels better)"
    assert on(desk, *WEEKS) == ["Garcia M booked", *["Garcia M cancelled"] * 3]
    assert desk.series.rest(first.id) == ()
    undone = desk.undo.last(third.id)
    assert undone.line == "undid the cancelling of 3 visits of Garcia, Maria"
    assert on(desk, *WEEKS) == ["Garcia M booked"] * 4
    assert desk.upkeep.check() == ()
    assert desk.undo.last(second.id).line == "undid the series: 4 visits of Garcia, Maria"


def test_undoing_that_puts_back_those_whose_places_are_free(desk: Desk, garcia: Patient, booked: Booked) -> None:
    _, second, third, _ = booked_course(desk, garcia).visits
    desk.series.cancel_rest(second.id)
    booked("Lee, Jun", "2026-12-07 10:00")
    undone = desk.undo.last(second.id)
    assert undone.words == "undid the cancelling of 2 visits of Garcia, Maria"
    assert undone.also[0].startswith("as they are now stay Mon 7 Dec 10:00 (Dr Lin is with Lee, Jun")
    assert desk.visits.get(third.id).status is Status.CANCELLED
    assert desk.upkeep.check() == ()


def test_who_calls_off_the_rest_must_have_seen_the_visit_as_it_is(desk: Desk, garcia: Patient) -> None:
    _, second, *_ = booked_course(desk, garcia).visits
    desk.visits.confirm(second.id)
    with pytest.raises(Stale, match="Garcia, Maria was confirmed by Ana"):
        desk.series.cancel_rest(second.id, version=second.version)


def test_a_visit_of_no_course_has_no_rest(desk: Desk, booked: Booked) -> None:
    visit = booked("Garcia, Maria", "10:00")
    assert desk.series.rest(visit.id) == ()
    with pytest.raises(Refused, match="belongs to no course"):
        desk.series.cancel_rest(visit.id)
    assert desk.visits.get(visit.id) == visit


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"count": 1}, "2 to 26 visits, not 1"),
        ({"count": 27}, "2 to 26 visits, not 27"),
        ({"within": -1}, "0 to 240 minutes, not -1"),
        ({"service": "Massage"}, "there is no service"),
        ({"practitioner": "Dr Who"}, "there is no practitioner"),
        ({"patient_id": 99}, "no patient"),
        ({"repeats": 99}, "no appointment 99"),
        ({"starts": local("2026-11-20 10:00")}, "has passed"),
        ({"starts": local("2026-11-24 10:00").add(seconds=5)}, "whole minute"),
    ],
)
def test_what_can_not_be_a_course_is_told(desk: Desk, garcia: Patient, wrong: dict[str, object], words: str) -> None:
    with pytest.raises((Refused, NotFound), match=words):
        desk.series.propose(wish(garcia, **{"count": 4, **wrong}))  # type: ignore[arg-type]


def test_somebody_elses_or_a_cancelled_visit_is_not_repeated(desk: Desk, garcia: Patient, booked: Booked) -> None:
    other = booked("Lee, Jun", "15:00")
    with pytest.raises(Refused, match="is Lee, Jun's"):
        desk.series.propose(wish(garcia, repeats=other.id))
    desk.visits.cancel(other.id)
    with pytest.raises(Refused, match="Lee, Jun: cancelled; put it back"):
        desk.series.propose(wish(other.patient, repeats=other.id))


def test_nothing_chosen_and_two_on_a_day_book_nothing(desk: Desk, garcia: Patient) -> None:
    plan = desk.series.propose(wish(garcia))
    with pytest.raises(Refused, match="no date is chosen"):
        desk.series.book(plan.request, ())
    twice = (plan.places[0], replace(plan.places[0], starts=local("2026-11-23 15:00")))
    with pytest.raises(Refused, match="on the same day"):
        desk.series.book(plan.request, twice)
    assert on(desk, *WEEKS) == []


def test_a_place_that_has_passed_meanwhile_is_not_booked(desk: Desk, garcia: Patient, clock: ManualClock) -> None:
    plan = desk.series.propose(wish(garcia))
    clock.move(minutes=180)
    with pytest.raises(Refused, match="Mon 23 Nov 10:00 has passed"):
        desk.series.book(plan.request, plan.places)


def test_anybody_is_asked_for_by_name_only(desk: Desk, garcia: Patient, booked: Booked) -> None:
    booked("Lee, Jun", "2026-11-30 10:00")
    plan = desk.series.propose(wish(garcia, practitioner=None))
    assert [place.practitioner.name for place in plan.places] == ["Dr Lin", "Dr Okafor", "Dr Lin", "Dr Lin"]


def test_the_next_course_begins_after_the_visits_that_are_there(desk: Desk, garcia: Patient) -> None:
    third = booked_course(desk, garcia).visits[2]
    plan = desk.series.propose(wish(garcia, starts=third.starts, repeats=third.id))
    assert [one.mark for one in plan.dates] == [Mark.THERE, Mark.THERE, Mark.WISHED, Mark.WISHED]
    done = desk.series.book(plan.request, plan.places)
    assert {one.series_id for one in done.visits} == {done.visits[0].id}
    assert desk.visits.get(third.id) == third


def test_two_desks_that_book_over_each_other_are_told(
    desk: Desk, garcia: Patient, patient: Callable[[str], Patient]
) -> None:
    other = patient("Lee, Jun")
    mine, theirs = desk.series.propose(wish(garcia)), desk.series.propose(wish(other, cadence=Cadence.FORTNIGHTLY))
    desk.series.book(mine.request, mine.places)
    with pytest.raises(Refused, match="nothing was booked, 2 of 4 are not free any more"):
        desk.series.book(theirs.request, theirs.places)
    desk.booking.book(Request(other.id, "Follow-up", "Dr Lin", local("2026-12-21 10:00")))
    assert desk.upkeep.check() == ()
