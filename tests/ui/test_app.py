"""The dashboard's life: first frame, news from other processes, refusals, a lost database, quitting."""

from __future__ import annotations

from datetime import date
from threading import Event

import pytest
from msgspec.structs import replace

from frontdesk import crash
from frontdesk.clock import ManualClock
from frontdesk.domain.day import DaySheet
from frontdesk.domain.errors import Refused, Unavailable
from tests.driver import at_the_desk
from tests.ui import golden
from tests.ui.shop import CLINIC, DAY, NOON, FakeDesk
from tests.ui.sketch import Other, Sketch, sketch_app


def top(app: object) -> Sketch:
    screen = getattr(app, "screen")  # noqa: B009
    assert isinstance(screen, Sketch)
    return screen


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_the_frame(size: tuple[int, int]) -> None:
    async with at_the_desk(sketch_app(), size) as me:
        golden.check(me, f"frame-{size[0]}x{size[1]}")


async def test_the_first_frame_does_not_wait_for_the_database() -> None:
    may_open = Event()

    def slow() -> FakeDesk:
        may_open.wait(20)
        return FakeDesk()

    async with at_the_desk(sketch_app(open_desk=slow), opened=False) as me:
        await me.waits_for("next step")
        assert not me.sees("Shenmen Clinic")
        may_open.set()
        await me.waits_for("Shenmen Clinic")


async def test_what_writes_is_made_ready_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    ready = Event()

    class Waiting(FakeDesk):
        def get_ready(self) -> None:
            ready.set()

    monkeypatch.setattr("frontdesk.ui.app.READY_S", 0.01)
    async with at_the_desk(sketch_app(open_desk=Waiting)) as me:
        await me.until(ready.is_set, "what writes")


async def test_a_database_that_can_not_be_opened_ends_the_program_with_its_reason(
    capfd: pytest.CaptureFixture[str],
) -> None:
    def refuse() -> FakeDesk:
        raise Unavailable("clinic.db is newer than this program: update frontdesk")

    app = sketch_app(open_desk=refuse)
    async with at_the_desk(app, opened=False) as me:
        await me.until(lambda: app.return_code == 1, "the end")
    assert app.return_code == 1
    assert capfd.readouterr().err == "frontdesk: clinic.db is newer than this program: update frontdesk\n"


async def test_a_change_elsewhere_reloads_the_screen_and_the_strip_and_leaves_the_cursor() -> None:
    desk = FakeDesk()
    async with at_the_desk(sketch_app(desk)) as me:
        await me.press("down", "down")
        before = top(me.app).reloads
        assert me.sees("R2 Lee J")
        desk.change(DaySheet(DAY, CLINIC))
        await me.until(lambda: not me.sees("R2 Lee J"), "the strip without Lee")
        assert top(me.app).reloads == before + 1
        assert top(me.app).rows.key == 2


async def test_today_is_not_read_again_for_what_it_was_read_after() -> None:
    """As each write of one's own, which the feed tells of like any other."""
    desk = FakeDesk(DaySheet(DAY, CLINIC, seq=1))
    async with at_the_desk(sketch_app(desk)) as me:
        loads, reloads = desk.loads, top(me.app).reloads
        desk.tell()
        await me.until(lambda: top(me.app).reloads == reloads + 1, "what else stands on the screen")
        assert desk.loads == loads


@pytest.mark.parametrize(("seen", "reads"), [(1, 1), (0, 2)])
async def test_while_today_is_read_news_wait_for_what_it_has_seen(seen: int, reads: int) -> None:
    """Read a second time only where what was heard of meanwhile is not in it."""
    desk, may = FakeDesk(DaySheet(DAY, CLINIC)), Event()
    async with at_the_desk(sketch_app(desk)) as me:
        loads = desk.loads
        sheets = iter([DaySheet(DAY, CLINIC, seq=seen), DaySheet(DAY, CLINIC, seq=1)])

        def slow(day: date | None = None) -> DaySheet:
            desk.loads += 1
            may.wait(20)
            return next(sheets)

        desk.load = slow  # type: ignore[method-assign]
        me.app.data_changed()
        await me.until(lambda: desk.loads == loads + 1, "the reading")
        me.app.heard_of(1)
        may.set()
        await me.until(lambda: me.app.today is not None and me.app.today.seq == 1, "what was heard of")
        await me.settle()
        assert desk.loads == loads + reads


