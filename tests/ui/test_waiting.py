"""The waiting list on the screen: put on by a line, told of on Day, booked with Enter."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from textual.events import Key

from frontdesk.desk.booking import Request
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.waiting import Waiting, Wish
from frontdesk.ui import keys
from tests.driver import Driver
from tests.ui import golden
from tests.ui.house import ANSWERS, House, local


def full_morning(house: House) -> list[Appointment]:
    """Dr Lin's day, visit to visit."""
    desk = house.desks[0]
    visits: list[Appointment] = []
    while slots := desk.booking.slots("Follow-up", "Dr Lin", first_day=date(2026, 11, 23), days=1, limit=1):
        who = house.patient(f"Full{len(visits):02}, A", phones=("416 555 0100",))
        visits.append(desk.booking.book(Request(who.id, "Follow-up", "Dr Lin", slots[0].starts)).appointment)
    return visits


async def test_a_cancelled_place_is_told_of_and_given_to_who_waits_for_earlier(house: House) -> None:
    visits = full_morning(house)
    later = house.book(house.patient("Garcia, Maria", phones=("416 555 0134",)), "11:00", day="2026-11-26")
    async with house.open(keys.PATIENTS) as me:
        await me.press("slash", *"garcia", "enter")
        await me.settle()
        await me.press("W")
        await me.waits_for("earlier than Thu 26 Nov 11:00")
        await me.press(*"mon before 18; knee")
        await me.waits_for("Mon until 18:00 with Dr Lin")
        await me.press("enter")
        await me.until(lambda: "on the waiting list" in me.message(), "the message")

        await me.press("1")
        await me.settle()
        house.desks[0].visits.cancel(visits[3].id)
        me.app.screen.stepped(house.desks[0].visits.no_show(visits[2].id))  # type: ignore[attr-defined]
        await me.waits_for("2 places are free: 1 who waits fits 5")
        await me.press("5")
        await me.waits_for("moves Thu 26 Nov")
        assert me.sees("Enter move ")
        await me.press("enter")
        await me.until(lambda: "from the waiting list" in me.message(), "the booking")
        assert house.now(later).starts in {visits[2].starts, visits[3].starts}
        await me.waits_for("Nobody waits.")
        await me.press("u")
        await me.until(lambda: "on the waiting list again" in me.message(), "the undo")
        assert house.now(later).starts == later.starts
        await me.waits_for("moves Thu 26 Nov")


def marked(me: Driver) -> str:
    """Whom the keys are about, of those on the list."""
    rows = [row for row in me.screen().splitlines() if row.startswith("▸ ")]
    return next((name for name in ("Garcia M", "Lee J", "Weber J") if rows and name in rows[-1]), "")


async def test_days_of_one_figure_and_of_two_stand_one_under_another(house: House) -> None:
    wish = Wish(house.desks[0].clinic.get().services[0])
    house.desks[0].waiting.add(house.patient("Garcia, Maria").id, wish)
    for number, day in enumerate(("2026-11-30", "2026-12-01")):
        house.desks[0].visits.cancel(house.book(house.patient(f"Lee{number}, J"), "10:00", day=day).id)
    async with house.open(keys.WAITING) as me:
        await me.waits_for("Mon 30 Nov 10:00 ")
        assert me.sees("Tue  1 Dec 10:00 ")
        assert me.sees("Enter book ")


async def test_undo_marks_whom_it_put_back_on_the_list(house: House) -> None:
    desk = house.desks[0]
    service = desk.clinic.get().services[0]
    for name in ("Garcia, Maria", "Lee, Jun", "Weber, Jonas"):
        desk.waiting.add(house.patient(name).id, Wish(service))
    async with house.open(keys.WAITING) as me:
        await me.waits_for("Weber J")
        await me.press("down")
        said: list[str] = []
        for answer in (("x", "r"), ("enter",)):
            await me.until(lambda: marked(me) == "Lee J", "the mark")
            await me.press(*answer)
            await me.until(lambda: marked(me) == "Weber J", "the next one marked")
            await me.press("u")
            await me.until(lambda: "Lee, Jun: undid" in me.message(), "the undo")
            said.append(me.message())
        await me.until(lambda: marked(me) == "Lee J", "the mark")
    assert said[0] == "Lee, Jun: undid being taken off"


async def test_off_the_list_with_a_letter_and_back_with_undo(house: House) -> None:
    who = house.patient("Garcia, Maria")
    desk = house.desks[0]
    service = desk.clinic.get().services[0]
    desk.waiting.add(who.id, Wish(service, urgent=True))
    async with house.open(keys.WAITING) as me:
        await me.waits_for("Garcia M")
        await me.press("x", "r")
        await me.waits_for("Nobody waits.")
        assert "off the waiting list (not reached)" in me.message()
        await me.press("u")
        await me.waits_for("Garcia M")
        await me.press("p")
        await me.waits_for("Where Garcia, Maria fits")
        await me.press("2", "enter")
        await me.until(lambda: "from the waiting list" in me.message(), "the booking")
        assert desk.waiting.look().listed == ()


