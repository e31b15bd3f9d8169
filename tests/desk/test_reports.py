"""Weeks and months in numbers, counted by either database."""

from __future__ import annotations

import csv
import io
import os
import random
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from pendulum import DateTime

from frontdesk.clock import ManualClock
from frontdesk.desk.open import Desk
from frontdesk.desk.reports import steady_stretches
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import Span
from frontdesk.domain.patient import Patient, PatientDetails
from frontdesk.domain.patient_file import FileDetails
from frontdesk.domain.plan import PlanDetails, PlanOutcome
from frontdesk.domain.report import PeriodKind, Report, Tally
from frontdesk.exchange.csv_cells import harmless
from frontdesk.exchange.report_text import report_rows
from frontdesk.store import schema
from tests.desk.conftest import ZONE, local

GOLDEN = Path(__file__).parent / "goldens" / "report-week.txt"
Booked = Callable[..., Appointment]


@pytest.fixture
def week(desk: Desk, booked: Booked, clock: ManualClock) -> Report:
    """A Monday: one was seen, one left, one never came, one called off late, one in time; one comes tomorrow."""
    seen = booked("Garcia, Maria", "09:00", room="Room 1")
    left, never = booked("Lee, Jun", "10:00", practitioner="Dr Okafor"), booked("Sato, Hana", "11:00")
    late, in_time = booked("Weber, Jo", "14:00"), booked("Novak, Pia", "2026-11-27 10:00")
    booked("Khan, Omar", "2026-11-24 10:00", room="Room 2")
    service = desk.clinic.get().services[0]
    plan = desk.plans.start(seen.patient.id, PlanDetails(service, planned=1, reassess_at=None)).plan
    assert plan is not None
    desk.plans.start(left.patient.id, PlanDetails(service))
    clock.instant = local("2026-11-23 08:55")
    desk.visits.arrive(seen.id)
    clock.move(minutes=9)
    desk.visits.room(seen.id)
    clock.move(minutes=6)
    desk.visits.begin(seen.id)
    desk.needles.put_in(seen.id, 8)
    clock.move(minutes=25)
    desk.needles.take_out(seen.id, 8)
    desk.visits.checkout(seen.id)
    desk.plans.end(plan, PlanOutcome.BETTER)
    clock.instant = local("2026-11-23 10:00")
    desk.visits.arrive(left.id)
    desk.visits.left(left.id)
    desk.visits.cancel(late.id, "ill", by="patient")
    desk.visits.cancel(in_time.id, "away", by="patient")
    clock.instant = local("2026-11-23 12:00")
    desk.visits.no_show(never.id)
    return desk.reports.load(PeriodKind.WEEK)


def test_a_week_is_counted(week: Report) -> None:
    tallies = dict(week.practitioners)
    assert tallies["Dr Lin"] == Tally(seen=1, no_shows=1, late=1, cancelled=2, coming=1)
    assert tallies["Dr Okafor"] == Tally(left=1)
    assert week.total.no_show_rate == 1 / 3
    assert dict(week.days)[date(2026, 11, 23)] == 1
    (name, waits), *none = week.waits
    assert (name, none, waits.to_room.counts, waits.to_practitioner.counts) == ("Dr Lin", [], ((9, 1),), ((15, 1),))
    rooms = {room.name: room.minutes for room in week.rooms}
    # In the room from 09:04 to 09:35, and five minutes to turn it over.
    assert rooms["Room 1"][9] == 36
    # Tomorrow's, as it is booked: 45 minutes and the turnover.
    assert rooms["Room 2"][10] == 50
    assert sum(map(sum, rooms.values())) == 86
    assert (week.plans.ended, week.plans.completed, week.plans.running, week.plans.unbooked) == (1, 1, 1, 1)
    assert week.plans.outcomes == {PlanOutcome.BETTER: 1}
    assert week.sources == (("", 1),)


