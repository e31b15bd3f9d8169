"""Cancelling in two keys, putting back, and a course in three: from the keys to the file."""

from __future__ import annotations

import pytest

from frontdesk.desk.series import SeriesRequest
from frontdesk.domain.visit import Status
from frontdesk.ui import keys
from frontdesk.ui.dialogs.cancel import Cancel
from frontdesk.ui.dialogs.series import Repeat
from tests.driver import Driver
from tests.engines import on_both
from tests.ui.golden import check
from tests.ui.house import ANSWERS, House, local

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")


def course_days(house: House, patient_id: int) -> list[str]:
    """When a patient comes, in order."""
    card = house.desks[0].patients.card(patient_id)
    return [one.starts.in_timezone("America/Toronto").format("ddd D MMM HH:mm") for one in card.coming]


async def test_who_and_why_are_two_keys(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "15:00", day="2026-11-23")
    async with house.open(keys.DAY) as me:
        await me.press("tab", "x", "p", "i")
        now = house.now(visit)
        assert (now.status, now.cancelled_by, now.facts.reason) == (Status.CANCELLED, "patient", "ill")
        assert me.message() == "Garcia, Maria: cancelled by the patient (ill), less than 24 h before"
        await me.press("u")
        assert house.now(visit).status is Status.BOOKED


async def test_other_words_and_the_way_back_to_who(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "15:00")
    async with house.open(keys.DAY) as me:
        await me.press("tab", "x", "p", "backspace", "c", "i", "o", *"pipe burst", "enter")
        now = house.now(visit)
        assert (now.cancelled_by, now.facts.reason) == ("clinic", "pipe burst")
        assert not now.cancelled_late


async def test_the_answers_are_also_chosen_by_arrows(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "15:00")
    async with house.open(keys.DAY) as me:
        await me.press("tab", "x", "down", "enter", "down", "enter")
        assert (house.now(visit).cancelled_by, house.now(visit).facts.reason) == ("clinic", "no room")


async def test_esc_cancels_nothing(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "15:00")
    async with house.open(keys.DAY) as me:
        await me.press("tab", "x", "p", "o", *"abc", "escape")
        assert not me.app.screen.is_modal
        assert house.now(visit) == visit


async def test_what_somebody_else_did_meanwhile_is_told(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "15:00")
    async with house.open(keys.DAY) as me:
        await me.press("tab", "x", "p")
        house.desk("Ben").booking.move(visit.id, starts=local("16:00"))
        await me.press("i")
        assert me.message() == "Garcia, Maria was moved to Mon 23 Nov 16:00 by Ben at 10:00; look again"
        assert house.now(visit).status is Status.BOOKED


@SIZES
async def test_the_question_as_it_looks(house: House, size: tuple[int, int]) -> None:
    who = house.patient("Garcia, Maria")
    plan = house.desks[0].series.propose(request_of(who.id))
    house.desks[0].series.book(plan.request, plan.places)
    async with house.open(keys.DAY, size) as me:
        await me.press("tab", "x", "p", "l")
        assert isinstance(me.app.screen, Cancel)
        check(me, f"cancel-{size[0]}x{size[1]}")


def request_of(patient_id: int) -> SeriesRequest:
    """Four follow-ups from this afternoon on."""
    return SeriesRequest(patient_id, "Follow-up", "Dr Lin", local("15:00"), count=4)


async def test_this_one_and_all_later_ones(house: House) -> None:
    who = house.patient("Garcia, Maria")
    plan = house.desks[0].series.propose(request_of(who.id))
    visits = house.desks[0].series.book(plan.request, plan.places).visits
    async with house.open(keys.DAY) as me:
        await me.press("tab", "x")
        assert me.sees("l  cancels the 3 later visits of the course too")
        await me.press("l", "p", "b")
        assert [house.now(one).status for one in visits] == [Status.CANCELLED] * 4
        await me.press("u")
        assert me.message() == "undid the cancelling of 4 visits of Garcia, Maria"
        assert [house.now(one).status for one in visits] == [Status.BOOKED] * 4


async def in_the_list(me: Driver) -> None:
    """The plain list, where what was cancelled stays in sight."""
    await me.press("v", "v", "home")
    assert me.message() == "As a list."


@on_both
async def test_what_was_cancelled_is_put_back_by_a_key(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "15:00")
    async with house.open(keys.DAY) as me:
        await me.press("tab", "x", "c", "m")
        await in_the_list(me)
        assert ("R", "put back") in me.app.screen.key_line()  # type: ignore[attr-defined]
        await me.press("R")
        assert house.now(visit).status is Status.BOOKED
        assert "put back, Mon 23 Nov 15:00" in me.message()
        await me.press("u")
        assert house.now(visit).status is Status.CANCELLED


