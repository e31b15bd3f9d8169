"""A part of what the benchmarks measure, small enough to be held by every run of the tests."""

from __future__ import annotations

import random

import pytest

from frontdesk.domain.packing import soft_fit
from frontdesk.domain.phases import Service
from tests.benchmarks import exact
from tests.benchmarks.a_week_of_requests import accepted, in_hindsight, requests
from tests.benchmarks.fill_a_day import (
    OPEN,
    OPTIMUM,
    ROOMS,
    SERVICES,
    SHORT_OF,
    best_first,
    clinic,
    filled,
    in_order_of_time,
    never_clashes,
)

FOLLOW_UP, INITIAL, COMMUNITY = SERVICES
solver = pytest.mark.skipif(not exact.is_available(), reason=exact.MISSING)


@solver
@pytest.mark.parametrize(("service", "rooms"), [(FOLLOW_UP, 3), (COMMUNITY, 4)])
def test_a_day_taken_by_first_offers_is_within_five_in_a_hundred_of_the_solver_s(service: Service, rooms: int) -> None:
    most = exact.fullest_day(service, OPEN, rooms)
    day, _ = filled(clinic(rooms), service, best_first)

    assert most == exact.Most(OPTIMUM[service.name][ROOMS.index(rooms)], most.at_most)
    assert most.proved
    assert (1 - SHORT_OF) * most.found <= len(day) <= most.found
    assert never_clashes(clinic(rooms), day)
    assert len(filled(clinic(rooms), service, in_order_of_time)[0]) < len(day)


@solver
def test_both_ways_to_ask_the_solver_agree() -> None:
    hours = ((9 * 60, 11 * 60),)
    for service in SERVICES:
        wishes = [(service, 9 * 60, 11 * 60)] * 9
        for rooms in (1, 2, 3):
            by_wishes = exact.most_visits(wishes, hours, rooms, seconds=60)
            assert by_wishes.proved
            assert exact.fullest_day(service, hours, rooms) == by_wishes


@solver
@pytest.mark.parametrize("within", [0, 30])
def test_nobody_does_better_than_the_best_in_hindsight(within: int) -> None:
    asked = requests(random.Random(5), 6)

    week = accepted(clinic(2), asked, within, soft_fit)
    best = in_hindsight(2, asked, within)

    assert never_clashes(clinic(2), week)
    assert len(week) <= best.at_most
    assert best.found <= len(asked)
    assert best.found >= 0.8 * len(week)
