"""What is free on a day that somebody looks at: asked of the planner, from the day's sheet alone."""

from __future__ import annotations

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.clinic import Practitioner, Room
from frontdesk.domain.day import DaySheet
from frontdesk.domain.hours import Span
from frontdesk.domain.instants import from_ms, to_ms
from frontdesk.domain.packing.claims import practitioner_key, room_key
from frontdesk.domain.packing.intervals import Intervals
from frontdesk.domain.packing.occupancy import Occupancy
from frontdesk.domain.packing.opening import Opening
from frontdesk.domain.packing.places import Slot, free_places
from frontdesk.domain.phases import Service

_MOST = 100_000
"""More places than a day has: one a minute for each practitioner."""


class DayPlaces(Struct, frozen=True):
    """The free places of one day, from `now` on.

    What the next day's first visits take is not in a day's sheet: a booking asks again, and has the last word.
    """

    sheet: DaySheet
    now: DateTime
    occupancy: Occupancy

    @staticmethod
    def of(sheet: DaySheet, now: DateTime) -> DayPlaces:
        """The day as it is taken by its visits, by who is in the house from another day, and by its blocks."""
        return DayPlaces(sheet, now, Occupancy.of((*sheet.appointments, *sheet.in_house), sheet.blocks, now=now))

    def places(
        self, service: Service, practitioner: Practitioner | None = None, room: Room | None = None
    ) -> tuple[Slot, ...]:
        """Where a visit fits, by start; with a practitioner or in a room, else with and in any."""
        clinic = self.sheet.clinic
        return free_places(
            clinic,
            self.occupancy,
            service=service,
            practitioners=clinic.active_practitioners if practitioner is None else (practitioner,),
            rooms=clinic.open_rooms if room is None else (room,),
            first_day=self.sheet.day,
            days=1,
            not_before=self.now,
            limit=_MOST,
        )

    def hands_free(self, practitioner: Practitioner) -> tuple[Span, ...]:
        """When a practitioner works that day and is with nobody."""
        opening = Opening.over(self.sheet.clinic, self.sheet.day, self.sheet.day)
        return _spans(opening.of(practitioner).minus(self.occupancy.busy(practitioner_key(practitioner.id))))

    def room_free(self, room: Room) -> tuple[Span, ...]:
        """When nobody is in a room during the clinic's hours of that day."""
        clinic, day = self.sheet.clinic, self.sheet.day
        hours = () if clinic.closure_on(day) else clinic.hours.spans_on(day, clinic.timezone)
        opened = Intervals.of((to_ms(span.starts), to_ms(span.ends)) for span in hours)
        return _spans(opened.minus(self.occupancy.busy(room_key(room.id))))


def _spans(stretches: Intervals) -> tuple[Span, ...]:
    return tuple(Span(from_ms(start), from_ms(end)) for start, end in stretches)
