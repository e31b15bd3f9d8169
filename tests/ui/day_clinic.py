"""A small clinic in a database, with Ana before its Day screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pendulum
from pendulum import DateTime

from frontdesk.clock import ManualClock
from frontdesk.desk.booking import Request
from frontdesk.desk.context import Context
from frontdesk.desk.open import Desk, desk_on
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.patient import Flag, PatientDetails
from frontdesk.store.engine import Store
from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.screens.day import DayScreen
from tests.driver import Driver, at_the_desk

ZONE = "America/Toronto"


CLINIC = {
    "clinic": {"name": "Elm Street Clinic", "timezone": ZONE, "phone_region": "CA", "slot_minutes": 5},
    "hours": {day: ["09:00-13:00", "14:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")},
    "rooms": [{"name": "Room 1"}, {"name": "Room 2"}, {"name": "Room 3"}],
    "practitioners": [{"name": "Dr Lin"}, {"name": "Dr Okafor"}],
    "services": [
        {"name": "Follow-up", "consultation": 10, "insertion": 5, "retention": [20, 30], "removal": 5, "turnover": 5},
        {"name": "Initial", "consultation": 20, "insertion": 5, "retention": [20, 30], "removal": 5, "turnover": 5},
    ],
    "closures": [{"from": "2026-12-24", "until": "2026-12-26", "reason": "Holidays"}],
}


def local(clock: str, day: str = "2026-11-23") -> DateTime:
    """The instant of a local time."""
    moment = pendulum.parse(f"{day} {clock}", tz=ZONE)
    assert isinstance(moment, DateTime)
    return moment.in_timezone("UTC")


@dataclass
class Clinic:
    """A clinic's database with Ana's desk on it, and whoever else opens it."""

    desk: Desk
    clock: ManualClock
    where: str

    def other(self, who: str) -> Desk:
        """Another terminal on the same database."""
        return desk_on(Context(Store.open(self.where, now=self.clock.now()), self.clock, who))

    def book(
        self,
        name: str,
        clock: str,
        practitioner: str = "Dr Lin",
        *,
        day: str = "2026-11-23",
        flags: tuple[Flag, ...] = (),
    ) -> Appointment:
        """Puts somebody on file and books a follow-up."""
        family, _, given = name.partition(", ")
        who = self.desk.patients.add(PatientDetails(given=given, family=family, flags=flags))
        return self.desk.booking.book(Request(who.id, "Follow-up", practitioner, local(clock, day))).appointment

    def now(self, visit: Appointment) -> Appointment:
        """The visit as it is in the database."""
        return self.desk.visits.get(visit.id)

    @asynccontextmanager
    async def open(self, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Driver]:
        """Ana sits down."""
        app = FrontdeskApp(lambda: self.desk, {keys.DAY: DayScreen})
        async with at_the_desk(app, size) as me:
            yield me


def day(me: Driver) -> DayScreen:
    """The Day screen, beneath any dialog."""
    screen = me.app.screen_stack[0]
    assert isinstance(screen, DayScreen)
    return screen


def chosen(me: Driver) -> str:
    """Who the cursor is on."""
    visit = day(me).sight.visit
    return visit.patient.name if visit else ""