def test_how_it_reads(week: Report) -> None:
    text = "\n".join(report_rows(week)) + "\n"
    if os.environ.get("FRONTDESK_REGOLD"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_new_patients_are_counted_once_by_where_they_came_from(desk: Desk, clock: ManualClock) -> None:
    came = [
        ("a leaflet", "2026-11-24"),
        ("A  Leaflet", "2026-11-25"),
        ("", "2026-11-25"),
        ("a search", "2026-10-30"),
    ]
    for number, (source, day) in enumerate(came):
        who = desk.patients.add(PatientDetails(given=f"P{number}"), FileDetails(referral=source))
        for again in range(2):
            put(desk, who, local(f"{day} {9 + number}:{again}0".replace(" 9:", " 09:")))
    found = desk.reports.load(PeriodKind.MONTH, date(2026, 11, 1))
    assert found.sources == (("a leaflet", 2), ("", 1))


def put(desk: Desk, who: Patient, starts: DateTime, **values: object) -> None:
    """A visit that took place, as another program might have written it."""
    row = {
        "patient_id": who.id,
        "practitioner_id": 1,
        "service_id": 1,
        "room_id": 1,
        "status": "checked_out",
        "starts": starts,
        "retention_minutes": 25,
        "roomed_at": starts,
        "ended_at": starts.add(minutes=5),
        "ready_at": starts.add(minutes=5),
        "created_at": starts,
        **values,
    }
    with desk.context.writing() as writing:
        writing.connection.execute(sa.insert(schema.appointment).values(**row))
        writing.log("visit.import", f"patient {who.id}")


def test_rooms_are_counted_by_the_clinics_own_hours_whatever_the_clocks_do(desk: Desk, clock: ManualClock) -> None:
    """The night in which Toronto's clocks go back, visits over midnight: the same minutes as counted one by one."""
    chance = random.Random(7)
    who = desk.patients.add(PatientDetails(given="Night", family="Owl"))
    night = local("2026-10-31 20:00")
    expected = [0] * 24
    for number in range(12):
        starts = night.add(minutes=number * 60 + chance.randrange(10))
        lasts = chance.randrange(5, 50)
        put(desk, who, starts, ended_at=starts.add(minutes=lasts), ready_at=starts.add(minutes=lasts))
        for minute in range(lasts):
            # By the clock that hung on the wall when it began, as a receptionist would say it.
            expected[(starts.in_timezone(ZONE).hour * 60 + starts.in_timezone(ZONE).minute + minute) // 60 % 24] += 1
    found = desk.reports.load(PeriodKind.MONTH, date(2026, 10, 31)).rooms[0].minutes
    after = desk.reports.load(PeriodKind.MONTH, date(2026, 11, 1)).rooms[0].minutes
    assert [one + more for one, more in zip(found, after, strict=True)] == expected
    assert desk.reports.load(PeriodKind.WEEK, date(2026, 11, 1)).total.seen == 12


def test_pieces_of_time_end_where_the_clocks_change() -> None:
    whole = Span(local("2026-10-26 00:00"), local("2026-11-09 00:00"))
    first, second = steady_stretches(whole, ZONE)
    assert first == (Span(whole.starts, local("2026-11-01 00:00").add(hours=2)), -4 * 3_600_000)
    assert second == (Span(first[0].ends, whole.ends), -5 * 3_600_000)
    assert len(list(steady_stretches(whole, "Asia/Tokyo"))) == 1


def test_a_report_is_a_table_that_no_spreadsheet_takes_for_formulas(desk: Desk, week: Report, tmp_path: Path) -> None:
    who = desk.patients.add(PatientDetails(given="Eve"), FileDetails(referral='=HYPERLINK("http://evil")'))
    put(desk, who, local("2026-11-23 17:00"))
    target = desk.reports.write(desk.reports.load(PeriodKind.WEEK), tmp_path / "week.csv")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
    assert {row["from"] for row in rows} == {"2026-11-23"}
    value = {(row["report"], row["of"], row["hour_or_day"], row["measure"]): row["value"] for row in rows}
    assert value["visits", "Dr Lin", "", "seen"] == "2"
    assert value["visits", "", "", "no-show rate"] == "0.2500"
    assert value["room use", "Room 1", "09", "minutes"] == "36"
    assert value["wait for practitioner", "Dr Lin", "", "median minutes"] == "15"
    assert value["first visits", '\'=HYPERLINK("http://evil")', "", "patients"] == "1"
    with pytest.raises(Refused, match="exists already"):
        desk.reports.write(week, target)


@pytest.mark.parametrize(
    ("cell", "written"),
    [("=1+1", "'=1+1"), ("@SUM", "'@SUM"), ("-x", "'-x"), ("+cmd", "'+cmd"), ("\tx", "'\tx"), ("-12.5", "-12.5"),
     ("+1 416 555-0134", "+1 416 555-0134"), ("Lee", "Lee"), ("", "")],
)  # fmt: skip
def test_cells_that_would_be_formulas_are_text(cell: str, written: str) -> None:
    assert harmless(cell) == written
