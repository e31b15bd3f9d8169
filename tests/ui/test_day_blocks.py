"""Time without patients by keys on the Day screen: lunch, meetings, days off, and who stands in them."""

from __future__ import annotations

from datetime import date

import pytest

from frontdesk.desk.blocks import BlockRequest
from frontdesk.domain.appointment import Block
from frontdesk.domain.block import BlockKind
from tests.engines import on_both
from tests.ui.day_clinic import Clinic, day, local
from tests.ui.golden import check


def blocks(clinic: Clinic, on: date | None = None) -> list[Block]:
    return [one for one in clinic.desk.days.load(on).blocks if not one.cancelled]


def lunch(clinic: Clinic) -> Block:
    request = BlockRequest(local("12:00"), local("12:45"), ("Dr Lin",), kind=BlockKind.LUNCH)
    return clinic.desk.blocks.add(request).blocks[0]


async def test_the_time_of_a_block_is_typed_without_turning_to_another_screen(clinic: Clinic) -> None:
    block = lunch(clinic)
    async with clinic.open() as me:
        day(me).sight.select(("block", block.id))
        await me.press("m")
        await me.type("1420")
        await me.press("enter")
        assert [one.starts for one in blocks(clinic)] == [local("14:20")]
        assert me.app.current_mode == "day"


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
