"""Reports on the screen: a week or a month on one page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from frontdesk.domain.hours import OpenSpan, WeekHours
from frontdesk.domain.patient import PatientDetails
from frontdesk.domain.patient_file import FileDetails
from frontdesk.domain.plan import PlanDetails
from frontdesk.domain.report import Period, PeriodKind, Report, RoomUse
from frontdesk.ui import keys
from frontdesk.ui.layout.cells import line_width
from frontdesk.ui.layout.report_lines import report_lines
from tests.ui.golden import check
from tests.ui.house import House, local
from tests.ui.shop import CLINIC, NOON


def a_monday(house: House) -> None:
    """Two were seen, one after a wait; one never came; two are booked, one of them tomorrow."""
    desk = house.desks[0]
    first = house.patient("Garcia, Maria")
    second = desk.patients.add(PatientDetails(given="Jun", family="Lee"), FileDetails(referral="the sign at the door"))
    visits = [house.book(first, "09:00", room="Room 1"), house.book(second, "10:00", room="Room 2")]
    never = house.book(house.patient("Sato, Hana"), "11:00")
    house.book(house.patient("Weber, Jonas"), "16:00")
    house.book(house.patient("Novak, Pia"), "09:00", day="2026-11-24")
    desk.plans.start(first.id, PlanDetails(desk.clinic.get().services[0]))
    for visit, came, wait in ((visits[0], "08:58", 4), (visits[1], "09:50", 17)):
        house.clock.instant = local(came)
        desk.visits.arrive(visit.id)
        house.clock.move(minutes=wait - 2)
        desk.visits.room(visit.id)
        house.clock.move(minutes=2)
        desk.visits.begin(visit.id)
        desk.needles.put_in(visit.id, 9)
        house.clock.move(minutes=25)
        desk.needles.take_out(visit.id, 9)
        desk.visits.checkout(visit.id)
    house.clock.instant = local("12:00")
    desk.visits.no_show(never.id)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_how_it_looks(house: House, size: tuple[int, int]) -> None:
    a_monday(house)
    async with house.open(keys.DAY, size) as me:
        await me.press("7")
        check(me, f"report-{size[0]}x{size[1]}")


async def test_weeks_and_months_are_turned_by_keys(house: House, tmp_path: Path) -> None:
    a_monday(house)
    async with house.open(keys.DAY, (120, 40)) as me:
        await me.press("7")
        assert "Week 23-29 Nov 2026" in me.row(0)
        assert me.sees("2 seen (before: 0)")
        await me.press("[")
        assert "Week 16-22 Nov 2026" in me.row(0)
        assert me.sees("0 seen (before: 0)")
        await me.press("right", "m", "]")
        assert "December 2026" in me.row(0)
        await me.press("g", *"2 oct", "enter")
        assert "October 2026" in me.row(0)  # reports look back: a date without a year is the last one
        await me.press("w", "t", "g", *"last week", "enter")
        assert "Week 16-22 Nov 2026" in me.row(0)
        await me.press("t")
        assert "Week 23-29 Nov 2026" in me.row(0)
        house.clock.move(minutes=5)
        house.book(house.patient("Khan, Omar"), "17:00")
        await me.waits_for("3 still to come")
        await me.press("escape")
        assert me.app.current_mode == keys.DAY


async def test_the_report_shown_is_written_as_a_table(house: House, tmp_path: Path) -> None:
    a_monday(house)
    target = tmp_path / "week.csv"
    async with house.open(keys.DAY, (120, 40)) as me:
        await me.press("7", "e", "ctrl+u", *str(target), "enter")
        assert me.message() == f"Week 23-29 Nov 2026 is in {target}"
        assert "\r\nweek,2026-11-23,2026-11-29,visits,Dr Lin,,seen,2\r\n" in target.read_bytes().decode()
        await me.press("e", "ctrl+u", *str(target), "enter")
        assert me.sees("exists already")
        assert not me.app.banner


async def test_where_patients_came_from_is_hidden_while_names_are(house: House) -> None:
    a_monday(house)
    async with house.open(keys.DAY, (120, 50)) as me:
        await me.press("7")
        assert me.sees("the sign at the door")
        await me.press("ctrl+t")
        assert not me.sees("the sign at the door")
        assert me.sees("hidden while names are")


def test_a_room_that_is_open_day_and_night_goes_on_in_a_second_part() -> None:
    always = replace(CLINIC, hours=WeekHours(((OpenSpan(0, 1440),),) * 7))
    uses = tuple(RoomUse(room.name, tuple(float(hour * 15) for hour in range(24))) for room in CLINIC.rooms)
    report = Report(always, Period.around(PeriodKind.WEEK, date(2026, 11, 23)), NOON, rooms=uses)
    for cells in (40, 80, 120):
        lines = report_lines(report, cells)
        assert {line_width(line) for line in lines} == {cells}
        said = "\n".join("".join(span.text for span in line) for line in lines)
        assert all(f" {hour:02} " in said for hour in range(24))
        assert said.count("Room 5") == said.count("all rooms") >= (1 if cells > 110 else 2)


def test_the_name_of_a_room_never_touches_its_numbers() -> None:
    rooms = tuple(replace(room, name="Ruheraum Süd (Erdgeschoß)") for room in CLINIC.rooms)
    uses = tuple(RoomUse(room.name, tuple(float(hour * 4) for hour in range(24))) for room in rooms)
    clinic = replace(CLINIC, rooms=rooms)
    report = Report(clinic, Period.around(PeriodKind.WEEK, date(2026, 11, 23)), NOON, rooms=uses)
    for cells in (80, 120):
        said = ["".join(span.text for span in line) for line in report_lines(report, cells)]
        named = [line[line.index("Ruheraum") :] for line in said if "Ruheraum" in line]
        assert named
        assert all(line[len("Ruheraum Süd (Erdgeschoß)") :].startswith(" ") or "… " in line for line in named)
