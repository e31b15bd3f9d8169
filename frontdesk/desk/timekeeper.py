"""Every running retention by the time that really passed, for one process and the database it has open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from frontdesk.clock import Clock, Reading, ServerClock
from frontdesk.domain import elapsed
from frontdesk.domain.instants import seconds_between

if TYPE_CHECKING:
    from collections.abc import Callable

    from pendulum import DateTime

    from frontdesk.domain.appointment import Appointment
    from frontdesk.domain.day import DaySheet
    from frontdesk.domain.retention import Retention
    from frontdesk.domain.timer import Timer

    Latest = Callable[[], DateTime | None]
    """Gives the instant of the latest entry of the log."""


class Timekeeper:
    """Knows what the clocks said when the program started, and what it saw begin elsewhere.

    A retention that began before this machine's start, on another machine, or in an older release has only its UTC
    instant: how long it has lasted is taken from the wall clock when it is first seen here, and from then on counted by
    the boot-time clock like all others. One from the future has lasted at least until the latest entry of the log.
    """

    def __init__(self, clock: Clock, latest: Latest = lambda: None) -> None:
        """`latest` is asked once for each thing from the future that no sheet had when it was read."""
        self._clock = clock
        self._latest = latest
        self.anchor = clock.reading()
        self._first_seen: dict[tuple[type, int], int] = {}
        self._timed: tuple[DaySheet | None, elapsed.Timed] = None, elapsed.Timed(())
        """The sheet that was asked about last, which each second asks about again, and what runs in it."""

    def boot_at(self, instant: DateTime) -> tuple[str, int]:
        """What the boot-time clock said at an instant of a moment ago: what is stored with needles in."""
        reading = self._clock.reading()
        return reading.boot, reading.boot_ms - _ms(instant, reading)

    def retention(self, retention: Retention) -> Retention:
        """A retention with its instants on the clock as it is now."""
        reading = self._clock.reading()
        return elapsed.retention_now(self._known(retention, reading), reading)

    def timer(self, timer: Timer) -> Timer:
        """A timer with its instants on the clock as it is now."""
        reading = self._clock.reading()
        return elapsed.timer_now(self._known_timer(timer, reading), reading)

    def stored(self, retention: Retention, instant: DateTime) -> DateTime:
        """An instant of the clock as it is now on the clock by which a retention, fresh from the store, is stored."""
        return instant.subtract(microseconds=self.retention(retention).shift_ms * 1000)

    def sheet(self, sheet: DaySheet, latest: Latest | None = None) -> DaySheet:
        """A day with its running retentions as `retention` has them; itself where nothing moves.

        Whoever reads it gives `latest`, asked where it was read; of what has been met once nobody is asked any more.
        """
        reading = self._clock.reading()
        timed = self._timed_in(sheet)
        return elapsed.sheet_now(sheet, reading, timed, lambda visit: self._known_visit(visit, reading, latest))

    def set_by_s(self, sheet: DaySheet | None) -> int:
        """By how many seconds the clock was set, see `elapsed.set_by_s`."""
        timed = None if sheet is None else self._timed_in(sheet)
        return elapsed.set_by_s(self.anchor, self._clock.reading(), sheet, timed)

    def apart_s(self) -> int:
        """How many seconds this PC's clock is ahead of the server's that all go by; 0 without a server."""
        return self._clock.apart_s if isinstance(self._clock, ServerClock) else 0

    def _timed_in(self, sheet: DaySheet) -> elapsed.Timed:
        asked, timed = self._timed
        if sheet is not asked:
            timed = elapsed.timed_in(sheet)
            self._timed = sheet, timed
        return timed

    def _known(self, retention: Retention, reading: Reading, latest: Latest | None = None) -> Retention:
        """A running retention with what the boot-time clock would have said when it began."""
        if not retention.is_in or (retention.boot_ms is not None and retention.boot == reading.boot):
            return retention
        return replace(retention, boot=reading.boot, boot_ms=self._began(retention, retention.in_at, reading, latest))

    def _known_timer(self, timer: Timer, reading: Reading, latest: Latest | None = None) -> Timer:
        if timer.boot_ms is not None and timer.boot == reading.boot:
            return timer
        return replace(timer, boot=reading.boot, boot_ms=self._began(timer, timer.started_at, reading, latest))

    def _known_visit(self, visit: Appointment, reading: Reading, latest: Latest | None) -> Appointment:
        retentions = tuple(self._known(one, reading, latest) for one in visit.retentions)
        timers = tuple(self._known_timer(one, reading, latest) for one in visit.timers)
        same = all(
            new is old for new, old in zip((*retentions, *timers), (*visit.retentions, *visit.timers), strict=True)
        )
        return visit if same else replace(visit, retentions=retentions, timers=timers)

    def _began(self, what: Retention | Timer, instant: DateTime, reading: Reading, latest: Latest | None) -> int:
        key = type(what), what.id
        if key not in self._first_seen:
            passed = _ms(instant, reading)
            if passed < 0:
                # The clock is behind: after a power cut that its battery did not outlive, for one.
                until = (latest or self._latest)()
                passed = 0 if until is None else max(0, round(seconds_between(instant, until) * 1000))
            self._first_seen[key] = reading.boot_ms - passed
        return self._first_seen[key]


def _ms(instant: DateTime, reading: Reading) -> int:
    return round(seconds_between(instant, reading.at) * 1000)