WIDE = "Dr Papadiamantopoulou-Karaïskákis"


async def test_wide_names_leave_who_and_when_in_sight_and_a_short_window_says_how_many_wait(nowhere: str) -> None:
    house = House(nowhere)
    desk = house.desk()
    answers = {**ANSWERS, "practitioners": [{"name": WIDE}], "rooms": [{"name": "Ruheraum Süd im Erdgeschoß"}]}
    desk.clinic.setup(desk.clinic.read_answers(answers))
    who = house.patient("王小明龍樹紫禁城之大上海灘, 歐陽", phones=("416 555 0134",))
    freed = desk.booking.book(Request(who.id, "Follow-up", WIDE, local("15:00"))).appointment
    for number in range(9):
        one = house.patient(f"Wolfeschlegelsteinhausenbergerdorff{number}, Ann", phones=(f"416 555 010{number}",))
        desk.waiting.add(one.id, Wish(desk.clinic.get().services[0], last_day=date(2026, 11, 23)))
    desk.visits.cancel(freed.id)
    # Where it is gives way to who it is for, and stands beside them in a wide window.
    for size, latest in {(80, 24): 66, (120, 40): 85, (200, 60): 120}.items():
        async with house.open(keys.WAITING, size) as me:
            await me.waits_for("9 waiting")
            first = next(row for row in me.screen().splitlines() if row.startswith("▸ Mon 23 Nov 15:00"))
            assert "Wolfeschle" in first
            assert "(416) 555-010" in first
            assert 0 < first.find("Dr Pap") <= latest, first
            assert ("↓" in me.screen()) == (size == (80, 24))
    house.close()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_list_as_it_looks(house: House, size: tuple[int, int]) -> None:
    visits = full_morning(house)
    later = house.book(house.patient("Garcia, Maria", phones=("416 555 0134",)), "11:00", day="2026-11-26")
    desk = house.desks[0]
    service = desk.clinic.get().services[0]
    desk.waiting.add(later.patient.id, Wish(service), appointment_id=later.id)
    house.clock.instant = local("10:05")
    novak = house.patient("Novak, [bold]Petra", phones=("+1 212 555 0110",))
    desk.waiting.add(novak.id, Wish(service, (), (0, 3), latest=12 * 60, urgent=True, note="knee"))
    desk.visits.cancel(visits[5].id, "ill", by="patient")
    async with house.open(keys.WAITING, size) as me:
        await me.waits_for("moves Thu 26 Nov")
        await me.settle()
        golden.check(me, f"waiting-{size[0]}x{size[1]}")


async def test_a_long_wish_is_told_whole_in_the_smallest_window(house: House) -> None:
    full_morning(house)
    desk = house.desks[0]
    service, lin = desk.clinic.get().services[0], desk.clinic.get().practitioners[0]
    later = house.book(house.patient("Garcia, Maria", phones=("416 555 0134",)), "11:00", day="2026-11-26")
    wish = Wish(service, (lin,), (0, 1, 3), 9 * 60, 12 * 60, None, date(2026, 12, 18), urgent=True, note="at work")
    desk.waiting.add(later.patient.id, wish, appointment_id=later.id)
    async with house.open(keys.WAITING, (80, 24)) as me:
        await me.waits_for("before Thu 26 Nov")
        await me.settle()
        assert "…" not in me.screen()
        words = " ".join(me.screen().split())
        assert "Mon, Tue, Thu 09:00 to 12:00 with Dr Lin until 18 Dec; since Mon 23 Nov 10:00" in words
        assert "“at work”" in words


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_walk_in_as_it_looks(house: House, size: tuple[int, int]) -> None:
    for number, clock in enumerate(("10:00", "10:15", "11:00")):
        house.book(house.patient(f"Full{number}, A"), clock)
    house.patient("Garcia, Maria", phones=("416 555 0134",))
    house.patient("Garcia, [bold]Paz", phones=("416 555 0135",))
    async with house.open(keys.DAY, size) as me:
        await me.press("w", *"garcia")
        await me.waits_for("Garcia, Maria")
        await me.settle()
        golden.check(me, f"walk-in-who-{size[0]}x{size[1]}")
        await me.press("enter")
        await me.waits_for("about 1 h")
        await me.settle()
        golden.check(me, f"walk-in-wait-{size[0]}x{size[1]}")


