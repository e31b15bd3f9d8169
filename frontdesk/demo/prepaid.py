"""The demo's prepaid packages: bought with a plan, used since, some about to end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from pendulum import DateTime

from frontdesk.demo.clinic import ZONE
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.hours import local_day
from frontdesk.domain.package import Package
from frontdesk.domain.plan import Plan
from frontdesk.domain.visit import Status
from frontdesk.store import package_writes

if TYPE_CHECKING:
    from frontdesk.store.engine import Connection

_PREPAID = 0.35
"""How many of those with a plan have paid ahead."""


def sell_packages(
    conn: Connection,
    rng: Random,
    visits: Sequence[tuple[int, Appointment]],
    plans: Sequence[Plan],
    seller: str,
    today: date,
    *,
    prepaid: Sequence[int],
) -> None:
    """Packages for a third of those with a plan and for `prepaid`, bought at its start, used since; some end soon."""
    used: list[tuple[int, int, DateTime]] = []
    came: dict[int, list[tuple[int, DateTime]]] = defaultdict(list)
    for number, visit in visits:
        if visit.status is Status.CHECKED_OUT and visit.facts.ended_at is not None:
            came[visit.patient.id].append((number, visit.facts.ended_at))
    for plan in plans:
        chance, count, weeks = rng.random(), rng.choice((5, 10, 10)), rng.choice((8, 26, 52))
        if chance > _PREPAID and plan.patient_id not in prepaid:
            continue
        bought = plan.started_on
        expires = max(bought + timedelta(weeks=weeks), today + timedelta(days=5)) if weeks < 52 else None
        package_id = package_writes.insert(conn, Package(0, 1, plan.patient_id, count, bought, seller, None, expires))
        since = [one for one in came[plan.patient_id] if local_day(one[1], ZONE) >= bought]
        used += [(package_id, number, ended) for number, ended in since[:count]]
    package_writes.use_many(conn, used)
