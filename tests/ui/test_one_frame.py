"""A screen or dialog is drawn once when it is opened, and what lies beneath it is seen through its tint."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from textual.app import App
from textual.events import Resize
from textual.geometry import Region, Size

from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.compositor import Drawn, FrameCompositor, Whole
from frontdesk.ui.dialogs.base import Dialog
from frontdesk.ui.screens.board import BoardScreen
from frontdesk.ui.screens.day import DayScreen
from tests.driver import Driver, at_the_desk
from tests.ui.day_shop import busy_day
from tests.ui.shop import FakeDesk, opener

SIZES = [(120, 40), (80, 24)]


@contextmanager
def frames(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """What is sent to the terminal."""
    sent: list[Any] = []

    def shown(app: App[None], screen: object, frame: Any) -> None:
        if frame is not None and not app._batch_count:
            sent.append(frame)

    with monkeypatch.context() as patch:
        patch.setattr(App, "_display", shown)
        yield sent


async def at_rest(me: Driver) -> None:
    """Everything drawn that will be."""
    await me.settle()
    await me.pilot.pause(0.05)


def day_app() -> FrontdeskApp:
    return FrontdeskApp(opener(FakeDesk(busy_day())), {keys.DAY: DayScreen})


@pytest.mark.parametrize("size", SIZES)
async def test_the_first_frame_and_the_day_are_drawn_whole_once_each(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    with frames(monkeypatch) as sent:
        async with at_the_desk(day_app(), size) as me:
            await at_rest(me)
            assert [type(frame) for frame in sent].count(Whole) == 2


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", ["g", "question_mark", "ctrl+p", "q"])
async def test_a_dialog_opens_in_one_frame(monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], key: str) -> None:
    async with at_the_desk(day_app(), size) as me:
        await at_rest(me)
        with frames(monkeypatch) as sent:
            await me.press(key)
            await at_rest(me)
            assert me.app.screen.is_modal
            # What else is sent is a blink, or a line about what is marked.
            others = [frame for frame in sent if not isinstance(frame, Whole)]
            assert len(sent) - len(others) == 1
            assert sum(len(frame.render_segments(me.app.console)) for frame in others) < 1_000


async def test_what_the_first_frame_shows_fits_the_window_and_shows_where_typing_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with at_the_desk(day_app(), (80, 24)) as me:
        with frames(monkeypatch):
            await me.press("g")
        dialog = me.app.screen
        assert dialog.has_class("-narrow")
        assert dialog.focused is not None
        assert me.app.cursor_position == dialog.focused.cursor_screen_offset  # type: ignore[attr-defined]


async def test_what_lies_beneath_is_as_it_is_now_also_when_it_changes_under_the_dialog() -> None:
    async with at_the_desk(day_app(), (120, 40)) as me:
        beneath = me.screen().splitlines()
        await me.press("g")
        box = me.app.screen.query_one("#box").region
        now = me.screen().splitlines()
        outside = [y for y in range(3, 39) if not box.y <= y < box.bottom]
        assert [now[y] for y in outside] == [beneath[y] for y in outside]
        assert now[box.y][: box.x] == beneath[box.y][: box.x]
        below = me.app.screen_stack[-2]
        assert isinstance(below, DayScreen)
        below.action_day_view()
        await at_rest(me)
        changed = me.screen().splitlines()
        assert changed[5] != beneath[5]
        await me.press("escape")
        assert me.screen().splitlines()[5] == changed[5]


async def test_what_lies_beneath_and_has_not_changed_is_not_tinted_anew() -> None:
    async with at_the_desk(day_app(), (120, 40)) as me:
        day = me.app.screen
        assert isinstance(day, DayScreen)
        kept = []
        for _ in range(2):
            await me.press("g")
            compositor, rows = me.app.screen._compositor, range(5, 38)
            assert isinstance(compositor, FrameCompositor)
            drawn: Drawn = {}
            # What the clock and the dialog change in header and keys is not of interest.
            kept.append([next(compositor.seen(y, 0, 8, rows, drawn))[1] for y in rows])
            await me.press("escape")
        assert all(now is before for before, now in zip(*kept, strict=True))


async def test_what_changes_in_a_dialog_is_drawn_though_the_screen_beneath_changes_in_that_moment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with at_the_desk(day_app(), (120, 40)) as me:
        await me.press("g")
        await at_rest(me)
        dialog = me.app.screen
        assert isinstance(dialog, Dialog)
        with frames(monkeypatch) as sent:
            with me.app.batch_update():
                dialog.tell("there is no such day")
                await me.pilot.pause(0)
                # As Textual has a part of the screen beneath drawn anew.
                dialog.refresh(Region(0, 5, 10, 1))
            await at_rest(me)
        assert "there is no such day" in "".join(frame.render_segments(me.app.console) for frame in sent)


async def test_tab_draws_what_has_the_keys_and_not_the_whole_window(monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_the_desk(day_app(), (120, 40)) as me:
        await me.press("ctrl+p")
        await at_rest(me)
        with frames(monkeypatch) as sent:
            await me.press("tab")
            await at_rest(me)
        told = sum(len(frame.render_segments(me.app.console)) for frame in sent)
        assert 0 < told < 10_000


async def test_a_window_that_grows_under_dialogs_shows_each_screen_in_its_new_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with at_the_desk(day_app(), (80, 24)) as me:
        await me.press("n", "ctrl+p")
        await at_rest(me)
        with frames(monkeypatch) as sent:
            await me.pilot.resize_terminal(120, 40)
            await at_rest(me)
            whole = [frame for frame in sent if isinstance(frame, Whole)]
            assert whole
            for frame in whole:
                frame.render_segments(me.app.console)
                assert [sum(strip.cell_length for strip in row) for row in frame.strips] == [120] * 40


async def test_a_dialog_over_a_screen_that_is_still_narrower_is_as_wide_as_the_window() -> None:
    async with at_the_desk(day_app(), (80, 24)) as me:
        await me.press("g")
        below = me.app.screen_stack[0]
        below._compositor.reflow(below, Size(60, 20))
        assert [row.cell_length for row in me.app.screen._compositor.render_strips()] == [80] * 24


async def test_a_window_that_went_another_size_and_back_is_drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_the_desk(day_app(), (80, 24)) as me:
        await at_rest(me)
        with frames(monkeypatch) as sent:
            for size in (Size(80, 27), Size(80, 24)):
                me.app.post_message(Resize(size, size))
            await at_rest(me)
            assert [frame for frame in sent if isinstance(frame, Whole)]


async def test_the_wall_board_is_laid_out_for_its_window_before_it_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    app = FrontdeskApp(opener(FakeDesk(busy_day())), {keys.DAY: DayScreen, keys.BOARD: BoardScreen})
    async with at_the_desk(app) as me:
        await at_rest(me)
        with frames(monkeypatch) as sent:
            await me.app.show(keys.BOARD)
            await at_rest(me)
        first = next(frame for frame in sent if isinstance(frame, Whole))
        rows = ["".join(strip.text for strip in row).rstrip() for row in first.strips]
        assert rows == me.screen().splitlines()
