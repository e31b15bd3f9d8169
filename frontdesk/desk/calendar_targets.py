"""Where an occurrence of a calendar goes: an appointment of the patient it names, or a block with its words."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.desk.coming import take_back_into_use
from frontdesk.desk.event_patients import PatientNames
from frontdesk.desk.steps import save
from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.clinic import Clinic, Practitioner, Room
from frontdesk.domain.errors import Refused
from frontdesk.domain.event import (
    EventWords,
    Steering,
    practitioner_of,
    retention_for,
    rooms_of,
    service_of,
    without_names,
)
from frontdesk.domain.hours import Span, day_span, local_day
from frontdesk.domain.packing import Fit, NoFit, Occupancy, first_fit
from frontdesk.domain.phases import Service
from frontdesk.domain.visit import NOT_BEGUN, Status
from frontdesk.exchange.ics import Occurrence
from frontdesk.store import appointment_writes, appointments, block_writes, blocks, patients
from frontdesk.store.engine import Writing
from frontdesk.store.events import EventSource
from frontdesk.store.subjects import subject_of


class Targets:
    """Places occurrences of one file, within one transaction."""

    def __init__(self, writing: Writing, clinic: Clinic, steering: Steering, calendar: str) -> None:
        self._writing = writing
        self._clinic = clinic
        self._steering = steering
        self._calendar = calendar
        self._names = PatientNames(writing.connection)
        self._days = _Days(writing, clinic)

    def create(self, occurrence: Occurrence) -> EventSource:
        """Takes a new occurrence in; raises `Refused` where a patient's visit has no place."""
        visit = self._visit(occurrence)
        if visit is None:
            self._days.forget(occurrence.starts)
            return EventSource(None, block_writes.insert(self._writing.connection, **self._block(occurrence)), {})
        return EventSource(self._appointment(occurrence, visit), None, {})

    def becomes_a_visit(self, occurrence: Occurrence, was: EventSource) -> bool:
        """Whether what became a block is a patient's visit by what the person who imports says now."""
        return was.block_id is not None and self._visit(occurrence) is not None

    def follow(self, occurrence: Occurrence, was: EventSource) -> EventSource:
        """Makes what an occurrence became follow what it says now; raises `Refused` once the visit has begun."""
        if was.block_id is not None:
            return self._follow_block(occurrence, blocks.get(self._writing.connection, was.block_id), was)
        assert was.appointment_id is not None
        visit = appointments.get(self._writing.connection, was.appointment_id)
        if visit.status not in NOT_BEGUN and visit.status is not Status.CANCELLED:
            raise Refused(f"the visit of {visit.patient.name} is {visit.status.words}; it stays as it is")
        self._days.forget(visit.starts, occurrence.starts)
        if occurrence.cancelled:
            if visit.status is not Status.CANCELLED:
                values = {"status": Status.CANCELLED.value, "ended_at": self._writing.at, "reason": "calendar"}
                save(self._writing, visit, "visit.cancel", values)
            return was
        self._move(visit, occurrence)
        return was

    def _follow_block(self, occurrence: Occurrence, block: Block, was: EventSource) -> EventSource:
        connection = self._writing.connection
        visit = self._visit(occurrence)
        self._days.forget(block.starts, occurrence.starts)
        if visit is None:
            block_writes.update(connection, block.id, self._block(occurrence))
            return was
        # Out of its own way while its place is looked for; back again where there is none.
        block_writes.update(connection, block.id, {"cancelled": True})
        try:
            made = self._appointment(occurrence, visit)
        except Refused:
            block_writes.update(connection, block.id, {"cancelled": block.cancelled})
            self._days.forget(block.starts)
            raise
        block_writes.delete(connection, block.id)
        return EventSource(made, None, {})

    def _visit(self, occurrence: Occurrence) -> _Visit | None:
        """Whose visit an occurrence is; None where it names no patient, or lacks what a visit needs."""
        minutes = _minutes(occurrence)
        if occurrence.all_day or not minutes:
            return None
        words = self._words(occurrence)
        practitioner = practitioner_of(self._clinic, words, self._steering)
        service = service_of(self._clinic, words, self._steering, minutes)
        if practitioner is None or service is None:
            return None
        emails = [address for _, address in occurrence.attendees]
        patient_id = self._names.named(without_names(self._clinic, occurrence.title), emails, occurrence.patient_number)
        return None if patient_id is None else _Visit(patient_id, practitioner, service)

    def _move(self, visit: Appointment, occurrence: Occurrence) -> None:
        words = self._words(occurrence)
        fit = self._fit(
            occurrence, words, visit.patient.id, visit.practitioner, visit.service, moving=visit, room=visit.room
        )
        values = {
            "status": Status.BOOKED.value if visit.status is Status.CANCELLED else visit.status.value,
            "ended_at": None,
            "starts": occurrence.starts,
            "room_id": fit.room.id,
            "retention_minutes": fit.plan.retention_minutes,
            "squeezed": fit.squeezed,
        }
        save(self._writing, visit, "visit.move", values)

    def _words(self, occurrence: Occurrence) -> EventWords:
        people = [name for name, _ in occurrence.attendees]
        if occurrence.organizer is not None:
            people.insert(0, occurrence.organizer[0])
        return EventWords(occurrence.title, occurrence.location, occurrence.categories, tuple(people), self._calendar)

    def _block(self, occurrence: Occurrence) -> dict[str, Any]:
        words = self._words(occurrence)
        practitioner = practitioner_of(self._clinic, words, self._steering)
        rooms = rooms_of(self._clinic, words, self._steering)
        return {
            "title": occurrence.title or "(no title)",
            "starts": occurrence.starts,
            "ends": occurrence.ends,
            "practitioner_id": practitioner.id if practitioner else None,
            "room_id": rooms[0].id if len(rooms) == 1 else None,
            "all_day": occurrence.all_day,
            "cancelled": occurrence.cancelled,
            "transparent": occurrence.transparent,
        }

    def _appointment(self, occurrence: Occurrence, named: _Visit) -> int:
        words, service = self._words(occurrence), named.service
        past = occurrence.ends <= self._writing.at
        fit = None
        if not occurrence.cancelled and not past:
            whose = patients.get(self._writing.connection, named.patient_id)
            take_back_into_use(self._writing, whose, comes_again=False)
            fit = self._fit(occurrence, words, named.patient_id, named.practitioner, service)
        status = Status.CANCELLED if occurrence.cancelled else Status.CHECKED_OUT if past else Status.BOOKED
        rooms = rooms_of(self._clinic, words, self._steering)
        room = fit.room if fit else rooms[0] if len(rooms) == 1 else None
        retention = fit.plan.retention_minutes if fit else retention_for(service, _minutes(occurrence))
        connection = self._writing.connection
        made = appointment_writes.insert(
            connection,
            patient_id=named.patient_id,
            practitioner_id=named.practitioner.id,
            service_id=service.id,
            room_id=room.id if room else None,
            starts=occurrence.starts,
            retention_minutes=retention,
            squeezed=fit.squeezed if fit else False,
            status=status,
            at=self._writing.at,
        )
        visit = appointments.get(connection, made)
        if status is not Status.BOOKED:
            values = {"ended_at": min(occurrence.ends, self._writing.at)}
            appointment_writes.update(connection, made, visit.version, values)
        else:
            self._days.add(visit)
        self._writing.log("visit.import", subject_of(made), after=appointment_writes.row_of(connection, made))
        return made

    def _fit(
        self,
        occurrence: Occurrence,
        words: EventWords,
        patient_id: int,
        practitioner: Practitioner,
        service: Service,
        *,
        moving: Appointment | None = None,
        room: Room | None = None,
    ) -> Fit:
        rooms = list(rooms_of(self._clinic, words, self._steering) or self._clinic.open_rooms)
        rooms.sort(key=lambda one: one != room)
        # The service as this event has it: as long as the event, where its window allows.
        lasting = replace(service, planned_retention=retention_for(service, _minutes(occurrence)))
        result = first_fit(
            self._clinic,
            self._days.occupancy(occurrence.starts),
            service=lasting,
            practitioner=practitioner,
            starts=occurrence.starts,
            rooms=rooms,
            patient_id=patient_id,
            squeeze=True,
            ignore_appointment=moving.id if moving else None,
        )
        if isinstance(result, NoFit):
            raise Refused(result.words)
        return result


