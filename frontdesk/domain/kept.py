"""Needles that a patient was let go with on purpose, and the day they come out."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.patient import Patient
from frontdesk.domain.time_text import short_day


class KeptNeedles(Struct, frozen=True):
    """Needles of one visit that are still in; `remove_on` None where an older release wrote no day down."""

    appointment_id: int
    patient: Patient
    practitioner: str
    kept: int
    since: DateTime
    remove_on: date | None

    def is_due(self, today: date) -> bool:
        """Whether they should be out by now."""
        return self.remove_on is None or self.remove_on <= today


def removal_words(kept: KeptNeedles, day: date) -> str:
    """When needles that were kept come out, seen from a day."""
    on = kept.remove_on
    if on is None:
        return "no removal day known"
    said = short_day(on)
    return f"to come out {said}" if on > day else f"due out {said}" if on == day else f"OVERDUE since {said}"
