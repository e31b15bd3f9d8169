"""One appointment, whole: the plan, and the facts of the visit it became."""

from __future__ import annotations

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.clinic import Practitioner, Room
from frontdesk.domain.hours import Span
from frontdesk.domain.instants import later, seconds_between
from frontdesk.domain.patient import Patient
from frontdesk.domain.phases import Plan, Service, plan_visit
from frontdesk.domain.privacy import is_private
from frontdesk.domain.retention import Retention
from frontdesk.domain.timer import Timer
from frontdesk.domain.visit import IN_ROOM, LATE_CANCEL_HOURS, NOT_BEGUN, Canceller, Status


class Facts(Struct, frozen=True):
    """When each thing happened; None while it has not."""

    confirmed_at: DateTime | None = None
    arrived_at: DateTime | None = None
    roomed_at: DateTime | None = None
    began_at: DateTime | None = None
    ended_at: DateTime | None = None
    ready_at: DateTime | None = None
    reason: str = ""

    @property
    def shown_reason(self) -> str:
        """Why it ended, which may be somebody's health: not in privacy mode."""
        return "" if is_private() else self.reason


class Appointment(Struct, frozen=True):
    """A booked place and what came of it; `version` counts saves, so that a lost update is noticed."""

    id: int
    version: int
    patient: Patient
    practitioner: Practitioner
    service: Service
    room: Room | None
    status: Status
    starts: DateTime
    retention_minutes: int
    squeezed: bool = False
    facts: Facts = Facts()
    retentions: tuple[Retention, ...] = ()
    leave_by: DateTime | None = None
    """When the patient must be gone, as told when it was booked."""
    cancelled_by: str = ""
    """Who called it off: `patient` or `clinic`; empty where nobody did or nobody said."""
    series_id: int | None = None
    """The same number for the visits that were booked as one course."""
    holder: Practitioner | None = None
    """Who has the visit since it was handed over; None while that is the practitioner it was booked with."""
    timers: tuple[Timer, ...] = ()
    """What is timed beside the needles and has not been ended."""
    asked: frozenset[str] = frozenset()
    """The keys of the cautions that somebody has said yes to on this visit."""
    late_cancel_hours: int = LATE_CANCEL_HOURS
    """The clinic's: hours before the start from which calling it off is late."""

    @property
    def in_charge(self) -> Practitioner:
        """Who has the patient: whoever took the visit over last, else the practitioner it was booked with."""
        return self.holder or self.practitioner

    @property
    def plan(self) -> Plan:
        """The phases as planned."""
        return plan_visit(self.service, self.starts, self.retention_minutes)

    @property
    def ends(self) -> DateTime:
        """When the patient is planned to leave the room."""
        return later(self.starts, self.service.patient_minutes(self.retention_minutes))

    @property
    def room_span(self) -> Span:
        """When the room is planned to be taken, turnover included."""
        return Span(self.starts, later(self.starts, self.service.room_minutes(self.retention_minutes)))

    @property
    def retention(self) -> Retention | None:
        """The latest retention: the one that runs, or the one whose count may be owed."""
        return self.retentions[-1] if self.retentions else None

    @property
    def needles_are_in(self) -> bool:
        """Whether needles are in the patient now."""
        return self.status is Status.NEEDLES_IN

    @property
    def count_owed(self) -> bool:
        """Whether any retention of this visit still lacks its count out."""
        return any(retention.count_owed for retention in self.retentions)

    @property
    def holds_room(self) -> bool:
        """Whether the patient (or what they left) is in the room now."""
        return self.status in IN_ROOM and self.facts.ready_at is None

    @property
    def cancelled_late(self) -> bool:
        """Whether the patient called it off too shortly before; never stored, and never said of the clinic."""
        ended = self.facts.ended_at
        if self.status is not Status.CANCELLED or self.cancelled_by != Canceller.PATIENT or ended is None:
            return False
        return self.is_late_to_cancel(ended)

    def is_late_to_cancel(self, at: DateTime) -> bool:
        """Whether calling it off then is late, if it is the patient who does."""
        return at > self.starts.subtract(hours=self.late_cancel_hours)

    def late_minutes(self, now: DateTime) -> int:
        """Whole minutes past the start for someone who has not come yet; 0 otherwise."""
        if self.status not in NOT_BEGUN or now <= self.starts:
            return 0
        return int(seconds_between(self.starts, now) // 60)

    def waiting_minutes(self, now: DateTime) -> int:
        """Whole minutes since arrival for someone who is not with a practitioner yet; 0 otherwise."""
        if self.status not in (Status.ARRIVED, Status.ROOMED) or self.facts.arrived_at is None:
            return 0
        return max(0, int(seconds_between(self.facts.arrived_at, now) // 60))


_NOBODYS_WORDS = frozenset({"lunch", "break", "meeting", "time off", "holiday", "closed"})
"""Titles of calendars that can't be anybody's name."""


class Block(Struct, frozen=True):
    """Time that is taken without a patient: time off, a meeting, an imported event that names no patient.

    With a practitioner it blocks their hands-on time, with a room that room; with neither it is a note and blocks
    nothing, as does a cancelled one or one marked `transparent` (RFC 5545 3.8.2.7).
    """

    id: int
    title: str
    starts: DateTime
    ends: DateTime
    practitioner: Practitioner | None = None
    room: Room | None = None
    all_day: bool = False
    cancelled: bool = False
    transparent: bool = False
    version: int = 1
    kind: str = ""
    """`lunch`, `meeting`, `time_off`; empty for any other."""

    @property
    def called(self) -> str:
        """Its words; in privacy mode none that may be the name in somebody's calendar."""
        if not is_private() or self.kind or self.title.casefold() in _NOBODYS_WORDS:
            return self.title
        return "Blocked"

    @property
    def span(self) -> Span:
        """Its stretch of time."""
        return Span(self.starts, self.ends)

    @property
    def blocks(self) -> bool:
        """Whether it takes anything."""
        return not self.cancelled and not self.transparent and bool(self.practitioner or self.room)
