"""Which instant a calendar's local time is."""

from __future__ import annotations

import pytest

from tests.exchange.calendars import BERLIN, calendar, event, only, read


def start_of(data: bytes, zone: str = "America/Toronto") -> str:
    return only(data, zone=zone).starts.strftime("%m-%d %H:%M")


@pytest.mark.parametrize(
    "tzid",
    [
        "Europe/Berlin",
        '"Europe/Berlin"',
        " Europe/Berlin",
        "/freeassociation.sourceforge.net/Tzfile/Europe/Berlin",
        "W. Europe Standard Time",
        "Clinic Time",
    ],
)
@pytest.mark.parametrize(("day", "utc"), [("20260120", "01-20 08:00"), ("20260720", "07-20 07:00")])
def test_a_zone_is_found_by_any_of_its_names(tzid: str, day: str, utc: str) -> None:
    assert start_of(calendar(BERLIN, event(f"DTSTART;TZID={tzid}:{day}T090000"))) == utc


@pytest.mark.parametrize(
    ("defined", "used"),
    [
        ("Mitte\\, West & Ost", '"Mitte, West & Ost"'),
        (" 1", " 1"),
        ("UTC+1: home", '"UTC+1: home"'),
    ],
)
def test_a_zone_of_the_file_is_matched_however_it_is_quoted(defined: str, used: str) -> None:
    zone = BERLIN.replace("Clinic Time", defined)
    assert start_of(calendar(event(f"DTSTART;TZID={used}:20260720T090000"), zone)) == "07-20 07:00"


@pytest.mark.parametrize("tzid", ["US-Mountain", "tzone://Microsoft/Custom", "(UTC-05:00) Eastern Time (US & Canada)"])
def test_a_zone_nobody_knows_is_the_clinic_s_wall_clock_and_said_once(tzid: str) -> None:
    data = calendar(*(event(f'DTSTART;TZID="{tzid}":20260120T090000', uid=str(n)) for n in range(3)))
    found = read(data, zone="America/Toronto")
    assert {o.starts.hour for o in found.occurrences} == {14}
    (note,) = found.notes
    assert tzid in note.reason


@pytest.mark.parametrize("tzid", ["Europe/Berlin", "Clinic Time"])
@pytest.mark.parametrize(
    ("local", "utc"),
    [
        # RFC 5545 3.3.5: a time that is skipped has the offset before the gap, one that comes twice is the first.
        ("20260329T015959", "03-29 00:59"),
        ("20260329T023000", "03-29 01:30"),
        ("20260329T030000", "03-29 01:00"),
        ("20261025T015900", "10-24 23:59"),
        ("20261025T023000", "10-25 00:30"),
        ("20261025T030000", "10-25 02:00"),
    ],
)
def test_the_hours_of_the_change_are_read_as_the_standard_says(tzid: str, local: str, utc: str) -> None:
    assert start_of(calendar(BERLIN, event(f"DTSTART;TZID={tzid}:{local}"))) == utc


def test_a_zone_by_dates_and_a_rule_that_ends() -> None:
    zone = """BEGIN:VTIMEZONE
TZID:Island
BEGIN:STANDARD
DTSTART:20200101T000000
RDATE:20260401T000000,20261001T000000
TZOFFSETFROM:+0900
TZOFFSETTO:+1000
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20250701T000000
RRULE:FREQ=YEARLY;UNTIL=20260630T140000Z
TZOFFSETFROM:+1000
TZOFFSETTO:+0900
END:DAYLIGHT
END:VTIMEZONE
"""
    times = {"20260301T120000": "03-01 03:00", "20260501T120000": "05-01 02:00", "20260801T120000": "08-01 03:00"}
    for local, utc in times.items():
        assert start_of(calendar(zone, event(f"DTSTART;TZID=Island:{local}"))) == utc


def test_one_file_s_zone_is_not_the_next_one_s() -> None:
    here = calendar(BERLIN, event("DTSTART;TZID=Clinic Time:20260120T090000"))
    there = calendar(
        BERLIN.replace("+0100", "+0500").replace("+0200", "+0600"), event("DTSTART;TZID=Clinic Time:20260120T090000")
    )
    assert (start_of(here), start_of(there), start_of(here)) == ("01-20 08:00", "01-20 04:00", "01-20 08:00")


def test_half_a_zone_is_unknown_rather_than_wrong() -> None:
    broken = BERLIN.replace("TZOFFSETTO:+0200\n", "")
    found = read(calendar(broken, event("DTSTART;TZID=Clinic Time:20260720T090000")), zone="America/Toronto")
    assert found.occurrences[0].starts.hour == 13
    assert "Clinic Time" in found.notes[0].reason


def test_a_visit_begun_in_a_skipped_hour_does_not_end_before_it() -> None:
    visit = only(calendar(event("DTSTART:20260329T023000", "DTEND:20260329T031000")))
    assert (visit.ends - visit.starts).total_minutes() == 40
