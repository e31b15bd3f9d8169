"""A desktop notification instead of the bell."""

from __future__ import annotations

import pytest

from frontdesk.config import Workstation
from frontdesk.domain.board import rooms_now
from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.notification import escape, way, words
from tests.driver import at_the_desk
from tests.ui.shop import NOON, FakeDesk, opener
from tests.ui.sketch import Sketch


def test_it_names_rooms_and_minutes_and_nobody() -> None:
    desk = FakeDesk()
    assert words(rooms_now(desk.sheet, NOON)) == "*** R2 OVERDUE +11:10"
    assert words(rooms_now(desk.sheet, NOON.add(minutes=10))) == "*** R2 OVERDUE +21:10, * R1 due +02:48"


def test_how_it_is_sent() -> None:
    assert way("osc777", {}) == "osc777"
    assert way("auto", {"TERM": "xterm-256color", "SSH_CONNECTION": "x", "DISPLAY": ":0"}) == "osc9"
    assert way("auto", {"TERM": "xterm-256color", "VTE_VERSION": "7600"}) == "osc777"
    assert escape("osc9", "* R\x1b[2J1; due") == "\x1b]9;frontdesk: * R[2J1, due\x1b\\"
    assert escape("osc777", "* R1").startswith("\x1b]777;notify;frontdesk;* R1")


async def test_chosen_by_a_key_kept_and_used_in_place_of_the_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    kept: list[Workstation] = []
    rung: list[int] = []
    monkeypatch.setattr(FrontdeskApp, "bell", lambda self: rung.append(1))
    monkeypatch.setattr(FrontdeskApp, "write_to_terminal", lambda self, text: sent.append(text))
    desk = FakeDesk()
    start = Workstation("off", "osc9")
    app = FrontdeskApp(opener(desk), {keys.DAY: Sketch}, workstation=start, keep=kept.append)
    async with at_the_desk(app) as me:
        assert me.sees("SOUND OFF")
        assert not rung
        await me.press("ctrl+p", *"bell or desk", "enter")
        assert not me.sees("SOUND OFF")
        assert sent == ["\x1b]9;frontdesk: Alarms will come like this\x1b\\"]
        desk.clock.move(seconds=20)
        me.app._tick()
        assert sent[1:] == ["\x1b]9;frontdesk: *** R2 OVERDUE +11:30\x1b\\"]
        await me.press("ctrl+p", *"light or dark", "enter")
        await me.until(lambda: len(kept) == 2)
    assert kept == [Workstation("notification", "osc9"), Workstation("notification", "osc9", "light")]
    assert not rung
