"""A visit laid out in time."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.hours import Span
from frontdesk.domain.phases import PhaseName, Service, plan_visit
from tests.domain.make import FOLLOW_UP, at, visit


def service(*lengths: int, earliest: int = 20, planned: int = 25, latest: int = 30) -> Service:
    consultation, insertion, removal, turnover = lengths
    return Service(1, "Any", consultation, insertion, earliest, latest, planned, removal, turnover)


INITIAL = service(20, 5, 5, 5)


def test_the_phases_follow_each_other_in_order() -> None:
    plan = plan_visit(INITIAL, at("10:00"))

    assert [(phase.name.value, phase.span, phase.hands_on) for phase in plan.phases] == [
        ("consultation", Span(at("10:00"), at("10:20")), True),
        ("insertion", Span(at("10:20"), at("10:25")), True),
        ("retention", Span(at("10:25"), at("10:50")), False),
        ("removal", Span(at("10:50"), at("10:55")), True),
        ("turnover", Span(at("10:55"), at("11:00")), False),
    ]
    assert plan.hands_on == (Span(at("10:00"), at("10:25")), Span(at("10:50"), at("10:55")))
    assert plan.patient_span == Span(at("10:00"), at("10:55"))
    assert plan.room_span == Span(at("10:00"), at("11:00"))
    assert plan.ends == at("10:55")


def test_a_phase_of_no_length_is_left_out() -> None:
    plan = plan_visit(service(0, 5, 0, 5), at("10:00"), 20)

    assert [phase.name for phase in plan.phases] == [PhaseName.INSERTION, PhaseName.RETENTION, PhaseName.TURNOVER]
    assert plan.hands_on == (Span(at("10:00"), at("10:05")),)
    assert plan.ends == at("10:25")


def test_without_retention_the_hands_stay_on() -> None:
    plan = plan_visit(service(20, 5, 5, 5, earliest=0, planned=0), at("10:00"))

    assert plan.hands_on == (Span(at("10:00"), at("10:30")),)


def test_a_service_of_no_length_ends_where_it_starts() -> None:
    plan = plan_visit(service(0, 0, 0, 0, earliest=0, planned=0), at("10:00"))

    assert (plan.phases, plan.ends, plan.hands_on) == ((), at("10:00"), ())
    assert plan.room_span == Span(at("10:00"), at("10:00"))


def test_minutes_pass_as_they_do_when_the_clocks_change() -> None:
    starts = at("00:50", date(2026, 3, 29), "Europe/London")

    plan = plan_visit(FOLLOW_UP, starts)

    assert (plan.ends - starts).total_seconds() == 40 * 60
    assert f"{plan.ends.in_timezone('Europe/London'):%H:%M}" == "02:30"


@pytest.mark.parametrize(
    ("earliest", "planned", "latest", "choices"),
    [
        (20, 25, 30, (25, 20, 30)),
        (20, 20, 20, (20,)),
        (10, 10, 30, (10, 15, 20, 25, 30)),
        (20, 22, 33, (22, 20, 25, 30, 33)),
        (0, 0, 5, (0, 5)),
        (20, 27, 28, (27, 28, 25, 20)),
    ],
)
def test_the_planned_retention_comes_first_then_the_nearest_in_the_window(
    earliest: int, planned: int, latest: int, choices: tuple[int, ...]
) -> None:
    assert service(5, 5, 5, 5, earliest=earliest, planned=planned, latest=latest).retention_choices == choices


LENGTHS = st.tuples(*[st.integers(0, 90)] * 4)


@given(LENGTHS, st.integers(0, 90))
def test_a_plan_has_no_gaps_and_adds_up(lengths: tuple[int, ...], retention: int) -> None:
    one = service(*lengths)

    plan = plan_visit(one, at("10:00"), retention)

    assert all(earlier.ends == later.starts for earlier, later in pairwise(plan.phases))
    assert plan.ends == at("10:00").add(minutes=one.patient_minutes(retention))
    assert plan.room_span.ends == at("10:00").add(minutes=one.room_minutes(retention))
    hands_on = sum((span.ends - span.starts).total_seconds() for span in plan.hands_on)
    assert hands_on == (lengths[0] + lengths[1] + lengths[2]) * 60
    assert all(earlier.ends < later.starts for earlier, later in pairwise(plan.hands_on))


@given(LENGTHS, st.integers(0, 90))
def test_an_appointment_ends_and_frees_its_room_as_its_plan_says(lengths: tuple[int, ...], retention: int) -> None:
    booked = visit(at("10:00"), service=service(*lengths), minutes=retention)

    assert booked.ends == booked.plan.ends
    assert booked.room_span == booked.plan.room_span
