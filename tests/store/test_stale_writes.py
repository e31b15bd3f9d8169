"""Whoever saves over a version that others have moved on from is told, and nothing is saved."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from sqlalchemy import Connection

from frontdesk.domain.errors import Stale
from frontdesk.domain.intake import Intake, IntakeDetails
from frontdesk.domain.package import Package
from frontdesk.domain.patient import PatientDetails
from frontdesk.domain.plan import Plan, PlanDetails
from frontdesk.store import file_writes, files, package_writes, packages, patient_writes, plan_writes, plans, rows
from tests.store.conftest import NOW

DAY = date(2026, 11, 23)


def test_a_plan_is_not_saved_over_what_somebody_else_saved(clinic: Connection) -> None:
    patient = patient_writes.insert(clinic, PatientDetails(given="Maria"), NOW)
    service = next(iter(rows.services(clinic).values()))
    key = plan_writes.insert(clinic, Plan(0, 1, patient.id, PlanDetails(service), DAY, "Ana"))
    read = plans.get(clinic, key)
    assert read is not None
    row = plan_writes.row_of(clinic, key)
    plan_writes.update(clinic, replace(read, paused_on=DAY))
    with pytest.raises(Stale):
        plan_writes.update(clinic, replace(read, decided_by="Bo"))
    with pytest.raises(Stale):
        plan_writes.restore_row(clinic, key, read.version, row)
    now = plans.get(clinic, key)
    assert now == replace(read, paused_on=DAY, version=2)


def test_a_package_is_not_saved_over_what_somebody_else_saved(clinic: Connection) -> None:
    patient = patient_writes.insert(clinic, PatientDetails(given="Maria"), NOW)
    key = package_writes.insert(clinic, Package(0, 1, patient.id, 10, DAY, "Ana"))
    read = packages.get(clinic, key)
    assert read is not None
    package_writes.update(clinic, replace(read.package, visits=12))
    with pytest.raises(Stale):
        package_writes.update(clinic, replace(read.package, visits=8))
    now = packages.get(clinic, key)
    assert now is not None
    assert now.package.visits == 12


def test_an_intake_is_not_saved_over_what_somebody_else_saved(clinic: Connection) -> None:
    patient = patient_writes.insert(clinic, PatientDetails(given="Maria"), NOW)
    new = Intake(0, 1, patient.id, DAY, "Ana", IntakeDetails(complaint="numb feet"))
    read = replace(new, id=file_writes.insert_intake(clinic, new))
    file_writes.update_intake(clinic, replace(read, details=IntakeDetails(complaint="sore knee")))
    with pytest.raises(Stale):
        file_writes.update_intake(clinic, read)
    now = files.intake(clinic, read.id)
    assert now is not None
    assert now.details.complaint == "sore knee"
