"""The Patients screen: results as you type, the card, and what is done from there."""

from __future__ import annotations

from datetime import date
from threading import Event
from time import sleep
from typing import Any

import pytest

from frontdesk.desk.lookup import Lookup
from frontdesk.desk.open import Desk
from frontdesk.domain.patient import Found, Marks, Patient, PatientDetails
from frontdesk.domain.visit import Status
from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.dialogs.patient_form import PatientForm
from frontdesk.ui.layout.patient_card import result_line
from frontdesk.ui.screens.all import screens
from frontdesk.ui.screens.looking_up import LIMIT
from tests.driver import at_the_desk
from tests.engines import on_both
from tests.ui.golden import check
from tests.ui.house import House
from tests.ui.on_file import HOSTILE, full, marked, screen


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_how_it_looks(house: House, size: tuple[int, int]) -> None:
    full(house)
    maria = house.desks[0].lookup.find("garcia maria")[0].patient
    house.book(maria, "10:30")
    done = house.book(maria, "11:30", day="2026-11-24")
    house.desks[0].visits.cancel(done.id, "a cold")
    async with house.open(keys.PATIENTS, size) as me:
        await me.press("slash")
        check(me, f"patients-all-{size[0]}x{size[1]}")
        await me.type("garc mar")
        check(me, f"patients-{size[0]}x{size[1]}")
        await me.press("enter", "e")
        check(me, f"patient-form-{size[0]}x{size[1]}")


async def test_an_empty_file_says_what_to_do(house: House) -> None:
    async with house.open(keys.PATIENTS) as me:
        assert me.sees("Nobody is on file yet: n writes down the first patient.")
        await me.press("e")
        assert me.message() == "Choose a patient first: / finds one."


@on_both
@pytest.mark.parametrize("typed", ["mar gar", "garcía", "0134", "14.3.61", "mari"])
async def test_results_as_you_type(house: House, typed: str) -> None:
    full(house)
    async with house.open(keys.PATIENTS) as me:
        await me.press("slash")
        await me.type(typed)
        assert marked(me).startswith("Garc")
        assert me.sees("Garcia, Maria")


async def test_the_card_shows_flags_as_words_and_visits_with_their_status(house: House) -> None:
    full(house)
    maria = house.desks[0].lookup.find("garcia maria")[0].patient
    house.book(maria, "10:30")
    async with house.open(keys.PATIENTS) as me:
        await me.press("slash")
        await me.type("garcia maria")
        assert me.sees("⚠ reduced sensation: no heat lamp")
        assert me.sees("⚠ [b]hates[/b] music")
        assert me.sees("14.03.1961 (65)")
        assert me.sees("Mon 23 Nov 10:30")
        assert me.sees("booked")


async def test_tab_shows_which_list_keys_go_to(house: House) -> None:
    full(house)
    house.book(house.desks[0].lookup.find("garcia maria")[0].patient, "10:30")
    async with house.open(keys.PATIENTS) as me:
        await me.press("slash", *"garcia maria", "enter")
        assert "▸ Mon 23 Nov" not in me.screen()
        await me.press("tab")
        assert "▸ Mon 23 Nov" in me.screen()
        assert me.sees("Enter to that day")
        await me.press("escape")
        assert "▸ Mon 23 Nov" not in me.screen()


async def test_typing_ahead_opens_whom_was_typed(house: House, monkeypatch: Any) -> None:
    full(house)
    find = Lookup.find

    def slow(self: Lookup, text: str, limit: int = 20) -> Any:
        sleep(0.05)
        return find(self, text, limit)

    monkeypatch.setattr(Lookup, "find", slow)
    async with house.open(keys.PATIENTS) as me:
        await me.press("slash", *"raul", "enter", "e")
        assert me.sees("Change García, Raúl")
        await me.press("escape", "slash", "ctrl+u")
        await me.press(*"garc", "down", "enter", "e")
        assert marked(me) == screen(me)._by_number[screen(me).results.items[1].key].patient.name
        assert me.sees(f"Change {marked(me)}")


async def test_more_than_is_shown_is_said(house: House) -> None:
    for number in range(LIMIT + 5):
        house.patient(f"Kim, Number {number}")
    async with house.open(keys.PATIENTS) as me:
        await me.press("slash")
        await me.type("kim")
        assert me.sees(f"the first {LIMIT}; type more to see the others")


async def test_the_mark_stays_on_its_patient_when_others_come_before_them(house: House) -> None:
    house.patient("Garcia, Zita")
    house.patient("Garcia, Yan")
    async with house.open(keys.PATIENTS) as me:
        await me.press("slash", *"garcia", "down")
        before = marked(me)
        house.desk("Bo").patients.add(PatientDetails(given="Adam", family="Garcia"))
        await me.until(lambda: len(screen(me).results.items) == 3)
        assert marked(me) == before


async def test_while_typing_letters_are_text_and_else_they_are_keys(house: House) -> None:
    full(house)
    async with house.open(keys.PATIENTS) as me:
        await me.press("slash", *"neb")
        assert screen(me).typed.value == "neb"
        await me.press("escape", "n")
        assert isinstance(me.app.screen, PatientForm)


