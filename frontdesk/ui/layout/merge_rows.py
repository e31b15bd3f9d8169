"""Two files side by side, and likely duplicates as rows."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Any

from frontdesk.domain.duplicates import Likeness
from frontdesk.domain.patient import Flag, Patient
from frontdesk.domain.privacy import is_private
from frontdesk.domain.time_text import date_text
from frontdesk.text import visible
from frontdesk.ui.layout.cells import Line, Span, cut, pad, width

LABEL_CELLS = 14
FIELDS: tuple[tuple[str, str], ...] = (
    ("family", "Family name"),
    ("given", "Given name"),
    ("known_as", "Known as"),
    ("former_name", "Former name"),
    ("original_name", "Own script"),
    ("birth_date", "Birth date"),
    ("sex", "Sex"),
    ("phones", "Phones"),
    ("email", "E-mail"),
    ("address", "Address"),
    ("notes", "Notes"),
    ("flags", "Flags"),
    ("pronunciation", "Pronounced"),
    ("pronouns", "Pronouns"),
    ("emergency_name", "Emergency"),
    ("emergency_relation", "who is"),
    ("emergency_phone", "at"),
    ("guardian_name", "Guardian"),
    ("guardian_phone", "at"),
    ("referred_by", "Referred by"),
    ("referral", "Referral"),
    ("consent_treatment", "Consent, care"),
    ("consent_data", "Consent, data"),
    ("preferred_contact", "Contact by"),
    ("language", "Language"),
    ("no_reminders_since", "No reminders"),
    ("retired", "Retired"),
    ("deceased_on", "Deceased"),
)
"""The fields of a file as they stand side by side, with their words."""


def pair_line(one: Patient, other: Patient, likeness: Likeness, cells: int) -> Line:
    """Two files that are likely one person's, and as much of the reasons as there is room for."""
    # In a narrow row the names have it all: why, of the pair that is marked, stands below.
    half = (cells - 3) // 2 if cells < 90 else (cells - 5) * 3 // 10
    room = cells - 2 * half - 5
    return (
        Span(_who(one, half), "strong"),
        Span(" ≈ ", "dim"),
        Span(_who(other, half), "strong"),
        Span(f"  {cut(reasons(likeness), room)}" if room > 12 else "", "dim"),
    )


def reasons(likeness: Likeness | None) -> str:
    """Why two files may be one person's, and what speaks against it."""
    if likeness is None:
        return "the names have nothing in common"
    return ", ".join((*likeness.reasons, *(f"but {words}" for words in likeness.against)))


def half_of(cells: int) -> int:
    """Cells that one of two values has in a row of `cells`."""
    return max(8, (cells - LABEL_CELLS - 6) // 2)


def field_line(words: str, ours: str, theirs: str, *, takes_other: bool, both: bool, cells: int) -> Line:
    """One field of two files: what stays in bright letters with a mark, what goes dim; both where both stay."""
    half = half_of(cells)
    same = ours == theirs
    left_stays = same or both or not takes_other
    right_stays = not same and (both or takes_other)
    return (
        Span(f" {pad(words, LABEL_CELLS)}", "dim"),
        Span("✓ " if left_stays and ours else "  ", "done"),
        Span(pad(ours, half), "text" if left_stays else "dim"),
        Span("✓ " if right_stays and theirs else "  ", "done"),
        Span(pad("same" if same and ours else theirs, half), "text" if right_stays else "dim"),
    )


def value_words(value: Any) -> str:
    """A field's value on one line."""
    if isinstance(value, date):
        return date_text(value)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, tuple):
        return ", ".join(visible(one.words if isinstance(one, Flag) else str(one)) for one in value)
    if isinstance(value, bool):
        return "yes" if value else ""
    return visible(" · ".join(str(value or "").splitlines()))


def _who(patient: Patient, cells: int) -> str:
    """Number, name, birth date: of a long name the end goes, and not the date, which tells namesakes apart."""
    born = patient.shown.birth_date
    number = "" if is_private() else f"#{patient.id} "
    date_words = f" {born:%d.%m.%y}" if born else ""
    return pad(f"{number}{cut(patient.name, cells - width(number) - width(date_words))}{date_words}", cells)
