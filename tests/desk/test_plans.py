"""Treatment plans at the desk: one a patient, counted from the visits, every change in the log and taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace

from frontdesk.clock import ManualClock
from frontdesk.desk.booking import Request
from frontdesk.desk.open import Desk
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Invalid, Refused, Stale
from frontdesk.domain.intake import IntakeDetails, Severity
from frontdesk.domain.packing import Cadence
from frontdesk.domain.patient import Patient, PatientDetails
from frontdesk.domain.plan import PlanOutcome, PlanState
from tests.desk.conftest import CLINIC, local
from tests.foreign import FORBIDDEN, Foreign


@pytest.fixture
def maria(desk: Desk) -> Patient:
    """With an intake that says how bad it is."""
    patient = desk.patients.add(PatientDetails(given="Maria", family="Garcia"))
    desk.files.add_intake(patient.id, IntakeDetails(complaint="numb feet", severity=Severity.MILD))
    return patient


def treat(desk: Desk, visit: Appointment) -> None:
    desk.needles.put_in(visit.id, 5)
    desk.needles.take_out(visit.id, 5)
    desk.visits.checkout(visit.id)


def book(desk: Desk, patient: Patient, at: str) -> Appointment:
    return desk.booking.book(Request(patient.id, "Follow-up", "Dr Lin", local(at))).appointment


def test_what_is_suggested_is_started_changed_and_counted(desk: Desk, maria: Patient, clock: ManualClock) -> None:
    treat(desk, book(desk, maria, "2026-11-23 09:00"))
    sheet = desk.plans.of(maria.id)
    assert sheet.current is None
    assert sheet.suggested is not None
    usual = sheet.usual
    assert (usual.complaint, usual.cadence, usual.planned) == ("numb feet", Cadence.FORTNIGHTLY, 6)
    assert (usual.service.name, usual.practitioner and usual.practitioner.name) == ("Follow-up", "Dr Lin")
    done = desk.plans.start(maria.id, usual)
    assert done.words == "Garcia, Maria: plan started, every two weeks, 6 visits"
    book(desk, maria, "2026-12-07 09:00")
    far = desk.plans.progress()[maria.id]
    assert (far.words, far.expected_on, len(far.coming)) == ("1 of 6", date(2026, 12, 7), 1)
    assert done.plan is not None
    weekly = desk.plans.change(done.plan, replace(usual, cadence=Cadence.WEEKLY))
    assert weekly.plan == desk.plans.of(maria.id).plans[0].plan
    entry = desk.log.latest(1)[0]
    assert (entry.what, entry.subject) == ("plan.change", f"patient {maria.id}")
    assert (entry.before, entry.after) == ({"id": 1, "cadence": "2weeks"}, {"id": 1, "cadence": "week"})
    with pytest.raises(Stale, match="was changed by Ana meanwhile"):
        desk.plans.pause(done.plan)


def test_a_patient_has_one_plan_that_has_not_ended(desk: Desk, maria: Patient, where: str) -> None:
    usual = desk.plans.of(maria.id).usual
    first = desk.plans.start(maria.id, usual).plan
    assert first is not None
    with pytest.raises(Refused, match="has a plan already"):
        desk.plans.start(maria.id, usual)
    copied = (
        "INSERT INTO treatment_plan (patient_id, cadence, planned, service_id, started_on, decided_by{})"
        " SELECT patient_id, cadence, planned, service_id, started_on, 'x'{} FROM treatment_plan"
    )
    with Foreign(where) as other:
        for names, values in (
            ("", ""),
            (", ended_on", ", started_on"),  # ended with no outcome
            (", ended_on, outcome, reassess_at", ", started_on, 'better', 99"),
        ):
            with pytest.raises(FORBIDDEN):
                other.execute(copied.format(names, values))
    ended = desk.plans.end(first, PlanOutcome.BETTER, "sleeps again")
    assert ended.words == "Garcia, Maria: plan ended, better"
    with pytest.raises(Refused, match="has ended"):
        desk.plans.change(desk.plans.of(maria.id).plans[0].plan, usual)
    desk.plans.start(maria.id, usual)
    assert [one.plan.is_open for one in desk.plans.of(maria.id).plans] == [True, False]


def test_every_step_is_taken_back_newest_first(desk: Desk, maria: Patient) -> None:
    plan = desk.plans.start(maria.id, desk.plans.of(maria.id).usual).plan
    assert plan is not None
    paused = desk.plans.pause(plan, date(2026, 12, 1)).plan
    assert paused is not None
    assert paused.state_on(date(2026, 11, 30)) is PlanState.PAUSED
    resumed = desk.plans.resume(paused).plan
    assert resumed is not None
    desk.plans.end(resumed, PlanOutcome.STOPPED)
    undone = [desk.plans.undo(maria.id).words for _ in range(4)]
    assert undone == [
        f"Garcia, Maria: undid {what}"
        for what in ("the end of the plan", "the resuming of the plan", "the pause", "the start of the plan")
    ]
    assert desk.plans.of(maria.id).plans == ()
    with pytest.raises(Refused, match="nothing is left to undo"):
        desk.plans.undo(maria.id)


def test_an_ended_plan_is_not_reopened_beside_another(desk: Desk, maria: Patient) -> None:
    usual = desk.plans.of(maria.id).usual
    plan = desk.plans.start(maria.id, usual).plan
    assert plan is not None
    desk.plans.end(plan, PlanOutcome.SAME)
    desk.plans.start(maria.id, usual)
    desk.plans.undo(maria.id)
    assert desk.plans.undo(maria.id).words.endswith("undid the end of the plan")
    with pytest.raises(Refused, match="is not paused"):
        desk.plans.resume(desk.plans.of(maria.id).plans[0].plan)


def test_what_is_wrong_changes_nothing(desk: Desk, maria: Patient) -> None:
    usual = desk.plans.of(maria.id).usual
    with pytest.raises(Invalid, match="planned: a plan has 1 to 60 visits"):
        desk.plans.start(maria.id, replace(usual, planned=0))
    plan = desk.plans.start(maria.id, usual).plan
    assert plan is not None
    with pytest.raises(Refused, match="a later day than today"):
        desk.plans.pause(plan, date(2026, 11, 23))
    with pytest.raises(Refused, match="the note holds a control character"):
        desk.plans.end(plan, PlanOutcome.BETTER, "\x1b[2J")
    assert desk.plans.of(maria.id).plans[0].plan == plan


def test_two_files_with_a_plan_each_are_not_merged(desk: Desk, maria: Patient) -> None:
    again = desk.patients.add(PatientDetails(given="Maria", family="Garcia"))
    usual = desk.plans.of(maria.id).usual
    desk.plans.start(maria.id, usual)
    theirs = desk.plans.start(again.id, usual).plan
    assert theirs is not None
    with pytest.raises(Refused, match="both have a treatment plan that runs"):
        desk.duplicates.merge(maria.id, again.id)
    desk.plans.end(theirs, PlanOutcome.STOPPED)
    desk.duplicates.merge(maria.id, again.id)
    assert len(desk.plans.of(maria.id).plans) == 2
    desk.duplicates.part(maria.id)
    assert [one.plan.is_open for one in desk.plans.of(again.id).plans] == [False]


def test_whom_a_plan_names_is_retired_and_stays_readable(
    desk: Desk, maria: Patient, patient: Callable[[str], Patient]
) -> None:
    usual = desk.plans.of(maria.id).usual
    named = next(one for one in desk.clinic.get().practitioners if one.name == "Dr Okafor")
    desk.plans.start(maria.id, replace(usual, practitioner=named))
    desk.clinic.setup(desk.clinic.read_answers({**CLINIC, "practitioners": [{"name": "Dr Lin"}]}))
    kept = desk.plans.of(maria.id).plans[0].plan.details.practitioner
    assert kept is not None
    assert (kept.name, kept.retired) == ("Dr Okafor", True)
    assert desk.upkeep.check() == ()
