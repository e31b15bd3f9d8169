"""Everybody as a table, and back: what import reads of it is what was on file."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from datetime import date

from hypothesis import given, settings
from msgspec.structs import replace

from frontdesk.domain.patient import Flag, FlagKind, Patient, PatientDetails
from frontdesk.domain.patient_file import FIELDS, NOTHING_MORE, FileDetails
from frontdesk.exchange.column_words import Field
from frontdesk.exchange.headers import meaning
from frontdesk.exchange.patients_csv import read_patients
from frontdesk.exchange.register_csv import HEADER, register_csv
from tests.exchange.people import PEOPLE, TODAY

DATABASE = "5f3f49d517c54b39b5889e251758f938"
Person = tuple[Patient, FileDetails]


def written(*people: Person) -> bytes:
    return b"".join(register_csv(people, database_id=DATABASE, today=TODAY))


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def as_read(details: PatientDetails) -> PatientDetails:
    """What comes back: the same, in one form of Unicode where there are lines, telephones without what parts them."""
    phones = (re.sub(r" *(:::|[;|]) *", ", ", phone).strip() for phone in details.phones)
    return replace(
        details,
        phones=tuple(dict.fromkeys(phones)),
        address=nfc(details.address),
        notes=nfc(details.notes),
        flags=tuple(dict.fromkeys(Flag(one.kind, nfc(one.note)) for one in details.flags)),
    )


@settings(max_examples=50, deadline=None)
@given(PEOPLE)
def test_what_is_written_is_read_again(people: list[Person]) -> None:
    file = read_patients(written(*people), today=TODAY)
    assert (file.rejected, file.mended, file.namespace) == ((), (), f"frontdesk:{DATABASE}")
    assert [(one.key, one.details, one.file) for one in file.records] == [
        (f"id:{patient.id}", as_read(patient.details), more) for patient, more in people
    ]


def test_each_column_is_one_that_import_knows() -> None:
    assert [name for name in HEADER if meaning(name) is None] == []
    kept = {*PatientDetails.__struct_fields__} | {*FIELDS}
    told = {Field.STREET: "address", Field.PHONE: "phones", Field.ID: "", Field.ID_GIVEN_BY: ""}
    assert {told.get(meaning(name) or Field.ID, meaning(name)) for name in HEADER} - {""} == kept


def test_a_spreadsheet_finds_no_formula_in_it() -> None:
    hostile = PatientDetails(
        given="@SUM(A1)", family="=1+1", phones=("+1 416 555 0134",), notes="-x\n=2", address="'=3"
    )
    head, row = csv.reader(io.StringIO(written((Patient(7, 1, hostile), NOTHING_MORE)).decode(), newline=""))
    cells = dict(zip(head, row, strict=True))
    assert [cells[name] for name in ("given_name", "family_name", "phone", "notes", "address")] == [
        *("'@SUM(A1)", "'=1+1", "+1 416 555 0134", "'-x\n=2", "''=3")
    ]


def test_of_the_flags_those_that_hold_go_out() -> None:
    over = Flag(FlagKind.PREGNANCY, until=date(2026, 1, 1))
    details = PatientDetails(family="Roe", flags=(over, Flag(FlagKind.REDUCED_SENSATION, "both feet", set_by="Ana")))
    assert b'"reduced sensation: both feet"' in written((Patient(1, 1, details), NOTHING_MORE))
