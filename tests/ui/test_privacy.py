"""In privacy mode nobody is named and no file is shown, on any screen, in any dialog, whoever writes it."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from frontdesk import ui
from frontdesk.config import Workstation
from frontdesk.domain.errors import Stale
from frontdesk.domain.patient import Flag, FlagKind, Patient
from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.screens.all import screens
from frontdesk.ui.screens.base import DeskScreen
from tests.driver import Driver, at_the_desk
from tests.thorough import thorough
from tests.ui.house import House

FILES = [
    ("Quaxelburg, Zornwilda", "Wippli", date(1931, 7, 29), "416 555 9731", "quax@zorn.example", "77 Blimpfer Way"),
    ("Qvistlingsen, Zebedeus", "Tromfli", date(1942, 8, 27), "416 555 8642", "zebe@qvist.example", "88 Krumpel Road"),
    ("Ypsiwald, Korbinian", "Schnurri", date(1953, 9, 26), "416 555 7513", "ypsi@korb.example", "99 Flunder Street"),
]
"""The first two have the same initials."""
SECRETS = [
    word
    for name, known, born, phone, email, address in FILES
    for word in (*name.split(", "), known, f"{born:%d.%m.%Y}", phone[-4:], email, address)
] + ["kazoo", "quinces", "sensation: no", "kneebone"]


@pytest.fixture
def clinic(house: House) -> House:
    """Needles in, a count owed, a visit to come, a cancelled one, needles missing, a block with a name in it."""
    desk = house.desks[0]
    people: list[Patient] = []
    for name, known, born, phone, email, address in FILES:
        people.append(
            house.patient(
                name,
                known_as=known,
                birth_date=born,
                phones=(phone,),
                email=email,
                address=address,
                notes="plays the kazoo",
                flags=(
                    Flag(FlagKind.REDUCED_SENSATION),
                    Flag(FlagKind.ANTICOAGULANT),
                    Flag(FlagKind.ALLERGY, "quinces"),
                ),
            )
        )
    first, second, third = people
    resting = house.book(first, "10:00", room="Room 1")
    desk.needles.put_in(resting.id, 8)
    house.book(second, "10:15", room="Room 2")
    off = house.book(third, "11:30")
    desk.visits.cancel(off.id, "broke her kneebone")
    house.book(third, "14:00")
    house.book(second, "10:00", day="2026-11-24")
    return house


@asynccontextmanager
async def seated(house: House, size: tuple[int, int] = (120, 40), *, on: bool = True) -> AsyncIterator[Driver]:
    app = FrontdeskApp(house.opener(), screens(), workstation=Workstation(privacy=on))
    async with at_the_desk(app, size) as me:
        yield me


def told(me: Driver) -> list[str]:
    """The secrets on the screen."""
    seen = me.screen().casefold()
    return [word for word in SECRETS if word.casefold() in seen]


async def back(me: Driver) -> None:
    for _ in range(6):
        if me.app.screen.is_modal:
            await me.press("escape")


QUIET = ("quit", "privacy", "look", "theme", "sound", "sound.kind")
"""Actions that open nothing and name nobody."""
OPENING = (
    *("book.new", "book.line", "book.move", "book.cancel", "book.repeat", "block.new", "day.open", "visit.next"),
    *("visit.left", "needles.in", "needles.out", "visit.timer", "visit.hand_over", "off.go", "palette"),
)
"""Those of the day that open a dialog of their own: the ones tried in every run."""


@pytest.mark.parametrize(
    "place",
    [
        place if place == keys.DAY else pytest.param(place, marks=thorough)
        for place in keys.PLACES
        if place != keys.DIALOG
    ],
)
async def test_no_screen_and_no_dialog_of_it_names_anybody(clinic: House, place: str) -> None:
    async with seated(clinic) as me:
        await me.app.show(place)
        await me.settle()
        assert told(me) == []
        for action in keys.actions_for(place):
            if action.id in QUIET or not (os.environ.get("FRONTDESK_THOROUGH") or action.id in OPENING):
                continue
            screen = me.app.screen
            assert isinstance(screen, DeskScreen)
            screen.call_next(screen.action_do, action.id)
            await me.settle()
            assert told(me) == [], action.id
            if me.app.screen.is_modal:
                # Everything it shows is made while names are shown, then they are not.
                await me.press("ctrl+r")
                me.app.privacy.end_look()
                await me.pilot.pause()
                assert told(me) == [], f"{action.id}, at once after a look"
                await me.settle()
                assert told(me) == [], f"{action.id}, after a look"
                for keys_ in (("down", "enter"), ("3", "enter")):
                    await me.press(*keys_)
                    assert told(me) == [], f"{action.id}, then {keys_}"
            await back(me)
            await me.app.show(place)
            await me.settle()
            assert told(me) == [], f"after {action.id}"


async def test_one_key_hides_names_over_a_half_written_booking_and_the_other_shows_them_for_a_moment(
    clinic: House,
) -> None:
    async with seated(clinic, on=False) as me:
        await me.press("n", *"q", "down")
        assert {"Quaxelburg", "9731", "29.07.1931"} <= set(told(me))
        await me.press("ctrl+t")
        assert told(me) == []
        assert me.sees("NAMES HIDDEN")
        # Two of the same initials: the number tells them apart, a look tells who it is.
        assert me.sees("Z Q #1")
        assert me.sees("Z Q #2")
        await me.press("ctrl+r")
        assert me.sees("Qvistlingsen, Zeb")
        assert me.sees("NAMES SHOWN")
        await me.press("down", "up", "down")
        assert me.sees("Qvistlingsen, Zeb")
        await me.press("enter")
        assert told(me) == []
        assert me.sees("Z Q #2")
        # The patient stays taken though they are called otherwise now.
        await me.press("ctrl+t")
        assert me.sees("Qvistlingsen, Zeb")
        await me.press("ctrl+t")
        assert told(me) == []


async def test_a_look_ends_by_itself(clinic: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontdesk.ui.privacy.LOOK_S", 0.2)
    async with seated(clinic) as me:
        await me.press("ctrl+r")
        await me.until(lambda: not me.app.privacy.looking, "the end of the look")
        await me.settle()
        assert told(me) == []


async def test_a_file_is_changed_behind_dots_and_saved_and_logged_whole(clinic: House) -> None:
    async with seated(clinic) as me:
        await me.app.show(keys.PATIENTS)
        await me.press("/", *"korb", "enter", "e")
        assert me.sees("••••")
        assert told(me) == []
        await me.press("tab", "tab", *"x")
        assert me.sees("Schnurrix")  # who types into a field sees it
        await me.press("enter")
        assert told(me) == []
        assert me.sees("K Y #3: saved")
    desk = clinic.desk()
    kept = desk.patients.get(3).details
    assert (kept.family, kept.known_as) == ("Ypsiwald", "Schnurrix")
    assert "7513" in kept.phones[0]
    last = next(one for one in desk.log.latest(5) if one.what == "patient.save")
    assert last.after == {"known_as": "Schnurrix"}


async def test_flags_ticked_in_privacy_mode_stand_in_the_log_with_their_words(clinic: House) -> None:
    async with seated(clinic) as me:
        await me.app.show(keys.PATIENTS)
        await me.press("/", *"korb", "enter", "e", *["tab"] * 9, "space", "enter")
        assert told(me) == []
    last = next(one for one in clinic.desk().log.latest(5) if one.what == "patient.save")
    assert last.before is not None
    assert "allergy (quinces)" in [flag["flag"] for flag in last.before["flags"]]


async def test_what_is_said_after_a_step_names_nobody_and_can_be_undone(clinic: House) -> None:
    async with seated(clinic, on=False) as me:
        await me.app.show(keys.ROOMS)
        await me.press("a")
        assert "Quaxelburg" in told(me)
        await me.press("ctrl+t", "d")
        assert told(me) == []
        assert me.sees("Z Q #1")
        await me.app.show(keys.CLOSE)
        await me.press("q")  # the question names who is here
        assert told(me) == []
        assert me.sees("Z Q")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_it_is_kept_for_the_next_start(clinic: House, size: tuple[int, int]) -> None:
    kept: list[Workstation] = []
    app = FrontdeskApp(clinic.opener(), screens(), keep=kept.append)
    async with at_the_desk(app, size) as me:
        await me.press("ctrl+t")
        await me.until(lambda: bool(kept), "the setting to be kept")
    assert kept[-1].privacy
    app = FrontdeskApp(clinic.opener(), screens(), workstation=kept[-1])
    async with at_the_desk(app, size) as me:
        assert told(me) == []
        assert me.sees("NAMES HIDDEN")
        assert "10:00:00" in me.row(0)


async def test_opening_a_file_is_in_the_log_once_and_walking_over_it_is_not(clinic: House) -> None:
    def opened() -> list[tuple[str, str]]:
        entries = clinic.desks[0].log.latest(50)
        return [(one.who, one.subject) for one in entries if one.what == "patient.open"]

    async with seated(clinic, on=False) as me:
        await me.app.show(keys.PATIENTS)
        await me.press("down", "up", "/", *"korb", "enter")
        await me.settle()
        assert opened() == []
        for key in ("enter", "escape", "e", "escape", "enter"):
            await me.press(key)
        await me.until(lambda: bool(opened()), "the entry")
        await me.settle()
        assert opened() == [("Ana", "patient 3")]
        clinic.clock.move(minutes=11)
        await me.press("escape", "enter")
        await me.until(lambda: len(opened()) == 2, "the second look")
    # Who opened a file has not changed it.
    desk = clinic.desk("Ben")
    stale = desk.patients.get(3)
    clinic.desk("Cleo").patients.save(3, stale.version, replace(stale.details, notes="moved"))
    desk.patients.opened(3)
    with pytest.raises(Stale, match="was changed by Cleo"):
        desk.patients.save(3, stale.version, replace(stale.details, notes="else"))


def test_screens_read_what_may_be_shown_and_never_the_file_itself() -> None:
    # What changes a file must have it whole; its fields hide it.
    forms = {"dialogs/patient_form.py", "dialogs/intake_form.py", "screens/file.py", "screens/file_writing.py"}
    folder = Path(ui.__file__).parent
    reading = {
        str(path.relative_to(folder)) for path in folder.rglob("*.py") if re.search(r"\.details\b", path.read_text())
    }
    assert reading == forms
