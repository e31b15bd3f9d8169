"""From how many minutes on waiting, or being late, is worth a notice, and from how many it is urgent."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from frontdesk.domain.visit import NOT_BEGUN, Status

if TYPE_CHECKING:
    from pendulum import DateTime

    from frontdesk.domain.appointment import Appointment
    from frontdesk.domain.clinic import Clinic


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


class Threshold(Struct, frozen=True):
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


class Held(Struct, frozen=True):
    """Somebody waits, or is not here at their time: since how many minutes, and what that is for the clinic."""

    what: str
    """`waiting` or `late`."""
    minutes: int
    grade: Grade


def held_up(visit: Appointment, clinic: Clinic, now: DateTime) -> Held | None:
    """How long a visit has waited for its patient, or its patient for it, in the room too; None where neither does."""
    late = visit.late_minutes(now)
    if visit.status in NOT_BEGUN and late > 0:
        return Held("late", late, clinic.late.grade(late))
    if visit.status in (Status.ARRIVED, Status.ROOMED):
        waiting = visit.waiting_minutes(now)
        return Held("waiting", waiting, clinic.waiting.grade(waiting))
    return None
