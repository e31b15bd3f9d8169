"""Real files of other programs, taken in whole: the folder named by FRONTDESK_CORPUS."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from frontdesk.desk.open import Desk
from frontdesk.desk.transfer import ImportOptions, ImportResult
from frontdesk.domain.errors import Refused
from tests.engines import ENGINES, USUAL
from tests.thorough import thorough

CORPUS = os.environ.get("FRONTDESK_CORPUS", "")

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS, reason="FRONTDESK_CORPUS is unset"),
]


def entries(folder: str, *, on_all: bool = False) -> Iterator[Any]:
    """Every file of a folder, with what must come of it; on every kind of database with `on_all`, or on request.

    What a database does with text is tried by the bad files; a good one is the same patients to each.
    """
    if not CORPUS:
        return
    expected = json.loads((Path(CORPUS) / folder / "expected.json").read_text(encoding="utf-8"))
    for name, entry in expected["files"].items():
        path = Path(CORPUS) / folder / name
        if path.suffix in (".csv", ".tsv", ".ssv", ".ics"):
            for engine in ENGINES:
                marks = () if on_all or engine == USUAL else thorough
                yield pytest.param(engine, path, entry, id=f"{engine}-{name}", marks=marks)


def whole(desk: Desk, path: Path) -> ImportResult | Refused:
    """What became of a file, or why it was refused as a whole."""
    try:
        return desk.transfer.bring_in(path, ImportOptions())
    except Refused as refusal:
        return refusal


@pytest.mark.parametrize(("engine", "path", "entry"), [*entries("ics")], indirect=["engine"])
def test_a_calendar_arrives_whole_and_once(desk: Desk, path: Path, entry: dict[str, Any]) -> None:
    window = entry.get("window") or ["2000-01-01", "2030-01-01"]
    options = ImportOptions(
        first_day=date.fromisoformat(window[0]), last_day=date.fromisoformat(window[1]) - timedelta(days=1)
    )
    before = desk.log.latest(10)
    if entry["policy"] == "reject":
        with pytest.raises(Refused):
            desk.transfer.bring_in(path, options)
        assert desk.log.latest(10) == before
        return
    first = desk.transfer.bring_in(path, options)
    contested = entry.get("ruling", {}).get("kind") == "contested"
    arrived = first.created + first.cancelled + first.updated
    salvaged = entry["policy"] == "import_rest" and first.rejected
    if "window" in entry and not contested:
        assert arrived == entry["occurrences"] or (salvaged and arrived > entry["occurrences"])
        assert first.cancelled == entry.get("cancelled_occurrences", first.cancelled)
    if entry["policy"] == "nothing":
        assert (arrived, bool(first.notes)) == (0, True)
    again = desk.transfer.bring_in(path, options)
    assert (again.created, again.updated, again.cancelled, again.unchanged) == (0, 0, 0, arrived)
    assert desk.upkeep.check() == ()


@pytest.mark.parametrize(
    ("engine", "path", "entry"), [*entries("patients"), *entries("badinput", on_all=True)], indirect=["engine"]
)
def test_a_table_arrives_whole_and_once(desk: Desk, path: Path, entry: dict[str, Any]) -> None:
    before = desk.log.latest(10)
    first = whole(desk, path)
    if isinstance(first, Refused):
        assert "\n" not in first.reason
        assert "patients" not in entry
        assert "the_columns_that_matter" not in entry
        assert desk.log.latest(10) == before
        return
    if "the_columns_that_matter" in entry:
        assert first.created + len(first.rejected) == entry["rows"]
    if isinstance(entry.get("patients"), int):
        assert (first.created, first.rejected) == (entry["patients"], ())
    again = desk.transfer.bring_in(path, ImportOptions())
    assert (again.created, again.updated, again.unchanged) == (0, 0, first.created)
    assert desk.upkeep.check() == ()
