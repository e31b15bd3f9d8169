"""The demo's treatment plans: most of those who come have one, some have paused or ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from msgspec.structs import replace

from frontdesk.demo.clinic import FOLLOW_UP, ZONE
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.cadence import Cadence
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.hours import local_day
from frontdesk.domain.intake import Intake
from frontdesk.domain.plan import Plan, PlanDetails, PlanOutcome
from frontdesk.domain.visit import Status

_WEEKLY_UP_TO = 10
"""Days between visits up to which somebody comes weekly; beyond, every two weeks."""


def make_plans(
    rng: Random, visits: Sequence[Appointment], intakes: Sequence[Intake], clinic: Clinic, *, cast: Sequence[int]
) -> list[Plan]:
    """A plan from the day of the intake on, in the rhythm in which they do come; the cast each have one."""
    seen: dict[int, list[Appointment]] = defaultdict(list)
    for visit in visits:
        if visit.status is Status.CHECKED_OUT:
            seen[visit.patient.id].append(visit)
    plans: list[Plan] = []
    for intake in intakes:
        came = seen[intake.patient_id]
        chance, fate = rng.random(), rng.random()
        planned = rng.choice((6, 8, 8, 10))
        if not came or (chance < 0.15 and intake.patient_id not in cast):
            continue
        details = PlanDetails(
            service=clinic.services[FOLLOW_UP],
            complaint=intake.details.complaint,
            cadence=_rhythm([local_day(one.starts, ZONE) for one in came]),
            planned=planned,
            reassess_at=planned // 2,
            practitioner=came[-1].practitioner,
        )
        plan = Plan(0, 1, intake.patient_id, details, intake.taken_on, intake.taken_by)
        last = local_day(came[-1].starts, ZONE)
        plans.append(_as_it_went(plan, len(came), last, fate, of_the_cast=intake.patient_id in cast))
    return plans


def make_new_plans(
    rng: Random, new: Sequence[int], complaints: Sequence[str], clinic: Clinic, today: date
) -> list[Plan]:
    """Plans that begin today, for those of the cast who have none yet."""
    return [
        Plan(
            0,
            1,
            patient_id,
            PlanDetails(clinic.services[FOLLOW_UP], rng.choice(complaints), planned=rng.choice((6, 8))),
            today,
            rng.choice(clinic.practitioners).name,
        )
        for patient_id in new
    ]


def _rhythm(days: Sequence[date]) -> Cadence:
    gaps = sorted((later - sooner).days for sooner, later in pairwise(sorted(days)))
    return Cadence.WEEKLY if gaps and gaps[len(gaps) // 2] <= _WEEKLY_UP_TO else Cadence.FORTNIGHTLY


def _as_it_went(plan: Plan, done: int, last: date, fate: float, *, of_the_cast: bool) -> Plan:
    if done >= plan.details.planned:
        came_of_it = PlanOutcome.BETTER if fate < 0.6 else PlanOutcome.RESOLVED if fate < 0.8 else PlanOutcome.SAME
        return replace(plan, ended_on=last, outcome=came_of_it)
    if not of_the_cast and fate < 0.04:
        return replace(plan, paused_on=last, paused_until=last + timedelta(weeks=4))
    if not of_the_cast and fate > 0.97:
        return replace(plan, ended_on=last, outcome=PlanOutcome.STOPPED, outcome_note="moves away")
    return plan
