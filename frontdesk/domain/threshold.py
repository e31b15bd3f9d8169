"""From how many minutes on waiting, or being late, is worth a notice, and from how many it is urgent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How long something has lasted, by the clinic's thresholds."""

    NONE = ""
    NOTICE = "notice"
    URGENT = "urgent"

    @property
    def mark(self) -> str:
        """The sign that tells the grade apart without colour."""
        return _MARKS[self]


_MARKS = {Grade.NONE: "", Grade.NOTICE: "!", Grade.URGENT: "!!"}


@dataclass(frozen=True, slots=True)
class Threshold:
    """Minutes, in the order in which they are reached."""

    notice: int
    urgent: int

    def grade(self, minutes: int) -> Grade:
        """What so many minutes are."""
        if minutes >= self.urgent:
            return Grade.URGENT
        return Grade.NOTICE if minutes >= self.notice else Grade.NONE


WAITING = Threshold(10, 20)
"""For patients who are here, until they are in a room."""
LATE = Threshold(5, 15)
"""For patients who are not here at their time, and for practitioners who keep the next one waiting."""
LONGEST_THRESHOLD = 240
"""Minutes; a longer one is a slip of the finger."""