async def test_a_hidden_screen_reloads_when_it_is_shown_again_and_not_before() -> None:
    desk = FakeDesk()
    async with at_the_desk(sketch_app(desk)) as me:
        sketch = top(me.app)
        await me.press("2")
        other = me.app.screen
        assert isinstance(other, Other)
        before = sketch.reloads
        desk.change(DaySheet(DAY, CLINIC))
        await me.until(lambda: other.reloads == 2, "the reload of the screen in sight")
        assert sketch.reloads == before
        await me.press("1")
        assert sketch.reloads == before + 1
        await me.press("2", "1")
        assert sketch.reloads == before + 1


async def test_a_refused_write_says_why_and_acts_on_nothing() -> None:
    def refuse() -> None:
        raise Refused("Room 2 is taken until 10:40: R3 is free")

    async with at_the_desk(sketch_app()) as me:
        top(me.app).save(refuse, lambda _: top(me.app).done.append("written"))
        await me.settle()
        assert me.row(-2).strip() == "✗ Room 2 is taken until 10:40: R3 is free"
        assert top(me.app).done == []


async def test_a_lost_database_is_said_until_it_is_back_and_the_timers_go_on() -> None:
    desk = FakeDesk()
    async with at_the_desk(sketch_app(desk)) as me:
        desk.lost = Unavailable("clinic.db was replaced: start again")
        await me.waits_for("TIMERS NOT LIVE")
        desk.clock.move(seconds=60)
        await me.waits_for("OVERDUE +12:10")
        assert me.sees("clinic.db was replaced")
        desk.lost = None
        await me.until(lambda: not me.sees("TIMERS NOT LIVE"), "the end of the banner")


async def test_only_the_newest_of_several_questions_is_answered() -> None:
    async with at_the_desk(sketch_app()) as me:
        sketch = top(me.app)
        first_may_end = Event()

        def old() -> str:
            first_may_end.wait(20)
            return "old"

        sketch.ask(old, sketch.done.append, group="search")
        sketch.ask(lambda: "new", sketch.done.append, group="search")
        await me.until(lambda: sketch.done == ["new"], "the new answer")
        first_may_end.set()
        await me.settle()
        assert sketch.done == ["new"]


async def test_what_was_asked_from_a_screen_that_is_gone_before_its_thread_begins_is_done() -> None:
    async with at_the_desk(sketch_app()) as me:
        await me.app.push_screen(Sketch())
        gone = top(me.app)
        may_begin = Event()
        done: list[str] = []

        def work() -> None:
            may_begin.wait(20)
            done.append(gone.desk.actor)

        gone.ask(work, lambda _: None, group="card")
        gone.save(work, None)
        await me.app.pop_screen()
        may_begin.set()
        await me.until(lambda: len(done) == 2, "both")
        await me.settle()
        assert me.app.is_running


async def test_undo_takes_back_the_last_thing_once_and_says_what() -> None:
    async with at_the_desk(sketch_app()) as me:
        me.app.say("Garcia M: arrived", undo=lambda: "Garcia M: undid the arrival")
        await me.press("u")
        assert me.message() == "Garcia M: undid the arrival"
        await me.press("u")
        assert me.message() == "Nothing to undo here."


async def test_what_is_refused_or_merely_said_takes_no_undo_away() -> None:
    async with at_the_desk(sketch_app()) as me:
        me.app.say("Garcia M: arrived", undo=lambda: "Garcia M: undid the arrival")
        top(me.app).refuses = {"visit.next": "Choose an appointment first."}
        await me.press("space")
        me.app.hint("Most urgent first.", tone="dim")
        me.app.refuse(Refused("nothing is free then"))
        await me.settle()
        assert me.sees("u undoes “Garcia M: arrived”"), "beside a refusal it says what it takes back"
        await me.press("u")
        assert me.message() == "Garcia M: undid the arrival"


async def test_what_is_refused_is_said_no_longer_on_another_screen() -> None:
    async with at_the_desk(sketch_app()) as me:
        me.app.say("Garcia M: arrived", undo=lambda: "Garcia M: undid the arrival")
        me.app.refuse(Refused("the day can't be closed"))
        await me.press("2")
        assert not me.sees("can't be closed")
        assert me.message().startswith("Garcia M: arrived")
        assert not me.sees("undoes")
        await me.press("escape", "1")
        assert me.message() == "", "what was left with Esc is not said again"
        me.app.refuse(Refused("the day can't be closed"))
        await me.press("2")
        assert not me.sees("can't be closed")


