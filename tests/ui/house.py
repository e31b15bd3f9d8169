"""A clinic on a real database with every screen over it, and other terminals beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pendulum
from pendulum import DateTime

from frontdesk.clock import ManualClock
from frontdesk.desk.booking import Request
from frontdesk.desk.context import Context
from frontdesk.desk.open import Desk, desk_on
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.patient import Patient, PatientDetails
from frontdesk.store import patient_writes, patients
from frontdesk.store.engine import Store
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.screens.all import screens
from tests.driver import Driver, at_the_desk

ZONE = "America/Toronto"
ANSWERS: dict[str, Any] = {
    "clinic": {"name": "Elm Street Clinic", "timezone": ZONE, "phone_region": "CA", "slot_minutes": 5},
    "hours": {day: ["09:00-13:00", "14:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")},
    "rooms": [{"name": "Room 1"}, {"name": "Room 2"}],
    "practitioners": [{"name": "Dr Lin"}, {"name": "Dr Okafor"}],
    "services": [
        {"name": "Follow-up", "consultation": 10, "insertion": 5, "retention": [20, 30], "removal": 5, "turnover": 5}
    ],
}


def local(clock: str, day: str = "2026-11-23") -> DateTime:
    """The instant of a local time."""
    moment = pendulum.parse(f"{day} {clock}", tz=ZONE)
    assert isinstance(moment, DateTime)
    return moment.in_timezone("UTC")


@dataclass
class House:
    """The database, a clock that stands still until it is moved, and whoever sits down at it."""

    where: str
    clock: ManualClock = field(default_factory=lambda: ManualClock(local("10:00")))
    desks: list[Desk] = field(default_factory=list)

    def desk(self, who: str = "Ana") -> Desk:
        """A terminal of its own on the same database."""
        made = desk_on(Context(Store.open(self.where, now=self.clock.now()), self.clock, who))
        self.desks.append(made)
        return made

    def opener(self, who: str = "Ana") -> Callable[[], Any]:
        """`open_desk` for the app."""
        return lambda: self.desk(who)

    def set_up(self) -> Desk:
        """A clinic with two rooms."""
        desk = self.desk("Set-up")
        desk.clinic.setup(desk.clinic.read_answers(ANSWERS))
        return desk

    def patient(self, name: str, *, new: bool = False, **more: Any) -> Patient:
        """Somebody on file, `Garcia, Maria`, who was here last week unless they are new."""
        family, _, given = name.partition(", ")
        made = self.desks[0].patients.add(PatientDetails(given=given, family=family, **more))
        if new:
            return made
        with self.desks[0].context.writing() as writing:
            patient_writes.mark_seen(writing.connection, made.id, writing.at.subtract(days=7))
            writing.log("patient.seen", f"patient {made.id}")
            return patients.get(writing.connection, made.id)

    def book(self, who: Patient, clock: str, *, room: str | None = None, day: str = "2026-11-23") -> Appointment:
        """A follow-up with Dr Lin."""
        request = Request(who.id, "Follow-up", "Dr Lin", local(clock, day), room)
        return self.desks[0].booking.book(request).appointment

    def now(self, visit: Appointment) -> Appointment:
        """The visit as it is in the database."""
        return self.desks[0].visits.get(visit.id)

    @asynccontextmanager
    async def open(self, start: str, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Driver]:
        """Ana sits down in front of a screen."""
        async with at_the_desk(FrontdeskApp(self.opener(), screens(), start), size) as me:
            yield me

    def close(self) -> None:
        """Everybody goes home."""
        for desk in self.desks:
            desk.close()
