"""Periods, shares and spreads: what a report says of its counts."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from pendulum import datetime

from frontdesk.domain.report import (
    Period,
    PeriodKind,
    Report,
    Spread,
    Tally,
    open_minutes,
    spread,
    tally,
    use_share,
)
from frontdesk.domain.report_tables import bar, headline, heat, percent, tables
from frontdesk.domain.visit import Status
from tests.ui.shop import CLINIC


@pytest.mark.parametrize(
    ("kind", "day", "first", "last", "words"),
    [
        (PeriodKind.WEEK, date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 29), "23-29 Nov 2026"),
        (PeriodKind.WEEK, date(2026, 11, 1), date(2026, 10, 26), date(2026, 11, 1), "26 Oct - 1 Nov 2026"),
        (PeriodKind.WEEK, date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 3), "28 Dec 2026 - 3 Jan 2027"),
        (PeriodKind.MONTH, date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29), "February 2028"),
        (PeriodKind.MONTH, date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31), "December 2026"),
    ],
)
def test_a_period_is_a_whole_week_or_month(kind: PeriodKind, day: date, first: date, last: date, words: str) -> None:
    period = Period.around(kind, day)
    assert (period.first, period.last, period.words) == (first, last, words)
    assert (period.days[0], period.days[-1]) == (first, last)
    assert period.before.after == period == period.after.before


def test_rates_are_of_who_should_have_come() -> None:
    counts = [(Status.CHECKED_OUT, 17, 0), (Status.LEFT, 1, 0), (Status.NO_SHOW, 2, 0), (Status.CANCELLED, 7, 5)]
    counts += [(Status.NEEDLES_IN, 2, 0), (Status.ARRIVED, 1, 0), (Status.BOOKED, 4, 0), (Status.CONFIRMED, 3, 0)]
    counts += [(Status.ENTERED_IN_ERROR, 9, 0)]
    whole = tally(counts)
    assert whole == Tally(seen=17, no_shows=2, late=5, cancelled=7, left=1, here=3, coming=7)
    assert whole.no_show_rate == 2 / 23
    assert whole.late_rate == 5 / 28
    assert Tally(coming=3).no_show_rate is None
    assert percent(None) == "–"


def test_who_is_here_is_told_apart_from_who_is_to_come_and_stands_in_that_column() -> None:
    period = Period.around(PeriodKind.WEEK, date(2026, 11, 23))
    report = Report(CLINIC, period, datetime(2026, 11, 23, 15), (("Dr Lin", Tally(here=2, coming=5)),))
    assert headline(report)[-2:] == ("2 here now", "5 still to come")
    visits = tables(report)[0]
    assert (visits.rows[0][-1].text, visits.notes[-1]) == ("7", "to come: with those who are here now")


def test_what_counts_as_late_is_said_by_the_clinics_own_hours() -> None:
    strict = replace(CLINIC, late_cancel_hours=48)
    report = Report(strict, Period.around(PeriodKind.WEEK, date(2026, 11, 23)), datetime(2026, 11, 23, 15))
    assert tables(report)[0].notes[0] == "off: called off; late: by the patient within 48 h; left: early"


def test_a_spread_says_within_how_many_minutes_most_are() -> None:
    waits = spread([(12, 1), (3, 2), (7, 6), (3, 0), (41, 1)])
    assert waits.counts == ((3, 2), (7, 6), (12, 1), (41, 1))
    assert (waits.count, waits.within(0.5), waits.within(0.9), waits.longest) == (10, 7, 12, 41)
    assert waits.over(7) == 0.2
    assert (waits.between(0, 5), waits.between(5, 10), waits.between(30, None)) == (2, 6, 1)
    assert (Spread().within(0.5), Spread().longest, Spread().over(3)) == (None, None, None)


def test_open_time_is_summed_by_hour_and_rooms_are_a_share_of_it() -> None:
    opened = open_minutes(CLINIC, Period.around(PeriodKind.WEEK, date(2026, 11, 23)))
    assert opened[9:18] == (420.0,) * 9
    assert sum(opened) == 9 * 420
    assert use_share(210, opened[9], 1, 7) == 0.5
    assert use_share(42, opened[19], 2, 7) == 42 / 840, "after hours, of the days that are open"
    assert use_share(0, 0, 1, 0) is None


def test_bars_and_shades_leave_nothing_out() -> None:
    assert bar(0, 9) == ""
    assert bar(1, 10_000) == "▏"
    assert bar(9, 9, 4) == "████"
    assert bar(1, 2, 3) == "█▌"
    assert [heat(part) for part in (None, 0.0, 0.19, 0.2, 0.61, 0.8, 1.0, 1.4)] == [0, 0, 0, 1, 3, 4, 4, 4]
