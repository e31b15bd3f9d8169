"""The form of a patient's file: nobody's half-typed text is ever lost, and what others changed is shown beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from frontdesk.domain.patient import FlagKind, Patient, PatientDetails, Sex
from frontdesk.drafts import Draft
from frontdesk.ui import keys
from frontdesk.ui.dialogs.patient_fields import PatientFields
from frontdesk.ui.dialogs.patient_form import PatientForm
from frontdesk.ui.screens.patients import PatientsScreen
from tests.driver import Driver
from tests.engines import on_both
from tests.ui.house import House
from tests.ui.on_file import form, full, marked


@asynccontextmanager
async def maria_s_form(house: House) -> AsyncIterator[Driver]:
    """The file that has something in every field, being changed."""
    full(house)
    async with house.open(keys.PATIENTS) as me:
        await form(me)
        yield me


def maria(house: House) -> Patient:
    return house.desks[0].lookup.find("garcia maria")[0].patient


def saved_by_bo(house: House, **changes: Any) -> None:
    theirs = maria(house)
    house.desk("Bo").patients.save(theirs.id, theirs.version, replace(theirs.details, **changes))


async def test_the_form_shows_which_flag_keys_go_to(house: House) -> None:
    full(house)
    async with house.open(keys.PATIENTS) as me:
        dialog = await form(me)
        dialog._flags.focus()
        await me.press("right")
        assert me.sees("▸[ ] epilepsy")


async def test_a_word_typed_ahead_turns_no_choice(house: House) -> None:
    async with house.open(keys.PATIENTS) as me:
        await me.press("n", *"Okafor", "tab", *"Chidi", "tab", "tab", "tab", *"female")
        assert me.sees("‹ female ›"), "not male, by its m"
        await me.press("shift+tab", "tab", "tab", "shift+tab", "left")
        assert me.sees("‹ not said ›")
        await me.press(*"fifth")
        assert me.sees("‹ not said ›"), "what the first letter chose is chosen no more"
        assert me.sees('no answer begins with "fifth"')


async def test_enter_after_the_family_name_goes_on_to_the_given_name(house: House) -> None:
    async with house.open(keys.PATIENTS) as me:
        await me.press("n", *"Okafor", "enter")
        assert me.sees("No given name, birth date or phone yet; Enter again saves it as it is.")
        await me.press(*"Chidi", "enter")
        assert me.message() == "Okafor, Chidi: on file"
        await me.press("n", *"Björk", "enter", "enter")
        assert me.message() == "Björk: on file", "some have one name"


@on_both
async def test_a_new_patient_from_what_was_looked_for_in_vain(house: House) -> None:
    async with house.open(keys.PATIENTS) as me:
        await me.press("slash", *"chidi okafor", "escape", "n")
        await me.press("tab", "tab", "tab", *"14.3.61", "tab", "f", "tab", *"416 555 0134", "enter")
        assert me.message() == "Okafor, Chidi: on file"
        (found,) = house.desks[0].lookup.find("okafor")
        assert found.patient.details == PatientDetails(
            given="Chidi", family="Okafor", birth_date=date(1961, 3, 14), sex=Sex.FEMALE, phones=("(416) 555-0134",)
        )
        assert marked(me) == "Okafor, Chidi"
        await me.press("e", "tab", "tab", *"Chid", "enter")
        assert me.message() == "Okafor, Chidi: saved"
        await me.press("u")
        assert me.message() == "Okafor, Chidi: undid the change of known as"
        assert not house.desks[0].patients.get(found.patient.id).details.known_as


async def test_a_new_patient_is_taken_back_by_a_key(house: House) -> None:
    async with house.open(keys.PATIENTS) as me:
        await me.press("n", *"Okafor", "tab", *"Chidi", "enter")
        await me.press("u")
        assert me.message() == "Okafor, Chidi: the new file #1 is taken back"
        assert house.desks[0].lookup.find("okafor") == ()


async def test_what_was_done_can_be_undone_after_its_message_was_put_away(house: House) -> None:
    async with house.open(keys.PATIENTS) as me:
        await me.press("n", *"Okafor", "tab", *"Chidi", "enter")
        await me.press("escape")
        assert me.message() == ""
        assert not me.sees("u undo")
        await me.press("u")
        assert me.message() == "Okafor, Chidi: the new file #1 is taken back"


async def test_a_file_that_another_desk_took_back_is_no_error_of_the_list(house: House) -> None:
    async with house.open(keys.PATIENTS) as me:
        await me.press("n", *"Okafor", "tab", *"Chidi", "enter")
        said = me.message()
        (found,) = house.desks[0].lookup.find("okafor")
        house.desks[1].patients.take_back(found.patient)
        screen = me.app.screen
        assert isinstance(screen, PatientsScreen)
        screen.show_card()
        await me.settle()
        assert me.message() == said


async def test_what_is_wrong_is_said_beside_each_field_and_nothing_is_saved(house: House) -> None:
    async with maria_s_form(house) as me:
        await me.press("tab", "tab", "tab", "end", *"99", "tab", "tab", "tab", "end", *" nobody", "enter")
        assert me.sees("is no birth date")
        # The keys are where it is to be mended.
        await me.press("end", "backspace", "backspace", "enter")
        assert me.sees('"maria@example.org nobody" is no e-mail address')
        assert maria(house).version == 1


async def test_a_field_nobody_touched_is_kept_to_the_letter(house: House) -> None:
    async with maria_s_form(house) as me:
        await me.press("tab", "tab", "end", *"ta", "enter")
        saved = maria(house).details
        assert saved.known_as == "Marita"
        assert saved.address == "1 Elm Street\nToronto"
        assert (saved.flags[1].kind, saved.flags[1].note) == (FlagKind.OTHER, "[b]hates[/b] music")
        assert saved.phones == ("(416) 555-0134", "(416) 555-0999")


async def test_flags_are_ticked_and_noted(house: House) -> None:
    full(house)
    async with house.open(keys.PATIENTS) as me:
        dialog = await form(me, "raul")
        dialog._flags.focus()
        await me.press("right", "right", "space", "tab", *"warfarin", "enter")
        saved = house.desks[0].lookup.find("raul")[0].patient.details
        (flag,) = saved.flags
        assert (flag.kind, flag.note, flag.set_by) == (FlagKind.ANTICOAGULANT, "warfarin", "Ana")
        assert flag.since == house.desks[0].clock.now().in_timezone("America/Toronto").date()
        assert me.sees("⚠ anticoagulant (warfarin)")


async def test_half_typed_text_outlives_other_terminals_and_both_changes_are_kept(house: House) -> None:
    async with maria_s_form(house) as me:
        await me.press("tab", "tab", "end", *"ta")
        saved_by_bo(house, email="new@example.org")
        await me.settle()
        assert me.sees("Marita")
        await me.press("enter")
        await me.waits_for("was changed by Bo")
        assert me.sees("Marita")
        assert me.sees("new@example.org")
        await me.press("enter")
        saved = maria(house).details
        assert (saved.known_as, saved.email) == ("Marita", "new@example.org")


@on_both
async def test_where_both_changed_the_same_field_theirs_is_shown_beside_mine(house: House) -> None:
    async with maria_s_form(house) as me:
        await me.press("tab", "tab", "end", *"ta")
        saved_by_bo(house, known_as="Mia")
        await me.press("enter")
        await me.waits_for("theirs: Mia")
        assert me.sees("Marita")


async def test_escape_asks_once_before_it_throws_typed_text_away(house: House) -> None:
    async with maria_s_form(house) as me:
        await me.press("x", "escape")
        assert me.sees("Not saved. Esc again")
        await me.press("escape")
        assert not isinstance(me.app.screen, PatientForm)
        assert maria(house).version == 1


async def test_who_retires_a_file_is_told_what_is_still_booked(house: House) -> None:
    house.book(house.patient("Okafor, Chidi"), "16:00", day="2026-11-25")
    house.patient("Okafo, Ada")
    async with house.open(keys.PATIENTS) as me:
        dialog = await form(me, "okafor")
        await me.press("pagedown")
        dialog._focus("retired")
        await me.press("right", "enter")
        assert me.message() == "Okafor, Chidi: saved; 1 visit booked on Wed 25 Nov: cancel it"
        assert marked(me) == "Okafor, Chidi"  # who is retired comes after those of a like name
        await me.press("u")
        assert not house.desks[0].patients.get(1).details.retired


async def test_what_was_half_typed_on_a_page_that_is_not_shown_stands_there_again(house: House) -> None:
    full(house)
    async with house.open(keys.PATIENTS) as me:
        dialog = await form(me)
        draft = Draft(dialog.draft_key, "Garcia, Maria", {"referral": "the sign at the door"}, {"referral": ""})
        await me.press("escape")
        me.app.drafts.keep(draft)

        again = await form(me)

        assert again.fields["referral"].value == "the sign at the door"
        assert again.changed_names() == {"referral"}
        await me.press("pagedown", "pagedown")
        assert me.sees("the sign at the door")


async def test_a_field_of_a_page_that_is_not_shown_is_known_before_it_is_made(house: House) -> None:
    async with house.open(keys.PATIENTS):
        begun = {"family": "Garcia", "referral": "a friend"}
        fields = PatientFields(begun, birth_date=lambda _: None, day=lambda _: None)

        assert "referral" in fields
        assert "no such field" not in fields
        assert [*fields] == []
        assert fields["referral"] is fields["referral"]
        assert fields["referral"].value == "a friend"
        with pytest.raises(KeyError):
            fields["no such field"]
