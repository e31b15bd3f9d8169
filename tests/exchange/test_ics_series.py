"""Which visits a repeating event has inside the span."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.calendars import BERLIN, calendar, event, read, starts

WEEKLY = ("DTSTART;TZID=Europe/Berlin:20260302T090000", "DTEND;TZID=Europe/Berlin:20260302T093000", "SUMMARY:Weekly")


def series(*lines: str, more: str = "") -> bytes:
    return calendar(BERLIN, event(*WEEKLY, *lines), more)


def days(data: bytes, first: str = "2026-01-01", until: str = "2026-12-31") -> list[str]:
    found = read(data, first, until)
    assert found.rejected == ()
    assert len({o.key for o in found.occurrences}) == len(found.occurrences)
    return [day[5:10] for day in starts(found)]


def test_a_series_keeps_its_hour_over_the_change_to_summer_time() -> None:
    found = read(series("RRULE:FREQ=WEEKLY;COUNT=5"))
    assert starts(found) == [
        "2026-03-02T08:00Z",
        "2026-03-09T08:00Z",
        "2026-03-16T08:00Z",
        "2026-03-23T08:00Z",
        "2026-03-30T07:00Z",
    ]


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("FREQ=WEEKLY;UNTIL=20260316T080000Z", ["03-02", "03-09", "03-16"]),
        ("FREQ=WEEKLY;UNTIL=20260316T090000", ["03-02", "03-09", "03-16"]),
        ("FREQ=WEEKLY;UNTIL=20260317", ["03-02", "03-09", "03-16"]),
        ("FREQ=WEEKLY;UNTIL=20260101T000000Z", []),
        ("FREQ=WEEKLY;COUNT=-1;UNTIL=20260310T080000Z", ["03-02", "03-09"]),
        ("freq=weekly;count=2;x-junk=1", ["03-02", "03-09"]),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=3;BYDAY=MO,SU;WKST=SU", ["03-02", "03-15", "03-16"]),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=3;BYDAY=MO,SU;WKST=MO", ["03-02", "03-08", "03-16"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1;COUNT=2", ["03-02", "04-01"]),
        ("FREQ=DAILY;COUNT=3\nRDATE;TZID=Europe/Berlin:20260320T120000", ["03-02", "03-03", "03-04", "03-20"]),
        ("FREQ=DAILY;COUNT=2\nRDATE;VALUE=PERIOD:20260320T080000Z/PT2H", ["03-02", "03-03", "03-20"]),
        ("FREQ=DAILY;COUNT=2\nRDATE;VALUE=DATE:20260320", ["03-02", "03-03", "03-20"]),
    ],
)
def test_rules_as_they_are_written(rule: str, wanted: list[str]) -> None:
    assert days(series(f"RRULE:{rule}")) == wanted


def test_what_a_rule_holds_that_means_nothing_is_left_out_and_reported() -> None:
    found = read(series("RRULE:RRULE:Anything;FREQ=DAILY;COUNT=3;BYDAY=MO, TU, WE"))
    assert len(found.occurrences) == 3
    assert ["Weekly" in problem.reason for problem in found.rejected] == [True, True]


@pytest.mark.parametrize(
    "exception",
    [
        "EXDATE;TZID=Europe/Berlin:20260309T090000",
        "EXDATE:20260309T080000Z",
        "EXDATE:20260309T090000",
        "EXDATE;VALUE=DATE:20260309",
        "EXDATE;TZID=America/New_York:20260309T040000",
        "EXDATE:20260101T080000Z,20260309T080000Z\nEXDATE:20270309T080000Z",
    ],
)
def test_an_exception_is_matched_however_it_is_written(exception: str) -> None:
    assert days(series("RRULE:FREQ=WEEKLY;COUNT=3", exception)) == ["03-02", "03-16"]


def test_an_exception_of_another_hour_takes_nothing_out() -> None:
    assert days(series("RRULE:FREQ=WEEKLY;COUNT=2", "EXDATE:20260309T090000Z")) == ["03-02", "03-09"]


def test_an_unreadable_exception_is_reported_and_the_series_arrives() -> None:
    found = read(series("RRULE:FREQ=WEEKLY;COUNT=2", "EXDATE:20260230T090000"))
    assert len(found.occurrences) == 2
    assert "EXDATE" in found.rejected[0].reason


@pytest.mark.parametrize("exception", ["20260304", "20260304T000000", "20260303T230000Z"])
def test_a_day_is_taken_out_of_an_all_day_series(exception: str) -> None:
    data = calendar(event("DTSTART;VALUE=DATE:20260303", "RRULE:FREQ=DAILY;COUNT=3", f"EXDATE:{exception}"))
    assert days(data) == ["03-03", "03-05"]


@pytest.mark.parametrize(
    "named",
    [";TZID=Europe/Berlin:20260309T090000", ":20260309T080000Z", ":20260309T090000", ";VALUE=DATE:20260309"],
)
@pytest.mark.parametrize("before", [True, False])
def test_a_moved_visit_replaces_the_one_it_names(named: str, before: bool) -> None:
    moved = event(f"RECURRENCE-ID{named}", "DTSTART;TZID=Europe/Berlin:20260311T150000", "SUMMARY:Moved")
    whole = event(*WEEKLY, "RRULE:FREQ=WEEKLY;COUNT=3")
    data = calendar(moved, whole) if before else calendar(whole, moved)
    found = read(data)
    assert [(o.starts.format("MM-DD"), o.title) for o in found.occurrences] == [
        ("03-02", "Weekly"),
        ("03-11", "Moved"),
        ("03-16", "Weekly"),
    ]
    unmoved = {o.key for o in read(calendar(whole)).occurrences}
    assert {o.key for o in found.occurrences} == unmoved


def test_a_moved_visit_without_its_series_arrives() -> None:
    data = calendar(event("RECURRENCE-ID:20260309T080000Z", "DTSTART:20260311T150000"))
    assert days(data) == ["03-11"]


def test_a_cancelled_visit_is_there_and_cancelled() -> None:
    gone = event("RECURRENCE-ID:20260309T080000Z", "DTSTART:20260309T080000Z", "STATUS:CANCELLED")
    found = read(series("RRULE:FREQ=WEEKLY;COUNT=3", more=gone))
    assert [o.cancelled for o in found.occurrences] == [False, True, False]


def test_a_change_of_this_and_all_future_visits() -> None:
    later = event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260316T090000",
        "DTSTART;TZID=Europe/Berlin:20260317T100000",
        "DTEND;TZID=Europe/Berlin:20260317T110000",
        "SUMMARY:Later",
    )
    found = read(series("RRULE:FREQ=WEEKLY;COUNT=4", more=later))
    assert [(o.starts.format("MM-DD HH:mm"), o.title) for o in found.occurrences] == [
        ("03-02 08:00", "Weekly"),
        ("03-09 08:00", "Weekly"),
        ("03-17 09:00", "Later"),
        ("03-24 09:00", "Later"),
    ]
    unmoved = {o.key for o in read(series("RRULE:FREQ=WEEKLY;COUNT=4")).occurrences}
    assert {o.key for o in found.occurrences} == unmoved


def test_a_moved_day_of_an_all_day_series_named_by_a_zoned_midnight() -> None:
    data = calendar(
        event("DTSTART;VALUE=DATE:20260305", "RRULE:FREQ=WEEKLY;COUNT=3"),
        event("RECURRENCE-ID;TZID=W. Europe Standard Time:20260312T000000", "DTSTART;VALUE=DATE:20260313"),
    )
    assert days(data) == ["03-05", "03-13", "03-19"]


def test_a_visit_has_the_same_key_in_any_span() -> None:
    data = series("RRULE:FREQ=WEEKLY")
    whole = {o.starts: o.key for o in read(data).occurrences}
    part = {o.starts: o.key for o in read(data, "2026-08-01", "2026-08-31").occurrences}
    assert len(part) == 5
    assert part.items() <= whole.items()


@given(
    begun=st.integers(0, 5_600_000),
    weekly=st.booleans(),
    interval=st.integers(1, 5),
    first=st.dates(date(2025, 12, 1), date(2026, 3, 1)),
    length=st.integers(0, 60),
    minutes=st.integers(0, 3000),
)
def test_a_rule_in_a_span_is_the_rule_walked_through_from_its_start(
    begun: int, weekly: bool, interval: int, first: date, length: int, minutes: int
) -> None:
    start = datetime(2015, 7, 1, tzinfo=UTC) + timedelta(minutes=begun)
    rule = f"RRULE:FREQ={'WEEKLY' if weekly else 'DAILY'};INTERVAL={interval}"
    data = calendar(event(f"DTSTART:{start:%Y%m%dT%H%M%S}Z", f"DURATION:PT{minutes}M", rule))
    until = first + timedelta(days=length)
    found = read(data, first.isoformat(), until.isoformat())

    begin = datetime.combine(first, time(), tzinfo=UTC)
    after = datetime.combine(until, time(), tzinfo=UTC) + timedelta(days=1)
    stride, long = timedelta(days=interval * (7 if weekly else 1)), timedelta(minutes=minutes)
    walked, at = [], start
    while at < after:
        if at >= begin or at + long > begin:
            walked.append(at)
        at += stride
    assert [o.starts for o in found.occurrences] == walked
    assert [o.ends for o in found.occurrences] == [start + long for start in walked]
