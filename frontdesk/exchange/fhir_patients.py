"""Patients out as a FHIR R4 Bundle of Patient resources.

Written by https://hl7.org/fhir/R4/patient.html, https://hl7.org/fhir/R4/bundle.html and the data types of
https://hl7.org/fhir/R4/datatypes.html. What those have no element for (notes, flags, pronouns, referral, consents) is
left out rather than put where others would not look for it; the table of `register_csv` has it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID, uuid5

from pendulum import DateTime

from frontdesk.domain.patient import Patient, PatientDetails
from frontdesk.domain.patient_file import ContactBy, FileDetails
from frontdesk.domain.reminder_text import language_key
from frontdesk.domain.time_text import iso_day

_CODES = "http://terminology.hl7.org/CodeSystem"
_RECORD_NUMBER = {"coding": [{"system": f"{_CODES}/v2-0203", "code": "MR", "display": "Medical record number"}]}
_EMERGENCY = {"coding": [{"system": f"{_CODES}/v2-0131", "code": "C", "display": "Emergency Contact"}]}
_GUARDIAN = {"coding": [{"system": f"{_CODES}/v3-RoleCode", "code": "GUARD", "display": "guardian"}]}


def patient_bundle(people: Iterable[tuple[Patient, FileDetails]], *, database_id: str, at: DateTime) -> Iterator[bytes]:
    """The Bundle in parts, in UTF-8: a line each patient. `at` is when it is written.

    Numbers of patients are theirs in this database, which `database_id` tells from any other; so are their ids, which
    are the same whenever they are written.
    """
    database = UUID(database_id)
    head = {"resourceType": "Bundle", "type": "collection", "timestamp": at.isoformat(timespec="seconds")}
    # FHIR knows no empty list: nobody at all is a Bundle without entries.
    before = _text(head)[:-1] + ',"entry":[\n'
    for patient, file in people:
        resource = _patient(patient, file, database)
        yield (before + _text({"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource})).encode()
        before = ",\n"
    yield b"\n]}\n" if before == ",\n" else f"{_text(head)}\n".encode()


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _patient(patient: Patient, file: FileDetails, database: UUID) -> dict[str, Any]:
    details = patient.details
    number = {"use": "usual", "type": _RECORD_NUMBER, "system": f"urn:uuid:{database}", "value": f"{patient.id}"}
    return _filled(
        {
            "resourceType": "Patient",
            "id": f"{uuid5(database, f'patient-{patient.id}')}",
            "identifier": [number],
            "active": not details.retired,
            "name": _names(details),
            "telecom": _telecom(details, file.preferred_contact),
            "gender": details.sex.value if details.sex else None,
            "birthDate": iso_day(details.birth_date),
            "deceasedDateTime": iso_day(details.deceased_on),
            "address": [{"text": details.address}] if details.address else None,
            "contact": _contacts(file),
            "communication": _communication(file.language),
        }
    )


def _names(details: PatientDetails) -> list[dict[str, Any]]:
    """The name on file; what they are called in its place; what they were called before; the name in its own script."""
    names = [_filled({"use": "official", "family": details.family, "given": _list(details.given)})]
    if details.known_as:
        names.append(_filled({"use": "usual", "family": details.family, "given": [details.known_as]}))
    if details.former_name:
        names.append({"use": "maiden", "text": details.former_name})
    if details.original_name:
        names.append({"text": details.original_name})
    return names


def _telecom(details: PatientDetails, preferred: ContactBy | None) -> list[dict[str, Any]]:
    telecom: list[dict[str, Any]] = [{"system": "phone", "value": phone} for phone in details.phones]
    if telecom and preferred is ContactBy.PHONE:
        telecom[0]["rank"] = 1
    if details.email:
        first = {"rank": 1} if preferred is ContactBy.EMAIL else {}
        telecom.append({"system": "email", "value": details.email, **first})
    return telecom


def _contacts(file: FileDetails) -> list[dict[str, Any]]:
    """Whom to call, and who answers for them; a relation alone says nobody, and is no contact (rule pat-1)."""
    relation = [{"text": file.emergency_relation}] if file.emergency_relation else []
    contacts = (
        ([_EMERGENCY, *relation], file.emergency_name, file.emergency_phone),
        ([_GUARDIAN], file.guardian_name, file.guardian_phone),
    )
    return [
        _filled(
            {
                "relationship": relationship,
                "name": {"text": name} if name else None,
                "telecom": [{"system": "phone", "value": phone}] if phone else None,
            }
        )
        for relationship, name, phone in contacts
        if name or phone
    ]


def _communication(language: str) -> list[dict[str, Any]]:
    """The language as it was written, with its code (BCP 47) where that is known."""
    if not language:
        return []
    code = language_key(language)
    known = len(code) == 2 and code.isascii() and code.isalpha()
    coding = [{"system": "urn:ietf:bcp:47", "code": code}] if known else None
    return [{"language": _filled({"coding": coding, "text": language}), "preferred": True}]


def _list(text: str) -> list[str]:
    return [text] if text else []


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty: FHIR has no element without a value."""
    return {key: value for key, value in values.items() if value is not None and value != "" and value != []}
