"""Opening hours in local time, on the days when the clocks change too."""

from __future__ import annotations

from datetime import date, timedelta

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pendulum import DateTime

from frontdesk.domain.clinic import Clinic, Closure, Practitioner
from frontdesk.domain.hours import (
    OpenSpan,
    Span,
    WeekHours,
    day_span,
    local_day,
    local_instant,
    parse_span,
    week_hours,
)
from frontdesk.domain.instants import to_ms
from frontdesk.domain.packing.opening import Opening
from tests.domain.make import ALWAYS, LIN, MONDAY, WEEK, at, clinic

LONDON, LORD_HOWE, SAO_PAULO, APIA = "Europe/London", "Australia/Lord_Howe", "America/Sao_Paulo", "Pacific/Apia"
ZONES = (LONDON, LORD_HOWE, SAO_PAULO, APIA, "America/Toronto", "America/Havana", "Asia/Kathmandu", "UTC")


def utc(text: str) -> DateTime:
    parsed = pendulum.parse(text)
    assert isinstance(parsed, DateTime)
    return parsed.in_timezone("UTC")


@pytest.mark.parametrize(
    ("zone", "day", "clock", "instant"),
    [
        (LONDON, date(2026, 3, 29), "00:30", "2026-03-29T00:30Z"),
        (LONDON, date(2026, 3, 29), "01:30", "2026-03-29T01:30Z"),  # does not exist: the offset before the gap
        (LONDON, date(2026, 3, 29), "02:30", "2026-03-29T01:30Z"),
        (LONDON, date(2026, 10, 25), "01:30", "2026-10-25T00:30Z"),  # twice: the first
        (LONDON, date(2026, 10, 25), "02:30", "2026-10-25T02:30Z"),
        (LORD_HOWE, date(2026, 10, 4), "02:15", "2026-10-03T15:45Z"),
        (LORD_HOWE, date(2026, 4, 5), "01:45", "2026-04-04T14:45Z"),
        (SAO_PAULO, date(2018, 11, 4), "00:00", "2018-11-04T03:00Z"),
        (SAO_PAULO, date(2018, 11, 4), "01:00", "2018-11-04T03:00Z"),
        (SAO_PAULO, date(2018, 11, 3), "24:00", "2018-11-04T03:00Z"),
    ],
)
def test_a_local_time_is_one_instant(zone: str, day: date, clock: str, instant: str) -> None:
    hour, minute = (int(part) for part in clock.split(":"))

    assert local_instant(day, hour * 60 + minute, zone) == utc(instant)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        (LONDON, date(2026, 3, 29), 23),
        (LONDON, date(2026, 10, 25), 25),
        (LONDON, date(2026, 6, 1), 24),
        (LORD_HOWE, date(2026, 10, 4), 23.5),
        (LORD_HOWE, date(2026, 4, 5), 24.5),
        (SAO_PAULO, date(2018, 11, 4), 23),
        (SAO_PAULO, date(2018, 2, 17), 25),
        (APIA, date(2011, 12, 30), 0),  # Samoa went over the date line: that Friday was not
        ("America/Havana", date(2026, 11, 1), 25),
    ],
)
def test_a_local_day_is_as_long_as_its_clocks_make_it(zone: str, day: date, hours: float) -> None:
    span = day_span(day, zone)

    assert (span.ends - span.starts).total_seconds() == hours * 3600


@given(st.dates(date(1990, 1, 1), date(2037, 12, 30)), st.sampled_from(ZONES))
def test_days_follow_each_other_without_gap_or_overlap(day: date, zone: str) -> None:
    today, tomorrow = day_span(day, zone), day_span(day + timedelta(days=1), zone)

    assert today.ends == tomorrow.starts
    if today.starts < today.ends:
        assert local_day(today.starts, zone) == day
        assert local_day(today.ends.subtract(seconds=1), zone) == day


SPANS = st.lists(st.integers(0, 1440), min_size=2, max_size=8, unique=True).map(
    lambda marks: tuple(OpenSpan(a, b) for a, b in zip(*[iter(sorted(marks))] * 2, strict=False))
)
CHANGES = st.sampled_from(
    [
        (LONDON, date(2026, 3, 29)),
        (LONDON, date(2026, 10, 25)),
        (LORD_HOWE, date(2026, 10, 4)),
        (LORD_HOWE, date(2026, 4, 5)),
        (SAO_PAULO, date(2018, 11, 4)),
        (SAO_PAULO, date(2018, 2, 17)),
        (APIA, date(2011, 12, 30)),
        ("America/Havana", date(2026, 3, 8)),
    ]
)


@given(SPANS, CHANGES)
def test_open_spans_stay_sorted_apart_and_inside_their_day_when_the_clocks_change(
    spans: tuple[OpenSpan, ...], change: tuple[str, date]
) -> None:
    zone, day = change

    opened = WeekHours((spans,) * 7).spans_on(day, zone)

    whole = day_span(day, zone)
    last = whole.starts
    for span in opened:
        assert last <= span.starts < span.ends <= whole.ends
        last = span.ends


def test_hours_that_the_clocks_skip_are_not_worked() -> None:
    hours = week_hours({"sun": ["01:10-01:50", "03:00-05:00"]})

    assert hours.spans_on(date(2026, 3, 29), LONDON) == (
        Span(utc("2026-03-29T01:10Z"), utc("2026-03-29T01:50Z")),
        Span(utc("2026-03-29T02:00Z"), utc("2026-03-29T04:00Z")),
    )
    assert week_hours({"fri": ["09:00-17:00"]}).spans_on(date(2011, 12, 30), APIA) == ()


