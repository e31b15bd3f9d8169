"""What stands in a column of the day and from when until when; side by side where it is at once."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from frontdesk.domain.appointment import Block
from frontdesk.domain.packing import DayPlaces
from frontdesk.domain.visit import Status
from frontdesk.ui.layout.day_axis import axis_of
from frontdesk.ui.layout.day_entries import Entry, Kind, Piece, View, columns_of, gaps_of, visit_pieces
from frontdesk.ui.layout.day_lanes import place
from tests.ui.day_shop import DAY, GARCIA, LIN, NOW, ZONE, at, busy_day, minutes, person, visit


def test_the_axis_counts_passed_minutes_on_the_day_the_clocks_go_back() -> None:
    axis = axis_of(date(2026, 11, 1), ZONE)
    assert axis.length == 1500
    assert [axis.clock(minute) for minute in (60, 90, 120, 150)] == ["01:00", "01:30", "01:00", "01:30"]
    assert axis.minute(axis.instant(123)) == 123


def test_a_planned_visit_is_hands_on_then_resting_then_hands_on_then_turnover() -> None:
    axis = axis_of(DAY, ZONE)
    pieces = visit_pieces(visit(1, "11:00", GARCIA), axis, axis.minute(NOW))
    expected = [("11:00", "11:10", Kind.HANDS_ON), ("11:10", "11:35", Kind.REST), ("11:35", "11:40", Kind.HANDS_ON)]
    assert [(piece.start, piece.end, piece.kind) for piece in pieces] == [
        *((minutes(start), minutes(end), kind) for start, end, kind in expected),
        (minutes("11:40"), minutes("11:45"), Kind.TURNOVER),
    ]


def test_needles_that_are_overdue_rest_until_now() -> None:
    axis = axis_of(DAY, ZONE)
    lee = visit(5, "09:55", person(14, "Lee"), status=Status.NEEDLES_IN)
    pieces = visit_pieces(lee, axis, minutes("10:42"))
    assert pieces[1] == Piece(minutes("10:05"), minutes("10:42"), Kind.REST)
    assert pieces[2].kind is Kind.HANDS_ON
    assert pieces[2].start == minutes("10:42")


def test_the_practitioners_time_during_retention_is_free() -> None:
    sheet = replace(busy_day(), appointments=(visit(1, "11:00", GARCIA),), in_house=())
    lin = columns_of(DayPlaces.of(sheet, NOW), View.PRACTITIONERS)[0]
    free = [(entry.start, entry.end) for entry in lin.entries if entry.is_free]
    assert (minutes("11:10"), minutes("11:35")) in free
    assert free[0][0] == minutes("10:45"), "what has passed is not offered"


def test_a_room_is_free_only_after_its_turnover() -> None:
    sheet = replace(busy_day(), appointments=(visit(1, "11:00", GARCIA, room=1),), in_house=())
    room = columns_of(DayPlaces.of(sheet, NOW), View.ROOMS)[0]
    free = [(entry.start, entry.end) for entry in room.entries if entry.is_free]
    assert free == [
        (minutes("10:45"), minutes("11:00")),
        (minutes("11:45"), minutes("13:00")),
        (minutes("14:00"), minutes("18:00")),
    ]


def test_time_off_is_not_free_but_a_cancelled_block_is() -> None:
    off = Block(9, "Dentist", at("15:00"), at("16:00"), practitioner=LIN)
    sheet = replace(busy_day(), appointments=(), blocks=(off, replace(off, id=10, starts=at("16:00"), cancelled=True)))
    lin = columns_of(DayPlaces.of(sheet, NOW), View.PRACTITIONERS)[0]
    assert [(e.start, e.end) for e in lin.entries if e.is_free][-1] == (minutes("16:00"), minutes("18:00"))
    assert ("block", 9) in [e.key for e in lin.entries]
    assert ("block", 10) not in [e.key for e in lin.entries]


@given(
    st.lists(st.tuples(st.integers(0, 1380), st.integers(1, 240)), max_size=12),
    st.lists(st.tuples(st.integers(0, 1380), st.integers(1, 400)), min_size=1, max_size=2),
)
def test_gaps_are_what_is_open_and_not_busy(busy: list[tuple[int, int]], opened: list[tuple[int, int]]) -> None:
    taken = [(start, start + size) for start, size in busy]
    spans = [(start, min(1440, start + size)) for start, size in opened]
    gaps = gaps_of(spans, taken)
    for minute in range(0, 1440, 7):
        is_open = any(start <= minute < end for start, end in spans)
        is_busy = any(start <= minute < end for start, end in taken)
        assert any(start <= minute < end for start, end in gaps) == (is_open and not is_busy)


entries = st.lists(st.tuples(st.integers(0, 1380), st.integers(1, 180)), max_size=25).map(
    lambda spans: [
        Entry(("visit", number), start, start + size, (Piece(start, start + size, Kind.HANDS_ON),))
        for number, (start, size) in enumerate(spans)
    ]
)


@given(entries, st.sampled_from([5, 10, 15, 30]))
def test_no_two_entries_share_a_cell_and_none_is_lost(made: list[Entry], slot: int) -> None:
    placed = place(made, slot)
    assert sorted(one.entry.key for one in placed) == sorted(one.key for one in made)
    cells: set[tuple[int, int]] = set()
    for one in placed:
        assert one.lane >= 0
        assert one.lane + one.span <= one.lanes
        mine = {(row, lane) for row in range(one.first, one.end) for lane in range(one.lane, one.lane + one.span)}
        assert mine
        assert not mine & cells
        cells |= mine


@given(entries, st.integers(20, 60))
def test_lanes_fill_the_column_and_no_more(made: list[Entry], width: int) -> None:
    for one in place(made, 10):
        left, size = one.cells(width)
        assert 0 <= left <= left + size <= width


def test_touching_visits_need_no_second_lane() -> None:
    spans = [(540, 585), (585, 630), (635, 640)]
    made = [Entry(("visit", s), s, e, (Piece(s, e, Kind.HANDS_ON),)) for s, e in spans]
    assert {one.lanes for one in place(made, 10)[:2]} == {1}