async def test_a_disabled_action_says_why_and_does_nothing() -> None:
    async with at_the_desk(sketch_app()) as me:
        top(me.app).refuses = {"visit.next": "Choose an appointment first."}
        await me.press("space")
        assert me.message() == "Choose an appointment first."
        assert top(me.app).done == []


async def test_a_timer_that_runs_out_is_seen_without_a_key() -> None:
    desk = FakeDesk()
    async with at_the_desk(sketch_app(desk), (200, 40)) as me:
        assert me.sees("● R1 Garcia M 07:12")
        desk.clock.move(minutes=8)
        await me.waits_for("* R1 Garcia M due +00:48")
        assert me.sees("10:50:07")


async def test_a_demo_clock_is_said() -> None:
    class DemoClock(ManualClock):
        is_demo = True

    desk = FakeDesk(clock=DemoClock(NOON))
    async with at_the_desk(sketch_app(desk), (80, 24)) as me:
        assert me.sees("DEMO CLOCK")


async def test_quitting_asks_while_needles_are_in_and_not_otherwise() -> None:
    app = sketch_app()
    async with at_the_desk(app) as me:
        await me.press("q")
        assert me.sees("R2 Lee J: needles in")
        assert me.sees("R1 Garcia M: needles in")
        await me.press("enter", "escape")
        assert app.is_running
        assert isinstance(app.screen, Sketch)
    app = sketch_app(FakeDesk(sheet=DaySheet(DAY, CLINIC)))
    async with at_the_desk(app) as me:
        await me.press("q")
    assert app.return_code == 0


async def test_a_window_too_small_shows_the_alarms_and_comes_back() -> None:
    async with at_the_desk(sketch_app()) as me:
        await me.pilot.resize_terminal(59, 14)
        await me.waits_for("Too small")
        assert me.row(0).strip() == "*** R2 Lee J OVERDUE +11:10"
        assert not me.sees("row 0")
        await me.pilot.resize_terminal(80, 24)
        await me.waits_for("row 0")
        assert not me.sees("Too small")


async def test_hostile_names_reach_the_screen_as_plain_text() -> None:
    names = (
        "[red]Bob[/]",
        "O'Brien [/x]",
        "Ann [VIP]",
        "\x1b[2J\x1b]0;t\x07Eve",
        "\u202eevil",
        "[@click=app.quit]x[/]",
    )
    for name in names:
        async with at_the_desk(sketch_app(FakeDesk(actor=name))) as me:
            me.app.say(f"{name}: arrived")
            await me.settle()
            seen = me.screen()
            assert not any(ord(character) < 32 or character == "\u202e" for character in seen.replace("\n", ""))
            if name.isprintable():
                assert f"{name}: arrived" in seen


def test_the_details_of_a_crash_name_places_and_nobody() -> None:
    patient = "Canary-Patient"
    try:
        try:
            raise ValueError(patient)
        except ValueError as first:
            raise RuntimeError(f"could not save {patient}") from first
    except RuntimeError as error:
        words = crash.details(error)
    assert "ValueError" in words
    assert "RuntimeError" in words
    assert "test_app.py" in words
    assert patient not in words


async def test_reload_keeps_a_sheet_of_another_day_out_of_the_strip() -> None:
    sheet = FakeDesk().sheet
    desk = FakeDesk(sheet=replace(sheet, appointments=(), in_house=sheet.appointments))
    async with at_the_desk(sketch_app(desk)) as me:
        assert me.sees("R2 Lee J OVERDUE")


async def test_a_long_message_lies_over_the_content_and_moves_nothing_beneath() -> None:
    async with at_the_desk(sketch_app(), (80, 24)) as me:
        rows = me.screen().splitlines()
        me.app.say("Room 2 is taken until 10:45: " + "take another room, or another time, " * 4, tone="error")
        await me.settle()
        said = me.screen().splitlines()
        assert said[:-4] == rows[:-4]
        assert said[-1] == rows[-1]
        assert " ".join(" ".join(said[-4:-1]).split()).endswith("take another room, or another time,")
        me.app.say("Garcia M: arrived")
        await me.settle()
        assert me.screen().splitlines()[:-2] == rows[:-2]
