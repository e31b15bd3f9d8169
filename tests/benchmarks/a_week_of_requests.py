"""Asks for random times of a week in random order and prints the share that is accepted.

The same requests by first-fit, by the planner, and by one who knew all of them beforehand: the best in hindsight, from
an exact solver. Each request is for a service and a start of its own; it is taken where it fits then, or within half an
hour of it. The planner also re-plans the retention of visits that have not begun. Run by hand:
`python tests/benchmarks/a_week_of_requests.py [SEED [WEEKS]]`, with `pip install 'frontdesk[bench]'` for the last of
the three; it takes some minutes.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from msgspec.structs import replace
from pendulum import DateTime

sys.path.insert(0, str(Path(__file__).parents[2]))

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.packing import Fit, NoFit, Occupancy, first_fit, soft_fit
from frontdesk.domain.patient import Patient, PatientDetails
from frontdesk.domain.phases import Service
from frontdesk.domain.visit import Status
from tests.benchmarks import exact
from tests.benchmarks.fill_a_day import LIN, MIDNIGHT, OPEN, SERVICES, clinic, never_clashes

ROOMS = (2, 3, 4, 6)
A_DAY = (12, 18, 24, 36)
"""How many requests come for each day of the week, on average."""
WITHIN = (0, 30)
"""By how many minutes a start may differ from the one asked for."""
WEEKS = 3
SECONDS = 10
"""What the solver may take for one day."""

Fits = Callable[..., Fit | NoFit]


def requests(draw: random.Random, a_day: int) -> list[tuple[Service, DateTime]]:
    """Services and starts over five days, in the order in which they are asked for."""
    hours = [*range(9 * 60, 13 * 60, 5), *range(14 * 60, 18 * 60, 5)]
    return [
        (draw.choice(SERVICES), MIDNIGHT.add(days=draw.choice((-1, 0, 1, 2, 3)), minutes=draw.choice(hours)))
        for _ in range(a_day * 5)
    ]


def accepted(where: Clinic, asked: Sequence[tuple[Service, DateTime]], within: int, fits: Fits) -> list[Appointment]:
    """The week after every request was answered in turn."""
    days: dict[object, dict[int, Appointment]] = {}
    offsets = sorted(range(-within, within + 1, 5), key=lambda minutes: (abs(minutes), minutes))
    for number, (service, wished) in enumerate(asked, 1):
        day = days.setdefault(wished.date(), {})
        taken = Occupancy.of(day.values())
        # Anybody's plan is changed only where no start near enough fits without.
        rules = (first_fit,) if fits is first_fit else (first_fit, fits)
        answers = (
            rule(
                where,
                taken,
                service=service,
                practitioner=LIN,
                starts=wished + timedelta(minutes=minutes),
                rooms=where.rooms,
                patient_id=number,
            )
            for rule in rules
            for minutes in offsets
        )
        fit = next((answer for answer in answers if isinstance(answer, Fit)), None)
        if fit is None:
            continue
        for appointment_id, minutes in fit.replanned:
            day[appointment_id] = replace(day[appointment_id], retention_minutes=minutes)
        who = Patient(number, 1, PatientDetails(family=f"P{number}"))
        plan = fit.plan
        day[number] = Appointment(
            number, 1, who, LIN, service, fit.room, Status.BOOKED, plan.starts, plan.retention_minutes
        )
    return [one for day in days.values() for one in day.values()]


def in_hindsight(rooms: int, asked: Sequence[tuple[Service, DateTime]], within: int) -> exact.Most:
    """The most of a week's requests that could have been taken by one who knew them all; at most `SECONDS` a day."""
    days: dict[date, list[exact.Wish]] = {}
    for service, wished in asked:
        minute = wished.hour * 60 + wished.minute
        days.setdefault(wished.date(), []).append((service, minute - within, minute + within))
    found = [exact.most_visits(wishes, OPEN, rooms, SECONDS) for wishes in days.values()]
    return exact.Most(sum(one.found for one in found), sum(one.at_most for one in found))


def main() -> None:
    """Prints the table; exits with 1 where two visits clash, or the best in hindsight is worse than the planner."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    weeks = int(sys.argv[2]) if len(sys.argv) > 2 else WEEKS
    print(f"share of requests accepted in %, {weeks} weeks of random times, seed {seed}:")
    print(f"first-fit > planner > best in hindsight{'' if exact.is_available() else f' ({exact.MISSING})'}")
    print("| rooms, start within | " + " | ".join(f"{a_day} asked a day" for a_day in A_DAY) + " |")
    print("| --- " * (len(A_DAY) + 1) + "|")
    for rooms in ROOMS:
        where = clinic(rooms)
        for within in WITHIN:
            cells = [_cell(where, rooms, within, a_day, random.Random(f"{seed} {a_day}"), weeks) for a_day in A_DAY]
            print(f"| {rooms}, {within} min | " + " | ".join(cells) + " |", flush=True)


def _cell(where: Clinic, rooms: int, within: int, a_day: int, draw: random.Random, weeks: int) -> str:
    first = soft = least = most = 0
    for _ in range(weeks):
        asked = requests(draw, a_day)
        for fits in (first_fit, soft_fit):
            week = accepted(where, asked, within, fits)
            if not never_clashes(where, week):
                raise SystemExit("two visits clash")
            first, soft = (first + len(week), soft) if fits is first_fit else (first, soft + len(week))
        if exact.is_available():
            best = in_hindsight(rooms, asked, within)
            least, most = least + best.found, most + best.at_most
    if exact.is_available() and most < soft:
        raise SystemExit("the best in hindsight is worse than the planner: one of them is wrong")
    total = weeks * a_day * 5
    shares = [f"{100 * taken / total:.0f}" for taken in (first, soft)]
    if exact.is_available():
        # Not proved within the time: what was found and what cannot be exceeded.
        bounds = [f"{100 * taken / total:.0f}" for taken in (max(least, soft), most)]
        shares.append(" to ".join(dict.fromkeys(bounds)))
    return " > ".join(shares)


if __name__ == "__main__":
    main()
