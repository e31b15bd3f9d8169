"""What a visit is made of: the phases, who is needed in each, and how long they take."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.hours import Span
from frontdesk.domain.instants import later

RETENTION_STEP = 5
"""Minutes by which a planned retention may be moved inside its window."""


class PhaseName(StrEnum):
    """The parts of a visit, in order."""

    CONSULTATION = "consultation"
    INSERTION = "insertion"
    RETENTION = "retention"
    REMOVAL = "removal"
    TURNOVER = "turnover"


HANDS_ON = frozenset({PhaseName.CONSULTATION, PhaseName.INSERTION, PhaseName.REMOVAL})
"""The phases in which the practitioner is needed; they may work elsewhere during the others."""


class Phase(Struct, frozen=True):
    """One part of a planned visit."""

    name: PhaseName
    starts: DateTime
    ends: DateTime

    @property
    def hands_on(self) -> bool:
        """Whether the practitioner is needed."""
        return self.name in HANDS_ON

    @property
    def span(self) -> Span:
        """Its stretch of time."""
        return Span(self.starts, self.ends)


class Service(Struct, frozen=True):
    """What can be booked; all lengths in minutes, retention as a window from earliest to latest."""

    id: int
    name: str
    consultation: int
    insertion: int
    retention_earliest: int
    retention_latest: int
    planned_retention: int
    removal: int
    turnover: int
    retired: bool = False
    room_kinds: tuple[str, ...] = ()
    """The kinds of room it may be in; any where empty."""
    equipment: tuple[int, ...] = ()
    """Ids of what it takes one of, from the start of insertion to the end of removal."""
    last_start: int | None = None
    """Local minutes after midnight after which no visit of it starts."""

    def patient_minutes(self, retention: int | None = None) -> int:
        """How long the patient is in the room, from the start of consultation to the end of removal."""
        kept = self.planned_retention if retention is None else retention
        return self.consultation + self.insertion + kept + self.removal

    def room_minutes(self, retention: int | None = None) -> int:
        """How long the room is taken: the patient's time and the turnover."""
        return self.patient_minutes(retention) + self.turnover

    def outside_window(self, minutes: int) -> str:
        """What to say of a retention shorter or longer than the window, `45 min, not 20 to 30`; else nothing."""
        first, last = self.retention_earliest, self.retention_latest
        return "" if first <= minutes <= last else f"{minutes} min, not {first} to {last}"

    @property
    def retention_choices(self) -> tuple[int, ...]:
        """The retentions that may be planned, the planned one first, then the nearest to it, in 5-minute steps."""
        steps = range(self.retention_earliest, self.retention_latest + 1, RETENTION_STEP)
        others = {*steps, self.retention_latest} - {self.planned_retention}
        return (
            self.planned_retention,
            *sorted(others, key=lambda minutes: (abs(minutes - self.planned_retention), minutes)),
        )


class Plan(Struct, frozen=True):
    """A visit laid out in time: its phases, back to back; phases of no length are left out."""

    phases: tuple[Phase, ...]
    starts: DateTime
    retention_minutes: int
    service: Service

    @property
    def ends(self) -> DateTime:
        """When the patient leaves the room (turnover not counted)."""
        patient = [phase.ends for phase in self.phases if phase.name is not PhaseName.TURNOVER]
        return max(patient, default=self.starts)

    @property
    def room_span(self) -> Span:
        """When the room is taken, turnover included."""
        return Span(self.starts, max((phase.ends for phase in self.phases), default=self.starts))

    @property
    def patient_span(self) -> Span:
        """When the patient is in the room."""
        return Span(self.starts, self.ends)

    @property
    def equipment_span(self) -> Span:
        """When what the service takes of equipment is in use: from insertion to the end of removal."""
        return Span(later(self.starts, self.service.consultation), self.ends)

    @property
    def hands_on(self) -> tuple[Span, ...]:
        """When the practitioner is needed, touching phases joined."""
        joined: list[Span] = []
        for phase in self.phases:
            if not phase.hands_on:
                continue
            if joined and joined[-1].ends == phase.starts:
                joined[-1] = Span(joined[-1].starts, phase.ends)
            else:
                joined.append(phase.span)
        return tuple(joined)


@lru_cache(maxsize=1024)
def plan_visit(service: Service, starts: DateTime, retention_minutes: int | None = None) -> Plan:
    """Lays a service out from `starts`, with its planned retention unless another is given; remembered."""
    retention = service.planned_retention if retention_minutes is None else retention_minutes
    lengths = (
        (PhaseName.CONSULTATION, service.consultation),
        (PhaseName.INSERTION, service.insertion),
        (PhaseName.RETENTION, retention),
        (PhaseName.REMOVAL, service.removal),
        (PhaseName.TURNOVER, service.turnover),
    )
    phases: list[Phase] = []
    at = starts
    for name, minutes in lengths:
        if minutes:
            ends = later(at, minutes)
            phases.append(Phase(name, at, ends))
            at = ends
    return Plan(tuple(phases), starts, retention, service)
