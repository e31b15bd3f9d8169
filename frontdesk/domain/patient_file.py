"""What a patient's file says beyond what finds them: how to address them, whom to call, who sent them, consents.

Read only when the file is opened; the lookup and the day never carry it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from frontdesk.domain.errors import Problem
from frontdesk.domain.privacy import is_private
from frontdesk.text import LINE_LIMIT, NAME_LIMIT, objection, visible


class ContactBy(StrEnum):
    """How a patient wants to be reached."""

    PHONE = "phone"
    MESSAGE = "message"
    EMAIL = "email"
    POST = "post"


CONTACT_WORDS: dict[ContactBy, str] = {
    ContactBy.PHONE: "by phone",
    ContactBy.MESSAGE: "by text message",
    ContactBy.EMAIL: "by e-mail",
    ContactBy.POST: "by post",
}


class FileDetails(Struct, frozen=True):
    """Everything of a file that is not among the `PatientDetails`; all of it may be unknown."""

    pronunciation: str = ""
    pronouns: str = ""
    emergency_name: str = ""
    emergency_relation: str = ""
    emergency_phone: str = ""
    guardian_name: str = ""
    guardian_phone: str = ""
    referred_by: str = ""
    """Who sent them: a doctor, a friend, by name."""
    referral: str = ""
    """How they came: the practice, a search, the sign at the door."""
    consent_treatment: date | None = None
    """The day they agreed to be treated."""
    consent_data: date | None = None
    """The day they agreed to their data being kept."""
    preferred_contact: ContactBy | None = None
    language: str = ""
    no_reminders_since: date | None = None
    """The day they asked not to be reminded of visits; None where they never did."""

    @property
    def shown(self) -> FileDetails:
        """What of it may be seen now: nothing in privacy mode."""
        return NOTHING_MORE if is_private() else self


NOTHING_MORE = FileDetails()
"""A file of which nothing is known beyond the details."""

PHONES = ("emergency_phone", "guardian_phone")
DATES = ("consent_treatment", "consent_data", "no_reminders_since")
FIELDS = FileDetails.__struct_fields__
TEXTS = tuple(name for name in FIELDS if name not in (*DATES, "preferred_contact"))


def tidied_file(details: FileDetails, phone: Callable[[str], str] = str) -> FileDetails:
    """The file as it is kept: trimmed; `phone` writes a number as people here do."""
    texts: dict[str, Any] = {name: " ".join(getattr(details, name).split()) for name in TEXTS}
    texts.update({name: phone(texts[name]) for name in PHONES})
    return replace(details, **texts)


def wrong_with_file(details: FileDetails, today: date) -> tuple[Problem, ...]:
    """Everything that keeps it from being saved, each with its field; empty when it may be."""
    problems: list[Problem] = []
    for name in TEXTS:
        text = getattr(details, name)
        reason = objection(text, limit=NAME_LIMIT if name.endswith("_name") else LINE_LIMIT)
        if reason:
            problems.append(Problem(name, reason))
        elif name in PHONES and text and sum(character.isdigit() for character in text) < 3:
            problems.append(Problem(name, f'"{visible(text)}" holds no phone number'))
    for name in DATES:
        day = getattr(details, name)
        if day is not None and day > today:
            problems.append(Problem(name, "lies in the future"))
        elif day is not None and day.year < 1900:
            problems.append(Problem(name, "lies before 1900"))
    return tuple(problems)
