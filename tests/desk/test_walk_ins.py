"""Who comes without an appointment: the wait that is told is the one that comes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from frontdesk.clock import ManualClock
from frontdesk.desk.open import Desk
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.domain.patient import Patient
from frontdesk.domain.projection import project
from frontdesk.domain.visit import Status
from tests.desk.conftest import local

Book = Callable[..., Appointment]
Person = Callable[[str], Patient]


def test_nobody_is_late_and_the_next_place_is_the_wait(desk: Desk, patient: Person, clock: ManualClock) -> None:
    clock.instant = local("2026-11-23 10:02")
    who = patient("Garcia, Maria")
    found = desk.walk_ins.estimates(who.id, "Follow-up")
    assert [(one.place.practitioner.name, one.wait_minutes, one.late_minutes) for one in found] == [
        ("Dr Lin", 3, 0),
        ("Dr Okafor", 3, 0),
    ]
    done = desk.walk_ins.take(who.id, "Follow-up", found[0].place)
    visit = done.appointment
    assert (visit.status, visit.facts.arrived_at) == (Status.ARRIVED, clock.now())
    assert done.words == "Garcia, Maria: walked in, 10:05 with Dr Lin, Room 1"
    assert [entry.what for entry in desk.log.latest(1)] == ["visit.walk-in"]
    assert desk.undo.last(visit.id).appointment.status is Status.ENTERED_IN_ERROR


def test_the_wait_counts_how_late_the_practitioner_runs(
    desk: Desk, patient: Person, booked: Book, clock: ManualClock
) -> None:
    first = booked("Lee, Jun", "09:00", service="Initial")
    clock.instant = local("2026-11-23 09:20")
    desk.visits.arrive(first.id)
    desk.visits.begin(first.id)
    clock.instant = local("2026-11-23 09:26")
    who = patient("Garcia, Maria")
    (lin,) = desk.walk_ins.estimates(who.id, "Follow-up", "Dr Lin")
    # The plan has Dr Lin free at 9:30; they are with the patient who came late until 9:45.
    assert lin.late_minutes > 0
    soonest = desk.walk_ins.estimates(who.id, "Follow-up")[0]
    assert soonest.place.practitioner.name == "Dr Okafor"
    done = desk.walk_ins.take(who.id, "Follow-up", lin.place)
    # What was told is what the day says afterwards.
    expected = project(desk.days.load(), clock.now()).visits[done.appointment.id].starts
    assert expected == lin.expected
    assert done.line == "Garcia, Maria: walked in, 09:30 with Dr Lin, Room 2; expected 09:45"


def test_who_has_an_appointment_today_or_is_here_already_does_not_walk_in(
    desk: Desk, patient: Person, booked: Book, clock: ManualClock
) -> None:
    visit = booked("Lee, Jun", "11:00")
    clock.instant = local("2026-11-23 10:00")
    with pytest.raises(Refused) as expected:
        desk.walk_ins.estimates(visit.patient.id, "Follow-up")
    assert expected.value.reason == (
        "Lee, Jun has an appointment today at 11:00 with Dr Lin: mark that one as arrived, or move it"
    )
    assert f"(appointment {visit.id})" in expected.value.line
    desk.visits.arrive(visit.id)
    with pytest.raises(Refused) as here:
        desk.walk_ins.estimates(visit.patient.id, "Follow-up")
    assert here.value.reason == "Lee, Jun is in the house already: arrived, 11:00 with Dr Lin; end that visit first"


def test_nothing_is_offered_when_nothing_fits(desk: Desk, patient: Person, clock: ManualClock) -> None:
    clock.instant = local("2026-11-23 17:45")
    assert desk.walk_ins.estimates(patient("Garcia").id, "Follow-up") == ()
