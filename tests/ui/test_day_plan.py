"""Moving by offers, longer and shorter, and time without patients, by keys on the Day screen."""

from __future__ import annotations

from datetime import date

import pytest

from frontdesk.desk.blocks import BlockRequest
from frontdesk.desk.booking import Request
from frontdesk.domain.appointment import Block
from frontdesk.domain.block import BlockKind
from frontdesk.domain.patient import PatientDetails
from frontdesk.domain.visit import Status
from tests.engines import on_both
from tests.ui.day_clinic import Clinic, chosen, day, local
from tests.ui.golden import check


def blocks(clinic: Clinic, on: date | None = None) -> list[Block]:
    return [one for one in clinic.desk.days.load(on).blocks if not one.cancelled]


def lunch(clinic: Clinic) -> Block:
    request = BlockRequest(local("12:00"), local("12:45"), ("Dr Lin",), kind=BlockKind.LUNCH)
    return clinic.desk.blocks.add(request).blocks[0]


async def test_an_offered_place_is_two_keys_after_picking_up(clinic: Clinic) -> None:
    visit = clinic.book("Garcia, Maria", "10:00")
    async with clinic.open() as me:
        await me.press("tab", "m")
        assert me.sees("4 tomorrow")
        await me.press("4")
        assert day(me).heading() == "Tue 24 Nov, tomorrow"
        assert me.sees("✓ Tue 24 Nov 09:00 fits")
        assert clinic.now(visit) == visit, "nothing is moved by a digit alone"
        await me.press("enter")
        assert clinic.now(visit).starts == local("09:00", "2026-11-24")
        assert chosen(me) == "Garcia, Maria"
        await me.press("1")
        assert me.app.current_mode == "day", "digits are the screens again"


async def test_a_move_to_a_day_of_next_week(clinic: Clinic) -> None:
    visit = clinic.book("Garcia, Maria", "10:00")
    async with clinic.open() as me:
        await me.press("tab", "m", "g")
        await me.type("+1w")
        await me.press("enter")
        assert me.sees("1 Mon 30 Nov")
        await me.press("1", "enter")
        assert clinic.now(visit).starts == local("09:00", "2026-11-30")


async def test_walking_away_from_an_offer_is_walking(clinic: Clinic) -> None:
    visit = clinic.book("Garcia, Maria", "10:00")
    async with clinic.open() as me:
        await me.press("tab", "m")
        await me.press("2")
        await me.press("down")
        await me.press("enter")
        moved = clinic.now(visit).starts
        assert moved != visit.starts
        assert moved.minute % 10 == 0


async def test_what_is_moved_stays_dimmed_where_it_is_and_esc_leaves_it(clinic: Clinic) -> None:
    visit = clinic.book("Garcia, Maria", "10:00")
    async with clinic.open() as me:
        await me.press("tab", "m")
        await me.press("right", "down")
        assert me.sees("█ Garcia M"), "its old place is still seen"
        await me.press("escape")
        assert clinic.now(visit) == visit
        assert chosen(me) == "Garcia, Maria"
        assert not me.sees("1 today")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_the_clash_is_told_before_enter_at_every_size(clinic: Clinic, size: tuple[int, int]) -> None:
    clinic.book("Lee, Jun", "11:00")
    visit = clinic.book("Garcia, Maria", "10:00")
    async with clinic.open(size) as me:
        if size[0] < 100:
            await me.press("v")
        day(me).sight.select(("visit", visit.id))
        await me.press("m")
        for _ in range(12):
            if me.sees("Dr Lin is with Lee, Jun"):
                break
            await me.press("down")
        assert me.sees("Dr Lin is with Lee, Jun")
        await me.press("enter")
        assert clinic.now(visit) == visit, "the first Enter is refused"
        await me.press("s")
        assert clinic.now(visit).squeezed
        assert me.sees("»")


async def test_a_day_typed_without_a_time_is_what_the_places_begin_with(clinic: Clinic) -> None:
    visit = clinic.book("Garcia, Maria", "10:00")
    async with clinic.open((80, 24)) as me:
        await me.press("tab", "m")
        await me.type("thu")
        assert me.sees("Thu 26 Nov: at what time? Or one of these, by its digit.")
        await me.press("down", "enter")
        assert clinic.now(visit).starts == local("09:00", "2026-11-26")


