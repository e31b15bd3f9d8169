"""Whom a text may mean that finds nobody as it stands: slips, words that are not theirs, nicknames."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from frontdesk.domain.patient import PatientDetails
from frontdesk.store import patient_writes, search
from tests.store.conftest import NOW
from tests.store.people import Guess, named

GUESSED = [
    ("gracia", "garcia"),  # two letters swapped
    ("stausz", "strauss"),  # one missing and one for another
    ("nguyn", "nguyen"),
    ("jose marai", "garcia"),
    ("iwanova", "ivanova"),
    ("uller", "muller"),
    ("gacri", "garcia"),  # not typed to its end
    ("del acruz", "delacruz"),
    ("brien siobhn", "obrien"),
    ("strauss peter", "strauss"),  # a name that is not theirs
    ("peter strausis", "strauss"),  # and a slip in the one that is
    ("garcia 1961", "garcia"),
    ("mueller jurgne", "muller"),
    ("0170 998 8767", "mueller"),  # two digits swapped
    ("01709983776", "mueller"),  # one for another
    ("555142 gracia", "garcia"),  # one missing, in a short number
    ("+49 30 12345567", "muller"),  # one too many
    ("siobhan.ob@exmaple.org", "obrien"),
    ("sioban.ob@example.org", "obrien"),
    ("iobhan.ob@ex", "obrien"),
    ("siobhan.pb@example.org", "obrien"),
    ("muller 14.3.16", "muller"),  # two digits of the year swapped
    ("garcia 1985-03-21", "garcia"),
    ("14.3.1951", "muller"),
]


@pytest.mark.parametrize(("typed", "meant"), GUESSED)
def test_slips_and_words_that_are_not_theirs_still_find_them(guess: Guess, typed: str, meant: str) -> None:
    assert guess(typed)[0] == meant


def test_a_slip_stands_behind_what_was_typed_without_one(conn: Connection) -> None:
    names = ["Jon Smith", "Jonas Smith", "Jun Smith", "Jone Smithers", "Joan Smiht"]
    ids = dict(zip(names, patient_writes.insert_many(conn, [named(name) for name in names], NOW), strict=True))
    found = [one.patient_id for one in search.candidates(conn, "jon smith")]
    assert found == [ids[name] for name in ("Jon Smith", "Jonas Smith", "Jone Smithers", "Jun Smith", "Joan Smiht")]


def test_another_may_be_meant_though_there_is_one_of_that_very_name(conn: Connection) -> None:
    people = [PatientDetails(given="Amelia", family="Ryan", phones=("555 0142 77",)), named("Edward Ryan")]
    people += [named(f"Jo Webb{letter}") for letter in "abc"]
    amelia, edward, *_ = patient_writes.insert_many(conn, people, NOW)
    found = [(one.patient_id, one.is_sure) for one in search.candidates(conn, "amelia ryan")]
    assert found == [(amelia, True), (edward, False)]
    assert [one.patient_id for one in search.candidates(conn, "555014277")] == [amelia]


def test_a_word_that_is_still_being_typed_is_not_yet_somebody_elses(conn: Connection) -> None:
    maria, raul = patient_writes.insert_many(conn, [named("Maria Garcia"), named("Raul Garcia")], NOW)
    assert [one.patient_id for one in search.candidates(conn, "garcia mar")] == [maria]
    assert [one.patient_id for one in search.candidates(conn, "garcia maria")] == [maria, raul]
    assert {one.patient_id for one in search.candidates(conn, "garcia marx")} == {maria, raul}


def test_two_beginnings_do_not_sound_like_a_name_of_another_script_with_one_consonant(conn: Connection) -> None:
    people = [PatientDetails(given="Ольга", family="Юрий"), PatientDetails(given="一郎", family="伊藤")]
    maria, *_ = patient_writes.insert_many(conn, [named("Maria Garcia"), *people], NOW)
    assert [one.patient_id for one in search.candidates(conn, "gar mar")] == [maria]


def test_beside_somebody_of_that_name_few_are_guessed_by_their_sound(conn: Connection) -> None:
    people = [PatientDetails(given="嘉欣", family="司马") for _ in range(9)]
    jenny, *_ = patient_writes.insert_many(conn, [named("Jenny Kim"), *people], NOW)
    found = [one.patient_id for one in search.candidates(conn, "jenny")]
    assert found[0] == jenny
    assert 1 < len(found) <= 6


def test_who_shares_the_rarer_word_is_likelier_meant(conn: Connection) -> None:
    names = ["Matthew Mccarthy", *(f"{given} Green" for given in ("Emma", "James", "Hannah", "Jasmine", "Jacob"))]
    names += [f"{given} Matthews" for given in ("Jade", "Jack", "Lara")]
    ids = patient_writes.insert_many(conn, [named(name) for name in names], NOW)
    found = [one.patient_id for one in search.candidates(conn, "matthew green")]
    assert found[0] == ids[0]
    assert set(found[1:6]) == set(ids[1:6])


def test_a_missing_word_is_compared_with_what_is_left_of_the_name(conn: Connection) -> None:
    names = ("Lachlan Berry", "Lachlan Young", "Lachlan Vincent")
    *_, vincent = patient_writes.insert_many(conn, [named(name) for name in names], NOW)
    # It is as near to the given name, which is typed already, as to all of these family names but one.
    assert search.candidates(conn, "lachlan katsiavos")[0].patient_id == vincent


def test_one_word_of_theirs_is_not_two_that_were_typed(conn: Connection) -> None:
    maria, sofia, other = patient_writes.insert_many(
        conn, [named("Maria Garcia"), named("Sofia Garcia"), named("Maria Ortega")], NOW
    )
    missing = {one.patient_id: one.closeness.missing for one in search.candidates(conn, "maria garcia")}
    assert missing == {maria: 0, sofia: 1, other: 1}


def test_nicknames_find_each_other(conn: Connection) -> None:
    beth, bethany, bill = patient_writes.insert_many(
        conn, [named("Elizabeth Ng"), named("Bethany Ng"), named("Bill Orr")], NOW
    )
    assert [one.patient_id for one in search.candidates(conn, "beth ng")] == [beth, bethany]
    assert [one.patient_id for one in search.candidates(conn, "william")] == [bill]
