"""Instants computed again and again each second, from what hardly ever changes."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from pendulum import DateTime


def seconds_between(earlier: DateTime, later: DateTime) -> float:
    """Seconds from one instant to another, negative where that is before; pendulum's own way takes ten times that."""
    return datetime.__sub__(later, earlier).total_seconds()


@lru_cache(maxsize=2048)
def later(instant: DateTime, minutes: int) -> DateTime:
    """A UTC instant so many minutes on. Remembered: pendulum takes as long for it as a timer for all else in a tick."""
    return instant.add(minutes=minutes)
