"""What to offer somebody who asks when they can come: the places a service fits, today and on the next days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from frontdesk.desk.booking import Answer, Booking, Request
from frontdesk.desk.claims import taken_over
from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.names import pick_practitioner, pick_rooms, pick_service
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.hours import Span, local_day, local_instant
from frontdesk.domain.packing import Slot, best_places
from frontdesk.domain.packing.offers import spread
from frontdesk.store import appointments

MOST_OFFERS = 9
"""As many as there are digits to choose by."""
A_DAY = 3
"""Offers of one day: early, in the middle, late."""
DAYS = 21
"""How far ahead offers are looked for, in days."""
ALL = 10_000
"""More places than a day has starts."""


class Wanted(Struct, frozen=True):
    """What is asked for. `practitioner` None is anybody, `room` None any; `moving` is an appointment that would move.

    Offers begin with `first_day`, or with today where that has passed.
    """

    service: str
    practitioner: str | None
    first_day: date
    patient_id: int | None = None
    room: str | None = None
    moving: int | None = None


class Offers(Struct, frozen=True):
    """Places to offer, day by day, the best of each day first; and every start of the first day that would do."""

    places: tuple[Slot, ...] = ()
    first_day: tuple[Slot, ...] = ()


def _is_there(place: Slot, visit: Appointment) -> bool:
    """Whether a visit begins there as it is: nobody moves it to its own time."""
    return place.starts == visit.starts and place.practitioner.id == visit.practitioner.id


class Offering:
    """Finds places; changes nothing."""

    def __init__(self, context: Context, booking: Booking) -> None:
        self._context, self._booking = context, booking

    def places(self, wanted: Wanted) -> Offers:
        """At most `MOST_OFFERS` places of the next `DAYS` days, at most `A_DAY` of each; names raise as in booking."""
        with self._context.store.glance() as connection:
            clinic = clinic_of(connection)
            now = self._context.clock.now()
            service = pick_service(clinic, wanted.service)
            moving = None if wanted.moving is None else appointments.get(connection, wanted.moving)
            if moving is not None:
                service = moving.service
            people = clinic.active_practitioners
            if wanted.practitioner is not None:
                people = (pick_practitioner(clinic, wanted.practitioner),)
            rooms = pick_rooms(clinic, wanted.room)
            first = max(wanted.first_day, local_day(now, clinic.timezone))
            begins = local_instant(first, 0, clinic.timezone)
            taken = taken_over(connection, clinic, Span(begins, begins.add(days=DAYS + 1)), now, wanted.patient_id)
        chosen: list[Slot] = []
        of_first_day: tuple[Slot, ...] = ()
        for later in range(DAYS):
            ranked = best_places(
                clinic,
                taken,
                service=service,
                practitioners=people,
                rooms=rooms,
                day=first + timedelta(days=later),
                not_before=now,
                limit=ALL,
                patient_id=wanted.patient_id,
                ignore_appointment=wanted.moving,
            )
            if later == 0:
                of_first_day = tuple(sorted(ranked, key=lambda slot: slot.starts))
            # Its own place is told apart from before it is left out: five minutes later is the same answer.
            apart = spread(ranked, A_DAY if moving is None else A_DAY + 1)
            elsewhere = [one for one in apart if moving is None or not _is_there(one, moving)]
            chosen += elsewhere[: min(A_DAY, MOST_OFFERS - len(chosen))]
            if len(chosen) >= MOST_OFFERS:
                break
        return Offers(tuple(chosen), of_first_day)

    def first_that_fits(self, requests: Sequence[Request]) -> tuple[Request, Answer]:
        """The first of several wishes that fits, and its place; else the first one, and why not."""
        answers = [(requests[0], self._booking.check(requests[0]))]
        for request in requests[1:]:
            if answers[-1][1].fit is not None:
                return answers[-1]
            answers.append((request, self._booking.check(request)))
        return answers[-1] if answers[-1][1].fit is not None else answers[0]
