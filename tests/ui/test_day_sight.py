"""Where the cursor of the day stands and goes, and what is in sight, without a terminal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.visit import ENDED
from frontdesk.ui.layout.day_axis import axis_of
from frontdesk.ui.layout.day_entries import View
from frontdesk.ui.layout.day_grid import Cursor
from frontdesk.ui.layout.day_list import list_lines, list_rows, now_index
from frontdesk.ui.layout.day_sight import DaySight
from tests.ui.day_shop import DAY, GARCIA, LIN, NOW, OKAFOR, ZONE, at, busy_day, minutes, person, visit
from tests.ui.test_day_layout import sight, text


def test_the_cursor_follows_its_visit_to_another_time_and_practitioner() -> None:
    seen = sight()
    seen.select(("visit", 13))
    moved = [
        replace(one, starts=at("15:30"), practitioner=LIN) if one.id == 13 else one for one in busy_day().appointments
    ]
    seen.show(replace(busy_day(), appointments=tuple(sorted(moved, key=lambda one: one.starts))), NOW)
    assert seen.visit is not None
    assert seen.visit.id == 13
    assert seen.cursor == Cursor(LIN.id, minutes("15:30"), ("visit", 13))
    assert [row for row in text(seen) if "15:30" in row], "and it is in sight"


def test_a_cursor_on_free_time_stays_when_visits_come_and_go_above_it() -> None:
    seen = sight()
    seen.cursor = Cursor(OKAFOR.id, minutes("16:30"))
    earlier = visit(90, "14:45", person(90, "New"), OKAFOR, 1)
    seen.show(replace(busy_day(), appointments=(*busy_day().appointments, earlier)), NOW)
    assert seen.cursor == Cursor(OKAFOR.id, minutes("16:30"))
    assert seen.visit is None


def test_the_cursor_on_a_visit_that_is_cancelled_elsewhere_is_on_nobody() -> None:
    seen = sight()
    seen.select(("visit", 15))
    left = tuple(one for one in busy_day().appointments if one.id != 15)
    seen.show(replace(busy_day(), appointments=left), NOW)
    assert seen.visit is None
    assert seen.cursor.minute == minutes("14:00")
    assert seen.cursor.column == OKAFOR.id


def test_the_list_keeps_its_row_by_key() -> None:
    seen = sight(View.LIST, (80, 14))
    seen.select(("visit", 13))
    seen.show(replace(busy_day(), appointments=(visit(90, "08:00", person(90, "A")), *busy_day().appointments)), NOW)
    assert seen.visit is not None
    assert seen.visit.id == 13


def test_down_walks_every_open_slot_once_and_visits_in_one_step() -> None:
    seen = sight(sheet=replace(busy_day(), appointments=(visit(1, "14:00", GARCIA),), blocks=()))
    seen.cursor = Cursor(LIN.id, minutes("14:00"), ("visit", 1))
    seen.move(0, 1)
    assert seen.visit is None
    assert seen.cursor.minute == minutes("14:40")
    seen.move(0, -1)
    assert seen.visit is not None


def test_right_goes_through_the_lanes_before_the_next_column() -> None:
    seen = sight()
    seen.cursor = Cursor(LIN.id, minutes("10:10"), ("visit", 5))
    order = []
    for _ in range(4):
        seen.move(1, 0)
        order.append((seen.cursor.column, seen.cursor.key))
    assert order[:2] == [(LIN.id, ("visit", 4)), (LIN.id, ("visit", 3))]
    assert order[2] == (OKAFOR.id, ("visit", 11))


def test_tab_goes_through_all_visits_in_the_order_of_time() -> None:
    seen = sight()
    seen.cursor = Cursor(LIN.id, 0)
    met: list[Appointment] = []
    for _ in range(30):
        seen.next_visit(1)
        if seen.visit and (not met or met[-1] != seen.visit):
            met.append(seen.visit)
    assert [one.id for one in met] == [
        one.id for one in sorted(met, key=lambda one: (minutes_of(one.starts), one.practitioner.id, one.id))
    ]
    assert {one.id for one in met} == {one.id for one in busy_day().taking}


def minutes_of(instant: object) -> int:
    """The minute of the day an instant is drawn at."""
    return axis_of(DAY, ZONE).minute(instant)  # type: ignore[arg-type]


@given(
    st.lists(
        st.sampled_from(["up", "down", "left", "right", "tab", "back", "home", "end", "view", "tick"]), max_size=40
    )
)
@settings(max_examples=60, deadline=None)
def test_wherever_the_cursor_goes_it_is_in_sight(keys: list[str]) -> None:
    seen = sight()
    moves: dict[str, Callable[[], object]] = {
        "up": lambda: seen.move(0, -1),
        "down": lambda: seen.move(0, 1),
        "left": lambda: seen.move(-1, 0),
        "right": lambda: seen.move(1, 0),
        "tab": lambda: seen.next_visit(1),
        "back": lambda: seen.next_visit(-1),
        "home": lambda: seen.to_end(-1),
        "end": lambda: seen.to_end(1),
        "view": lambda: seen.turn(list(View)[(list(View).index(seen.view) + 1) % 3]),
        "tick": lambda: seen.tick(NOW.add(minutes=3)),
    }
    for key in keys:
        moves[key]()
        marked = [span for line in seen.lines() for span in line if span.role.startswith(("pick", "cursor"))]
        assert marked, f"no cursor after {keys}"


def test_left_alone_the_day_puts_now_back_in_sight_and_a_free_cursor_goes_along() -> None:
    seen = sight()
    seen.to_end(1)
    assert not [row for row in text(seen) if "►" in row]
    seen.recentre(NOW)
    assert [row for row in text(seen) if "►10:42" in row]
    assert abs(seen.cursor.minute - minutes("10:42")) < 10


def test_left_alone_a_chosen_visit_stays_chosen() -> None:
    seen = sight()
    seen.select(("visit", 15))
    seen.recentre(NOW)
    assert seen.visit is not None
    assert seen.visit.id == 15


def test_carrying_a_visit_names_it_where_it_would_go() -> None:
    seen = sight()
    seen.carried = next(one for one in busy_day().appointments if one.id == 15)
    seen.cursor = Cursor(LIN.id, minutes("16:00"))
    seen.move(0, 1)
    assert [row for row in text(seen) if "▸ 16:10 Dubois É here" in row]


def test_what_is_carried_keeps_its_minute_on_the_row_of_its_own_time_and_takes_the_rows_elsewhere() -> None:
    seen = sight()
    visit = next(one for one in busy_day().appointments if one.id == 15)
    seen.carried = replace(visit, starts=visit.starts.add(days=7, minutes=3))
    grid = seen.grid
    assert grid is not None
    own = grid.axis.minute(visit.starts) + 3
    assert own % grid.slot

    seen.cursor = Cursor(LIN.id, own)
    assert seen.start == grid.axis.instant(own)
    seen.move(0, 1)
    assert seen.start is not None
    assert grid.axis.minute(seen.start) % grid.slot == 0


def test_a_booking_in_a_gap_starts_on_the_clinics_slots() -> None:
    seen = sight()
    grid = seen.grid
    assert grid is not None
    starts = set()
    for index, column in enumerate(grid.columns):
        for placed in grid.placed[index]:
            if placed.entry.is_free:
                starts.add(grid.booking_minute(Cursor(column.id, placed.entry.start)))
                assert grid.booking_minute(Cursor(column.id, placed.entry.start)) >= placed.entry.start
    assert starts
    assert all(minute % grid.sheet.clinic.slot_minutes == 0 for minute in starts)


def test_the_list_opens_on_who_comes_next_with_some_of_what_was_above() -> None:
    seen = sight(View.LIST, (80, 14))
    assert seen.visit is not None
    assert seen.visit.starts >= NOW
    assert seen.visit.status not in ENDED
    assert any(line and line[0].text.startswith("►") for line in seen.lines()[2:8])


def test_in_the_list_today_chooses_what_comes_next() -> None:
    seen = DaySight()
    seen.view = View.LIST
    seen.resize(80, 12)
    seen.show(busy_day(), NOW)
    opened = seen.cursor
    seen.select(("visit", 1))
    seen.cursor = Cursor(seen.cursor.column, seen.cursor.minute)
    seen.recentre(NOW)
    assert seen.cursor == opened
    assert seen.visit is not None


def test_a_window_that_becomes_narrow_and_turns_to_the_list_shows_now() -> None:
    seen = DaySight()
    seen.view = View.LIST
    seen.resize(80, 12)
    seen.show(busy_day(), NOW)
    before = ["".join(span.text for span in line) for line in seen.lines()]
    seen.turn(View.PRACTITIONERS)
    seen.resize(85, 34)
    seen.turn(View.LIST)
    seen.resize(80, 12)
    assert ["".join(span.text for span in line) for line in seen.lines()] == before


def test_the_line_of_now_gives_its_last_cell_to_the_mark_that_there_is_more() -> None:
    sheet = busy_day()
    rows = list_rows(sheet)
    lines = list_lines(sheet, rows, NOW, None, 80, now_index(rows, NOW), 1)
    said = "".join(span.text for span in lines[0])
    assert said.startswith("►")
    assert "…" not in said


@pytest.mark.parametrize("cells", [60, 76, 80, 100, 120])
def test_the_mark_that_there_is_more_stands_apart_from_the_letters_of_a_full_row(cells: int) -> None:
    sheet = busy_day()
    rows = list_rows(sheet)
    for top in range(len(rows)):
        for line in list_lines(sheet, rows, NOW, rows[top].key, cells, top, 3):
            said = "".join(span.text for span in line)
            assert not said.endswith(("↑", "↓", "↕")) or said[-2] in " ─", said
