"""The most visits that can be had at all, by an exact solver (OR-tools CP-SAT): what a planner is measured against.

Time is cut into steps of five minutes. In no step is the practitioner's hand wanted twice, nor are more rooms taken
than there are. Rooms need no names: stays that are never more than so many at once can always be dealt out to so many
rooms.

The solver is the extra `bench` of this project and no part of the program.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from frontdesk.domain.phases import Service

STEP = 5
"""Minutes; every length and start here is a multiple of it."""
Wish = tuple[Service, int, int]
"""A visit that is asked for: the service, the earliest and the latest start, in minutes after midnight."""

_SLACK = 1440 // STEP
"""A wish that is not had may have its removal anywhere: its stay is no stay then."""

try:
    from ortools.sat.python import cp_model
except ImportError:
    cp_model = None

MISSING = "the exact solver is not installed: pip install 'frontdesk[bench]'"


@dataclass(frozen=True, slots=True)
class Most:
    """How many visits are known to be possible, and how many cannot be exceeded; the same where it was proved."""

    found: int
    at_most: int

    @property
    def proved(self) -> bool:
        """Whether it is the optimum."""
        return self.found == self.at_most


def is_available() -> bool:
    """Whether the solver is installed."""
    return cp_model is not None


def most_visits(wishes: Sequence[Wish], hours: Sequence[tuple[int, int]], rooms: int, seconds: float) -> Most:
    """How many of the wishes go together with one practitioner, in so many rooms; takes at most `seconds`."""
    model: Any = cp_model.CpModel()
    hands, stays, taken = [], [], []
    for number, (service, earliest, latest) in enumerate(wishes):
        head, tail = service.consultation + service.insertion, service.removal
        shortest, longest = head + service.retention_earliest, head + service.retention_latest
        begins = _moments(hours, head, earliest, latest)
        removals = _moments(hours, tail, earliest + shortest, latest + longest)
        if not begins or not removals:
            continue
        had = model.new_bool_var(f"had {number}")
        start = model.new_int_var_from_domain(cp_model.Domain.from_values(begins), f"start {number}")
        removal = model.new_int_var_from_domain(cp_model.Domain.from_values(removals), f"removal {number}")
        model.add(removal - start >= shortest // STEP).only_enforce_if(had)
        model.add(removal - start <= longest // STEP).only_enforce_if(had)
        turned_over = removal + (tail + service.turnover) // STEP
        stay = model.new_int_var(0, (longest + tail + service.turnover) // STEP + _SLACK, f"stay {number}")
        model.add(stay == turned_over - start)
        hands.append(model.new_optional_fixed_size_interval_var(start, head // STEP, had, f"head {number}"))
        hands.append(model.new_optional_fixed_size_interval_var(removal, tail // STEP, had, f"tail {number}"))
        stays.append(model.new_optional_interval_var(start, stay, turned_over, had, f"in {number}"))
        taken.append(had)
    model.add_no_overlap(hands)
    model.add_cumulative(stays, [1] * len(stays), rooms)
    return _solved(model, sum(taken), len(wishes), seconds)


def _moments(hours: Sequence[tuple[int, int]], length: int, earliest: int, latest: int) -> list[int]:
    """The steps at which so long a stretch of work may begin."""
    return [
        at // STEP
        for at in range(earliest, latest + 1, STEP)
        if any(first <= at and at + length <= last for first, last in hours)
    ]


def fullest_day(service: Service, hours: Sequence[tuple[int, int]], rooms: int, seconds: float = 120) -> Most:
    """How many visits of one service a day holds, at any times.

    Visits that are all alike need not be told apart: whoever began first is taken care of first, so that only the
    moments matter at which some visit begins and some removal does. Where each removal is at least the shortest and at
    most the longest retention behind the visit of its turn, the counts say so.
    """
    model: Any = cp_model.CpModel()
    head, tail = service.consultation + service.insertion, service.removal
    end = max(last for _, last in hours) + service.turnover
    steps = range(min(first for first, _ in hours), end, STEP)

    def moments(length: int, name: str) -> dict[int, Any]:
        inside = (at for at in steps if any(first <= at and at + length <= last for first, last in hours))
        return {at: model.new_bool_var(f"{name} {at}") for at in inside}

    begins, removals = moments(head, "begins"), moments(tail, "removal")

    def until(of: dict[int, Any], moment: int) -> Any:
        return sum(one for at, one in of.items() if at <= moment)

    for at in (*steps, end + service.retention_latest):
        busy = [one for start, one in begins.items() if start <= at < start + head]
        busy += [one for start, one in removals.items() if start <= at < start + tail]
        model.add(sum(busy) <= 1)
        model.add(until(removals, at) <= until(begins, at - head - service.retention_earliest))
        model.add(until(removals, at) >= until(begins, at - head - service.retention_latest))
        model.add(until(begins, at) - until(removals, at - tail - service.turnover) <= rooms)
    visits = sum(begins.values())
    model.add(visits == sum(removals.values()))
    return _solved(model, visits, len(begins), seconds)


def _solved(model: Any, visits: Any, no_more_than: int, seconds: float) -> Most:
    model.maximize(visits)
    solver: Any = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Most(0, no_more_than)
    return Most(round(solver.objective_value), min(no_more_than, int(solver.best_objective_bound + 1e-6)))
