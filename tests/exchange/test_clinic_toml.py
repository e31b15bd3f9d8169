"""clinic.toml: what is right is read whole, what is wrong is said all at once, each with its place."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from frontdesk.domain.clinic import Closure
from frontdesk.domain.errors import Invalid, Refused
from frontdesk.domain.hours import week_hours
from frontdesk.domain.setup import ClinicSpec, PractitionerSpec, RoomSpec, ServiceSpec
from frontdesk.domain.threshold import Threshold
from frontdesk.exchange.clinic_toml import FILE_LIMIT, clinic_in, parse_clinic, read_clinic
from tests.exchange.a_clinic_toml import GOOD, edited, problems_of


def test_a_right_file_is_read_whole() -> None:
    assert parse_clinic(GOOD.encode()) == ClinicSpec(
        name="Willow Street Acupuncture",
        timezone="Europe/Berlin",
        phone_region="DE",
        slot_minutes=10,
        hours=week_hours({"mon": ["08:00-12:00", "13:00-17:30"], "sat": ["00:00-24:00"]}),
        rooms=(RoomSpec("Room 1"), RoomSpec("Hall", 3)),
        practitioners=(PractitionerSpec("Dr Öz"), PractitionerSpec("Mai Trần", week_hours({"mon": ["09:00-11:00"]}))),
        services=(ServiceSpec("First", 20, 5, 20, 30, 25, 5, 0),),
        closures=(
            Closure(date(2026, 12, 24), date(2026, 12, 26), "Holidays"),
            Closure(date(2027, 1, 1), date(2027, 1, 1)),
        ),
    )


def test_thresholds_are_the_usual_ones_where_nobody_says() -> None:
    spec = parse_clinic((GOOD + "[thresholds]\nlate = [10, 30]\n").encode())
    assert (spec.waiting, spec.late) == (Threshold(10, 20), Threshold(10, 30))


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("late = 5", "must be [notice, urgent] in minutes, like [20, 30], not a whole number"),
        ("late = [15, 5]", "the notice, 15, comes after the urgent, 5"),
        ("late = [0, 5]", "must be from 1 to 240, not 0"),
        ("early = [5, 15]", ""),
    ],
)
def test_a_threshold_that_is_none_is_said(written: str, reason: str) -> None:
    ((where, said),) = problems_of(f"{GOOD}[thresholds]\n{written}\n")
    assert where == f"thresholds.{written.split()[0]}"
    assert reason in said


def test_a_byte_order_mark_and_dos_line_ends_are_read_over() -> None:
    assert parse_clinic(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()) == parse_clinic(GOOD.encode())


@pytest.mark.parametrize(
    ("old", "new", "where", "reason"),
    [
        ('name = "Willow Street Acupuncture"', "", "clinic.name", "is missing"),
        ('name = "Willow Street Acupuncture"', 'name = "  "', "clinic.name", "is empty"),
        ('name = "Willow Street Acupuncture"', "name = 7", "clinic.name", "must be text, not a whole number"),
        (
            'name = "Willow Street Acupuncture"',
            'name = "A\\u001b[2J"',
            "clinic.name",
            "holds a control character (U+001B) that can't be shown",
        ),
        (
            "slot_minutes = 10",
            "slot_minuets = 10",
            "clinic.slot_minuets",
            'is not known; did you mean "slot_minutes"?',
        ),
        ("slot_minutes = 10", "slot_minutes = 0", "clinic.slot_minutes", "must be from 1 to 60, not 0"),
        ("slot_minutes = 10", "slot_minutes = 61", "clinic.slot_minutes", "must be from 1 to 60, not 61"),
        (
            "slot_minutes = 10",
            "slot_minutes = true",
            "clinic.slot_minutes",
            "must be a whole number, not true or false",
        ),
        (
            "slot_minutes = 10",
            "slot_minutes = 5.0",
            "clinic.slot_minutes",
            "must be a whole number, not a number with a fraction",
        ),
        (
            'timezone = "Europe/Berlin"',
            'timezone = "europe/berlin"',
            "clinic.timezone",
            '"europe/berlin" is no time zone; did you mean "Europe/Berlin"?',
        ),
        (
            'timezone = "Europe/Berlin"',
            'timezone = "Toronto"',
            "clinic.timezone",
            '"Toronto" is no time zone; did you mean "America/Toronto"?',
        ),
        (
            'timezone = "Europe/Berlin"',
            'timezone = "Europe/Belrin"',
            "clinic.timezone",
            '"Europe/Belrin" is no time zone; did you mean "Europe/Berlin"?',
        ),
        (
            'timezone = "Europe/Berlin"',
            'timezone = "../../etc/passwd"',
            "clinic.timezone",
            '"../../etc/passwd" is no time zone; write an IANA name like "America/Toronto"',
        ),
        (
            'phone_region = "DE"',
            'phone_region = "de"',
            "clinic.phone_region",
            '"de" is no region of phone numbers; did you mean "DE"?',
        ),
        (
            'phone_region = "DE"',
            'phone_region = "UK"',
            "clinic.phone_region",
            '"UK" is no region of phone numbers; did you mean "GB"?',
        ),
        (
            'phone_region = "DE"',
            'phone_region = "Germany"',
            "clinic.phone_region",
            '"Germany" is no region of phone numbers; write the two letters of the country, like "CA"',
        ),
        ('sat = ["00:00-24:00"]', 'Sat = ["00:00-24:00"]', "hours.Sat", 'is not known; did you mean "sat"?'),
        (
            'sat = ["00:00-24:00"]',
            'sat = "00:00-24:00"',
            "hours.sat",
            'must be a list like ["09:00-13:00", "14:00-18:00"], not text',
        ),
        ('sat = ["00:00-24:00"]', "sat = [9]", "hours.sat", 'must hold texts like "09:00-13:00", not a whole number'),
        ('sat = ["00:00-24:00"]', 'sat = ["9-12"]', "hours.sat", '"9-12" is no span of hours; write "09:00-13:00"'),
        ('sat = ["00:00-24:00"]', 'sat = ["12:00-09:00"]', "hours.sat", '"12:00-09:00" ends before it starts'),
        (
            'sat = ["00:00-24:00"]',
            'sat = ["09:00-24:01"]',
            "hours.sat",
            '"09:00-24:01" names a time that no clock shows',
        ),
        (
            'sat = ["00:00-24:00"]',
            'sat = ["09:00-13:00", "12:30-18:00"]',
            "hours.sat",
            "09:00-13:00 and 12:30-18:00 overlap",
        ),
        ("chairs = 3", "chairs = -3", "rooms[2].chairs", "must be from 1 to 100, not -3"),
        (
            "chairs = 3",
            "chairs = 99999999999999999999",
            "rooms[2].chairs",
            "must be from 1 to 100, not a number far out",
        ),
        ("chairs = 3", 'chairs = "3"', "rooms[2].chairs", "must be a whole number, not text"),
        ('name = "Hall"', 'name = "ROOM  1"', "rooms[2].name", '"ROOM 1" is also the name of rooms[1]'),
        ('name = "Hall"', 'name = "Room"', "rooms[2].name", '"Room 1" is also the name of rooms[1]'),
        (
            'name = "Dr Öz"',
            'name = "mai trần"',
            "practitioners[2].name",
            '"Mai Trần" is also the name of practitioners[1]',
        ),
        (
            'hours = { mon = ["09:00-11:00"] }',
            'hours = { mon = ["09:00-09:00"] }',
            "practitioners[2].hours.mon",
            '"09:00-09:00" ends before it starts',
        ),
        (
            'hours = { mon = ["09:00-11:00"] }',
            'hours = ["09:00-11:00"]',
            "practitioners[2].hours",
            "must be a table, not a list",
        ),
        ("insertion = 5", "", "services[1].insertion", "is missing"),
        ("insertion = 5", "insertion = -5", "services[1].insertion", "must be from 0 to 480, not -5"),
        ("insertion = 5", "insertion = 9000", "services[1].insertion", "must be from 0 to 480, not 9000"),
        (
            "retention = [20, 30]",
            "retention = 25",
            "services[1].retention",
            "must be [earliest, latest] in minutes, like [20, 30], not a whole number",
        ),
        (
            "retention = [20, 30]",
            "retention = [20]",
            "services[1].retention",
            "must be [earliest, latest] in minutes, like [20, 30], not a list of 1",
        ),
        (
            "retention = [20, 30]",
            "retention = [30, 20]",
            "services[1].retention",
            "the earliest, 30, comes after the latest, 20",
        ),
        (
            "retention = [20, 30]",
            "retention = [20, true]",
            "services[1].retention",
            "must be a whole number, not true or false",
        ),
        (
            "retention = [20, 30]",
            "retention = [20, 30]\nplanned_retention = 45",
            "services[1].planned_retention",
            "45 is outside the window of 20 to 30",
        ),
        (
            "from = 2026-12-24",
            "from = 2026-12-27",
            "closures[1].until",
            "2026-12-26 comes before 2026-12-27, the first closed day",
        ),
        (
            "from = 2026-12-24",
            "from = 2026-12-24T10:00:00",
            "closures[1].from",
            'must be a date like "2026-12-24", not a date with a time',
        ),
        (
            'until = "2026-12-26"',
            'until = "26.12.2026"',
            "closures[1].until",
            '"26.12.2026" is no date; write it like "2026-12-24"',
        ),
        (
            'until = "2026-12-26"',
            'until = "2026-02-30"',
            "closures[1].until",
            '"2026-02-30" is no date; write it like "2026-12-24"',
        ),
        ('reason = "Holidays"', "reason = []", "closures[1].reason", "must be text, not a list"),
    ],
)
def test_one_wrong_thing_is_said_with_its_place(old: str, new: str, where: str, reason: str) -> None:
    assert problems_of(edited(old, new)) == [(where, reason)]


def test_every_error_comes_at_once_in_the_order_of_the_file() -> None:
    wrong = GOOD
    for old, new in (
        ('timezone = "Europe/Berlin"', 'timezone = "Mars/Base"'),
        ('mon = ["08:00-12:00", "13:00-17:30"]', 'mon = ["08:00-25:00", "x"]'),
        ("chairs = 3", "chairs = 0"),
        ('name = "First"', ""),
        ("retention = [20, 30]", "retention = [-1, 30]"),
        ('from = "2027-01-01"', ""),
    ):
        assert wrong.count(old) == 1
        wrong = wrong.replace(old, new)
    assert [where for where, _ in problems_of(wrong)] == [
        "clinic.timezone",
        "hours.mon",
        "hours.mon",
        "rooms[2].chairs",
        "services[1].name",
        "services[1].retention",
        "closures[2].from",
    ]


def test_an_empty_file_names_everything_that_is_missing() -> None:
    assert problems_of("") == [
        ("clinic", "is missing"),
        ("hours", "is missing"),
        ("rooms", "there is none; write at least one [[rooms]]"),
        ("practitioners", "there is none; write at least one [[practitioners]]"),
        ("services", "there is none; write at least one [[services]]"),
    ]


def test_a_table_in_single_brackets_is_told_how_it_is_written() -> None:
    text = (
        GOOD.split("[[rooms]]")[0]
        + "[rooms]\nname = 'Room 1'\n"
        + "[[practitioners]]"
        + GOOD.split("[[practitioners]]", 1)[1]
    )
    assert problems_of(text) == [("rooms", "must be written as [[rooms]], once for each, not as a table")]


def test_a_clinic_that_never_opens_is_refused() -> None:
    text = GOOD.replace('mon = ["08:00-12:00", "13:00-17:30"]', "mon = []").replace('sat = ["00:00-24:00"]', "")
    assert problems_of(text) == [("hours", "the clinic is never open")]


def test_a_service_that_takes_no_time_is_refused() -> None:
    text = edited("consultation = 20", "consultation = 0")
    for old, new in (("insertion = 5", "insertion = 0"), ("[20, 30]", "[0, 30]"), ("removal = 5", "removal = 0")):
        text = text.replace(old, new)
    assert problems_of(text) == [("services[1].retention", "the visit takes no time at all")]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[clinic]\nname = \n", "line 2"),
        ("[clinic]\n\n\nname = 'a'\nname = 'b'\n", "line 5"),
        ("[clinic", "end of file"),
        ("a = " + "[" * 100_000, "file"),
        ("a = " + "9" * 10_000, "file"),
    ],
)
def test_broken_toml_is_placed_by_line(text: str, where: str) -> None:
    assert [place for place, _ in problems_of(text)] == [where]


def test_what_the_file_says_is_quoted_without_control_codes() -> None:
    found = problems_of(edited("slot_minutes = 10", '"\\u001b]0;x\\u0007" = 1\nslot_minutes = 10'))
    found += problems_of(edited('timezone = "Europe/Berlin"', 'timezone = "\\u202e\\u001b[2J"'))
    found += problems_of(edited('sat = ["00:00-24:00"]', 'sat = ["\\u001b[2J"]'))
    assert len(found) == 3
    assert all(text.isprintable() for pair in found for text in pair)


def test_an_unreadable_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"there is no file .*missing\.toml"):
        read_clinic(tmp_path / "missing.toml")
    with pytest.raises(Refused, match="is a folder"):
        read_clinic(tmp_path)
    with pytest.raises(Refused, match="line 2 is not UTF-8"):
        parse_clinic("[clinic]\nname = 'Zoë'".encode("latin-1"))
    huge = tmp_path / "huge.toml"
    huge.write_bytes(b"#" * (FILE_LIMIT + 1))
    with pytest.raises(Refused, match="larger than 1 MB"):
        read_clinic(huge)


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    path = tmp_path / "clinic.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert read_clinic(path) == parse_clinic(GOOD.encode())


def test_what_a_screen_hands_over_obeys_the_same_rules() -> None:
    assert clinic_in(tomllib.loads(GOOD)) == parse_clinic(GOOD.encode())
    with pytest.raises(Invalid):
        clinic_in({**tomllib.loads(GOOD), "rooms": [{"name": ""}]})


@pytest.mark.parametrize(
    ("window", "planned"),
    [([20, 30], 25), ([30, 60], 45), ([20, 25], 20), ([21, 24], 22), ([25, 25], 25), ([0, 0], 0), ([18, 21], 20)],
)
def test_the_middle_of_the_window_is_planned_on_a_step_of_five(window: list[int], planned: int) -> None:
    spec = parse_clinic(edited("retention = [20, 30]", f"retention = {window}").encode())
    assert spec.services[0].planned_retention == planned
