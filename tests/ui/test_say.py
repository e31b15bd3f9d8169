"""A booking in one line: what is shown is what is booked, whatever is typed how fast, and by whomever else."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.patient import Flag, FlagKind
from frontdesk.ui import keys
from tests.driver import Driver
from tests.engines import on_both
from tests.ui import golden
from tests.ui.house import House, local

LINE = "garcia follow-up lin tue 11:20"
TUESDAY = "2026-11-24"


def booked(house: House, day: str = TUESDAY) -> list[Appointment]:
    return list(house.desks[0].days.load(local("12:00", day).date()).appointments)


async def begin(me: Driver, line: str = "") -> None:
    await me.press("N")
    await me.type(line)


@on_both
async def test_a_line_shows_what_it_means_and_enter_books_it(house: House) -> None:
    maria = house.patient("Garcia, Maria", flags=(Flag(FlagKind.PACEMAKER),))
    async with house.open(keys.DAY) as me:
        await begin(me, "garcia")
        assert me.sees("✓ Garcia, Maria")
        assert me.sees("⚠ pacemaker: no e-stim")
        assert me.sees("? with whom? Dr Lin, Dr Okafor")
        await me.type(LINE.removeprefix("garcia"))
        for words in ("✓ Follow-up", "✓ Dr Lin", "✓ Tue 24 Nov 11:20", "✓ Room 1", "✓ it fits: Enter books it"):
            assert me.sees(words)
        await me.press("enter")
        (visit,) = booked(house)
        assert (visit.patient, visit.starts) == (maria, local("11:20", TUESDAY))
        assert "booked Tue 24 Nov" in me.message()
        assert "Tue 24 Nov" in me.row(0), "the day goes to it"
        await me.press("u")
        assert "undid the booking" in me.message()


@pytest.mark.parametrize("place", keys.SCREENS)
async def test_the_line_is_one_key_away_on_every_screen(house: House, place: str) -> None:
    house.patient("Garcia, Maria")
    async with house.open(place) as me:
        await begin(me, LINE)
        await me.press("enter")
        assert len(booked(house)) == 1


async def test_a_whole_line_typed_ahead_books_what_it_says(house: House) -> None:
    maria = house.patient("Garcia, Maria")
    house.patient("Garda, Ana")
    async with house.open(keys.DAY) as me:
        await me.press("N", *LINE, "enter")
        assert [one.patient for one in booked(house)] == [maria]


async def test_one_of_several_patients_is_marked_and_written_into_the_line(house: House) -> None:
    house.patient("Garcia, Maria")
    sofia = house.patient("Garcia, Sofia")
    async with house.open(keys.DAY) as me:
        await begin(me, "garcia sof")
        await me.press(*["backspace"] * 4)
        assert me.sees("2 fit: ↓ chooses")
        await me.press("enter")
        assert me.sees("Not certain yet: ↓ marks a patient")
        await me.press("down", "down", "enter")
        assert me.sees(f"#{sofia.id}")
        assert me.sees("✓ Garcia, Sofia")
        await me.type("follow-up lin tue 11:20")
        await me.press("enter")
        assert [one.patient for one in booked(house)] == [sofia]


async def test_without_a_time_the_places_inside_what_was_said_are_offered(house: House) -> None:
    house.patient("Garcia, Maria")
    async with house.open(keys.DAY) as me:
        await begin(me, "garcia follow-up okafor tue afternoon")
        assert me.sees("at what time? Tue 24 Nov, 12:00–18:00")
        await me.press("enter")
        assert booked(house) == [], "nothing is booked before a place is marked"
        await me.press("down", "down", "up", "down")
        assert me.sees("Enter books this place.")
        marked = next(row for row in me.screen().splitlines() if "▸ Tue" in row)
        await me.press("enter")
        (visit,) = booked(house)
        assert f"{me.app.local(visit.starts):%H:%M}" in marked
        assert visit.practitioner.name == "Dr Okafor"


async def test_the_next_free_place_is_a_name_a_service_and_two_keys(house: House) -> None:
    maria = house.patient("Garcia, Maria")
    async with house.open(keys.DAY) as me:
        await me.press("N", *"garcia", *" fol", "down", "enter")
        (visit,) = booked(house, "2026-11-23")
        assert (visit.patient, visit.starts) == (maria, local("10:00"))


async def test_squeezing_in_is_two_steps(house: House) -> None:
    house.book(house.patient("Lee, Jun"), "11:20", day=TUESDAY)
    house.patient("Garcia, Maria")
    async with house.open(keys.DAY) as me:
        await begin(me, LINE)
        assert me.sees("✗ Dr Lin is with Lee, Jun")
        await me.press("enter")
        assert me.sees("It does not fit; ↓ chooses what does.")
        await me.press("down", *["down"] * 6, "enter")
        assert me.sees("» squeezed in over the practitioner's time: Enter books it")
        assert len(booked(house)) == 1
        await me.press("enter")
        assert [one.squeezed for one in booked(house)] == [False, True]


async def test_a_place_that_somebody_takes_is_not_replaced_under_the_mark(house: House) -> None:
    house.patient("Garcia, Maria")
    lee = house.patient("Lee, Jun")
    async with house.open(keys.DAY) as me:
        await begin(me, "garcia follow-up lin tue morning")
        await me.press("down")
        assert me.sees("▸ Tue 24 Nov 09:00")
        house.book(lee, "09:00", day=TUESDAY)
        await me.waits_for("What was marked is not free any more.")
        await me.press("enter")
        assert [one.patient for one in booked(house)] == [lee]


async def test_a_squeeze_or_a_place_chosen_is_forgotten_when_the_line_changes(house: House) -> None:
    house.book(house.patient("Lee, Jun"), "11:20", day=TUESDAY)
    house.patient("Garcia, Maria")
    async with house.open(keys.DAY) as me:
        await begin(me, LINE)
        await me.press("down", *["down"] * 6, "enter")
        assert me.sees("squeezed in")
        await me.press("backspace", "5")
        assert not me.sees("squeezed in")
        await me.press("enter")
        assert len(booked(house)) == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "Say who, what"),
        ("garcia follow-up lin mon 9:00", "Not certain yet"),
        ("garcia follow-up lin today 9:00", "Not certain yet"),
        ("nobody follow-up lin tue 11:20", "nobody on file"),
        ("garcia follow-up lin wed 24 nov 11:20", "24 Nov 2026 is a Tuesday"),
        ("garcia 20 follow-up lin tue 11:20", 'what is "20"'),
    ],
)
async def test_what_is_not_certain_is_not_booked(house: House, line: str, words: str) -> None:
    house.patient("Garcia, Maria")
    async with house.open(keys.DAY) as me:
        await begin(me, line)
        await me.press("enter")
        assert me.sees(words)
        assert booked(house) == []
        assert booked(house, "2026-11-23") == []


async def test_a_course_is_one_line_and_one_undo(house: House) -> None:
    house.book(house.patient("Lee, Jun"), "11:20", day="2026-12-01")
    maria = house.patient("Garcia, Maria")
    async with house.open(keys.DAY) as me:
        await begin(me, f"{LINE} weekly x3")
        assert me.sees("Tue 24 Nov 11:20, weekly, 3 visits")
        assert me.sees("✓ 3 visits: Enter books them")
        assert me.sees("1 moved: 1 Dec")
        await me.press("enter")
        days = (TUESDAY, "2026-12-01", "2026-12-08")
        assert [sum(one.patient == maria for one in booked(house, day)) for day in days] == [1, 1, 1]
        await me.press("u")
        left = [
            one for day in days for one in booked(house, day) if one.patient == maria and one.status.value == "booked"
        ]
        assert left == []


async def test_a_course_that_cannot_begin_as_said_is_agreed_to_first(house: House) -> None:
    house.book(house.patient("Lee, Jun"), "11:20", day=TUESDAY)
    maria = house.patient("Garcia, Maria")
    async with house.open(keys.DAY) as me:
        await begin(me, f"{LINE} weekly x2")
        assert me.sees("✗ Tue 24 Nov 11:20: Dr Lin is with Lee, Jun")
        await me.press("enter")
        assert len(booked(house)) == 1
        await me.press("down")
        assert me.sees("▸ 2 visits from Tue 24 Nov")
        await me.press("enter", "enter")
        assert [one.patient == maria for one in booked(house)].count(True) == 1


async def test_when_somebody_must_leave_is_kept_and_shown(house: House) -> None:
    house.patient("Garcia, Maria")
    async with house.open(keys.DAY) as me:
        await begin(me, f"{LINE} must leave by 12:30")
        assert me.sees("must leave by 12:30")
        await me.press("enter")
        (visit,) = booked(house)
        assert visit.leave_by == local("12:30", TUESDAY)


async def test_tab_gives_the_form_with_everything_in_it_that_the_line_said(house: House) -> None:
    house.patient("Garcia, Maria")
    async with house.open(keys.ROOMS) as me:
        await begin(me, "garcia follow-up okafor room 2 thu 11:20")
        await me.press("tab")
        assert me.sees("New booking")
        assert not me.sees("New booking in one line")
        for said in ("Garcia, Maria", "‹ Follow-up ›", "‹ Dr Okafor ›", "‹ Room 2 ›", "Thu 26 Nov 11:20"):
            assert me.sees(said), said


async def test_tab_looks_up_in_the_form_whom_the_line_may_mean(house: House) -> None:
    house.patient("Garcia, Maria")
    house.patient("Garcia, Ana")
    async with house.open(keys.DAY) as me:
        await begin(me, "garcia thu 11:20")
        await me.press("tab")
        assert me.sees("New booking")
        assert me.sees("Garcia, Ana")
        await me.press("down", "enter")
        assert me.sees("Thu 26 Nov 11:20")


async def test_a_line_typed_into_the_lookup_is_a_booking(house: House) -> None:
    maria = house.patient("Garcia, Maria")
    async with house.open(keys.DAY) as me:
        await me.press("slash", *LINE, "enter")
        assert me.sees("New booking in one line")
        await me.press("enter")
        assert [one.patient for one in booked(house)] == [maria]


async def test_a_name_nobody_has_is_no_booking(house: House) -> None:
    house.patient("Garcia, Maria")
    async with house.open(keys.PATIENTS) as me:
        await me.press("slash", *"xaver huber", "enter")
        assert not me.sees("in one line")
        await me.press("n")
        assert me.sees("New patient")


async def test_names_are_drawn_as_they_are(house: House) -> None:
    house.patient("O'Brien [/x], [red]Pat")
    async with house.open(keys.DAY) as me:
        await begin(me, "brien [red] follow-up lin tue 11:20")
        assert me.sees("[red]Pat")
        assert me.app.is_running


async def test_golden(house: House) -> None:
    house.book(house.patient("Lee, Jun"), "11:20", day=TUESDAY)
    house.patient("Garcia, Maria")
    async with house.open(keys.DAY, (80, 24)) as me:
        await begin(me, LINE)
        await me.press("down")
        golden.check(me, "say-80x24")


async def test_for_who_comes_no_more_enter_asks_once_in_the_line_and_in_the_form(house: House) -> None:
    gone = house.patient("Garcia, Maria", retired=True)
    async with house.open(keys.DAY) as me:
        await begin(me, LINE)
        await me.press("enter")
        assert me.sees("Retired, comes no more: Enter again books.")
        assert not booked(house)
        await me.press("enter")
        assert "their file is in use again" in me.message()
        back = house.desks[0].patients.get(gone.id)
        house.desks[0].patients.save(back.id, back.version, replace(back.details, retired=True))
        await begin(me, "garcia follow-up lin wed 11:20")
        await me.press("tab")
        assert me.sees("retired: comes no more")
        await me.press("enter")
        assert me.sees("Retired, comes no more: Enter again books."), me.screen()
        await me.press("enter")
        assert len(booked(house, "2026-11-25")) == 1
