"""What a clinic is set up from: the set-up as plain values, as a document, and read back from a clinic."""

from __future__ import annotations

import unicodedata
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from frontdesk.domain.clinic import Clinic, Closure, Room
from frontdesk.domain.hours import WeekHours
from frontdesk.domain.keeping import KEEP_YEARS
from frontdesk.domain.phases import RETENTION_STEP, Service
from frontdesk.domain.recall_rules import USUAL_RULES, RecallRules
from frontdesk.domain.reminder_text import USUAL, ReminderSettings, reminders_document
from frontdesk.domain.threshold import LATE, WAITING, Threshold
from frontdesk.domain.time_text import clock_text
from frontdesk.domain.visit import LATE_CANCEL_HOURS


class RoomSpec(Struct, frozen=True):
    """A room of the set-up; with several `chairs` it is that many places, each with its own timer."""

    name: str
    chairs: int = 1
    kind: str = ""

    @property
    def places(self) -> tuple[Room, ...]:
        """The rooms it becomes: itself, or `Community 1` … `Community 4` of the group `Community`."""
        if self.chairs == 1:
            return (Room(0, self.name, kind=self.kind),)
        numbers = range(1, self.chairs + 1)
        return tuple(Room(0, f"{self.name} {number}", self.name, kind=self.kind) for number in numbers)


class EquipmentSpec(Struct, frozen=True):
    """Equipment of the set-up, and how many there are of it."""

    name: str
    count: int = 1


class PractitionerSpec(Struct, frozen=True):
    """A practitioner of the set-up; `hours` None means the clinic's own."""

    name: str
    hours: WeekHours | None = None
    last_start: int | None = None


class ServiceSpec(Struct, frozen=True):
    """A service of the set-up; lengths in minutes, the retention planned lies inside its window.

    `rooms` are the kinds of room it may be in, `equipment` the names of what it takes, both empty for no matter;
    `last_start` in minutes after local midnight.
    """

    name: str
    consultation: int
    insertion: int
    retention_earliest: int
    retention_latest: int
    planned_retention: int
    removal: int
    turnover: int
    rooms: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    last_start: int | None = None


class ClinicSpec(Struct, frozen=True):
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
    equipment: tuple[EquipmentSpec, ...] = ()
    waiting: Threshold = WAITING
    late: Threshold = LATE
    keep_years: int = KEEP_YEARS
    late_cancel_hours: int = LATE_CANCEL_HOURS
    reminders: ReminderSettings = USUAL
    recalls: RecallRules = USUAL_RULES


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
        rooms[name] = RoomSpec(name, chairs, room.kind)
    return ClinicSpec(
        clinic.name,
        clinic.timezone,
        clinic.phone_region,
        clinic.slot_minutes,
        clinic.hours,
        tuple(rooms.values()),
        tuple(PractitionerSpec(one.name, one.hours, one.last_start) for one in clinic.active_practitioners),
        tuple(_service_spec(clinic, one) for one in clinic.active_services),
        clinic.closures,
        tuple(EquipmentSpec(one.name, one.count) for one in clinic.available_equipment),
        clinic.waiting,
        clinic.late,
        clinic.keep_years,
        clinic.late_cancel_hours,
        clinic.reminders,
        clinic.recalls,
    )


def document(spec: ClinicSpec) -> dict[str, Any]:
    """The set-up in the shape of `clinic.toml`, of JSON-able values: for the log, and to be written out again."""
    return {
        "clinic": {
            "name": spec.name,
            "timezone": spec.timezone,
            "phone_region": spec.phone_region,
            "slot_minutes": spec.slot_minutes,
            "keep_years": spec.keep_years,
            "late_cancel_hours": spec.late_cancel_hours,
        },
        "hours": spec.hours.as_text(),
        "thresholds": {
            "waiting": [spec.waiting.notice, spec.waiting.urgent],
            "late": [spec.late.notice, spec.late.urgent],
        },
        **({"reminders": reminders_document(spec.reminders)} if spec.reminders != USUAL else {}),
        **({"recalls": asdict(spec.recalls)} if spec.recalls != USUAL_RULES else {}),
        "rooms": [_room_document(one) for one in spec.rooms],
        "equipment": [{"name": one.name, "count": one.count} for one in spec.equipment],
        "practitioners": [_practitioner_document(one) for one in spec.practitioners],
        "services": [_service_document(one) for one in spec.services],
        "closures": [
            {"from": one.first_day.isoformat(), "until": one.last_day.isoformat(), "reason": one.reason}
            for one in spec.closures
        ],
    }


def _room_document(room: RoomSpec) -> dict[str, Any]:
    written: dict[str, Any] = {"name": room.name}
    if room.chairs != 1:
        written["chairs"] = room.chairs
    if room.kind:
        written["kind"] = room.kind
    return written


def _practitioner_document(one: PractitionerSpec) -> dict[str, Any]:
    written: dict[str, Any] = {"name": one.name}
    if one.hours is not None:
        written["hours"] = one.hours.as_text()
    if one.last_start is not None:
        written["last_start"] = clock_text(one.last_start)
    return written


def _service_document(service: ServiceSpec) -> dict[str, Any]:
    written: dict[str, Any] = {
        "name": service.name,
        "consultation": service.consultation,
        "insertion": service.insertion,
        "retention": [service.retention_earliest, service.retention_latest],
        "planned_retention": service.planned_retention,
        "removal": service.removal,
        "turnover": service.turnover,
    }
    if service.rooms:
        written["rooms"] = list(service.rooms)
    if service.equipment:
        written["equipment"] = list(service.equipment)
    if service.last_start is not None:
        written["last_start"] = clock_text(service.last_start)
    return written


def _service_spec(clinic: Clinic, service: Service) -> ServiceSpec:
    return ServiceSpec(
        service.name,
        service.consultation,
        service.insertion,
        service.retention_earliest,
        service.retention_latest,
        service.planned_retention,
        service.removal,
        service.turnover,
        service.room_kinds,
        tuple(one.name for one in clinic.equipment_of(service)),
        service.last_start,
    )
