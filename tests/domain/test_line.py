"""One line that books, taken apart."""

from __future__ import annotations

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.clinic import Clinic, Practitioner, Room
from frontdesk.domain.hours import WeekHours
from frontdesk.domain.line import understand
from frontdesk.domain.packing import Cadence
from frontdesk.domain.phases import Service

ZONE = "America/Toronto"
NOW = pendulum.datetime(2026, 11, 23, 8, tz=ZONE).in_timezone("UTC")
CLINIC = Clinic(
    "C",
    ZONE,
    "CA",
    5,
    WeekHours(),
    (Room(1, "Room 1"), Room(2, "Room 2"), Room(3, "Community 1", "Community"), Room(4, "Community 2", "Community")),
    (Practitioner(1, "Dr Lin"), Practitioner(2, "Dr Amara Okafor")),
    (
        Service(1, "Initial", 20, 5, 20, 30, 25, 5, 5),
        Service(2, "Follow-up", 10, 5, 20, 30, 25, 5, 5),
        Service(3, "Long Follow-up", 10, 5, 20, 60, 45, 5, 5),
    ),
)


def read(text: str) -> tuple[str, str | None, str | None, str | None, str | None]:
    """What a line says, as short words."""
    line = understand(text, CLINIC, NOW)
    at = line.starts.in_timezone(ZONE).format("YYYY-MM-DD HH:mm") if line.starts else None
    return (
        line.patient,
        line.service.name if line.service else None,
        line.practitioner.name if line.practitioner else None,
        "+".join(room.name for room in line.rooms) or None,
        at,
    )


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("garcia follow-up lin thu 10:20", ("garcia", "Follow-up", "Dr Lin", None, "2026-11-26 10:20")),
        (
            "thu 10:20 garcia maria init okafor",
            ("garcia maria", "Initial", "Dr Amara Okafor", None, "2026-11-26 10:20"),
        ),
        ("tomorrow garcia follow up with Dr Lin at 3pm", ("garcia", "Follow-up", "Dr Lin", None, "2026-11-24 15:00")),
        ("Garcia, Maria 24 nov 1020 room 2", ("Garcia Maria", None, None, "Room 2", "2026-11-24 10:20")),
        ("garcia r1 community", ("garcia community", None, None, "Room 1", None)),
        ("garcia community follow-up", ("garcia", "Follow-up", None, "Community 1+Community 2", None)),
        ("lin follow-up lin thu 10:20", ("lin", "Follow-up", "Dr Lin", None, "2026-11-26 10:20")),
        ("lin", ("lin", None, None, None, None)),
        ("garcia long follow-up", ("garcia", "Long Follow-up", None, None, None)),
        ("#12 initial amara tomorrow 9:00", ("#12", "Initial", "Dr Amara Okafor", None, "2026-11-24 09:00")),
        ("garcia 10:20", ("garcia", None, None, None, None)),
        ("garcia thu", ("garcia", None, None, None, None)),
        ("garcia 31 feb 10:20", ("garcia 31 feb", None, None, None, None)),
        (
            "a week from tuesday garcia init lin at half past ten",
            ("garcia", "Initial", "Dr Lin", None, "2026-12-01 10:30"),
        ),
        ("sun follow-up lin thu 10:20", ("sun", "Follow-up", "Dr Lin", None, "2026-11-26 10:20")),
        ("sun follow-up lin", ("sun", "Follow-up", "Dr Lin", None, None)),
        ("may june follow-up lin 10 dec 10:20", ("may june", "Follow-up", "Dr Lin", None, "2026-12-10 10:20")),
        ("416-555-0134 follow-up lin thu 10:20", ("416-555-0134", "Follow-up", "Dr Lin", None, "2026-11-26 10:20")),
        ("garcia room 2 tomorrow morning", ("garcia", None, None, "Room 2", None)),
        ("garcia follow-up lin 24 nov 2015", ("garcia", "Follow-up", "Dr Lin", None, None)),
        ("", ("", None, None, None, None)),
    ],
)
def test_a_line_is_taken_apart(text: str, understood: tuple[str | None, ...]) -> None:
    assert read(text) == understood


