"""The made-up clinic's set-up, laid around the moment the demo opens at: always the middle of a working morning."""

from __future__ import annotations

from datetime import date, timedelta

from pendulum import DateTime

from frontdesk.domain.clinic import Closure
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import OpenSpan, WeekHours, local_day, local_minute
from frontdesk.domain.setup import ClinicSpec, PractitionerSpec, RoomSpec, ServiceSpec

ZONE = "America/Toronto"
OPEN_FOR = 160
"""Minutes the clinic has been open when the demo begins."""
MORNING = (0, 300)
AFTERNOON = (360, 600)
"""When the clinic is open, in minutes after opening: 08:00 to 13:00 and 14:00 to 18:00 for a demo at 10:40."""

EARLIEST, LATEST = 6 * 60, 21 * 60
"""Local minutes between which a demo may begin: no clock changes in its morning, and some evening is left."""

LIN, OKAFOR, HADDAD = range(3)
INITIAL, FOLLOW_UP, COMMUNITY = range(3)
SERVICES = (
    ServiceSpec("Initial", 20, 5, 20, 30, 25, 5, 5),
    ServiceSpec("Follow-up", 10, 5, 20, 30, 25, 4, 5),
    ServiceSpec("Community", 5, 5, 30, 60, 40, 2, 2),
)
ROOM_NAMES = ("Room 1", "Room 2", "Room 3", "Room 4", "Room 5", *(f"Community {chair}" for chair in range(1, 5)))
ROOMS_OF = ((0, 1), (2, 3), (5, 6, 7, 8))
"""The places each practitioner works in, by number in `ROOM_NAMES`."""


def opening_minute(at: DateTime) -> int:
    """The local minute of the day at which the demo clinic opens; raises `Refused` near midnight."""
    minute = local_minute(at, ZONE) // 5 * 5
    if not EARLIEST <= minute <= LATEST:
        raise Refused("the demo shows the middle of a working day: choose a time from 06:00 to 21:00")
    return minute - OPEN_FOR


def demo_clinic(at: DateTime) -> ClinicSpec:
    """Three practitioners, five rooms and a community room of four chairs, open on the day of `at`."""
    opening = opening_minute(at)
    today = local_day(at, ZONE)
    spans = tuple(
        OpenSpan(opening + start, min(1440, opening + end))
        for start, end in (MORNING, AFTERNOON)
        if opening + start < 1440
    )
    open_days = {0, 1, 2, 3, 4, today.weekday()}
    week = WeekHours(tuple(spans if day in open_days else () for day in range(7)))
    return ClinicSpec(
        "Willow Street Acupuncture",
        ZONE,
        "CA",
        5,
        week,
        (*(RoomSpec(name) for name in ROOM_NAMES[:5]), RoomSpec("Community", 4)),
        (
            PractitionerSpec("Dr Lin"),
            PractitionerSpec("Dr Okafor"),
            PractitionerSpec("Dr Haddad", WeekHours(tuple(_without_one_day(week, today)))),
        ),
        SERVICES,
        (Closure(today + timedelta(days=31), today + timedelta(days=33), "Holidays"),),
    )


def _without_one_day(week: WeekHours, today: date) -> list[tuple[OpenSpan, ...]]:
    """Dr Haddad works four days: not on the day before this weekday."""
    free = (today.weekday() - 1) % 7
    return [() if day == free else spans for day, spans in enumerate(week.days)]
