"""Birth dates as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.birth_dates import parse_birth_date
from frontdesk.domain.errors import Refused

TODAY = date(2026, 11, 23)
BORN = date(1961, 3, 14)


@pytest.mark.parametrize(
    "typed",
    [
        "14.3.61", "14.03.1961", "14. 3. 1961", "14 3 1961", "1961-03-14", "1961/3/14", "19610314", "14 mar 1961",
        "14 March 61", "14th of march 1961", "14-Mar-1961", "Mar 14, 1961", "march 14 61", "14/3/1961", "3/14/61",
        "14. März 1961", " 14.3.61 ", "14 mrz 61", "14 marzo 1961", "14 marhc 61",
    ],
)  # fmt: skip
def test_the_same_day_in_many_ways(typed: str) -> None:
    assert parse_birth_date(typed, TODAY) == BORN


def test_a_month_may_be_named_in_another_language() -> None:
    assert parse_birth_date("2 juin 1980", TODAY) == date(1980, 6, 2)
    assert parse_birth_date("2 giugno 1980", TODAY) == date(1980, 6, 2)
    assert parse_birth_date("2 dicembre 1980", TODAY) == date(1980, 12, 2)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("3/4/1980", "either way round"),
        ("31.2.1980", "no calendar"),
        ("14.3.2027", "future"),
        ("14.3.1799", "before 1900"),
        ("garcia", "is no birth date"),
        ("14 foo 1961", "is no month"),
        ("61", "is no birth date"),
        ("14.3.", "is no birth date"),
        ("", "is no birth date"),
        ("\x1b[2J" * 30, "is no birth date"),
        ("९.९.१९६१", "is no birth date"),
    ],
)
def test_what_is_not_certain_is_refused_with_the_reason(typed: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_birth_date(typed, TODAY)
    assert said in refused.value.reason
    assert "\x1b" not in refused.value.reason


def test_two_digits_are_the_latest_year_that_has_been() -> None:
    assert parse_birth_date("22.11.26", TODAY) == date(2026, 11, 22)
    assert parse_birth_date("24.11.26", TODAY) == date(1926, 11, 24)


@given(st.dates(date(1930, 1, 1), TODAY))
def test_every_day_reads_back_as_it_is_shown(day: date) -> None:
    assert parse_birth_date(f"{day:%d.%m.%Y}", TODAY) == day
    assert parse_birth_date(day.isoformat(), TODAY) == day
    assert parse_birth_date(f"{day.day} {day:%b %Y}", TODAY) == day


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_past_day_or_refused(text: str) -> None:
    try:
        found = parse_birth_date(text, TODAY)
    except Refused:
        return
    assert date(1900, 1, 1) <= found <= TODAY