async def test_in_the_list_a_digit_is_a_place_and_arrows_walk_through_them(clinic: Clinic) -> None:
    visit = clinic.book("Garcia, Maria", "10:00")
    async with clinic.open((80, 24)) as me:
        await me.press("tab", "m")
        await me.press("4")
        assert me.sees("✓ Tue 24 Nov 09:00 fits")
        await me.press("enter")
        assert clinic.now(visit).starts == local("09:00", "2026-11-24")
        await me.press("m")
        await me.press("down", "down")
        await me.press("enter")
        assert clinic.now(visit).starts == local("14:00", "2026-11-24"), "09:00 is its own, 09:05 no other"


@pytest.mark.parametrize("typed", ["10:55", "1"])
async def test_a_move_goes_to_the_room_that_its_preview_names(clinic: Clinic, typed: str) -> None:
    who = clinic.desk.patients.add(PatientDetails(given="Maria", family="Garcia"))
    request = Request(who.id, "Follow-up", "Dr Lin", local("10:00"), "Room 3")
    visit = clinic.desk.booking.book(request).appointment
    async with clinic.open((80, 24)) as me:
        await me.press("tab", "m")
        await me.type(typed)
        preview = next(row for row in me.screen().splitlines() if "fits, " in row)
        await me.press("enter")
        moved = clinic.now(visit)
        assert moved.starts != visit.starts
        assert moved.room is not None
        assert f"fits, {moved.room.name}" in preview
        assert moved.room.name == "Room 3" or typed == "1", "it keeps its room where that is free"


async def test_a_time_typed_while_something_is_carried_is_where_it_goes(clinic: Clinic) -> None:
    visit = clinic.book("Garcia, Maria", "10:00")
    async with clinic.open() as me:
        await me.press("tab", "m")
        assert "a time, such as 10:55" in me.message()
        await me.type("10:55")
        assert me.sees("Move Garcia, Maria to")
        assert me.sees("✓ Mon 23 Nov 10:55 fits")
        await me.press("enter")
        assert clinic.now(visit).starts == local("10:55")
        # A digit is an offered place too, of whatever day: the time is of the day that was shown before it.
        await me.press("m")
        await me.type("9:45")
        assert me.sees("✓ Mon 23 Nov 09:45 fits")
        await me.press("escape", "colon")
        assert not me.sees("Move Garcia, Maria to"), "without a digit before it, a colon is what it is elsewhere"


@pytest.mark.parametrize(("typed", "goes_to"), [("1430", "14:30"), ("4pm", "16:00")])
async def test_a_time_without_a_colon_is_no_place(clinic: Clinic, typed: str, goes_to: str) -> None:
    visit = clinic.book("Garcia, Maria", "11:00")
    async with clinic.open() as me:
        await me.press("tab", "m")
        await me.type(typed)
        assert me.sees("Move Garcia, Maria to")
        assert me.sees(f"✓ Mon 23 Nov {goes_to} fits")
        await me.press("escape")
        assert day(me).heading() == "Mon 23 Nov 2026", "no place has turned the day for good"
        assert day(me).sight.start == visit.starts, "the cursor is where it was before the first digit"
        await me.type(typed)
        await me.press("enter")
        assert clinic.now(visit).starts == local(goes_to)


async def test_the_time_of_a_block_is_typed_without_turning_to_another_screen(clinic: Clinic) -> None:
    block = lunch(clinic)
    async with clinic.open() as me:
        day(me).sight.select(("block", block.id))
        await me.press("m")
        await me.type("1420")
        await me.press("enter")
        assert [one.starts for one in blocks(clinic)] == [local("14:20")]
        assert me.app.current_mode == "day"


async def test_plus_and_minus_change_the_planned_retention(clinic: Clinic) -> None:
    visit = clinic.book("Garcia, Maria", "10:00")
    async with clinic.open() as me:
        await me.press("tab", "plus")
        assert clinic.now(visit).retention_minutes == 30
        assert me.message() == "Garcia, Maria: 30 min of retention, leaves at 10:50"
        await me.press("plus")
        assert "the longest of Follow-up" in me.message()
        await me.press("minus", "minus", "minus")
        assert clinic.now(visit).retention_minutes == 20
        assert "the shortest" in me.message()


async def test_a_change_of_length_is_taken_back(clinic: Clinic) -> None:
    visit = clinic.book("Garcia, Maria", "10:00")
    async with clinic.open() as me:
        await me.press("tab", "plus", "u")
        assert clinic.now(visit).retention_minutes == 25
        assert "undid the change of the planned retention" in me.message()


