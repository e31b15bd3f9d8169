"""How much work a calendar file may ask for.

A rule such as `FREQ=SECONDLY;COUNT=1000000000` or "each 31 February" keeps dateutil busy for hours, and nothing can
stop it from outside: it looks for the next date without ever giving control back. So each step it takes is paid for
out of a budget counted in steps, which refuses the same file at the same place on any machine.
"""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dateutil.rrule import DAILY, HOURLY, MINUTELY, MONTHLY, SECONDLY, WEEKLY, YEARLY, rrule

if TYPE_CHECKING:
    from datetime import datetime

RULE_STEPS = 200_000
"""Steps for one rule: 500 years of days, 22 of hours. About half a second."""
FILE_STEPS = 1_500_000
"""Steps for all rules of one file: about four seconds."""
# Looking through a year takes dateutil some twenty times as long as looking at a day.
_WEIGHTS = {YEARLY: 20, MONTHLY: 3, WEEKLY: 2}
_LENGTHS = {
    WEEKLY: timedelta(weeks=1),
    DAILY: timedelta(days=1),
    HOURLY: timedelta(hours=1),
    MINUTELY: timedelta(minutes=1),
    SECONDLY: timedelta(seconds=1),
}


class TooMuch(Exception):
    """A rule asks for more steps than it may; the message says so in words for the person who imports."""


class Budget:
    """The steps left to one file."""

    def __init__(self, steps: int = FILE_STEPS) -> None:
        self.left = steps

    def bound(self, rule: rrule) -> rrule:
        """`rule`, now paying for its steps; iterating over it raises `TooMuch` when they are used up.

        dateutil moves from one period to the next by adding its interval, so the interval is what counts.
        """
        inside: Any = rule  # its fields are private; the tests hold them to what they are here
        times = math.prod(len(part) for part in (inside._byhour, inside._byminute, inside._bysecond) if part)
        purse = _Purse(self, RULE_STEPS)
        lists = (inside._bymonthday, inside._bynmonthday, inside._byyearday, inside._byweekno)
        looked_up = 1 + sum(len(part) for part in lists if part) // 10
        weight = max(_WEIGHTS.get(inside._freq, 1) * looked_up, times) * len(inside._bysetpos or (1,))
        purse.spend(weight)
        inside._interval = _Stride(inside._interval, purse, weight)
        return rule


class _Purse:
    """What one rule may still spend of its own and of the file's steps."""

    def __init__(self, budget: Budget, steps: int) -> None:
        self.budget = budget
        self.left = steps

    def spend(self, steps: int) -> None:
        self.left -= steps
        self.budget.left -= steps
        if self.left < 0:
            raise TooMuch("it repeats too often, or never, to be an appointment")
        if self.budget.left < 0:
            raise TooMuch("the repeating events of this file ask for too much work; export a shorter span of it")


class _Stride(int):
    """An interval that pays each time it is added to a date's number."""

    purse: _Purse
    weight: int

    def __new__(cls, interval: int, purse: _Purse, weight: int) -> _Stride:
        stride = super().__new__(cls, interval)
        stride.purse = purse
        stride.weight = weight
        return stride

    def __radd__(self, other: int) -> int:
        self.purse.spend(self.weight)
        return int(other) + int(self)

    def __mul__(self, other: int) -> _Stride:
        return _Stride(int(self) * int(other), self.purse, self.weight)


def forward(start: datetime, rule: rrule, target: datetime) -> datetime:
    """A start for `rule` near `target` that leaves its dates after it as they are.

    For rules without COUNT that step by a fixed length; a weekly series since 2005 need not be walked through from
    there. `start` and `target` are wall clocks of the same zone.
    """
    inside: Any = rule
    length = _LENGTHS.get(inside._freq)
    if length is None or inside._count is not None:
        return start
    stride: timedelta = length * inside._interval
    return start + stride * max(0, (target - start) // stride)
