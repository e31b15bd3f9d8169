"""Appointments come back whole, a day holds what touches it, and reading costs the same however much there is."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pendulum
import pytest
from pendulum import DateTime
from sqlalchemy import Connection

from frontdesk.domain.errors import NotFound, Stale
from frontdesk.domain.hours import Span, day_span, local_instant
from frontdesk.domain.patient import Flag, FlagKind, PatientDetails
from frontdesk.domain.retention import Alarm
from frontdesk.domain.visit import Status
from frontdesk.store import (
    appointment_writes,
    appointments,
    audit,
    claims,
    packages,
    patient_writes,
    plans,
    timers,
)
from tests.engines import only_files
from tests.store.sent import sent, steps

NOW = pendulum.datetime(2026, 11, 23, 10, 42, tz="UTC")
DAY = Span(NOW, NOW.add(days=1))
SHUTS_OUT = "America/Sao_Paulo"  # on 2018-11-04 midnight did not exist there

GROWING = {
    "appointment",
    "audit",
    "claim",
    "intake",
    "package",
    "package_use",
    "patient",
    "retention",
    "treatment_plan",
}
"""Tables that grow with the years."""
CROWDED: dict[str, Any] = {"room_id": None, "squeezed": True}
"""What lets many visits be booked into the same time."""


def book(conn: Connection, starts: DateTime = NOW, **other: Any) -> int:
    """Books a new patient: 45 minutes, and 15 of turnover."""
    person = PatientDetails(given="Maria", family="Garcia", phones=("555 0142",), flags=(Flag(FlagKind.FAINTS),))
    plan: dict[str, Any] = {
        "practitioner_id": 1,
        "service_id": 1,
        "room_id": 1,
        "starts": starts,
        "retention_minutes": 25,
        "squeezed": False,
        "status": Status.BOOKED,
        "at": NOW,
    }
    if "patient_id" not in other:
        plan["patient_id"] = patient_writes.insert(conn, person, NOW).id
    return appointment_writes.insert(conn, **{**plan, **other})


def needles_in(conn: Connection, appointment_id: int) -> int:
    """Twelve needles in at NOW."""
    retention_id = appointment_writes.insert_retention(
        conn, appointment_id, in_at=NOW, count_in=12, planned_minutes=25, earliest_minutes=20, latest_minutes=30
    )
    version = appointments.get(conn, appointment_id).version
    appointment_writes.update(conn, appointment_id, version, {"status": Status.NEEDLES_IN, "arrived_at": NOW})
    return retention_id


def test_what_is_agreed_at_booking_comes_back(clinic: Connection) -> None:
    visit = book(clinic, leave_by=NOW.add(minutes=50), series_id=4)
    appointment_writes.update(clinic, visit, 1, {"cancelled_by": "patient"})
    back = appointments.get(clinic, visit)
    assert (back.leave_by, back.series_id) == (NOW.add(minutes=50), 4)
    assert back.cancelled_by == "patient"


def test_an_appointment_comes_back_whole(clinic: Connection) -> None:
    one = appointments.get(clinic, book(clinic, practitioner_id=2, room_id=None, squeezed=True))
    assert (one.version, one.status, one.starts, one.squeezed, one.room) == (1, Status.BOOKED, NOW, True, None)
    assert (one.practitioner.name, one.service.name, one.retention_minutes) == ("Dr Okafor", "Follow-up", 25)
    assert one.patient.details.flags == (Flag(FlagKind.FAINTS),)
    assert one.patient.details.phones == ("555 0142",)
    assert one.ends == NOW.add(minutes=45)
    assert one.facts.arrived_at is None
    assert one.retentions == ()


def test_a_practitioners_own_hours_come_with_them(clinic: Connection) -> None:
    hours = appointments.get(clinic, book(clinic)).practitioner.hours
    assert hours is not None
    assert hours.as_text() == {"mon": ["09:00-13:00"]}


def test_retentions_come_in_the_order_the_needles_went_in(clinic: Connection) -> None:
    visit = book(clinic)
    first = needles_in(clinic, visit)
    out = {
        "out_at": NOW.add(minutes=25),
        "count_out": 11,
        "kept": 1,
        "told": True,
        "remove_on": date(2026, 11, 27),
        "silenced_level": Alarm.LOW,
    }
    appointment_writes.update_retention(clinic, first, out)
    second = appointment_writes.insert_retention(
        clinic,
        visit,
        in_at=NOW.add(minutes=30),
        count_in=4,
        planned_minutes=20,
        earliest_minutes=20,
        latest_minutes=30,
    )
    front, back = appointments.get(clinic, visit).retentions
    assert (front.id, front.count_out, front.settled, front.silenced_level) == (first, 11, True, Alarm.LOW)
    assert (back.id, back.in_at, back.is_in) == (second, NOW.add(minutes=30), True)


def test_a_change_decided_on_an_old_version_is_refused(clinic: Connection) -> None:
    visit = book(clinic)
    appointment_writes.update(clinic, visit, 1, {"status": Status.CONFIRMED, "confirmed_at": NOW})
    with pytest.raises(Stale):
        appointment_writes.update(clinic, visit, 1, {"status": Status.CANCELLED})
    with pytest.raises(Stale):
        appointment_writes.restore_row(clinic, visit, 1, appointment_writes.row_of(clinic, visit))
    one = appointments.get(clinic, visit)
    assert (one.version, one.status, one.facts.confirmed_at) == (2, Status.CONFIRMED, NOW)


def test_what_is_not_there_is_not_found(clinic: Connection) -> None:
    for act in (
        lambda: appointments.get(clinic, 9),
        lambda: appointment_writes.row_of(clinic, 9),
        lambda: appointment_writes.update(clinic, 9, 1, {"reason": "x"}),
        lambda: appointment_writes.update_retention(clinic, 9, {"count_out": 1}),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_row_kept_as_json_puts_everything_back(clinic: Connection) -> None:
    visit = book(clinic, NOW.add(microseconds=123_000))
    appointment_writes.update(clinic, visit, 1, {"status": Status.CONFIRMED, "confirmed_at": NOW})
    before = appointments.get(clinic, visit)
    kept = json.loads(json.dumps(appointment_writes.row_of(clinic, visit)))
    change = {"status": Status.CANCELLED, "reason": "ill", "confirmed_at": None, "room_id": 2, "starts": NOW}
    appointment_writes.update(clinic, visit, 2, change)
    appointment_writes.restore_row(clinic, visit, 3, kept)
    after = appointments.get(clinic, visit)
    assert after.version == 4
    assert (after.status, after.starts, after.room, after.facts) == (
        before.status,
        before.starts,
        before.room,
        before.facts,
    )


def test_a_retention_kept_as_json_is_put_back(clinic: Connection) -> None:
    visit = book(clinic)
    retention = needles_in(clinic, visit)
    kept = json.loads(json.dumps(appointment_writes.retention_row(clinic, retention)))
    before = appointments.get(clinic, visit).retentions
    appointment_writes.update_retention(clinic, retention, {"planned_minutes": 30, "checked_at": NOW.add(minutes=5)})
    appointment_writes.restore_retention(clinic, retention, kept)
    assert appointments.get(clinic, visit).retentions == before
    with pytest.raises(NotFound):
        appointment_writes.retention_row(clinic, retention + 1)


@pytest.mark.parametrize(
    ("day", "zone"),
    [
        (date(2026, 11, 23), "Europe/Berlin"),
        (date(2026, 3, 29), "Europe/Berlin"),  # 23 hours
        (date(2026, 10, 25), "Europe/Berlin"),  # 25 hours
        (date(2018, 11, 4), SHUTS_OUT),
        (date(2026, 11, 23), "Pacific/Kiritimati"),
    ],
)
def test_a_day_holds_what_shares_time_with_it_and_nothing_else(clinic: Connection, day: date, zone: str) -> None:
    span = day_span(day, zone)
    minutes = {-61: False, -60: False, -59: True, -1: True, 0: True, 1: True}
    around = {book(clinic, span.starts.add(minutes=offset), **CROWDED): held for offset, held in minutes.items()}
    around[book(clinic, span.ends.subtract(minutes=1), **CROWDED)] = True
    around[book(clinic, span.ends, **CROWDED)] = False
    around[book(clinic, local_instant(day, 12 * 60, zone))] = True
    found = appointments.between(clinic, span)
    assert {one.id for one in found} == {visit for visit, held in around.items() if held}
    assert [one.starts for one in found] == sorted(one.starts for one in found)


def test_a_visit_that_went_on_past_midnight_is_of_both_days(clinic: Connection) -> None:
    midnight = pendulum.datetime(2026, 11, 24, tz="UTC")
    visit = book(clinic, midnight.subtract(hours=3))
    today = Span(midnight, midnight.add(days=1))
    assert appointments.between(clinic, today) == ()
    appointment_writes.update(clinic, visit, 1, {"ended_at": midnight.add(minutes=5)})
    assert [one.id for one in appointments.between(clinic, today)] == [visit]


def test_a_stretch_can_be_read_by_status(clinic: Connection) -> None:
    booked, cancelled = book(clinic), book(clinic, status=Status.CANCELLED)
    span = Span(NOW, NOW.add(days=30))
    assert [one.id for one in appointments.between(clinic, span)] == [booked, cancelled]
    assert [one.id for one in appointments.between(clinic, span, {Status.CANCELLED})] == [cancelled]
    assert appointments.between(clinic, span, set()) == ()


def test_whoever_is_in_the_house_is_there_whatever_the_day(clinic: Connection) -> None:
    yesterday = book(clinic, NOW.subtract(days=9))
    needles_in(clinic, yesterday)
    waiting = book(clinic, status=Status.ARRIVED, **CROWDED)
    for ended in (Status.BOOKED, Status.CHECKED_OUT, Status.LEFT, Status.CANCELLED):
        book(clinic, status=ended)
    assert [one.id for one in appointments.in_house(clinic)] == [yesterday, waiting]


def test_a_patients_appointments_come_newest_first(clinic: Connection) -> None:
    first = book(clinic)
    person = appointments.get(clinic, first).patient.id
    later = book(clinic, NOW.add(weeks=1), patient_id=person)
    book(clinic, **CROWDED)
    assert [one.id for one in appointments.of_patient(clinic, person)] == [later, first]
    assert [one.id for one in appointments.of_patient(clinic, person, limit=1)] == [later]


@only_files
def test_reading_a_full_day_sends_as_many_statements_as_one_visit(clinic: Connection) -> None:
    book(clinic)
    one = len(sent(clinic, lambda: appointments.between(clinic, DAY)))
    for n in range(40):
        book(clinic, NOW.add(minutes=n), **CROWDED)
    assert len(sent(clinic, lambda: appointments.between(clinic, DAY))) == one <= 9
    assert len(appointments.between(clinic, DAY)) == 41


@only_files
@pytest.mark.parametrize(
    ("read", "index"),
    [
        (lambda conn: appointments.between(conn, DAY), "ix_appointment_starts"),
        (lambda conn: appointments.between(conn, DAY, [Status.BOOKED]), "ix_appointment_starts"),
        (appointments.in_house, "uq_appointment_one_visit_a_patient"),
        (lambda conn: appointments.of_patient(conn, 1), "ix_appointment_patient_id_starts"),
        (lambda conn: appointments.coming_of(conn, 1, NOW), "ix_appointment_patient_id_starts"),
        (lambda conn: claims.between(conn, ["room:1", "room:2"], DAY), "ix_claim_resource_starts_ends"),
        (lambda conn: timers.running(conn, [1, 2]), "uq_timer_one_running"),
        (lambda conn: audit.last_of(conn, ["appointment 1", "appointment 2"]), "ix_audit_subject_seq"),
        (lambda conn: plans.open_plans(conn, [1, 2]), "uq_treatment_plan_one_open_a_patient"),
        (lambda conn: packages.of_patients(conn, [1, 2]), "ix_package_patient_id"),
    ],
)
def test_no_read_walks_through_all_of_history(
    clinic: Connection, read: Callable[[Connection], object], index: str
) -> None:
    book(clinic)
    found = steps(clinic, sent(clinic, lambda: read(clinic)))
    assert any(index in step for step in found), found
    walked = {step.split()[1] for step in found if step.startswith("SCAN") and index not in step}
    assert walked.isdisjoint(GROWING)
