"""The lock covers all but the clock, the rooms and their alarms; no key gets past it, nothing beneath is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste

from frontdesk.config import Workstation, keep_workstation, read_workstation
from frontdesk.domain.board import Board
from frontdesk.passphrase import is_seal, objection_to, opens, seal
from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.layout.lock import Locked, lock_lines
from frontdesk.ui.layout.strip import Beat
from frontdesk.ui.screens.all import screens
from frontdesk.ui.screens.file import FileScreen
from tests.driver import Driver, at_the_desk
from tests.ui.golden import check
from tests.ui.house import House
from tests.ui.shop import CLINIC, NOON, FakeDesk

WORDS = "correct horse"
SEALED = seal(WORDS)


@pytest.fixture
def clinic(house: House) -> House:
    """Needles in Quaxelburg, somebody else to come."""
    first, second = house.patient("Quaxelburg, Zornwilda"), house.patient("Ypsiwald, Korbinian")
    house.desks[0].needles.put_in(house.book(first, "10:00", room="Room 1").id, 8)
    house.book(second, "11:30", room="Room 2")
    return house


@asynccontextmanager
async def seated(house: House, size: tuple[int, int] = (120, 40), **settings: Any) -> AsyncIterator[Driver]:
    app = FrontdeskApp(house.opener(), screens(), workstation=Workstation(**settings))
    async with at_the_desk(app, size) as me:
        yield me


async def rest(me: Driver) -> None:
    """The pause after which keys count again."""
    await me.until(lambda: me.app.router.is_open, "a rest")


def names(me: Driver) -> list[str]:
    return [name for name in ("Quaxelburg", "Zornwilda", "Ypsiwald", "Korbinian", "Z Q") if name in me.screen()]


async def lock(me: Driver) -> None:
    await me.press("ctrl+l")
    await rest(me)


@pytest.mark.parametrize("place", [place for place in keys.PLACES if place != keys.DIALOG])
async def test_every_screen_is_covered_and_comes_back(clinic: House, place: str) -> None:
    async with seated(clinic) as me:
        await me.app.show(place)
        if isinstance(me.app.screen, FileScreen):
            me.app.screen.show_file(1)
        await me.settle()
        assert place != keys.FILE or "Quaxelburg" in names(me)
        before = me.screen()
        await lock(me)
        assert names(me) == []
        assert me.sees("LOCKED")
        assert me.sees("10:00:00")
        assert me.sees("R1 25:00")
        await me.press("x", "down", "q", "ctrl+q", "ctrl+p", "slash")
        assert names(me) == []
        await me.press("enter")
        await rest(me)
        assert me.screen() == before


async def test_what_is_half_typed_in_a_dialog_is_there_again_and_saw_no_key(clinic: House) -> None:
    async with seated(clinic) as me:
        await me.press("n", *"quax")
        await rest(me)
        before, focused = me.screen(), me.focused()
        await lock(me)
        await me.press(*"abc", "escape", "escape", "tab")
        me.app.post_message(Paste("pasted\rn"))
        await me.settle()
        assert names(me) == []
        await me.press("enter", *"xyz")
        await rest(me)
        assert me.screen() == before
        assert me.focused() is focused
        await me.press("e")
        assert me.sees("quaxe")


async def test_keys_typed_in_the_same_breath_are_for_nobody(clinic: House) -> None:
    async with seated(clinic, passphrase=SEALED) as me:
        await me.press("n", "ctrl+l", *"qua")
        assert me.app.lock.dots == 0
        await rest(me)
        await me.press(*"correcthorse", "enter", *"ypsi")
        await me.until(lambda: me.sees("not the passphrase"), "the refusal")
        assert me.app.lock.on
        assert me.app.lock.dots == 0
        assert not me.sees("ypsi")


async def test_the_passphrase_opens_it_and_each_wrong_one_takes_longer(
    clinic: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr("frontdesk.ui.lock.monotonic", lambda: now[0])
    async with seated(clinic, passphrase=SEALED) as me:
        await lock(me)
        waits = []
        for _ in range(7):
            await me.press(*"wrong!", "enter")
            await me.until(lambda: me.app.lock.wait_s > 0, "the wait")
            waits.append(me.app.lock.wait_s)
            await rest(me)
            await me.press(*"horse", "enter")
            assert me.app.lock.dots == 0
            now[0] += waits[-1]
        assert waits == [1, 2, 4, 8, 16, 30, 30]
        await me.press(*[{" ": "space"}.get(one, one) for one in WORDS])
        assert me.sees("•" * len(WORDS))
        assert WORDS not in me.screen()
        await me.press("enter")
        await me.until(lambda: not me.app.lock.on, "the lock to open")
        await rest(me)
        assert "Quaxelburg" in names(me)


async def test_half_a_passphrase_is_forgotten(clinic: House, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("frontdesk.ui.lock.monotonic", lambda: now[0])
    async with seated(clinic, passphrase=SEALED) as me:
        await lock(me)
        await me.press(*"corr")
        now[0] += 21
        me.app.lock.tick()
        assert me.app.lock.dots == 0


async def test_alarms_rise_blink_and_sound_over_the_lock_and_the_full_stop_hushes_them(clinic: House) -> None:
    rung: list[int] = []
    async with seated(clinic, passphrase=SEALED) as me:
        me.app.habits.ring = lambda rooms: rung.append(len(rooms))  # type: ignore[method-assign]
        await me.press("n", *"ypsi")
        await lock(me)
        for minutes, mark in ((25, "* "), (3, "** "), (3, "*** ")):
            clinic.clock.move(minutes=minutes)
            me.app._tick()
            await me.settle()
            assert me.sees(mark + "Room 1") or me.sees(mark.strip())
            assert names(me) == []
        assert me.sees("OVERDUE")
        assert len(rung) == 3
        await me.press("full_stop")
        await me.until(lambda: me.sees("Hushed for 3 minutes"), "the silence")
        visit = me.app.rooms[0].appointment
        assert visit is not None
        assert clinic.now(visit).retention.silenced_until is not None  # type: ignore[union-attr]
        # What a neighbour writes meanwhile is on the lock, and nothing of it has a name.
        desk = clinic.desk("Ben")
        desk.needles.take_out(visit.id, 8)
        await me.until(lambda: me.sees("needles out"), "the other desk's step")
        assert names(me) == []


async def test_a_dialog_that_opens_while_it_is_locked_is_covered_too(clinic: House) -> None:
    from frontdesk.ui.dialogs.ask import Confirm

    async with seated(clinic) as me:
        await lock(me)
        me.app.push_screen(Confirm("Quaxelburg?", "Korbinian"))
        await me.settle()
        assert names(me) == []
        await me.press("y")
        await me.app.show(keys.ROOMS)
        await me.settle()
        assert names(me) == []
        await me.press("enter")
        await rest(me)
        assert "Quaxelburg" in names(me)


async def test_it_locks_by_itself_says_so_before_and_never_as_a_board(clinic: House) -> None:
    async with seated(clinic, lock_minutes=5) as me:
        me.app._tick()
        clinic.clock.move(minutes=4)
        me.app._tick()
        await me.settle()
        assert not me.sees("LOCKS IN")
        await me.press("down")
        me.app._tick()
        clinic.clock.move(minutes=4, seconds=40)
        me.app._tick()
        await me.settle()
        assert me.sees("LOCKS IN 20 s")
        clinic.clock.move(seconds=20)
        me.app._tick()
        await me.settle()
        assert me.sees("LOCKED")
        assert names(me) == []
    board = FrontdeskApp(clinic.opener(), screens(), keys.BOARD, workstation=Workstation(lock_minutes=5))
    async with at_the_desk(board) as me:
        me.app._tick()
        clinic.clock.move(minutes=60)
        me.app._tick()
        await me.press("ctrl+l")
        assert not me.app.lock.on


async def test_the_passphrase_is_set_changed_and_taken_away_and_only_its_seal_is_kept(clinic: House) -> None:
    kept: list[Workstation] = []
    app = FrontdeskApp(clinic.opener(), screens(), keep=kept.append)
    typed = [{" ": "space"}.get(one, one) for one in WORDS]
    async with at_the_desk(app) as me:

        async def answer(*keys_: str, says: str) -> None:
            screen: Any = me.app.screen
            if not screen.is_modal:
                screen.call_next(screen.action_do, "lock.passphrase")
                await me.settle()
            await me.press(*keys_, "enter")
            await me.waits_for(says)
            assert WORDS not in me.screen()

        await answer(*"short", says="6 to 128 characters")
        await me.press("escape", "escape")
        await answer(*typed, "tab", *"other", says="not the same as above")
        await me.press("escape", "escape")
        await answer(*typed, "tab", *typed, says="The lock opens by the passphrase now.")
        await me.until(lambda: bool(kept), "the setting to be kept")
        assert opens(kept[-1].passphrase, WORDS)
        assert WORDS not in kept[-1].passphrase
        await answer(*"wrong1", says="that is not the passphrase")
        await me.press("escape", "escape")
        await answer(*typed, says="The lock opens by Enter.")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_how_it_looks(clinic: House, size: tuple[int, int]) -> None:
    async with seated(clinic, size, passphrase=SEALED) as me:
        await me.press("n", *"quax")
        await lock(me)
        clinic.clock.move(minutes=31)
        me.app._tick()
        await me.press(*"abc")
        check(me, f"lock-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", [(1, 1), (20, 5), (59, 14), (60, 15), (80, 24), (300, 100)])
def test_every_window_is_filled_whatever_the_rooms_do_and_names_nobody(size: tuple[int, int]) -> None:
    rooms = Board(FakeDesk().sheet).rooms(NOON, by_urgency=True)
    locked = Locked(CLINIC.name, "10:42:07", "10:40", "Ana", notice="TIMERS NOT LIVE", asks=True, dots=3)
    lines = lock_lines(locked, rooms, *size, beat=Beat(slow=True, fast=True))
    assert len(lines) == size[1]
    text = "\n".join("".join(span.text for span in line) for line in lines)
    assert not any(name in text for name in ("Garcia", "Lee", "Novak"))
    if size >= (60, 15):
        assert "OVERDUE" in text
        assert "TIMERS NOT LIVE" in text


def test_a_seal_opens_for_its_words_alone_and_is_never_twice_the_same() -> None:
    assert opens(SEALED, WORDS)
    assert not opens(SEALED, WORDS + "x")
    assert seal(WORDS) != SEALED
    composed, decomposed = "caf\u00e9 au lait", "cafe\u0301 au lait"
    assert opens(seal(composed), decomposed)
    for broken in ("", "scrypt$1$1$1$a$b", SEALED[:-3], SEALED.replace("16384", "99999999"), "correct horse"):
        assert not is_seal(broken) or not opens(broken, WORDS)
    assert objection_to("12345") is not None
    assert objection_to(".123456") is not None
    assert objection_to("123456") is None


def test_the_seal_is_kept_where_nobody_else_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "workstation.toml"
    path.write_text("")
    path.chmod(0o644)
    kept = Workstation(passphrase=SEALED, lock_minutes=10)
    keep_workstation(path, kept)
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_workstation(path) == kept
