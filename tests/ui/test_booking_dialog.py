"""The booking form: the places a service fits, offered by digit, seen in the day, booked with few keys."""

from __future__ import annotations

from datetime import date

import pytest

from frontdesk.desk.booking import Request
from frontdesk.desk.offering import Wanted
from frontdesk.domain.patient import PatientDetails
from frontdesk.ui.dialogs.book import Book
from frontdesk.ui.dialogs.for_patient import ForPatient
from tests.driver import Driver
from tests.engines import on_both
from tests.ui.day_clinic import Clinic, day, local


def garcia(clinic: Clinic) -> int:
    return clinic.desk.patients.add(PatientDetails(given="Maria", family="Garcia")).id


async def choosing(me: Driver) -> Book:
    """The form, Garcia taken: what is offered stands on it."""
    await me.press("n")
    await me.type("garcia")
    await me.press("enter")
    screen = me.app.screen
    assert isinstance(screen, Book)
    return screen


async def test_a_known_patient_has_the_next_free_place_three_keys_after_the_name(clinic: Clinic) -> None:
    who = garcia(clinic)
    clinic.book("Lee, Jun", "09:50")
    (first, *_) = clinic.desk.offering.places(Wanted("Follow-up", "Dr Lin", date(2026, 11, 23), who)).places
    async with clinic.open() as me:
        await me.press("tab", "n")
        await me.type("garcia")
        await me.press("enter", "1", "enter")
        booked = [one for one in clinic.desk.days.load().appointments if one.patient.id == who]
        assert [(one.starts, one.practitioner.name, one.room) for one in booked] == [
            (first.starts, "Dr Lin", first.room)
        ]


async def test_the_place_under_the_cursor_is_booked_by_enter_alone(clinic: Clinic) -> None:
    garcia(clinic)
    async with clinic.open() as me:
        await me.press("down", "down")
        await choosing(me)
        assert me.sees("✓ Mon 23 Nov 10:10 fits")
        await me.press("enter")
        assert [one.starts for one in clinic.desk.days.load().appointments] == [local("10:10")]


async def test_whoever_comes_that_day_already_is_remarked_on_and_booked_all_the_same(clinic: Clinic) -> None:
    clinic.book("Garcia, Maria", "14:00")
    async with clinic.open() as me:
        await choosing(me)
        assert me.sees("fits")
        assert me.sees("! Garcia M has 14:00 with Dr Lin today")
        await me.press("enter")
        assert len(clinic.desk.days.load().appointments) == 2
        await me.press("N")
        await me.type("garcia follow-up lin today 16:00")
        assert me.sees("! Garcia M has")


async def test_a_closed_day_says_so_before_anything_is_booked(clinic: Clinic) -> None:
    garcia(clinic)
    async with clinic.open() as me:
        await me.press("g")
        await me.type("29 nov")
        await me.press("enter")
        await choosing(me)
        assert me.sees("The clinic is closed that")


async def test_the_form_begins_where_something_is_possible_before_the_clinic_opens(clinic: Clinic) -> None:
    garcia(clinic)
    clinic.clock.instant = local("08:17")
    async with clinic.open() as me:
        await choosing(me)
        assert me.sees("✓ Mon 23 Nov 09:00 fits")
        await me.press("escape", "escape", "]")
        await choosing(me)
        assert me.sees("✓ Tue 24 Nov 09:00 fits")


async def test_digits_are_typed_where_a_time_is_typed(clinic: Clinic) -> None:
    garcia(clinic)
    async with clinic.open() as me:
        await choosing(me)
        await me.press("tab", "tab", *["backspace"] * 16)
        await me.type("11:15")
        assert me.sees("✓ Mon 23 Nov 11:15 fits")
        await me.press("enter")
        assert [one.starts for one in clinic.desk.days.load().appointments] == [local("11:15")]


async def test_a_day_or_a_week_without_a_time_offers_the_places_from_it_on(clinic: Clinic) -> None:
    garcia(clinic)
    async with clinic.open() as me:
        await choosing(me)
        await me.press("tab", "tab", *["backspace"] * 16)
        await me.type("next week")
        assert me.sees("Mon 30 Nov: at what time?")
        await me.press("down", "enter")
        assert len(clinic.desk.days.load(date(2026, 11, 30)).appointments) == 1


