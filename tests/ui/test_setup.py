"""The set-up screen: a clinic from nothing, by keyboard, and changed later."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from frontdesk.domain.errors import Problem
from frontdesk.domain.hours import WEEKDAYS
from frontdesk.domain.setup_draft import (
    RowKey,
    new_clinic,
    place_words,
    problem_words,
    row_of,
    rows_of,
    with_row,
    without,
)
from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.layout.setup_rows import row_line
from frontdesk.ui.screens.all import screens
from frontdesk.ui.screens.setup import SetupScreen
from tests.driver import Driver, at_the_desk
from tests.engines import on_both
from tests.ui.golden import check
from tests.ui.house import House


def setup(me: Driver) -> SetupScreen:
    found = me.app.screen_stack[0]
    assert isinstance(found, SetupScreen)
    return found


async def go(me: Driver, part: str, which: str | int) -> None:
    """Marks a row."""
    assert setup(me).rows.select(RowKey(part, which))
    await me.settle()


def test_every_answer_has_a_row_and_every_list_one_to_add() -> None:
    rows = rows_of(new_clinic())
    assert [row.which for row in rows if row.part == "hours"] == list(WEEKDAYS)
    assert {row.part for row in rows if row.adds} == {"rooms", "equipment", "practitioners", "services", "closures"}
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("cells", [78, 118])
def test_a_services_row_says_what_it_needs_in_any_width(cells: int) -> None:
    service = {
        "name": "Electro follow-up", "consultation": 10, "insertion": 5, "retention": [20, 30], "removal": 5,
        "turnover": 5, "rooms": ["table"], "equipment": ["E-stim unit"], "last_start": "16:00",
    }  # fmt: skip
    line = row_line({**new_clinic(), "services": [service]}, RowKey("services", 0), cells, first=True)
    text = "".join(span.text for span in line)
    assert cell_len(text) <= cells
    assert [word for word in ("table", "E-stim unit", "16:00") if word not in text] == []


@pytest.mark.parametrize(
    ("where", "row"),
    [
        ("rooms[2].chairs", RowKey("rooms", 1)),
        ("rooms", RowKey("rooms", "+")),
        ("clinic.timezone", RowKey("clinic", "timezone")),
        ("hours.mon", RowKey("hours", "mon")),
        ("hours", RowKey("hours", "mon")),
        ("practitioners[1].hours.fri", RowKey("practitioners", 0)),
        ("clinic", RowKey("clinic", "name")),
    ],
)
def test_a_problem_stands_at_its_row(where: str, row: RowKey) -> None:
    assert row_of(Problem(where, "x")) == row


def test_problems_in_words_for_a_screen() -> None:
    assert problem_words(Problem("practitioners", "there is none; write at least one [[practitioners]]")) == (
        "at least one practitioner is needed"
    )
    assert problem_words(Problem("clinic.phone_region", "is empty")) == "phone region is empty"
    assert problem_words(Problem("hours.mon", "overlap")) == "overlap"


def test_where_a_problem_is_in_words() -> None:
    places = ["rooms[2].chairs", "hours.mon", "practitioners[1].hours.fri", "clinic.name", "rooms", "hours"]
    assert [place_words(Problem(where, "x")) for where in places] == [
        "room 2", "Monday", "practitioner 1, Friday", "", "", "",
    ]  # fmt: skip


def test_changing_the_answers_leaves_the_ones_before_as_they_were() -> None:
    before = new_clinic()
    after = without(with_row(before, RowKey("rooms", "+"), {"name": "Sauna"}), RowKey("hours", "mon"))
    assert before == new_clinic()
    assert after["rooms"][-1] == {"name": "Sauna"}
    assert "mon" not in after["hours"]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_how_it_looks(house: House, size: tuple[int, int]) -> None:
    async with house.open(keys.SETUP, size) as me:
        await go(me, "rooms", "+")
        check(me, f"setup-{size[0]}x{size[1]}")
        await go(me, "services", 0)
        await me.press("enter")
        check(me, f"setup-service-{size[0]}x{size[1]}")


@on_both
async def test_a_clinic_from_nothing_by_keyboard(empty_house: House) -> None:
    app = FrontdeskApp(empty_house.opener(), screens(), keys.DAY)
    async with at_the_desk(app, (80, 24), opened=False) as me:
        await me.waits_for("Welcome to frontdesk")
        await me.press("escape")
        assert me.sees("No clinic is set up here yet")
        check(me, "setup-first-80x24")
        await me.press("s")
        assert "Nothing has been changed" in me.message()
        await me.press("enter", *"Elm [b]Clinic[/b]", "enter", "s")
        assert "3 things to mend" in me.message()
        assert me.sees("at least one practitioner is needed")
        assert setup(me).rows.key == RowKey("clinic", "timezone")
        await me.press("enter", *"America/Torontoo", "enter", "down", "enter", *"CA", "enter")
        await go(me, "practitioners", "+")
        await me.press("a", *"Dr Lin", "tab", "tab", *"9-12, 13:30-17", "enter")
        assert me.sees("Tue 09:00-12:00, 13:30-17:00")
        await go(me, "rooms", 0)
        await me.press("n", *"Community", "tab", "backspace", "4", "enter", "s")
        assert me.sees('did you mean "America/Toronto"?')
        await me.press("enter", "end", "backspace", "enter", "s")
        await me.until(lambda: me.app.today is not None, "the day")
        await me.until(lambda: me.app.current_mode == keys.DAY, "the calendar")
        clinic = empty_house.desk("Bo").clinic.load()
        assert clinic is not None
        assert clinic.name == "Elm [b]Clinic[/b]"
        assert [room.name for room in clinic.open_rooms][-4:] == [f"Community {number}" for number in range(1, 5)]
        assert clinic.practitioners[0].hours is not None


async def test_rows_are_changed_taken_out_and_saved(house: House) -> None:
    async with house.open(keys.DAY) as me:
        await me.press("ctrl+p", *"set-up", "enter")
        assert me.app.current_mode == keys.SETUP
        await go(me, "hours", "sat")
        await me.press("enter", *"10-14", "enter")
        await go(me, "thresholds", "late")
        await me.press("x", "enter", "backspace", *"20", "enter")
        assert me.sees("it shows from 20 only, after it is urgent from 15")
        await me.press("escape", "escape", "enter", "backspace", "8", "enter")
        assert me.sees("! from 8 min, !! from 15 min")
        await go(me, "rooms", 1)
        await me.press("x")
        await go(me, "closures", "+")
        await me.press("enter", *"24 dec", "tab", *"26 dec", "tab", *"Holidays", "enter")
        await me.press("s")
        assert "Set-up saved" in me.message()
        clinic = house.desks[0].clinic.load()
        assert clinic is not None
        assert [str(span) for span in clinic.hours.days[5]] == ["10:00-14:00"]
        assert [room.name for room in clinic.open_rooms] == ["Room 1"]
        assert clinic.closures[0].reason == "Holidays"
        await me.press("escape")
        assert me.app.current_mode == keys.DAY


async def test_what_a_service_needs_is_said_by_keys(house: House) -> None:
    async with house.open(keys.SETUP) as me:
        await go(me, "rooms", 0)
        await me.press("enter", "tab", "tab", *"table", "enter")
        await go(me, "equipment", "+")
        await me.press("enter", *"E-stim unit", "tab", "backspace", "2", "enter")
        assert me.sees("2 of it")
        await go(me, "practitioners", 0)
        await me.press("enter", *["tab"] * 8, *"5:30pm", "enter")
        await go(me, "services", 0)
        await me.press("enter", *["tab"] * 8, *"table", "tab", *"e-stim", "tab", *"1700", "enter")
        assert me.sees("on a table, takes e-stim, last start 17:00")
        await me.press("s")
        assert me.sees('did you mean "E-stim unit"?')
        await me.press("enter", *["tab"] * 9, "end", *" unit", "enter", "s")
        assert "Set-up saved" in me.message()
        clinic = house.desks[0].clinic.load()
        assert clinic is not None
        assert [(one.name, one.count) for one in clinic.equipment] == [("E-stim unit", 2)]
        assert clinic.open_rooms[0].kind == "table"
        service = clinic.active_services[0]
        assert (service.room_kinds, service.last_start) == (("table",), 17 * 60)
        assert clinic.equipment_of(service) == clinic.equipment
        assert clinic.practitioners[0].last_start == 17 * 60 + 30


@pytest.mark.parametrize(
    ("part", "which", "typed", "said"),
    [
        ("hours", "mon", ("ctrl+u", *"9-25"), "no clock shows"),
        ("hours", "mon", ("ctrl+u", *"13-9"), "ends before it starts"),
        ("rooms", "+", (), "is needed"),
        ("services", 0, ("tab", "tab", "tab", "ctrl+u", *"40"), "comes after the latest"),
        ("closures", "+", tuple("someday"), "is no day"),
        ("clinic", "slot_minutes", ("ctrl+u", *"0"), "from 1 to 60"),
        ("equipment", "+", ("X", "tab", "ctrl+u", *"0"), "from 1 to 100"),
        ("services", 0, (*["tab"] * 10, *"5:30"), "could be night or afternoon"),
    ],
)
async def test_what_is_wrong_is_said_in_the_row_and_not_taken(
    house: House, part: str, which: str | int, typed: tuple[str, ...], said: str
) -> None:
    async with house.open(keys.SETUP) as me:
        await go(me, part, which)
        before = setup(me).answers
        await me.press("enter", *typed, "enter")
        assert me.sees(said)
        assert setup(me).answers == before


async def test_what_is_not_saved_is_asked_about_once_and_left_alone_by_others(house: House) -> None:
    async with house.open(keys.DAY) as me:
        await me.press("ctrl+p", *"set-up", "enter")
        await go(me, "rooms", 0)
        await me.press("enter", "end", *"A", "enter")
        house.patient("Garcia, Maria")
        await me.settle()
        assert me.sees("Room 1A")
        assert me.sees("not saved")
        await me.press("escape")
        assert "Not saved" in me.message()
        await me.press("escape")
        assert me.app.current_mode == keys.DAY
        clinic = house.desks[0].clinic.load()
        assert clinic is not None
        assert clinic.open_rooms[0].name == "Room 1"
        await me.press("ctrl+p", *"set-up", "enter")
        assert not me.sees("Room 1A")


async def test_the_set_up_is_offered_once_and_nobody_is_called_back_to_it(empty_house: House) -> None:
    app = FrontdeskApp(empty_house.opener(), screens(), keys.DAY)
    async with at_the_desk(app, opened=False) as me:
        await me.waits_for("Welcome to frontdesk")
        await me.press("escape")
        await app.show(keys.PATIENTS)
        app.data_changed()
        await me.settle()
        assert app.current_mode == keys.PATIENTS


def test_a_long_name_has_the_row_and_every_answer_begins_in_one_column() -> None:
    answers = new_clinic()
    long = "Quiet room at the end of the corridor"
    answers["rooms"] = [{"name": long}, {"name": "Chairs", "chairs": 4}]
    answers["practitioners"] = [{"name": "Dr Lin", "hours": {day: ["09:00-13:00"] for day in ("mon", "tue", "fri")}}]

    def row(part: str, which: str | int) -> str:
        return "".join(span.text for span in row_line(answers, RowKey(part, which), 78, first=True)).rstrip()

    assert row("rooms", 0).endswith(long)
    begins = {
        row("hours", "mon").index("09:00"),
        row("thresholds", "late").index("!"),
        row("clinic", "slot_minutes").index("5"),
    }
    assert begins == {row("rooms", 1).index("4 chairs")}
    assert row("practitioners", 0).endswith("Mon–Tue 09:00-13:00; Fri 09:00-13:00")