async def test_where_the_place_is_taken_it_is_told_by_whom_and_what_is_free(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "15:00")
    house.desks[0].visits.cancel(visit.id)
    house.book(house.patient("Lee, Jun"), "15:05")
    async with house.open(keys.DAY) as me:
        await in_the_list(me)
        await me.press("R")
        assert me.message().startswith("Garcia, Maria can't be put back at Mon 23 Nov 15:00: Dr Lin is with Lee, Jun")
        assert "free: Mon 23 Nov" in me.message()
        assert house.now(visit).status is Status.CANCELLED


async def test_where_it_was_cancelled_the_free_place_offers_to_put_it_back(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "15:05")
    async with house.open(keys.DAY, size=(120, 40)) as me:
        await me.press("tab", "x", "p", "i")
        assert house.now(visit).status is Status.CANCELLED
        assert me.sees("R puts Garcia M back")
        assert ("R", "put back") in me.app.screen.key_line()  # type: ignore[attr-defined]
        await me.press("R")
        assert house.now(visit).status is Status.BOOKED
        assert me.sees("Garcia, Maria: put back, Mon 23 Nov 15:05")
        await me.press("x", "p", "i", "up", "R")
        assert me.message() == "Choose an appointment first: Tab goes to the next one."
        assert house.now(visit).status is Status.CANCELLED


async def test_from_the_patients_card_too(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "15:00", day="2026-11-25")
    house.desks[0].visits.cancel(visit.id)
    async with house.open(keys.PATIENTS) as me:
        await me.press("R")
        assert "Choose a visit on the card first" in me.message()
        await me.press("enter", "R")
        assert house.now(visit).status is Status.BOOKED
        await me.press("x", "c", "a")
        assert (house.now(visit).cancelled_by, house.now(visit).facts.reason) == ("clinic", "practitioner away")


async def test_what_stands_can_not_be_put_back(house: House) -> None:
    house.book(house.patient("Garcia, Maria"), "15:00")
    async with house.open(keys.DAY) as me:
        await me.press("tab", "R")
        assert me.message() == "Garcia M: booked; putting it back can't follow that."


@on_both
async def test_a_course_of_eight_is_two_keys(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "15:00")
    async with house.open(keys.DAY) as me:
        await me.press("tab")
        await me.press("r", "enter")
        assert me.message() == (
            "Garcia, Maria: 7 visits booked, weekly, Mon 30 Nov 15:00 to Mon 11 Jan 2027 15:00 with Dr Lin"
        )
        assert len(course_days(house, visit.patient.id)) == 8
        await me.press("u")
        assert me.message() == "undid the series: 7 visits of Garcia, Maria"
        assert len(course_days(house, visit.patient.id)) == 1


async def test_the_number_and_the_rhythm_by_keys(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "15:00")
    async with house.open(keys.DAY) as me:
        await me.press("tab", "r", "4", "minus", "w", "enter")
        assert course_days(house, visit.patient.id) == ["Mon 23 Nov 15:00", "Mon 7 Dec 15:00", "Mon 21 Dec 15:00"]


async def test_two_digits_are_one_number(house: House) -> None:
    house.book(house.patient("Garcia, Maria"), "15:00")
    async with house.open(keys.DAY) as me:
        await me.press("tab", "r", "1", "2")
        assert me.sees("to book of 12")
        await me.press("9")
        assert me.sees("to book of 9")
        await me.press("1")
        assert me.sees("to book of 9")
        await me.press("down", "2", "6", "plus")
        assert me.sees("to book of 26")
        assert me.sees("A course has 2 to 26 visits.")


async def test_a_date_is_given_another_place_or_left_out(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "15:00")
    async with house.open(keys.DAY) as me:
        await me.press("tab", "r", "4", "home", "down", "right", "down", "x", "enter")
        assert course_days(house, visit.patient.id) == ["Mon 23 Nov 15:00", "Mon 30 Nov 14:55", "Mon 14 Dec 15:00"]


async def test_whose_retention_a_date_would_change_is_said_before_it_is_booked(house: House) -> None:
    house.book(house.patient("Garcia, Maria"), "15:00")
    other = house.book(house.patient("Lee, Jun"), "14:20", day="2026-11-30")
    async with house.open(keys.DAY, (80, 24)) as me:
        await me.press("tab", "r")
        assert me.sees("✓ ! Lee J 14:20: retention 20 min, not 25")
        await me.press("right")
        assert not me.sees("Lee J 14:20: retention")
        await me.press("left", "enter")
        assert house.desks[0].visits.get(other.id).retention_minutes == 20


