"""What a clinic is set up from: the set-up as plain values, as a document, and read back from a clinic."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from frontdesk.domain.clinic import Clinic, Closure, Room
from frontdesk.domain.hours import WeekHours
from frontdesk.domain.phases import RETENTION_STEP, Service


@dataclass(frozen=True, slots=True)
class RoomSpec:
    """A room of the set-up; with several `chairs` it is that many places, each with its own timer."""

    name: str
    chairs: int = 1

    @property
    def places(self) -> tuple[Room, ...]:
        """The rooms it becomes: itself, or `Community 1` … `Community 4` of the group `Community`."""
        if self.chairs == 1:
            return (Room(0, self.name),)
        return tuple(Room(0, f"{self.name} {number}", self.name) for number in range(1, self.chairs + 1))


@dataclass(frozen=True, slots=True)
class PractitionerSpec:
    """A practitioner of the set-up; `hours` None means the clinic's own."""

    name: str
    hours: WeekHours | None = None


@dataclass(frozen=True, slots=True)
class ServiceSpec:
    """A service of the set-up; lengths in minutes, the retention planned lies inside its window."""

    name: str
    consultation: int
    insertion: int
    retention_earliest: int
    retention_latest: int
    planned_retention: int
    removal: int
    turnover: int


@dataclass(frozen=True, slots=True)
class ClinicSpec:
    """A whole set-up, in the order it was written: what `clinic.toml` and the set-up screen say."""

    name: str
    timezone: str
    phone_region: str
    slot_minutes: int
    hours: WeekHours
    rooms: tuple[RoomSpec, ...] = ()
    practitioners: tuple[PractitionerSpec, ...] = ()
    services: tuple[ServiceSpec, ...] = ()
    closures: tuple[Closure, ...] = ()


def name_key(name: str) -> str:
    """What makes two names the same one: case, width and blanks aside."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def middle_retention(earliest: int, latest: int) -> int:
    """The retention planned unless a set-up says otherwise: the middle, on a 5-minute step where one is inside."""
    middle = (earliest + latest) / 2
    first = -(-earliest // RETENTION_STEP) * RETENTION_STEP
    steps = range(first, latest + 1, RETENTION_STEP)
    return min(steps, key=lambda minutes: (abs(minutes - middle), minutes), default=int(middle))


def spec_of(clinic: Clinic) -> ClinicSpec:
    """The set-up that describes a clinic as it is: what is in use, chairs gathered into their room."""
    rooms: dict[str, RoomSpec] = {}
    for room in clinic.open_rooms:
        name = room.group or room.name
        chairs = rooms[name].chairs + 1 if name in rooms else 1
        rooms[name] = RoomSpec(name, chairs)
    return ClinicSpec(
        clinic.name,
        clinic.timezone,
        clinic.phone_region,
        clinic.slot_minutes,
        clinic.hours,
        tuple(rooms.values()),
        tuple(PractitionerSpec(one.name, one.hours) for one in clinic.active_practitioners),
        tuple(_service_spec(one) for one in clinic.active_services),
        clinic.closures,
    )


def document(spec: ClinicSpec) -> dict[str, Any]:
    """The set-up in the shape of `clinic.toml`, of JSON-able values: for the log, and to be written out again."""
    rooms: list[dict[str, Any]] = []
    for room in spec.rooms:
        rooms.append({"name": room.name} if room.chairs == 1 else {"name": room.name, "chairs": room.chairs})
    practitioners: list[dict[str, Any]] = []
    for one in spec.practitioners:
        practitioners.append(
            {"name": one.name} if one.hours is None else {"name": one.name, "hours": one.hours.as_text()}
        )
    return {
        "clinic": {
            "name": spec.name,
            "timezone": spec.timezone,
            "phone_region": spec.phone_region,
            "slot_minutes": spec.slot_minutes,
        },
        "hours": spec.hours.as_text(),
        "rooms": rooms,
        "practitioners": practitioners,
        "services": [
            {
                "name": service.name,
                "consultation": service.consultation,
                "insertion": service.insertion,
                "retention": [service.retention_earliest, service.retention_latest],
                "planned_retention": service.planned_retention,
                "removal": service.removal,
                "turnover": service.turnover,
            }
            for service in spec.services
        ],
        "closures": [
            {"from": one.first_day.isoformat(), "until": one.last_day.isoformat(), "reason": one.reason}
            for one in spec.closures
        ],
    }


def _service_spec(service: Service) -> ServiceSpec:
    return ServiceSpec(
        service.name,
        service.consultation,
        service.insertion,
        service.retention_earliest,
        service.retention_latest,
        service.planned_retention,
        service.removal,
        service.turnover,
    )
