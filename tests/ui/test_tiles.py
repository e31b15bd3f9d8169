"""The tiles without a terminal: sizes, digits, words."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from frontdesk.domain.board import RoomNow, RoomState, rooms_now
from frontdesk.domain.clinic import Room
from frontdesk.domain.day import DaySheet
from frontdesk.domain.timer import Timer, TimerKind
from frontdesk.domain.visit import Status
from frontdesk.ui.layout.big_digits import big_digits, digits_height, digits_width, fitting_scale, timer_digits
from frontdesk.ui.layout.cells import Line, line_width
from frontdesk.ui.layout.strip import Beat
from frontdesk.ui.layout.tile_words import View
from frontdesk.ui.layout.tiles import board_tile, first_row, grid_for, name_scale, tile_lines, tiles_lines
from tests.ui.day_shop import NOW as BUSY_NOW
from tests.ui.day_shop import busy_day
from tests.ui.shop import CLINIC, DAY, NOON, ZONE, patient, resting

VIEW = View(lambda instant: instant.in_timezone(ZONE).format("HH:mm"))
HOSTILE = ("李小龍先生太長的名字", "[red]Bob[/]", "Ann\x1b[2J", "é" * 40, "👩‍👩‍👧‍👦" * 5, "\u202eevil")


def words(lines: tuple[Line, ...]) -> str:
    return "\n".join("".join(span.text for span in line).rstrip() for line in lines)


def roles(lines: tuple[Line, ...]) -> set[str]:
    return {span.role for line in lines for span in line}


def room_at(minutes: float, **changes: Any) -> RoomNow:
    """Room 1, needles in since so many minutes: 25 planned, 20 to 30 allowed."""
    visit = resting(1, patient(1, "Lee", "Jun"), CLINIC.rooms[0], since=NOON.subtract(seconds=round(60 * minutes)))
    if changes:
        visit = replace(visit, retentions=(replace(visit.retentions[0], **changes),))
    return rooms_now(DaySheet(DAY, CLINIC, (visit,)), NOON)[0]


@pytest.mark.parametrize("scale", [1, 2, 3, 4, 7])
@pytest.mark.parametrize("text", ["00:00", "+11:10", "+100:00", "12?", "3456789"])
def test_digits_take_the_cells_they_say(text: str, scale: int) -> None:
    rows = big_digits(text, scale)
    assert len(rows) == digits_height(scale)
    assert {len(row) for row in rows} == {digits_width(text, scale)}
    assert set("".join(rows)) <= set("█▀▄ ")


def test_every_digit_has_a_shape_of_its_own() -> None:
    shapes = {big_digits(digit, 2) for digit in "0123456789"}
    assert len(shapes) == 10


def test_the_largest_scale_that_fits_and_not_one_more() -> None:
    for width in range(5, 120):
        for height in range(1, 30):
            scale = fitting_scale("00:00", width, height)
            if scale:
                assert digits_width("00:00", scale) <= width
                assert digits_height(scale) <= height
            assert digits_width("00:00", scale + 1) > width or digits_height(scale + 1) > height


@pytest.mark.parametrize(
    ("columns", "rows", "scale"), [(80, 19, 1), (120, 36, 2), (200, 56, 3), (80, 22, 1), (200, 58, 3)]
)
def test_nine_rooms_fill_the_screen_with_digits_of_three_rows_and_more(columns: int, rows: int, scale: int) -> None:
    grid = grid_for(9, columns, rows)
    assert (grid.columns, grid.rows, grid.scale) == (3, 3, scale)
    assert grid.columns * grid.tile_width + grid.columns - 1 <= columns
    assert grid.rows * grid.tile_height <= rows
    assert digits_height(grid.scale) >= 3


def test_one_room_fills_the_whole_screen() -> None:
    assert grid_for(1, 200, 58).scale >= 10


@pytest.mark.parametrize("count", [1, 2, 5, 9, 14, 30, 100])
@pytest.mark.parametrize(("columns", "rows"), [(60, 10), (80, 19), (200, 56)])
def test_every_line_is_exactly_as_wide_as_the_screen(count: int, columns: int, rows: int) -> None:
    rooms = tuple(replace(room_at(17), room=Room(number, f"Room {number}")) for number in range(count))
    grid = grid_for(count, columns, rows)
    lines = tiles_lines(rooms, grid, columns, rows, VIEW, selected=0)
    assert len(lines) <= rows
    assert {line_width(line) for line in lines} == {columns}


def test_what_does_not_fit_scrolls_with_the_selection() -> None:
    assert first_row(0, 0, 4, 10) == 0
    assert first_row(5, 0, 4, 10) == 2
    assert first_row(3, 2, 4, 10) == 2
    assert first_row(1, 2, 4, 10) == 1
    assert first_row(9, 9, 4, 10) == 6
    assert first_row(1, 5, 4, 2) == 0


@pytest.mark.parametrize(
    ("minutes", "seen", "look"),
    [
        (10, "needles in", "tile-timer"),
        (21, "may come out", "tile-may"),
        (25, "* due", "tile-low"),
        (28, "** DUE", "alarm-medium"),
        (30, "*** OVERDUE", "alarm-high"),
    ],
)
def test_each_level_by_stars_word_and_look(minutes: int, seen: str, look: str) -> None:
    tile = tile_lines(room_at(minutes), 39, 12, 2, VIEW)
    assert seen in words(tile)
    assert look in roles(tile)
    assert "Lee J" in words(tile)


def test_a_high_alarm_takes_the_whole_tile_and_says_the_same_on_both_faces() -> None:
    one = tile_lines(room_at(40), 39, 12, 2, VIEW)
    other = tile_lines(room_at(40), 39, 12, 2, VIEW, beat=Beat(slow=True, fast=True))
    assert roles(one) == {"alarm-high"}
    assert roles(other) == {"alarm-high-flash"}
    assert words(one) == words(other)


def test_past_due_without_room_for_the_sign_the_words_say_since_when() -> None:
    narrow = tile_lines(room_at(40), 39, 12, 2, VIEW)
    wide = tile_lines(room_at(40), 66, 18, 3, VIEW)
    assert "due since 10:27" in words(narrow)
    assert big_digits("+15:00", 3)[2].strip() in words(wide)
    assert big_digits("15:00", 2)[0].strip() in words(narrow)


def test_must_leave_by_is_said_even_in_the_smallest_tile() -> None:
    tile = tile_lines(room_at(10, leave_by=NOON.add(minutes=20)), 26, 6, 1, VIEW)
    assert "leave by 11:02" in words(tile)


def test_due_because_of_must_leave_by_says_so() -> None:
    tile = words(tile_lines(room_at(10, leave_by=NOON.subtract(minutes=1)), 39, 12, 2, VIEW))
    assert "** DUE" in tile
    assert "15:00 before plan" in tile


def test_silenced_is_said_and_looks_the_same() -> None:
    from frontdesk.domain.retention import Alarm

    hushed = room_at(31, silenced_level=Alarm.HIGH, silenced_until=NOON.add(minutes=2))
    tile = tile_lines(hushed, 39, 12, 2, VIEW)
    assert "silenced" in words(tile)
    assert roles(tile) == {"alarm-high"}


def test_a_count_owed_shows_how_many_went_in() -> None:
    visit = resting(1, patient(1, "Lee", "Jun"), CLINIC.rooms[0], since=NOON.subtract(minutes=20))
    gone = replace(visit.retentions[0], out_at=NOON)
    visit = replace(visit, status=Status.NEEDLES_OUT, retentions=(gone,))
    tile = tile_lines(rooms_now(DaySheet(DAY, CLINIC, (visit,)), NOON)[0], 39, 12, 2, VIEW)
    assert "! COUNT OWED" in words(tile)
    assert big_digits("12?", 2)[0].strip() in words(tile)
    assert roles(tile) == {"owed"}


@pytest.mark.parametrize(("kind", "said"), [(TimerKind.LAMP, "LAMP ON"), (TimerKind.ESTIM, "E-STIM")])
def test_which_room_it_is_and_what_is_left_on_stands_on_the_narrowest_tile(kind: TimerKind, said: str) -> None:
    room = Room(1, "Room 10")
    visit = resting(1, patient(1, "Lee", "Jun"), room, since=NOON.subtract(minutes=19))
    visit = replace(visit, timers=(Timer(1, kind, NOON.subtract(minutes=19), 15),))
    now = rooms_now(DaySheet(DAY, replace(CLINIC, rooms=(room,)), (visit,)), NOON)[0]
    view = replace(VIEW, initials=True, board=True)
    assert words(tile_lines(now, 19, 5, 1, view)).splitlines()[0].split() == ["R10", "**", *said.split()]
    big = words(board_tile(now, 62, 20, 2, view))
    assert big_digits(said.split()[0], 1)[0] in big


def test_what_shares_a_row_is_told_apart() -> None:
    view = replace(VIEW, board=True)
    for cells in range(20, 70):
        for row in words(tile_lines(room_at(10), cells, 6, 1, view)).splitlines():
            assert "Dr Lin 12 in" not in row


def test_a_free_room_says_who_is_next_and_whether_they_are_here() -> None:
    rooms = {one.room.name: one for one in rooms_now(busy_day(), BUSY_NOW)}
    tile = words(tile_lines(replace(rooms["Room 4"], state=RoomState.FREE, appointment=None), 39, 12, 2, VIEW))
    assert "free" in tile
    assert "next" in tile


def test_the_selected_tile_is_marked_by_sign_and_edge() -> None:
    tile = tile_lines(room_at(10), 39, 12, 2, VIEW, selected=True)
    assert "▸Room 1" in words(tile)
    assert all(line[0].text == "▌" for line in tile)


def test_a_board_for_strangers_has_initials_and_no_name() -> None:
    view = replace(VIEW, initials=True, board=True)
    lines = tiles_lines(rooms_now(busy_day(), BUSY_NOW), grid_for(9, 120, 36), 120, 36, view)
    seen = words(lines)
    for name in ("Garcia", "Lee", "Novak", "Black", "Okonkwo"):
        assert name not in seen
    assert "M G" in seen
    assert "⚠" not in seen
    assert "Follow-up" not in seen


@pytest.mark.parametrize("minutes", [10, 22, 31])
def test_of_initials_a_board_shows_both_or_none(minutes: int) -> None:
    view = replace(VIEW, initials=True, board=True)
    for cells in range(20, 90):
        assert "J…" not in words(board_tile(room_at(minutes), cells, 20, 2, view))


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize(("cells", "rows", "scale"), [(26, 6, 1), (19, 3, 0), (66, 18, 3)])
def test_wide_and_hostile_names_keep_the_tiles_straight(name: str, cells: int, rows: int, scale: int) -> None:
    visit = resting(1, patient(1, name, "X"), Room(1, name), since=NOON.subtract(minutes=31))
    (tile,) = [
        tile_lines(one, cells, rows, scale, VIEW)
        for one in rooms_now(DaySheet(DAY, replace(CLINIC, rooms=(Room(1, name),)), (visit,)), NOON)
    ]
    assert {line_width(line) for line in tile} == {cells}
    assert len(tile) == rows
    assert not set(words(tile)) & set("\x1b\u202e")


@pytest.mark.parametrize("cells", [34, 36, 38, 40, 60])
def test_past_due_shows_its_sign_wherever_a_cell_is_left_for_it(cells: int) -> None:
    rows = timer_digits("+08:05", 2, cells)
    assert len({len(row) for row in rows}) == 1
    assert len(rows[0]) <= cells
    plain = big_digits("08:05", 2)
    assert all(row.endswith(digits) for row, digits in zip(rows, plain, strict=True))
    assert (rows != plain) == (cells >= 36)


@pytest.mark.parametrize(("columns", "rows"), [(120, 35), (250, 63), (300, 93), (80, 20)])
def test_a_boards_tiles_are_exact_and_say_room_and_alarm_in_big_letters_where_digits_are(
    columns: int, rows: int
) -> None:
    rooms = rooms_now(busy_day(), BUSY_NOW)
    grid = grid_for(len(rooms), columns, rows, board=True)
    view = replace(VIEW, board=True, initials=True)
    lines = tiles_lines(rooms, grid, columns, rows, view)
    assert all(line_width(line) == columns for line in lines)
    text = "\n".join("".join(span.text for span in line) for line in lines)
    big = grid.scale > 1
    assert ("OVERDUE" in text) is not big
    assert (big_digits("R2", name_scale(grid.scale))[0] in text) is big