@pytest.mark.parametrize(
    ("typed", "goes_to"),
    [("1115", "23 11:15"), ("wed 11:15", "25 11:15"), ("3pm", "23 15:00"), ("fri 11:15", "27 11:15")],
)
async def test_a_time_typed_in_a_choice_is_seen_where_times_are_typed(clinic: Clinic, typed: str, goes_to: str) -> None:
    garcia(clinic)
    async with clinic.open() as me:
        form = await choosing(me)
        form._service.focus()
        await me.press("left" if form._service.value == "Follow-up" else "tab")
        asked = form._service.value
        await me.type(typed)
        assert (form._when.value, form._service.value) == (typed, asked), "Friday is no Follow-up"
        day_of, clock = goes_to.split()
        await me.press("enter")
        (visit,) = clinic.desk.days.load(date(2026, 11, int(day_of))).appointments
        assert visit.starts == local(clock, f"2026-11-{day_of}")


async def test_a_squeeze_into_a_closed_day_asks_first(clinic: Clinic) -> None:
    garcia(clinic)
    sunday = date(2026, 11, 29)
    async with clinic.open() as me:
        await choosing(me)
        await me.press("tab", "tab", *["backspace"] * 16)
        await me.type("sun 11:00")
        await me.press("shift+tab", "s")
        assert me.sees("The clinic is closed on Sun 29 Nov: s again")
        assert clinic.desk.days.load(sunday).appointments == ()
        await me.press("s")
        (visit,) = clinic.desk.days.load(sunday).appointments
        assert visit.squeezed
        await me.press("m", "down", "s")
        assert me.message().startswith("The clinic is closed on Sun 29 Nov")
        assert clinic.now(visit) == visit
        await me.press("s")
        await me.until(lambda: clinic.now(visit).starts != visit.starts, "the move")


async def test_offers_begin_with_the_day_that_is_typed(clinic: Clinic) -> None:
    garcia(clinic)
    async with clinic.open() as me:
        await choosing(me)
        assert me.sees("1 today")
        await me.press("tab", "tab", *["backspace"] * 16)
        await me.type("thu 10:20")
        assert not me.sees("1 today")
        assert me.sees("1 Thu 26 Nov")
        await me.press("shift+tab", "3", "enter")
        (visit,) = clinic.desk.days.load(date(2026, 11, 26)).appointments
        assert visit.starts > local("10:20", "2026-11-26")


async def test_the_service_turns_the_offers(clinic: Clinic) -> None:
    garcia(clinic)
    async with clinic.open() as me:
        form = await choosing(me)
        before = form._list.offers
        await me.press("right")
        assert form._list.offers != before
        assert {one.ends - one.starts for one in before} != {one.ends - one.starts for one in form._list.offers}


async def test_with_anybody_the_place_says_who(clinic: Clinic) -> None:
    garcia(clinic)
    for clock in ("10:00", "10:15"):
        clinic.book(f"Lee {clock}, Jun", clock)
    async with clinic.open() as me:
        await choosing(me)
        await me.press("tab", "left")
        await me.press("tab", *["backspace"] * 16)
        assert me.sees("anybody")
        await me.type("10:20")
        assert me.sees("fits, Dr Okafor, Room 3")
        await me.press("enter")
        names = [one.practitioner.name for one in clinic.desk.days.load().appointments]
        assert names.count("Dr Okafor") == 1


async def test_whose_retention_would_change_is_told_before_enter(clinic: Clinic) -> None:
    garcia(clinic)
    lee = clinic.book("Lee, Jun", "10:00")
    async with clinic.open() as me:
        form = await choosing(me)
        form._when.value = "10:30"
        await me.settle()
        assert me.sees("✓ Mon 23 Nov 10:30 fits")
        assert me.sees("! Lee J 10:00: retention 30 min, not 25")
        await me.press("enter")
        assert me.sees("Lee, Jun is now planned for 30 min of retention, not 25")
        assert clinic.now(lee).retention_minutes == 30


@on_both
async def test_what_is_offered_follows_what_others_book(clinic: Clinic) -> None:
    garcia(clinic)
    async with clinic.open() as me:
        form = await choosing(me)
        place = form._list.offers[0]
        await me.press("1")
        assert me.sees("fits")
        ben = clinic.other("Ben")
        other = ben.patients.add(PatientDetails(given="Jun", family="Lee"))
        ben.booking.book(Request(other.id, "Follow-up", place.practitioner.name, place.starts))
        await me.waits_for("is with Lee, Jun")
        await me.until(lambda: place.starts not in [one.starts for one in form._list.offers], "other offers")
        await me.press("enter")
        assert me.sees("it does not fit there")
        assert len(clinic.desk.days.load().appointments) == 1


