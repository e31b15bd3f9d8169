"""A day as people say it: understood, or refused with what to write."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.days import certain_day, last_such_day, possible_days
from frontdesk.domain.errors import Refused
from frontdesk.domain.when import parse_day
from tests.domain.test_when import MONDAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", (2026, 11, 23)),
        (" Tomorrow ", (2026, 11, 24)),
        ("yesterday", (2026, 11, 22)),
        ("the day after tomorrow", (2026, 11, 25)),
        ("mon", (2026, 11, 23)),
        ("Monday", (2026, 11, 23)),
        ("tue", (2026, 11, 24)),
        ("sun.", (2026, 11, 29)),
        ("this thu", (2026, 11, 26)),
        ("on thursday", (2026, 11, 26)),
        ("next mon", (2026, 11, 30)),
        ("next tue", (2026, 12, 1)),
        ("next sun", (2026, 12, 6)),
        ("tue next week", (2026, 12, 1)),
        ("last mon", (2026, 11, 16)),
        ("last sun", (2026, 11, 22)),
        ("+2w", (2026, 12, 7)),
        ("+3d", (2026, 11, 26)),
        ("-1d", (2026, 11, 22)),
        ("in 2 weeks", (2026, 12, 7)),
        ("in two weeks", (2026, 12, 7)),
        ("in a week", (2026, 11, 30)),
        ("3 weeks from now", (2026, 12, 14)),
        ("2 days ago", (2026, 11, 21)),
        ("in 3 months", (2027, 2, 23)),
        ("24 nov", (2026, 11, 24)),
        ("24nov", (2026, 11, 24)),
        ("24-Nov-2026", (2026, 11, 24)),
        ("nov 24", (2026, 11, 24)),
        ("nov 24, 2026", (2026, 11, 24)),
        ("the 24th of november", (2026, 11, 24)),
        ("tue 24 nov", (2026, 11, 24)),
        ("Tuesday, November 24th, 2026", (2026, 11, 24)),
        ("22 nov", (2027, 11, 22)),
        ("23 nov", (2026, 11, 23)),
        ("29 feb", (2028, 2, 29)),
        ("24th", (2026, 11, 24)),
        ("the 22nd", (2026, 12, 22)),
        ("31st", (2026, 12, 31)),
        ("24.11.", (2026, 11, 24)),
        ("24. 11. 2026", (2026, 11, 24)),
        ("24.11.26", (2026, 11, 24)),
        ("2026-11-24", (2026, 11, 24)),
        ("2026/11/24", (2026, 11, 24)),
        ("14/3", (2027, 3, 14)),
        ("3/14", (2027, 3, 14)),
        ("5/5/2027", (2027, 5, 5)),
        ("13-05-2027", (2027, 5, 13)),
        ("14.3", (2027, 3, 14)),
        ("24.11", (2026, 11, 24)),
        ("oct. 2", (2027, 10, 2)),
        ("dec/2", (2026, 12, 2)),
        ("the first of december", (2026, 12, 1)),
        ("december third", (2026, 12, 3)),
        ("may twenty-first", (2027, 5, 21)),
        ("twenty second of june", (2027, 6, 22)),
        ("the 27", (2026, 11, 27)),
        ("friday the 27th", (2026, 11, 27)),
        ("the second", (2026, 12, 2)),
        ("next month on the 3rd", (2026, 12, 3)),
        ("the 3rd of next month", (2026, 12, 3)),
        ("30 of this month", (2026, 11, 30)),
        ("next day", (2026, 11, 24)),
        ("this week friday", (2026, 11, 27)),
        ("friday of this week", (2026, 11, 27)),
        ("next week on friday", (2026, 12, 4)),
        ("a week from tuesday", (2026, 12, 1)),
        ("a week on tuesday", (2026, 12, 1)),
        ("tue week", (2026, 12, 1)),
        ("tomorrow week", (2026, 12, 1)),
        ("two weeks from next friday", (2026, 12, 18)),
        ("two days after tomorrow", (2026, 11, 26)),
        ("tomorrow+2", (2026, 11, 26)),
        ("fri + 1w", (2026, 12, 4)),
        ("in 2 weeks on friday", (2026, 12, 11)),
        ("fri in 2 weeks", (2026, 12, 11)),
        ("in 2 weeks' time", (2026, 12, 7)),
        ("in a week's time", (2026, 11, 30)),
        ("a week today", (2026, 11, 30)),
        ("two weeks tomorrow", (2026, 12, 8)),
        ("this coming thu", (2026, 11, 26)),
        ("tommorow", (2026, 11, 24)),
        ("a fortnight hence", (2026, 12, 7)),
        ("after 4 days", (2026, 11, 27)),
        ("3 fridays from now", (2026, 12, 11)),
        ("friday after next", (2026, 12, 4)),
        ("first friday of december", (2026, 12, 4)),
        ("the 2nd monday of next month", (2026, 12, 14)),
        ("last friday of november", (2026, 11, 27)),
        ("last day of the month", (2026, 11, 30)),
        ("last day of february 2028", (2028, 2, 29)),
    ],
)
def test_a_day_said_on_monday_23_november_2026(text: str, day: tuple[int, int, int]) -> None:
    assert parse_day(text, MONDAY) == date(*day)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is no day"),
        ("morgen", "is no day"),
        ("24", "is no day"),
        ("10.11", "is no day"),
        ("4.22", "is no day"),
        ("1030", "is no day"),
        ("+2", "is no day"),
        ("+2m", "is no day"),
        ("next week", "is no day"),
        ("november", "is no day"),
        ("10-11-2026", "either way round"),
        ("in 2 years", "on which day"),
        ("monday after next", "name the date"),
        ("a week from monday", "a week later"),
        ("fifth friday of december", "only 4 such days"),
        ("first monday of november", "has passed"),
        ("31st of this month", "no calendar has that day"),
        ("two sixty", "is no day"),
        ("this past one", "is no day"),
        ("christmas", "is no day"),
        ("30 feb", "no calendar has that day"),
        ("2026-02-29", "no calendar has that day"),
        ("31.4.", "no calendar has that day"),
        ("wed 24 nov", "24 Nov 2026 is a Tuesday"),
        ("wed 24 nov 2026", "24 Nov 2026 is a Tuesday"),
        ("23th", "23rd"),
        ("5/3", "either way round"),
        ("5/3/89", "either way round"),
        ("24.11.89", "four digits"),
        ("0001-01-01", "too far"),
        ("+9999 months", "too far"),
        ("+9999w", "too far"),
        ("２０２６-11-24", "is no day"),
        ("tue\x1b[31m", "is no day"),
        ("t" * 5000, "is no day"),
    ],
)
def test_a_day_that_is_not_certain_is_refused_in_words(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why) as refused:
        parse_day(text, MONDAY)
    assert refused.value.reason.isprintable()
    assert len(refused.value.reason) < 200


@pytest.mark.parametrize(
    ("text", "today", "days"),
    [
        ("mon", MONDAY, [MONDAY, date(2026, 11, 30)]),
        ("this coming monday", MONDAY, [MONDAY, date(2026, 11, 30)]),
        ("this monday", MONDAY, [MONDAY, date(2026, 11, 30)]),
        ("tue", MONDAY, [date(2026, 11, 24)]),
        ("next mon", MONDAY, [date(2026, 11, 30)]),
        ("next mon", date(2026, 11, 29), [date(2026, 11, 30), date(2026, 12, 7)]),
        ("mon", date(2026, 11, 29), [date(2026, 11, 30)]),
        ("today", MONDAY, [MONDAY]),
    ],
)
def test_a_weekday_that_may_be_meant_a_week_later_is_not_certain(text: str, today: date, days: list[date]) -> None:
    assert list(possible_days(text, today)) == days
    if len(days) > 1:
        with pytest.raises(Refused, match="name the date"):
            certain_day(text, today)


def test_the_friday_in_two_weeks_is_asked_back_once_this_weeks_has_passed() -> None:
    saturday = date(2026, 11, 28)
    with pytest.raises(Refused, match="Fri 11 Dec or Fri 18 Dec"):
        parse_day("fri in 2 weeks", saturday)


def test_which_way_round_a_slashed_date_goes_is_asked_not_guessed() -> None:
    with pytest.raises(Refused, match="either way round"):
        parse_day("5/3", MONDAY)
    assert parse_day("14/3", MONDAY) == parse_day("3/14", MONDAY) == date(2027, 3, 14), "no other reading exists"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2 oct", date(2026, 10, 2)),
        ("fri 2 oct", date(2026, 10, 2)),
        ("2.10.", date(2026, 10, 2)),
        ("13/10", date(2026, 10, 13)),
        ("24 nov", date(2025, 11, 24)),
        ("23 nov", MONDAY),
        ("the 24th", date(2026, 10, 24)),
        ("29 feb", date(2024, 2, 29)),
        ("2 oct 2027", date(2027, 10, 2)),
        ("tomorrow", MONDAY + timedelta(days=1)),
        ("thu", MONDAY + timedelta(days=3)),
        ("+2w", MONDAY + timedelta(days=14)),
    ],
)
def test_who_looks_back_means_the_last_date_that_is_called_so(text: str, day: date) -> None:
    assert last_such_day(text, MONDAY) == day


@pytest.mark.parametrize("text", ["sat 2 oct", "31 jun", "3/4", "oct"])
def test_looking_back_is_no_reason_to_guess(text: str) -> None:
    with pytest.raises(Refused):
        last_such_day(text, MONDAY)


def test_a_month_later_is_refused_where_that_day_is_missing() -> None:
    with pytest.raises(Refused, match="February 2027 has no day 31"):
        parse_day("in 1 month", date(2027, 1, 31))
    assert parse_day("in 1 month", date(2027, 1, 28)) == date(2027, 2, 28)


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)), st.integers(0, 6))
def test_a_bare_weekday_is_within_the_coming_seven_days(today: date, weekday: int) -> None:
    name = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[weekday]

    day = parse_day(name, today)

    assert day.weekday() == weekday
    assert today <= day < today + timedelta(days=7)


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)), st.dates(date(1901, 1, 1), date(2199, 12, 31)))
def test_every_full_date_is_understood_whenever_it_is_said(today: date, day: date) -> None:
    for written in (day.isoformat(), f"{day.day}.{day.month}.{day.year}", f"{day:%a} {day.day} {day:%B} {day.year}"):
        assert parse_day(written, today) == day
