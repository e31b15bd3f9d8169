"""What the log says of alarms and of the clock: each raise and each rise once, whichever screen notices it first.

Of needles, of what is timed beside them, of a patient whom nobody has. Silence and the end of an alarm are entries
already: `visit.silence`, and the step that ended it (`needles.out`, or `visit.extend`, after which it is a new alarm).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from frontdesk.desk.context import Context
from frontdesk.desk.entry_words import ALARM, CLOCK_SET
from frontdesk.domain.board import Raised
from frontdesk.domain.elapsed import DISAGREE_S
from frontdesk.domain.retention import Alarm
from frontdesk.store import audit
from frontdesk.store.subjects import subject_of

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable

_NEW_ALARM = frozenset({"needles.in", "needles.recount", "visit.extend", "visit.hand-over", "visit.undo"})
"""Entries after which an alarm of the same level is another one; what is timed anew is another timer."""


class Alarms:
    """Writes down what every screen sees, once."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def noticed(self, raised: Iterable[Raised]) -> int:
        """Logs the alarms that are not in the log yet; how many those were. No visit's version moves."""
        alarms = tuple(raised)
        with self._context.store.glance() as connection:
            new = [one for one in alarms if not _is_logged(connection, one)]
        if not new:
            return 0
        with self._context.writing() as writing:
            # Again, now that nobody else can: two screens may have noticed at the same moment.
            new = [one for one in new if not _is_logged(writing.connection, one)]
            for one in new:
                after = {**_of(one), "level": one.level.value, "room": one.room}
                writing.log(f"{ALARM}{one.level.value}", subject_of(one.appointment_id), after=after)
        return len(new)

    def clock_set(self, by_s: int) -> bool:
        """Logs that this machine's clock was set by so many seconds; whether no other process had said so already."""
        reading = self._context.clock.reading()
        subject = f"clock {reading.boot}"[:80]
        with self._context.writing() as writing:
            last = next(iter(audit.of_subject(writing.connection, subject, 1)), None)
            lead = (last.after or {}).get("lead_ms") if last else None
            if lead is not None and abs(lead - reading.lead_ms) <= DISAGREE_S * 1000:
                return False
            writing.log(CLOCK_SET, subject, after={"by_s": by_s, "lead_ms": reading.lead_ms})
        return True


def _of(raised: Raised) -> dict[str, int]:
    """What it is the alarm of, as entries name it: `{"retention_id": 3}`."""
    what, _, number = raised.key.partition(" ")
    return {f"{what}_id": int(number)}


def _is_logged(connection: Askable, raised: Raised) -> bool:
    """Whether this alarm was logged at this level or a higher one since it began."""
    ((what, number),) = _of(raised).items()
    for entry in audit.of_subject(connection, subject_of(raised.appointment_id)):
        if entry.what in _NEW_ALARM and what != "timer_id":
            return False
        if entry.what.startswith(ALARM) and (entry.after or {}).get(what) == number:
            return Alarm(entry.what.removeprefix(ALARM)).rank >= raised.level.rank
    return False
