"""No file makes the reader run without end: what it may cost is counted in steps, not measured in seconds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

import pytest
from dateutil.rrule import rrulestr

from frontdesk.domain.errors import Refused
from frontdesk.exchange import ics, ics_budget, ics_lines, ics_series
from frontdesk.exchange.ics_budget import FILE_STEPS, Budget, TooMuch, forward
from tests.exchange.calendars import BERLIN, calendar, event, read

if TYPE_CHECKING:
    from dateutil.rrule import rrule

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
START = "DTSTART;TZID=Europe/Berlin:20260302T090000"
EACH_SECOND = ";".join(f"{part}={','.join(map(str, range(60)))}" for part in ("BYMINUTE", "BYSECOND"))


def rule_of(text: str, start: datetime = MONDAY) -> rrule:
    return cast("rrule", rrulestr(text, dtstart=start))


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY;COUNT=1000000000",
        "FREQ=SECONDLY",
        "FREQ=MINUTELY",
        "FREQ=HOURLY",
        f"FREQ=DAILY;{EACH_SECOND}",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=31",
    ],
)
def test_a_flood_is_refused_by_name_and_the_rest_arrives(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ics_budget, "RULE_STEPS", 20_000)
    found = read(calendar(event(START, f"RRULE:{rule}", "SUMMARY:Flood"), event(START, "SUMMARY:Visit", uid="two")))
    assert [o.title for o in found.occurrences] == ["Visit"]
    (problem,) = found.rejected
    assert problem.reason.startswith('"Flood": it repeats')


@pytest.mark.parametrize("freq", ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"])
@pytest.mark.parametrize("never", ["", ";BYMONTH=2;BYMONTHDAY=31"])
def test_every_kind_of_rule_pays_for_its_steps(freq: str, never: str) -> None:
    budget = Budget(500)
    rule = budget.bound(rule_of(f"FREQ={freq};INTERVAL=1{never}"))
    taken = 0
    with pytest.raises(TooMuch):
        for _ in rule:
            taken += 1
    assert taken <= 501


def test_a_rule_may_not_spend_what_the_others_need(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ics_budget, "RULE_STEPS", 2_000)
    budget = Budget()
    with pytest.raises(TooMuch):
        list(budget.bound(rule_of("FREQ=MINUTELY")))
    assert FILE_STEPS - budget.left == 2_001


@pytest.mark.parametrize("freq", ["WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"])
def test_a_rule_started_later_has_the_same_dates(freq: str) -> None:
    start = datetime(2025, 3, 5, 9, 30, 7, tzinfo=UTC)
    target = start + timedelta(days=100 if freq in ("WEEKLY", "DAILY") else 9)
    rule = rule_of(f"FREQ={freq};INTERVAL=3;BYDAY=MO,WE", start)
    begun = forward(start, rule, target)
    later = rule.replace(dtstart=begun)
    assert start < begun <= target
    assert list(later.xafter(target, count=20)) == list(rule.xafter(target, count=20))


def test_a_rule_with_a_count_is_not_started_later() -> None:
    rule = rule_of("FREQ=DAILY;COUNT=10")
    assert forward(MONDAY, rule, MONDAY + timedelta(days=900)) == MONDAY


def test_an_old_series_costs_no_more_than_a_new_one() -> None:
    data = calendar(*(event("DTSTART:19700101T090000", "RRULE:FREQ=DAILY", uid=str(n)) for n in range(100)))
    assert len(read(data, "2026-06-01", "2026-06-30").occurrences) == 3_000


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=DAILY"])
def test_a_zone_that_never_ends_is_no_zone(rule: str) -> None:
    zone = BERLIN.replace("FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", rule)
    found = read(calendar(zone, event("DTSTART;TZID=Clinic Time:20260302T090000")), zone="America/Toronto")
    assert [o.starts.hour for o in found.occurrences] == [14]
    assert "Clinic Time" in found.notes[0].reason


def test_limits_are_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    daily = calendar(event(START, "RRULE:FREQ=DAILY", "SUMMARY:Daily"), event(START, uid="b"))
    monkeypatch.setattr(ics_series, "RULE_LIMIT", 20)
    assert "more than 20 times" in read(daily).rejected[0].reason
    monkeypatch.setattr(ics_series, "RULE_LIMIT", 5_000)
    for module, limit in ((ics, "OCCURRENCE_LIMIT"), (ics_lines, "EVENT_LIMIT"), (ics_lines, "SIZE_LIMIT")):
        with monkeypatch.context() as patch, pytest.raises(Refused):
            patch.setattr(module, limit, 1)
            read(daily)


@pytest.mark.parametrize(
    "data",
    [
        b"BEGIN:VCALENDAR\n" + b"BEGIN:X\n" * 100_000 + b"END:Y\n" * 100_000 + b"END:VCALENDAR\n",
        b"BEGIN:VCALENDAR\n" * 100_000,
    ],
)
def test_nesting_without_end_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        read(data)


@pytest.mark.parametrize(
    "line",
    [
        "DESCRIPTION:" + "x\\n;:" * 300_000,
        "DESCRIPTION:" + "x\n " * 300_000,
        "ATTENDEE" + ';A="b"' * 100_000 + ":mailto:a@b",
        "X" + ";" * 300_000,
        'SUMMARY;A="' + ":;" * 300_000,
        "CATEGORIES:" + "a," * 300_000,
        "SUMMARY:e" + "\u0301" * 300_000,
        "EXDATE:" + ",".join(["20260303T080000Z"] * 20_000),
        "SEQUENCE:" + "9" * 5_000,
        "RRULE:FREQ=DAILY;COUNT=2;BYMONTHDAY=" + ",".join(["2"] * 20_000),
    ],
)
def test_a_line_of_any_length_is_read(line: str) -> None:
    found = read(calendar(event(START, line)))
    assert len(found.occurrences) <= 2
    for occurrence in found.occurrences:
        assert len(occurrence.title) <= 250
        assert len(occurrence.description) <= 4_000


def test_many_changes_of_one_event_do_not_multiply() -> None:
    changes = "".join(
        event(f"RECURRENCE-ID:2026{n // 28 + 1:02}{n % 28 + 1:02}T080000Z", "DTSTART:20260302T090000")
        for n in range(300)
    )
    found = read(calendar(event("DTSTART:20260101T080000Z", "RRULE:FREQ=DAILY"), changes))
    assert len(found.occurrences) == 365


def test_no_control_code_reaches_the_report() -> None:
    found = read(
        calendar(
            event("DTSTART:\x1b[31m", "SUMMARY:\x1b]0;x\x07", "no\x1bcolon", uid="a\x9b"),
            event(START, "RRULE:FREQ=SECONDLY;\x1b[2J", uid="\x1b[2J"),
            event(START, "RRULE:RSCALE=\x1b[2J;FREQ=DAILY", uid="c"),
            event("DTSTART;TZID=\x1b[2J:20260302T090000", uid="d"),
        )
    )
    said = "".join(str(problem) for problem in (*found.rejected, *found.notes))
    assert len(found.rejected) >= 4
    assert said.isprintable()
