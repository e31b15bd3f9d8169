"""Where a patient stands: booked, on the list with why and since when, ended with a reason, or left alone."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from msgspec.structs import replace

from frontdesk.domain.cadence import Cadence
from frontdesk.domain.plan import Plan, PlanDetails, Progress
from frontdesk.domain.recall import Contact, ContactResult, RecallReason
from frontdesk.domain.recall_rules import RecallRules
from frontdesk.domain.standing import RecallFacts, Standing, State, next_try, standing
from tests.domain.make import FOLLOW_UP, MONDAY, ZONE, at

SEEN = MONDAY - timedelta(days=10)
SEEN_AT = at("10:00", SEEN)
PLAN = Plan(1, 1, 7, PlanDetails(FOLLOW_UP, cadence=Cadence.WEEKLY, planned=8), SEEN - timedelta(days=30), "Ana")
FAR = Progress(PLAN, (SEEN - timedelta(days=7), SEEN))
FACTS = RecallFacts(7, SEEN_AT, SEEN, timezone=ZONE)
ON_PLAN = replace(FACTS, progress=FAR)


def contact(result: ContactResult, *, days_ago: int = 1, next_on: date | None = None, words: str = "") -> Contact:
    when = at("09:00", MONDAY - timedelta(days=days_ago))
    return Contact(1, 7, when, "Ana", RecallReason.PLAN, result, words, next_on)


def stands(facts: RecallFacts, today: date = MONDAY) -> Standing:
    return standing(facts, today)


def test_whose_plan_says_come_is_on_the_list_from_the_day_after_the_visit() -> None:
    found = stands(ON_PLAN)
    assert (found.state, found.reasons, found.since) == (State.LISTED, (RecallReason.PLAN,), SEEN)
    assert found.is_due(MONDAY)
    assert found.reason_words == "plan says come, 2 of 8"
    assert not stands(ON_PLAN, SEEN).is_due(SEEN), "on the day itself they are on the list, and left alone"


@pytest.mark.parametrize(
    ("facts", "state", "words"),
    [
        (replace(ON_PLAN, coming_on=MONDAY + timedelta(days=2)), State.BOOKED, "comes on 25.11.2026"),
        (replace(ON_PLAN, is_here=True), State.BOOKED, "is here"),
        (replace(ON_PLAN, gone="has died"), State.ENDED, "has died"),
        (replace(ON_PLAN, contacts=(contact(ContactResult.STOP, words="too far"),)), State.ENDED, "stopped: too far"),
        (replace(FACTS, ended_on=SEEN, ended_words="better"), State.ENDED, "plan ended: better"),
        (FACTS, State.QUIET, "seen on 13.11.2026"),
        (RecallFacts(7), State.QUIET, "never seen"),
    ],
)
def test_who_is_not_on_the_list_has_a_reason(facts: RecallFacts, state: State, words: str) -> None:
    found = stands(facts)
    assert (found.state, found.words) == (state, words)
    assert found.next_on is None


def test_nobody_answered_postpones_and_is_counted() -> None:
    calls = tuple(contact(ContactResult.NO_ANSWER, days_ago=days, next_on=MONDAY) for days in (1, 2, 4))
    found = stands(replace(ON_PLAN, contacts=calls))
    assert (found.tries, found.next_on, found.is_due(MONDAY)) == (3, MONDAY, True)
    assert found.is_worn(RecallRules(tries=3))
    assert not found.is_worn(RecallRules(tries=4))
    before = contact(ContactResult.NO_ANSWER, days_ago=20)
    assert stands(replace(ON_PLAN, contacts=(before,))).tries == 0, "what was before the last visit is over"
    assert [next_try(tries, MONDAY) - MONDAY for tries in (1, 2, 3, 9)] == [timedelta(days) for days in (1, 3, 7, 7)]


def test_who_wants_to_wait_is_left_alone_until_then() -> None:
    later = MONDAY + timedelta(days=20)
    for facts in (ON_PLAN, FACTS):
        found = stands(replace(facts, contacts=(contact(ContactResult.WAIT, next_on=later),)))
        assert (found.state, found.next_on, found.is_due(MONDAY), found.is_due(later)) == (
            State.LISTED,
            later,
            False,
            True,
        )


def test_a_stop_ends_with_the_next_visit_or_a_new_plan() -> None:
    stop = contact(ContactResult.STOP, days_ago=12)
    assert stands(replace(ON_PLAN, contacts=(stop,))).state is State.LISTED, "they came since"
    again = replace(FAR, plan=replace(PLAN, started_on=MONDAY), seen=())
    told = contact(ContactResult.STOP, days_ago=3)
    assert stands(replace(FACTS, progress=again, contacts=(told,))).state is State.LISTED


def test_a_pause_ends_on_its_day_and_one_without_is_looked_at_again() -> None:
    paused = replace(PLAN, paused_on=SEEN, paused_until=MONDAY + timedelta(days=30))
    found = stands(replace(ON_PLAN, progress=replace(FAR, plan=paused)))
    assert (found.state, found.next_on) == (State.LISTED, MONDAY + timedelta(days=30))
    endless = replace(paused, paused_until=None)
    assert stands(replace(ON_PLAN, progress=replace(FAR, plan=endless))).next_on == SEEN + timedelta(weeks=6)


def test_a_course_that_is_done_or_owes_a_re_assessment_is_on_the_list() -> None:
    days = tuple(SEEN - timedelta(days=7 * back) for back in range(8))[::-1]
    assert stands(replace(ON_PLAN, progress=Progress(PLAN, days))).reason_words == (
        "8 of 8 done: end the plan or plan on"
    )
    assert stands(replace(ON_PLAN, progress=Progress(PLAN, days[-4:]))).reasons == (
        RecallReason.PLAN,
        RecallReason.REASSESS,
    )


@pytest.mark.parametrize(
    ("weeks", "state"), [(5, State.QUIET), (6, State.LISTED), (51, State.LISTED), (52, State.ENDED)]
)
def test_who_lapsed_is_called_within_the_clinics_weeks(weeks: int, state: State) -> None:
    seen = MONDAY - timedelta(weeks=weeks)
    assert stands(RecallFacts(7, at("10:00", seen), seen, timezone=ZONE)).state is state


def test_kept_needles_outrank_everything_and_a_stop_does_not_take_them_off() -> None:
    stop = contact(ContactResult.STOP)
    facts = replace(ON_PLAN, kept=2, kept_on=MONDAY, contacts=(stop,), coming_on=MONDAY + timedelta(days=3))
    found = stands(facts)
    assert (found.state, found.about) == (State.LISTED, RecallReason.NEEDLES)
    assert found.reason_words.startswith("2 needles to come out")
    assert stands(replace(facts, coming_on=MONDAY)).state is State.BOOKED, "they come in time"
    assert stands(replace(facts, kept_on=MONDAY + timedelta(days=1), coming_on=None)).state is State.ENDED


def test_whose_plan_runs_is_never_lost_whatever_was_said() -> None:
    results = (None, *ContactResult)
    for result, coming, here, paused, next_on in product(
        results, (None, MONDAY), (False, True), (False, True), (None, MONDAY + timedelta(days=400))
    ):
        plan = replace(PLAN, paused_on=SEEN) if paused else PLAN
        contacts = (contact(result, next_on=next_on, words="why"),) if result else ()
        found = stands(
            replace(FACTS, progress=replace(FAR, plan=plan), coming_on=coming, is_here=here, contacts=contacts)
        )
        assert found.state is not State.QUIET
        if found.state is State.ENDED:
            assert result is ContactResult.STOP
            assert found.words == "stopped: why"
        if found.state is State.LISTED:
            assert found.reasons
            assert found.since
            assert found.next_on


def test_the_list_begins_with_needles_then_plans_by_how_long_they_are_overdue() -> None:
    def on_cadence(number: int, cadence: Cadence, seen: date) -> Standing:
        plan = replace(PLAN, details=replace(PLAN.details, cadence=cadence))
        return stands(replace(ON_PLAN, patient_id=number, last_seen=seen, progress=Progress(plan, (seen,))))

    needles = stands(replace(FACTS, patient_id=1, kept=1, kept_on=MONDAY))
    weekly = on_cadence(2, Cadence.WEEKLY, SEEN)
    # Who comes every four weeks was here before the others, and is not expected yet.
    monthly = on_cadence(3, Cadence.MONTHLY, MONDAY - timedelta(days=20))
    fortnightly = on_cadence(4, Cadence.FORTNIGHTLY, MONDAY - timedelta(days=17))
    twice = on_cadence(5, Cadence.TWICE, MONDAY - timedelta(days=8))
    later = [
        stands(
            replace(
                ON_PLAN,
                patient_id=number,
                contacts=(contact(ContactResult.WAIT, next_on=MONDAY + timedelta(days=days)),),
            )
        )
        for number, days in ((6, 9), (7, 1))
    ]
    lapsed = [
        stands(RecallFacts(number, at("10:00", seen), seen, timezone=ZONE))
        for number, seen in ((8, MONDAY - timedelta(weeks=8)), (9, MONDAY - timedelta(weeks=30)))
    ]
    everybody = (*later, *lapsed, monthly, weekly, fortnightly, twice, needles)
    found = sorted(everybody, key=lambda one: one.urgency(MONDAY))
    assert [one.patient_id for one in found] == [1, 5, 4, 2, 3, 9, 8, 7, 6]
    assert [one.overdue_days(MONDAY) for one in found[:7]] == [0, 5, 3, 3, -8, 168, 14]


def test_what_somebody_is_overdue_by_is_the_day_they_were_to_come() -> None:
    assert stands(ON_PLAN).expected_on == SEEN + timedelta(days=7)
    assert stands(replace(FACTS, kept=1)).expected_on == SEEN, "needles of which nobody said when are due at once"
    asked = contact(ContactResult.WAIT, days_ago=3, next_on=MONDAY - timedelta(days=1))
    assert stands(replace(FACTS, contacts=(asked,))).overdue_days(MONDAY) == 1, "they said when"
    days = tuple(SEEN - timedelta(days=7 * back) for back in range(8))[::-1]
    assert stands(replace(ON_PLAN, progress=Progress(PLAN, days))).expected_on == SEEN, "a course that is done"
    paused = replace(PLAN, paused_on=SEEN, paused_until=MONDAY + timedelta(days=5))
    assert stands(replace(ON_PLAN, progress=replace(FAR, plan=paused))).overdue_days(MONDAY) == -5


def test_few_words_of_a_reason_fit_a_narrow_list() -> None:
    days = tuple(SEEN - timedelta(days=7 * back) for back in range(60))[::-1]
    long = replace(PLAN, details=replace(PLAN.details, planned=60), started_on=days[0])
    for facts in (
        replace(ON_PLAN, kept=12, kept_on=MONDAY),
        replace(ON_PLAN, progress=Progress(long, days)),
        replace(ON_PLAN, progress=Progress(long, days[:59])),
        RecallFacts(7, SEEN_AT, MONDAY - timedelta(weeks=30), timezone=ZONE),
    ):
        assert all(len(words) <= 25 for words in stands(facts).short_words)
    assert stands(replace(ON_PLAN, kept=2, kept_on=MONDAY)).short_words == ("2 needles to come out", "plan 2 of 8")