async def test_a_course_with_anybody_keeps_its_time_where_its_own_practitioner_is_taken(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "15:00")
    house.book(house.patient("Lee, Jun"), "15:00", day="2026-11-30")
    async with house.open(keys.DAY) as me:
        await me.press("tab", "r", "3", "a")
        assert me.sees("with anybody, weekly · 2 to book of 3")
        await me.press("enter")
        assert me.message().endswith("15:00 with Dr Okafor, Dr Lin")
        assert course_days(house, visit.patient.id)[1] == "Mon 30 Nov 15:00"


async def test_where_nothing_fits_a_place_must_be_chosen_or_the_date_left_out(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "15:00")
    desk = house.desks[0]
    desk.clinic.setup(desk.clinic.read_answers({**ANSWERS, "hours": {**ANSWERS["hours"], "mon": ["09:00-13:00"]}}))
    async with house.open(keys.DAY) as me:
        await me.press("tab", "r", "3", "enter")
        assert isinstance(me.app.screen, Repeat)
        assert me.sees("This date has no place yet: ← → choose one, or x leaves it out.")
        assert len(course_days(house, visit.patient.id)) == 1
        await me.press("right", "enter")
        assert isinstance(me.app.screen, Repeat), "the third date has none either"
        await me.press("x", "enter")
        assert not me.app.screen.is_modal
        assert len(course_days(house, visit.patient.id)) == 2


async def test_what_is_taken_meanwhile_is_told_and_the_list_is_read_anew(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "15:00")
    async with house.open(keys.DAY) as me:
        await me.press("tab", "r", "3")
        screen = me.app.screen
        assert isinstance(screen, Repeat)
        # Booked past the feed, so that the list has not heard of it when Enter is pressed.
        me.app.watching.stop()
        house.book(house.patient("Lee, Jun"), "15:00", day="2026-11-30")
        await me.press("enter")
        assert me.sees("nothing was booked, 1 of 2 are not free any more")
        assert len(course_days(house, visit.patient.id)) == 1
        await me.press("enter")
        assert course_days(house, visit.patient.id)[1] == "Mon 30 Nov 14:45"


async def test_a_booking_names_the_key_that_repeats_it(house: House) -> None:
    house.patient("Garcia, Maria")
    async with house.open(keys.DAY) as me:
        await me.press("n", *"garcia", "enter", "enter")
        assert me.message().endswith("; r repeats it weekly")
        await me.press("r")
        assert isinstance(me.app.screen, Repeat)


async def test_what_was_cancelled_is_not_repeated(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "15:00")
    house.desks[0].visits.cancel(visit.id)
    async with house.open(keys.DAY) as me:
        await in_the_list(me)
        await me.press("r")
        assert me.message() == "Garcia M: cancelled; put it back (R) before it is repeated."


@SIZES
async def test_the_list_as_it_looks(house: House, size: tuple[int, int]) -> None:
    house.book(house.patient("Garcia [b]María[/b]"), "15:00")
    house.book(house.patient("Lee, Jun"), "15:00", day="2026-11-30")
    desk = house.desks[0]
    closed = [{"from": "2026-12-14", "until": "2026-12-14", "reason": "Repairs"}]
    weeks = {"from": "2026-12-21", "until": "2027-01-01", "reason": "Holidays"}
    desk.clinic.setup(desk.clinic.read_answers({**ANSWERS, "closures": [*closed, weeks]}))
    async with house.open(keys.DAY, size) as me:
        await me.press("tab", "r")
        await me.press("home", "down", "down", "x", "down", "down")
        check(me, f"series-{size[0]}x{size[1]}")


async def test_the_card_over_the_day_puts_back_and_stays_open(house: House) -> None:
    who = house.patient("Garcia, Maria")
    house.book(who, "15:00")
    other = house.book(who, "10:00", day="2026-11-25")
    house.desks[0].visits.cancel(other.id, by="clinic")
    async with house.open(keys.DAY) as me:
        await me.press("tab", "enter", "down")
        assert "R put it back" in me.row(-1)
        await me.press("R")
        assert house.now(other).status is Status.BOOKED
        assert me.sees("Garcia, Maria: put back, Wed 25 Nov 10:00")
        await me.press("R")
        assert me.sees("Garcia, Maria was reinstated by Ana at 10:00 already"), "the mark stays on the visit"
        await me.press("escape", "u")
        assert house.now(other).status is Status.CANCELLED


async def test_a_late_cancelling_is_told_apart_in_the_list_and_on_the_card(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "15:00")
    house.desks[0].visits.cancel(visit.id, "ill", by="patient")
    async with house.open(keys.DAY) as me:
        await in_the_list(me)
        assert me.sees("× cancelled late")
        assert me.sees("by the patient “ill”")
        assert me.sees("R put it back")
