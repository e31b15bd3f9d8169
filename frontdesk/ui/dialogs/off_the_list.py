"""Taking somebody off the waiting list: why, a letter."""

from __future__ import annotations

from typing import ClassVar

from frontdesk.domain.waiting import WITHDRAWN_WORDS, Waiting
from frontdesk.ui.dialogs.why import Why, letters


class OffTheList(Why):
    """The answer is the reason, in words. It is undone with u, with their place in the queue."""

    ACCEPT_WORDS: ClassVar[str] = "take off"
    REASONS: ClassVar = WITHDRAWN_WORDS
    BINDINGS: ClassVar = letters(WITHDRAWN_WORDS)

    def __init__(self, entry: Waiting) -> None:
        super().__init__(lambda: f"{entry.patient.name}: off the waiting list")
