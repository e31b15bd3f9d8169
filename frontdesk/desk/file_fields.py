"""A patient's file as the log keeps it; what is empty is left out."""

from __future__ import annotations

from datetime import date
from enum import Enum

from frontdesk.domain.intake import Intake, IntakeDetails
from frontdesk.domain.patient_file import NOTHING_MORE, FileDetails

_OF_FILE = FileDetails.__struct_fields__
_OF_INTAKE = IntakeDetails.__struct_fields__


def file_fields(details: FileDetails) -> dict[str, object]:
    """The fields of a file besides the patient's details."""
    if details is NOTHING_MORE:
        return {}  # as it is of nearly everybody in a table of a hundred thousand
    return _filled({name: getattr(details, name) for name in _OF_FILE})


def intake_fields(intake: Intake) -> dict[str, object]:
    """The fields of an intake, with its day."""
    return _filled({"taken_on": intake.taken_on, **{name: getattr(intake.details, name) for name in _OF_INTAKE}})


def _filled(values: dict[str, object]) -> dict[str, object]:
    return {key: _plain(value) for key, value in values.items() if value not in (None, "", ())}


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
