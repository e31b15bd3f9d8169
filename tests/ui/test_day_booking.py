"""Booking from the Day screen, and moving what is booked: by keys, on a real database."""

from __future__ import annotations

from datetime import date

import pytest

from frontdesk.desk.booking import Request
from frontdesk.domain.patient import Flag, FlagKind, PatientDetails
from frontdesk.domain.visit import Status
from tests.engines import on_both
from tests.ui.day_clinic import Clinic, chosen, day, local
from tests.ui.golden import check


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
        await me.press("tab", "tab", "end", "backspace", "backspace", "5", "5")
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


async def test_letters_typed_while_a_visit_is_moved_change_nothing_and_so_do_those_behind_them(clinic: Clinic) -> None:
    visit = clinic.book("Garcia, Maria", "10:00")
    async with clinic.open() as me:
        await me.press("tab", "c")
        before = clinic.now(visit)
        assert me.sees("u undo")
        for words in (" ", "lin 15", "thu 10:20", "x", "X", "r", "n", "a", "o"):
            await me.press("m")
            assert not me.sees("u undo"), "no undo is offered that would not be done"
            await me.type(words)
            assert "Put down what is being moved first: Enter, or Esc." in me.message(), words
            assert clinic.now(visit) == before, words
            await me.until(lambda: me.app.router.is_open, "a rest")
            await me.press("escape")
            assert "stays where it was" in me.message(), words
        await me.press("u")
        assert clinic.now(visit).status is Status.BOOKED


async def test_a_visit_that_another_calls_off_while_it_is_moved_is_put_down_and_said(clinic: Clinic) -> None:
    visit = clinic.book("Garcia, Maria", "10:00")
    async with clinic.open() as me:
        await me.press("tab", "m", "down", "down")
        assert me.sees("Moving Garcia, Maria")
        clinic.other("Ben").visits.cancel(visit.id, "a cold")
        await me.waits_for("Garcia M: cancelled; only a visit that has not begun can be moved.")
        assert not me.sees("Moving Garcia, Maria")
        await me.press("enter")
        assert not me.sees("New booking"), "Enter was typed to put it down"
        assert clinic.now(visit).status is Status.CANCELLED


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


async def test_while_moving_the_key_line_tells_how_to_put_it_down(clinic: Clinic) -> None:
    clinic.book("Garcia, Maria", "10:00")
    async with clinic.open() as me:
        await me.press("tab", "m")
        assert "Enter put it here" in me.row(-1)
        assert "s squeeze it in" in me.row(-1)
        await me.press("escape")
        assert "put it here" not in me.row(-1)
