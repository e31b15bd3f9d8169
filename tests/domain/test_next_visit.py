"""The plan's next visit: wished where it fits, else what is nearest, never on the day they were here."""

from __future__ import annotations

from datetime import date

import pendulum
from msgspec.structs import replace

from frontdesk.domain.cadence import Cadence
from frontdesk.domain.clinic import Clinic, Closure, Practitioner, Room
from frontdesk.domain.hours import OpenSpan, WeekHours
from frontdesk.domain.packing import Occupancy
from frontdesk.domain.packing.next_visit import places_around, wish_after
from frontdesk.domain.phases import Service
from frontdesk.domain.plan import PlanDetails

ZONE = "America/Toronto"
FOLLOW_UP = Service(1, "Follow-up", 10, 5, 20, 30, 25, 5, 5)
LIN, OKAFOR = Practitioner(1, "Dr Lin"), Practitioner(2, "Dr Okafor")
WEEK = WeekHours((*(((OpenSpan(540, 1080),),) * 5), (), ()))
CLINIC = Clinic("Clinic", ZONE, "CA", 5, WEEK, (Room(1, "Room 1"),), (LIN, OKAFOR), (FOLLOW_UP,))
DETAILS = PlanDetails(FOLLOW_UP)
VISIT = pendulum.datetime(2026, 11, 23, 10, 20, tz=ZONE)


def offered(details: PlanDetails, clinic: Clinic = CLINIC) -> list[str]:
    wish = wish_after(clinic, details, VISIT, OKAFOR)
    places, _ = places_around(
        clinic, Occupancy(), details, wish, after=VISIT, patient_id=1, not_before=VISIT.add(hours=1)
    )
    return [f"{one.starts.in_timezone(ZONE):%a %d %H:%M} {one.practitioner.name}" for one in places]


def test_the_same_time_a_week_later_with_whoever_treated() -> None:
    assert offered(DETAILS)[0] == "Mon 30 10:20 Dr Okafor"
    assert offered(replace(DETAILS, practitioner=LIN))[0] == "Mon 30 10:20 Dr Lin"
    assert offered(replace(DETAILS, cadence=Cadence.MONTHLY))[0] == "Mon 21 10:20 Dr Okafor"
    found = offered(DETAILS)
    assert len({one[:12] for one in found}) == len(found) > 5


def test_wished_days_and_times_come_first() -> None:
    wishes = replace(DETAILS, weekdays=(1, 3), from_minute=16 * 60, until_minute=18 * 60)
    found = offered(wishes)
    assert found[0] == "Tue 01 16:00 Dr Okafor"
    assert {one[:3] for one in found[:3]} == {"Tue", "Thu"}


def test_twice_a_week_is_never_the_day_after() -> None:
    found = offered(replace(DETAILS, cadence=Cadence.TWICE))
    assert found[0] == "Thu 26 10:20 Dr Okafor"
    assert all(one[4:6] != "23" for one in found)


def test_over_a_closed_week_the_next_one_is_looked_at() -> None:
    closed = replace(CLINIC, closures=(Closure(date(2026, 11, 26), date(2026, 12, 4), "Away"),))
    assert offered(DETAILS, closed)[0] == "Mon 07 10:20 Dr Okafor"
    whole = replace(CLINIC, closures=(Closure(date(2026, 11, 24), date(2027, 3, 1), "Away"),))
    assert offered(DETAILS, whole) == []
