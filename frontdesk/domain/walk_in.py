"""Somebody comes without an appointment: where they fit next, and how long they will really wait.

The place is what the planner gives from now on; the wait is what the running-late projection makes of it, with them in
the queue: where a practitioner is behind, the time on the plan is a promise that nobody keeps.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment, Facts
from frontdesk.domain.clinic import Practitioner
from frontdesk.domain.day import DaySheet
from frontdesk.domain.packing import DayPlaces, Slot
from frontdesk.domain.patient import Patient
from frontdesk.domain.phases import Service
from frontdesk.domain.projection import project
from frontdesk.domain.visit import Status

_NOBODY = -1
"""The id of a visit that is not written down yet."""


class Estimate(Struct, frozen=True):
    """A place for somebody who is here now, and when their turn is expected to come."""

    place: Slot
    expected: DateTime
    wait_minutes: int
    """Whole minutes from now until then, rounded up."""
    late_minutes: int
    """By how much that is later than the plan says."""

    @property
    def words(self) -> str:
        """`about 15 min`, `about 2 h 10`, `at once`."""
        hours, minutes = divmod(self.wait_minutes, 60)
        if self.wait_minutes < 2:
            return "at once"
        return f"about {hours} h {minutes:02}" if hours else f"about {minutes} min"


def estimates(
    sheet: DaySheet, now: DateTime, service: Service, practitioners: Sequence[Practitioner], patient: Patient
) -> tuple[Estimate, ...]:
    """For each practitioner the next place that fits today from now on; who is soonest to have time first.

    `sheet` must be today's. Nobody who has a place is asked to give way.
    """
    places = DayPlaces.of(sheet, now)
    found: list[tuple[DateTime, int, Estimate]] = []
    for order, one in enumerate(practitioners):
        fitting = places.places(service, one)
        if fitting:
            made = _estimate(sheet, now, service, fitting[0], patient)
            found.append((made.expected, order, made))
    return tuple(made for _, _, made in sorted(found, key=lambda each: each[:2]))


def _estimate(sheet: DaySheet, now: DateTime, service: Service, place: Slot, patient: Patient) -> Estimate:
    visit = Appointment(
        _NOBODY,
        1,
        patient,
        place.practitioner,
        service,
        place.room,
        Status.ARRIVED,
        place.starts,
        place.retention_minutes,
        facts=Facts(arrived_at=now),
    )
    expected = expected_at(sheet, visit, now)
    wait = -(-int((expected - now).total_seconds()) // 60)
    late = int((expected - place.starts).total_seconds()) // 60
    return Estimate(place, expected, max(0, wait), max(0, late))


def expected_at(sheet: DaySheet, visit: Appointment, now: DateTime) -> DateTime:
    """When the turn of somebody in the queue is expected to come; `sheet` must be today's."""
    return project(sheet.with_visit(visit), now).visits[visit.id].starts
