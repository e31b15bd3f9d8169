"""In privacy mode nobody is named and no file is shown, on any screen, in any dialog, whoever writes it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from frontdesk import ui
from frontdesk.config import Workstation
from frontdesk.ui import keys, notification
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.dialogs.intake_form import IntakeForm
from frontdesk.ui.screens.all import screens
from frontdesk.ui.screens.base import DeskScreen
from tests.driver import at_the_desk
from tests.thorough import thorough
from tests.ui.house import House, local
from tests.ui.private_house import SECRETS, back, furnish, furnish_course, go, seated, told


@pytest.fixture
def clinic(house: House) -> House:
    """Needles in, a visit to come, one cancelled late, and of everybody a whole file."""
    furnish(house)
    return house


@pytest.fixture
def course(clinic: House) -> House:
    """The same clinic, with everything of a course: plans, recalls, the waiting list, reminders, a free place."""
    furnish_course(clinic)
    return clinic


async def test_what_was_looked_up_before_is_hidden_too(house: House) -> None:
    house.patient("Garcia, Maria")
    async with house.open(keys.PATIENTS, (80, 24)) as me:
        await me.press("slash", *"garcia", "enter")
        assert me.sees("garcia")
        await me.press("ctrl+t")
        assert not me.sees("garcia")
        await me.press("slash")
        assert me.sees("garcia"), "whoever types sees it"


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
async def test_no_screen_and_no_dialog_of_it_names_anybody(course: House, place: str) -> None:
    async with seated(course) as me:
        await go(me, place)
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
                await me.drawn()
                assert told(me) == [], f"{action.id}, at once after a look"
                await me.settle()
                assert told(me) == [], f"{action.id}, after a look"
                for keys_ in (("down", "enter"), ("3", "enter")):
                    await me.press(*keys_)
                    assert told(me) == [], f"{action.id}, then {keys_}"
            await back(me)
            await go(me, place)
            assert told(me) == [], f"after {action.id}"


OF_A_COURSE = {
    keys.RECALLS: ("enter", "n", "w", "x", "P", "o"),
    keys.WAITING: ("enter", "u", "tab", "x", "p", "e", "W", "E"),
    keys.REMINDERS: ("n", "u", "m", "s", "x", "E"),
    keys.REPORTS: ("m",),
    keys.CLOSE: ("p", "c"),
    keys.FILE: ("P", "K", "W"),
    keys.PATIENTS: ("w",),
}
"""What is done on the screens of a course; Esc follows each."""


async def test_nothing_of_a_course_names_anybody_on_any_of_its_screens(course: House) -> None:
    async with seated(course, on=False) as me:
        # Made openly, then hidden: what is told of a free place, what was just done, and its undo.
        desk = course.desks[0]
        third = next(one for one in desk.patients.card(3).coming if one.starts == local("14:00"))
        desk.visits.cancel(third.id, "broke her kneebone")
        await me.waits_for("1 who waits fits")
        for place, typed in OF_A_COURSE.items():
            await go(me, place)
            assert told(me) != [] or place == keys.REPORTS, f"{place} shows nobody: it proves nothing"
            await me.press("ctrl+t")
            assert told(me) == [], place
            for key in typed:
                await me.press(key)
                assert told(me) == [], f"{place}: {key}"
                await back(me)
                await go(me, place)
                assert told(me) == [], f"{place}: after {key}"
            await me.press("ctrl+t")
        await me.press("ctrl+t")
        await go(me, keys.RECALLS)
        await me.press("ctrl+l")
        await me.settle()
        assert told(me) == []


async def test_what_is_in_the_way_of_the_next_visit_names_nobody(course: House) -> None:
    desk = course.desks[0]
    resting = next(one for one in desk.days.load().appointments if one.needles_are_in)
    course.clock.instant = local("10:40")
    desk.needles.take_out(resting.id, 8)
    async with seated(course, on=False) as me:
        await me.press("3", "space")
        assert me.sees("next visit")
        assert "Ypsiwald" in told(me), "the plan's day is another patient's"
        await me.press("ctrl+t")
        assert told(me) == []
        await me.press("r")
        assert told(me) == []


WHOLE = {
    "p": {"Plumm", "Knorz", "6291", "Humbertz", "tombola", "Volapuk", "13.02.2025", "by post", "kazoo", "kwaxle"},
    "f": {"quinces"},
    "i": {"marzipan", "severe", "garter", "mercury", "barge", "wooden", "07.07.2026"},
    "s": {"pain  7", "9 → 7"},
}
"""What the sections of the file say, by the key that goes to them."""
FORMS = {"p": {"Plumm", "Knorz", "6291", "tombola"}, "f": {"quinces"}, "i": {"marzipan", "severe", "garter", "barge"}}
"""What the form of the marked row says, once all its pages have been seen."""


async def test_the_file_its_forms_and_its_dialogs_are_hidden_and_shown_for_a_moment(clinic: House) -> None:
    async with seated(clinic, (120, 50)) as me:
        await go(me, keys.FILE)
        for section, secrets in WHOLE.items():
            await me.press(section)
            assert told(me) == []
            await me.press("ctrl+r")
            assert secrets <= set(told(me)), section
            # Gone at once, before anything has been read again, and in a window of another width too.
            me.app.privacy.end_look()
            await me.drawn()
            assert told(me) == [], section
            await me.pilot.resize_terminal(118, 50)
            await me.pilot.resize_terminal(120, 50)
            await me.settle()
            assert told(me) == [], section
            for opens in ("e", "n"):
                await me.press("ctrl+r")
                await me.press("down", "down", "up", opens)
                assert me.app.screen.is_modal, (section, opens)
                assert told(me) == [], (section, opens)
                seen: set[str] = set()
                # The form of the person has pages; the others are seen whole.
                for page in ("pagedown", "pagedown", "pageup") if section == "p" else ("",):
                    await me.press("ctrl+r")
                    seen |= set(told(me))
                    me.app.privacy.end_look()
                    await me.settle()
                    assert told(me) == [], (section, opens)
                    if page:
                        await me.press(page)
                        assert told(me) == [], (section, page)
                if opens == "e":
                    assert FORMS.get(section, {"[7]", "last 9"}) <= seen
                await me.press("tab", "space", "right", "enter")
                assert told(me) == [], (section, opens)
                for _ in range(3):
                    await me.press("escape")
                await me.app.show(keys.DAY)
                await go(me, keys.FILE)
                await me.press(section)
                assert told(me) == [], (section, opens)


async def test_what_is_half_typed_is_hidden_when_its_form_is_opened_again(clinic: House, tmp_path: Path) -> None:
    def app() -> FrontdeskApp:
        return FrontdeskApp(
            clinic.opener(), screens(), workstation=Workstation(privacy=True), drafts=tmp_path / "drafts"
        )

    async with at_the_desk(app(), (120, 50)) as me:
        await go(me, keys.FILE)
        await me.press("i", "n", *"gelatine", "tab", "right", "tab", "space", *["tab"] * 3, *"in aspic")
        assert me.sees("gelatine")
        assert me.sees("in aspic")
        form = me.app.screen
        assert isinstance(form, IntakeForm)
        form.keep_draft()
        await me.settle()
    async with at_the_desk(app(), (120, 50)) as me:
        await me.press("enter")
        assert me.sees("new intake")
        shown = ("gelatine", "in aspic", "mild", "[x]")
        assert [word for word in shown if me.sees(word)] == []
        await me.press("ctrl+r")
        assert [word for word in shown if me.sees(word)] == list(shown)


async def test_what_others_saved_meanwhile_is_said_and_hidden(clinic: House) -> None:
    async with seated(clinic, (120, 50)) as me:
        await go(me, keys.FILE)
        await me.press("i", "e")
        assert me.sees("Nothing is marked")
        await me.press("ctrl+r")
        await me.press("down", "up", "e", "home", *"soft ")
        desk = clinic.desk("Ben")
        intake = desk.files.read(1).intakes[0]
        desk.files.save_intake(intake, replace(intake.details, complaint="toes like kneebone"))
        await me.press("enter")
        await me.until(lambda: me.sees("changed by Ben"), "theirs")
        assert told(me) == ["marzipan"]  # what was typed into the field is what they see
        await me.press("ctrl+r")
        assert me.sees("theirs: toes like kneebone")


async def test_the_board_and_the_notifications_name_nobody(clinic: House) -> None:
    clinic.clock.move(minutes=40)
    async with seated(clinic, on=False) as me:
        assert me.app.rooms
        said = notification.words(me.app.rooms).casefold()
        assert "overdue" in said
        assert [word for word in SECRETS if word.casefold() in said] == []
        await me.press("ctrl+t")
        await go(me, keys.BOARD)
        assert me.sees("due since 10:25")
        assert told(me) == []


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
        await me.press("/", *"korb", "enter", "ctrl+r", "e")
        assert me.sees("••••"), "a look ends with the key that opens a form"
        assert told(me) == []
        assert "Ctrl+R show names" in me.row(-1)
        await me.press("ctrl+r")
        assert me.sees("Ypsiwald")
        assert "Ctrl+R" not in me.row(-1)
        await me.press("tab", "tab", "end", *"x")
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


def test_screens_read_what_may_be_shown_and_never_the_file_itself() -> None:
    # What changes a file must have it whole; its fields hide it.
    forms = {
        *("dialogs/patient_form.py", "dialogs/file_saved.py", "dialogs/intake_form.py", "dialogs/plan_form.py"),
        *("screens/file.py", "screens/file_writing.py"),
    }
    folder = Path(ui.__file__).parent
    reading = {
        str(path.relative_to(folder)) for path in folder.rglob("*.py") if re.search(r"\.details\b", path.read_text())
    }
    assert reading == forms
    # Of the sheet too: what draws or says something of it goes by `PatientSheet.shown`.
    forms |= {"dialogs/unfinished.py"}
    reading = {
        str(path.relative_to(folder))
        for path in folder.rglob("*.py")
        if re.search(r"\bsheet\.(file|intakes|taken|history)\b", path.read_text())
    }
    assert reading <= forms
