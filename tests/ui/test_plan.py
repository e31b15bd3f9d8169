"""A treatment plan by P: started as suggested, seen wherever the patient is, changed, paused, ended, taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from frontdesk.desk.booking import Request
from frontdesk.domain.intake import IntakeDetails, Severity
from frontdesk.domain.plan import PlanOutcome
from frontdesk.domain.scores import Scores
from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.dialogs.plan_form import PlanForm
from frontdesk.ui.screens.all import screens
from tests.driver import Driver, at_the_desk
from tests.ui.golden import check
from tests.ui.house import House, local

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")


def garcia(house: House) -> int:
    """With an intake, scores, and a visit at 10:30; gives her number."""
    desk = house.desk()
    maria = house.patient("Garcia, Maria")
    desk.files.add_intake(
        maria.id, IntakeDetails(complaint="both feet numb", severity=Severity.MILD), date(2026, 11, 2)
    )
    for day, points in (("2026-11-09", 7), ("2026-11-16", 5)):
        house.clock.instant = local("10:00", day)
        visit = house.book(maria, "10:30", day=day)
        desk.needles.put_in(visit.id, 8)
        desk.needles.take_out(visit.id, 8)
        desk.visits.checkout(visit.id)
        desk.files.score(maria.id, Scores(pain=points), appointment_id=visit.id)
    house.clock.instant = local("10:00")
    house.book(maria, "10:30")
    return maria.id


async def chosen(me: Driver) -> None:
    """The visit of 10:30 on the day."""
    await me.press("tab")
    assert me.sees("Garcia, Maria")


async def test_two_keys_start_what_is_suggested_and_one_takes_it_back(house: House) -> None:
    number = garcia(house)
    async with house.open(keys.DAY) as me:
        await chosen(me)
        await me.press("P")
        assert me.sees("Suggested: every two weeks, 6 visits (mild, says the intake). You decide.")
        await me.press("enter")
        assert me.message() == "Garcia, Maria: plan started, every two weeks, 6 visits"
        assert me.sees("Plan 0 of 6, every two weeks")
        await me.press("u")
        assert me.message() == "Garcia, Maria: undid the start of the plan"
        assert house.desks[0].plans.of(number).plans == ()


@SIZES
async def test_how_it_looks(house: House, size: tuple[int, int]) -> None:
    number = garcia(house)
    desk = house.desks[0]
    desk.plans.start(number, desk.plans.of(number).usual, date(2026, 11, 2))
    name = f"{size[0]}x{size[1]}"
    async with house.open(keys.DAY, size) as me:
        await chosen(me)
        check(me, f"plan-day-{name}")
        await me.press("P")
        check(me, f"plan-card-{name}")
        await me.press("c")
        check(me, f"plan-form-{name}")
        await me.press("escape", "P", "e")
        check(me, f"plan-end-{name}")


async def test_next_is_what_comes_after_today_wherever_it_is_read(house: House) -> None:
    number = garcia(house)
    desk = house.desks[0]
    desk.plans.start(number, desk.plans.of(number).usual, date(2026, 11, 2))
    visit = next(one for one in desk.days.load().appointments if one.patient.id == number)
    desk.booking.book(Request(number, "Follow-up", "Dr Lin", visit.starts.add(weeks=2)))
    desk.visits.arrive(visit.id)
    async with house.open(keys.DAY) as me:
        await chosen(me)
        assert me.sees("next Mon 7 Dec 10:30")
        await me.press("2", "slash", *"garcia", "enter")
        assert me.sees("Plan 2 of 6, every two weeks · next Mon 7 Dec 10:30")
        await me.press("F")
        assert me.sees("Plan 2 of 6, every two weeks · next Mon 7 Dec 10:30")
        await me.press("1", "g", *"7 dec", "enter", "tab")
        assert me.sees("after this: not booked")


async def test_it_is_changed_paused_resumed_and_ended_by_letters(house: House) -> None:
    number = garcia(house)
    desk = house.desks[0]
    desk.plans.start(number, desk.plans.of(number).usual, date(2026, 11, 2))
    async with house.open(keys.PATIENTS) as me:
        await me.press("slash", *"garcia", "enter")
        assert me.sees("today 10:30, next: not booked"), "as the day says of the visit"
        await me.press("P", "enter", "tab", "w", "enter")
        assert me.message() == "Garcia, Maria: plan changed, weekly, 6 visits"
        await me.press("P", "p", *"+3w", "enter")
        assert me.message() == "Garcia, Maria: plan paused until 14.12.2026"
        await me.press("P", "p")
        assert me.sees("It is paused: r lets it run again.")
        await me.press("r")
        assert me.message() == "Garcia, Maria: plan runs again"
        await me.press("P", "e", "tab", *"sleeps again", "shift+tab", "b")
        assert me.message() == "Garcia, Maria: plan ended, better"
        ended = desk.plans.of(number).plans[0].plan
        assert (ended.outcome, ended.outcome_note) == (PlanOutcome.BETTER, "sleeps again")
        await me.press("F", "P")
        assert me.sees("The one before: 2 of 6, ended 23.11.2026: better (sleeps again)")


async def test_what_somebody_else_decided_meanwhile_is_not_lost(house: House) -> None:
    number = garcia(house)
    desk = house.desks[0]
    plan = desk.plans.start(number, desk.plans.of(number).usual).plan
    assert plan is not None
    async with house.open(keys.PATIENTS) as me:
        await me.press("slash", *"garcia", "enter", "enter", "P", "c")
        form = me.app.screen
        assert isinstance(form, PlanForm)
        await me.press("tab", "m")
        house.desk("Bo").plans.end(plan, PlanOutcome.SAME)
        await me.press("enter")
        assert me.sees("ended meanwhile: Enter starts yours as a new one")
        await me.press("enter")
        assert desk.plans.of(number).plans[0].plan.details.cadence.words == "monthly"


async def test_nothing_of_a_plan_is_seen_in_privacy_mode(house: House) -> None:
    number = garcia(house)
    desk = house.desks[0]
    desk.plans.start(number, desk.plans.of(number).usual, date(2026, 11, 2))
    async with house.open(keys.DAY) as me:
        await me.press("ctrl+t")
        for screen in ("1", "2", "3"):
            await me.press(screen)
            assert not me.sees("of 6")
        await me.press("1", "tab", "P")
        assert me.sees("the file is hidden")
        assert not me.sees("of 6")
        await me.press("c")
        assert not me.sees("both feet numb")


async def test_a_plan_that_is_half_decided_outlives_the_program(house: House, tmp_path: Path) -> None:
    number = garcia(house)
    folder = tmp_path / "state"

    def app() -> FrontdeskApp:
        return FrontdeskApp(house.opener(), screens(), keys.DAY, drafts=folder)

    async with at_the_desk(app()) as me:
        await me.press("tab", "P", "tab", "m", "tab", "backspace", "5")
        form = me.app.screen
        assert isinstance(form, PlanForm)
        form.keep_draft()
    async with at_the_desk(app()) as me:
        await me.waits_for("Not saved when the program ended")
        await me.press("enter")
        assert me.sees("monthly")
        await me.press("enter")
        (far,) = house.desks[0].plans.of(number).plans
        assert (far.plan.details.cadence.words, far.plan.details.planned) == ("monthly", 5)
