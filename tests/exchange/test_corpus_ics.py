"""Every calendar of the corpus gives what its `expected.json` says, by the policy it gives.

The corpus is not part of the project: FRONTDESK_CORPUS names the folder it lies in.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from frontdesk.domain.errors import Refused
from frontdesk.exchange.ics import CalendarFile, Occurrence, read_calendar
from frontdesk.text import clean

pytestmark = pytest.mark.corpus

# In node-ical--test_with_int_tzid.ics the reference could not match the file's own VTIMEZONE " 1" and gives its
# 11:00 as floating. RFC 5545 3.2.19 makes that VTIMEZONE the zone, +01:00; here, in Paris, both are the same instant.
ZONE = "Europe/Paris"
CLINIC = ZoneInfo(ZONE)

COUNTS: dict[str, set[int]] = {
    # Rulings that allow more than one number, and the numbers they allow.
    "khal--event_dt_rrule_until_before_start.ics": {0, 1},
    "node-ical--Office-2012-owa.ics": {89, 90},
    "ical4j--derryn.ics": {15, 16},
    "ical.net--WeeklyUntilWkst2.ics": {24, 25},
    # "Salvaged: 14 visits, weekdays 3-22 July 2015, 10:00 (+02:00). Otherwise: 0 and a report."
    "icalendar--issue_165_missing_event.ics": {14},
    "icalendar--invalid_duration.ics": {0, 1},
    # No numbers are given because the reference could not read lone CR; read, it holds a daily rule of COUNT=5 and
    # its update of the same UID.
    "ccs-calendarserver--Test-01A.ics": {5},
    "ccs-calendarserver--Test-01B.ics": {5},
}

OTHER_TIMES: dict[str, str] = {
    # The first occurrences that may differ from the reference, and why.
    "node-ical--daily-count-exdate-recurrence-id.ics": (
        "contested: DTEND lies before DTSTART in the changed visit; the reference swaps them, here the start is kept "
        "and the end reported (RFC 5545 3.8.2.2: DTEND MUST be later than DTSTART)"
    ),
}


def entries() -> list[Any]:
    folder = os.environ.get("FRONTDESK_CORPUS")
    if not folder:
        return [pytest.param("", {}, marks=pytest.mark.skip(reason="FRONTDESK_CORPUS is not set"))]
    expected = json.loads((Path(folder) / "ics" / "expected.json").read_text(encoding="utf-8"))
    return [pytest.param(name, entry, id=name) for name, entry in expected["files"].items()]


def data_of(name: str) -> bytes:
    return (Path(os.environ["FRONTDESK_CORPUS"]) / "ics" / name).read_bytes()


def read(name: str, entry: dict[str, Any]) -> CalendarFile:
    # The window is given half open, in the wall clock of each event, as `read_calendar` takes it.
    first, after = entry.get("window", ["1990-01-01", "2030-01-01"])
    return read_calendar(
        data_of(name),
        first_day=date.fromisoformat(first),
        until_day=date.fromisoformat(after) - timedelta(days=1),
        timezone=ZONE,
    )


@pytest.mark.parametrize(("name", "entry"), entries())
def test_a_file_gives_what_is_expected_of_it(name: str, entry: dict[str, Any]) -> None:
    policy = entry["policy"]
    if policy == "reject":
        with pytest.raises(Refused) as refusal:
            read(name, entry)
        assert "\n" not in refusal.value.reason
        return
    calendar = read(name, entry)
    found = calendar.occurrences
    if policy == "nothing":
        assert (calendar.events, found, calendar.rejected) == (0, (), ())
        return
    if policy == "import_rest":
        assert calendar.rejected, "what was broken is named"
        for broken in entry.get("events_the_library_cannot_expand (not counted below)", ()):
            title = clean(broken["summary"])
            assert any(title in problem.reason for problem in calendar.rejected), title
    elif policy == "import" and name not in OTHER_TIMES:
        assert calendar.rejected == ()
    counts = COUNTS.get(name, {entry["occurrences"]})
    assert len(found) in counts
    assert len({occurrence.key for occurrence in found}) == len(found)
    if name in COUNTS and len(found) != entry["occurrences"]:
        return
    assert sum(o.cancelled for o in found) == entry.get("cancelled_occurrences", 0)
    assert sum(o.all_day for o in found) == entry.get("all_day_occurrences", 0)
    if name in OTHER_TIMES:
        return
    seen = {described(occurrence) for occurrence in found}
    for wanted in [*entry.get("first", ()), *([entry["last"]] if "last" in entry else [])]:
        assert expected(wanted) in seen, wanted


@pytest.mark.parametrize(("name", "entry"), entries())
def test_a_file_read_twice_gives_the_same_keys(name: str, entry: dict[str, Any]) -> None:
    if entry["policy"] == "reject":
        return
    assert read(name, entry) == read(name, entry)


def described(occurrence: Occurrence) -> tuple[object, ...]:
    if occurrence.all_day:
        assert occurrence.last_day is not None
        return occurrence.first_day, occurrence.last_day, words(occurrence.title), status(occurrence)
    return occurrence.starts, occurrence.ends, words(occurrence.title), status(occurrence)


def expected(wanted: dict[str, str]) -> tuple[object, ...]:
    words_and_status = words(clean(wanted.get("summary", ""))), wanted.get("status", "")
    if wanted["kind"] == "all-day":
        start, end = date.fromisoformat(wanted["start"]), date.fromisoformat(wanted["end"])
        return start, max(start, end - timedelta(days=1)), *words_and_status
    return instant(wanted["start"]), instant(wanted["end"]), *words_and_status


def instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=CLINIC)).astimezone(UTC)


def words(title: str) -> str:
    """A title as far as it can be compared: the reference is cut at 80 characters, and read every file as UTF-8."""
    return "".join(character for character in title if character.isascii() and character.isalnum())[:50]


def status(occurrence: Occurrence) -> str:
    return "CANCELLED" if occurrence.cancelled else "TENTATIVE" if occurrence.tentative else ""
