"""How often somebody comes: the rhythm of a course of visits, and the days it gives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

_PARTNER_DAY = (3, 3, 2, 4, 4, 3, 3)
"""Twice a week: days from one weekday (Monday first) to the other, a weekend apart where the two would be so."""


class Cadence(StrEnum):
    """How often a course comes; the values are those of `frontdesk series --every`."""

    TWICE = "twice"
    WEEKLY = "week"
    FORTNIGHTLY = "2weeks"
    MONTHLY = "month"
    """Every four weeks, so that the weekday stays."""

    @property
    def words(self) -> str:
        """As staff say it."""
        return {"twice": "twice a week", "week": "weekly", "2weeks": "every two weeks", "month": "monthly"}[self.value]

    @property
    def turned(self) -> Cadence:
        """The next one round."""
        order = (Cadence.WEEKLY, Cadence.FORTNIGHTLY, Cadence.MONTHLY, Cadence.TWICE)
        return order[(order.index(self) + 1) % len(order)]

    def after(self, day: date) -> date:
        """The day of the next visit after one on `day`."""
        days = {Cadence.WEEKLY: 7, Cadence.FORTNIGHTLY: 14, Cadence.MONTHLY: 28}
        return day + timedelta(days=days.get(self) or _PARTNER_DAY[day.weekday()])


_LONGEST_GAP = {5: Cadence.TWICE, 10: Cadence.WEEKLY, 20: Cadence.FORTNIGHTLY, 45: Cadence.MONTHLY}
"""The days between two visits up to which somebody comes in a rhythm."""


def rhythm_of(days: Sequence[date]) -> Cadence:
    """How often somebody came, by the days of their last visits, newest first; weekly where that says nothing."""
    gaps = sorted((later - earlier).days for later, earlier in pairwise(days) if later != earlier)
    usual = gaps[len(gaps) // 2] if gaps else 0
    return next((one for most, one in _LONGEST_GAP.items() if 0 < usual <= most), Cadence.WEEKLY)


def wished_days(first: date, cadence: Cadence, count: int) -> tuple[date, ...]:
    """The days of a course, the first one included, whatever is closed."""
    match cadence:
        case Cadence.WEEKLY:
            return tuple(first + timedelta(weeks=number) for number in range(count))
        case Cadence.FORTNIGHTLY:
            return tuple(first + timedelta(weeks=2 * number) for number in range(count))
        case Cadence.MONTHLY:
            return tuple(first + timedelta(weeks=4 * number) for number in range(count))
        case Cadence.TWICE:
            partner = _PARTNER_DAY[first.weekday()]
            return tuple(first + timedelta(weeks=number // 2, days=number % 2 * partner) for number in range(count))
