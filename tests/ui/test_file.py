"""A patient's file over the whole screen: its sections by keys, what is written into them and taken back, drafts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from frontdesk.desk.file_words import day_words
from frontdesk.domain.intake import Cause, IntakeDetails, Severity, Symptom
from frontdesk.domain.patient import Flag, FlagKind
from frontdesk.domain.patient_file import FileDetails
from frontdesk.domain.scores import Scores
from frontdesk.drafts import Draft, Drafts
from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.dialogs.book import Book
from frontdesk.ui.dialogs.intake_form import IntakeForm
from frontdesk.ui.dialogs.patient_form import PatientForm
from frontdesk.ui.screens.all import screens
from tests.driver import Driver, at_the_desk
from tests.ui.golden import check
from tests.ui.house import House

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
INTAKE = IntakeDetails(
    "both feet numb",
    Severity.MODERATE,
    (Symptom.NUMBNESS, Symptom.CRAMPS),
    "to the ankles",
    (Cause.DIABETES,),
    "since 2011\nmetformin",
)


def full(house: House) -> int:
    """Somebody with everything, and one visit today; gives their number."""
    desk = house.desk()
    wang = house.patient(
        "Wang, Xiaoming",
        known_as="Sam",
        original_name="王小明",
        birth_date=date(1961, 3, 14),
        phones=("416 392 1234",),
        notes="Prefers the window.\nComes by bus.",
        flags=(
            Flag(FlagKind.ANTICOAGULANT, "warfarin", date(2020, 5, 1), set_by="Bo"),
            Flag(FlagKind.PREGNANCY, since=date(2025, 1, 7), until=date(2025, 9, 1), set_by="Bo"),
        ),
    )
    file = FileDetails("shyaow-ming", "he, him", "Wang Fang", "daughter", "416 392 4321", consent_data=date(2026, 1, 2))
    desk.patients.save(wang.id, 1, wang.details, file)
    house.book(wang, "10:30")
    desk.files.add_intake(wang.id, INTAKE, date(2026, 11, 2))
    for points in (7, 5, 4):
        desk.files.score(wang.id, Scores(pain=points, mood=3))
    return wang.id


async def opened(me: Driver) -> None:
    """Patients, Enter."""
    await me.press("slash", *"wang", "enter", "enter")
    assert me.app.current_mode == keys.FILE


@SIZES
async def test_how_it_looks(house: House, size: tuple[int, int]) -> None:
    full(house)
    name = f"{size[0]}x{size[1]}"
    async with house.open(keys.PATIENTS, size) as me:
        await opened(me)
        check(me, f"file-visits-{name}")
        await me.press("s")
        check(me, f"file-scores-{name}")
        await me.press("i", "enter")
        check(me, f"intake-form-{name}")


async def test_enter_opens_what_is_marked_and_escape_goes_back(house: House) -> None:
    full(house)
    async with house.open(keys.PATIENTS) as me:
        await opened(me)
        assert me.sees("Wang, Xiaoming  王小明 “Sam”  say: shyaow-ming")
        assert me.sees("past: pregnancy")
        assert me.sees("7 → 5 → 4  ▇▅▄")
        await me.press("p", "down", "down", "enter")
        form = me.app.screen
        assert isinstance(form, PatientForm)
        assert form.focused is form.fields["original_name"]
        await me.press("escape", "f", "n", "escape", "v", "enter")
        assert me.app.current_mode == keys.DAY
        await me.press("F")
        assert me.sees("Wang, Xiaoming  王小明")
        await me.press("escape")
        assert me.app.current_mode == keys.DAY


async def test_enter_where_there_are_no_visits_books_as_the_line_of_keys_says(house: House) -> None:
    house.patient("Huber, Xaver")
    async with house.open(keys.PATIENTS) as me:
        await me.press("slash", *"huber", "enter", "enter", "enter")
        assert isinstance(me.app.screen, Book)


async def test_a_new_file_that_is_taken_back_while_it_is_open_is_left(house: House) -> None:
    async with house.open(keys.PATIENTS) as me:
        await me.press("n", *"Huber", "tab", *"Xaver", "enter", "enter")
        assert me.app.current_mode == keys.FILE
        await me.press("u")
        assert me.app.current_mode == keys.PATIENTS
        assert "Huber" in me.message()
        assert "no patient" not in me.message()


async def test_an_intake_just_written_down_is_the_marked_one(house: House) -> None:
    full(house)
    async with house.open(keys.PATIENTS) as me:
        await opened(me)
        await me.press("i", "n", *"neck stiff", "enter", "enter")
        form = me.app.screen
        assert isinstance(form, IntakeForm)
        assert form.fields["complaint"].value == "neck stiff"


async def test_scores_are_taken_in_six_keys_and_taken_back(house: House) -> None:
    number = full(house)
    async with house.open(keys.PATIENTS) as me:
        await opened(me)
        await me.press("space", "s", "n", "3", "down", "t", "2", "enter")
        assert me.sees("7 → 5 → 4 → 3  ▇▅▄▃")
        assert me.message() == "Wang, Xiaoming: pain 3, sleep 10, mood 2"
        taken = house.desks[0].files.taken(number)[0]
        assert taken.appointment_id == house.desks[0].files.read(number).history.coming[0].id
        await me.press("u")
        assert me.sees("7 → 5 → 4  ▇▅▄")
        await me.press("end", "d")
        assert me.message() == "Scores: taken out"
        assert len(house.desks[0].files.taken(number)) == 2
        await me.press("u")
        assert me.message() == "Scores: there again"
        assert len(house.desks[0].files.taken(number)) == 3


async def test_a_flag_that_holds_no_longer_is_past_and_comes_back(house: House) -> None:
    number = full(house)
    async with house.open(keys.PATIENTS) as me:
        await opened(me)
        await me.press("f", "d")
        assert me.sees("past: anticoagulant (warfarin)")
        await me.press("u")
        assert me.sees("⚠ anticoagulant (warfarin)")
        await me.press("n", "tab", *"latex", "tab", "tab", *"1.1.2020", "enter")
        assert me.sees("lies before the day it began")
        await me.press("shift+tab", *["backspace"] * 10, *"2.1.2019", "enter")
        flags = house.desks[0].patients.get(number).details.flags
        assert [(flag.note, flag.since, flag.until) for flag in flags if flag.note == "latex"] == [
            ("latex", date(2019, 1, 2), date(2020, 1, 1))
        ]


async def test_an_intake_survives_somebody_elses_and_both_are_kept(house: House) -> None:
    number = full(house)
    async with house.open(keys.PATIENTS) as me:
        await opened(me)
        await me.press("i", "enter", "end", *" and cold")
        desk = house.desk("Bo")
        theirs = desk.files.read(number).intakes[0]
        day = date(2026, 11, 3)
        desk.files.save_intake(theirs, replace(INTAKE, places="to the knees", lifestyle="walks"), day)
        await me.press("enter")
        await me.waits_for("changed by Bo")
        assert me.sees("to the knees")
        assert me.sees(day_words(day))
        await me.press("enter")
        (saved,) = desk.files.read(number).intakes
        assert saved.details == replace(
            INTAKE, complaint="both feet numb and cold", places="to the knees", lifestyle="walks"
        )
        await me.press("u")
        assert desk.files.read(number).intakes[0].details.complaint == "both feet numb"


async def test_symptoms_are_ticked_and_lines_begun_without_a_mouse(house: House) -> None:
    number = full(house)
    async with house.open(keys.PATIENTS) as me:
        await opened(me)
        await me.press("i", "n", *"cannot feel the pedals", "tab", "m", "tab", "b", "space", "down", "space")
        await me.press("tab", "tab", "d", "space", "tab", *"first", "down", *"second", "enter")
        saved = house.desks[0].files.read(number).intakes[0]
        assert saved.details == IntakeDetails(
            "cannot feel the pedals",
            Severity.MILD,
            (Symptom.BURNING, Symptom.CRAMPS),
            causes=(Cause.DIABETES,),
            history="first\nsecond",
        )
        assert saved.taken_by == "Ana"


async def test_every_page_of_the_form_is_saved_with_one_enter(house: House) -> None:
    number = full(house)
    async with house.open(keys.PATIENTS) as me:
        await opened(me)
        await me.press("e", "end", *"x", "pagedown", *"416 392 0000", "pagedown", "pagedown", "end", *"ab", "enter")
        sheet = house.desks[0].files.read(number)
        assert sheet.patient.details.family == "Wangx"
        assert sheet.patient.details.phones == ("(416) 392-1234", "(416) 392-0000")
        assert sheet.file.emergency_name == "Wang Fangab"
        await me.press("u")
        assert house.desks[0].patients.get(number).details.family == "Wang"


async def test_what_is_half_typed_outlives_the_program(house: House, tmp_path: Path) -> None:
    number = full(house)
    folder = tmp_path / "state"

    def app() -> FrontdeskApp:
        return FrontdeskApp(house.opener(), screens(), keys.PATIENTS, drafts=folder)

    async with at_the_desk(app()) as me:
        await opened(me)
        await me.press("i", "n", *"half a compl")
        form = me.app.screen
        assert isinstance(form, IntakeForm)
        form.keep_draft()
    (kept,) = folder.rglob("*.json")
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    async with at_the_desk(app()) as me:
        await me.waits_for("Not saved when the program ended")
        await me.press("enter")
        assert me.sees("half a compl")
        await me.press("end", *"aint", "enter")
        assert house.desks[0].files.read(number).intakes[0].details.complaint == "half a complaint"
    assert not list(folder.rglob("*.json"))


def test_a_draft_of_a_running_program_is_left_to_it(tmp_path: Path) -> None:
    first = Drafts(tmp_path, "clinic")
    draft = Draft("patient-7", "Wang", {"family": "Wang 王"}, {"family": ""})
    first.keep(draft)
    second = Drafts(tmp_path, "clinic")
    assert second.left == ()
    first.close()
    third = Drafts(tmp_path, "clinic")
    assert third.left == (draft,)
    assert Drafts(tmp_path, "another").left == ()
    third.drop("patient-7")
    third.close()
    second.close()
    assert Drafts(tmp_path, "clinic").left == ()


async def test_who_let_visits_lapse_is_shown_while_booking(house: House) -> None:
    number = full(house)
    desk = house.desks[0]
    (visit,) = desk.files.read(number).history.coming
    desk.visits.cancel(visit.id, "overslept", by="patient")
    async with house.open(keys.PATIENTS) as me:
        await me.press("slash", *"wang", "enter", "b")
        await me.waits_for("∅ 1 late cancellation")
        await me.press("escape", "N", *"wang follow-up")
        await me.waits_for("∅ 1 late cancellation")


async def test_privacy_mode_hides_the_file_and_its_forms(house: House) -> None:
    full(house)
    async with house.open(keys.PATIENTS) as me:
        await opened(me)
        await me.press("ctrl+t")
        assert not any(me.sees(words) for words in ("Wang", "1961", "392", "numb", "warfarin", "by bus"))
        await me.press("i", "n", "escape", "p", "e")
        assert not any(me.sees(words) for words in ("Wang", "1961", "392", "numb", "warfarin", "by bus"))
        await me.press("escape", "ctrl+t")
        assert me.sees("Comes by bus.")
        await me.press("i", "enter", "ctrl+t")
        assert not any(me.sees(words) for words in ("both feet", "metformin", "[x]"))


async def test_a_name_of_any_length_is_whole_in_its_file(house: House) -> None:
    name = "Wolfeschlegelsteinhausenbergerdorff-Ashworth-Montgomery, Hubert Blaine Maximilian Alexander"
    house.patient(name, known_as="Bub")
    async with house.open(keys.PATIENTS, (80, 24)) as me:
        await me.press("slash", *"hubert", "enter")
        assert name in " ".join(me.screen().split())
        await me.press("F")
        assert me.app.current_mode == keys.FILE
        assert f"{name} “Bub”" in " ".join(me.screen().split())


async def test_opening_a_file_is_in_the_log_once_and_walking_over_it_is_not(house: House) -> None:
    house.patient("Garcia, Maria")
    jun = house.patient("Lee, Jun")

    def opened() -> list[tuple[str, str]]:
        entries = house.desks[0].log.latest(50)
        return [(one.who, one.subject) for one in entries if one.what == "patient.open"]

    async with house.open(keys.PATIENTS) as me:
        await me.press("down", "up", "/", *"lee", "enter")
        await me.settle()
        assert opened() == []
        for key in ("enter", "escape", "e", "escape", "enter"):
            await me.press(key)
        await me.until(lambda: bool(opened()), "the entry")
        await me.settle()
        assert opened() == [("Ana", f"patient {jun.id}")]
        house.clock.move(minutes=11)
        await me.press("escape", "enter")
        await me.until(lambda: len(opened()) == 2, "the second look")
