"""A small clinic on a real database file, with a clock that stands still until a test moves it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pendulum
import pytest
from pendulum import DateTime

from frontdesk.clock import ManualClock
from frontdesk.desk.booking import Request
from frontdesk.desk.context import Context
from frontdesk.desk.open import Desk, desk_on
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.patient import Patient, PatientDetails
from frontdesk.store.engine import Store

ZONE = "America/Toronto"

HEAD: dict[str, object] = {"name": "Test Clinic", "timezone": ZONE, "phone_region": "CA", "slot_minutes": 5}

CLINIC = {
    "clinic": HEAD,
    "hours": {day: ["09:00-13:00", "14:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")},
    "rooms": [{"name": "Room 1"}, {"name": "Room 2"}, {"name": "Community", "chairs": 2}],
    "practitioners": [{"name": "Dr Lin"}, {"name": "Dr Okafor", "hours": {"mon": ["09:00-13:00"]}}],
    "services": [
        {
            "name": "Initial",
            "consultation": 20,
            "insertion": 5,
            "retention": [20, 30],
            "removal": 5,
            "turnover": 5,
        },
        {
            "name": "Follow-up",
            "consultation": 10,
            "insertion": 5,
            "retention": [20, 30],
            "removal": 5,
            "turnover": 5,
        },
    ],
    "closures": [{"from": "2026-12-24", "until": "2026-12-26", "reason": "Holidays"}],
}


def local(text: str) -> DateTime:
    """The instant of a local time of the clinic."""
    moment = pendulum.parse(text, tz=ZONE)
    assert isinstance(moment, DateTime)
    return moment.in_timezone("UTC")


@pytest.fixture
def clock() -> ManualClock:
    """Monday morning, before the doors open."""
    return ManualClock(local("2026-11-23 08:00"))


@pytest.fixture
def desk(where: str, clock: ManualClock) -> Iterator[Desk]:
    """Ana's desk."""
    store = Store.open(where, now=clock.now())
    made = desk_on(Context(store, clock, "Ana"))
    made.clinic.setup(made.clinic.read_answers(CLINIC))
    yield made
    made.close()


@pytest.fixture
def patient(desk: Desk) -> Callable[[str], Patient]:
    """Puts somebody on file: `patient("Garcia, Maria")`."""

    def add(name: str) -> Patient:
        family, _, given = name.partition(", ")
        return desk.patients.add(PatientDetails(given=given, family=family))

    return add


@pytest.fixture
def booked(desk: Desk, patient: Callable[[str], Patient]) -> Callable[..., Appointment]:
    """Books a follow-up with Dr Lin: `booked("Garcia, Maria", "10:00")`."""

    def book(
        name: str,
        at: str,
        *,
        service: str = "Follow-up",
        practitioner: str = "Dr Lin",
        room: str | None = None,
        squeeze: bool = False,
    ) -> Appointment:
        starts = local(at if "-" in at else f"2026-11-23 {at}")
        request = Request(patient(name).id, service, practitioner, starts, room, squeeze=squeeze)
        return desk.booking.book(request).appointment

    return book
