"""Treatment plans: what counts, what comes next, what is owed."""

from __future__ import annotations

from datetime import date, timedelta

import pendulum
import pytest
from msgspec.structs import replace

from frontdesk.domain.errors import Refused
from frontdesk.domain.intake import Severity
from frontdesk.domain.packing import Cadence, wished_days
from frontdesk.domain.phases import Service
from frontdesk.domain.plan import (
    Plan,
    PlanDetails,
    PlanOutcome,
    PlanState,
    next_day,
    parse_times,
    parse_weekdays,
    progress,
    tidied_plan,
    wrong_with_plan,
)
from frontdesk.domain.plan_suggestion import suggestion

FOLLOW_UP = Service(2, "Follow-up", 10, 5, 20, 30, 25, 5, 5)
MONDAY = date(2026, 11, 2)
DETAILS = PlanDetails(FOLLOW_UP)
PLAN = Plan(1, 1, 7, DETAILS, MONDAY, "Ana")
WEEKS = [MONDAY + timedelta(weeks=number) for number in range(-1, 5)]
COMING = pendulum.datetime(2026, 12, 7, 15)


def test_visits_of_the_plan_are_counted_and_no_others() -> None:
    far = progress(PLAN, WEEKS)
    assert (far.words, far.left, far.expected_on) == ("5 of 8", 3, date(2026, 12, 7))
    ended = replace(PLAN, ended_on=WEEKS[2], outcome=PlanOutcome.BETTER)
    assert progress(ended, WEEKS).words == "2 of 8"
    assert progress(PLAN, ()).expected_on == MONDAY


def test_what_is_booked_is_not_booked_again() -> None:
    far = progress(PLAN, WEEKS, (COMING,))
    assert (far.to_book, far.wants_booking(MONDAY)) == (2, False)
    assert progress(PLAN, WEEKS).wants_booking(MONDAY)
    assert not progress(replace(PLAN, details=replace(DETAILS, planned=5)), WEEKS).wants_booking(MONDAY)
    assert not progress(replace(PLAN, paused_on=MONDAY), WEEKS).wants_booking(MONDAY)


def test_a_pause_runs_out_by_itself() -> None:
    paused = replace(PLAN, paused_on=MONDAY, paused_until=date(2026, 11, 9))
    assert paused.state_on(date(2026, 11, 8)) is PlanState.PAUSED
    assert paused.state_on(date(2026, 11, 9)) is PlanState.RUNNING
    assert replace(PLAN, paused_on=MONDAY).state_on(date(2030, 1, 1)) is PlanState.PAUSED


def test_a_reassessment_is_due_from_its_visit_until_an_intake_is_taken() -> None:
    assert not progress(PLAN, WEEKS[:4]).reassessment_due
    assert progress(PLAN, WEEKS[:4]).reassess_next
    due = progress(PLAN, WEEKS[:5])
    assert due.reassessment_due
    assert "re-assessment due" in due.long_words(MONDAY)
    assert progress(PLAN, WEEKS[:5], (), WEEKS[3]).reassessment_due
    assert not progress(PLAN, WEEKS[:5], (), WEEKS[4]).reassessment_due
    assert not progress(replace(PLAN, details=replace(DETAILS, reassess_at=None)), WEEKS).reassessment_due


@pytest.mark.parametrize(
    ("cadence", "weekdays", "days"),
    [
        (Cadence.TWICE, (), ["2026-11-05", "2026-11-09", "2026-11-12"]),
        (Cadence.WEEKLY, (), ["2026-11-09", "2026-11-16", "2026-11-23"]),
        (Cadence.FORTNIGHTLY, (), ["2026-11-16", "2026-11-30", "2026-12-14"]),
        (Cadence.MONTHLY, (), ["2026-11-30", "2026-12-28", "2027-01-25"]),
        (Cadence.WEEKLY, (1,), ["2026-11-10", "2026-11-17", "2026-11-24"]),
        (Cadence.WEEKLY, (4,), ["2026-11-06", "2026-11-13", "2026-11-20"]),
        (Cadence.TWICE, (1, 4), ["2026-11-06", "2026-11-10", "2026-11-13"]),
    ],
)
def test_the_next_days_go_by_the_cadence_and_the_wished_weekdays(
    cadence: Cadence, weekdays: tuple[int, ...], days: list[str]
) -> None:
    details = replace(DETAILS, cadence=cadence, weekdays=weekdays)
    found = [MONDAY]
    for _ in days:
        found.append(next_day(details, found[-1]))
    assert [day.isoformat() for day in found[1:]] == days
    if not weekdays:
        assert wished_days(MONDAY, cadence, 4) == tuple(found)


def test_what_is_suggested_goes_by_the_severity() -> None:
    said = {one: suggestion(one) for one in Severity}
    assert {one: (told.cadence, told.planned) for one, told in said.items() if told} == {
        Severity.MILD: (Cadence.FORTNIGHTLY, 6),
        Severity.MODERATE: (Cadence.WEEKLY, 8),
        Severity.SEVERE: (Cadence.WEEKLY, 10),
    }
    assert suggestion(None) is None


def test_wishes_are_read_as_they_are_said() -> None:
    assert parse_weekdays("fri, Tuesday") == (1, 4)
    assert parse_times("16-18:30") == parse_times("16:00–18:30") == (960, 1110)
    assert parse_times("8-24") == (480, 1440)
    for wrong in ("18-16", "16:00", "soon", "", "-", "16-18-20"):
        with pytest.raises(Refused, match="is no time of day"):
            parse_times(wrong)
    for wrong in ("", "t", "tue someday"):
        with pytest.raises(Refused, match="is no day of the week"):
            parse_weekdays(wrong)


def test_everything_wrong_with_a_plan_is_said_at_once() -> None:
    wrong = replace(DETAILS, complaint="a\x1b[2J", planned=8, reassess_at=9, weekdays=(7,), from_minute=600)
    assert [one.where for one in wrong_with_plan(wrong, date(2036, 1, 1), MONDAY)] == [
        "complaint",
        "reassess_at",
        "weekdays",
        "times",
        "started_on",
    ]
    assert [one.where for one in wrong_with_plan(replace(DETAILS, planned=0), MONDAY, MONDAY)] == ["planned"]
    wish = replace(DETAILS, weekdays=(4, 1, 4), from_minute=960, until_minute=1080)
    assert wrong_with_plan(wish, MONDAY, MONDAY) == ()
    assert tidied_plan(wish).wish_words == "Tue Fri 16:00-18:00"
    assert tidied_plan(replace(DETAILS, weekdays=(6, 5, 4, 3, 2, 1, 0))).weekdays == ()