@pytest.mark.parametrize(
    ("said", "window", "question"),
    [
        ("thu", "Thu 26 Nov", "at what time"),
        ("thu morning", "Thu 26 Nov, until 12:00", "at what time"),
        ("thu pm", "Thu 26 Nov, 12:00–18:00", "at what time"),
        ("first thing tomorrow", "Tue 24 Nov, until 12:00", "at what time"),
        ("this afternoon", "Mon 23 Nov, 12:00–18:00", "at what time"),
        ("tonight", "Mon 23 Nov, from 18:00", "at what time"),
        ("thu after 3pm", "Thu 26 Nov, from 15:00", "at what time"),
        ("before 11 on thu", "Thu 26 Nov, until 11:00", "at what time"),
        ("thu 9-11", "Thu 26 Nov, 09:00–11:00", "at what time"),
        ("between 9:30 and 11 thu", "Thu 26 Nov, 09:30–11:00", "at what time"),
        ("3-4pm tomorrow", "Tue 24 Nov, 15:00–16:00", "at what time"),
        ("in 2 weeks", "Mon 7 Dec", "at what time"),
        ("next week", "Mon 30 Nov to Sun 6 Dec", "on which day"),
        ("end of next week", "Thu 3 Dec to Sun 6 Dec", "on which day"),
        ("the week of 9 dec", "Mon 7 Dec to Sun 13 Dec", "on which day"),
        ("next month", "Tue 1 Dec to Thu 31 Dec", "on which day"),
        ("early january", "Fri 1 Jan to Sun 10 Jan", "on which day"),
        ("weekend", "Sat 28 Nov to Sun 29 Nov", "on which day"),
        ("asap", "Mon 23 Nov to Mon 7 Dec", "on which day"),
        ("10:20", "Mon 23 Nov to Mon 7 Dec, 10:20", "on which day, 10:20"),
        ("thu 2:30", "Thu 26 Nov, 13:45–15:15", "say 02:30 or 14:30"),
        ("day after tomorrow at 3", "Wed 25 Nov, 14:15–15:45", "say 03:00 or 15:00"),
        ("thu 10", "Thu 26 Nov, 09:15–10:45", "say 10:00 or 22:00"),
        ("tomorrow at 10ish", "Tue 24 Nov, 09:15–10:45", "about 10:00"),
        ("around 3pm thu", "Thu 26 Nov, 14:15–15:45", "about 15:00"),
        ("mon 10:20", "Mon 23 Nov to Mon 30 Nov, 09:35–11:05", "today or Mon 30 Nov"),
    ],
)
def test_what_is_no_moment_says_where_places_are_wanted(said: str, window: str, question: str) -> None:
    line = understand(f"garcia follow-up lin {said}", CLINIC, NOW)
    assert (line.patient, line.starts, line.doubtful) == ("garcia", None, ())
    assert line.window is not None
    assert line.window.words == window
    assert question in line.window.question


def test_in_two_hours_is_counted_from_now() -> None:
    window = understand("garcia follow-up lin in 2 hours", CLINIC, NOW).window
    assert window is not None
    assert window.after == 120


@pytest.mark.parametrize(
    ("said", "doubtful", "why"),
    [
        ("20 thu 10:20", ("20",), ""),
        ("thu 10:20 fri", ("thu", "10:20", "fri"), ""),
        ("wed 24 nov 10:20", ("wed",), "24 Nov 2026 is a Tuesday"),
        ("31 feb 10:20", ("31", "feb"), "no calendar has that day"),
        ("5/12 10:20", ("5/12",), "either way round"),
        ("thu 8:00 gmt", ("gmt",), ""),
        ("third quarter thu 10:20", ("third", "quarter"), ""),
        ("christmas 2027 10:20", ("christmas", "2027"), ""),
    ],
)
def test_words_that_may_be_of_the_time_are_never_just_a_name(said: str, doubtful: tuple[str, ...], why: str) -> None:
    line = understand(f"garcia follow-up lin {said}", CLINIC, NOW)
    assert line.doubtful == doubtful
    assert why in line.open


@pytest.mark.parametrize("said", ["today 7:00", "yesterday 10:20", "last fri 10:20", "2026-11-20 10:20", "last monday"])
def test_what_has_passed_is_no_time_to_book(said: str) -> None:
    line = understand(f"garcia follow-up lin {said}", CLINIC, NOW)
    assert line.starts is None
    assert "has passed" in line.open


def test_this_very_minute_has_not_passed() -> None:
    assert understand("garcia follow-up lin today 8:00", CLINIC, NOW.add(seconds=40)).starts == NOW


def test_a_time_that_the_clocks_skip_is_not_taken() -> None:
    assert understand("garcia 2027-03-14 02:30", CLINIC, NOW).starts is None


@given(st.text(max_size=200))
def test_any_line_is_understood_as_something(text: str) -> None:
    line = understand(text, CLINIC, NOW)
    assert set(line.patient.split()) <= set(text.replace(",", " ").split())


@pytest.mark.parametrize(
    ("said", "leave_by", "cadence", "count", "asked"),
    [
        ("thu 10:20 must leave by 11:30", 690, None, None, ""),
        ("out by half past 3 pm thu 2pm", 930, None, None, ""),
        ("thu 10:20 gone by noon", 720, None, None, ""),
        ("thu 10:20 weekly x8", None, Cadence.WEEKLY, 8, ""),
        ("8 weekly thu 10:20", None, Cadence.WEEKLY, 8, ""),
        ("thu 10:20 every two weeks 6 times", None, Cadence.FORTNIGHTLY, 6, ""),
        ("x8 twice a week thu 10:20", None, Cadence.TWICE, 8, ""),
        ("thu 10:20 weekly", None, Cadence.WEEKLY, None, "how many times"),
        ("thu 10:20 x8", None, None, 8, "how often"),
    ],
)
def test_what_is_said_aside(said: str, leave_by: int | None, cadence: Cadence | None, count: int, asked: str) -> None:
    line = understand(f"garcia follow-up lin {said}", CLINIC, NOW)
    assert (line.patient, line.doubtful) == ("garcia", ())
    assert (line.asides.leave_by, line.asides.cadence, line.asides.count) == (leave_by, cadence, count)
    assert asked in line.asides.open
    assert line.starts is not None


@pytest.mark.parametrize(
    "said", ["thu 10:20 must leave 2:30", "thu 10:20 leave by", "thu 10:20 x8 weekly x3", "thu 10:20 times"]
)
def test_what_is_said_aside_and_not_certain_is_left_over(said: str) -> None:
    assert understand(f"garcia follow-up lin thu 10:20 {said}", CLINIC, NOW).doubtful
