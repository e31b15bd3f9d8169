"""The close of a day: whom it finds, and whom it can't be closed over."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from frontdesk.domain.appointment import Appointment, Facts
from frontdesk.domain.closing import Need, day_close
from frontdesk.domain.day import DaySheet
from frontdesk.domain.visit import ENDED, ON_PREMISES, Status
from tests.domain import make

EVENING = make.at("18:30")
IN = make.needles(make.at("17:20"))
OWED = replace(IN, out_at=make.at("17:50"))
OUT = replace(OWED, count_out=9, kept=2, missing=1, missing_reason="not on the table", missing_by="Ana")


def sheet(*visits: Appointment) -> DaySheet:
    own = tuple(one for one in visits if make.at("00:00") <= one.starts < make.at("23:59"))
    return DaySheet(make.MONDAY, make.clinic(), own, (), tuple(one for one in visits if one.status in ON_PREMISES))


@pytest.mark.parametrize(
    ("visit", "need"),
    [
        (make.visit(make.at("17:00"), status=Status.NEEDLES_IN, retentions=(IN,)), Need.NEEDLES_IN),
        (make.visit(make.at("17:00"), status=Status.NEEDLES_OUT, retentions=(OWED,)), Need.COUNT_OWED),
        (make.visit(make.at("17:00"), status=Status.NEEDLES_OUT, retentions=(OUT,)), Need.IN_ROOM),
        (make.visit(make.at("17:00"), status=Status.ROOMED), Need.IN_ROOM),
        (
            make.visit(make.at("17:00"), status=Status.NEEDLES_OUT, facts=Facts(ready_at=make.at("18:00"))),
            Need.NOT_CHECKED_OUT,
        ),
        (make.visit(make.at("17:00"), status=Status.ARRIVED), Need.NOT_CHECKED_OUT),
        (make.visit(make.at("17:00")), Need.NO_SHOW),
        (make.visit(make.at("19:00"), status=Status.CONFIRMED), Need.EXPECTED),
        (make.visit(make.at("17:00"), status=Status.CHECKED_OUT, retentions=(OUT,)), None),
        (make.visit(make.at("17:00"), status=Status.CANCELLED), None),
        (make.visit(make.at("17:00"), status=Status.LEFT), None),
    ],
)
def test_what_keeps_a_visit_from_being_closed_over(visit: Appointment, need: Need | None) -> None:
    found = day_close(sheet(visit), EVENING)
    assert [one.need for one in found.open] == ([need] if need else [])
    assert found.in_house == ((visit,) if visit.status in ON_PREMISES else ())


def test_the_most_urgent_comes_first_and_how_the_day_went_is_counted() -> None:
    gone = [Status.CHECKED_OUT, Status.CHECKED_OUT, Status.CANCELLED, Status.NO_SHOW, Status.LEFT]
    over = [make.visit(make.at("10:00"), status=status) for status in gone]
    home = make.visit(make.at("11:00"), status=Status.CHECKED_OUT, retentions=(OUT,))
    never, resting = make.visit(make.at("09:00")), make.visit(make.at("17:00"), status=Status.NEEDLES_IN)
    found = day_close(sheet(never, *over, home, resting), EVENING)
    assert [one.need for one in found.open] == [Need.NEEDLES_IN, Need.NO_SHOW]
    assert (found.seen, found.cancelled, found.no_shows, found.left) == (3, 1, 1, 1)
    assert found.kept == found.missing == (home,)


def test_who_came_early_for_another_day_is_still_here_and_last_nights_visit_too() -> None:
    early = make.visit(make.at("09:00", date(2026, 11, 24)), status=Status.ARRIVED, facts=Facts(arrived_at=EVENING))
    last_night = make.visit(make.at("23:30", date(2026, 11, 22)), status=Status.NEEDLES_IN)
    assert day_close(sheet(early, last_night), EVENING).in_house == (last_night, early)
    before = replace(sheet(early, last_night), day=date(2026, 11, 22))
    assert day_close(before, EVENING).in_house == (last_night,)


@given(st.lists(st.sampled_from(Status), max_size=8))
def test_a_day_has_nothing_open_exactly_when_every_visit_has_ended(statuses: list[Status]) -> None:
    visits = [make.visit(make.at("10:00"), status=status) for status in statuses]
    assert (not day_close(sheet(*visits), EVENING).open) is all(status in ENDED for status in statuses)
