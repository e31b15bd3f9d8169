"""The recall list at the desk: who is on it, what came of calling, and what an undo gives back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from frontdesk.clock import ManualClock
from frontdesk.desk.booking import Request
from frontdesk.desk.open import Desk
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.cadence import Cadence
from frontdesk.domain.errors import NotFound, Refused
from frontdesk.domain.patient import Patient
from frontdesk.domain.plan import PlanDetails, PlanOutcome
from frontdesk.domain.recall import RecallReason
from frontdesk.domain.recall_rules import RecallRules
from frontdesk.domain.setup import spec_of
from frontdesk.domain.standing import State
from frontdesk.domain.visit import Status
from tests.desk.conftest import local
from tests.standings import standings

Add = Callable[[str], Patient]
TODAY = date(2026, 11, 23)


def seen(desk: Desk, clock: ManualClock, who: Patient, day: str, *, kept: int = 0) -> Appointment:
    """A visit of theirs on an earlier day that took place, with needles sent home if `kept`."""
    now = clock.instant
    clock.instant = local(f"{day} 09:00")
    visit = desk.booking.book(Request(who.id, "Follow-up", "Dr Lin", local(f"{day} 10:00"), None)).appointment
    clock.instant = local(f"{day} 10:00")
    desk.needles.put_in(visit.id, 10)
    clock.instant = local(f"{day} 10:30")
    desk.needles.take_out(visit.id, 10 - kept, kept=kept, told=bool(kept), remove_on=TODAY if kept else None)
    done = desk.visits.checkout(visit.id).appointment
    clock.instant = now
    return done


def plan(desk: Desk, clock: ManualClock, who: Patient, day: str) -> None:
    now = clock.instant
    clock.instant = local(f"{day} 08:00")
    desk.plans.start(who.id, PlanDetails(desk.clinic.get().services[0], cadence=Cadence.WEEKLY))
    clock.instant = now


def states(desk: Desk, *people: Patient) -> list[State]:
    found = standings(desk, [one.id for one in people])
    return [found[one.id].state for one in people]


def test_whose_plan_says_come_is_called_until_they_are_booked_or_stop(
    desk: Desk, clock: ManualClock, patient: Add
) -> None:
    maria, hana, jonas = patient("Garcia, Maria"), patient("Sato, Hana"), patient("Weber, Jonas")
    for who in (maria, hana, jonas):
        plan(desk, clock, who, "2026-11-16")
    for who, at in ((maria, "2026-11-16"), (hana, "2026-11-17"), (jonas, "2026-11-18")):
        seen(desk, clock, who, at)
    sheet = desk.recall_list.look()
    assert [(one.patient.name, one.standing.reason_words) for one in sheet.rows] == [
        ("Garcia, Maria", "plan says come, 1 of 8"),
        ("Sato, Hana", "plan says come, 1 of 8"),
        ("Weber, Jonas", "plan says come, 1 of 8"),
    ]
    assert (sheet.due, sheet.later) == (3, 0)
    called = desk.recalls.no_answer(maria.id)
    assert called.words == "Garcia, Maria: no answer, again on Tue 24.11.2026"
    assert desk.recalls.no_answer(maria.id).words == "Garcia, Maria: no answer ×2, again on Thu 26.11.2026"
    desk.recalls.wait(hana.id, date(2026, 12, 1))
    desk.recalls.stop(jonas.id, "too far")
    sheet = desk.recall_list.look()
    assert (sheet.due, sheet.later) == (0, 2)
    assert states(desk, maria, hana, jonas) == [State.LISTED, State.LISTED, State.ENDED]
    clock.instant = local("2026-11-26 09:00")
    assert [one.patient.id for one in desk.recall_list.look().rows if one.standing.is_due(date(2026, 11, 26))] == [
        maria.id
    ]
    wish = desk.recall_list.wish(maria.id)
    offers = desk.next_visits.after(wish.after or 0)
    visit = desk.booking.book(offers.request(offers.places[0])).appointment
    assert visit.starts > clock.instant, "the day that the plan gave has passed: the next one is offered"
    desk.recalls.booked(maria.id)
    assert states(desk, maria) == [State.BOOKED]
    desk.visits.cancel(visit.id)
    assert states(desk, maria) == [State.LISTED]
    assert standings(desk, [maria.id])[maria.id].tries == 0
    assert [one.what for one in desk.log.latest(50) if one.what.startswith("recall.")] == [
        "recall.booked",
        "recall.stop",
        "recall.wait",
        "recall.no-answer",
        "recall.no-answer",
    ]


def test_what_was_written_down_is_taken_back_once(desk: Desk, clock: ManualClock, patient: Add) -> None:
    maria = patient("Garcia, Maria")
    plan(desk, clock, maria, "2026-11-16")
    seen(desk, clock, maria, "2026-11-16")
    done = desk.recalls.stop(maria.id, "moved away")
    desk.recalls.take_back(done.contact.id)
    assert desk.recall_list.look().due == 1
    with pytest.raises(NotFound, match="already"):
        desk.recalls.take_back(done.contact.id)


def test_kept_needles_come_first_and_nobody_stops_them(desk: Desk, clock: ManualClock, patient: Add) -> None:
    maria, hana = patient("Garcia, Maria"), patient("Sato, Hana")
    plan(desk, clock, maria, "2026-11-16")
    seen(desk, clock, maria, "2026-11-16")
    visit = seen(desk, clock, hana, "2026-11-19", kept=2)
    sheet = desk.recall_list.look()
    assert [one.standing.about for one in sheet.rows] == [RecallReason.NEEDLES, RecallReason.PLAN]
    wish = desk.recall_list.wish(hana.id)
    assert (local("2026-11-23 00:00") < wish.starts < local("2026-11-24 00:00"), wish.starts > clock.instant) == (
        True,
        True,
    ), "today, not when a plan or a habit would have it"
    with pytest.raises(Refused, match="has needles in that are to come out"):
        desk.recalls.stop(hana.id, "does not want to")
    desk.needles.kept_out(visit.id)
    assert states(desk, hana) == [State.QUIET]


def test_who_lapsed_is_called_within_the_weeks_the_clinic_says(desk: Desk, clock: ManualClock, patient: Add) -> None:
    maria, hana, jonas = patient("Garcia, Maria"), patient("Sato, Hana"), patient("Weber, Jonas")
    seen(desk, clock, maria, "2026-10-05")
    seen(desk, clock, hana, "2026-11-02")
    plan(desk, clock, jonas, "2026-10-01")
    seen(desk, clock, jonas, "2026-10-06")
    now = clock.instant
    clock.instant = local("2026-10-06 12:00")
    (running,) = desk.plans.of(jonas.id).plans
    desk.plans.end(running.plan, PlanOutcome.BETTER)
    clock.instant = now
    assert states(desk, maria, hana, jonas) == [State.LISTED, State.QUIET, State.ENDED]
    assert [one.patient.id for one in desk.recall_list.look().rows] == [maria.id]
    desk.clinic.setup(replace(spec_of(desk.clinic.get()), recalls=RecallRules(lapsed_weeks=2, until_weeks=7)))
    assert states(desk, maria, hana, jonas) == [State.ENDED, State.LISTED, State.ENDED]
    assert [one.patient.id for one in desk.recall_list.look().rows] == [hana.id]


def test_the_list_names_whoever_the_rule_names(desk: Desk, clock: ManualClock, patient: Add) -> None:
    people = [patient(f"Garcia, {letter}") for letter in "ABCDEFG"]
    for number, who in enumerate(people):
        day = date(2026, 11, 16) - timedelta(days=7 * number)
        if number % 2:
            plan(desk, clock, who, f"{day}")
        seen(desk, clock, who, f"{day}")
    every = standings(desk, [one.id for one in people])
    listed = {key for key, one in every.items() if one.state is State.LISTED}
    assert {one.patient.id for one in desk.recall_list.look().rows} == listed
    assert {key for key, one in standings(desk).items() if one.state is State.LISTED} == listed


def test_of_many_who_lapsed_all_are_counted_and_the_longest_overdue_shown(
    desk: Desk, clock: ManualClock, patient: Add
) -> None:
    ago = {"A": 42, "B": 45, "C": 41, "D": 363, "E": 364, "F": 101, "G": 60}
    people = {letter: patient(f"Garcia, {letter}") for letter in ago}
    for letter, days in ago.items():
        seen(desk, clock, people[letter], f"{TODAY - timedelta(days=days)}")
    # Of those who lapsed one has a plan that ended with an outcome then, one is booked, one was called before.
    now = clock.instant
    plan(desk, clock, people["F"], f"{TODAY - timedelta(days=101)}")
    clock.instant = local(f"{TODAY - timedelta(days=101)} 12:00")
    desk.plans.end(desk.plans.of(people["F"].id).plans[0].plan, PlanOutcome.BETTER)
    clock.instant = now
    desk.booking.book(Request(people["G"].id, "Follow-up", "Dr Lin", local("2026-11-24 10:00"), None))
    sheet = desk.recall_list.look()
    assert [one.patient.id for one in sheet.rows] == [people[letter].id for letter in "DBA"]
    called = desk.recalls.no_answer(people["B"].id)
    sheet = desk.recall_list.look(1)
    assert ([one.patient.id for one in sheet.rows], sheet.due, sheet.later) == ([people["D"].id], 2, 1)
    desk.recalls.take_back(called.contact.id)
    desk.clinic.setup(replace(spec_of(desk.clinic.get()), recalls=RecallRules(lapsed_weeks=5, until_weeks=53)))
    found = standings(desk)
    assert [one.patient.id for one in desk.recall_list.look().rows] == [people[letter].id for letter in "EDBAC"]
    assert {key for key, one in found.items() if one.state is State.LISTED} == {people[one].id for one in "EDBAC"}


def test_a_booking_from_a_call_is_taken_back_with_the_call_or_not_at_all(
    desk: Desk, clock: ManualClock, patient: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    maria = patient("Garcia, Maria")
    plan(desk, clock, maria, "2026-11-09")
    seen(desk, clock, maria, "2026-11-10")
    visit = desk.booking.book(Request(maria.id, "Follow-up", "Dr Lin", local("2026-11-24 10:00"), None)).appointment
    call = desk.recalls.booked(maria.id).contact

    def gone(*_: object) -> None:
        raise Refused("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr("frontdesk.store.recall_writes.delete", gone)
        with pytest.raises(Refused, match="disk is full"):
            desk.undo.last(visit.id, version=visit.version, contact_id=call.id)
    assert desk.visits.get(visit.id).status is Status.BOOKED
    assert [one.id for one in desk.recalls.contacts(maria.id)] == [call.id]
    desk.undo.last(visit.id, version=visit.version, contact_id=call.id)
    assert desk.visits.get(visit.id).status is Status.ENTERED_IN_ERROR
    assert desk.recalls.contacts(maria.id) == ()
    assert [one.what for one in desk.log.latest(2)] == ["recall.undo", "visit.undo"]
