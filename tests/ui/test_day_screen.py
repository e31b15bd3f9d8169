"""The Day screen as a receptionist uses it: a real desk on a real database, keys in, screen out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date

import pendulum
import pytest
from pendulum import DateTime

from frontdesk.clock import ManualClock
from frontdesk.desk.booking import Request
from frontdesk.desk.context import Context
from frontdesk.desk.open import Desk, desk_on
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.domain.patient import Flag, FlagKind, PatientDetails
from frontdesk.domain.visit import Status
from frontdesk.store.engine import Store
from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.layout.day_entries import View
from frontdesk.ui.screens.day import LEFT_ALONE_S, DayScreen
from tests.driver import Driver, at_the_desk
from tests.engines import on_both
from tests.ui.day_shop import busy_day
from tests.ui.golden import check
from tests.ui.shop import FakeDesk, opener

ZONE = "America/Toronto"
CLINIC = {
    "clinic": {"name": "Elm Street Clinic", "timezone": ZONE, "phone_region": "CA", "slot_minutes": 5},
    "hours": {day: ["09:00-13:00", "14:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")},
    "rooms": [{"name": "Room 1"}, {"name": "Room 2"}, {"name": "Room 3"}],
    "practitioners": [{"name": "Dr Lin"}, {"name": "Dr Okafor"}],
    "services": [
        {"name": "Follow-up", "consultation": 10, "insertion": 5, "retention": [20, 30], "removal": 5, "turnover": 5},
        {"name": "Initial", "consultation": 20, "insertion": 5, "retention": [20, 30], "removal": 5, "turnover": 5},
    ],
    "closures": [{"from": "2026-12-24", "until": "2026-12-26", "reason": "Holidays"}],
}


def local(clock: str, day: str = "2026-11-23") -> DateTime:
    """The instant of a local time."""
    moment = pendulum.parse(f"{day} {clock}", tz=ZONE)
    assert isinstance(moment, DateTime)
    return moment.in_timezone("UTC")


@dataclass
class Clinic:
    """A clinic's database with Ana's desk on it, and whoever else opens it."""

    desk: Desk
    clock: ManualClock
    where: str

    def other(self, who: str) -> Desk:
        """Another terminal on the same database."""
        return desk_on(Context(Store.open(self.where, now=self.clock.now()), self.clock, who))

    def book(
        self,
        name: str,
        clock: str,
        practitioner: str = "Dr Lin",
        *,
        day: str = "2026-11-23",
        flags: tuple[Flag, ...] = (),
    ) -> Appointment:
        """Puts somebody on file and books a follow-up."""
        family, _, given = name.partition(", ")
        who = self.desk.patients.add(PatientDetails(given=given, family=family, flags=flags))
        return self.desk.booking.book(Request(who.id, "Follow-up", practitioner, local(clock, day))).appointment

    def now(self, visit: Appointment) -> Appointment:
        """The visit as it is in the database."""
        return self.desk.visits.get(visit.id)

    @asynccontextmanager
    async def open(self, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Driver]:
        """Ana sits down."""
        app = FrontdeskApp(lambda: self.desk, {keys.DAY: DayScreen})
        async with at_the_desk(app, size) as me:
            yield me


@pytest.fixture
def clinic(where: str) -> Iterator[Clinic]:
    """Monday, 09:50."""
    clock = ManualClock(local("09:50"))
    desk = desk_on(Context(Store.open(where, now=clock.now()), clock, "Ana"))
    desk.clinic.setup(desk.clinic.read_answers(CLINIC))
    yield Clinic(desk, clock, where)
    desk.close()


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


def day(me: Driver) -> DayScreen:
    """The Day screen, beneath any dialog."""
    screen = me.app.screen_stack[0]
    assert isinstance(screen, DayScreen)
    return screen


def chosen(me: Driver) -> str:
    """Who the cursor is on."""
    visit = day(me).sight.visit
    return visit.patient.name if visit else ""


# The steps


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


# Booking


@on_both
async def test_booking_at_the_cursor_takes_a_name_and_two_enters(clinic: Clinic) -> None:
    who = clinic.desk.patients.add(PatientDetails(given="Maria", family="Garcia", flags=(Flag(FlagKind.PACEMAKER),)))
    async with clinic.open() as me:
        await me.press("right", "down", "down", "n")
        await me.type("mar gar")
        assert me.sees("Garcia, Maria")
        await me.press("enter")
        assert me.sees("fits, Room 1")
        assert me.sees("⚠ pacemaker: no e-stim")
        await me.press("enter")
        sheet = clinic.desk.days.load()
        (visit,) = sheet.appointments
        assert visit.patient.id == who.id
        assert visit.practitioner.name == "Dr Okafor"
        assert visit.starts == local("10:10")
        assert chosen(me) == "Garcia, Maria"
        assert "booked" in me.message()
        await me.press("u")
        assert "undid the booking" in me.message()


async def test_a_clash_is_said_with_the_nearest_place_which_one_key_takes(clinic: Clinic) -> None:
    clinic.book("Lee, Jun", "10:00")
    clinic.desk.patients.add(PatientDetails(given="Maria", family="Garcia"))
    async with clinic.open() as me:
        await me.press("tab", "n")
        await me.type("garcia")
        await me.press("enter")
        assert me.sees("Dr Lin is with Lee, Jun")
        assert me.sees("free: ")
        await me.press("down")
        assert me.sees("fits, Room")
        await me.press("enter")
        assert len(clinic.desk.days.load().appointments) == 2


async def test_a_person_may_squeeze_in_on_purpose(clinic: Clinic) -> None:
    clinic.book("Lee, Jun", "10:00")
    clinic.desk.patients.add(PatientDetails(given="Maria", family="Garcia"))
    async with clinic.open() as me:
        await me.press("tab", "n")
        await me.type("garcia")
        await me.press("enter", "enter")
        assert len(clinic.desk.days.load().appointments) == 1, "Enter alone never squeezes"
        assert me.sees("s squeezes it in")
        await me.press("s")
        assert [one.squeezed for one in clinic.desk.days.load().appointments].count(True) == 1


async def test_enter_before_anybody_is_chosen_books_nobody(clinic: Clinic) -> None:
    async with clinic.open() as me:
        await me.press("n", "enter", "enter")
        assert me.sees("Nobody is chosen")
        await me.type("zzz")
        await me.press("enter")
        assert not clinic.desk.days.load().appointments


async def test_a_half_typed_booking_outlives_what_others_do(clinic: Clinic) -> None:
    clinic.desk.patients.add(PatientDetails(given="Maria", family="Garcia"))
    async with clinic.open() as me:
        await me.press("n")
        await me.type("garcia")
        await me.press("enter")
        assert me.sees("fits, Room 1")
        ben = clinic.other("Ben")
        other = ben.patients.add(PatientDetails(given="Jun", family="Lee"))
        ben.booking.book(Request(other.id, "Follow-up", "Dr Lin", local("09:50")))
        await me.waits_for("Dr Lin is with Lee, Jun")
        await me.press("tab", "tab", "backspace", "backspace", "5", "5")
        assert me.sees("Mon 23 Nov 09:55"), "the cursor is still where the typing was"
        assert me.sees("Garcia, Maria")


async def test_esc_leaves_a_changed_form_only_when_pressed_twice(clinic: Clinic) -> None:
    async with clinic.open() as me:
        await me.press("n")
        await me.type("gar")
        await me.press("escape")
        assert me.sees("Esc again")
        await me.press("escape")
        assert not me.sees("New booking")


# Moving


@on_both
async def test_a_visit_is_picked_up_and_put_down(clinic: Clinic) -> None:
    visit = clinic.book("Garcia, Maria", "10:00")
    async with clinic.open() as me:
        await me.press("tab", "m")
        assert me.sees("Moving Garcia, Maria")
        await me.press("right", "down", "down", "down")
        assert me.sees("fits")
        await me.press("enter")
        moved = clinic.now(visit)
        assert moved.practitioner.name == "Dr Okafor"
        assert moved.starts > visit.starts
        assert chosen(me) == "Garcia, Maria"
        await me.press("u")
        assert clinic.now(visit).starts == visit.starts


async def test_escape_leaves_what_was_picked_up_where_it_was(clinic: Clinic) -> None:
    visit = clinic.book("Garcia, Maria", "10:00")
    async with clinic.open() as me:
        await me.press("tab", "m", "down", "down", "escape", "enter")
        assert clinic.now(visit).starts == visit.starts
        assert me.sees("go to that day"), "Enter opened the card of who is chosen again"


async def test_a_new_time_can_be_typed_and_the_selection_follows_to_that_day(clinic: Clinic) -> None:
    visit = clinic.book("Garcia, Maria", "10:00")
    async with clinic.open() as me:
        await me.press("tab", "m", "m")
        await me.type("thu 14:20")
        assert me.sees("✓ Thu 26 Nov 14:20 fits")
        await me.press("enter")
        assert clinic.now(visit).starts == local("14:20", "2026-11-26")
        assert day(me).heading() == "Thu 26 Nov, +3 days"
        assert chosen(me) == "Garcia, Maria"


async def test_a_place_that_is_taken_is_refused_with_the_nearest(clinic: Clinic) -> None:
    clinic.book("Lee, Jun", "11:00")
    visit = clinic.book("Garcia, Maria", "10:00")
    async with clinic.open() as me:
        await me.press("tab", "m", "m")
        await me.type("11:05")
        assert me.sees("✗ Mon 23 Nov 11:05: Dr Lin is with Lee, Jun")
        await me.press("enter")
        assert clinic.now(visit).starts == visit.starts
        assert "Dr Lin is with Lee, Jun" in me.message()
        assert "--squeeze" not in me.message()


# Days and views


@pytest.mark.parametrize(
    ("typed", "heading"),
    [
        ("tomorrow", "Tue 24 Nov, tomorrow"),
        ("thu", "Thu 26 Nov, +3 days"),
        ("24 dec", "Thu 24 Dec, +31 days"),
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


# Other terminals, and time


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


# What it looks like


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


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_golden_booking(clinic: Clinic, size: tuple[int, int]) -> None:
    clinic.book("Lee, Jun", "10:00")
    clinic.desk.patients.add(
        PatientDetails(
            given="Maria", family="Garcia", birth_date=date(1961, 3, 14), phones=("416 555 0134",),
            flags=(Flag(FlagKind.REDUCED_SENSATION),),
        )
    )  # fmt: skip
    async with clinic.open(size) as me:
        await me.press("n")
        await me.type("garcia")
        await me.press("enter", "2")
        check(me, f"day-book-{size[0]}x{size[1]}")


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


async def test_while_moving_the_key_line_tells_how_to_put_it_down(clinic: Clinic) -> None:
    clinic.book("Garcia, Maria", "10:00")
    async with clinic.open() as me:
        await me.press("tab", "m")
        assert "Enter put it here" in me.row(-1)
        assert "s squeeze it in" in me.row(-1)
        await me.press("escape")
        assert "put it here" not in me.row(-1)
