"""What is kept from one key or second to the next is what would be made anew."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from frontdesk.domain.day import DaySheet
from frontdesk.domain.retention import Alarm
from frontdesk.domain.timer import Timer, TimerKind
from frontdesk.domain.visit import ON_PREMISES
from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.layout.day_cards import Cards
from frontdesk.ui.layout.strip import strip_lines
from frontdesk.ui.screens.base import DeskScreen
from frontdesk.ui.screens.day import DayScreen
from frontdesk.ui.widgets.frame import RoomStrip
from tests.driver import Driver, at_the_desk
from tests.ui.day_shop import NOW, busy_day
from tests.ui.shop import FakeDesk, opener

WALK = ("down",) * 6 + ("right",) * 3 + ("up",) * 4 + ("left",) * 2 + ("tab",) * 25 + ("shift+tab",) * 3
"""Over free and closed time, blocks and visits in every status."""


def assert_made_anew(me: Driver, where: object) -> None:
    day: Any = me.app.screen
    sight, card = day.sight, day._card
    with card.desk_privacy():
        made = Cards().lines(sight, me.app.now(), *card.size, narrow=day.has_class("-narrow"))
    assert card._lines[: len(made)] == tuple(made)[: card.size.height], where
    if sight.carried is None:
        assert day.key_line() == DeskScreen.key_line(day), where


async def walk(me: Driver, *names: str) -> None:
    for number, name in enumerate(names):
        await me.press(name)
        assert_made_anew(me, (number, name))


async def test_the_card_and_the_key_line_wherever_the_cursor_goes() -> None:
    desk = FakeDesk(busy_day())
    async with at_the_desk(FrontdeskApp(opener(desk), {keys.DAY: DayScreen}), (120, 40)) as me:
        await walk(me, *WALK, *reversed(WALK), "ctrl+t", *WALK[:20], "ctrl+r", *WALK[20:], "ctrl+t")
        await walk(me, "v", *WALK, "v", *WALK, "v")


def with_seconds(sheet: DaySheet) -> DaySheet:
    """The day with needles that went in within a minute of the clock, and lamps that are on for another while."""
    visits = []
    for one in sheet.appointments:
        if one.needles_are_in:
            lamp = Timer(one.id, TimerKind.LAMP, NOW.subtract(minutes=4, seconds=37), 5)
            retentions = (replace(one.retentions[0], in_at=one.retentions[0].in_at.add(seconds=23)),)
            one = replace(one, retentions=retentions, timers=(lamp,))
        visits.append(one)
    return replace(sheet, appointments=tuple(visits))


async def test_the_card_and_the_key_line_while_time_passes_and_alarms_rise() -> None:
    desk = FakeDesk(with_seconds(busy_day()))
    desk.clock.instant = NOW
    async with at_the_desk(FrontdeskApp(opener(desk), {keys.DAY: DayScreen}), (120, 40)) as me:
        day: Any = me.app.screen
        offered = set()
        await me.press(*["shift+tab"] * 28)
        for _ in range(28):
            await me.press("tab")
            if day.sight.visit.status in ON_PREMISES:
                for _ in range(13):
                    desk.clock.instant = desk.clock.now().add(seconds=5)
                    me.app._tick()
                    assert_made_anew(me, day.sight.visit.patient.name)
                    offered.add(day.why_not("needles.silence") is None)
        assert offered == {True, False}, "what time makes possible has become so"


async def test_the_key_line_offers_to_hush_a_lamp_the_moment_its_time_is_over() -> None:
    sheet = busy_day()
    calm = next(one for one in sheet.appointments if one.needles_are_in and one.retentions[0].alarm(NOW) is Alarm.NONE)
    lamp = Timer(1, TimerKind.LAMP, NOW.subtract(minutes=4, seconds=37), 5)
    desk = FakeDesk(sheet.with_visit(replace(calm, timers=(lamp,))))
    desk.clock.instant = NOW
    async with at_the_desk(FrontdeskApp(opener(desk), {keys.DAY: DayScreen}), (120, 40)) as me:
        day: Any = me.app.screen
        day.sight.select(("visit", calm.id))
        offered = []
        for _ in range(6):
            day.show_cursor()
            assert_made_anew(me, desk.clock.now())
            offered.append("silence" in dict(day.key_line()).values())
            desk.clock.instant = desk.clock.now().add(seconds=7)
            me.app._tick()
        assert offered == [False] * 4 + [True] * 2


async def test_the_size_of_the_rooms_chips_while_time_passes() -> None:
    desk = FakeDesk(busy_day())
    async with at_the_desk(FrontdeskApp(opener(desk), {keys.DAY: DayScreen}), (120, 40)) as me:
        strip = me.app.screen.query_one(RoomStrip)
        for _ in range(120):
            desk.clock.instant = desk.clock.now().add(seconds=41)
            me.app._tick()
            assert strip._lines == strip_lines(me.app.rooms, *strip.size, beat=me.app.beat)