class _Visit(Struct, frozen=True):
    """What an event says a visit is: whose, with whom, of which kind."""

    patient_id: int
    practitioner: Practitioner
    service: Service


class _Days:
    """What is taken on each day, read once and kept in step while a file is placed."""

    def __init__(self, writing: Writing, clinic: Clinic) -> None:
        self._writing = writing
        self._zone = clinic.timezone
        self._visits: dict[date, list[Appointment]] = {}
        self._blocks: dict[date, list[Block]] = defaultdict(list)

    def occupancy(self, starts: DateTime) -> Occupancy:
        """What is taken around the day an event starts on."""
        day = self._day(starts)
        if day not in self._visits:
            span = day_span(day, self._zone)
            wide = Span(span.starts.subtract(days=1), span.ends.add(days=1))
            connection = self._writing.connection
            self._visits[day] = list(appointments.between(connection, wide))
            self._blocks[day] = list(blocks.between(connection, wide))
        return Occupancy.of(self._visits[day], self._blocks[day])

    def add(self, visit: Appointment) -> None:
        """A visit was placed."""
        day = self._day(visit.starts)
        for near in (day, *(other for other in self._visits if abs((other - day).days) == 1)):
            if near in self._visits:
                self._visits[near].append(visit)

    def forget(self, *moments: DateTime) -> None:
        """Something on these days changed in another way: they are read anew."""
        for moment in moments:
            day = self._day(moment)
            for other in [one for one in self._visits if abs((one - day).days) <= 1]:
                del self._visits[other]

    def _day(self, moment: DateTime) -> date:
        return local_day(moment, self._zone)


def _minutes(occurrence: Occurrence) -> int:
    return int((occurrence.ends - occurrence.starts).total_seconds() // 60)
