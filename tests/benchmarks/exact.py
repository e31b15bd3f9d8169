"""The most visits that can be had at all, by an exact solver (OR-tools CP-SAT): what a planner is measured against.

Time is cut into steps of five minutes. For every start and retention a visit may be had with there is one yes or no;
in no step is the practitioner's hand wanted twice, nor are more rooms taken than there are. Rooms need no names: stays
that are never more than so many at once can always be dealt out to so many rooms.

The solver is the extra `bench` of this project and no part of the program.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from frontdesk.domain.phases import Service

STEP = 5
"""Minutes; every length and start here is a multiple of it."""
Choice = tuple[Service, int, int]
"""One way to have a visit: the service, its start and its retention, in minutes."""

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


def most_visits(
    wishes: Sequence[Iterable[Choice]], hours: Sequence[tuple[int, int]], rooms: int, seconds: float
) -> Most:
    """How many of the wishes, each had in one of its ways, go together with one practitioner; `hours` in minutes.

    Takes at most `seconds`.
    """
    model: Any = cp_model.CpModel()
    hands: dict[int, list[Any]] = defaultdict(list)
    places: dict[int, list[Any]] = defaultdict(list)
    chosen: list[Any] = []
    for number, ways in enumerate(wishes):
        of_this = []
        for service, start, rest in ways:
            head = start, start + service.consultation + service.insertion
            tail = head[1] + rest, head[1] + rest + service.removal
            if not all(any(first <= begin and end <= last for first, last in hours) for begin, end in (head, tail)):
                continue
            way = model.new_bool_var(f"{number} {start} {rest}")
            of_this.append(way)
            for begin, end in (head, tail):
                for step in range(begin, end, STEP):
                    hands[step].append(way)
            for step in range(start, tail[1] + service.turnover, STEP):
                places[step].append(way)
        model.add_at_most_one(of_this)
        chosen += of_this
    for at_once in hands.values():
        model.add_at_most_one(at_once)
    for at_once in places.values():
        if len(at_once) > rooms:
            model.add(sum(at_once) <= rooms)
    return _solved(model, sum(chosen), len(wishes), seconds)


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
    return Most(round(solver.objective_value), int(solver.best_objective_bound + 1e-6))
