"""Prepaid packages: a check-out uses one, its undo gives it back; nothing is used twice or beyond what was bought."""

from __future__ import annotations

from datetime import date

import pytest

from frontdesk.clock import ManualClock
from frontdesk.desk.booking import Request
from frontdesk.desk.open import Desk
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Invalid, Refused, Stale
from frontdesk.domain.patient import Patient, PatientDetails
from tests.desk.conftest import local
from tests.foreign import FORBIDDEN, Foreign


@pytest.fixture
def maria(desk: Desk) -> Patient:
    return desk.patients.add(PatientDetails(given="Maria", family="Garcia"))


def ready_to_go(desk: Desk, patient: Patient, at: str) -> Appointment:
    visit = desk.booking.book(Request(patient.id, "Follow-up", "Dr Lin", local(at))).appointment
    desk.needles.put_in(visit.id, 5)
    return desk.needles.take_out(visit.id, 5).appointment


def test_a_check_out_uses_one_and_its_undo_gives_it_back(desk: Desk, maria: Patient, clock: ManualClock) -> None:
    sold = desk.packages.sell(maria.id, 2, expires_on=date(2026, 12, 31))
    assert sold.words == "Garcia, Maria: package of 2, 2 of 2 left, expires 31.12.2026"
    visit = ready_to_go(desk, maria, "2026-11-23 09:00")
    assert desk.visits.checkout(visit.id).line == (
        "Garcia, Maria: checked out; package: 1 of 2 left, expires 31.12.2026"
    )
    undone = desk.undo.last(visit.id)
    assert undone.line == "Garcia, Maria: undid the check-out; package: 2 of 2 left, expires 31.12.2026"
    desk.visits.checkout(visit.id)
    clock.move(minutes=60)
    again = ready_to_go(desk, maria, "2026-11-23 10:00")
    assert desk.visits.checkout(again.id).also == ("package: 0 of 2 left, expires 31.12.2026",)
    third = ready_to_go(desk, maria, "2026-11-23 11:00")
    assert desk.visits.checkout(third.id).also == ("no prepaid visit is left",)
    assert [one.what for one in desk.log.latest(40)].count("package.use") == 3
    assert desk.upkeep.check() == ()


def test_nothing_keeps_who_has_no_package_or_another_ones(desk: Desk, maria: Patient) -> None:
    desk.packages.sell(maria.id, 10, service="Initial")
    assert desk.visits.checkout(ready_to_go(desk, maria, "2026-11-23 09:00").id).also == ()


def test_a_package_is_changed_over_what_was_read_and_taken_back_unused(desk: Desk, maria: Patient, where: str) -> None:
    first = desk.packages.sell(maria.id, 10).package
    longer = desk.packages.change(first, visits=12, expires_on=date(2027, 1, 31)).package
    with pytest.raises(Stale):
        desk.packages.change(first, visits=9, expires_on=None)
    desk.visits.checkout(ready_to_go(desk, maria, "2026-11-23 09:00").id)
    with pytest.raises(Refused, match="were used: it stays"):
        desk.packages.take_back(longer)
    with pytest.raises(Invalid, match="visits: a package has 1 to 200"):
        desk.packages.change(longer, visits=0, expires_on=None)
    unused = desk.packages.sell(maria.id, 5).package
    assert desk.packages.take_back(unused) == "Garcia, Maria: the package is taken back"
    assert [(one.package.visits, one.used) for one in desk.packages.of(maria.id).packages] == [(12, 1)]
    with Foreign(where) as other:
        for forbidden in (
            "INSERT INTO package_use SELECT * FROM package_use",
            "UPDATE package_use SET at = 1",
            "UPDATE package SET visits = 0",
        ):
            with pytest.raises(FORBIDDEN):
                other.execute(forbidden)


def test_no_more_is_used_than_was_bought_whoever_writes(desk: Desk, maria: Patient, where: str) -> None:
    desk.packages.sell(maria.id, 1)
    desk.visits.checkout(ready_to_go(desk, maria, "2026-11-23 09:00").id)
    second = desk.booking.book(Request(maria.id, "Follow-up", "Dr Lin", local("2026-11-24 09:00"))).appointment
    with Foreign(where) as other, pytest.raises(FORBIDDEN):
        other.execute(
            f"INSERT INTO package_use (appointment_id, package_id, at) SELECT {second.id}, id, 1 FROM package"
        )


def test_two_files_made_one_have_both_packages_and_are_parted_again(desk: Desk, maria: Patient) -> None:
    again = desk.patients.add(PatientDetails(given="Maria", family="Garcia"))
    desk.packages.sell(maria.id, 10)
    desk.packages.sell(again.id, 5)
    desk.duplicates.merge(maria.id, again.id)
    assert [one.package.visits for one in desk.packages.of(maria.id).packages] == [5, 10]
    desk.duplicates.part(maria.id)
    assert [one.package.visits for one in desk.packages.of(again.id).packages] == [5]


def test_parted_files_take_their_visits_from_packages_of_their_own(
    desk: Desk, maria: Patient, clock: ManualClock
) -> None:
    again = desk.patients.add(PatientDetails(given="Maria", family="Garcia"))
    desk.packages.sell(maria.id, 10)
    desk.packages.sell(again.id, 5, expires_on=date(2026, 12, 31))  # used first
    desk.duplicates.merge(maria.id, again.id)
    desk.visits.checkout(ready_to_go(desk, maria, "2026-11-23 09:00").id)
    assert [(one.package.visits, one.used) for one in desk.packages.of(maria.id).packages] == [(5, 1), (10, 0)]
    parted = desk.duplicates.part(maria.id)
    assert parted.words.endswith("; 1 visit is taken from its own patient's package, not the other's")
    assert [(one.package.visits, one.used) for one in desk.packages.of(maria.id).packages] == [(10, 1)]
    assert [(one.package.visits, one.used) for one in desk.packages.of(again.id).packages] == [(5, 0)]
    assert {"package.give-back", "package.use", "patient.part"} <= {one.what for one in desk.log.latest(4)}


def test_a_parted_file_without_a_package_of_its_own_owes_the_visit_to_none(desk: Desk, maria: Patient) -> None:
    again = desk.patients.add(PatientDetails(given="Maria", family="Garcia"))
    desk.packages.sell(again.id, 5)
    desk.duplicates.merge(maria.id, again.id)
    desk.visits.checkout(ready_to_go(desk, maria, "2026-11-23 09:00").id)
    words = desk.duplicates.part(maria.id).words
    assert words.endswith("; 1 visit is taken from no package, since that is the other's")
    assert [one.used for one in desk.packages.of(again.id).packages] == [0]
