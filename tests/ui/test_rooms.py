"""The Rooms screen: tiles that keep their room, steps one key away."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from textual.events import Key

from frontdesk.clock import ManualClock
from frontdesk.domain.areas import parse_areas
from frontdesk.domain.retention import Alarm
from frontdesk.domain.timer import TimerKind
from frontdesk.domain.visit import Status
from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.layout.strip import Beat
from frontdesk.ui.screens.all import screens
from frontdesk.ui.screens.rooms import RoomsScreen
from tests.driver import Driver, at_the_desk
from tests.engines import on_both
from tests.ui.day_shop import NOW, busy_day
from tests.ui.golden import check
from tests.ui.house import House
from tests.ui.shop import FakeDesk, opener


def rooms_app(desk: FakeDesk) -> FrontdeskApp:
    return FrontdeskApp(opener(desk), screens(), keys.ROOMS)


def rooms(me: Driver) -> RoomsScreen:
    screen = me.app.screen_stack[0]
    assert isinstance(screen, RoomsScreen)
    return screen


def chosen(me: Driver) -> str:
    selected = rooms(me).tiles.selected
    return selected.room.name if selected else ""


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_how_it_looks(size: tuple[int, int]) -> None:
    desk = FakeDesk(busy_day(), ManualClock(NOW))
    async with at_the_desk(rooms_app(desk), size) as me:
        check(me, f"rooms-{size[0]}x{size[1]}")


async def test_all_that_is_overdue_on_the_screen_blinks_together() -> None:
    async with at_the_desk(rooms_app(FakeDesk(busy_day(), ManualClock(NOW)))) as me:
        for _ in range(3):
            me.app.pulse.beat = Beat(fast=not me.app.beat.fast)
            me.app.frames.blink()
            drawn = (rooms(me).due.draw(120, 2), rooms(me).tiles.draw(120, 30))
            assert {
                span.role for lines in drawn for line in lines for span in line if span.role.startswith("alarm-high")
            } == {me.app.beat.role(Alarm.HIGH)}


async def test_arrows_go_to_the_neighbour_and_tab_round_all_rooms() -> None:
    async with at_the_desk(rooms_app(FakeDesk(busy_day(), ManualClock(NOW)))) as me:
        assert chosen(me) == "Room 1"
        await me.press("right", "down")
        assert chosen(me) == "Room 5"
        await me.press("left", "left", "up", "up")
        assert chosen(me) == "Room 1"
        await me.press("shift+tab")
        assert chosen(me) == "Community 4"
        await me.press("tab", "tab", "l")
        assert chosen(me) == "Room 3"


async def test_the_order_turns_and_the_choice_stays_with_its_room() -> None:
    async with at_the_desk(rooms_app(FakeDesk(busy_day(), ManualClock(NOW)))) as me:
        await me.press("right", "right")
        assert chosen(me) == "Room 3"
        await me.press("v")
        assert chosen(me) == "Room 3"
        first = rooms(me).tiles.rooms[0]
        assert first.alarm.rank == max(one.alarm.rank for one in rooms(me).tiles.rooms)
        assert first.room.name != "Room 1"
        await me.press("v")
        assert [one.room.name for one in rooms(me).tiles.rooms][:2] == ["Room 1", "Room 2"]


async def test_the_choice_stays_when_rooms_change_around_it() -> None:
    desk = FakeDesk(busy_day(), ManualClock(NOW))
    async with at_the_desk(rooms_app(desk)) as me:
        await me.press("end")
        assert chosen(me) == "Community 4"
        fewer = replace(desk.sheet.clinic, rooms=desk.sheet.clinic.rooms[4:])
        desk.change(replace(desk.sheet, clinic=fewer))
        await me.until(lambda: len(rooms(me).tiles.rooms) == 5)
        assert chosen(me) == "Community 4"


async def test_a_tick_moves_the_timer_on() -> None:
    desk = FakeDesk(busy_day(), ManualClock(NOW))
    async with at_the_desk(rooms_app(desk)) as me:
        before = me.screen()
        desk.clock.move(seconds=61)
        me.app._tick()
        await me.settle()
        assert me.screen() != before


@on_both
async def test_a_visit_from_arrival_to_the_next_patient_by_one_key(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "10:00", room="Room 1")
    async with house.open(keys.ROOMS) as me:
        assert me.sees("next 10:00 Garcia M")
        await me.press("space")
        assert house.now(visit).status is Status.ARRIVED
        assert me.sees("is here")
        await me.press("space", "space")
        assert house.now(visit).status is Status.WITH_PRACTITIONER
        await me.press("space")
        assert me.sees("Needles in: Garcia, Maria")
        await me.press("1", "2", "enter")
        assert house.now(visit).status is Status.NEEDLES_IN
        assert "out at 10:25" in me.message()
        await me.press("space")
        assert me.sees("Needles out: Garcia, Maria")
        await me.press("1", "2", "enter")
        assert house.now(visit).status is Status.NEEDLES_OUT
        await me.press("space")
        assert house.now(visit).status is Status.CHECKED_OUT
        assert me.sees("turning over")
        await me.press("escape", "space")  # the next visit is offered; Esc leaves it
        assert house.now(visit).facts.ready_at is not None
        assert "is ready" in me.message()


async def test_a_patient_is_taken_to_the_chosen_room(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "10:00", room="Room 1")
    async with house.open(keys.ROOMS) as me:
        await me.press("space", "space", "u")
        assert house.now(visit).status is Status.ARRIVED
        assert "undid the rooming" in me.message()


async def test_a_faint_is_one_key_and_stays_owed_until_counted(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "10:00", room="Room 1")
    house.desks[0].needles.put_in(visit.id, 9)
    async with house.open(keys.ROOMS) as me:
        await me.press("f")
        assert house.now(visit).count_owed
        assert me.sees("COUNT OWED")
        assert "COUNT OWED" in me.message()
        await me.press("r")
        assert "owed" in me.message()
        await me.press("space")
        assert me.sees("Needle count owed")
        await me.press("9", "enter")
        assert not house.now(visit).count_owed


@on_both
async def test_longer_looked_in_on_and_silenced(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "10:00", room="Room 1")
    house.desks[0].needles.put_in(visit.id, 9)
    async with house.open(keys.ROOMS) as me:
        await me.press("full_stop")
        assert "nothing sounds" in me.message()
        await me.press("c")
        assert house.now(visit).retentions[0].checked_at is not None
        await me.press("e", "enter")
        assert house.now(visit).retentions[0].planned_minutes == 30
        await me.press("u")
        assert house.now(visit).retentions[0].planned_minutes == 25
        house.clock.move(minutes=26)
        me.app._tick()
        await me.press("full_stop")
        assert house.now(visit).retentions[0].silenced_until is not None
        await me.waits_for("silenced")


@pytest.mark.parametrize("needles", [True, False])
async def test_a_lamp_left_on_is_silenced_needles_or_not_and_a_check_never_rings(house: House, needles: bool) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "10:00", room="Room 1")
    desk = house.desks[0]
    if needles:
        desk.needles.put_in(visit.id, 9)
    else:
        desk.visits.begin(visit.id)
    async with house.open(keys.ROOMS) as me:
        house.clock.move(minutes=6)
        me.app._tick()
        await me.press("full_stop")
        assert "nothing sounds" in me.message(), "a check that is due is only seen"
        desk.timers.start(visit.id, TimerKind.LAMP, 5)
        house.clock.move(minutes=9)
        me.app.data_changed()
        await me.settle()
        assert me.sees("LAMP LEFT ON")
        assert ". silence" in me.row(-1)
        await me.press("full_stop")
        assert "silenced for 3 min" in me.message()
        lamp = next(one for one in house.now(visit).timers if one.kind is TimerKind.LAMP)
        assert not lamp.sounds(house.clock.now())
        desk.timers.stop(visit.id, TimerKind.LAMP)
        desk.hand_over.go_off("Dr Lin")
        me.app.data_changed()
        await me.settle()
        await me.press("full_stop")
        assert ("silenced for 3 min" if needles else "nobody has them") in me.message()


async def test_a_room_with_nobody_says_so(house: House) -> None:
    async with house.open(keys.ROOMS) as me:
        for key in ("space", "i", "o", "f", "e", "c", "r", "L"):
            await me.press(key)
            assert me.message() == "Room 1 is free, and nobody is booked into it today."


@on_both
async def test_another_terminals_step_is_here_at_once_and_the_dialog_stays(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "10:00", room="Room 1")
    house.desks[0].needles.put_in(visit.id, 9)
    async with house.open(keys.ROOMS) as me:
        await me.press("o", "8")
        house.desk("Bo").needles.take_out(visit.id, 9)
        await me.until(lambda: not any(one.state == "retention" for one in me.app.rooms))
        assert me.sees("Needles out: Garcia, Maria")
        await me.press("escape", "escape")
        await me.waits_for("needles out")


async def test_enter_goes_to_the_visit_on_its_day_and_slash_to_the_patients(house: House) -> None:
    house.book(house.patient("Garcia, Maria"), "10:00", room="Room 1")
    async with house.open(keys.ROOMS) as me:
        await me.press("enter")
        assert me.app.current_mode == keys.DAY
        assert me.sees("Garcia, Maria")
        await me.press("3", "slash")
        assert me.app.current_mode == keys.PATIENTS
        await me.type("gar")
        await me.waits_for("1 found")


async def test_the_timer_is_right_after_a_restart(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "10:00", room="Room 1")
    house.desks[0].needles.put_in(visit.id, 9)
    house.clock.move(minutes=27)
    async with house.open(keys.ROOMS) as me:
        assert me.sees("due since 10:25")
        assert any(one.remaining_seconds == -120 for one in me.app.rooms)


async def test_a_lamp_is_two_keys_and_shown_until_needles_come_out(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "10:00", room="Room 1")
    house.desks[0].needles.put_in(visit.id, 8)
    async with house.open(keys.ROOMS) as me:
        await me.press("T", "1", "0", "l")
        assert me.sees("Garcia, Maria: heat lamp on, 10 min, until 10:10")
        assert me.sees("check 05:00, lamp 10:00")
        house.clock.move(minutes=14)
        await me.until(lambda: me.sees("** LAMP LEFT ON"), "the lamp that was left on")
        await me.press("T", "l")
        await me.until(lambda: me.sees("heat lamp off"), "the lamp off")
        await me.press("u")
        assert [timer.kind.value for timer in house.now(visit).timers] == ["check", "lamp"]
        await me.press("c")
        await me.until(lambda: [one.kind.value for one in house.now(visit).timers] == ["lamp"], "the check done")
        await me.press("f")
        await me.until(lambda: house.now(visit).timers == (), "nothing timed any more")


async def test_a_needle_is_added_and_taken_at_once_and_by_area_it_is_asked_where(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "10:00", room="Room 1")
    needles = house.desks[0].needles
    needles.put_in(visit.id, 8)

    def counted() -> int:
        retention = house.now(visit).retention
        return retention.count_in if retention else 0

    async with house.open(keys.ROOMS) as me:
        await me.press("a", "a", "d")
        await me.until(lambda: counted() == 9, "one more")
        needles.recount(visit.id, areas=parse_areas("head 2 feet 7"))
        await me.until(lambda: bool(me.app.today and by_area(me, visit.id)), "the areas")
        await me.press("d")
        assert me.sees("One fewer: where?")
        await me.press("down", "enter")
        await me.until(lambda: counted() == 8, "one fewer in the feet")
        retention = house.now(visit).retention
        assert retention is not None
        assert retention.areas_in == parse_areas("head 2 feet 6")


async def test_needles_are_taken_no_further_by_a_key_that_is_held_down_and_always_added(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "10:00", room="Room 1")
    house.desks[0].needles.put_in(visit.id, 12)
    async with house.open(keys.ROOMS) as me:
        for key, left in (("a", 18), ("d", 16)):
            for _ in range(6):
                me.app.router.take(Key(key, key))
            await me.settle()
            retention = house.now(visit).retention
            assert retention is not None
            assert retention.count_in == left
        assert "That key is held down" in me.message()


def by_area(me: Driver, key: int) -> bool:
    """Whether the screen knows the areas."""
    assert me.app.today is not None
    visit = me.app.today.appointment(key)
    return bool(visit and visit.retention and visit.retention.areas_in)
