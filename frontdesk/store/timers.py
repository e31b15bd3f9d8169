"""What is timed beside the needles, in the database; `timer_writes` begins and ends it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING

from frontdesk.domain.instants import from_ms
from frontdesk.domain.retention import Alarm
from frontdesk.domain.timer import Timer, TimerKind
from frontdesk.store.question import Question, as_instant

if TYPE_CHECKING:
    from frontdesk.store.question import Askable


def running(conn: Askable, ids: Collection[int]) -> dict[int, tuple[Timer, ...]]:
    """What runs for each of those appointments that has anything running, in the order in which it began."""
    ask = Question(conn)
    words = (
        "SELECT appointment_id, id, kind, started_at, minutes, silenced_level, silenced_until, boot, boot_ms"
        f" FROM timer WHERE {ask.is_among('appointment_id', ids)} AND ended_at IS NULL ORDER BY started_at, id"
    )
    found: dict[int, list[Timer]] = defaultdict(list)
    for visit, key, kind, started_at, minutes, level, until, boot, boot_ms in ask.rows(words):
        timer = Timer(
            key, TimerKind(kind), from_ms(started_at), minutes, Alarm(level), as_instant(until), boot, boot_ms
        )
        found[visit].append(timer)
    return {key: tuple(timers) for key, timers in found.items()}
