"""What parsers of dates agree on: whatever is understood here is understood as they do."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from frontdesk.domain.errors import Refused
from frontdesk.domain.when import parse_day, parse_moment, parse_time

CORPUS = os.environ.get("FRONTDESK_CORPUS")

ARGUED = {
    ("duckling-time-en.json", "tuesday"): "said on a Tuesday: a calendar goes to today; nothing is booked on it",
}
"""Phrases that are read differently on purpose, and why."""


def cases() -> Iterator[tuple[str, str, dict[str, str | None]]]:
    assert CORPUS is not None
    for path in sorted(Path(CORPUS, "dates").glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8"))["cases"]:
            yield path.name, case["phrase"], case


def understood(phrase: str, reference: datetime) -> datetime | date | int | None:
    """The program's answer; None when it refuses."""
    today = reference.date()
    for ask in (
        lambda: parse_moment(phrase, today, "UTC").naive(),
        lambda: parse_day(phrase, today),
        lambda: parse_time(phrase),
    ):
        try:
            return ask()
        except Refused:
            continue
    return None


def agrees(answer: datetime | date | int, expect: str) -> bool:
    expected = datetime.fromisoformat(expect)
    if isinstance(answer, datetime):
        return answer == expected
    if isinstance(answer, date):
        return answer == expected.date()
    return answer == expected.hour * 60 + expected.minute


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS, reason="FRONTDESK_CORPUS is not set")
def test_what_is_understood_is_understood_right() -> None:
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for name, phrase, case in cases():
        answer = understood(phrase, datetime.fromisoformat(str(case["reference"])))
        if answer is None:
            counts["refused"] += 1
        elif case["expect"] is not None and agrees(answer, case["expect"]):
            counts["right"] += 1
        elif (name, phrase) in ARGUED:
            counts["argued"] += 1
        else:
            wrong.append(f"{name}: {phrase!r} is {answer}, not {case['expect']}")

    assert wrong == [], dict(counts)
    assert counts["argued"] == len(ARGUED)
    assert counts["right"] >= 350, dict(counts)
