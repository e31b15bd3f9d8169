"""Moving by offers, and longer and shorter, by keys on the Day screen."""

from __future__ import annotations

import pytest

from frontdesk.desk.booking import Request
from frontdesk.domain.patient import PatientDetails
from frontdesk.domain.visit import Status
from tests.ui.day_clinic import Clinic, chosen, day, local
from tests.ui.golden import check


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
