"""What was typed is marked where it is, in whatever letters it is written there."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.lookup.marks import Marker
from frontdesk.domain.patient import PatientDetails

MARIA = PatientDetails(
    given="María José",
    family="García-López",
    known_as="Pepa",
    birth_date=date(1961, 3, 14),
    phones=("+34 600 11 22 33", "(416) 555-0134"),
    email="maria@example.org",
)


def marked(details: PatientDetails, typed: str) -> list[str]:
    marks = Marker(typed).of(7, details)
    parts = [details.name[first:last] for first, last in marks.name]
    parts += [details.known_as[first:last] for first, last in marks.known_as]
    parts += [details.phones[place][first:last] for place, (first, last) in marks.phones]
    parts += [f"was {details.former_name[first:last]}" for first, last in marks.former_name]
    parts += [details.original_name[first:last] for first, last in marks.original_name]
    return parts + ["born"] * marks.is_born + ["#"] * marks.is_record + ["@"] * marks.is_email


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("gar", ["Gar"]),
        ("lopez gar", ["Gar", "López"]),
        ("pep mar", ["Mar", "Pep"]),
        ("garcialopez", ["García-López"]),
        ("gracia", ["García"]),
        ("mariah", ["María"]),
        ("0134", ["0134"]),
        ("416 55 50", ["416) 555-0"]),
        ("garcia 61", ["García", "born"]),
        ("14 mar 1961", ["born"]),
        ("#7", ["#"]),
        ("garcia peter", ["García"]),
        ("maria@ex", ["@"]),
        ("nobody", []),
        ("", []),
    ],
)
def test_the_matched_parts_are_marked(typed: str, parts: list[str]) -> None:
    assert marked(MARIA, typed) == parts


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("wei", ["Wei"]),
        ("wang", ["王"]),
        ("王", ["王"]),
        ("wei kraus", ["Wei", "was Kraus"]),
        ("krauss", ["was Krauß"]),
    ],
)
def test_the_names_that_are_not_always_shown_are_marked_where_no_other_is_meant(typed: str, parts: list[str]) -> None:
    wei = PatientDetails(given="Wei", family="Ng", former_name="Krauß", original_name="王伟")
    assert [part.replace("Krauß", "Kraus") for part in marked(wei, typed)] == [
        part.replace("Krauß", "Kraus") for part in parts
    ]


@pytest.mark.parametrize(
    ("given", "family", "typed", "parts"),
    [
        ("Søren", "Strauß", "strauss soeren", ["Strauß", "Søren"]),
        ("Anna", "Strauß", "straus", ["Strauß"]),
        ("小明", "王", "wang xiao", ["王", "小"]),
        ("小明", "王", "wangxiaom", ["王, 小明"]),
        ("Ольга", "Иванова", "ivan", ["Иван"]),
        ("Jose\u0301", "Ng", "jose", ["Jose\u0301"]),
        ("Ana", "De La Cruz", "delacr", ["De La Cruz"]),
        ("[b]x[/b]", "Ng", "x", ["x"]),
    ],
)
def test_letters_of_every_kind_are_marked_as_they_stand(given: str, family: str, typed: str, parts: list[str]) -> None:
    assert marked(PatientDetails(given=given, family=family), typed) == parts


@given(st.text(), st.text(max_size=30), st.text(max_size=30))
def test_marks_lie_inside_the_text_whatever_is_typed(typed: str, name: str, phone: str) -> None:
    details = PatientDetails(given=name, family=typed[:20], known_as=name[::-1], phones=(phone,))
    marks = Marker(typed).of(7, details)
    for text, parts in ((details.name, marks.name), (details.known_as, marks.known_as)):
        assert all(0 <= first < last <= len(text) for first, last in parts)
    assert all(0 <= first < last <= len(phone) for _, (first, last) in marks.phones)
