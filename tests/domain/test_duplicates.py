"""One person twice, twins, families, namesakes: what the files have in common decides, and says why."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.duplicates import Likeness, Traits, likeness
from frontdesk.domain.patient import Sex

BORN = date(1961, 3, 14)
MARIA = Traits(
    frozenset({"maria"}),
    frozenset({"garcia"}),
    birth_date=BORN,
    phones=frozenset({"65550134"}),
    email="maria@example.org",
    address=frozenset({"12", "elm", "street", "toronto"}),
)


def like(**other: object) -> Likeness | None:
    """How alike Maria Garcia's file is to one that differs in these."""
    values = {name: getattr(MARIA, name) for name in Traits.__struct_fields__}
    for name, value in other.items():
        names = name in ("given", "family", "nicknames")
        values[name] = frozenset(str(value).split()) if names else value
    return likeness(MARIA, Traits(**values))


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({}, "same name"),
        ({"given": "mariah"}, "similar given name, same family name"),
        ({"given": "maira"}, "similar given name, same family name"),
        ({"given": "mia", "nicknames": "maria"}, "nickname as given name, same family name"),
        ({"given": "garcia", "family": "maria"}, "given and family name swapped"),
        ({"given": "m"}, "initial of given name, same family name"),
        ({"given": "maria sofia"}, "same name"),
        ({"birth_date": date(1961, 3, 15)}, "birth date differs by one digit"),
        ({"birth_date": date(1961, 4, 13)}, "similar birth date"),
        ({"birth_date": None, "phones": frozenset(), "address": frozenset()}, "same e-mail"),
        ({"family": "okafor"}, "same birth date"),
    ],
)
def test_one_person_twice(other: dict[str, object], reason: str) -> None:
    found = like(**other)
    assert found is not None
    assert found.is_likely
    assert reason in found.reasons


def test_a_day_and_a_month_may_be_swapped() -> None:
    first = Traits(MARIA.given, MARIA.family, birth_date=date(1961, 3, 4), phones=MARIA.phones)
    found = likeness(first, Traits(MARIA.given, MARIA.family, birth_date=date(1961, 4, 3), phones=MARIA.phones))
    assert found is not None
    assert found.is_likely
    assert "day and month of birth swapped" in found.reasons


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"given": "lucia"}, id="twins: one birth date, one home, one telephone"),
        pytest.param({"given": "pedro", "birth_date": date(1959, 1, 2)}, id="a couple with one telephone"),
        pytest.param({"birth_date": date(1988, 7, 30)}, id="a daughter of the same name in the same house"),
    ],
)
def test_a_family_is_told_apart(other: dict[str, object]) -> None:
    shared = {"email": ""} if "birth_date" in other else {}
    found = like(**other, **shared)
    assert found is None or not found.is_likely


def test_a_namesake_is_told_apart_but_asked_about_until_the_birth_date_is_known() -> None:
    bare = Traits(MARIA.given, MARIA.family)
    unknown = likeness(MARIA, bare)
    assert unknown is not None
    assert unknown.is_worth_asking
    assert not unknown.is_likely

    known = likeness(MARIA, Traits(MARIA.given, MARIA.family, birth_date=date(1988, 7, 30)))
    assert known is not None
    assert not known.is_worth_asking
    assert known.against == ("another birth date",)


def test_another_sex_speaks_against() -> None:
    he = Traits(MARIA.given, MARIA.family, birth_date=BORN, sex=Sex.MALE)
    she = Traits(MARIA.given, MARIA.family, birth_date=BORN, sex=Sex.FEMALE)
    found = likeness(he, she)
    assert found is not None
    assert "another sex" in found.against


names = st.frozensets(st.text("abcdeé", min_size=1, max_size=9), max_size=3)
files = st.builds(
    Traits,
    given=names,
    family=names,
    nicknames=names,
    birth_date=st.none() | st.dates(),
    sex=st.none() | st.sampled_from(Sex),
    phones=names,
    email=st.text("ab@.", max_size=6),
    address=names,
)


@given(files, files)
def test_it_does_not_matter_which_of_two_files_is_asked_about(one: Traits, other: Traits) -> None:
    assert likeness(one, other) == likeness(other, one)
