"""The day as pure layout: every visit in sight once, its status told, every row as wide as asked."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.clinic import Closure
from frontdesk.domain.day import DaySheet
from frontdesk.domain.threshold import Threshold
from frontdesk.domain.visit import ENDED_UNSEEN, Status
from frontdesk.ui.layout.cells import Span
from frontdesk.ui.layout.day_card import visit_card, visit_summary
from frontdesk.ui.layout.day_cell import CellLook, visit_rows
from frontdesk.ui.layout.day_draw import Drawn, header_line, row_lines, window_for
from frontdesk.ui.layout.day_entries import View
from frontdesk.ui.layout.day_grid import grid_of, slot_for
from frontdesk.ui.layout.day_list import list_lines, list_rows
from frontdesk.ui.layout.day_notes import heading
from frontdesk.ui.layout.day_sight import DaySight
from frontdesk.ui.layout.day_words import SIGNS, status_span, stretch_words, tight_status
from tests.ui.day_shop import CLINIC, DAY, LIN, NOW, OKAFOR, at, busy_day, person, visit


def sight(view: View = View.PRACTITIONERS, size: tuple[int, int] = (85, 35), sheet: DaySheet | None = None) -> DaySight:
    """A day seen through a window of that many cells and rows."""
    seen = DaySight()
    seen.view = view
    seen.resize(*size)
    seen.show(sheet or busy_day(), NOW)
    return seen


def text(seen: DaySight) -> list[str]:
    """The rows as text."""
    return ["".join(span.text for span in line) for line in seen.lines()]


def roles_of(seen: DaySight, words: str) -> set[str]:
    """The roles of the spans that hold some words."""
    return {span.role for line in seen.lines() for span in line if words in span.text}


@pytest.mark.parametrize(
    ("rows", "clinic_slot", "slot"), [(35, 5, 10), (54, 5, 10), (13, 5, 15), (70, 5, 5), (35, 20, 20)]
)
def test_rows_are_as_fine_as_the_window_allows(rows: int, clinic_slot: int, slot: int) -> None:
    assert slot_for(rows, clinic_slot) == slot


@pytest.mark.parametrize(("minutes", "words"), [(25, "25′"), (60, "1 h"), (135, "2 h 15′"), (0, "0′")])
def test_lengths_in_words(minutes: int, words: str) -> None:
    assert stretch_words(minutes) == words


def test_a_day_says_how_far_it_is() -> None:
    assert heading(DAY, DAY) == "Mon 23 Nov 2026"
    assert heading(date(2026, 11, 24), DAY) == "Tue 24 Nov, tomorrow"
    assert heading(date(2026, 11, 9), DAY) == "Mon 9 Nov, -14 days"


@pytest.mark.parametrize("view", list(View))
@pytest.mark.parametrize("size", [(60, 10), (80, 14), (85, 35), (120, 35), (147, 54), (160, 56), (33, 7)])
def test_no_row_is_ragged(view: View, size: tuple[int, int]) -> None:
    seen = sight(view, size)
    for _ in range(12):
        lines = seen.lines()
        assert len(lines) <= size[1]
        assert {sum(cell_len(span.text) for span in line) for line in lines} == {size[0]}
        seen.move(0, 1)
        seen.move(1, 0)


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 40)), max_size=12))
def test_rows_that_are_kept_are_those_that_would_be_drawn(steps: list[tuple[int, int]]) -> None:
    grid = grid_of(busy_day(), View.PRACTITIONERS, NOW, 12)
    kept, window = Drawn(), window_for(grid, 85, 12, 0, 0, None)
    everywhere = [
        grid.cursor_at(index, row, across)
        for index in range(len(grid.columns))
        for row in range(grid.first_row, grid.end_row)
        for across in (0.0, 0.6)
    ]
    for number, top in steps:
        cursor = everywhere[number * 7 % len(everywhere)]
        window = window_for(grid, 85, 12, grid.first_row + top, 0, None)
        drawn = row_lines(grid, window, NOW, cursor, None, kept)
        assert drawn == row_lines(grid, window, NOW, cursor)
        assert header_line(grid, window, kept) == header_line(grid, window)


@pytest.mark.parametrize("view", [View.PRACTITIONERS, View.ROOMS])
def test_every_visit_that_takes_place_stands_in_one_column_once(view: View) -> None:
    sheet = busy_day()
    keys = [one.entry.key for placed in grid_of(sheet, view, NOW, 40).placed for one in placed]
    assert sorted(key for key in keys if key[0] == "visit") == sorted(("visit", one.id) for one in sheet.taking)


def test_the_list_shows_every_appointment_and_block_once_with_what_was_cancelled() -> None:
    rows = text(sight(View.LIST, (120, 60)))
    sheet = busy_day()
    assert len([row for row in rows if "►" not in row and row.strip()]) == len(sheet.appointments) + len(sheet.blocks)
    assert [row for row in rows if "Stone, Max" in row and "cancelled: has a" in row]
    assert [row for row in rows if "Hill, Bo" in row and "no-show" in row]


def test_what_was_cancelled_takes_no_place_in_the_grid() -> None:
    assert not [row for row in text(sight(size=(150, 70))) if "Stone" in row]


@pytest.mark.parametrize("view", list(View))
def test_now_is_marked_with_its_minute(view: View) -> None:
    rows = [row for row in text(sight(view)) if "►10:42" in row]
    assert len(rows) == 1


def test_the_now_line_is_only_on_today() -> None:
    tomorrow = replace(busy_day(date(2026, 11, 24)), appointments=(), blocks=())
    assert not [row for row in text(sight(sheet=tomorrow)) if "►" in row]


def test_status_is_told_by_sign_and_words_and_the_urgent_by_their_own_look() -> None:
    by_id = {one.id: status_span(one, busy_day().clinic, NOW) for one in busy_day().appointments}
    assert by_id[5] == Span("*** OVERDUE +12′", "alarm-high")
    assert by_id[4] == Span("* due", "alarm-low")
    assert by_id[7] == Span("◆ waiting 3′", "text")
    assert by_id[12] == Span("! late 12′", "warn")
    assert by_id[11] == Span("● needles in", "retention-ink")
    assert by_id[1].text == "■ checked out"
    signs = {status_span(one, busy_day().clinic, NOW).text.split(" ")[0] for one in busy_day().appointments}
    assert len(signs) >= 9, "statuses are told apart without colour"


def test_waiting_and_being_late_show_by_the_thresholds_of_the_clinic() -> None:
    waits, late = (next(one for one in busy_day().appointments if one.id == key) for key in (7, 12))
    clinic = replace(busy_day().clinic, waiting=Threshold(3, 5), late=Threshold(13, 15))

    def seen(visit: Appointment, minutes: int) -> Span:
        return status_span(visit, clinic, NOW.add(minutes=minutes))

    assert [seen(waits, minutes) for minutes in (-1, 0, 2)] == [
        Span("◆ waiting 2′", "text"),
        Span("! waiting 3′", "warn"),
        Span("!! waiting 5′", "urgent"),
    ]
    assert [seen(late, minutes) for minutes in (0, 1, 3)] == [
        Span("· late 12′", "text"),
        Span("! late 13′", "warn"),
        Span("!! late 15′", "urgent"),
    ]
    roomed = replace(waits, status=Status.ROOMED)
    assert [seen(roomed, minutes).text for minutes in (-1, 0, 2)] == ["◐ in room", "! in room 3′", "!! in room 5′"]
    assert tight_status(late, clinic, NOW.add(minutes=3), 6, "R1") == Span("!! 15′", "urgent")


@pytest.mark.parametrize("cells", [1, 3, 5, 6, 8, 12])
def test_a_narrow_lane_still_tells_the_status(cells: int) -> None:
    for one in busy_day().appointments:
        span = tight_status(one, busy_day().clinic, NOW, cells, "R1")
        assert cell_len(span.text) <= max(cells, 3)
        assert span.text.split(" ")[0][0] in status_span(one, busy_day().clinic, NOW).text


def test_an_overdue_visit_keeps_its_alarm_under_the_cursor() -> None:
    seen = sight(size=(150, 54))
    seen.select(("visit", 5))
    assert "alarm-high" in roles_of(seen, "OVERDUE")


def test_needles_that_are_due_cry_out_where_their_time_out_stood_over_the_whole_row() -> None:
    seen = sight(size=(200, 54))
    seen.select(("visit", 1))
    rows = text(seen)
    assert not [row for row in rows if "out 10:30" in row or "out 10:40" in row], "the time that has passed"
    (due,) = (span for line in seen.lines() for span in line if "OVERDUE" in span.text)
    assert due.role == "alarm-high"
    assert due.text.endswith("  ")
    assert [row for row in rows if "* due" in row]
    assert [row for row in rows if "out 10:50" in row], "who rests on rests in calm"


def test_squeezed_is_said() -> None:
    assert [row for row in text(sight(size=(150, 54))) if "» squeezed" in row]


@pytest.mark.parametrize("view", View)
def test_a_visit_in_time_off_or_out_of_hours_is_marked_in_every_view(view: View) -> None:
    early = visit(1, "08:30", person(1, "Early", "Ann"), room=1)
    dentist = Block(5, "Dentist", at("11:00"), at("12:00"), LIN)
    over = visit(2, "11:10", person(2, "Over", "Bea"), room=2)
    fine = visit(3, "10:00", person(3, "Fine", "Cy"), room=3)
    other = visit(4, "11:10", person(4, "Other", "Di"), OKAFOR, room=4)
    sheet = replace(busy_day(), appointments=(early, fine, over, other), blocks=(dentist,))
    drawn = "\n".join(text(sight(view, (200, 60), sheet)))
    names = ("Early", "Over", "Fine", "Other")
    marked = {name for name in names if re.search(rf"‼ {name}|{name}, \w+ ‼", drawn)}
    assert marked == {"Early", "Over"}
    if view is View.PRACTITIONERS:
        assert "‼ outside working hours" in drawn
        assert "‼ time off 11:00-12:00" in drawn


def test_notes_without_practitioner_stand_on_top() -> None:
    assert "Health & Safety walk-round" in text(sight())[0]
    assert "Supervision" not in text(sight())[0]
    assert "Dr Okafor: Supervision 15:00-16:00" in text(sight(View.ROOMS))[0]


@pytest.mark.parametrize("view", list(View))
def test_empty_days_say_what_to_do(view: View) -> None:
    empty = replace(busy_day(), appointments=(), blocks=())
    assert "Nothing is booked yet" in text(sight(view, sheet=empty))[0]
    closed = replace(empty, clinic=replace(CLINIC, closures=(Closure(DAY, DAY, "Holidays"),)))
    assert "Closed: Holidays" in text(sight(view, sheet=closed))[0]
    sunday = replace(empty, day=date(2026, 11, 22))
    assert "Nobody works on this day" in text(sight(view, sheet=sunday))[0]
    bare = replace(empty, clinic=replace(CLINIC, practitioners=()))
    assert text(sight(view, sheet=bare))[0].strip() == "Nobody is set up to treat. Ctrl+P, set-up adds somebody"


hostile = st.text(st.characters(codec="utf-8", categories=["L", "M", "N", "P", "S", "Z", "C"]), max_size=30)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(hostile, hostile, st.integers(0, 22 * 12), st.sampled_from(list(Status))), max_size=14),
    st.sampled_from(list(View)),
    st.integers(20, 130),
    st.integers(4, 50),
)
def test_any_day_with_any_names_is_drawn_without_a_ragged_row(
    made: list[tuple[str, str, int, Status]], view: View, width: int, height: int
) -> None:
    visits = [
        replace(
            visit(number, f"{slot // 12:02}:{slot % 12 * 5:02}", person(number, family, given), status=status),
            practitioner=(LIN, OKAFOR)[number % 2],
        )
        for number, (family, given, slot, status) in enumerate(made, 1)
    ]
    ordered = tuple(sorted(visits, key=lambda one: one.starts))
    seen = sight(view, (width, height), replace(busy_day(), appointments=ordered))
    for _ in range(3):
        for line in seen.lines():
            assert sum(cell_len(span.text) for span in line) == width
            assert not any("\n" in span.text or "\x1b" in span.text for span in line)
        seen.next_visit(1)
    for one in ordered[:3]:
        for card in (visit_card(one, CLINIC, NOW, 34), visit_summary(one, CLINIC, NOW, 70, 5)):
            assert {sum(cell_len(span.text) for span in line) for line in card} <= {34, 70}


@pytest.mark.parametrize("cells", [80, 148])
def test_a_row_of_the_list_tells_when_one_that_waits_is_expected(cells: int) -> None:
    sheet = busy_day()
    rows = tuple(row for row in list_rows(sheet) if row.key == ("visit", 7))
    lines = list_lines(sheet, rows, NOW.add(minutes=40), None, cells, 0, 1, {7: "→ 11:49"})
    assert "!! waiting 43′ →11:49 " in "".join(span.text for span in lines[0])


def test_a_lane_too_narrow_for_the_words_tells_the_time() -> None:
    seen = sight(size=(150, 54))
    assert seen.grid is not None
    _, waits = seen.grid.where["visit", 7]
    grid = replace(seen.grid, slips={7: "→ 11:29"})
    rows = visit_rows(grid, waits, 20, NOW.add(minutes=30), CellLook.PLAIN)
    assert any("!! → 11:29" in "".join(span.text for span in row) for row in rows)


@pytest.mark.parametrize("status", [one for one in Status if one not in ENDED_UNSEEN])
def test_no_status_is_cut_in_a_lane_of_any_width(status: Status) -> None:
    one = visit(1, "10:20", person(1, "Wintergarten", "Ann"), status=status)
    grid = grid_of(replace(busy_day(), appointments=(one,), blocks=()), View.PRACTITIONERS, NOW, 54)
    _, placed = grid.where["visit", 1]
    starts = (*SIGNS.values(), "*", "!")
    for cells in range(4, 46):
        for minutes in (-60, 0, 40):
            rows = visit_rows(grid, placed, cells, NOW.add(minutes=minutes), CellLook.PLAIN)
            said = [span.text.strip() for row in rows for span in row if span.text.strip().startswith(starts)]
            assert said or status is Status.BOOKED
            assert not [words for words in said if "…" in words]


@pytest.mark.parametrize("view", [View.PRACTITIONERS, View.ROOMS])
def test_free_time_under_the_cursor_is_told_whole(view: View) -> None:
    grid = grid_of(busy_day(), view, NOW, 40)
    told = set()
    for column in range(len(grid.columns)):
        window = window_for(grid, 60, 40, 0, column, None)
        for row in range(grid.first_row, grid.end_row, 3):
            drawn = row_lines(grid, window, NOW, grid.cursor_at(column, row, 0.9))
            told |= {span.text.strip() for line in drawn for span in line if span.text.startswith("▸ ")}
    assert told
    assert not [words for words in told if "…" in words]
