"""Cancelling asks for the reason, in the patient's words; none is an answer too, since the cancelling can be undone."""

from __future__ import annotations

from typing import ClassVar

from frontdesk.domain.appointment import Appointment
from frontdesk.text import clean
from frontdesk.ui.dialogs.ask import Ask


class Cancel(Ask[str]):
    """Why an appointment is given back."""

    ACCEPT_WORDS: ClassVar[str] = "cancel the appointment"

    def __init__(self, visit: Appointment, when: str) -> None:
        """`when` is its day and time as a person says it."""
        super().__init__(
            f"Cancel {visit.patient.name}, {when}",
            clean,
            hint="Why? Enter without words is fine; u takes it back.",
            placeholder="has a cold, will call back",
        )
