"""The Day screen as a receptionist uses it: a real desk on a real database, keys in, screen out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest
from msgspec.structs import replace

from frontdesk.desk.booking import Request
from frontdesk.domain.errors import Refused
from frontdesk.domain.patient import Flag, FlagKind, PatientDetails
from frontdesk.domain.visit import Status
from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.layout.day_entries import View
from frontdesk.ui.screens.day import LEFT_ALONE_S, DayScreen
from tests.driver import at_the_desk
from tests.engines import on_both
from tests.ui.day_clinic import Clinic, chosen, day, local
from tests.ui.day_shop import busy_day
from tests.ui.golden import check
from tests.ui.shop import FakeDesk, opener


@dataclass
class Shown(FakeDesk):
    """The hand-made day, without a database; who is taken to which room is written down and refused."""

    taken: list[tuple[int, str | None]] = field(default_factory=list)

    @property
    def visits(self) -> Shown:
        return self

    def room(self, appointment_id: int, room: str | None = None) -> None:
        self.taken.append((appointment_id, room))
        raise Refused("written down")


async def test_space_on_another_day_asks_whether_they_are_really_here(clinic: Clinic) -> None:
    tomorrow = clinic.book("Garcia, Maria", "10:00", day="2026-11-24")
    async with clinic.open() as me:
        await me.press("g")
        await me.type("tomorrow")
        await me.press("enter", "tab", "space")
        assert me.sees("Garcia, Maria is booked for Tue 24 Nov, not for today.")
        await me.press("enter", "n")
        assert clinic.now(tomorrow).status is Status.BOOKED
        await me.press("space", "y")
        assert me.message() == "Garcia, Maria: arrived 09:50"


@on_both
async def test_space_takes_a_visit_through_the_morning(clinic: Clinic) -> None:
    visit = clinic.book("Garcia, Maria", "10:00")
    async with clinic.open() as me:
        await me.press("tab")
        assert chosen(me) == "Garcia, Maria"
        await me.press("space")
        assert clinic.now(visit).status is Status.ARRIVED
        assert me.message() == "Garcia, Maria: arrived 09:50"
        await me.press("space", "space")
        assert clinic.now(visit).status is Status.WITH_PRACTITIONER
        await me.press("space")
        await me.type("12")
        await me.press("enter")
        assert me.sees("faint risk: first visit")
        await me.press("enter")
        assert clinic.now(visit).needles_are_in
        assert me.sees("12 needles in at 09:50")
        await me.press("space")
        await me.type("12")
        await me.press("enter", "space")
        assert clinic.now(visit).status is Status.CHECKED_OUT


async def test_steps_typed_ahead_act_on_who_was_on_the_screen(clinic: Clinic) -> None:
    first = clinic.book("Garcia, Maria", "10:00")
    second = clinic.book("Lee, Jun", "10:20")
    async with clinic.open() as me:
        await me.press("tab", "space", "tab", "space", "space")
        assert clinic.now(first).status is Status.ARRIVED
        assert clinic.now(second).status is Status.ROOMED


async def test_a_step_can_be_undone_and_says_what_it_undid(clinic: Clinic) -> None:
    visit = clinic.book("Garcia, Maria", "10:00")
    async with clinic.open() as me:
        await me.press("tab", "space", "u")
        assert clinic.now(visit).status is Status.BOOKED
        assert "undid the arrival" in me.message()


async def test_a_key_that_is_refused_leaves_a_mistaken_arrival_to_be_undone(clinic: Clinic) -> None:
    visit = clinic.book("Garcia, Maria", "10:00")
    async with clinic.open() as me:
        await me.press("tab", "space", "m", "x", "X")
        assert "can't follow that" in me.message()
        await me.press("u")
        assert clinic.now(visit).status is Status.BOOKED


@on_both
async def test_undo_here_does_not_take_back_what_another_terminal_did_since(clinic: Clinic) -> None:
    visit = clinic.book("Garcia, Maria", "10:00")
    async with clinic.open() as me:
        await me.press("tab", "space")
        clinic.other("Ben").visits.room(visit.id)
        await me.press("u")
        assert clinic.now(visit).status is Status.ROOMED
        assert "taken to Room 1 by Ben" in me.message()


async def test_without_a_planned_room_only_empty_ones_are_offered() -> None:
    shown = Shown(sheet=busy_day())
    arrived = [replace(one, status=Status.ARRIVED) if one.id == 14 else one for one in shown.sheet.appointments]
    shown.sheet = replace(shown.sheet, appointments=tuple(arrived))
    async with at_the_desk(FrontdeskApp(opener(shown), {keys.DAY: DayScreen})) as me:
        day(me).sight.select(("visit", 14))
        await me.press("space")
        assert me.sees("Which room for Kim S")
        assert me.sees("Room 4")
        assert not me.sees("Room 1"), "Garcia is in it"
        await me.press("down", "enter")
        assert shown.taken == [(14, "Community 2")]


async def test_nothing_to_act_on_is_said(clinic: Clinic) -> None:
    async with clinic.open() as me:
        await me.press("space")
        assert "Choose an appointment first" in me.message()


async def test_confirm_no_show_and_cancel(clinic: Clinic) -> None:
    visits = [clinic.book(name, clock) for name, clock in (("A, A", "10:00"), ("B, B", "10:20"), ("C, C", "10:45"))]
    async with clinic.open() as me:
        await me.press("tab", "c")
        assert clinic.now(visits[0]).status is Status.CONFIRMED
        await me.press("tab", "X")
        assert me.sees("B, B is not late: the visit is at 10:20.")
        await me.press("enter", "n")
        assert clinic.now(visits[1]).status is Status.BOOKED, "whose time has not come is asked about"
        await me.press("X", "y")
        assert clinic.now(visits[1]).status is Status.NO_SHOW
        await me.press("tab")
        assert chosen(me) == "C, C"
        await me.press("x", "p", "o")
        await me.type("has a cold")
        await me.press("enter")
        assert clinic.now(visits[2]).status is Status.CANCELLED
        assert clinic.now(visits[2]).facts.reason == "has a cold"
        await me.press("u")
        assert clinic.now(visits[2]).status is Status.BOOKED


@pytest.mark.parametrize(
    ("typed", "heading"),
    [
        ("tomorrow", "Tue 24 Nov, tomorrow"),
        ("thu", "Thu 26 Nov, +3 days"),
        ("24 dec", "Thu 24 Dec, +31 days"),
        ("next week", "Mon 30 Nov, +7 days"),
    ],
)
async def test_any_day_is_one_line_away_and_t_comes_back(clinic: Clinic, typed: str, heading: str) -> None:
    async with clinic.open() as me:
        await me.press("g")
        await me.type(typed)
        assert me.sees(heading), "what was understood is shown before Enter"
        await me.press("enter")
        assert day(me).heading() == heading
        await me.press("t")
        assert day(me).heading() == "Mon 23 Nov 2026"


async def test_what_is_no_day_is_told_in_one_place(clinic: Clinic) -> None:
    async with clinic.open() as me:
        await me.press("g")
        await me.type("32 foo")
        assert me.sees("…")
        await me.press("enter")
        assert me.sees('"32 foo" is no day; say tomorrow, tue, next week')
        assert not me.sees("│ …")


async def test_a_closed_day_says_why(clinic: Clinic) -> None:
    async with clinic.open() as me:
        await me.press("g")
        await me.type("24 dec")
        await me.press("enter")
        assert me.sees("Closed: Holidays")


async def test_brackets_go_day_by_day(clinic: Clinic) -> None:
    async with clinic.open() as me:
        await me.press("right_square_bracket", "right_square_bracket", "left_square_bracket")
        assert day(me).heading() == "Tue 24 Nov, tomorrow"


async def test_days_turned_faster_than_they_load_end_on_the_last_one(clinic: Clinic) -> None:
    async with clinic.open() as me:
        await me.press(*["right_square_bracket"] * 5)
        assert day(me).heading() == "Sat 28 Nov, +5 days"


async def test_v_turns_the_view(clinic: Clinic) -> None:
    clinic.book("Garcia, Maria", "10:00")
    async with clinic.open() as me:
        await me.press("tab")
        seen = []
        for _ in range(3):
            await me.press("v")
            seen.append((day(me).sight.view, chosen(me)))
        assert seen == [(view, "Garcia, Maria") for view in (View.ROOMS, View.LIST, View.PRACTITIONERS)]


async def test_a_narrow_window_begins_with_the_list(clinic: Clinic) -> None:
    clinic.book("Garcia, Maria", "10:00")
    async with clinic.open((80, 24)) as me:
        assert day(me).sight.view is View.LIST
        assert me.sees("10:00 Garcia, Maria")
        await me.press("m")
        assert me.sees("Move Garcia, Maria to"), "in the list a move is typed at once"


async def test_enter_opens_the_card_with_past_and_coming_visits(clinic: Clinic) -> None:
    visit = clinic.book("Garcia, Maria", "10:00")
    coming = Request(visit.patient.id, "Initial", "Dr Okafor", local("11:00", "2026-11-25"))
    clinic.desk.booking.book(coming)
    async with clinic.open() as me:
        await me.press("tab", "enter")
        assert me.sees("Wed 25 Nov 2026 11:00")
        await me.press("down", "enter")
        assert day(me).heading() == "Wed 25 Nov, +2 days"
        assert chosen(me) == "Garcia, Maria"


async def test_the_card_warns_of_the_flags_that_hold_and_of_no_others(clinic: Clinic) -> None:
    over = Flag(FlagKind.PREGNANCY, since=date(2026, 1, 5), until=date(2026, 11, 1))
    clinic.book("Garcia, Maria", "10:00", flags=(over, Flag(FlagKind.PACEMAKER)))
    async with clinic.open() as me:
        await me.press("tab", "enter")
        assert me.sees("⚠ pacemaker: no e-stim")
        assert not me.sees("⚠ pregnancy")


@on_both
async def test_another_terminals_change_is_on_the_screen_and_the_cursor_stays(clinic: Clinic) -> None:
    clinic.book("Garcia, Maria", "10:00")
    async with clinic.open() as me:
        await me.press("tab")
        ben = clinic.other("Ben")
        other = ben.patients.add(PatientDetails(given="Jun", family="Lee"))
        booked = ben.booking.book(Request(other.id, "Follow-up", "Dr Okafor", local("09:55"))).appointment
        await me.waits_for("Lee J")
        assert chosen(me) == "Garcia, Maria"
        ben.visits.arrive(booked.id)
        await me.waits_for("waiting")
        assert chosen(me) == "Garcia, Maria"


async def test_left_alone_today_puts_now_back_in_sight(clinic: Clinic) -> None:
    async with clinic.open((120, 24)) as me:
        await me.press("end")
        assert not me.sees("►09:50")
        clinic.clock.move(seconds=LEFT_ALONE_S + 1)
        day(me).tick(clinic.clock.now())
        await me.settle()
        assert me.sees("►09:52")


async def test_now_moves_with_the_clock(clinic: Clinic) -> None:
    async with clinic.open() as me:
        assert me.sees("►09:50")
        clinic.clock.move(minutes=7)
        day(me).tick(clinic.clock.now())
        await me.settle()
        assert me.sees("►09:57")
        assert not me.sees("►09:50")


async def test_the_day_after_midnight_is_today(clinic: Clinic) -> None:
    async with clinic.open() as me:
        clinic.clock.move(minutes=15 * 60)
        me.app._tick()
        await me.until(lambda: day(me).heading() == "Tue 24 Nov 2026", "the new day")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
@pytest.mark.parametrize("turns", [0, 1, 2])
async def test_golden(size: tuple[int, int], turns: int) -> None:
    app = FrontdeskApp(opener(Shown(sheet=busy_day())), {keys.DAY: DayScreen})
    async with at_the_desk(app, size) as me:
        day(me).sight.select(("visit", 4))
        await me.press(*["v"] * turns, "escape")
        day(me).show_all()
        await me.settle()
        check(me, f"day-{day(me).sight.view.value}-{size[0]}x{size[1]}")


async def test_the_key_line_names_what_would_be_done_where_the_cursor_is(clinic: Clinic) -> None:
    clinic.book("Garcia, Maria", "10:00")
    async with clinic.open() as me:
        await me.press("tab")
        assert "Space has arrived" in me.row(-1)
        assert "m move" in me.row(-1)
        await me.press("space")
        assert "Space take to the room" in me.row(-1)
        assert "m move" not in me.row(-1)
        await me.press("end")
        assert "Space" not in me.row(-1)
        assert "n new booking" in me.row(-1)
