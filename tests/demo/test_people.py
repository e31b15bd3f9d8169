"""The demo's patients: of many scripts, as a desk would have written them down."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import date
from random import Random

import pytest

from frontdesk.demo.people import CAST, make_people
from frontdesk.domain.patient import PatientDetails, tidied, wrong_with

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def people() -> list[PatientDetails]:
    return make_people(Random(1), 2000, TODAY)


def test_the_cast_comes_first(people: list[PatientDetails]) -> None:
    assert people[: len(CAST)] == list(CAST.values())
    assert len(people) == 2000


def test_each_would_be_accepted_from_a_form_as_it_is(people: list[PatientDetails]) -> None:
    assert [one for one in people if tidied(one) != one] == []
    assert [(one, wrong_with(one, TODAY)) for one in people if wrong_with(one, TODAY)] == []


def test_names_are_of_many_scripts(people: list[PatientDetails]) -> None:
    first_words = {unicodedata.name(letter).split()[0] for one in people for letter in one.name if letter.isalpha()}
    assert first_words >= {
        "LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "CJK", "HANGUL", "DEVANAGARI", "THAI", "HIRAGANA",
    }  # fmt: skip
    assert any("Nguyễn" in one.family for one in people)


def test_some_have_one_name_some_have_very_long_ones(people: list[PatientDetails]) -> None:
    assert any(not one.family for one in people)
    assert max(len(one.name) for one in people) > 60


def test_surnames_and_telephones_are_shared(people: list[PatientDetails]) -> None:
    assert Counter(one.family for one in people).most_common(1)[0][1] > 20
    homes = Counter((one.family, one.phones[0]) for one in people if one.phones)
    assert sum(1 for count in homes.values() if count > 1) > 20


def test_a_good_part_carries_safety_facts(people: list[PatientDetails]) -> None:
    assert 0.1 < sum(1 for one in people if one.flags) / len(people) < 0.4


def test_no_telephone_is_anybody_s(people: list[PatientDetails]) -> None:
    made_up = (") 555-", "+44 20 7946 0", "+33 1 99 00 ")
    assert [phone for one in people for phone in one.phones if not any(part in phone for part in made_up)] == []


def test_the_same_seed_makes_the_same_people() -> None:
    assert make_people(Random(7), 300, TODAY) == make_people(Random(7), 300, TODAY)
    assert make_people(Random(7), 300, TODAY) != make_people(Random(8), 300, TODAY)
