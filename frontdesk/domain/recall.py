"""Recalls: what came of talking to a patient about coming again."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.privacy import is_private


class RecallReason(StrEnum):
    """Why somebody ought to be called."""

    PLAN = "plan"
    """Their plan says come, and nothing is booked."""
    LAPSED = "lapsed"
    """Seen, no plan that ended with an outcome, nothing booked for too long."""
    REASSESS = "reassess"
    """The visit at which the plan is looked at again is over, and nobody did."""
    NEEDLES = "needles"
    """Needles that were kept by plan are to come out."""


class ContactResult(StrEnum):
    """What came of a contact."""

    NOT_NOW = "not_now"
    """At the check-out: nothing is booked now."""
    NO_ANSWER = "no_answer"
    WAIT = "wait"
    """They want to be asked later."""
    BOOKED = "booked"
    STOP = "stop"
    """They do not come any more, or do not want to be called."""


class Contact(Struct, frozen=True):
    """One time that somebody was asked, or tried to be."""

    id: int
    patient_id: int
    at: DateTime
    who: str
    about: RecallReason
    result: ContactResult
    words: str = ""
    """Why, in the patient's words."""
    next_on: date | None = None
    """The day from which to ask again; None: as soon as there is time, or never after a stop or a booking."""

    @property
    def shown_words(self) -> str:
        """Why, which may be somebody's health: not in privacy mode."""
        return "" if is_private() else self.words
