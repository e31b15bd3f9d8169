"""The time of day and the time passed, from the one place that may ask the machine for them.

How long a key has waited is no time of the clinic's: the screens measure that with `time.monotonic`.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Protocol

import pendulum
from msgspec import Struct
from msgspec.structs import replace
from pendulum import DateTime


class Reading(Struct, frozen=True):
    """What both clocks of a machine say at one moment: the one that people set, and the one that only counts."""

    at: DateTime
    """The wall clock, UTC."""
    boot: str
    """Names what `boot_ms` counts from: this start of this machine."""
    boot_ms: int
    """Milliseconds passed since then. Nobody can set this clock."""
    counts_sleep: bool = True
    """Whether `boot_ms` goes on while the machine sleeps."""

    @property
    def lead_ms(self) -> int:
        """How far the wall clock is ahead of the other one: it stays the same as long as nobody sets the wall clock."""
        return round(self.at.timestamp() * 1000) - self.boot_ms


class Clock(Protocol):
    """Where instants come from: the machine, a demo clinic's own time, or a test's fixed one."""

    def now(self) -> DateTime:
        """The current instant, in UTC."""
        ...

    def reading(self) -> Reading:
        """The current instant by both clocks."""
        ...

    @property
    def is_demo(self) -> bool:
        """Whether this is a made-up time, which every screen must say."""
        ...


class SystemClock(Struct, frozen=True):
    """The machine's clock, or a demo clinic's: that runs at the same pace, `offset_ms` milliseconds apart."""

    offset_ms: int = 0

    def now(self) -> DateTime:
        """The current instant, in UTC."""
        now = pendulum.now("UTC")
        if not self.offset_ms:
            return now
        # As `domain.instants.later`: every key and every tick asks, and pendulum's own way takes six times as long.
        return datetime.__add__(now, timedelta(milliseconds=self.offset_ms))

    def reading(self) -> Reading:
        """The wall clock beside Linux's time since the start, sleep included; elsewhere the monotonic clock."""
        boot, counts_sleep = _boot()
        passed = time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()
        return Reading(self.now(), boot, int(passed * 1000), counts_sleep)

    @property
    def is_demo(self) -> bool:
        """Whether the time shown is not the machine's."""
        return self.offset_ms != 0


class ServerClock:
    """A server's time, for every PC that shares its database: whatever their own clocks say, all count alike.

    Between two looks at the server the machine's boot-time clock carries it on, so that setting this PC's clock changes
    nothing.
    """

    def __init__(self, measure: Callable[[], DateTime], local: Clock, offset_ms: int = 0) -> None:
        """`measure` asks the server for its time, UTC, and may raise what the database raises.

        `offset_ms` is how far a demo clinic's time is from the server's.
        """
        self._measure, self._local, self._offset_ms = measure, local, offset_ms
        self.sync()

    def sync(self) -> None:
        """Looks at the server's clock again; half of what the question took is allowed for."""
        before = self._local.reading().boot_ms
        at = self._measure()
        self._seen = at, (before + self._local.reading().boot_ms) // 2

    def now(self) -> DateTime:
        """The server's present instant, in UTC."""
        return self.reading().at

    def reading(self) -> Reading:
        """The server's time beside this machine's boot-time clock, which may have stood still meanwhile."""
        local = self._local.reading()
        at, boot_ms = self._seen
        now = at.add(microseconds=(local.boot_ms - boot_ms + self._offset_ms) * 1000)
        return replace(local, at=now, counts_sleep=False)

    @property
    def apart_s(self) -> int:
        """How many seconds this PC's clock is ahead of the server's."""
        return round((self._local.now() - self.now()).total_seconds())

    @property
    def is_demo(self) -> bool:
        """Whether the time shown is a demo clinic's."""
        return self._offset_ms != 0


class HurriedClock(Struct):
    """A demo's clock that can be let run faster for a while.

    Both its readings hurry alike, so that it is time that passed and no clock that was set. What it counts from has a
    name of its own: other processes take nothing it counted for their own milliseconds.
    """

    local: Clock
    _pace: int = 1
    _since_ms: int = 0
    _ahead_ms: int = 0

    def run(self, pace: int) -> None:
        """From now on runs `pace` times as fast as the clock that it goes by."""
        if pace != self._pace:
            reading = self.local.reading()
            self._ahead_ms, self._since_ms = self._ahead(reading), reading.boot_ms
            self._pace = pace

    def now(self) -> DateTime:
        """The hurried instant, in UTC."""
        return self.reading().at

    def reading(self) -> Reading:
        """Both clocks, as far ahead as each other."""
        local = self.local.reading()
        ahead = self._ahead(local)
        at = local.at.add(microseconds=ahead * 1000)
        return replace(local, at=at, boot=f"{local.boot} hurried", boot_ms=local.boot_ms + ahead)

    def _ahead(self, local: Reading) -> int:
        return self._ahead_ms + (self._pace - 1) * (local.boot_ms - self._since_ms)

    @property
    def is_demo(self) -> bool:
        """Always: the clinic's own clock is never hurried."""
        return True


class ManualClock(Struct):
    """A clock that stands still until it is moved: tests inject it."""

    instant: DateTime
    boot: str = "set by hand"
    lead_ms: int = 0
    """How far it has been set ahead of the time that passed."""

    def now(self) -> DateTime:
        """The instant it was set to, in UTC."""
        return self.instant

    def reading(self) -> Reading:
        """Both clocks as they were moved or set."""
        return Reading(self.instant, self.boot, round(self.instant.timestamp() * 1000) - self.lead_ms)

    @property
    def is_demo(self) -> bool:
        """Never shown as a demo."""
        return False

    def move(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Lets time pass."""
        self.instant = self.instant.add(seconds=minutes * 60 + seconds)

    def set_by(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Somebody sets the wall clock; no time passes."""
        self.move(minutes=minutes, seconds=seconds)
        self.lead_ms += round((minutes * 60 + seconds) * 1000)


def machine_zone() -> str:
    """The IANA name of the zone this machine is set to; empty where it does not say."""
    try:
        return str(pendulum.tz.get_local_timezone().name)
    except Exception:  # a machine may be set to anything, which is no reason not to ask a person
        return ""


@cache
def _boot() -> tuple[str, bool]:
    """A name for this start of the machine, or of this process where a machine has none; and whether sleep counts.

    A Linux inside Windows stands still while Windows sleeps, its boot-time clock too.
    """
    if not hasattr(time, "CLOCK_BOOTTIME"):
        return _this_process(), False
    try:
        name = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        name = _this_process()
    return name, "microsoft" not in os.uname().release.lower()


def _this_process() -> str:
    from uuid import uuid4  # most machines have a name for their start

    return f"process {uuid4().hex}"