async def test_a_place_taken_in_that_moment_is_refused_without_a_word_of_the_command_line(clinic: Clinic) -> None:
    garcia(clinic)
    async with clinic.open() as me:
        form = await choosing(me)
        place = form._list.offers[0]
        await me.press("1")
        assert me.sees("fits")
        me.app.watching.stop()
        lee = clinic.desk.patients.add(PatientDetails(given="Jun", family="Lee"))
        clinic.desk.booking.book(Request(lee.id, "Follow-up", place.practitioner.name, place.starts, "Room 3"))
        await me.press("enter")
        assert me.sees("is with Lee, Jun")
        assert not me.sees("(or squeeze it in")
        assert len(clinic.desk.days.load().appointments) == 1


async def test_the_day_beside_it_marks_where_it_fits_and_turns_to_the_place(clinic: Clinic) -> None:
    garcia(clinic)
    clinic.book("Lee, Jun", "10:00")
    async with clinic.open() as me:
        form = await choosing(me)
        assert me.sees(" 1 10:15  ")
        later = next(at for at, one in enumerate(form._list.offers, 1) if one.starts > local("00:00", "2026-11-24"))
        await me.press(str(later))
        assert day(me).heading() == "Tue 24 Nov, tomorrow"
        assert me.sees("here")
        await me.press("escape", "escape")
        assert day(me).heading() == "Mon 23 Nov 2026"
        assert not me.sees(" 1 10:15  ")


async def test_a_room_is_never_squeezed(clinic: Clinic) -> None:
    garcia(clinic)
    for number, person in enumerate(("Dr Lin", "Dr Okafor", "Dr Lin")):
        clinic.book(f"Lee{number}, Jun", f"10:{number * 15:02}", person)
    async with clinic.open() as me:
        await choosing(me)
        await me.press("tab", "tab", *["backspace"] * 16)
        await me.type("10:30")
        await me.press("tab", "s")
        assert me.sees("can't be squeezed")
        assert len(clinic.desk.days.load().appointments) == 3


@pytest.mark.parametrize("digit", ["9", "1"])
async def test_a_digit_before_anybody_is_chosen_says_what_is_missing(clinic: Clinic, digit: str) -> None:
    async with clinic.open() as me:
        await me.press("n", "tab", digit)
        assert me.sees("Who is it for?")


async def test_who_was_never_here_is_written_down_on_the_way_to_the_booking(clinic: Clinic) -> None:
    async with clinic.open() as me:
        await me.press("n")
        await me.type("ana de la cruz")
        assert me.sees("+ new patient: family de la Cruz, given Ana")
        await me.press("enter")
        assert me.sees("New patient")
        await me.press("enter")
        await me.press("1", "enter")
        (booked,) = clinic.desk.days.load().appointments
        assert booked.patient.name == "de la Cruz, Ana"


async def test_who_is_written_down_in_a_booking_comes_for_the_clinics_first_service(clinic: Clinic) -> None:
    lee = clinic.desk.patients.add(PatientDetails(given="Jun", family="Lee"))
    clinic.desk.booking.book(Request(lee.id, "Initial", "Dr Okafor", local("15:00")))
    async with clinic.open() as me:
        await me.press("n")
        assert me.sees("‹ Initial ›")
        await me.type("Ana Santos")
        await me.press("enter", "ctrl+y", "enter")
        assert me.sees("‹ Follow-up ›")
        assert me.sees("Ana, Santos")


@pytest.mark.parametrize("key", ["n", "w", "W"])
async def test_where_all_that_are_found_are_guesses_enter_takes_none_of_them(clinic: Clinic, key: str) -> None:
    clinic.desk.patients.add(PatientDetails(given="Maria Magdalena Theresia Aloisia von der Lieth", family="Garcia"))
    async with clinic.open() as me:
        await me.press(key)
        await me.type("gracia")
        assert me.sees("≈ Garcia, Maria")
        await me.press("enter")
        assert me.sees("New patient")
        await me.press("escape", "escape", "down", "enter")
        assert isinstance(me.app.screen, ForPatient)
        assert me.app.screen.patient is not None


async def test_of_whom_is_found_for_sure_no_second_file_is_offered(clinic: Clinic) -> None:
    garcia(clinic)
    async with clinic.open() as me:
        await me.press("n")
        await me.type("gar")
        assert not me.sees("new patient")
        await me.type("x")
        assert me.sees("+ new patient: Garx")
