"""In which order those stand who may be meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.hours import local_instant
from frontdesk.domain.lookup.ranking import Closeness, Days, Hit, Standing, Visit, ranked, standing

ANNA = Hit(1, Closeness(), ("Adler", "Anna"))
TODAY = date(2026, 11, 23)

IN_ORDER = [
    replace(ANNA, patient_id=1, visit=Visit.TODAY),
    replace(ANNA, patient_id=2, visit=Visit.SOON),
    replace(ANNA, patient_id=3, last_seen=2_000),
    replace(ANNA, patient_id=4, last_seen=1_000),
    replace(ANNA, patient_id=5, last_seen=-1_000),
    replace(ANNA, patient_id=6),
    replace(ANNA, patient_id=7, name=("Adler", "Berta")),
    replace(ANNA, patient_id=18, closeness=Closeness(is_more=True), visit=Visit.TODAY),
    replace(ANNA, patient_id=8, closeness=Closeness(begun=1), visit=Visit.TODAY),
    replace(ANNA, patient_id=9, closeness=Closeness(begun=1), looseness=1),
    replace(ANNA, patient_id=10, closeness=Closeness(begun=1), looseness=2),
    replace(ANNA, patient_id=11, closeness=Closeness(begun=2)),
    replace(ANNA, patient_id=12, closeness=Closeness(doubt=1), visit=Visit.TODAY, last_seen=9_000),
    replace(ANNA, patient_id=13, closeness=Closeness(doubt=2)),
    replace(ANNA, patient_id=14, closeness=Closeness(missing=1), visit=Visit.TODAY),
    replace(ANNA, patient_id=15, standing=Standing.DECEASED, visit=Visit.TODAY),
    replace(ANNA, patient_id=16, standing=Standing.RETIRED),
    replace(ANNA, patient_id=17, standing=Standing.RETIRED, closeness=Closeness(begun=1)),
]


@given(st.permutations(IN_ORDER))
def test_the_order_is_that_of_the_reasons(hits: list[Hit]) -> None:
    assert [one.patient_id for one in ranked(hits)] == [one.patient_id for one in IN_ORDER]


def test_whoever_is_found_twice_has_the_better_place() -> None:
    assert ranked([replace(ANNA, closeness=Closeness(doubt=1)), ANNA]) == [ANNA]


def test_the_score_falls_with_the_closeness() -> None:
    scores = [one.score for one in (*IN_ORDER[:1], *IN_ORDER[9:11], *IN_ORDER[12:15])]
    assert scores[0] == 1
    assert all(before > after for before, after in pairwise(scores))


@pytest.mark.parametrize(
    ("day", "minute", "visit"),
    [
        (23, 0, Visit.TODAY),
        (23, 1439, Visit.TODAY),
        (24, 0, Visit.SOON),
        (30, 1439, Visit.SOON),
        (22, 1439, Visit.NONE),
    ],
)
def test_today_and_soon_are_the_clinics_days(day: int, minute: int, visit: Visit) -> None:
    days = Days.around(TODAY, "America/Toronto")
    assert days.visit(local_instant(date(2026, 11, day), minute, "America/Toronto")) is visit
    assert days.visit(days.soon) is days.visit(None) is Visit.NONE


def test_who_has_died_is_not_also_retired() -> None:
    assert standing(is_deceased=True, is_retired=True) is Standing.DECEASED
    assert standing(is_deceased=False, is_retired=True) is Standing.RETIRED
    assert standing(is_deceased=False, is_retired=False) is Standing.COMES