async def test_a_clash_of_a_longer_visit_is_said_and_changes_nothing(clinic: Clinic) -> None:
    visit = clinic.book("Garcia, Maria", "10:00")
    clinic.book("Lee, Jun", "10:45")
    async with clinic.open() as me:
        await me.press("tab", "plus")
        assert "30 min of retention do not fit: Dr Lin is with Lee, Jun" in me.message()
        assert clinic.now(visit) == visit


async def test_with_needles_in_plus_is_the_running_retention(clinic: Clinic) -> None:
    visit = clinic.book("Garcia, Maria", "10:00")
    clinic.desk.needles.put_in(visit.id, 10)
    async with clinic.open() as me:
        await me.press("tab", "plus")
        retention = clinic.now(visit).retention
        assert retention is not None
        assert retention.planned_minutes == 30
        assert "+5 min" in me.message()


async def test_lunch_is_blocked_with_three_keys(clinic: Clinic) -> None:
    async with clinic.open() as me:
        await me.press("a", "l", "enter")
        (block,) = blocks(clinic)
        assert (block.title, block.kind, block.starts, block.ends) == ("Lunch", "lunch", local("09:50"), local("10:50"))
        assert block.practitioner is not None
        assert block.practitioner.name == "Dr Lin"
        assert me.sees("▒ Lunch")
        await me.press("u")
        assert not blocks(clinic)
        assert "undid" in me.message()


async def test_whoever_is_booked_there_is_named_and_a_second_enter_blocks_over_them(clinic: Clinic) -> None:
    visit = clinic.book("Garcia, Maria", "10:00")
    async with clinic.open() as me:
        await me.press("a", "m")
        assert me.sees("over Garcia, Maria")
        await me.press("enter")
        assert not blocks(clinic)
        assert me.sees("Enter again blocks over it")
        await me.press("enter")
        assert len(blocks(clinic)) == 1
        assert clinic.now(visit) == visit
        assert "over Garcia, Maria" in me.message()


async def test_days_off_are_whole_days(clinic: Clinic) -> None:
    async with clinic.open() as me:
        await me.press("a", "t", "tab", "tab", "tab", *["backspace"] * 12)
        await me.type("thu")
        await me.press("tab", *["backspace"] * 12)
        await me.type("fri")
        await me.press("enter")
        (block,) = blocks(clinic, date(2026, 11, 27))
        assert (block.starts, block.ends, block.all_day) == (
            local("00:00", "2026-11-26"), local("00:00", "2026-11-28"), True,
        )  # fmt: skip


@pytest.mark.parametrize("weeks", ["2", "2 weeks"])
async def test_a_meeting_of_everyone_every_week(clinic: Clinic, weeks: str) -> None:
    async with clinic.open() as me:
        await me.press("a", "m", "tab", "e", "tab", "tab", "tab", "tab")
        await me.type("Team")
        await me.press("tab", "backspace")
        await me.type(weeks)
        await me.press("enter")
        assert [one.title for one in blocks(clinic)] == ["Team", "Team"]
        assert len(blocks(clinic, date(2026, 11, 30))) == 2
        assert not blocks(clinic, date(2026, 12, 7))


async def test_a_length_of_time_that_may_be_a_number_of_weeks_is_asked_back(clinic: Clinic) -> None:
    async with clinic.open() as me:
        await me.press("a", "m", *["tab"] * 6, "backspace")
        await me.type("a fortnight")
        await me.press("enter")
        assert me.sees("on how many weeks in a row, or until which day?")
        assert not blocks(clinic)


async def test_several_practitioners_every_week_until_a_day(clinic: Clinic) -> None:
    async with clinic.open() as me:
        await me.press("a", "m", "tab", "tab")
        await me.type("okafor")
        await me.press("tab", "tab", "tab", "tab", "backspace")
        await me.type("until 10 dec")
        await me.press("enter")
        for day_ in (date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 7)):
            assert {one.practitioner.name for one in blocks(clinic, day_) if one.practitioner} == {
                "Dr Lin",
                "Dr Okafor",
            }
        assert not blocks(clinic, date(2026, 12, 14))


