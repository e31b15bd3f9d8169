"""Going off, handing over, closing the day: from the keyboard."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from frontdesk.desk.booking import Request
from frontdesk.domain.plan import PlanDetails
from frontdesk.domain.visit import Status
from frontdesk.ui import keys
from tests.engines import on_both
from tests.ui.golden import check
from tests.ui.house import House, local

DAY = date(2026, 11, 23)


def evening(house: House) -> tuple[int, int, int]:
    """Needles in one patient, one who never came, one who comes tomorrow."""
    resting = house.book(house.patient("Garcia, Maria"), "10:00", room="Room 1")
    never = house.book(house.patient("Sato, Hana"), "11:00")
    tomorrow = house.book(house.patient("Weber, Jonas"), "09:00", day="2026-11-24")
    house.desks[0].needles.put_in(resting.id, 12)
    house.clock.instant = local("18:05")
    return resting.id, never.id, tomorrow.id


@on_both
async def test_the_day_is_closed_by_keys_once_nobody_is_left(house: House) -> None:
    resting, never, _ = evening(house)
    async with house.open(keys.DAY) as me:
        await me.press("C")
        assert me.sees("Close of Mon 23 Nov")
        assert me.sees("needles in")
        assert me.sees("never came")
        assert me.sees("Tuesday 24 November: 1 booked")
        await me.press("c")
        assert "Garcia, Maria in Room 1 (needles in)" in me.message()
        await me.press("o", *"12", "enter")
        assert me.sees("in a room")
        await me.press("space")
        assert house.desks[0].visits.get(resting).status is Status.CHECKED_OUT
        await me.press("escape")  # the next visit, which is offered
        await me.press("c")
        assert me.sees("They never came")
        await me.press("y")
        assert me.message() == "Monday is closed at 18:05 by Ana."
        assert me.sees("■ closed at 18:05 by Ana")
        assert house.desks[0].visits.get(never).status is Status.NO_SHOW
        assert house.desks[0].closing.look(DAY).is_closed
        await me.press("c")
        assert "nothing has changed since" in me.message()
        await me.press("escape")
        assert me.app.current_mode == keys.DAY


async def test_while_the_clinic_is_open_the_close_is_not_called_for_and_asked_about(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "10:00")
    house.desks[0].visits.arrive(visit.id)
    house.desks[0].needles.put_in(visit.id, 12)
    house.desks[0].needles.take_out(visit.id, 12)
    house.desks[0].visits.checkout(visit.id)
    house.clock.instant = local("11:00")
    async with house.open(keys.DAY) as me:
        await me.press("C", "escape")
        assert not me.sees("CLOSE THE DAY")
        await me.press("C", "c")
        assert me.sees("The clinic is open until 18:00.")
        await me.press("n")
        assert not house.desks[0].closing.look(DAY).is_closed
        await me.press("c", "y")
        assert me.message() == "Monday is closed at 11:00 by Ana."


async def test_why_a_full_day_is_not_closed_is_told_whole(house: House) -> None:
    for number, clock in enumerate(("09:00", "10:00", "11:00", "14:00", "15:00", "16:00")):
        house.book(house.patient(f"Wolfeschlegelsteinhausen{number}, Hubert"), clock)
    house.clock.instant = local("13:05")
    async with house.open(keys.CLOSE, (80, 24)) as me:
        await me.press("c")
        assert me.sees("and 2 more; mark them as no-shows (X); still to come:")
        assert "…" not in me.message()


async def test_an_empty_day_says_once_that_nobody_is_left(house: House) -> None:
    async with house.open(keys.CLOSE, (120, 40)) as me:
        assert me.screen().lower().count("nobody is left") == 1
        assert me.screen().count("closes the day") == 1


async def test_each_no_show_is_one_key_and_one_undo(house: House) -> None:
    _, never, _ = evening(house)
    async with house.open(keys.DAY) as me:
        await me.press("C", "down", "X")
        assert house.desks[0].visits.get(never).status is Status.NO_SHOW
        assert not me.sees("never came")
        await me.press("u")
        assert house.desks[0].visits.get(never).status is Status.BOOKED


async def test_leaving_asks_with_the_list_then_reminds_of_the_close_and_then_lets_go(house: House) -> None:
    resting, never, _ = evening(house)
    async with house.open(keys.DAY) as me:
        await me.press("n", "ctrl+q")
        assert me.sees("Needles are in")
        assert me.sees("R1 Garcia M: needles in")
        await me.press("ctrl+q", "enter", "n", "escape")
        assert not me.sees("CLOSE THE DAY")
        house.desks[0].needles.take_out(resting, 12)
        house.desks[0].visits.checkout(resting)
        await me.waits_for("C: CLOSE THE DAY")
        await me.press("q")
        assert me.sees("The day is not closed")
        await me.press("n", "C", "X", "c")
        assert me.message() == "Monday is closed at 18:05 by Ana."
        assert not me.sees("CLOSE THE DAY")
        await me.press("q")
    assert me.app.return_code == 0
    assert house.desks[0].visits.get(never).status is Status.NO_SHOW


def a_full_day(house: House) -> None:
    """The same evening, after a day that has something to tell of every kind."""
    evening(house)
    desk = house.desks[0]
    house.clock.instant = local("09:00")
    service = desk.clinic.get().services[0]
    kept, gone = house.patient("Novak, Petra"), house.patient("حداد, هدى")
    visit, called_off = house.book(kept, "11:15", room="Room 2"), house.book(gone, "14:00")
    for who in (kept, gone):
        desk.plans.start(who.id, PlanDetails(service))
    for hour in ("09", "10", "11", "14", "15", "16"):
        house.book(house.patient(f"Patient{hour}, Ann"), f"{hour}:50", day="2026-11-24")
    desk.visits.cancel(called_off.id, "ill", by="patient")
    house.clock.instant = local("11:20")
    desk.needles.put_in(visit.id, 14)
    house.clock.move(minutes=25)
    desk.needles.take_out(visit.id, 11, kept=2, told=True, missing_reason="fell behind the bed", missing_by="Bo")
    desk.visits.checkout(visit.id)
    desk.recalls.not_now(kept.id, "on holiday")
    house.clock.instant = local("18:05")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_how_it_looks(house: House, size: tuple[int, int]) -> None:
    a_full_day(house)
    async with house.open(keys.DAY, size) as me:
        await me.press("C")
        check(me, f"close-{size[0]}x{size[1]}")


async def test_a_window_of_100_columns_names_the_practitioner_of_who_is_left(house: House) -> None:
    desk = house.desks[0]
    request = Request(house.patient("Novak, Petra").id, "Follow-up", "Dr Okafor", local("11:15"), "Room 2")
    visit = desk.booking.book(request).appointment
    house.clock.instant = local("11:20")
    desk.needles.put_in(visit.id, 14)
    async with house.open(keys.DAY, (100, 30)) as me:
        await me.press("C")
        assert me.sees("R2  Dr Okafor")


async def test_whoever_calls_while_the_day_is_closed_is_found(house: House) -> None:
    a_full_day(house)
    async with house.open(keys.CLOSE) as me:
        await me.press("slash", *"patient16")
        assert me.app.current_mode == keys.PATIENTS
        await me.waits_for("Patient16")


async def test_the_page_is_read_by_arrows_where_it_is_longer_than_the_window(house: House) -> None:
    a_full_day(house)
    async with house.open(keys.DAY, (80, 24)) as me:
        await me.press("C")
        assert me.sees("more: Tab, then")
        assert not me.sees("16:50")
        await me.press("tab", "end")
        assert me.sees("16:50 Patient16 A")
        assert me.sees("more above")
        await me.press("home")
        assert me.sees("Monday 23 November")


async def test_the_page_is_printed_where_somebody_says_and_over_no_other_file(house: House, tmp_path: Path) -> None:
    house.book(house.patient("Garcia, Maria"), "11:00")
    taken = tmp_path / "close.txt"
    taken.write_text("mine", encoding="utf-8")
    async with house.open(keys.CLOSE) as me:
        await me.press("p", "ctrl+u", *str(taken), "enter")
        assert me.sees("exists already; name a file")
        assert not me.app.banner, "a file that is there says nothing of the database"
        await me.press(*["backspace"] * 4, *"-2.txt", "enter")
        assert me.message().startswith(f"{tmp_path / 'close-2.txt'}: names and health data")
        assert "Garcia, Maria" in (tmp_path / "close-2.txt").read_text(encoding="utf-8")
        assert taken.read_text(encoding="utf-8") == "mine"


async def test_an_appointment_is_written_for_the_patients_own_calendar(house: House, tmp_path: Path) -> None:
    house.book(house.patient("Garcia, Maria"), "11:00")
    async with house.open(keys.DAY) as me:
        await me.press("tab", "E", "ctrl+u", *str(tmp_path / "one.ics"), "enter")
        assert me.message() == f"Garcia M: the calendar file is {tmp_path / 'one.ics'}"
        assert b"BEGIN:VEVENT" in (tmp_path / "one.ics").read_bytes()


async def test_names_on_the_page_are_hidden_in_privacy_mode(house: House) -> None:
    a_full_day(house)
    async with house.open(keys.DAY, (120, 40)) as me:
        await me.press("C")
        assert me.sees("Novak P, plan 1 of 8")
        await me.press("ctrl+t")
        assert not me.sees("Novak")
        assert not me.sees("of 8")
        assert not me.sees("fell behind the bed")


async def resting_with_lin(house: House) -> int:
    visit = house.book(house.patient("Garcia, Maria"), "10:00", room="Room 1")
    house.desks[0].needles.put_in(visit.id, 12)
    house.clock.move(minutes=1)
    return visit.id


async def test_who_goes_off_is_asked_who_takes_each_patient_over(house: House) -> None:
    visit = await resting_with_lin(house)
    async with house.open(keys.ROOMS) as me:
        await me.press("O", *"lin", "enter")
        assert me.sees("Who takes Garcia M, R1 over?")
        check(me, "hand-over-120x40")
        await me.press("escape")
        assert house.desks[0].clinic.get().practitioners[0].off_at is None, "Esc leaves everything as it was"
        await me.press("O", *"lin", "enter", *"oka", "enter")
        assert me.message() == "Dr Lin is off; Garcia, Maria is with Dr Okafor."
        assert house.desks[0].visits.get(visit).in_charge.name == "Dr Okafor"
        assert not me.sees("NOBODY")


async def test_whom_nobody_takes_is_an_alarm_until_a_colleague_does(house: House) -> None:
    visit = await resting_with_lin(house)
    async with house.open(keys.ROOMS) as me:
        await me.press("O", *"lin", "enter", *"nob", "enter")
        assert me.sees("** NOBODY'S")
        assert me.sees("nobody has this patient: Dr Lin is off")
        assert me.row(-1).startswith(" H hand over")
        await me.press("H", *"oka", "enter")
        assert not me.sees("NOBODY")
        assert me.sees("Dr Okafor for Dr Lin")
        await me.press("u")
        assert me.sees("** NOBODY'S")
        await me.press("O", *"lin", "enter")
        assert me.message() == "Dr Lin is back."
        assert house.desks[0].visits.get(visit).in_charge.name == "Dr Lin"
