"""A day where nothing but a day is asked for: lengths of time and whole weeks are days, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from frontdesk.domain.day_asked import day_asked, day_to_look_back_to, day_to_see
from frontdesk.domain.days import parse_day
from frontdesk.domain.errors import Refused
from tests.domain.test_when import MONDAY

WEDNESDAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2 weeks", (2026, 12, 7)),
        ("Two Weeks", (2026, 12, 7)),
        ("2w", (2026, 12, 7)),
        ("a week", (2026, 11, 30)),
        ("10 days", (2026, 12, 3)),
        ("a fortnight", (2026, 12, 7)),
        ("3 months", (2027, 2, 23)),
        ("+7", (2026, 11, 30)),
        ("+ 7", (2026, 11, 30)),
        ("-7", (2026, 11, 16)),
        ("next tue", (2026, 12, 1)),
        ("24 nov", (2026, 11, 24)),
    ],
)
def test_a_length_of_time_is_a_day_where_one_is_asked_for(text: str, day: tuple[int, int, int]) -> None:
    assert day_asked(text, MONDAY) == day_to_see(text, MONDAY) == date(*day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("next week", (2026, 11, 30)),
        ("the week after next", (2026, 12, 7)),
        ("this week", (2026, 11, 25)),
        ("early next week", (2026, 11, 30)),
        ("the week of 9 dec", (2026, 12, 7)),
        ("next weekend", (2026, 12, 5)),
        ("next month", (2026, 12, 1)),
        ("the beginning of next month", (2026, 12, 1)),
        ("december", (2026, 12, 1)),
        ("dec 2027", (2027, 12, 1)),
        ("january", (2027, 1, 1)),
        ("november", (2026, 11, 25)),
    ],
)
def test_a_week_or_month_to_see_begins_with_its_first_day(text: str, day: tuple[int, int, int]) -> None:
    assert day_to_see(text, WEDNESDAY) == date(*day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("last week", (2026, 11, 16)),
        ("last month", (2026, 10, 1)),
        ("october", (2026, 10, 1)),
        ("december", (2025, 12, 1)),
        ("this month", (2026, 11, 25)),
        ("2 oct", (2026, 10, 2)),
        ("-7", (2026, 11, 18)),
        ("yesterday", (2026, 11, 24)),
    ],
)
def test_who_looks_back_sees_the_last_such_week(text: str, day: tuple[int, int, int]) -> None:
    assert day_to_look_back_to(text, WEDNESDAY) == date(*day)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "next week, in 2 weeks, \\+7"),
        ("7", "next week, in 2 weeks, \\+7"),
        ("+2m", "is no day"),
        ("end of the month", "is no day"),
        ("next 3 days", "is no day"),
        ("afternoon", "is no day"),
        ("2 years", "is no day"),
        ("5/3", "either way round"),
        ("9999 weeks", "too far"),
        ("next week\x1b[31m", "is no day"),
        ("next week " * 500, "is no day"),
    ],
)
def test_nothing_is_guessed(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why) as refused:
        day_to_see(text, MONDAY)
    assert refused.value.reason.isprintable()


@pytest.mark.parametrize("text", ["next week", "2 weeks", "+7", "december"])
def test_where_a_booking_may_hang_on_it_they_are_no_day(text: str) -> None:
    with pytest.raises(Refused):
        parse_day(text, MONDAY)


@pytest.mark.parametrize("read", [day_to_see, day_to_look_back_to])
@pytest.mark.parametrize(
    ("text", "why"), [("december 0000", "no calendar has that day"), ("dec 9999", "the year 9999 is too far away")]
)
def test_a_month_of_a_year_that_is_none_is_refused(read: Callable[[str, date], date], text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read(text, MONDAY)