def test_a_span_that_the_gap_turns_around_is_no_span() -> None:
    assert week_hours({"sun": ["01:30-02:10"]}).spans_on(date(2026, 3, 29), LONDON) == ()


def test_a_span_over_the_change_is_an_hour_longer_or_shorter() -> None:
    hours = week_hours({"sun": ["00:00-06:00"]})

    def minutes(day: date) -> int:
        (span,) = hours.spans_on(day, LONDON)
        return int((span.ends - span.starts).total_seconds() // 60)

    assert [minutes(date(2026, 3, 29)), minutes(date(2026, 10, 25)), minutes(date(2026, 6, 7))] == [300, 420, 360]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [("09:00-13:00", 540, 780), ("9:00 - 13:00", 540, 780), ("00:00-24:00", 0, 1440), ("09:00–13:30", 540, 810)],
)
def test_a_span_is_read(text: str, start: int, end: int) -> None:
    assert parse_span(text) == OpenSpan(start, end)
    assert parse_span(str(parse_span(text))) == OpenSpan(start, end)


@pytest.mark.parametrize(
    "text", ["", "9-13", "09:00", "13:00-09:00", "09:00-09:00", "09:60-10:00", "23:00-24:01", "24:00-24:00", "x"]
)
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"hours|clock|ends before"):
        parse_span(text)


def test_week_hours_sort_and_refuse_overlap_and_unknown_days() -> None:
    assert week_hours({"mon": ["14:00-18:00", "09:00-13:00"]}).as_text() == {"mon": ["09:00-13:00", "14:00-18:00"]}
    assert week_hours({"mon": ["09:00-13:00", "13:00-18:00"]}).on(MONDAY) == (OpenSpan(540, 780), OpenSpan(780, 1080))
    with pytest.raises(ValueError, match="mon: 09:00-13:00 and 12:59-18:00 overlap"):
        week_hours({"mon": ["12:59-18:00", "09:00-13:00"]})
    with pytest.raises(ValueError, match='"monday" is no day'):
        week_hours({"monday": []})


def test_a_practitioners_own_hours_stand_and_a_closed_day_has_none() -> None:
    closure = Closure(date(2026, 12, 24), date(2026, 12, 26), "Holidays")
    clinic = Clinic("Test", "America/Toronto", "CA", 5, WEEK, closures=(closure,))
    mornings = Practitioner(9, "Dr Early", week_hours({"mon": ["07:00-08:00"]}))

    assert clinic.hours_of(LIN, MONDAY) == (Span(at("09:00"), at("13:00")), Span(at("14:00"), at("18:00")))
    assert clinic.hours_of(mornings, MONDAY) == (Span(at("07:00"), at("08:00")),)
    assert [bool(clinic.hours_of(LIN, date(2026, 12, day))) for day in (23, 24, 25, 26, 28)] == [
        True,
        False,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("zone", "slot", "now", "starts"),
    [
        (LONDON, 5, "2026-11-23T10:40:00Z", "2026-11-23T10:40Z"),
        (LONDON, 5, "2026-11-23T10:40:59Z", "2026-11-23T10:40Z"),  # it is still that minute
        (LONDON, 5, "2026-11-23T10:41:00Z", "2026-11-23T10:45Z"),
        ("Asia/Kathmandu", 30, "2026-11-23T10:40:00Z", "2026-11-23T10:45Z"),  # half past four there
        (LONDON, 25, "2026-11-23T23:59:00Z", "2026-11-24T00:00Z"),  # the grid begins anew at midnight
        (LONDON, 30, "2026-03-29T00:45:00Z", "2026-03-29T01:00Z"),  # at one it is two o'clock
        (LONDON, 30, "2026-10-25T00:10:00Z", "2026-10-25T00:30Z"),  # half past one, for the first time
        (LONDON, 30, "2026-10-25T01:10:00Z", "2026-10-25T01:30Z"),  # and for the second
        (LORD_HOWE, 20, "2026-10-03T15:25:00Z", "2026-10-03T15:40Z"),  # two becomes half past, which is no slot
    ],
)
def test_the_next_slot_is_on_the_clinics_grid_and_not_past(zone: str, slot: int, now: str, starts: str) -> None:
    where = clinic(zone=zone, slot_minutes=slot)

    assert where.next_slot(utc(now)) == utc(starts)
    day = local_day(utc(starts), zone)
    assert to_ms(utc(starts)) in Opening.over(where, day, day).grid(), "a place that the planner offers too"


def test_a_clinic_opens_on_days_with_hours_that_are_no_closure() -> None:
    where = clinic(closures=(Closure(MONDAY, MONDAY, "Holidays"),))
    week = [MONDAY + timedelta(days=number) for number in range(7)]
    assert [where.opens_on(day) for day in week] == [bool(where.hours.on(day)) and day != MONDAY for day in week]
    assert {where.opens_on(day) for day in week} == {True, False}


def test_neighbours_do_not_overlap() -> None:
    morning, noon = Span(at("09:00"), at("10:00")), Span(at("10:00"), at("11:00"))

    assert not morning.overlaps(noon)
    assert morning.holds(Span(at("09:00"), at("10:00")))
    assert not morning.holds(Span(at("09:00"), at("10:00:01")))


def test_open_around_the_clock_leaves_no_gap_at_midnight() -> None:
    monday, tuesday = ALWAYS.spans_on(MONDAY, LONDON)[0], ALWAYS.spans_on(MONDAY + timedelta(days=1), LONDON)[0]

    assert monday.ends == tuesday.starts
