"""What a patient's file says, as rows of a label and words: the same for the screen and for the verb that reads it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from frontdesk.domain.intake import CAUSE_WORDS, Intake
from frontdesk.domain.patient import Flag, Patient
from frontdesk.domain.patient_file import CONTACT_WORDS, FileDetails
from frontdesk.domain.time_text import date_text


class FileRow(Struct, frozen=True):
    """One fact: the field that holds it, what it is called, and the words, which may have several lines."""

    field: str
    label: str
    words: str


def day_words(day: date | None) -> str:
    """`14.03.1961`, empty for none."""
    return date_text(day) if day else ""


def person_rows(patient: Patient, file: FileDetails, today: date) -> tuple[FileRow, ...]:
    """Who they are, how to reach them, whom to call, who sent them, consents; what is unknown or hidden is left out."""
    details, file = patient.shown, file.shown
    age = patient.age_on(today)
    born = f"{day_words(details.birth_date)}{f' ({age})' if age is not None else ''}"
    by = file.preferred_contact
    rows = (
        FileRow("family", "Name", patient.name),
        FileRow("known_as", "Known as", details.known_as),
        FileRow("former_name", "Former name", details.former_name),
        FileRow("original_name", "Original name", details.original_name),
        FileRow("pronunciation", "Say it", file.pronunciation),
        FileRow("pronouns", "Pronouns", file.pronouns),
        FileRow("birth_date", "Born", born),
        FileRow("sex", "Sex", details.sex.value if details.sex else ""),
        FileRow("deceased_on", "Deceased", day_words(details.deceased_on)),
        FileRow("retired", "Status", "retired: comes no more" if details.retired else ""),
        *(FileRow("phone" if not n else "phone_2", "Phone", phone) for n, phone in enumerate(details.phones)),
        FileRow("email", "E-mail", details.email),
        FileRow("preferred_contact", "Reach them", CONTACT_WORDS[by] if by else ""),
        FileRow("language", "Language", file.language),
        FileRow("no_reminders_since", "Reminders", _no_reminders(file.no_reminders_since)),
        FileRow("address", "Address", details.address),
        FileRow("emergency_name", "Emergency", _joined(file.emergency_name, file.emergency_relation)),
        FileRow("emergency_phone", "", file.emergency_phone),
        FileRow("guardian_name", "Guardian", file.guardian_name),
        FileRow("guardian_phone", "", file.guardian_phone),
        FileRow("referred_by", "Referred by", file.referred_by),
        FileRow("referral", "Came through", file.referral),
        FileRow("consent_treatment", "Consents", _agreed(file)),
        FileRow("notes", "Notes", details.notes),
    )
    return tuple(row for row in rows if row.words)


def changed_rows(was: tuple[Patient, FileDetails], now: tuple[Patient, FileDetails], today: date) -> tuple[str, ...]:
    """What reads otherwise in one of two versions of a file, by its labels in small: `phone`, `notes`."""
    then, since = (_by_label(person_rows(*one, today)) for one in (was, now))
    flags = ("flags",) if was[0].shown.flags != now[0].shown.flags else ()
    return (*(name.lower() for name in {**then, **since} if then.get(name) != since.get(name)), *flags)


def _by_label(rows: tuple[FileRow, ...]) -> dict[str, list[str]]:
    """What stands under each label; a row without one goes on with the one above."""
    found: dict[str, list[str]] = {}
    label = ""
    for row in rows:
        label = row.label or label
        found.setdefault(label, []).append(row.words)
    return found


def intake_rows(intake: Intake) -> tuple[FileRow, ...]:
    """An intake from the complaint to how they live; what was not said or is hidden is left out."""
    details = intake.shown
    rows = (
        FileRow("complaint", "Complaint", details.complaint),
        FileRow("severity", "Severity", details.severity.value if details.severity else ""),
        FileRow("symptoms", "Symptoms", "\n".join(details.symptom_words())),
        FileRow("places", "Where", details.places),
        FileRow("causes", "Causes", ", ".join(CAUSE_WORDS[cause] for cause in details.causes)),
        FileRow("history", "History", details.history),
        FileRow("lifestyle", "Lifestyle", details.lifestyle),
    )
    return tuple(row for row in rows if row.words)


def flag_words(flag: Flag) -> str:
    """`since 07.01.2025, by Bo`: what is known of a flag besides its words."""
    parts = (
        f"since {day_words(flag.since)}" if flag.since else "",
        f"until {day_words(flag.until)}" if flag.until else "",
        f"by {flag.set_by}" if flag.set_by else "",
    )
    return ", ".join(part for part in parts if part)


def _joined(name: str, relation: str) -> str:
    return f"{name} ({relation})" if name and relation else name or relation


def _no_reminders(since: date | None) -> str:
    return f"none, as asked on {day_words(since)}" if since else ""


def _agreed(file: FileDetails) -> str:
    said = (("treatment", file.consent_treatment), ("data", file.consent_data))
    return ", ".join(f"{what} {day_words(day)}" for what, day in said if day)
