"""The clinic's calendar as a file: what is written of a visit and of a block, and that it is read again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from icalendar import Calendar
from msgspec.structs import replace

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.patient import Patient, PatientDetails
from frontdesk.domain.visit import FHIR_APPOINTMENT, FHIR_ENCOUNTER, Status
from frontdesk.exchange.ics import Occurrence, read_calendar
from frontdesk.exchange.ics_calendar import calendar_ics
from tests.domain.make import LIN, MONDAY, ROOM_1, ZONE, at, block, visit

AT = at("10:40")


def written(*entries: Appointment | Block, zone: str = ZONE, day: date = MONDAY) -> bytes:
    parts = calendar_ics(entries, first=day, last=day, timezone=zone, database_id="d1", at=AT)
    return b"".join(parts)


def read(data: bytes, zone: str = ZONE, day: date = MONDAY) -> list[Occurrence]:
    found = read_calendar(data, first_day=day, until_day=day + timedelta(days=7), timezone=zone)
    assert (found.rejected, found.notes) == ((), ())
    return list(found.occurrences)


@pytest.mark.parametrize("status", Status)
def test_each_status_is_what_fhir_calls_it(status: Status) -> None:
    data = written(visit(at("10:00"), status=status))
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert event["X-FHIR-APPOINTMENT-STATUS"] == FHIR_APPOINTMENT[status]
    assert event.get("X-FHIR-ENCOUNTER-STATUS") == FHIR_ENCOUNTER.get(status)
    never_was = status in (Status.CANCELLED, Status.NO_SHOW, Status.ENTERED_IN_ERROR)
    assert (event["STATUS"], event["TRANSP"]) == (
        ("CANCELLED", "TRANSPARENT") if never_was else ("CONFIRMED", "OPAQUE")
    )
    assert read(data)[0].cancelled is never_was


def test_a_visit_says_who_when_where_and_with_whom() -> None:
    hostile = Patient(7, 1, PatientDetails(given='M"; DROP, TABLE\\n', family="יוסף:e\u0301"))
    one = visit(at("10:00"), patient=hostile, practitioner=replace(LIN, name="Lin, Dr; MD"), id=5)
    data = written(one)
    (found,) = read(data)
    assert (found.title, found.location, found.categories) == (
        'M"; DROP, TABLE\\n יוסף:\u00e9',
        "Room 1",
        ("Follow-up", "Lin, Dr; MD"),
    )
    assert (found.starts, found.ends, found.uid, found.patient_number) == (
        *(one.starts, one.ends),
        *("appointment-5@d1.frontdesk", "7@d1"),
    )
    assert b"DTSTART;TZID=America/Toronto:20261123T100000" in data
    assert b"BEGIN:VTIMEZONE" in data


def test_the_hour_that_clocks_show_twice_is_told_apart() -> None:
    twice = date(2026, 11, 1)
    first = visit(at("00:30", twice).add(hours=1))
    second = visit(first.starts.add(hours=1))
    data = written(first, second, day=twice)
    assert [one.starts for one in read(data, day=twice)] == [first.starts, second.starts]


def test_blocks_take_what_they_took() -> None:
    lunch = block(at("12:00"), at("13:00"), practitioner=LIN, room=ROOM_1)
    off = replace(block(at("00:00"), at("00:00").add(days=2), "Time off"), all_day=True)
    shifted = replace(off, starts=off.starts.add(hours=3))
    note = replace(block(at("15:00"), at("15:00"), "Ring the plumber", practitioner=None), id=9)
    gone = replace(lunch, id=10, cancelled=True)
    found = {one.uid.partition("@")[0]: one for one in read(written(lunch, off, note, gone))}
    taken = found[f"block-{lunch.id}"]
    assert (taken.title, taken.location, taken.categories, taken.transparent) == (
        *("Lunch", "Room 1"),
        *(("Dr Lin",), False),
    )
    whole = found[f"block-{off.id}"]
    assert (whole.all_day, whole.first_day, whole.last_day) == (True, MONDAY, MONDAY + timedelta(days=1))
    assert (found["block-9"].starts, found["block-9"].ends, found["block-9"].transparent) == (
        *(note.starts, note.starts),
        True,
    )
    assert found["block-10"].cancelled
    (from_three,) = read(written(shifted))
    assert (from_three.all_day, from_three.starts) == (False, shifted.starts)


def test_far_east_of_greenwich_a_day_is_the_clinics() -> None:
    zone = "Pacific/Auckland"
    one = visit(at("09:00", zone=zone))
    assert [found.starts for found in read(written(one, zone=zone), zone)] == [one.starts]
