"""Stand-ins for what a row refers to and is not there, so that a damaged database is shown, with its damage named.

`check` says which rows these are.
"""

from __future__ import annotations

from frontdesk.domain.clinic import Practitioner, Room
from frontdesk.domain.patient import Patient, PatientDetails
from frontdesk.domain.phases import Service


def patient(number: int) -> Patient:
    """For a patient that is missing."""
    return Patient(number, 0, PatientDetails(family=_named("patient", number)))


def practitioner(number: int) -> Practitioner:
    """For a practitioner that is missing; nobody can be booked with them."""
    return Practitioner(number, _named("practitioner", number), retired=True)


def room(number: int) -> Room:
    """For a room that is missing; nobody can be booked into it."""
    return Room(number, _named("room", number), retired=True)


def service(number: int) -> Service:
    """For a service that is missing: of its visits no more is known than their retention."""
    return Service(number, _named("service", number), 0, 0, 0, 0, 0, 0, 0, retired=True)


def _named(what: str, number: int) -> str:
    return f"{what} {number} (missing)"
