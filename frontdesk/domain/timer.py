"""What is timed beside the needles: the first look in on a patient, e-stim, heat lamp, cups.

As with a retention only facts are kept (when it began, how long it is meant to last); what is left is computed. A
timer warns and never stands in the way: nothing of a visit waits for one, and needles out ends them all.

A check is seen and never heard. It is a courtesy to a patient who lies there as planned, not something left on or in:
where every second alarm needs no action, staff cease to answer (Joint Commission, Sentinel Event Alert 50), people
sleep here, and the alarm that must be believed is the one for needles, which sounds for that patient too.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.instants import later, seconds_between
from frontdesk.domain.retention import MEDIUM_AFTER, Alarm, is_hushed

CHECK_AFTER = 5
"""Minutes after needles in at which somebody first looks in on the patient."""
LONGEST_TIMER = 120
"""Minutes; a longer one is a slip of the finger."""


class TimerKind(StrEnum):
    """What is timed."""

    CHECK = "check"
    ESTIM = "e-stim"
    LAMP = "lamp"
    CUPS = "cups"

    @property
    def words(self) -> str:
        """How staff say it."""
        return "heat lamp" if self is TimerKind.LAMP else self.value

    @property
    def rings(self) -> bool:
        """Whether it is ever heard."""
        return self is not TimerKind.CHECK

    @property
    def usual_minutes(self) -> int:
        """How long it lasts unless somebody says otherwise."""
        return {TimerKind.CHECK: CHECK_AFTER, TimerKind.ESTIM: 20, TimerKind.LAMP: 15, TimerKind.CUPS: 10}[self]


class Timer(Struct, frozen=True):
    """One that runs: the facts of it."""

    id: int
    kind: TimerKind
    started_at: DateTime
    minutes: int
    silenced_level: Alarm = Alarm.NONE
    silenced_until: DateTime | None = None
    boot: str = ""
    """The start of the machine on which it began; `domain.elapsed` checks the wall clock by it."""
    boot_ms: int | None = None
    """Milliseconds from that start to `started_at`; None where nobody knows."""
    shift_ms: int = 0
    """By how much the instants differ from the stored ones, since the clock was set meanwhile."""

    @property
    def due_at(self) -> DateTime:
        """When it is to be seen to."""
        return later(self.started_at, self.minutes)

    def remaining_seconds(self, now: DateTime) -> int:
        """Seconds until it is due, negative past it."""
        return int(seconds_between(now, self.due_at) // 1)

    def alarm(self, now: DateTime) -> Alarm:
        """The level now; a check never rises, what heats, stings or sucks does when it is left on."""
        if now < self.due_at:
            return Alarm.NONE
        if self.kind is TimerKind.CHECK or now < later(self.due_at, MEDIUM_AFTER):
            return Alarm.LOW
        return Alarm.MEDIUM

    def sounds(self, now: DateTime) -> bool:
        """Whether it may be heard: a check never, another not while its level, or a higher one, is silenced."""
        level = self.alarm(now)
        if level is Alarm.NONE or not self.kind.rings:
            return False
        return not (is_hushed(self.silenced_until, now) and level.rank <= self.silenced_level.rank)


def see_off(timers: tuple[Timer, ...]) -> tuple[str, ...]:
    """What to say where timers end with a visit's step: what heats, stings or sucks may be on all the same."""
    kinds = [one.kind.words for one in timers if one.kind is not TimerKind.CHECK]
    if not kinds:
        return ()
    return (f"{', '.join(kinds)}: see that {'it is' if len(kinds) == 1 else 'they are'} off",)
