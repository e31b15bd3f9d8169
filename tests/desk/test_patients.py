"""The patients' files at the desk: what may be written in one, and what its card shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace

from frontdesk.clock import ManualClock
from frontdesk.desk.booking import Request
from frontdesk.desk.context import Context
from frontdesk.desk.open import Desk, desk_on
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Invalid, NotFound, Refused, Stale
from frontdesk.domain.intake import IntakeDetails
from frontdesk.domain.patient import Flag, FlagKind, PatientDetails
from frontdesk.store.engine import Store
from tests.desk.conftest import CLINIC, HEAD, local
from tests.foreign import Foreign

Booked = Callable[..., Appointment]


def test_every_field_that_is_wrong_is_named_at_once(desk: Desk) -> None:
    wrong = PatientDetails(
        given="Jun\x1b[31m", email="nobody", phones=("none",), flags=(Flag(FlagKind.OTHER, "\u202eevil"),)
    )
    with pytest.raises(Invalid) as told:
        desk.patients.add(wrong)
    assert {problem.where for problem in told.value.problems} == {"given", "email", "phones", "flags"}
    assert desk.lookup.find("jun") == ()


def test_a_save_over_somebody_elses_says_whose(desk: Desk) -> None:
    patient = desk.patients.add(PatientDetails(given="Jun", family="Lee"))
    desk.patients.save(patient.id, patient.version, PatientDetails(given="June", family="Lee"))
    with pytest.raises(Stale, match="changed by Ana"):
        desk.patients.save(patient.id, patient.version, PatientDetails(given="Juno", family="Lee"))
    assert desk.patients.get(patient.id).name == "Lee, June"


def test_who_opened_a_file_has_not_changed_it(desk: Desk, where: str, clock: ManualClock) -> None:
    patient = desk.patients.add(PatientDetails(given="Jun", family="Lee"))
    cleo = desk_on(Context(Store.open(where, now=clock.now()), clock, "Cleo"))
    cleo.patients.save(patient.id, patient.version, PatientDetails(given="Jun", family="Lee", notes="moved"))
    cleo.close()
    desk.patients.opened(patient.id)
    with pytest.raises(Stale, match="was changed by Cleo"):
        desk.patients.save(patient.id, patient.version, PatientDetails(given="Juno", family="Lee"))


@pytest.mark.parametrize("number", [0, -1, 4711, 2**63, 10**30])
def test_who_is_not_on_file_is_said(desk: Desk, number: int) -> None:
    with pytest.raises(NotFound, match=str(number)):
        desk.patients.get(number)
    with pytest.raises(NotFound, match=str(number)):
        desk.patients.card(number)


def test_the_card_has_what_comes_soonest_first_and_what_was_latest_first(
    desk: Desk, booked: Booked, clock: ManualClock
) -> None:
    gone = booked("Garcia, Maria", "09:00")
    days = ("2026-11-25", "2026-11-24", "2026-11-26", "2026-11-27")
    coming = [
        desk.booking.book(Request(gone.patient.id, "Follow-up", "Dr Lin", local(f"{day} 10:00"))).appointment
        for day in days
    ]
    desk.visits.cancel(coming[3].id)
    clock.instant = local("2026-11-23 18:00")
    card = desk.patients.card(gone.patient.id)
    assert [one.id for one in card.coming] == [coming[1].id, coming[0].id, coming[2].id]
    assert [one.id for one in card.past] == [coming[3].id, gone.id]


@pytest.mark.parametrize(("region", "first"), [("CA", "3 April"), ("US", "4 March")])
def test_of_two_days_that_a_birth_date_may_be_the_one_comes_first_that_people_there_write_so(
    desk: Desk, region: str, first: str
) -> None:
    desk.clinic.setup(desk.clinic.read_answers({**CLINIC, "clinic": HEAD | {"phone_region": region}}))
    for day in (date(1961, 3, 4), date(1961, 4, 3)):
        desk.patients.add(PatientDetails(given=f"{day.day} {day:%B}", birth_date=day))
    assert desk.lookup.find("3/4/1961")[0].patient.details.given == first


def test_whom_another_program_writes_is_found_at_once_and_check_mends_the_rest(desk: Desk, where: str) -> None:
    jun = desk.patients.add(PatientDetails(given="Jun", family="Lee"))
    stranger = Foreign(where)
    stranger.execute("UPDATE patient SET family = 'Lindqvist' WHERE id = ?", (jun.id,))
    assert [one.patient.id for one in desk.lookup.find("lindqvist")] == [jun.id]
    assert desk.log.latest(1)[0].what == "lookup.renew"
    stranger.execute("DELETE FROM patient_token")
    stranger.close()
    assert desk.lookup.find("lindqvist") == ()
    assert "1 patients were not found by all of their names (#1); that is mended" in desk.upkeep.check()
    assert [one.patient.id for one in desk.lookup.find("lindqvist")] == [jun.id]
    assert desk.upkeep.check() == ()


def test_a_new_file_is_taken_back_while_nothing_has_happened(desk: Desk) -> None:
    wrong = desk.patients.add(PatientDetails(given="Maria", family="Garcia", phones=("416 555 0134",)))
    assert desk.patients.take_back(wrong) == f"Garcia, Maria: the new file #{wrong.id} is taken back"
    assert desk.lookup.find("garcia") == ()
    with pytest.raises(NotFound):
        desk.patients.get(wrong.id)
    right = desk.patients.add(PatientDetails(given="Maria", family="Garcia"))
    assert right.id != wrong.id, "a number is never given twice"
    changed = desk.patients.save(right.id, right.version, replace(right.details, notes="by the window"))
    with pytest.raises(Stale, match="was changed by Ana meanwhile; nothing was taken back"):
        desk.patients.take_back(right)
    desk.files.add_intake(right.id, IntakeDetails(complaint="numb feet"))
    with pytest.raises(Refused, match="has a visit, an intake or a plan by now: the file stays"):
        desk.patients.take_back(changed)
