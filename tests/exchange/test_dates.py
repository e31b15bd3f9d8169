"""Birth dates are read as their column writes them, and a wrong one says what is wrong with it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.exchange.dates import BadDate, DateColumn, Incomplete

TODAY = date(2025, 6, 15)


def column(*values: str, day_first: bool | None = None, american: bool = False) -> DateColumn:
    return DateColumn.of(values, today=TODAY, day_first=day_first, month_first_likely=american)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1980-03-22", date(1980, 3, 22)),
        ("1980/3/22", date(1980, 3, 22)),
        ("19800322", date(1980, 3, 22)),
        ("22.03.1980", date(1980, 3, 22)),
        ("22.3.1980", date(1980, 3, 22)),
        ("22. 3. 1980", date(1980, 3, 22)),
        ("22/03/1980", date(1980, 3, 22)),
        ("3/22/1980", date(1980, 3, 22)),
        ("22-03-1980", date(1980, 3, 22)),
        ("1980-03-22 00:00:00 UTC", date(1980, 3, 22)),
        ("1980-03-22T00:00:00.000Z", date(1980, 3, 22)),
        ("3/22/1980 12:00 AM", date(1980, 3, 22)),
        ("22.03.80", date(1980, 3, 22)),
        ("22.03.24", date(2024, 3, 22)),
        ("22.03.26", date(1926, 3, 22)),
        ("22 March 1980", date(1980, 3, 22)),
        ("22-Mar-80", date(1980, 3, 22)),
        ("March 22, 1980", date(1980, 3, 22)),
        ("Mar 22nd, 1980", date(1980, 3, 22)),
        ("22. März 1980", date(1980, 3, 22)),
        ("22 février 1980", date(1980, 2, 22)),
        ("22 de marzo de 1980", date(1980, 3, 22)),
        ("1980年3月22日", date(1980, 3, 22)),
        ("29.02.1960", date(1960, 2, 29)),
        ("29.02.60", date(1960, 2, 29)),
        ("1705-01-06", date(1705, 1, 6)),
        ("2025-06-15", date(2025, 6, 15)),
        ("", None),
        ("0000-00-00", None),
        ("00/00/0000", None),
        ("NULL", None),
        ("n/a", None),
    ],
)
def test_the_formats_of_files(written: str, meant: date | None) -> None:
    assert column(written).read(written) == meant


@pytest.mark.parametrize(
    ("others", "day_first", "american", "meant"),
    [
        (("25/12/1970",), None, False, date(1980, 4, 3)),
        (("12/25/1970",), None, False, date(1980, 3, 4)),
        (("25/12/1970",), False, True, date(1980, 4, 3)),  # a 25 in the first place outweighs what anyone says
        (("12/25/1970",), True, False, date(1980, 3, 4)),
        ((), True, True, date(1980, 4, 3)),
        ((), False, False, date(1980, 3, 4)),
        ((), None, True, date(1980, 3, 4)),
        ((), None, False, date(1980, 4, 3)),
        (("13/01/1970", "14/01/1970", "01/15/1970"), None, False, date(1980, 4, 3)),
    ],
)
def test_the_column_decides_the_order_of_day_and_month(
    others: tuple[str, ...], day_first: bool | None, american: bool, meant: date
) -> None:
    assert column("03/04/1980", *others, day_first=day_first, american=american).read("03/04/1980") == meant


def test_an_order_that_nothing_shows_is_said() -> None:
    assert column("03/04/1980").undecided
    assert not column("03/03/1980").undecided
    assert not column("03/04/1980", "25/04/1980").undecided
    assert not column("03/04/1980", day_first=True).undecided
    assert not column("03.04.1980").undecided


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("19371233", "does not exist"),
        ("19729518", "does not exist"),
        ("1981-02-29", "does not exist"),
        ("31.04.1980", "does not exist"),
        ("29.02.1900", "does not exist"),
        ("1580-01-01", "before 1600"),
        ("yesterday", "not a date"),
        ("22 Foober 1980", "not a date"),
        ("12345", "not a date"),
        ("1980-03-22-17", "not a date"),
    ],
)
def test_a_date_that_can_not_be_says_why(written: str, reason: str) -> None:
    with pytest.raises(BadDate, match=reason):
        column(written, "1980-01-01", "1980-01-02").read(written)


@pytest.mark.parametrize("written", ["2025-06-16", "2080-01-01"])
def test_a_day_to_come_is_left_out_and_told(written: str) -> None:
    with pytest.raises(Incomplete, match="future"):
        column(written, "1980-01-01", "1980-01-02").read(written)


@pytest.mark.parametrize("written", ["1980", "1980-03", "--03-22", "1604-03-22", "03/1980"])
def test_part_of_a_date_is_neither_a_date_nor_an_error(written: str) -> None:
    with pytest.raises(Incomplete):
        column(written).read(written)


def test_serial_numbers_are_dates_only_in_a_column_of_them() -> None:
    assert column("29302", "1", "29303.0", "29304").read("29302") == date(1980, 3, 22)


@given(
    days=st.lists(st.dates(date(1900, 1, 1), TODAY - timedelta(days=1)), min_size=1, max_size=30),
    pattern=st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y", "%Y-%m-%d 00:00:00 UTC"]),
)
def test_every_day_comes_back(days: list[date], pattern: str) -> None:
    written = [day.strftime(pattern) for day in days]
    dates = column(*written)
    assert [dates.read(value) for value in written] == days


@given(days=st.lists(st.dates(date(1900, 1, 1), TODAY), min_size=1, max_size=30), month_first=st.booleans())
def test_every_day_of_a_slashed_column_comes_back(days: list[date], month_first: bool) -> None:
    days = [*days, date(1980, 12, 25)]
    written = [day.strftime("%m/%d/%Y" if month_first else "%d/%m/%Y") for day in days]
    dates = column(*written)
    assert [dates.read(value) for value in written] == days
