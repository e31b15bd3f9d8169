"""Calling somebody no more: why, a letter."""

from __future__ import annotations

from typing import ClassVar

from frontdesk.domain.patient import Patient
from frontdesk.ui.dialogs.why import Why, letters

STOPPED = {
    "b": "feels well",
    "n": "no longer wants it",
    "e": "goes elsewhere",
    "a": "moved away",
    "m": "the cost",
    "c": "wants no calls",
    "r": "not reached",
}
"""Why somebody does not come any more, by the letter that says it."""


class StopCalling(Why):
    """The answer is the reason, in words; u takes it back, and so do a visit and a new plan."""

    ACCEPT_WORDS: ClassVar[str] = "call no more"
    REASONS: ClassVar = STOPPED
    BINDINGS: ClassVar = letters(STOPPED)

    def __init__(self, patient: Patient) -> None:
        super().__init__(lambda: f"{patient.name}: called no more")
