"""The next visit at check-out: offered after the patient is out, booked in two keys or three, or not now with why."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from frontdesk.desk.blocks import BlockRequest
from frontdesk.desk.booking import Request
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Unavailable
from frontdesk.domain.visit import Status
from frontdesk.ui import keys
from frontdesk.ui.dialogs.next_visit import NextVisitDialog
from tests.driver import Driver
from tests.ui.golden import check
from tests.ui.house import House, local

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")


def needles_out(house: House, *, planned: int = 4, plan: bool = True) -> Appointment:
    """Maria, at 09:15 with a weekly plan; dressed and about to go."""
    maria = house.patient("Garcia, Maria")
    desk = house.desks[0]
    house.clock.instant = local("09:15")
    if plan:
        desk.plans.start(maria.id, replace(desk.plans.of(maria.id).usual, planned=planned, reassess_at=None))
    visit = house.book(maria, "09:15")
    desk.needles.put_in(visit.id, 8)
    desk.needles.take_out(visit.id, 8)
    house.clock.instant = local("10:00")
    return house.now(visit)


async def on_her(me: Driver) -> None:
    """Her visit is chosen."""
    await me.press("3")
    assert me.sees("Garcia M")


def coming(house: House, visit: Appointment) -> list[str]:
    card = house.desks[0].patients.card(visit.patient.id)
    return [f"{one.starts.in_timezone('America/Toronto'):%a %d %b %H:%M}" for one in card.coming]


@SIZES
async def test_how_it_looks(house: House, size: tuple[int, int]) -> None:
    needles_out(house)
    name = f"{size[0]}x{size[1]}"
    async with house.open(keys.DAY, size) as me:
        await on_her(me)
        await me.press("space")
        check(me, f"next-visit-{name}")
        await me.press("n")
        check(me, f"not-now-{name}")


async def test_from_check_out_to_booked_in_two_keys(house: House) -> None:
    visit = needles_out(house)
    async with house.open(keys.ROOMS) as me:
        await me.press("space", "enter")
        assert me.message() == "Garcia, Maria: booked Mon 30 Nov 09:15 with Dr Lin, Room 1"
        assert coming(house, visit) == ["Mon 30 Nov 09:15"]
        await me.press("u")
        assert coming(house, visit) == []
        assert house.now(visit).status is Status.CHECKED_OUT


async def test_without_a_plan_the_next_visit_is_offered_as_they_came_and_esc_declines(house: House) -> None:
    visit = needles_out(house, plan=False)
    async with house.open(keys.ROOMS, (80, 24)) as me:
        await me.press("space")
        assert me.sees("no plan; Follow-up, weekly, Mon 30 Nov 09:15")
        assert me.sees("Esc none now")
        await me.press("escape")
        assert me.message() == "Garcia, Maria: checked out"
        assert coming(house, visit) == []
        await me.press("u", "space", "u")
        assert house.now(visit).status is Status.NEEDLES_OUT, "u takes the check-out back from the question too"
        await me.press("space", "2", "enter")
        assert coming(house, visit) == ["Mon 30 Nov 09:10"]


async def test_a_digit_chooses_another_place(house: House) -> None:
    visit = needles_out(house)
    async with house.open(keys.ROOMS) as me:
        await me.press("space", "2", "enter")
        assert coming(house, visit) == ["Mon 30 Nov 09:10"]


async def test_the_patient_is_out_whatever_is_answered(house: House) -> None:
    visit = needles_out(house)
    async with house.open(keys.ROOMS) as me:
        await me.press("space", "escape")
        assert house.now(visit).status is Status.CHECKED_OUT
        assert me.message() == "Garcia, Maria: checked out · plan 1 of 4"
        await me.press("u")
        assert house.now(visit).status is Status.NEEDLES_OUT


async def test_the_patient_is_out_where_nothing_can_be_read_of_the_plan(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = needles_out(house)

    def lost(*_: object, **__: object) -> object:
        raise Unavailable("the disk is gone")

    monkeypatch.setattr("frontdesk.desk.next_visits.NextVisits.after", lost)
    async with house.open(keys.ROOMS) as me:
        await me.press("space")
        assert house.now(visit).status is Status.CHECKED_OUT
        assert me.message() == "Garcia, Maria: checked out"
        assert not me.app.screen.is_modal


async def test_that_another_one_is_offered_says_why(house: House) -> None:
    needles_out(house)
    day = "2026-11-30"
    house.desks[0].blocks.add(BlockRequest(local("08:00", day), local("19:00", day), ("Dr Lin",), title="Course"))
    async with house.open(keys.ROOMS, (80, 24)) as me:
        await me.press("space")
        assert me.sees("1 Mon 30 Nov  09:15  Dr Okafor")
        assert me.sees("weekly, Mon 30 Nov 09:15: Dr Lin: time off")


async def test_the_rest_of_the_course_in_one_go(house: House) -> None:
    visit = needles_out(house)
    async with house.open(keys.ROOMS) as me:
        await me.press("space", "r")
        assert me.sees("The rest of the course for Garcia, Maria")
        await me.press("enter")
        assert coming(house, visit) == ["Mon 30 Nov 09:15", "Mon 07 Dec 09:15", "Mon 14 Dec 09:15"]
        await me.press("u")
        assert coming(house, visit) == []


@SIZES
async def test_the_rest_takes_other_places_by_itself_and_leaves_out_what_has_none(
    house: House, size: tuple[int, int]
) -> None:
    visit = needles_out(house, planned=6)
    desk = house.desks[0]
    sold = desk.plans.of(visit.patient.id).current
    assert sold is not None
    desk.plans.change(sold.plan, replace(sold.plan.details, practitioner=visit.practitioner))
    other = house.patient("Lee, Jun")
    house.book(other, "09:20", day="2026-11-30")
    for first, last in (("2026-12-07 08:00", "2026-12-07 19:00"), ("2026-12-11 08:00", "2026-12-17 19:00")):
        desk.blocks.add(BlockRequest(local(first[11:], first[:10]), local(last[11:], last[:10]), ("Dr Lin",)))
    async with house.open(keys.ROOMS, size) as me:
        await me.press("space", "r")
        await me.settle()
        check(me, f"rest-of-course-{size[0]}x{size[1]}")
        await me.press("enter")
        assert coming(house, visit) == ["Mon 30 Nov 09:05", "Tue 08 Dec 09:15", "Mon 21 Dec 09:15", "Mon 28 Dec 09:15"]
        assert me.message().startswith("Garcia, Maria: 4 visits booked (no place 14 Dec), weekly, Mon 30 Nov 09:05")
        await me.press("u")
        assert coming(house, visit) == []


async def test_the_rest_begins_at_the_place_that_was_chosen(house: House) -> None:
    visit = needles_out(house)
    async with house.open(keys.ROOMS) as me:
        await me.press("space", "3", "r", "enter")
        assert coming(house, visit) == ["Mon 30 Nov 10:20", "Mon 07 Dec 10:20", "Mon 14 Dec 10:20"]


@pytest.mark.parametrize("key", ["r", "w"])
async def test_a_step_back_from_the_rest_or_the_form_is_to_the_places(house: House, key: str) -> None:
    visit = needles_out(house)
    async with house.open(keys.ROOMS) as me:
        await me.press("space", key)
        assert not me.sees("next visit, 1 of 4 done")
        await me.press("escape")
        assert me.sees("next visit, 1 of 4 done")
        await me.press("enter")
        assert coming(house, visit) == ["Mon 30 Nov 09:15"]


async def test_not_now_gives_a_reason_by_a_letter_and_is_taken_back(house: House) -> None:
    visit = needles_out(house)
    desk = house.desks[0]
    async with house.open(keys.ROOMS) as me:
        await me.press("space", "n", "a")
        assert me.message() == "Garcia, Maria: not now (away); to be asked again on Mon 30.11.2026"
        (kept,) = desk.recalls.contacts(visit.patient.id)
        assert kept.words == "away"
        await me.press("u")
        assert desk.recalls.contacts(visit.patient.id) == ()


async def test_in_other_words_and_back_to_the_places(house: House) -> None:
    visit = needles_out(house)
    async with house.open(keys.ROOMS) as me:
        await me.press("space", "n", "backspace", "n", "o", *"moves to Ghent", "enter")
        assert house.desks[0].recalls.contacts(visit.patient.id)[0].words == "moves to Ghent"


async def test_a_half_typed_reason_outlives_what_others_do(house: House) -> None:
    visit = needles_out(house)
    async with house.open(keys.ROOMS) as me:
        await me.press("space", "n", "o", *"moves ")
        dialog = me.app.screen
        assert isinstance(dialog, NextVisitDialog)
        dialog.recheck()  # as when another terminal booked
        await me.settle()
        await me.press(*"to Ghent", "enter")
        assert house.desks[0].recalls.contacts(visit.patient.id)[0].words == "moves to Ghent"


async def test_a_place_that_somebody_else_took_meanwhile_is_said_and_others_offered(house: House) -> None:
    visit = needles_out(house)
    other = house.patient("Lee, Jun")
    async with house.open(keys.ROOMS) as me:
        await me.press("space")
        house.desk("Bo").booking.book(Request(other.id, "Follow-up", "Dr Lin", local("09:15", "2026-11-30")))
        await me.press("enter")
        if me.app.screen.is_modal:  # else the screen knew before the key came
            assert coming(house, visit) == []
            await me.press("enter")
        assert len(coming(house, visit)) == 1


async def test_what_the_plan_owes_is_not_cut_beside_the_next_visit(house: House) -> None:
    visit = needles_out(house)
    plan = house.desks[0].plans.of(visit.patient.id).current
    assert plan is not None
    house.desks[0].plans.change(plan.plan, replace(plan.plan.details, reassess_at=1))
    house.book(visit.patient, "11:40", day="2026-12-01")
    async with house.open(keys.ROOMS, (80, 24)) as me:
        await me.press("space")
        assert me.sees("Garcia, Maria: checked out · comes Tue 1 Dec 11:40, Dr Lin · re-assess")


@pytest.mark.parametrize("plan", [True, False])
async def test_a_visit_that_is_booked_already_is_said_with_day_time_and_practitioner(house: House, plan: bool) -> None:
    visit = needles_out(house, plan=plan)
    house.book(visit.patient, "11:40", day="2026-12-01")
    async with house.open(keys.ROOMS) as me:
        await me.press("space")
        assert not me.app.screen.is_modal
        far = " · plan 1 of 4" if plan else ""
        assert me.message() == f"Garcia, Maria: checked out · comes Tue 1 Dec 11:40, Dr Lin{far}"


async def test_the_last_visit_of_a_plan_says_so(house: House) -> None:
    needles_out(house, planned=1)
    async with house.open(keys.ROOMS) as me:
        await me.press("space")
        assert me.message() == "Garcia, Maria: checked out · plan 1 of 1: P ends it or plans on"
        assert not me.app.screen.is_modal
