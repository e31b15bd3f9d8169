"""A clinic of its first day: every screen says what to do, whole, in the smallest usual window."""

from __future__ import annotations

from frontdesk.ui import keys
from tests.ui.house import House

SAID = {
    keys.DAY: "n books here",
    keys.PATIENTS: "Nobody is on file yet: n writes down the first patient.",
    keys.ROOMS: "Nothing is due.",
    keys.FILE: "Nobody's file is open",
    keys.RECALLS: "Nobody is to be called: who should come is booked, or ended with a reason.",
    keys.WAITING: "Nobody waits. n puts somebody on the list; on Day and Patients W does.",
    keys.REMINDERS: "Nobody is booked on Tuesday 24 November. g goes to another day.",
    keys.REPORTS: "0 seen",
    keys.CLOSE: "Nobody is left. c closes the day.",
}


async def test_an_empty_screen_says_what_to_do(house: House) -> None:
    async with house.open(keys.DAY, (80, 24)) as me:
        for place, said in SAID.items():
            await me.app.show(place)
            await me.settle()
            assert me.sees(said), me.screen()


async def test_an_empty_list_of_a_day_says_once_what_to_do_and_beneath_when_the_clinic_is_open(house: House) -> None:
    async with house.open(keys.DAY, (80, 24)) as me:
        assert me.screen().count("goes to another day") == 1
        assert me.sees("Open 0")