@on_both
async def test_a_block_is_moved_lengthened_and_removed_by_the_keys_of_appointments(clinic: Clinic) -> None:
    block = lunch(clinic)
    async with clinic.open() as me:
        day(me).sight.select(("block", block.id))
        await me.press("plus")
        assert "x remove" in me.row(-1)
        assert blocks(clinic)[0].ends == local("12:50")
        await me.press("minus", "u")
        assert blocks(clinic)[0].ends == local("12:50")
        await me.press("m")
        await me.press("up", "up")
        assert me.sees("✓ Mon 23 Nov 11:40")
        await me.press("enter")
        assert blocks(clinic)[0].ends < local("12:50")
        await me.press("x", "enter")
        assert len(blocks(clinic)) == 1, "Enter alone removes nothing"
        await me.press("y")
        assert not blocks(clinic)
        await me.press("u")
        assert len(blocks(clinic)) == 1


async def test_a_block_somebody_else_changed_is_left_alone(clinic: Clinic) -> None:
    block = lunch(clinic)
    async with clinic.open() as me:
        day(me).sight.select(("block", block.id))
        await me.press("x")
        clinic.other("Ben").blocks.lengthen(block.id, 15)
        await me.press("y")
        assert "changed by somebody else" in me.message()
        assert len(blocks(clinic)) == 1


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_golden_block(clinic: Clinic, size: tuple[int, int]) -> None:
    clinic.book("Lee, Jun", "10:00")
    async with clinic.open(size) as me:
        await me.press("a", "m")
        check(me, f"day-block-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_golden_moving(clinic: Clinic, size: tuple[int, int]) -> None:
    clinic.book("Lee, Jun", "10:00")
    async with clinic.open(size) as me:
        await me.press(*(["v"] if size[0] < 100 else []), "tab", "m")
        await me.press("4")
        check(me, f"day-moving-{size[0]}x{size[1]}")


async def test_a_squeeze_shows_its_mark_in_every_view_and_on_the_card(clinic: Clinic) -> None:
    first = clinic.book("Lee, Jun", "10:00")
    who = clinic.book("Garcia, Maria", "14:00").patient
    request = Request(who.id, "Follow-up", "Dr Lin", local("10:05"), squeeze=True)
    squeezed = clinic.desk.booking.book(request).appointment
    assert squeezed.squeezed
    assert first.status is Status.BOOKED
    async with clinic.open() as me:
        for _ in range(3):
            day(me).sight.select(("visit", squeezed.id))
            day(me).show_all()
            await me.settle()
            assert me.screen().count("»") >= 2, "in the day, and on the card"
            await me.press("v")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_visit_over_a_block_and_the_block_tell_of_each_other(clinic: Clinic, size: tuple[int, int]) -> None:
    visit = clinic.book("Garcia, Maria", "12:10")
    block = lunch(clinic)
    async with clinic.open(size) as me:
        day(me).sight.select(("visit", visit.id))
        day(me).show_all()
        await me.settle()
        assert me.sees("‼ over Lunch 12:00-12:45")
        day(me).sight.select(("block", block.id))
        day(me).show_all()
        await me.settle()
        assert me.sees("‼ 12:10 Garcia M")


async def test_after_a_whole_day_off_the_hours_of_the_day_are_still_in_sight(clinic: Clinic) -> None:
    async with clinic.open((120, 24)) as me:
        await me.press("a", "t", "enter", "enter")
        assert [one.all_day for one in blocks(clinic)] == [True]
        assert me.sees("10:00")
        assert not me.sees("00:00")


async def test_a_block_goes_to_a_closed_day_unasked_also_where_a_visit_was_carried_before(clinic: Clinic) -> None:
    visit = clinic.book("Garcia, Maria", "10:00", "Dr Okafor")
    meeting = BlockRequest(local("10:00"), local("10:45"), ("Dr Lin",), kind=BlockKind.MEETING)
    block = clinic.desk.blocks.add(meeting).blocks[0]
    async with clinic.open() as me:
        for kind, key in (("visit", visit.id), ("block", block.id)):
            await me.press("g")
            await me.type("23 nov")
            await me.press("enter")
            day(me).sight.select((kind, key))
            await me.press("m", "g")
            await me.type("29 nov")
            await me.press("enter", "s")
            if kind == "visit":
                assert me.message().startswith("The clinic is closed on Sun 29 Nov")
                await me.press("escape")
        assert [one.starts for one in blocks(clinic, date(2026, 11, 29))] == [local("10:00", "2026-11-29")]
