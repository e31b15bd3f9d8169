"""Two files of one person made one: what stays, what is taken over, what both give.

Nothing is dropped that only one of the two files says. Where both say something else a person chooses; until they do,
the file that stays is right. Telephones and flags of both are kept, and notes are set one under the other.
"""

from __future__ import annotations

from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from frontdesk.domain.patient import Flag, PatientDetails
from frontdesk.domain.patient_file import FileDetails

T = TypeVar("T", PatientDetails, FileDetails)

BOTH = frozenset({"phones", "flags", "notes"})
"""Fields that need no choice: what both files say is kept."""


class Difference(Struct, frozen=True):
    """A field in which two files say something else; `kept` is what the file says that stays."""

    name: str
    kept: Any
    other: Any


def differences(kept: T, other: T) -> tuple[Difference, ...]:
    """The fields of which a person has to choose one, in the order of the file."""
    found = (Difference(name, getattr(kept, name), getattr(other, name)) for name in kept.__struct_fields__)
    return tuple(
        one
        for one in found
        if one.name not in BOTH and _says_something(one.kept) and _says_something(one.other) and one.kept != one.other
    )


def merged(kept: T, other: T, take: frozenset[str] = frozenset()) -> T:
    """One file of two: `take` names the fields that the other file is right in."""
    values: dict[str, Any] = {}
    for name in kept.__struct_fields__:
        ours, theirs = getattr(kept, name), getattr(other, name)
        if name in BOTH:
            values[name] = _together(ours, theirs)
        elif _says_something(theirs) and (name in take or not _says_something(ours)):
            values[name] = theirs
    return replace(kept, **values)


def _says_something(value: object) -> bool:
    return value not in (None, "", (), False)


def _together(ours: Any, theirs: Any) -> Any:
    if isinstance(ours, str):
        if not theirs or theirs in ours:
            return ours
        return f"{ours}\n{theirs}" if ours else theirs
    kept = list(ours)
    said = {_key(one) for one in ours}
    for one in theirs:
        if _key(one) not in said:
            kept.append(one)
            said.add(_key(one))
    return tuple(kept)


def _key(one: Any) -> object:
    """By what two telephones or flags are the same one: the digits, or the kind with its words."""
    if isinstance(one, Flag):
        return one.kind, one.note
    digits = "".join(character for character in str(one) if character.isdigit())
    return digits or one


def merged_details(kept: PatientDetails, other: PatientDetails, take: frozenset[str] = frozenset()) -> PatientDetails:
    """As `merged`; a family name that is given up stays as the former name, so that the patient is found under it.

    Whoever comes under one of the two numbers comes: the file is retired only where both were.
    """
    made = replace(merged(kept, other, take), retired=kept.retired and other.retired)
    given_up = other.family if made.family == kept.family else kept.family
    if given_up and given_up != made.family and not made.former_name:
        return replace(made, former_name=given_up)
    return made
