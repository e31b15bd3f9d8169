"""Patients out as a table: all that `patients_csv` reads, so that a clinic which takes it in has the same people.

What is one text here and several fields elsewhere stays one: the address. Telephones after the first share a column, as
how many there are must not change the header: it is what a table is known by when it comes again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from frontdesk.domain.patient import Patient
from frontdesk.domain.patient_file import FileDetails
from frontdesk.domain.time_text import iso_day
from frontdesk.exchange.csv_cells import table_parts
from frontdesk.exchange.flag_lines import flag_lines

HEADER = (
    "id",
    "id_given_by",
    "family_name",
    "given_name",
    "known_as",
    "former_name",
    "original_name",
    "birth_date",
    "sex",
    "phone",
    "other_phones",
    "email",
    "address",
    "notes",
    "safety_flags",
    "deceased_on",
    "file_retired",
    "pronunciation",
    "pronouns",
    "language",
    "preferred_contact",
    "no_reminders_since",
    "emergency_name",
    "emergency_relation",
    "emergency_phone",
    "guardian_name",
    "guardian_phone",
    "referred_by",
    "referral",
    "consent_treatment",
    "consent_data",
)
_PARTING = re.compile(r" *(?::::|[;|]) *")
"""What parts one telephone from the next in a cell."""


def register_csv(people: Iterable[tuple[Patient, FileDetails]], *, database_id: str, today: date) -> Iterator[bytes]:
    """The table in parts, in UTF-8; of the flags those that hold on the day.

    `database_id` is of the database that the patients' numbers are of: those of two clinics are told apart by it.
    """
    for part in table_parts(HEADER, (_row(patient, file, database_id, today) for patient, file in people)):
        yield part.encode()


def _row(patient: Patient, file: FileDetails, database_id: str, today: date) -> list[str]:
    details = patient.details
    first, *others = [_PARTING.sub(", ", phone) for phone in details.phones] or [""]
    return [
        f"{patient.id}",
        database_id,
        details.family,
        details.given,
        details.known_as,
        details.former_name,
        details.original_name,
        iso_day(details.birth_date) or "",
        details.sex.value if details.sex else "",
        first,
        "; ".join(others),
        details.email,
        details.address,
        details.notes,
        flag_lines(details.flags_on(today)),
        iso_day(details.deceased_on) or "",
        "yes" if details.retired else "",
        file.pronunciation,
        file.pronouns,
        file.language,
        file.preferred_contact.value if file.preferred_contact else "",
        iso_day(file.no_reminders_since) or "",
        file.emergency_name,
        file.emergency_relation,
        file.emergency_phone,
        file.guardian_name,
        file.guardian_phone,
        file.referred_by,
        file.referral,
        iso_day(file.consent_treatment) or "",
        iso_day(file.consent_data) or "",
    ]
