"""The time of day, from the one place that may ask the machine for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import pendulum
from pendulum import DateTime


class Clock(Protocol):
    """Where instants come from: the machine, a demo clinic's own time, or a test's fixed one."""

    def now(self) -> DateTime:
        """The current instant, in UTC."""
        ...

    @property
    def is_demo(self) -> bool:
        """Whether this is a made-up time, which every screen must say."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock, or a demo clinic's: that runs at the same pace, `offset_ms` milliseconds apart."""

    offset_ms: int = 0

    def now(self) -> DateTime:
        """The current instant, in UTC."""
        now = pendulum.now("UTC")
        return now.add(microseconds=self.offset_ms * 1000) if self.offset_ms else now

    @property
    def is_demo(self) -> bool:
        """Whether the time shown is not the machine's."""
        return self.offset_ms != 0


@dataclass(slots=True)
class ManualClock:
    """A clock that stands still until it is moved: tests inject it."""

    instant: DateTime

    def now(self) -> DateTime:
        """The instant it was set to, in UTC."""
        return self.instant

    @property
    def is_demo(self) -> bool:
        """Never shown as a demo."""
        return False

    def move(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Lets time pass."""
        self.instant = self.instant.add(seconds=minutes * 60 + seconds)
