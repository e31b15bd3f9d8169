"""In which order those stand who may be meant."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.hours import local_instant
from frontdesk.domain.lookup.ranking import NEVER_SEEN, Closeness, Days, Hit, Visit, ranked

ANNA = Hit(False, Closeness(), Visit.NONE, NEVER_SEEN, 0, ("Adler", "Anna"), 1, 1)
TODAY = date(2026, 11, 23)

IN_ORDER = [
    ANNA._replace(patient_id=1, visit=Visit.TODAY),
    ANNA._replace(patient_id=2, visit=Visit.SOON),
    ANNA._replace(patient_id=3, unseen=-2_000),
    ANNA._replace(patient_id=4, unseen=-1_000),
    ANNA._replace(patient_id=5, unseen=1_000),
    ANNA._replace(patient_id=6),
    ANNA._replace(patient_id=7, name=("Adler", "Berta")),
    ANNA._replace(patient_id=18, closeness=Closeness(is_more=True), visit=Visit.TODAY),
    ANNA._replace(patient_id=8, closeness=Closeness(begun=1), visit=Visit.TODAY),
    ANNA._replace(patient_id=9, closeness=Closeness(begun=1), looseness=1),
    ANNA._replace(patient_id=10, closeness=Closeness(begun=1), looseness=2),
    ANNA._replace(patient_id=11, closeness=Closeness(begun=2)),
    ANNA._replace(patient_id=12, closeness=Closeness(doubt=1), visit=Visit.TODAY, unseen=-9_000),
    ANNA._replace(patient_id=13, closeness=Closeness(doubt=2)),
    ANNA._replace(patient_id=14, closeness=Closeness(missing=1), visit=Visit.TODAY),
    ANNA._replace(patient_id=15, is_gone=True, visit=Visit.TODAY),
    ANNA._replace(patient_id=16, is_gone=True),
    ANNA._replace(patient_id=17, is_gone=True, closeness=Closeness(begun=1)),
]


@given(st.permutations(IN_ORDER))
def test_the_order_is_that_of_the_reasons(hits: list[Hit]) -> None:
    assert [one.patient_id for one in ranked(hits)] == [one.patient_id for one in IN_ORDER]


def test_whoever_is_found_twice_has_the_better_place() -> None:
    assert ranked([ANNA._replace(closeness=Closeness(doubt=1)), ANNA]) == [ANNA]


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
    starts = local_instant(date(2026, 11, day), minute, "America/Toronto")
    assert days.visit(int(starts.timestamp() * 1000)) is visit
    assert days.visit(days.soon) is days.visit(None) is Visit.NONE
