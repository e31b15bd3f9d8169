"""How the log names what an entry is about."""

from __future__ import annotations

from datetime import date


def subject_of(appointment_id: int) -> str:
    """An appointment."""
    return f"appointment {appointment_id}"


def subject_of_day(day: date) -> str:
    """A day."""
    return f"day {day.isoformat()}"
