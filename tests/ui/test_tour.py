"""The guided tour: each step is done by what happened, and the whole of it can be walked by what it says."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pendulum
import pytest
from msgspec.structs import replace

from frontdesk.clock import HurriedClock, ManualClock
from frontdesk.demo import build_demo
from frontdesk.desk.open import Desk, open_desk
from frontdesk.domain.visit import Status
from frontdesk.ui import keys
from frontdesk.ui.screens.all import screens
from frontdesk.ui.tour.app import TourApp
from frontdesk.ui.tour.line import tour_spans
from frontdesk.ui.tour.steps import PACE, STEPS, UNDO, Did, Look, Progress, Seen
from tests.driver import Driver, at_the_desk

AT = pendulum.datetime(2026, 11, 23, 10, 40, tz="America/Toronto").in_timezone("UTC")
NUMBER = {step.title: number for number, step in enumerate(STEPS)}


def _at(title: str, guest: int | None = 7) -> Progress:
    return Progress(number=NUMBER[title], guest=guest)


def test_who_did_more_than_was_asked_for_is_not_asked_for_it_again() -> None:
    ahead = Seen(marked=7, today=frozenset({7}), dids=(Did(1, "visit.arrive", 7), Did(2, "visit.begin", 7)))
    assert _at("Arrived").after(ahead).step is STEPS[NUMBER["Needles in"]]


def test_what_was_done_before_a_step_began_does_not_count_for_it() -> None:
    seen = Seen(dids=(Did(1, "visit.move", 7), Did(2, UNDO, 7)))
    progress = _at("Move").after(seen)
    assert progress.step is STEPS[NUMBER["Arrived"]]
    assert Progress(number=NUMBER["Undo"], since=2, guest=7).after(seen).step is STEPS[NUMBER["Undo"]]


def test_what_is_done_for_somebody_else_is_not_the_tours() -> None:
    others = Seen(marked=8, today=frozenset({7, 8}), dids=(Did(1, "visit.arrive", 8),))
    assert _at("Arrived").after(others).step is STEPS[NUMBER["Arrived"]]
    assert "Go to @" in _at("Arrived").says(others)


def test_who_booked_for_another_day_goes_on_with_anybody_of_today() -> None:
    progress = _at("The day", guest=99).after(Seen(marked=8, today=frozenset({7, 8})))
    assert (progress.step, progress.guest) == (STEPS[NUMBER["Move"]], 8)


def test_time_hurries_only_while_the_needles_rest() -> None:
    assert [step.title for step in STEPS if step.pace > 1] == ["The timer"]
    assert _at("The timer").after(Seen(rings=True)).step is STEPS[NUMBER["Needles out"]]


def test_the_rest_of_a_course_is_not_said_to_be_nothing() -> None:
    words = _at("The next visit").says(Seen(keys.DAY, "Repeat", marked=7))
    assert "`Enter` books all of it" in words


def test_whatever_it_says_fits_a_small_screen_and_names_keys_that_are_there() -> None:
    known = {"Enter", "Esc", "1", "12", "%", "weiss"} | {one.id for one in keys.ACTIONS if one.keys}
    dialogs = ("", "Book", "Move", "Help", "NeedlesIn", "NeedlesOut", "NextVisitDialog", "Repeat")
    for place, dialog, carries, shows_today in product(keys.PLACES, dialogs, (False, True), (False, True)):
        seen = Seen(place, dialog, is_typing=True, marked=7, carries=carries, shows_today=shows_today)
        for step in STEPS:
            words = step.says(Look(seen, (), 7))
            said = "".join(span.text for span in tour_spans(words))
            assert len(said.replace("@", "N" * 14).replace("%", "10:55")) < 79, said
            assert set(words.split("`")[1::2]) <= known, words


def test_it_names_the_keys_of_this_workstation() -> None:
    own = keys.Keymap(replace(one, keys=("f5",)) if one.id == "visit.next" else one for one in keys.ACTIONS)
    assert [span.text for span in tour_spans("`visit.next`: in. `Enter`.", own)] == ["F5", ": in. ", "Enter", "."]


def test_a_hurried_clock_is_no_clock_that_was_set() -> None:
    base = ManualClock(AT)
    clock = HurriedClock(base)
    before = clock.reading()
    clock.run(PACE)
    base.move(seconds=10)
    clock.run(1)
    base.move(seconds=5)
    after = clock.reading()
    assert (after.at - before.at).total_seconds() == 10 * PACE + 5
    assert after.lead_ms == before.lead_ms
    assert after.boot == before.boot != base.reading().boot


@pytest.fixture
def demo(tmp_path: Path) -> str:
    where = str(tmp_path / "demo.db")
    build_demo(where, patients=100, at=AT, quiet=True)
    return where


def _app(where: str, clock: HurriedClock) -> tuple[TourApp, list[Desk]]:
    desks: list[Desk] = []

    def opened() -> Desk:
        desks.append(open_desk(where, "Ana", clock=lambda offset_ms: clock))
        return desks[0]

    return TourApp(opened, screens()), desks


async def _walk(me: Driver, title: str, *pressed: str) -> None:
    """Presses what the step says, then waits until the tour has seen it."""
    await me.waits_for(f": {title} ")
    await me.press(*pressed)


async def test_the_whole_tour_at_the_smallest_size(demo: str, patient_keys: None) -> None:
    base = ManualClock(AT)
    clock = HurriedClock(base)
    app, desks = _app(demo, clock)
    async with at_the_desk(app, (80, 24)) as me:
        await _walk(me, "Help", "question_mark")
        await _walk(me, "Back", "escape")
        await _walk(me, "Find a patient", "slash", *"weiss", "enter")
        await _walk(me, "Book", "b", "1", "enter")
        await _walk(me, "The day", "1")
        await me.waits_for("Go to Weiß J")
        for _ in range(10):
            await me.press("up")
            app._look()
            await me.drawn()
            if me.sees(": Move "):
                break
        await _walk(me, "Move", "m", *"10:55", "enter")
        # Left for a while, and everything else goes on.
        await me.waits_for(": Undo ")
        await me.press("ctrl+n")
        await me.waits_for("Ctrl+N goes on with it")
        assert not me.sees("On second thought")
        await me.press("ctrl+n")
        await _walk(me, "Undo", "u")
        await _walk(me, "Arrived", "space")
        await _walk(me, "Into the room", "space")
        await _walk(me, "Practitioner", "space")
        # The newcomer is a faint risk, which is asked about once.
        await _walk(me, "Needles in", "space", *"12", "enter", "enter")
        await me.waits_for(": The timer ")
        before = clock.now()
        base.move(seconds=1)
        assert (clock.now() - before).total_seconds() == PACE
        base.move(seconds=20 * 60 // PACE)
        app._tick()
        await _walk(me, "Needles out", "space", *"12", "enter")
        before = clock.now()
        base.move(seconds=1)
        assert (clock.now() - before).total_seconds() == 1
        assert not app.clock_notice.mark
        await _walk(me, "Check-out", "space")
        await me.waits_for("next visit, 1 of 8 done")
        await _walk(me, "The next visit", "enter")
        await _walk(me, "Waiting", "5")
        await _walk(me, "Recalls", "4")
        await _walk(me, "Close of the day", "C")
        await _walk(me, "Home", "1")
        await me.waits_for("The tour is over")
        await me.press("ctrl+n")
        await me.until(lambda: not me.sees("The tour is over"), "the end of it")
        done = [one for one in desks[0].days.load().appointments if one.patient.details.family == "Weiß"]
        assert [one.status for one in done] == [Status.CHECKED_OUT]


async def test_a_visit_is_taken_over_the_wide_day_by_what_the_tour_says(demo: str, patient_keys: None) -> None:
    app, _ = _app(demo, HurriedClock(ManualClock(AT)))
    async with at_the_desk(app, (120, 40)) as me:
        app.guide.progress = Progress(number=NUMBER["Find a patient"])
        await _walk(me, "Find a patient", "slash", *"weiss", "enter")
        await _walk(me, "Book", "b", "1", "enter")
        await _walk(me, "The day", "1")
        await _walk(me, "Move", "m")
        await me.waits_for("m again takes a time")
        await me.press("m")
        await me.waits_for("Type 10:50")
        await me.press(*"10:50", "enter")
        await me.waits_for(": Undo ")
