"""Likely duplicates as a list, two files side by side, one of them, two again: by keys."""

from __future__ import annotations

from datetime import date

import pytest

from frontdesk.domain.patient import Flag, FlagKind, Patient
from frontdesk.ui import keys
from tests.ui.golden import check
from tests.ui.house import House

BORN = date(1961, 3, 14)


def twice(house: House) -> tuple[Patient, Patient]:
    """Maria, on file twice, and two who are not the same."""
    maria = house.patient("Garcia, Maria", birth_date=BORN, phones=("416 555 0134",), notes="by the window")
    house.patient("[red]Bob[/], 李小龍")
    house.patient("Garcia, Pedro", birth_date=date(1959, 1, 2), phones=("416 555 0134",))
    again = house.patient("Garcia, Mariah", birth_date=BORN, email="mariah@example.org", address="1 Elm Street")
    return maria, again


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_how_it_looks(house: House, size: tuple[int, int]) -> None:
    twice(house)
    async with house.open(keys.PATIENTS, size) as me:
        await me.press("D")
        await me.waits_for("similar given name")
        check(me, f"duplicates-{size[0]}x{size[1]}")
        await me.press("enter")
        await me.waits_for("stays")
        check(me, f"merge-{size[0]}x{size[1]}")


async def test_what_is_cut_side_by_side_is_whole_beneath_where_it_is_marked(house: House) -> None:
    flags = tuple(Flag(kind, "told in the spring") for kind in list(FlagKind)[:3])
    for name, some in (("Garcia, Maria", flags), ("Garcia, Mariah", flags[:2])):
        house.patient(name, birth_date=BORN, phones=("416 555 0134",), flags=some)
    async with house.open(keys.PATIENTS, (80, 24)) as me:
        await me.press("D")
        await me.waits_for("similar given name")
        await me.press("enter")
        await me.waits_for("Flags")
        assert me.sees("Visits, intakes and scores of both stay.")
        await me.press("end")
        said = " ".join(me.screen().replace("│", " ").split())
        assert ", ".join(flag.words for flag in flags) in said
        assert ", ".join(flag.words for flag in flags[:2]) in said


async def test_two_files_are_made_one_as_chosen_and_parted_again(house: House) -> None:
    maria, again = twice(house)
    desk = house.desks[0]
    async with house.open(keys.PATIENTS) as me:
        await me.press("D")
        await me.waits_for("similar given name")
        await me.press("enter")
        await me.waits_for("Given name")
        await me.press("down", "right")
        await me.press("enter")
        await me.waits_for(f"Garcia, Mariah #{again.id} is now part of Garcia, Mariah #{maria.id}")
        assert desk.patients.get(maria.id).details.email == "mariah@example.org"
        await me.waits_for("No two files look like one person's")

        await me.press("u")
        await me.waits_for("are two files again")
        assert desk.patients.get(maria.id).details == maria.details
        assert desk.patients.get(again.id).details == again.details


async def test_the_other_file_may_stay_with_what_was_found_right(house: House) -> None:
    maria, again = twice(house)
    async with house.open(keys.PATIENTS) as me:
        await me.press("D")
        await me.waits_for("similar given name")
        await me.press("enter")
        await me.waits_for("Given name")
        await me.press("s")
        await me.waits_for(f"#{again.id} stays")
        await me.press("enter")
        await me.waits_for(f"Garcia, Maria #{maria.id} is now part of Garcia, Maria #{again.id}")


async def test_two_people_are_told_apart_and_that_is_taken_back(house: House) -> None:
    twice(house)
    desk = house.desks[0]
    async with house.open(keys.PATIENTS) as me:
        await me.press("D")
        await me.waits_for("similar given name")
        await me.press("x")
        await me.waits_for("two people. u undoes it")
        assert desk.duplicates.likely() == ()
        await me.press("u")
        await me.waits_for("may be one person again")
        assert len(desk.duplicates.likely()) == 1
        await me.press("u")
        await me.waits_for("Nothing to undo here")
        await me.press("escape")
        assert not me.sees("Likely the same person")


async def test_a_field_that_needs_no_choice_says_so(house: House) -> None:
    twice(house)
    async with house.open(keys.PATIENTS) as me:
        await me.press("D")
        await me.waits_for("similar given name")
        await me.press("enter")
        await me.waits_for("Given name")
        await me.press("right")
        await me.waits_for("nothing to choose")


async def test_whoever_is_put_on_file_again_is_warned_of_and_not_kept_from_it(house: House) -> None:
    twice(house)
    async with house.open(keys.PATIENTS) as me:
        await me.press("n")
        await me.type("Garcia")
        await me.press("tab")
        await me.type("Mariah")
        await me.waits_for("on file already? Garcia, Maria")
        assert me.sees("Ctrl+O open that file")
        await me.press("tab", "tab")
        await me.type("nonsense")
        await me.press("enter")
        assert not me.sees("on file already")  # what is wrong is said in its place
        await me.press("ctrl+u")
        await me.waits_for("on file already? Garcia, Maria")
        await me.type("30.7.1988")
        await me.until(lambda: not me.sees("on file already"), "the namesake told apart")
        await me.press("enter")
        await me.waits_for("Garcia, Mariah: on file")


async def test_the_file_that_is_there_already_is_opened_in_place_of_a_second_one(house: House) -> None:
    twice(house)
    before = len(house.desks[0].lookup.find("garcia"))
    async with house.open(keys.PATIENTS) as me:
        await me.press("n")
        await me.type("Garcia")
        await me.press("tab")
        await me.type("Pedro")
        await me.waits_for("on file already? Garcia, Pedro")
        await me.press("ctrl+o")
        await me.until(lambda: not me.app.screen.is_modal, "the form gone")
        assert me.sees("Garcia, Pedro")
    assert len(house.desks[0].lookup.find("garcia")) == before


async def test_others_changes_are_followed_without_going_through_everybody_again(house: House) -> None:
    maria, again = twice(house)
    desk = house.desks[0]
    async with house.open(keys.PATIENTS) as me:
        await me.press("D")
        await me.waits_for("similar given name")
        desk.duplicates.tell_apart(maria.id, again.id)
        await me.waits_for("No two files look like one person's")
        desk.duplicates.together_again(maria.id, again.id)
        await me.press("r")
        await me.waits_for("similar given name")
