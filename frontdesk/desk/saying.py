"""Booking by one line: shows what was understood and whether it fits, and books nothing at a guess."""

from __future__ import annotations

from dataclasses import dataclass

from frontdesk.desk.booking import Answer, Booking, Request
from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.outcome import Outcome
from frontdesk.desk.patients import Patients
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import local_day
from frontdesk.domain.line import Line, understand
from frontdesk.domain.packing import Slot
from frontdesk.domain.patient import Found, Patient
from frontdesk.text import visible

MOST_CANDIDATES = 6
"""Patients shown for a name that fits several."""
OFFERS = 3
"""Free places shown for a line that names no time."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A line as it was understood: the patient only when it is one and no other, and the place if everything is said.

    `missing` says what the line does not say yet, in words; `answer` is there once nothing is missing.
    """

    line: Line
    patient: Patient | None
    candidates: tuple[Found, ...]
    missing: tuple[str, ...]
    answer: Answer | None
    offers: tuple[Slot, ...] = ()

    @property
    def why_not(self) -> tuple[str, ...]:
        """What keeps it from being booked."""
        return self.missing or (self.answer.why_not if self.answer else ())

    @property
    def alternatives(self) -> tuple[Slot, ...]:
        """Places that work instead."""
        return self.answer.alternatives if self.answer else self.offers


class Saying:
    """Understands lines, and books them."""

    def __init__(self, context: Context, booking: Booking, patients: Patients) -> None:
        self._context = context
        self._booking = booking
        self._patients = patients

    def understand(self, text: str) -> Understood:
        """What a line means now, and whether it fits; changes nothing."""
        clinic = self._clinic()
        line = understand(text, clinic, local_day(self._context.clock.now(), clinic.timezone))
        found = self._patients.find(line.patient, MOST_CANDIDATES) if line.patient else ()
        patient = found[0].patient if len(found) == 1 else None
        line = _with_the_only_ones(line, clinic)
        missing = _missing(line, found, clinic)
        if patient is None or missing or not (line.service and line.practitioner and line.starts):
            return Understood(line, patient, found, missing, None, self._offers(line, patient))
        return Understood(line, patient, found, (), self._booking.check(_request(line, patient)))

    def book(self, text: str) -> Outcome:
        """Books what a line says; raises `Refused` with what is missing, or what clashes and works instead."""
        understood = self.understand(text)
        if understood.patient is None or understood.answer is None:
            raise Refused("; ".join(understood.missing))
        return self._booking.book(_request(understood.line, understood.patient))

    def _clinic(self) -> Clinic:
        with self._context.store.read() as connection:
            return clinic_of(connection)

    def _offers(self, line: Line, patient: Patient | None) -> tuple[Slot, ...]:
        if line.service is None or line.starts is not None:
            return ()
        return self._booking.slots(
            line.service.name,
            line.practitioner.name if line.practitioner else None,
            limit=OFFERS,
            patient_id=patient.id if patient else None,
        )


def _with_the_only_ones(line: Line, clinic: Clinic) -> Line:
    """What need not be said: the only service, the only practitioner there is."""
    services, people = clinic.active_services, clinic.active_practitioners
    service = line.service or (services[0] if len(services) == 1 else None)
    practitioner = line.practitioner or (people[0] if len(people) == 1 else None)
    return Line(line.patient, service, practitioner, line.rooms, line.starts)


def _missing(line: Line, found: tuple[Found, ...], clinic: Clinic) -> tuple[str, ...]:
    missing: list[str] = []
    if not line.patient:
        missing.append("who is it for? say a part of the name, the phone or #number")
    elif not found:
        missing.append(f'nobody on file is found by "{visible(line.patient)}"')
    elif len(found) > 1:
        names = ", ".join(f"{one.patient.name} (#{one.patient.id})" for one in found)
        missing.append(f"several patients fit: {names}; say more, or #number")
    if line.service is None:
        missing.append(f"which service? {', '.join(one.name for one in clinic.active_services)}")
    if line.practitioner is None:
        missing.append(f"with whom? {', '.join(one.name for one in clinic.active_practitioners)}")
    if line.starts is None:
        missing.append("when? say a day and a time, like thu 10:20")
    return tuple(missing)


def _request(line: Line, patient: Patient) -> Request:
    assert line.service is not None
    assert line.practitioner is not None
    assert line.starts is not None
    room = line.rooms[0] if line.rooms else None
    named = (room.group if len(line.rooms) > 1 else room.name) if room else None
    return Request(patient.id, line.service.name, line.practitioner.name, line.starts, named)
