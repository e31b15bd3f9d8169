"""Patients as HL7 FHIR R4 has them: each field in its element, and no element without a value."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from frontdesk.domain.patient import Flag, FlagKind, Patient, PatientDetails, Sex
from frontdesk.domain.patient_file import NOTHING_MORE, ContactBy, FileDetails
from frontdesk.exchange.fhir_patients import patient_bundle
from tests.domain.make import at
from tests.exchange.people import PEOPLE

DATABASE = "5f3f49d517c54b39b5889e251758f938"
Person = tuple[Patient, FileDetails]


def bundle(*people: Person) -> Any:
    return json.loads(b"".join(patient_bundle(people, database_id=DATABASE, at=at("10:40"))))


def only(details: PatientDetails, file: FileDetails = NOTHING_MORE) -> Any:
    (entry,) = bundle((Patient(12, 3, details), file))["entry"]
    return entry["resource"]


def test_everything_that_has_an_element() -> None:
    details = PatientDetails(
        given="Mary Ann",
        family="Garcia",
        known_as="Mari",
        former_name="Lopez",
        original_name="王小明",
        birth_date=date(1961, 3, 14),
        sex=Sex.FEMALE,
        phones=("416 555 0134", "416 555 0199"),
        email="mari@example.org",
        address="1 High St\nToronto",
        notes="health",
        deceased_on=date(2026, 11, 1),
        retired=True,
        flags=(Flag(FlagKind.PACEMAKER),),
    )
    file = FileDetails(
        emergency_name="Bo Ash",
        emergency_relation="neighbour",
        emergency_phone="905 555 0100",
        guardian_name="Cy Roe",
        preferred_contact=ContactBy.EMAIL,
        language="Français",
    )
    found = only(details, file)
    assert found.pop("id")
    (number,) = found.pop("identifier")
    assert (number["system"], number["value"]) == ("urn:uuid:5f3f49d5-17c5-4b39-b588-9e251758f938", "12")
    emergency, guardian = found.pop("contact")
    assert emergency["relationship"][0]["coding"][0]["code"] == "C"
    assert emergency["relationship"][1] == {"text": "neighbour"}
    assert emergency["name"] == {"text": "Bo Ash"}
    assert emergency["telecom"] == [{"system": "phone", "value": "905 555 0100"}]
    assert guardian["relationship"][0]["coding"][0]["code"] == "GUARD"
    assert found == {
        "resourceType": "Patient",
        "active": False,
        "name": [
            {"use": "official", "family": "Garcia", "given": ["Mary Ann"]},
            {"use": "usual", "family": "Garcia", "given": ["Mari"]},
            {"use": "maiden", "text": "Lopez"},
            {"text": "王小明"},
        ],
        "telecom": [
            {"system": "phone", "value": "416 555 0134"},
            {"system": "phone", "value": "416 555 0199"},
            {"system": "email", "value": "mari@example.org", "rank": 1},
        ],
        "gender": "female",
        "birthDate": "1961-03-14",
        "deceasedDateTime": "2026-11-01",
        "address": [{"text": "1 High St\nToronto"}],
        "communication": [
            {
                "language": {"coding": [{"system": "urn:ietf:bcp:47", "code": "fr"}], "text": "Français"},
                "preferred": True,
            }
        ],
    }


def test_what_is_not_known_is_not_said() -> None:
    found = only(PatientDetails(family="Roe"), FileDetails(emergency_relation="son", language="Klingon"))
    assert {*found} == {"resourceType", "id", "identifier", "active", "name", "communication"}
    assert found["communication"][0]["language"] == {"text": "Klingon"}


def test_the_same_person_has_the_same_id_each_time_and_another_database_another() -> None:
    person = (Patient(12, 1, PatientDetails(family="Roe")), NOTHING_MORE)
    (first,), (again,) = bundle(person)["entry"], bundle(person)["entry"]
    assert first == again
    assert first["fullUrl"] == f"urn:uuid:{first['resource']['id']}"
    other = b"".join(patient_bundle([person], database_id="0" * 32, at=at("10:40")))
    assert first["resource"]["id"] not in other.decode()


def test_nobody_at_all_is_a_bundle_too() -> None:
    assert bundle() == {"resourceType": "Bundle", "type": "collection", "timestamp": "2026-11-23T15:40:00+00:00"}


@settings(max_examples=10, deadline=None)
@given(PEOPLE)
def test_no_element_is_empty(people: list[Person]) -> None:
    def leaves(value: Any) -> Iterator[Any]:
        if isinstance(value, (dict, list)) and value:
            for one in value.values() if isinstance(value, dict) else value:
                yield from leaves(one)
        else:
            yield value

    found = bundle(*people)
    assert [one["resource"]["identifier"][0]["value"] for one in found["entry"]] == [f"{one.id}" for one, _ in people]
    assert [
        one for one in leaves(found) if one in ("", None, [], {}) or (isinstance(one, str) and not one.strip())
    ] == []


@pytest.mark.parametrize(("preferred", "ranked"), [(ContactBy.PHONE, ["phone"]), (ContactBy.POST, [])])
def test_how_they_want_to_be_reached(preferred: ContactBy, ranked: list[str]) -> None:
    found = only(PatientDetails(family="Roe", phones=("1", "2"), email="a@b"), FileDetails(preferred_contact=preferred))
    assert [one["system"] for one in found["telecom"] if one.get("rank") == 1] == ranked
