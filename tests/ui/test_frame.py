"""The frame's lines, without a terminal."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from frontdesk.domain.board import RoomNow, rooms_now
from frontdesk.domain.clinic import Room
from frontdesk.domain.day import DaySheet
from frontdesk.domain.timer import Timer, TimerKind
from frontdesk.domain.visit import Status
from frontdesk.ui.layout.cells import Line, Span, changed_cells, cut, fit, line_width, pad
from frontdesk.ui.layout.frame import Header, header_line, key_line, message_lines, minutes_and_seconds, strip_rows
from frontdesk.ui.layout.strip import strip_lines, strip_size, too_small_lines
from tests.ui.shop import CLINIC, DAY, NOON, morning, patient, resting

HEAD = Header("Shenmen Clinic", "Mon 23 Nov 2026", "Day", "10:42:07", "Ana", ("DEMO CLOCK",))


def words(line: Line) -> str:
    return "".join(span.text for span in line)


def board() -> tuple[RoomNow, ...]:
    return rooms_now(DaySheet(DAY, CLINIC, morning()), NOON)


@pytest.mark.parametrize("columns", [30, 60, 80, 100, 120, 200])
def test_the_header_never_loses_the_time_nor_that_it_is_a_demo(columns: int) -> None:
    line = header_line(HEAD, columns)
    assert line_width(line) == columns
    assert "10:42:07" in words(line)
    assert "DEMO CLOCK" in words(line)


def test_the_header_gives_up_the_screens_whole_words_then_the_clinics_name_before_the_day() -> None:
    quiet = replace(HEAD, marks=())
    assert "1 Day  2 Patients  3 Rooms  4 Recalls" in words(header_line(quiet, 140))
    assert "Shenmen Clinic · Mon 23 Nov 2026" in words(header_line(quiet, 120))
    assert "1 Day 2 Patients 3 Rooms 4 Recalls 5 Waiting 6 Reminders 7 Reports" in words(header_line(quiet, 120))
    assert "1 Day 2 Pat 3 Rooms 4 Call 5 Wait 6 Rem 7 Rep" in words(header_line(quiet, 80))
    assert "Shenmen" not in words(header_line(HEAD, 64))
    assert "Mon 23 Nov" in words(header_line(HEAD, 64))
    rooms = replace(HEAD, title="5 resting, 0 free, most urgent first")
    assert words(header_line(rooms, 72)).startswith(" 5 resting, 0 free, … ")


def test_the_header_says_where_something_waits_and_how_many() -> None:
    head = replace(HEAD, marks=(), counts={"Recalls": 12, "Waiting": 2, "Reminders": 0, "Day": 0})
    assert "3 Rooms 4 Recalls(12) 5 Waiting(2) 6 Reminders 7" in words(header_line(head, 130))
    assert "1 Day  2 Pat  3 Rooms  4 Call(12)  5 Wait(2)  6 Rem  7 Rep" in words(header_line(head, 100))
    assert "1 Day 2 3 4 Call(12) 5 Wait(2) 6 7" in words(header_line(head, 80))
    assert "1 Day 2 3 4(12) 5(2) 6 7" in words(header_line(replace(head, marks=("DEMO CLOCK",)), 80))
    # What the screen in front of one says of itself is not said twice.
    assert " 5 Waiting 6" in words(header_line(replace(head, tab="Waiting"), 80))


@pytest.mark.parametrize(("columns", "rows"), [(40, 1), (60, 1), (80, 2), (120, 1), (200, 1)])
def test_the_most_urgent_room_stands_first_and_says_so_in_stars_and_words(columns: int, rows: int) -> None:
    lines = strip_lines(board(), columns, rows)
    assert len(lines) == rows
    assert all(line_width(line) == columns for line in lines)
    assert words(lines[0]).strip().startswith("*** R2")
    assert "OVERDUE +11:10" in words(lines[0])


def test_the_strip_shows_each_level_by_stars_and_words_alone() -> None:
    room = CLINIC.rooms[0]
    seen = []
    for minutes in (10, 20, 25, 28, 30):
        visit = resting(1, patient(1, "Lee", "Jun"), room, since=NOON.subtract(minutes=minutes))
        seen.append(
            words(strip_lines(rooms_now(DaySheet(DAY, CLINIC, (visit,)), NOON), 200)[0]).split(" │ ")[0].strip()
        )
    assert seen == [
        "● R1 Lee J 15:00 ▕████░░░░░▏",
        "● R1 Lee J 05:00 may come out",
        "* R1 Lee J due 00:00",
        "** R1 Lee J DUE +03:00",
        "*** R1 Lee J OVERDUE +05:00",
    ]


def test_the_strip_tells_who_waits_in_a_room_from_who_is_with_the_practitioner() -> None:
    waits = resting(1, patient(1, "Lee", "Jun"), CLINIC.rooms[0], since=NOON)
    for status, shown in ((Status.ROOMED, "◐ R1 Lee J in room"), (Status.WITH_PRACTITIONER, "◑ R1 Lee J in care")):
        visit = replace(waits, status=status, retentions=())
        assert shown in words(strip_lines(rooms_now(DaySheet(DAY, CLINIC, (visit,)), NOON), 200)[0])


def test_rooms_that_do_not_fit_are_counted() -> None:
    many = tuple(Room(number, f"Room {number}") for number in range(1, 31))
    sheet = DaySheet(DAY, CLINIC, morning())
    now = (*rooms_now(sheet, NOON), *(RoomNow(room, board()[4].state) for room in many[5:]))
    line = words(strip_lines(now, 60)[0])
    assert "R2" in line
    assert " more" in line


def test_wide_and_hostile_names_keep_the_strip_aligned() -> None:
    for name in ("李小龍先生太長的名字", "[red]Bob[/]", "Ann\x1b[2J", "e\u0301" * 30, "👩‍👩‍👧‍👦" * 5, "\u202eevil"):
        visit = resting(1, patient(1, name, "X"), CLINIC.rooms[0], since=NOON)
        (line,) = strip_lines(rooms_now(DaySheet(DAY, CLINIC, (visit,)), NOON), 80)
        assert line_width(line) == 80
        assert "\x1b" not in words(line)
        assert "\u202e" not in words(line)


def told(text: str, tone: str = "done", columns: int = 80, *, undo: bool = True, news: bool = True) -> list[str]:
    """The rows of a message, beside what became free."""
    lines = message_lines(text, tone, "u" if undo else "", columns, NEWS if news else ())
    assert all(line_width(line) == columns for line in lines)
    return [words(line) for line in lines]


NEWS = tuple((Span(one, "offer"),) for one in ("Today 11:30 with Dr Lin is free: 2 who wait fit 5", "11:30: 2 fit 5"))


def test_a_message_offers_its_undo_and_an_error_is_marked() -> None:
    (done,) = told("Garcia M: arrived", news=False)
    assert done.endswith("u undo ")
    (refused,) = told("Room 2 is taken", "error", undo=False, news=False)
    assert refused.startswith(" ✗ Room 2 is taken ")


def test_beside_a_refusal_an_undo_names_what_it_takes_back_in_the_room_there_is() -> None:
    done = "Weiß, Jonas: booked Mon 30 Nov 10:20 with Dr Lin, Room 1"

    def beside(text: str, columns: int = 120) -> str:
        (row,) = map(words, message_lines(text, "warn", "u", columns, undoes=done))
        return row

    assert beside("Not today").endswith(f" u undoes “{done[:39]}…” ")
    assert beside("Garcia M has needles in: the day can't be closed", 80).endswith(" u undoes “Weiß, Jonas…” ")


def test_a_message_is_whole_in_the_rows_it_takes_and_cut_only_past_the_most() -> None:
    words_ = " ".join(f"word{number}" for number in range(22))
    rows = told(words_, "error", news=False)
    assert len(rows) == 2
    assert " ".join(" ".join(rows).split()) == f"✗ {words_} u undo"
    assert all(row.startswith("   ") for row in rows[1:])
    rows = told("x" * 500, columns=60, news=False)
    assert len(rows) == 3
    assert rows[-1].endswith("x…  u undo ")
    assert told("word " * 100, "error", columns=60, news=False)[-1].startswith("   word"), "set in as the rows above it"
    # The undo has a row of its own where the last one is full.
    rows = told("x" * 78, news=False)
    assert rows == [f" {'x' * 78} ", f"{' ' * 72} u undo "]


def test_what_became_free_stands_beside_the_message_and_never_in_the_place_of_a_refusal() -> None:
    (silent,) = told("")
    assert silent.endswith("  Today 11:30 with Dr Lin is free: 2 who wait fit 5")
    (short,) = told("Garcia M: arrived")
    assert short.endswith("is free: 2 who wait fit 5  u undo ")
    (longer,) = told("Garcia M: arrived, 10:00 with Dr Lin")
    assert longer.startswith(" Garcia M: arrived, 10:00 with Dr Lin  ")
    assert longer.endswith("  11:30: 2 fit 5  u undo ")
    moved = told("Garcia M: " + "moved " * 9)
    assert moved[0].rstrip() == " Garcia M: " + "moved " * 8 + "moved"
    assert moved[1:] == [f"{' ' * 22}Today 11:30 with Dr Lin is free: 2 who wait fit 5  u undo "]
    refused = told("Room 2 is taken: " + "take another " * 4, "error")
    assert len(refused) == 1
    assert "11:30" not in refused[0]


def test_the_key_line_shows_what_fits_and_always_help() -> None:
    keys = (("Space", "next step"), ("n", "new booking"), ("m", "move"), ("?", "help"))
    assert (
        words(key_line(keys, 80, last=keys[-1])).strip()
        == "Space next step  n new booking  m move" + " " * 34 + "? help"
    )
    assert words(key_line(keys, 24, last=keys[-1])).strip().endswith("? help")


def test_a_window_too_small_still_shows_every_alarm() -> None:
    lines = [words(line).strip() for line in too_small_lines(board(), 40, 6)]
    assert lines[0] == "*** R2 Lee J OVERDUE +11:10"
    assert "Too small: at least 60 × 15" in lines
    assert words(too_small_lines(board(), 20, 2)[0]).strip().startswith("*** R2")


def test_time_left_and_time_over() -> None:
    assert minutes_and_seconds(432) == "07:12"
    assert minutes_and_seconds(-70) == "+01:10"
    assert minutes_and_seconds(6000) == "100:00"


def test_only_the_cells_that_changed_are_repainted() -> None:
    before = fit((Span("李 07:12 left"),), 20)
    after = fit((Span("李 07:11 left"),), 20)
    assert changed_cells(before, after) == [(7, 1)]
    assert changed_cells(before, before) == []
    assert changed_cells(before, fit((Span("李 07:12 "), Span("left", "dim")), 20)) == [(9, 4)]


@pytest.mark.parametrize("cells", range(8))
def test_cutting_and_padding_count_cells(cells: int) -> None:
    assert line_width((Span(pad("李小龍", cells)),)) == cells
    assert line_width((Span(cut("李小龍 Bruce", cells)),)) <= cells


def test_the_strip_takes_the_rows_its_rooms_need_and_no_more_than_a_low_window_has() -> None:
    assert [strip_rows(9, 200, 60), strip_rows(9, 120, 40), strip_rows(9, 80, 24), strip_rows(9, 80, 19)] == [
        1,
        2,
        2,
        1,
    ]
    assert strip_rows(3, 80, 24) == 1
    assert strip_rows(40, 200, 60) == 3


def test_a_check_that_is_due_does_not_hide_when_the_needles_are() -> None:
    visit = resting(1, patient(1, "Lee", "Jun"), CLINIC.rooms[0], since=NOON.subtract(minutes=12))
    visit = replace(visit, timers=(Timer(1, TimerKind.CHECK, NOON.subtract(minutes=12), 5),))
    (line,) = strip_lines(rooms_now(DaySheet(DAY, CLINIC, (visit,)), NOON), 80)
    assert words(line).split(" │ ")[0].strip() == "* R1 Lee J check due · 13:00"


@pytest.mark.parametrize(("columns", "rows"), [(60, 1), (80, 2), (120, 2), (200, 2)])
def test_a_size_that_is_known_gives_the_same_strip(columns: int, rows: int) -> None:
    for minutes in range(0, 120, 7):
        now = NOON.add(minutes=minutes)
        rooms = rooms_now(DaySheet(DAY, CLINIC, morning()), now)
        known = strip_size(rooms, columns, rows)
        assert strip_lines(rooms, columns, rows, largest=known) == strip_lines(rooms, columns, rows)


@pytest.mark.parametrize("columns", [24, 40, 60, 80, 120])
def test_a_header_at_another_time_differs_by_the_time_alone(columns: int) -> None:
    line, other = (words(header_line(replace(HEAD, clock=clock), columns)) for clock in ("10:42:07", "10:42:08"))
    assert other == line.replace("10:42:07", "10:42:08")
