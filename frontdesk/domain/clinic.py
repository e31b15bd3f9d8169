"""The clinic as it is set up: hours, rooms, practitioners, services, closures."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.hours import Span, WeekHours, local_minute
from frontdesk.domain.keeping import KEEP_YEARS
from frontdesk.domain.phases import Service
from frontdesk.domain.recall_rules import USUAL_RULES, RecallRules
from frontdesk.domain.reminder_text import USUAL, ReminderSettings
from frontdesk.domain.threshold import LATE, WAITING, Threshold
from frontdesk.domain.visit import LATE_CANCEL_HOURS


class Room(Struct, frozen=True):
    """One place where one patient is treated: a room, a bed, or one chair of a room of several (`group`)."""

    id: int
    name: str
    group: str = ""
    retired: bool = False
    kind: str = ""
    """What kind of place it is, in the clinic's words: "table", "recliner"; empty where nobody said."""

    def suits(self, service: Service) -> bool:
        """Whether visits of a service may be in it."""
        return not service.room_kinds or self.kind in service.room_kinds

    @property
    def short_name(self) -> str:
        """`R2` for `Room 2`, `C3` for `Community 3`; the name itself where it does not end in a number."""
        head, _, number = self.name.rpartition(" ")
        return f"{head[:1]}{number}" if head and number.isdigit() else self.name


class Practitioner(Struct, frozen=True):
    """Who treats; `hours` None means the clinic's own."""

    id: int
    name: str
    hours: WeekHours | None = None
    retired: bool = False
    last_start: int | None = None
    """Local minutes after midnight after which no visit of theirs starts."""
    off_at: DateTime | None = None
    """When they last said that they go off; it holds until their next hours begin."""


class Equipment(Struct, frozen=True):
    """What visits of some services take besides a room, from insertion to removal; there are `count` of it."""

    id: int
    name: str
    count: int = 1
    retired: bool = False


class Closure(Struct, frozen=True):
    """Days on which the clinic is shut, first and last day included."""

    first_day: date
    last_day: date
    reason: str = ""

    def covers(self, day: date) -> bool:
        """Whether that day is closed."""
        return self.first_day <= day <= self.last_day


class Clinic(Struct, frozen=True):
    """The clinic's whole set-up, as one value that a screen can hold."""

    name: str
    timezone: str
    phone_region: str
    slot_minutes: int
    hours: WeekHours
    rooms: tuple[Room, ...] = ()
    practitioners: tuple[Practitioner, ...] = ()
    services: tuple[Service, ...] = ()
    closures: tuple[Closure, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    waiting: Threshold = WAITING
    late: Threshold = LATE
    keep_years: int = KEEP_YEARS
    """How long a file is kept after the last visit."""
    late_cancel_hours: int = LATE_CANCEL_HOURS
    """Hours before a visit from which a patient calls it off late; past ones are judged by it too."""
    reminders: ReminderSettings = USUAL
    recalls: RecallRules = USUAL_RULES

    @property
    def open_rooms(self) -> tuple[Room, ...]:
        """The rooms in use today, in the order of the set-up."""
        return tuple(room for room in self.rooms if not room.retired)

    @property
    def active_practitioners(self) -> tuple[Practitioner, ...]:
        """Who can be booked, in the order of the set-up."""
        return tuple(one for one in self.practitioners if not one.retired)

    @property
    def active_services(self) -> tuple[Service, ...]:
        """What can be booked, in the order of the set-up."""
        return tuple(service for service in self.services if not service.retired)

    @property
    def available_equipment(self) -> tuple[Equipment, ...]:
        """The equipment in use today, in the order of the set-up."""
        return tuple(one for one in self.equipment if not one.retired)

    def equipment_of(self, service: Service) -> tuple[Equipment, ...]:
        """What a visit of a service takes one of each."""
        return tuple(one for one in self.equipment if one.id in service.equipment)

    def closure_on(self, day: date) -> Closure | None:
        """The closure that covers a day, if any."""
        return next((closure for closure in self.closures if closure.covers(day)), None)

    def opens_on(self, day: date) -> bool:
        """Whether the clinic has hours on a day and is not closed."""
        return bool(self.hours.on(day)) and self.closure_on(day) is None

    def next_slot(self, now: DateTime) -> DateTime:
        """The first start on the clinic's grid, `slot_minutes` from local midnight on, that is not past by the minute.

        Looked for on the clock, minute by minute: where the clocks change it shows times twice, or never.
        """
        starts = now.start_of("minute")
        while local_minute(starts, self.timezone) % self.slot_minutes:
            starts = starts.add(minutes=1)
        return starts

    def hours_of(self, practitioner: Practitioner, day: date) -> tuple[Span, ...]:
        """When a practitioner works on a local day: their own hours or the clinic's, nothing on a closed day."""
        if self.closure_on(day):
            return ()
        hours = practitioner.hours if practitioner.hours is not None else self.hours
        return hours.spans_on(day, self.timezone)
