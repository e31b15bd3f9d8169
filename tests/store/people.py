"""The people whom the tests of the lookup look for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from frontdesk.domain.patient import PatientDetails

PEOPLE = {
    "muller": PatientDetails(given="Jürgen", family="Müller", birth_date=date(1961, 3, 14), phones=("030 123 45 67",)),
    "mueller": PatientDetails(given="Anna", family="Mueller", phones=("+49 (0)170 998-8776",)),
    "soren": PatientDetails(given="Søren", family="Åkesson"),
    "strauss": PatientDetails(given="Łukasz", family="Strauß"),
    "obrien": PatientDetails(given="Siobhán", family="O'Brien", email="siobhan.ob@example.org"),
    "garcia": PatientDetails(
        given="María José", family="García-López", birth_date=date(1985, 3, 12), phones=("555 0142",)
    ),
    "delacruz": PatientDetails(given="Ana", family="De La Cruz", known_as="Nanette", birth_date=date(1985, 12, 3)),
    "wang": PatientDetails(given="小明", family="王", known_as="Tony"),
    "kim": PatientDetails(given="민준", family="김"),
    "nguyen": PatientDetails(given="Thị Đặng", family="Nguyễn"),
    "ivanova": PatientDetails(given="Ольга", family="Иванова"),
    "yilmaz": PatientDetails(given="İbrahim", family="Yılmaz"),
    "percent": PatientDetails(given="100%", family="_under_"),
}

Find = Callable[[str], set[str]]
Guess = Callable[[str], list[str]]


def named(name: str) -> PatientDetails:
    given, family = name.split()
    return PatientDetails(given=given, family=family)
