"""A patient's file: kept whole, opened in sight of the log, its intakes and scores changed and taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from frontdesk.clock import ManualClock
from frontdesk.desk.open import Desk
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Invalid, Refused, Stale
from frontdesk.domain.history import Missed
from frontdesk.domain.intake import Cause, IntakeDetails, Severity, Symptom
from frontdesk.domain.patient import Flag, FlagKind, Patient, PatientDetails
from frontdesk.domain.patient_file import ContactBy, FileDetails
from frontdesk.domain.scores import Scores, courses
from tests.desk.conftest import local

WANG = PatientDetails("Xiaoming", "Wang", "Sam", "Li", "王小明", phones=("4163921234",), retired=True)
FILE = FileDetails(
    pronunciation="shyaow-ming",
    pronouns="he, him",
    emergency_name="Wang Fang",
    emergency_relation="daughter",
    emergency_phone="+33 1 99 00 27 11",
    guardian_name="Nobody",
    guardian_phone="ask the daughter, 416 392 1234",
    referred_by="Dr Okafor",
    referral="the practice",
    consent_treatment=date(2026, 11, 20),
    consent_data=date(2026, 11, 21),
    preferred_contact=ContactBy.MESSAGE,
    language="中文",
)
INTAKE = IntakeDetails(
    "feet feel like cotton wool",
    Severity.MODERATE,
    (Symptom.NUMBNESS, Symptom.CRAMPS, Symptom.DIZZINESS),
    "both feet, to the ankles",
    (Cause.DIABETES, Cause.B12),
    "diabetes since 2011\nmetformin",
    "stands all day",
)


def log_of(desk: Desk, patient: Patient) -> list[str]:
    return [entry.what for entry in desk.log.latest(50) if entry.subject == f"patient {patient.id}"]


def test_a_file_comes_back_whole_and_its_phones_are_written_as_people_there_do(desk: Desk) -> None:
    saved = desk.patients.add(WANG, FILE)
    desk.patients.opened(saved.id)
    sheet = desk.files.read(saved.id)
    assert sheet.patient.details == replace(WANG, phones=("(416) 392-1234",))
    assert sheet.file == FILE  # a number from abroad keeps its country, one with words beside it its words
    assert log_of(desk, saved) == ["patient.open", "patient.add"]


def test_a_save_changes_both_parts_together_or_neither(desk: Desk) -> None:
    saved = desk.patients.add(WANG, FILE)
    with pytest.raises(Invalid) as refused:
        desk.patients.save(saved.id, 1, WANG, replace(FILE, consent_data=date(2027, 1, 1), guardian_phone="none"))
    assert [problem.where for problem in refused.value.problems] == ["guardian_phone", "consent_data"]
    kept = desk.patients.save(saved.id, 1, replace(WANG, known_as=""), replace(FILE, language="English"))
    assert desk.files.read(saved.id).file.language == "English"
    entry = desk.log.latest(1)[0]
    assert (entry.before, entry.after) == (
        {"known_as": "Sam", "language": "中文"},
        {"known_as": None, "language": "English"},
    )
    desk.patients.opened(saved.id)
    with pytest.raises(Stale, match="was changed by Ana"):
        desk.patients.save(saved.id, 1, WANG, FILE)
    desk.patients.save(saved.id, kept.version, kept.details)  # who knows nothing of the rest leaves it as it is
    assert desk.files.read(saved.id).file.language == "English"


def test_a_flag_begins_ends_and_is_asked_about_no_more(desk: Desk, clock: ManualClock) -> None:
    pregnant = Flag(FlagKind.PREGNANCY, until=date(2026, 12, 24))
    saved = desk.patients.add(replace(WANG, flags=(pregnant,)))
    assert saved.details.flags == (replace(pregnant, since=date(2026, 11, 23), set_by="Ana"),)
    clock.move(minutes=31 * 24 * 60)
    assert desk.patients.get(saved.id).details.flags_on(date(2026, 12, 24)) == ()
    ends_before = replace(saved.details, flags=(replace(pregnant, since=date(2027, 1, 1)),))
    with pytest.raises(Invalid, match="ends before it begins"):
        desk.patients.save(saved.id, 1, ends_before)


def test_an_intake_is_dated_changed_over_what_was_read_and_taken_back(desk: Desk) -> None:
    saved = desk.patients.add(WANG)
    first = desk.files.add_intake(saved.id, INTAKE, date(2026, 11, 2))
    second = desk.files.add_intake(saved.id, replace(INTAKE, complaint="better"))
    assert (second.taken_on, second.taken_by) == (date(2026, 11, 23), "Ana")
    assert desk.files.read(saved.id).intakes == (second, first)
    changed = desk.files.save_intake(second, replace(INTAKE, complaint="much better"))
    assert desk.log.latest(1)[0].after == {"intake": second.id, "complaint": "much better"}
    with pytest.raises(Stale, match="changed by Ana"):
        desk.files.save_intake(second, INTAKE)
    with pytest.raises(Stale):
        desk.files.remove_intake(second)
    desk.files.remove_intake(changed)
    assert desk.files.read(saved.id).intakes == (first,)
    with pytest.raises(Invalid, match="what do they come for"):
        desk.files.add_intake(saved.id, IntakeDetails())


def test_scores_of_a_visit_are_taken_once_corrected_and_put_back(
    desk: Desk, booked: Callable[..., Appointment], clock: ManualClock
) -> None:
    visit = booked("Garcia, Maria", "10:00")
    patient = visit.patient
    for points in (7, 5, 4):
        desk.files.score(patient.id, Scores(pain=points))
        clock.move(minutes=7 * 24 * 60)
    taken = desk.files.score(patient.id, Scores(pain=4, mood=2), appointment_id=visit.id)
    again = desk.files.score(patient.id, Scores(pain=3, mood=2), appointment_id=visit.id)
    assert (again.id, again.at) == (taken.id, taken.at)
    found = dict(courses(desk.files.read(patient.id).taken))
    assert [(scale.value, points) for scale, points in found.items()] == [("pain", (7, 5, 4, 3)), ("mood", (2,))]
    desk.files.put_back_scores(again, taken)
    desk.files.put_back_scores(taken, None)
    assert [one.scores.pain for one in desk.files.read(patient.id).taken] == [4, 5, 7]
    with pytest.raises(Refused, match="not 11"):
        desk.files.score(patient.id, Scores(pain=11))
    with pytest.raises(Refused, match="is not Wang"):
        desk.files.score(desk.patients.add(WANG).id, Scores(pain=1), appointment_id=visit.id)


def test_the_history_counts_who_came_and_who_did_not(
    desk: Desk, booked: Callable[..., Appointment], clock: ManualClock
) -> None:
    first = booked("Garcia, Maria", "10:00")
    patient = first.patient
    more = [book_again(desk, patient, f"2026-11-{day} 10:00") for day in (24, 25, 26, 27)]
    desk.visits.cancel(more[0].id, "overslept", by="patient")
    desk.visits.cancel(more[1].id, "too far", by="patient", version=None)
    desk.visits.cancel(more[2].id, "", by="clinic")
    clock.move(minutes=140)
    desk.visits.no_show(first.id)
    history = desk.files.read(patient.id).history
    assert [visit.id for visit in history.coming] == [more[3].id]
    assert history.words == "0 visits, 1 no-show, 2 called off in time"
    assert history.missed == desk.files.missed(patient.id) == Missed(no_shows=1)
    late = book_again(desk, patient, "2026-11-24 09:00")
    desk.visits.cancel(late.id, "ill", by="patient")
    assert desk.files.missed(patient.id) == desk.files.read(patient.id).history.missed == Missed(1, 1)
    assert desk.saying.understand("garcia").missed == Missed(1, 1)
    assert Missed(2, 1).words == "2 no-shows, 1 late cancellation"


def book_again(desk: Desk, patient: Patient, at: str) -> Any:
    from frontdesk.desk.booking import Request

    return desk.booking.book(Request(patient.id, "Follow-up", "Dr Lin", local(at))).appointment


def test_what_was_taken_out_comes_back_as_it_was(desk: Desk, patient: Callable[[str], Patient]) -> None:
    maria = patient("Garcia, Maria")
    intake = desk.files.add_intake(maria.id, IntakeDetails(complaint="numb feet"))
    taken = desk.files.score(maria.id, Scores(pain=4))
    desk.files.remove_intake(intake)
    desk.files.put_back_scores(taken, None)
    back = replace(desk.files.bring_back_intake(intake), id=intake.id)
    again = replace(desk.files.bring_back_scores(taken), id=taken.id)
    assert (back, again) == (intake, taken)
    sheet = desk.files.read(maria.id)
    assert (len(sheet.intakes), len(sheet.taken)) == (1, 1)
