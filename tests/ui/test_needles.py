"""The needle questions: every needle in is accounted for, typed and never confirmed."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.areas import parse_areas
from frontdesk.domain.patient import Flag, FlagKind
from frontdesk.domain.timer import Timer, TimerKind
from frontdesk.domain.visit import Status
from frontdesk.ui import keys
from frontdesk.ui.dialogs.needles import NeedlesIn, NeedlesInAnswer, NeedlesOut, NeedlesOutAnswer
from frontdesk.ui.dialogs.timers import TimerMenu
from tests.driver import at_the_desk
from tests.ui.golden import check
from tests.ui.house import House
from tests.ui.shop import NOON, morning
from tests.ui.sketch import sketch_app

LEE, GARCIA, NOVAK = morning()
"""36 minutes in, 17 minutes in, 5 minutes in; 12 needles each, 25 planned, latest 30."""


def owing(visit: Appointment) -> Appointment:
    """The same visit after a faint: needles out, nobody has counted."""
    retention = visit.retention
    assert retention is not None
    gone = replace(retention, out_at=NOON.subtract(minutes=2))
    return replace(visit, status=Status.NEEDLES_OUT, retentions=(gone,))


def begun(visit: Appointment) -> Appointment:
    """The same visit before any needle is in."""
    return replace(visit, status=Status.WITH_PRACTITIONER, retentions=())


def by_area(visit: Appointment, text: str) -> Appointment:
    """The same visit with its needles counted in by area."""
    retention = visit.retention
    assert retention is not None
    return replace(visit, retentions=(replace(retention, areas_in=parse_areas(text)),))


async def test_the_count_in_is_all_that_must_be_typed() -> None:
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(NeedlesIn(begun(LEE)))
        assert me.sees("25 min planned, 20 to 30 allowed")
        await me.press("1", "2", "enter")
        assert answers == [NeedlesInAnswer(12)]


async def test_minutes_past_the_latest_are_asked_about_once() -> None:
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(NeedlesIn(begun(LEE)))
        await me.press(*"12", "tab", *"125", "enter")
        assert me.sees("125 min, not 20 to 30? Enter again: needles are in.")
        assert answers == []
        await me.press("home", "delete", "enter")
        assert answers == [NeedlesInAnswer(12, 25)]
        answers = await me.opened(NeedlesIn(begun(LEE)))
        await me.press(*"12", "tab", *"10", "enter", "enter")
        assert answers == [NeedlesInAnswer(12, 10)]


async def test_minutes_and_leave_by_are_one_tab_away() -> None:
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(NeedlesIn(begun(LEE)))
        await me.press(*"8", "tab", *"20", "tab", *"11:15", "enter")
        # 11:15 in Toronto in November.
        assert answers == [NeedlesInAnswer(8, 20, NOON.set(hour=16, minute=15, second=0))]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ((), "a number from 1 to 200"),
        (("0",), "from 1 to 200, not 0"),
        (("9", "9", "9"), "not 999"),
        (("1", "tab", "tab", *"09:00"), "09:00 has passed already"),
        (("1", "tab", "tab", *"4:30"), "night or afternoon"),
        (("1", "tab", "tab", *"soon"), "is no time"),
    ],
)
async def test_what_is_no_count_or_no_time_is_said_and_nothing_answered(typed: tuple[str, ...], said: str) -> None:
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(NeedlesIn(begun(LEE)))
        await me.press(*typed, "enter")
        assert me.sees(said)
        assert answers == []


async def test_letters_are_not_typed_into_a_number() -> None:
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(NeedlesIn(begun(LEE)))
        await me.type("x1-y2 z")
        await me.press("enter")
        assert answers == [NeedlesInAnswer(12)]


async def test_flags_are_seen_before_needles_go_in() -> None:
    careful = replace(
        LEE.patient, details=replace(LEE.patient.details, flags=(Flag(FlagKind.ANTICOAGULANT, "[b]warfarin"),))
    )
    async with at_the_desk(sketch_app()) as me:
        await me.opened(NeedlesIn(replace(begun(LEE), patient=careful)))
        assert me.sees("⚠ anticoagulant ([b]warfarin)")


async def test_when_all_are_out_two_digits_and_enter_are_enough() -> None:
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(NeedlesOut(LEE))
        assert me.sees("12 went in at 10:05 (36 min)")
        await me.press("1", "2", "enter")
        assert answers == [NeedlesOutAnswer(12)]


async def test_enter_alone_never_answers_a_count_out() -> None:
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(NeedlesOut(LEE))
        await me.press("enter", "enter", "enter")
        assert answers == []
        assert me.sees("a number from 0 to")


async def test_a_needle_short_is_named_and_needs_a_reason_and_a_second_name() -> None:
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(NeedlesOut(LEE))
        await me.press("1", "1", "enter")
        assert answers == []
        assert me.sees("12 in, 11 out: 1 needle is not accounted for")
        await me.press("enter", "enter")
        assert me.sees("1 needle is not accounted for: why")
        await me.type("searched the sheets")
        await me.press("enter")
        assert me.sees("a second name is needed")
        await me.type("Ana")
        await me.press("enter")
        assert answers == [NeedlesOutAnswer(11, 0, False, "searched the sheets", "Ana")]


async def test_a_missing_needle_needs_a_second_person_and_no_word_of_the_command_line(house: House) -> None:
    visit = house.book(house.patient("Garcia, Maria"), "10:00", room="Room 1")
    house.desks[0].needles.put_in(visit.id, 12)
    async with house.open(keys.DAY) as me:
        await me.press("tab", "space", "1", "1", "enter", "enter", "enter", *"gone", "enter", *"Ana", "enter")
        assert me.sees("1 missing: a second person than Ana must have looked too")
        assert not me.sees("--by")
        assert house.desks[0].visits.get(visit.id).needles_are_in


async def test_kept_needles_need_the_patient_told() -> None:
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(NeedlesOut(LEE))
        await me.press("1", "0", "enter", "enter", "2", "enter")
        assert answers == []
        assert me.sees("the patient must know")
        await me.press("n", "enter")
        assert answers == []
        await me.press("backspace", "y", "enter")
        assert answers == [NeedlesOutAnswer(10, 2, True)]


async def test_one_kept_and_one_missing() -> None:
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(NeedlesOut(LEE))
        await me.press("1", "0", "enter", "down", "1", "tab", "y", "tab", *"+4d", "tab", *"gone", "tab", *"Bo", "enter")
        assert answers == [NeedlesOutAnswer(10, 1, True, "gone", "Bo", date(2026, 11, 27))]


async def test_found_again_the_count_is_corrected_and_nothing_is_missing() -> None:
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(NeedlesOut(LEE))
        await me.press("1", "1", "enter")
        assert me.sees("Look, and count again. Still 11: Enter.")
        await me.press("1", "2")
        assert me.sees("Every needle is accounted for")
        await me.press("enter")
        assert answers == [NeedlesOutAnswer(12)]


async def test_from_what_is_asked_besides_the_count_is_one_key_above() -> None:
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(NeedlesOut(LEE))
        await me.press("1", "1", "enter", "enter", "up", "1", "2", "enter")
        assert answers == [NeedlesOutAnswer(12)]


async def test_more_out_than_in_is_asked_and_then_raises_the_count_in() -> None:
    for visit in (LEE, owing(LEE)):
        async with at_the_desk(sketch_app()) as me:
            answers = await me.opened(NeedlesOut(visit))
            await me.press("1", "3", "enter")
            assert me.sees("12 went in, 13 came out? Enter again: 13 went in.")
            assert answers == []
            await me.press("backspace", "4", "enter")
            assert answers == []
            await me.press("enter")
            assert answers == [NeedlesOutAnswer(14, went_in=14)]


async def test_by_area_each_is_asked_from_head_to_feet() -> None:
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(NeedlesOut(by_area(LEE, "head 2 ears 4 feet 6")))
        assert me.sees("Head (2 in)")
        assert me.sees("Look: scalp")
        await me.press("2", "enter")
        assert me.sees("Out so far: head 2")
        assert me.sees("Ears (4 in)")
        await me.press("4", "enter", "enter")
        assert answers == []
        await me.press("6", "enter")
        assert answers == [NeedlesOutAnswer(12, areas=parse_areas("head 2 ears 4 feet 6"))]


async def test_a_right_sum_in_the_wrong_places_is_looked_at_again() -> None:
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(NeedlesOut(by_area(LEE, "head 2 feet 10")))
        await me.press("1", "enter", "1", "1", "enter")
        assert me.sees("head: 2 in, 1 out")
        assert me.sees("feet: 10 in, 11 out")
        assert me.sees("the places are not")
        assert answers == []
        await me.press("enter")
        assert answers == [NeedlesOutAnswer(12, areas=parse_areas("head 1 feet 11"))]


async def test_one_short_by_area_is_what_is_missing() -> None:
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(NeedlesOut(by_area(LEE, "head 2 feet 10")))
        await me.press("1", "enter", "1", "0", "enter")
        assert me.sees("12 in, 11 out: 1 needle is not accounted for")
        await me.press("enter", "1", "tab", "y", "enter")
        assert answers == [NeedlesOutAnswer(11, 1, True, areas=parse_areas("head 1 feet 10"))]


async def test_needles_in_by_area_need_no_sum() -> None:
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(NeedlesIn(begun(LEE)))
        await me.press("tab", "tab", "tab", *"head 2 feet 6", "enter")
        assert answers == [NeedlesInAnswer(8, areas=parse_areas("head 2 feet 6"))]


async def test_areas_that_make_another_sum_are_said() -> None:
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(NeedlesIn(begun(LEE)))
        await me.press("9", "tab", "tab", "tab", *"head 2 feet 6", "enter")
        assert me.sees("8 together, not 9")
        assert answers == []


async def test_one_more_and_one_fewer_from_what_was_counted_in() -> None:
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(NeedlesIn(LEE))
        await me.press("+", "+", "-", "enter")
        assert answers == [NeedlesInAnswer(13)]


async def test_no_minutes_at_all_is_that_the_patient_decides() -> None:
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(NeedlesIn(begun(LEE)))
        await me.press("8", "tab", "0", "enter")
        assert answers == [NeedlesInAnswer(8, patient_decides=True)]


async def test_who_may_faint_is_asked_about_once_a_visit() -> None:
    new = replace(begun(LEE), patient=replace(LEE.patient, last_seen_at=None))
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(NeedlesIn(new))
        assert me.sees("⚠ faint risk: first visit")
        await me.press("8", "enter")
        assert answers == []
        await me.press("enter")
        assert answers == [NeedlesInAnswer(8)]
        again = await me.opened(NeedlesIn(replace(new, asked=frozenset({"needles/faint-risk"}))))
        assert not me.sees("faint risk")
        await me.press("8", "enter")
        assert again == [NeedlesInAnswer(8)]


async def test_a_faint_is_one_key_whatever_is_typed_so_far() -> None:
    for key in ("f", "!"):
        async with at_the_desk(sketch_app()) as me:
            answers = await me.opened(NeedlesOut(LEE))
            await me.press("1", key)
            assert answers == [NeedlesOutAnswer(None)]


async def test_a_count_owed_is_asked_the_same_way_and_cannot_be_owed_again() -> None:
    async with at_the_desk(sketch_app()) as me:
        answers = await me.opened(NeedlesOut(owing(LEE)))
        assert me.sees("Needle count owed: Lee, Jun")
        assert me.sees("out at 10:40")
        await me.press("f")
        assert answers == []
        await me.press("1", "2", "enter")
        assert answers == [NeedlesOutAnswer(12)]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_how_the_questions_look(size: tuple[int, int]) -> None:
    lamp = Timer(7, TimerKind.LAMP, NOON.subtract(minutes=11), 15)
    cups = Timer(8, TimerKind.CUPS, NOON.subtract(minutes=12), 10)
    async with at_the_desk(sketch_app(), size) as me:
        for name, dialog, typed in (
            ("needles-in", NeedlesIn(begun(LEE)), ()),
            ("needles-short", NeedlesOut(LEE), ("9", "enter")),
            ("needles-owed", NeedlesOut(owing(by_area(LEE, "head 2, ears 4, feet 6"))), ("2", "enter")),
            ("timers", TimerMenu(replace(LEE, timers=(lamp, cups))), ()),
        ):
            await me.opened(dialog)
            await me.press(*typed)
            check(me, f"{name}-{size[0]}x{size[1]}")
            await me.press("escape", "escape", "y")
