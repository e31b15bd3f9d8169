"""The fields of a patient's file as the form has them: their pages, labels and answers, and what each begins with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from frontdesk.desk.file_words import day_words
from frontdesk.domain.full_names import as_spoken
from frontdesk.domain.patient import PatientDetails, Sex
from frontdesk.domain.patient_file import CONTACT_WORDS, ContactBy, FileDetails
from frontdesk.text import LINE_LIMIT, NAME_LIMIT
from frontdesk.ui.widgets.field import Field

SEXES: tuple[tuple[Sex | None, str], ...] = (
    (None, "not said"),
    (Sex.FEMALE, "female"),
    (Sex.MALE, "male"),
    (Sex.OTHER, "other"),
)
CONTACTS: tuple[tuple[ContactBy | None, str], ...] = ((None, "not said"), *CONTACT_WORDS.items())
STATUSES = ((False, "active"), (True, "retired: comes no more"))
PHONE_LIMIT = 60
"""Characters of a phone number with whatever people write beside it."""
OF_FILE = frozenset(FileDetails.__struct_fields__)
PAGES = ("who they are", "names, how to reach them, status", "whom to call, who sent them, consents")
FIELDS: tuple[tuple[str, ...], ...] = (
    ("family", "given", "known_as", "birth_date", "sex", "phone", "email", "address", "notes"),
    (
        "phone_2",
        "preferred_contact",
        "language",
        "no_reminders_since",
        "original_name",
        "former_name",
        "pronunciation",
        "pronouns",
        "retired",
        "deceased_on",
    ),
    (
        "emergency_name",
        "emergency_relation",
        "emergency_phone",
        "guardian_name",
        "guardian_phone",
        "referred_by",
        "referral",
        "consent_treatment",
        "consent_data",
    ),
)
LINES: tuple[tuple[str, str, int, str], ...] = (
    ("family", "Family name", NAME_LIMIT, ""),
    ("given", "Given name", NAME_LIMIT, ""),
    ("known_as", "Known as", NAME_LIMIT, ""),
    ("phone", "Phone", PHONE_LIMIT, ""),
    ("phone_2", "Other phone", PHONE_LIMIT, ""),
    ("email", "E-mail", LINE_LIMIT, ""),
    ("former_name", "Former name", NAME_LIMIT, "a maiden name, a name given up"),
    ("original_name", "Original name", NAME_LIMIT, "in their own script: 王小明"),
    ("pronunciation", "Pronounced", LINE_LIMIT, "shyaow-ming wahng"),
    ("pronouns", "Pronouns", LINE_LIMIT, "she, her"),
    ("language", "Language", LINE_LIMIT, "what they would rather speak"),
    ("emergency_name", "Emergency", NAME_LIMIT, "whom to call"),
    ("emergency_relation", "who is their", LINE_LIMIT, "daughter, neighbour"),
    ("emergency_phone", "their phone", PHONE_LIMIT, ""),
    ("guardian_name", "Guardian", NAME_LIMIT, "who decides for them"),
    ("guardian_phone", "their phone", PHONE_LIMIT, ""),
    ("referred_by", "Referred by", LINE_LIMIT, "a doctor, a friend"),
    ("referral", "Came through", LINE_LIMIT, "a search, the sign at the door"),
)
"""Fields of one line: name, label, characters, what may stand there."""
DATES: tuple[tuple[str, str, str], ...] = (
    ("birth_date", "Birth date", "14.3.61, 14 mar 1961"),
    ("deceased_on", "Deceased on", "14.3.2026, today"),
    ("consent_treatment", "Consent: care", "14.3.2026, today"),
    ("consent_data", "Consent: data", "14.3.2026, today"),
    ("no_reminders_since", "No reminders", "14.3.2026, today"),
)
"""Fields of a day: name, label, what may stand there."""
DATE_LIMIT = 40
"""Characters of a day as people type it."""
_Day = Callable[[str], date | None]


class PatientFields(dict[str, Field[Any]]):
    """The fields of one line and of a day by their names, each made when it is first asked for.

    The first page does not wait for those of the others. What is not made yet holds what it begins with.
    """

    def __init__(self, values: Mapping[str, str], birth_date: _Day, day: _Day) -> None:
        """`values` are what they begin with; the other two read a birth date, and any other day."""
        super().__init__()
        self._values = values
        self._lines = {name: (label, limit, hint) for name, label, limit, hint in LINES}
        self._days = {name: (label, hint, day) for name, label, hint in DATES}
        self._days["birth_date"] = (*self._days["birth_date"][:2], birth_date)

    def __contains__(self, name: object) -> bool:
        return name in self._lines or name in self._days

    def __missing__(self, name: str) -> Field[Any]:
        if name not in self:
            raise KeyError(name)
        check: Callable[[str], Any] | None = None
        if name in self._days:
            label, hint, check = self._days[name]
            limit = DATE_LIMIT
        else:
            label, limit, hint = self._lines[name]
        self[name] = made = Field(
            label,
            self._values[name],
            name="phones" if name == "phone" else name,
            check=check,
            limit=limit,
            placeholder=hint,
            of_patient=True,
        )
        return made


def begun(typed: str) -> PatientDetails:
    """What was typed into the lookup as a name: `maria garcia`, or `Garcia, Maria`."""
    if any(character.isdigit() or character in "@#+" for character in typed):
        return PatientDetails()
    given, family = as_spoken(typed)
    return PatientDetails(given=given, family=family)


def begun_words(typed: str) -> str:
    """`family Garcia, given Maria`: which is which of what was typed, before a file is begun with it."""
    details = begun(typed)
    if not details.family:
        return typed
    return f"family {details.family}, given {details.given}" if details.given else details.family


def texts_of(details: PatientDetails, file: FileDetails) -> dict[str, str]:
    """What each field of one line begins with."""
    phones = (*details.phones, "", "")
    return {
        "family": details.family,
        "given": details.given,
        "known_as": details.known_as,
        "former_name": details.former_name,
        "original_name": details.original_name,
        "birth_date": day_words(details.birth_date),
        "deceased_on": day_words(details.deceased_on),
        "phone": phones[0],
        "phone_2": phones[1],
        "email": details.email,
        **{
            name: day_words(value) if isinstance(value := getattr(file, name), date) else str(value or "")
            for name in OF_FILE
            if name != "preferred_contact"
        },
    }


def shown_of(details: PatientDetails, file: FileDetails) -> dict[str, Any]:
    """What every field begins with, those with several lines and those with few answers too."""
    return {
        **texts_of(details, file),
        "address": details.address,
        "notes": details.notes,
        "sex": details.sex,
        "retired": details.retired,
        "preferred_contact": file.preferred_contact,
    }
