"""Everything out and in again: another clinic that takes the files in has the same patients and the same visits."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from frontdesk.clock import ManualClock
from frontdesk.desk.blocks import BlockRequest
from frontdesk.desk.booking import Request
from frontdesk.desk.context import Context
from frontdesk.desk.exporting import ExportKind
from frontdesk.desk.open import Desk, desk_on
from frontdesk.desk.transfer import ImportOptions
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.domain.patient import Flag, FlagKind, PatientDetails
from frontdesk.domain.patient_file import ContactBy, FileDetails
from frontdesk.store import register
from frontdesk.store.engine import Store
from tests.desk.conftest import CLINIC, local

CSV, JSON = ExportKind.PATIENTS_CSV, ExportKind.PATIENTS_JSON
CORPUS = os.environ.get("FRONTDESK_CORPUS", "")


@pytest.fixture
def other(tmp_path: Path, clock: ManualClock) -> Iterator[Desk]:
    """Another clinic of the same kind, with nobody on file."""
    store = Store.open(str(tmp_path / "other.db"), now=clock.now())
    made = desk_on(Context(store, clock, "Bo"))
    made.clinic.setup(made.clinic.read_answers(CLINIC))
    yield made
    made.close()


def on_file(desk: Desk) -> list[tuple[PatientDetails, FileDetails]]:
    """What is on file of everybody, by number."""
    with desk.context.store.glance() as glance:
        return [(patient.details, file) for patient, file in register.everybody(glance)]


def test_everybody_goes_out_and_comes_back(desk: Desk, other: Desk, tmp_path: Path) -> None:
    hostile = PatientDetails(
        given='=1+1";\n'.strip(),
        family="יוסף, O'Neill",
        known_as="王小明",
        original_name="e\u0301\u0323 ガ",
        birth_date=date(1961, 3, 14),
        phones=("416 555 0134", "ask for Bo: 905 555 0199"),
        email="'m@example.org",
        address="1 High St\n\t=Toronto",
        notes="-\"'- \\N",
        retired=True,
        flags=(Flag(FlagKind.ALLERGY, "latex: gloves"), Flag(FlagKind.FAINTS, until=date(2020, 1, 1))),
    )
    file = FileDetails(
        language="Français",
        emergency_phone="416 555 0100",
        no_reminders_since=date(2026, 1, 2),
        preferred_contact=ContactBy.POST,
    )
    desk.patients.add(hostile, file)
    gone = desk.patients.add(PatientDetails(given="Ann", family="Roe"))
    kept = desk.patients.add(PatientDetails(given="Anne", family="Roe"))
    desk.duplicates.merge(kept.id, gone.id)
    erased = desk.patients.add(PatientDetails(family="Forgotten"))
    desk.records.erase(erased.id, "Forgotten")

    done = desk.exports.patients(CSV, tmp_path / "patients.csv")
    assert (done.patients, done.retired) == (2, 1)
    assert other.transfer.bring_in(done.file, ImportOptions()).counts["created"] == 2
    (first, more), *_ = on_file(other)
    assert [(one.kind, one.note) for one in first.flags] == [(FlagKind.ALLERGY, "latex: gloves")]
    assert (more, first.retired, first.name) == (on_file(desk)[0][1], True, hostile.name)
    again = other.exports.patients(CSV, tmp_path / "again.csv")
    expected = done.file.read_bytes().replace(desk.database_id.encode(), other.database_id.encode())
    assert again.file.read_bytes() == expected.replace(f'\r\n"{kept.id}"'.encode(), b'\r\n"2"')
    assert other.transfer.bring_in(done.file, ImportOptions()).counts["unchanged"] == 2

    desk.exports.patients(JSON, tmp_path / "patients.json")
    bundle = json.loads((tmp_path / "patients.json").read_text("utf-8"))
    assert [one["resource"]["active"] for one in bundle["entry"]] == [False, True]


def test_a_flag_that_comes_later_is_added_and_none_is_taken_away(desk: Desk, other: Desk, tmp_path: Path) -> None:
    ann = desk.patients.add(PatientDetails(family="Roe", flags=(Flag(FlagKind.FAINTS),)))
    other.transfer.bring_in(desk.exports.patients(CSV, tmp_path / "1.csv").file, ImportOptions())
    changed = PatientDetails(family="Roe", flags=(Flag(FlagKind.PACEMAKER),), retired=True)
    desk.patients.save(ann.id, ann.version, changed, FileDetails(consent_data=date(2026, 1, 2)))
    other.transfer.bring_in(desk.exports.patients(CSV, tmp_path / "2.csv").file, ImportOptions())
    ((details, file),) = on_file(other)
    assert [one.kind for one in details.flags] == [FlagKind.FAINTS, FlagKind.PACEMAKER]
    assert (details.retired, file.consent_data) == (True, date(2026, 1, 2))


def test_two_clinics_tables_come_together_and_ones_own_does_not(desk: Desk, other: Desk, tmp_path: Path) -> None:
    desk.patients.add(PatientDetails(family="Roe"))
    other.patients.add(PatientDetails(family="Ash"))
    theirs = desk.exports.patients(CSV, tmp_path / "theirs.csv").file
    own = other.exports.patients(CSV, tmp_path / "own.csv").file
    assert other.transfer.bring_in(theirs, ImportOptions()).created == 1
    with pytest.raises(Refused, match="written by this very clinic"):
        other.transfer.bring_in(own, ImportOptions())
    assert desk.transfer.bring_in(own, ImportOptions()).created == 1, "their number 1 is not ours"


def test_more_than_a_portion(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "PORTION", 3)
    for number in range(7):
        desk.patients.add(PatientDetails(family=f"Roe {number}"))
    done = desk.exports.patients(CSV, tmp_path / "patients.csv")
    assert done.patients == 7
    assert done.file.read_text("utf-8").count("Roe ") == 7


def test_the_calendar_goes_out_and_comes_back(
    desk: Desk, other: Desk, booked: Callable[..., Appointment], clock: ManualClock, tmp_path: Path
) -> None:
    booked("Garcia, Maria", "10:00")
    namesake = booked("Garcia, Maria", "2026-11-25 11:00", service="Initial", room="Room 2")
    lone = desk.patients.add(PatientDetails(family="Suharti"))
    desk.booking.book(Request(lone.id, "Follow-up", "Dr Lin", local("2027-01-04 09:00"), "Community 2"))
    off = booked("Lee, Jun", "2026-11-26 09:00")
    desk.visits.cancel(off.id, "a cold")
    desk.blocks.add(
        BlockRequest(local("2026-11-24 12:00"), local("2026-11-24 12:30"), practitioners=("Dr Lin",), title="Rounds")
    )
    patients = desk.exports.patients(CSV, tmp_path / "patients.csv")
    done = desk.exports.calendar(tmp_path / "calendar.ics")
    assert (done.appointments, done.blocks) == (4, 1)
    assert (done.first_day, done.last_day) == (date(2026, 11, 23), date(2027, 11, 24))
    other.transfer.bring_in(patients.file, ImportOptions())
    came = other.transfer.bring_in(done.file, ImportOptions())
    assert (came.created, came.cancelled, came.rejected) == (4, 1, ())
    assert other.transfer.bring_in(done.file, ImportOptions()).unchanged == 5
    for day in (date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26), date(2027, 1, 4)):
        ours, theirs = desk.days.load(day), other.days.load(day)
        assert [_seen(one) for one in ours.appointments] == [_seen(one) for one in theirs.appointments]
        assert [(one.title, one.span, one.practitioner) for one in ours.blocks] == [
            (one.title, one.span, one.practitioner) for one in theirs.blocks
        ]
    narrow = desk.exports.calendar(tmp_path / "one.ics", date(2026, 11, 25), date(2026, 11, 25))
    assert narrow.appointments == 1
    assert f"UID:appointment-{namesake.id}@" in narrow.file.read_text("utf-8")


def _seen(one: Appointment) -> tuple[object, ...]:
    called = one.patient.details.name
    return one.patient.id, called, one.service.name, one.practitioner.name, one.room, one.starts, one.ends, one.status


def test_a_long_block_and_a_visit_over_months_go_out_once(
    desk: Desk, booked: Callable[..., Appointment], tmp_path: Path
) -> None:
    booked("Garcia, Maria", "2027-02-01 10:00")
    sabbatical = BlockRequest(local("2026-12-01"), local("2027-03-01"), practitioners=("Dr Okafor",), title="Away")
    desk.blocks.add(sabbatical)
    done = desk.exports.calendar(tmp_path / "calendar.ics", date(2026, 12, 15), date(2027, 4, 1))
    assert (done.appointments, done.blocks) == (1, 1)
    assert done.file.read_text("utf-8").count("BEGIN:VEVENT") == 2


def test_that_it_went_out_is_in_the_log_and_nobody_else_may_read_it(desk: Desk, tmp_path: Path) -> None:
    desk.patients.add(PatientDetails(family="Roe"))
    target = tmp_path / "patients.csv"
    desk.exports.patients(CSV, target)
    (entry,) = desk.log.latest(1)
    assert (entry.what, entry.subject, entry.after) == (
        *("export.patients", "file patients.csv"),
        {"file": "patients.csv", "patients": 1, "retired": 0},
    )
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_what_is_refused_leaves_nothing_behind(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    before = desk.log.latest(1)
    with pytest.raises(Refused, match="exists already"):
        desk.exports.patients(JSON, tmp_path / "there")
    with pytest.raises(Refused, match="can't be written: no such file"):
        desk.exports.patients(JSON, tmp_path / "nowhere" / "file")
    with pytest.raises(Refused, match="nothing is in the calendar from 2026-11-23 until 2027-11-24"):
        desk.exports.calendar(tmp_path / "calendar.ics")
    with pytest.raises(Refused, match="end on 2026-11-22 before they begin"):
        desk.exports.calendar(tmp_path / "calendar.ics", last=date(2026, 11, 22))
    assert desk.log.latest(1) == before
    assert [one.name for one in tmp_path.iterdir() if not one.name.startswith("clinic.db")] == ["there"]


def test_a_disk_that_fills_up_leaves_nothing_behind(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.patients.add(PatientDetails(family="Roe"))
    before = desk.log.latest(1)

    def fails(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(Refused, match="can't be written: no space left on device"):
        desk.exports.patients(CSV, tmp_path / "patients.csv")
    assert [one.name for one in tmp_path.iterdir() if "patients" in one.name] == []
    assert desk.log.latest(1) == before


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS, reason="FRONTDESK_CORPUS is unset")
def test_real_tables_go_out_and_come_back(desk: Desk, other: Desk, tmp_path: Path) -> None:
    for path in sorted((Path(CORPUS) / "patients" / "csv").glob("*.csv")):
        try:
            desk.transfer.bring_in(path, ImportOptions())
        except Refused:
            continue
    ours = desk.exports.patients(CSV, tmp_path / "ours.csv")
    assert ours.patients > 100
    came = other.transfer.bring_in(ours.file, ImportOptions())
    assert (came.created, came.rejected) == (ours.patients, ())
    assert on_file(other) == on_file(desk)