async def test_book_from_here(house: House) -> None:
    full(house)
    async with house.open(keys.PATIENTS) as me:
        await me.press("slash", *"garcia maria", "enter", "b")
        assert me.sees("New booking")
        assert me.sees("Garcia, Maria")
        await me.press("enter")
        (coming,) = house.desks[0].patients.card(1).coming
        assert coming.patient.name == "Garcia, Maria"
        assert "Garcia, Maria" in me.message()
        await me.press("u")
        assert house.desks[0].patients.card(1).coming == ()


async def test_the_next_step_of_todays_visit_from_here(house: House) -> None:
    full(house)
    maria = house.desks[0].lookup.find("garcia maria")[0].patient
    visit = house.book(maria, "10:30")
    async with house.open(keys.PATIENTS) as me:
        await me.press("slash", *"garcia maria", "enter", "space")
        assert house.now(visit).status is Status.ARRIVED
        await me.press("slash", *"raul", "enter", "space")
        assert "No visit today" in me.message()


async def test_enter_on_a_visit_goes_to_its_day(house: House) -> None:
    full(house)
    maria = house.desks[0].lookup.find("garcia maria")[0].patient
    house.book(maria, "11:30", day="2026-11-26")
    async with house.open(keys.PATIENTS) as me:
        await me.press("slash", *"garcia maria", "enter", "enter", "enter")
        assert me.app.current_mode == keys.DAY
        await me.waits_for("26 Nov")
        assert me.sees("Garcia")


async def test_hostile_names_are_text(house: House) -> None:
    full(house)
    async with house.open(keys.PATIENTS, (200, 60)) as me:
        for name in HOSTILE[:5]:
            assert me.sees(f"{name}, Zoë")


async def test_the_latest_question_wins(house: House, monkeypatch: Any) -> None:
    from threading import Event

    full(house)
    async with house.open(keys.PATIENTS) as me:
        gate = Event()
        desk = me.app.desk.lookup
        find = type(desk).find

        def slow(self: Any, text: str, limit: int = 20) -> Any:
            if text == "g":
                gate.wait(5)
            return find(self, text, limit)

        monkeypatch.setattr(type(desk), "find", slow)
        screen(me).typed.value = "g"
        await me.pilot.pause()
        screen(me).typed.value = "raul"
        await me.until(lambda: marked(me) == "García, Raúl")
        gate.set()
        await me.settle()
        assert [item.key for item in screen(me).results.items] == [2]


def test_the_typed_parts_of_a_line_stand_out_and_obey_nothing() -> None:
    details = PatientDetails(
        given="[b]María\x1b[1m",
        family="García",
        known_as="Mari",
        phones=("1", "555 0134"),
        birth_date=date(1961, 3, 14),
    )
    marks = Marks(name=((0, 3), (11, 14)), known_as=((0, 3),), phones=((1, (4, 8)),), is_born=True, is_record=True)
    for is_sure in (True, False):
        left, right = result_line(
            Found(7, 1.0, is_sure, lambda: Patient(7, 1, details), lambda *_: marks), date(2026, 11, 23)
        )
        assert [span.text for span in (*left, *right) if span.role == "match"] == [
            *("Gar", "Mar", "Mar", "#7", "14.03.1961 (65)", "0134")
        ]
        words = "".join(span.text for span in left)
        assert words == ("García, [b]María[1m “Mari” #7" if is_sure else "≈ García, [b]María[1m “Mari” #7")
        assert "555 0134" in "".join(span.text for span in right)


async def test_what_is_only_like_it_says_so_and_enter_may_still_read_a_booking(house: House) -> None:
    full(house)
    async with house.open(keys.PATIENTS) as me:
        await me.press("slash", *"gracia maria")
        assert me.sees("nobody is called that; 1 like it")
        assert marked(me) == "Garcia, Maria"
        await me.press("enter")
        assert screen(me).results.has_focus


async def test_typing_before_the_database_is_open_is_answered_when_it_is(house: House) -> None:
    full(house)
    may_open = Event()

    def open_late() -> Desk:
        may_open.wait(30)
        desk: Desk = house.opener()()
        return desk

    app = FrontdeskApp(open_late, screens(), keys.PATIENTS)
    async with at_the_desk(app, opened=False) as me:
        try:
            for key in ("slash", *"garcia"):
                app.simulate_key(key)
            await me.pilot.pause(0)
        finally:
            may_open.set()
        await me.waits_for("Garcia, Maria")
        await app.router.idle()
        assert screen(me).typed.value == "garcia"


async def test_a_booking_from_here_begins_where_digits_take_places(house: House) -> None:
    who = house.patient("Garcia, Maria")
    async with house.open(keys.PATIENTS) as me:
        await me.press("slash", *"garcia", "enter", "b", "1", "enter")
        assert [one.patient.id for one in house.desks[0].days.load().appointments] == [who.id]
