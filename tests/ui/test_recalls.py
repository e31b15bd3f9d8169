"""Recalls from the keyboard: a key a call, on to the next, and what the plan offers in two."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from textual.events import Key

from frontdesk.domain.patient import Patient
from frontdesk.domain.setup import spec_of
from frontdesk.domain.standing import State
from frontdesk.domain.waiting import Wish
from frontdesk.ui import keys
from tests.engines import on_both
from tests.standings import standings
from tests.ui.golden import check
from tests.ui.house import House, local


def on_a_plan(house: House, name: str, day: str, *, kept: int = 0, phone: str = "416 555 0134") -> Patient:
    """Somebody whose weekly plan says come, seen once on that day."""
    who = house.patient(name, phones=(phone,))
    desk = house.desks[0]
    house.clock.instant = local("08:00", day)
    desk.plans.start(who.id, replace(desk.plans.of(who.id).usual, planned=8, reassess_at=None))
    visit = house.book(who, "09:15", day=day)
    house.clock.instant = local("09:30", day)
    desk.needles.put_in(visit.id, 8)
    desk.needles.take_out(
        visit.id, 8 - kept, kept=kept, told=bool(kept), remove_on=local("09:00").date() if kept else None
    )
    desk.visits.checkout(visit.id)
    house.clock.instant = local("10:00")
    return who


def dropped_out(house: House) -> list[Patient]:
    """Five whose plan says come, one of them with a needle that is to come out."""
    return [
        on_a_plan(house, "Garcia, Maria", "2026-11-10"),
        on_a_plan(house, "[red]Sato[/], Hana", "2026-11-11"),
        on_a_plan(house, "Weber, Jonas", "2026-11-12"),
        on_a_plan(house, "Novak, Petra", "2026-11-13"),
        on_a_plan(house, "Lee, Jun", "2026-11-16", kept=1),
    ]


def states(house: House, people: list[Patient]) -> list[State]:
    found = standings(house.desks[0], [one.id for one in people])
    return [found[one.id].state for one in people]


@on_both
async def test_a_list_is_worked_through_by_telephone(house: House) -> None:
    people = dropped_out(house)
    async with house.open(keys.DAY) as me:
        await me.press("4")
        assert me.sees("5 to call")
        await me.press("o", "y")
        assert me.message() == "Lee, Jun: 1 kept needle is out"
        await me.press("n")
        assert me.message().startswith("Lee, Jun: no answer, again on Tue 24.11.2026")
        assert me.sees("4 to call, 1 later")
        await me.press("enter", "enter")
        assert me.sees("3 to call, 1 later"), "Maria is booked where her plan would have her"
        await me.press("w", *"+2w", "enter")
        await me.press("x", "a")
        assert me.sees("1 to call, 2 later")
        assert states(house, people) == [State.BOOKED, State.LISTED, State.ENDED, State.LISTED, State.LISTED]
        await me.press("u")
        assert me.sees("2 to call, 2 later")
        assert states(house, people)[2] is State.LISTED


async def test_what_was_booked_is_taken_back_with_its_call(house: House) -> None:
    (maria,) = [on_a_plan(house, "Garcia, Maria", "2026-11-10")]
    async with house.open(keys.RECALLS) as me:
        await me.press("enter", "enter")
        assert me.sees("Nobody is to be called: who should come is booked")
        await me.press("u")
        assert me.sees("1 to call")
        assert house.desks[0].recalls.contacts(maria.id) == ()
        await me.press("b", "n", "t")
        assert me.message() == "Garcia, Maria: not now (no time now); to be asked again on Mon 30.11.2026"
        assert me.sees("0 to call, 1 later")


@pytest.mark.parametrize("key", ["r", "w"])
async def test_a_step_back_from_the_rest_or_the_form_is_to_the_places(house: House, key: str) -> None:
    on_a_plan(house, "Garcia, Maria", "2026-11-10")
    async with house.open(keys.RECALLS) as me:
        await me.press("enter", key, "escape")
        assert me.sees("Garcia, Maria: next visit, 1 of 8 done")
        await me.press("escape")
        assert not me.app.screen.is_modal


async def test_a_number_of_another_country_is_whole_where_there_is_room(house: House) -> None:
    """On every list that is worked through by telephone."""
    who = on_a_plan(house, "Garcia, Maria", "2026-11-10", phone="+33 1 99 00 50 85")
    desk = house.desks[0]
    desk.waiting.add(who.id, Wish(desk.clinic.get().services[0]))
    async with house.open(keys.RECALLS, (120, 40)) as me:
        assert "+33 1 99 00 50 85" in me.row(2)
        await me.press("5")
        await me.until(lambda: any("+33 1 99 00 50 85 " in row and "now" in row for row in me.screen().splitlines()))
    house.book(who, "09:15", day="2026-11-24")
    async with house.open(keys.REMINDERS, (120, 40)) as me:
        assert "+33 1 99 00 50 85" in me.row(2)


async def test_undo_marks_whom_it_put_back_on_the_list(house: House) -> None:
    dropped_out(house)
    async with house.open(keys.RECALLS) as me:
        await me.press("down")
        for answer in (("n",), ("x", "a"), ("enter", "enter")):
            assert me.sees("▸ ○ Garcia, Maria")
            await me.press(*answer)
            assert not me.sees("▸ ○ Garcia, Maria")
            await me.press("u")
        assert me.sees("▸ ○ Garcia, Maria")


async def test_enter_on_the_question_of_kept_needles_says_the_keys(house: House) -> None:
    dropped_out(house)
    async with house.open(keys.RECALLS) as me:
        await me.press("o", "enter")
        assert me.sees("y: they are out; n or Esc: no")


async def test_needles_are_no_reason_to_stop_and_the_file_and_the_plan_are_a_key_away(house: House) -> None:
    dropped_out(house)
    async with house.open(keys.RECALLS) as me:
        await me.press("x")
        assert "has needles in that are to come out: o says that they are" in me.message()
        await me.press("down", "o")
        assert "no needles were kept by plan" in me.message()
        await me.press("P")
        assert me.sees("1 of 8")
        await me.press("escape", "F")
        assert me.app.current_mode == keys.FILE
        await me.press("4", "escape")
        assert me.app.current_mode == keys.FILE


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_how_it_looks(house: House, size: tuple[int, int]) -> None:
    people = dropped_out(house)
    for days in (21, 22, 23):
        house.clock.instant = local("09:00", f"2026-11-{days}")
        house.desks[0].recalls.no_answer(people[0].id)
    house.desks[0].recalls.wait(people[3].id, local("09:00", "2026-12-04").date(), "on holiday")
    house.clock.instant = local("10:00", "2026-11-30")
    async with house.open(keys.RECALLS, size) as me:
        await me.press("down")
        check(me, f"recalls-{size[0]}x{size[1]}")
        if size == (80, 24):
            await me.press("x")
            check(me, "recalls-stop-80x24")


async def test_with_no_service_in_use_nobody_is_booked_and_it_says_why(house: House) -> None:
    dropped_out(house)
    desk = house.desks[0]
    desk.clinic.setup(replace(spec_of(desk.clinic.get()), services=()))
    async with house.open(keys.RECALLS) as me:
        await me.press("enter")
        assert "Nothing can be booked until practitioners, services and rooms are set up" in me.message()


async def test_a_key_that_is_held_down_calls_nobody_further(house: House) -> None:
    dropped_out(house)
    async with house.open(keys.DAY) as me:
        await me.press("4")
        assert me.sees("5 to call")
        for _ in range(12):
            me.app.router.take(Key("n", "n"))
        await me.settle()
        assert me.sees("3 to call, 2 later"), "that two presses were meant is believed"
        assert "That key is held down" in me.message()
        await me.press("u")
        assert me.sees("4 to call, 1 later"), "what it did last is undone as ever"
