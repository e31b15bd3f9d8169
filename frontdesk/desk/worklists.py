"""What waits to be done at the front desk, in numbers, and what became free: read anew whenever anybody writes."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from frontdesk.desk.context import Context
from frontdesk.desk.due_count import DueCount
from frontdesk.desk.reminders import Reminders
from frontdesk.desk.waiting import Openings, WaitingList
from frontdesk.domain.waiting import FreedEvent


class Work(Struct, frozen=True):
    """What waits: patients to be called today, visits of the next day not reminded of, and what is free for whom."""

    recalls: int
    reminders: int
    openings: Openings


class Worklists:
    """Reads; changes nothing."""

    def __init__(self, context: Context, waiting: WaitingList, reminders: Reminders) -> None:
        self._waiting, self._reminders = waiting, reminders
        self._due = DueCount(context)

    def look(self, known: Collection[FreedEvent] | None = (), *, anew: bool = False) -> Work:
        """What waits now; who fits a place that became free is looked for unless it is `known`, with None for none.

        With `anew` nothing is taken from an earlier look: another program wrote something that the log does not tell.
        """
        # What became free first: the counts can wait for it, not the other way round.
        openings = self._waiting.openings(known)
        recalls = self._due.read(anew=anew)
        sheet = self._reminders.look()
        return Work(recalls, sum(not one.is_done(openings.at) for one in sheet.rows), openings)
