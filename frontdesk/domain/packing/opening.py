"""Opening hours and closed days over a stretch of local days, as integers."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime, timedelta
from itertools import pairwise

import pendulum
from msgspec import Struct

from frontdesk.domain.clinic import Clinic, Practitioner
from frontdesk.domain.hours import local_instant
from frontdesk.domain.instants import to_ms
from frontdesk.domain.packing.intervals import MINUTE, Intervals

_DAY = 1440 * MINUTE


class Opening(Struct, frozen=True):
    """The local days of a search and their midnights; `midnights` has one more than there are days."""

    clinic: Clinic
    days: tuple[date, ...]
    midnights: tuple[int, ...]

    @staticmethod
    def over(clinic: Clinic, first_day: date, last_day: date) -> Opening:
        """Both days included."""
        days = tuple(first_day + timedelta(days=n) for n in range((last_day - first_day).days + 1))
        midnights = [to_ms(local_instant(day, 0, clinic.timezone)) for day in days]
        return Opening(clinic, days, (*midnights, to_ms(local_instant(last_day, 1440, clinic.timezone))))

    def of(self, practitioner: Practitioner) -> Intervals:
        """When a practitioner works, spans that touch (over midnight too) joined; nothing on closed days."""
        hours = practitioner.hours if practitioner.hours is not None else self.clinic.hours
        spans: list[tuple[int, int]] = []
        for index, day in enumerate(self.days):
            if self.clinic.closures and self.clinic.closure_on(day):
                continue
            midnight, next_midnight = self.midnights[index : index + 2]
            if next_midnight - midnight == _DAY:
                spans.extend((midnight + span.start * MINUTE, midnight + span.end * MINUTE) for span in hours.on(day))
            else:
                spans.extend(
                    (to_ms(span.starts), to_ms(span.ends)) for span in hours.spans_on(day, self.clinic.timezone)
                )
        return Intervals.of(spans)

    @property
    def closed(self) -> Intervals:
        """The days on which the clinic is shut."""
        if not self.clinic.closures:
            return Intervals()
        return Intervals.of(
            (self.midnights[index], self.midnights[index + 1])
            for index, day in enumerate(self.days)
            if self.clinic.closure_on(day)
        )

    def day_of(self, moment: int) -> int:
        """The place of the local day a moment falls on among `days`."""
        return bisect_right(self.midnights, moment) - 1

    def at(self, minute: int) -> tuple[int, ...]:
        """A local minute of each day, as `local_instant` reads it where the clocks change."""
        return tuple(
            midnight + minute * MINUTE
            if next_midnight - midnight == _DAY
            else to_ms(local_instant(day, minute, self.clinic.timezone))
            for day, (midnight, next_midnight) in zip(self.days, pairwise(self.midnights), strict=True)
        )

    def grid(self) -> list[int]:
        """Every moment at which a local clock shows a multiple of the clinic's slot since midnight.

        On a day when the clocks go back, a time that is shown twice is there twice.
        """
        step = self.clinic.slot_minutes
        zone = pendulum.timezone(self.clinic.timezone)
        moments: list[int] = []
        for index in range(len(self.days)):
            midnight, next_midnight = self.midnights[index : index + 2]
            if next_midnight - midnight == _DAY:
                moments.extend(range(midnight, next_midnight, step * MINUTE))
                continue
            for moment in range(midnight, next_midnight, MINUTE):
                local = datetime.fromtimestamp(moment / 1000, zone)
                if (local.hour * 60 + local.minute) % step == 0:
                    moments.append(moment)
        return moments
