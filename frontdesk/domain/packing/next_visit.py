"""The next visit of a treatment plan: where it really fits around the day the plan gives, best first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.cadence import Cadence
from frontdesk.domain.clinic import Clinic, Practitioner
from frontdesk.domain.hours import local_day, local_instant, local_minute, weeks_later
from frontdesk.domain.packing.course import lay_out
from frontdesk.domain.packing.occupancy import Occupancy
from frontdesk.domain.packing.places import Slot
from frontdesk.domain.plan import PlanDetails, next_day

MOST_PLACES = 9
"""As many as there are digits to choose by."""
MOST_WEEKS = 4
"""How many weeks later a place is looked for where the whole week of the plan's day has none."""


class Wish(Struct, frozen=True):
    """When somebody would come next: the day and time, and with whom, whoever is asked first before the others."""

    starts: DateTime
    practitioners: tuple[Practitioner, ...]


def wish_after(clinic: Clinic, details: PlanDetails, visit_starts: DateTime, treated_by: Practitioner) -> Wish:
    """The plan's next day, at the time of the visit just over unless that is none of their times, with whom it says.

    Where it says anybody, whoever treated just now is asked first.
    """
    minute = local_minute(visit_starts, clinic.timezone)
    first, last = details.from_minute, details.until_minute
    if first is not None and last is not None and not first <= minute < last:
        minute = first
    day = next_day(details, local_day(visit_starts, clinic.timezone))
    named = details.practitioner
    if named is not None and not named.retired:
        people: Sequence[Practitioner] = (named,)
    else:
        people = sorted(clinic.active_practitioners, key=lambda one: one.id != treated_by.id)
    return Wish(local_instant(day, minute, clinic.timezone), tuple(people))


def places_around(
    clinic: Clinic,
    occupancy: Occupancy,
    details: PlanDetails,
    wish: Wish,
    *,
    after: DateTime,
    patient_id: int,
    not_before: DateTime,
) -> tuple[tuple[Slot, ...], tuple[str, ...]]:
    """The places to offer, the wished one first if it fits, and what is in its way; `occupancy` covers `MOST_WEEKS`.

    What is in the way of whoever is asked first is told where another one has that time, too.

    None of them is on the day of the visit before or nearer to it than to the day the plan gives. Those on the wished
    weekdays and times come first. Where a week has none, the same day of the next is looked at.
    """
    zone = clinic.timezone
    before, wished = local_day(after, zone), local_day(wish.starts, zone)
    earliest = before + timedelta(days=max(1, (wished - before).days // 2))
    why: tuple[str, ...] = ()
    for week in range(MOST_WEEKS + 1):
        date_with = partial(
            lay_out,
            clinic,
            occupancy,
            first=weeks_later(wish.starts, week, zone),
            cadence=Cadence.WEEKLY,
            count=1,
            service=details.service,
            rooms=clinic.open_rooms,
            patient_id=patient_id,
            not_before=not_before,
        )
        (found,) = date_with(practitioners=wish.practitioners)
        if not why and found.proposed is not None and found.proposed.practitioner.id != wish.practitioners[0].id:
            (alone,) = date_with(practitioners=wish.practitioners[:1])
            why = alone.why
        why = why or found.why
        places = [one for one in found.places if local_day(one.starts, zone) >= earliest]
        if places:
            at_once = {one.starts: one for one in reversed(places)}  # of those at one time the first named
            in_order = [one for one in places if at_once[one.starts] is one]
            in_order.sort(key=lambda one: _unwished(one, details, zone))
            return tuple(in_order[:MOST_PLACES]), why
    return (), why


def _unwished(place: Slot, details: PlanDetails, zone: str) -> int:
    """How many of their wishes a place does not meet."""
    minute = local_minute(place.starts, zone)
    first, last = details.from_minute, details.until_minute
    off_day = bool(details.weekdays) and local_day(place.starts, zone).weekday() not in details.weekdays
    off_time = first is not None and last is not None and not first <= minute < last
    return off_day + off_time
