"""How the log names what an entry is about."""

from __future__ import annotations

from datetime import date


def subject_of(appointment_id: int) -> str:
    """An appointment."""
    return f"appointment {appointment_id}"


def subject_of_patient(patient_id: int) -> str:
    """A patient: their file, and what is theirs alone."""
    return f"patient {patient_id}"


def subject_of_series(series_id: int) -> str:
    """A course of visits."""
    return f"series {series_id}"


def subject_of_day(day: date) -> str:
    """A day."""
    return f"day {day.isoformat()}"