async def test_who_is_here_already_does_not_walk_in_and_is_told_with_whom(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "10:00")
    house.desks[0].visits.arrive(visit.id)
    async with house.open(keys.DAY) as me:
        await me.press("w", *"garcia", "enter")
        await me.waits_for("✗ Garcia, Maria is in the house already: arrived, 10:00 with Dr Lin;")
        assert not me.sees(f"{visit.id})")


async def test_who_walks_in_is_written_down_and_stands_in_the_queue(house: House) -> None:
    house.patient("Garcia, Maria")
    async with house.open(keys.DAY) as me:
        await me.press("w", *"Novak, Petra")
        await me.waits_for("new patient: family Novak, given Petra")
        await me.press("enter")
        await me.waits_for("New patient")
        await me.press("enter")
        await me.waits_for("at once")
        await me.press("enter")
        await me.until(lambda: "walked in, 10:00 with Dr Lin" in me.message(), "the message")
        await me.waits_for("expected 10:00")
        await me.press("u")
        await me.until(lambda: "undid the booking of who walked in" in me.message(), "the undo")


def waits(house: House, name: str, **more: Any) -> Waiting:
    """Somebody who would take any place of Dr Lin's today."""
    clinic = house.desks[0].clinic.get()
    wish = Wish(clinic.services[0], (clinic.practitioners[0],), last_day=date(2026, 11, 23), **more)
    return house.desks[0].waiting.add(house.patient(name).id, wish).entry


async def test_what_another_terminal_frees_is_told_once_beside_whatever_is_done_here(house: House) -> None:
    visits = full_morning(house)
    waits(house, "Garcia, Maria")
    waits(house, "Novak, Petra")
    ben = house.desk("Ben")
    async with house.open(keys.PATIENTS) as me:
        await me.press("slash", *"full0")
        focused, typed = me.app.focused, me.row(4)
        assert "(" not in me.row(0)
        ben.visits.cancel(visits[3].id)
        await me.waits_for("is free: 2 who wait fit 5")
        assert me.row(-2).strip().startswith("Today 11:15 with Dr Lin, R2 is free")
        assert "5 Waiting(2)" in me.row(0)
        # Who types goes on typing where they were.
        assert (me.app.focused, me.row(4)) == (focused, typed)
        await me.press("2")
        assert me.sees("full02")

        # What is done here stands whole beside it, with its undo.
        await me.app.show(keys.DAY)
        await me.settle()
        me.app.say("Lee J: arrived", undo=lambda: "undone")
        await me.settle()
        assert me.row(-2).startswith(" Lee J: arrived ")
        assert me.row(-2).endswith("is free: 2 who wait fit 5 show them   u undo")
        # Taken by another terminal, it is no longer told of; taken back, it is free again.
        entry = next(one for one in ben.waiting.look().listed if one.entry.patient.details.family == "Garcia")
        assert entry.place is not None
        done = ben.waiting.book(entry.entry.id, entry.place)
        await me.until(lambda: not me.sees("free:"), "the end of the news")
        assert "(" not in me.row(0)
        ben.undo.last(done.appointment.id)
        await me.waits_for("is free: 2 who wait fit 5")
        # Esc has seen it: other changes bring it back no more, its count stays.
        await me.press("escape")
        assert not me.sees("is free")
        ben.visits.confirm(visits[6].id)
        await me.settle()
        await me.until(lambda: me.app.today is not None and me.app.today.seq == ben.days.load().seq, "the change")
        await me.settle()
        assert not me.sees("is free")
        assert "5 Wait(2)" in me.row(0)
        # Past, nobody is counted for it.
        house.clock.instant = visits[3].room_span.ends
        me.app.data_changed()
        await me.until(lambda: "(" not in me.row(0), "nobody to be fitted in")


async def test_enter_that_is_held_down_books_for_nobody_further(house: House) -> None:
    for number in range(6):
        waits(house, f"Waits{number}, A")
    async with house.open(keys.WAITING) as me:
        await me.waits_for("6 waiting")
        for _ in range(9):
            me.app.router.take(Key("enter", "\r"))
        await me.until(lambda: "That key is held down" in me.message(), "the word")
        await me.settle()
    assert len(house.desks[0].waiting.look().listed) == 4


async def test_a_place_that_nobody_who_waits_fits_is_no_news(house: House) -> None:
    visits = full_morning(house)
    waits(house, "Garcia, Maria", earliest=17 * 60 + 30)
    async with house.open(keys.ROOMS) as me:
        house.desk("Ben").visits.cancel(visits[3].id)
        await me.until(lambda: me.app.today is not None and visits[3].id not in held(me), "the change")
        await me.settle()
        assert me.app.worklists.free == ()
        assert not me.sees("free:")


def held(me: Driver) -> set[int]:
    assert me.app.today is not None
    return {one.id for one in me.app.today.appointments if one.status.value == "booked"}
