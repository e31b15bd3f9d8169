"""Phrases of other parsers' test suites, said in a line at their own moment: understood as there, or asked back."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

import pendulum
import pytest
from pendulum import DateTime

from frontdesk.clock import ManualClock
from frontdesk.desk.context import Context
from frontdesk.desk.open import desk_on
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import WEEKDAYS
from frontdesk.domain.patient import PatientDetails
from frontdesk.store.engine import Store
from tests.desk.conftest import CLINIC

CORPUS = os.environ.get("FRONTDESK_CORPUS")
ZONE = "Europe/London"
STEP = 1 if os.environ.get("FRONTDESK_THOROUGH") else 3
"""Every third phrase in a plain run; what reads a phrase alone is tried with all of them, in the domain's tests."""


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS, reason="FRONTDESK_CORPUS is not set")
def test_a_phrase_in_a_line_is_understood_or_asked_back(tmp_path: Path) -> None:
    assert CORPUS is not None
    clock = ManualClock(pendulum.datetime(2013, 2, 12, 4, 30))
    with_any_hour = {day: ["00:00-24:00"] for day in WEEKDAYS}
    store = Store.open(str(tmp_path / "clinic.db"), now=clock.now())
    desk = desk_on(Context(store, clock, "Ana"))
    named = {"name": "Test Clinic", "timezone": ZONE, "phone_region": "GB"}
    desk.clinic.setup(desk.clinic.read_answers({**CLINIC, "clinic": named, "hours": with_any_hour, "closures": []}))
    desk.patients.add(PatientDetails(given="Maria", family="Garcia", phones=("020 7946 2015",)))
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for path in sorted(Path(CORPUS, "dates").glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8"))["cases"][::STEP]:
            reference = pendulum.parse(case["reference"], tz=ZONE)
            assert isinstance(reference, DateTime)
            clock.instant = reference.in_timezone("UTC")
            try:
                request = desk.saying.understand(f"garcia lin follow-up {case['phrase']}").request
            except Refused:
                request = None
            said = request.starts.in_timezone(ZONE).naive().isoformat() if request else None
            if request is None:
                counts["asked"] += 1
            elif said == case["expect"] and request.starts >= clock.now():
                counts["right"] += 1
            else:
                wrong.append(f"{path.name}: {case['phrase']!r} is {said}, not {case['expect']}")
    desk.close()
    assert wrong == [], dict(counts)
    assert counts["right"] >= 60 // STEP, dict(counts)
