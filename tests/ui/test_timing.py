"""What is timed beside the needles, and how much longer they stay, typed and never confirmed."""

from __future__ import annotations

from msgspec.structs import replace

from frontdesk.domain.patient import Flag, FlagKind
from frontdesk.domain.timer import Timer, TimerKind
from frontdesk.ui.dialogs.extend import Extend, ExtendAnswer
from frontdesk.ui.dialogs.timers import TimerAnswer, TimerMenu
from tests.driver import at_the_desk
from tests.ui.shop import NOON, morning
from tests.ui.sketch import sketch_app

LEE, _, NOVAK = morning()
"""36 minutes in, 5 minutes in; 25 planned, latest 30."""


async def test_a_letter_starts_a_timer_or_ends_it_and_minutes_come_first() -> None:
    lamp = Timer(7, TimerKind.LAMP, NOON.subtract(minutes=11), 15)
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(TimerMenu(replace(LEE, timers=(lamp,))))
        assert me.sees("heat lamp  04:00 left")
        assert me.sees("e-stim      20 min")
        await me.press("enter")
        assert answers == []
        await me.press("l")
        assert answers == [TimerAnswer(TimerKind.LAMP, stop=True)]
        more = await me.opened(TimerMenu(replace(LEE, timers=(lamp,))))
        await me.press("1", "0", "l")
        assert more == [TimerAnswer(TimerKind.LAMP, minutes=10)]


async def test_what_a_flag_does_not_go_with_wants_its_letter_twice() -> None:
    flags = (Flag(FlagKind.REDUCED_SENSATION), Flag(FlagKind.PACEMAKER))
    careful = replace(LEE, patient=replace(LEE.patient, details=replace(LEE.patient.details, flags=flags)))
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(TimerMenu(careful))
        await me.press("l")
        assert me.sees("heat lamp with reduced sensation: the patient may not feel a burn")
        assert me.sees("l again if that is meant")
        await me.press("e")
        assert me.sees("e-stim with a pacemaker")
        assert answers == []
        await me.press("e")
        assert answers == [TimerAnswer(TimerKind.ESTIM, confirmed=True)]


async def test_five_minutes_longer_is_enter() -> None:
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(Extend(NOVAK))
        assert me.sees("Out at 11:06; the latest is 11:06")
        await me.press("enter")
        assert answers == [ExtendAnswer(5)]


async def test_past_the_latest_minute_it_asks_again() -> None:
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(Extend(NOVAK))
        await me.press("up")
        assert me.sees("5 min past the latest")
        await me.press("enter")
        assert answers == []
        assert me.sees("Enter again")
        await me.press("enter")
        assert answers == [ExtendAnswer(10)]


async def test_an_end_that_has_passed_is_not_moved_to_another_that_has() -> None:
    async with at_the_desk(sketch_app()) as me:
        # 36 minutes in with 25 planned: due 11 minutes ago.
        answers = await me.opened(Extend(LEE))
        assert me.sees("Out at 10:45: 10 min past the latest, 10:35")
        await me.press("5", "enter")
        assert answers == []
        assert me.sees("10:35 has passed already: 12 min or more, or needles out")
        await me.press("escape")
        assert answers == [None]


async def test_a_typed_number_replaces_the_five() -> None:
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(Extend(NOVAK))
        await me.press("3", "enter")
        assert answers == [ExtendAnswer(3)]


async def test_shorter_is_a_minus_or_down_and_before_the_earliest_it_asks() -> None:
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(Extend(NOVAK))
        await me.press("down", "enter")
        assert answers == [ExtendAnswer(-5)]
        early = await me.opened(Extend(NOVAK))
        await me.press("-", "8", "enter")
        assert me.sees("3 min before the earliest")
        assert early == []
        await me.press("enter")
        assert early == [ExtendAnswer(-8)]


async def test_a_minus_has_room_before_the_longest_number() -> None:
    assert NOVAK.retention is not None
    kept_long = replace(NOVAK, retentions=(replace(NOVAK.retention, planned_minutes=150, latest_minutes=150),))
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(Extend(kept_long))
        await me.press(*"-120", "enter")
        assert answers == [ExtendAnswer(-120)]


async def test_p_leaves_the_end_to_the_patient() -> None:
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(Extend(NOVAK))
        await me.press("p")
        assert answers == [ExtendAnswer(patient_decides=True)]
