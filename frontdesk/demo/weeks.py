"""The demo's past weeks and the coming ones: regulars on their weekday, every week or every other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from random import Random

from pendulum import DateTime

from frontdesk.demo.breaks import Break
from frontdesk.demo.clinic import AFTERNOON, HADDAD, INITIAL, LIN, MORNING, OKAFOR, ROOMS_OF, SERVICES, ZONE
from frontdesk.demo.grid import Grid, Place, room_minutes
from frontdesk.demo.today import wishes
from frontdesk.domain.appointment import Appointment, Facts
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.hours import local_instant
from frontdesk.domain.patient import Patient
from frontdesk.domain.phases import Service
from frontdesk.domain.retention import KEPT_DAYS, Retention
from frontdesk.domain.visit import Canceller, Status

PAST_DAYS = 42
COMING_DAYS = 28
_REGULARS = 640
"""Patients who come by a plan; the rest of a large file are only on file."""
_BOOKED = (0.92, 0.8, 0.6, 0.45)
"""How full each coming week is."""
_PAST = {Status.CHECKED_OUT: 86, Status.NO_SHOW: 6, Status.CANCELLED: 6, Status.LEFT: 2}
"""How often a past visit ended how, of a hundred."""


class Regulars:
    """Who comes when: each place of each weekday belongs to one patient, or to two in turn."""

    def __init__(self, rng: Random, count: int, without: Collection[int] = ()) -> None:
        drawn = rng.sample(range(count), min(count, _REGULARS))
        self._order = [patient for patient in drawn if patient not in without]
        self._new = iter(range(count - 1, min(count, _REGULARS) - 1, -1))
        self._places = {weekday: _places(Random(rng.random())) for weekday in range(7)}

    def on(self, day: date) -> Iterator[tuple[Place, int]]:
        """The places of a day with the numbers of their patients; nobody twice."""
        seen: set[int] = set()
        week = day.toordinal() // 7
        for number, place in enumerate(self._places[day.weekday()]):
            if place.service == INITIAL:
                patient = next(self._new, None)
            else:
                slot = 2 * (day.weekday() * 70 + number)
                patient = self._order[(slot + (week % 2 if number % 3 else 0)) % len(self._order)]
            if patient is not None and patient not in seen:
                seen.add(patient)
                yield place, patient

    def today(self, day: date, but: Sequence[int]) -> Iterator[int]:
        """Whom to expect today: the weekday's own, then others; not those who have their part already."""
        seen = set(but)
        for patient in (*(patient for _, patient in self.on(day)), *self._order):
            if patient not in seen:
                seen.add(patient)
                yield patient


def weeks_around(
    rng: Random,
    regulars: Regulars,
    people: Sequence[Patient],
    clinic: Clinic,
    *,
    today: date,
    opening: int,
    breaks: Sequence[Break],
) -> list[Appointment]:
    """The visits of all open days around today, today left out; the ids in them are 0."""
    visits: list[Appointment] = []
    for ahead in (*range(-PAST_DAYS, 0), *range(1, COMING_DAYS + 1)):
        day = today + timedelta(days=ahead)
        if not clinic.opens_on(day):
            continue
        working = {number for number, one in enumerate(clinic.practitioners) if clinic.hours_of(one, day)}
        for place, patient in regulars.on(day):
            end = place.start + room_minutes(SERVICES[place.service])
            if place.practitioner not in working or opening + end > 1440:
                continue
            if any(_in_the_way(one, day, place, end) for one in breaks):
                continue
            if ahead > 0 and rng.random() > _BOOKED[min((ahead - 1) // 7, 3)]:
                continue
            starts = local_instant(day, opening + place.start, ZONE)
            visits.append(_visit(rng, people[patient], clinic, place, starts, ahead))
    return visits


def _places(rng: Random) -> list[Place]:
    grid = Grid(SERVICES)
    return [
        place
        for practitioner in (LIN, OKAFOR, HADDAD)
        for window in (MORNING, AFTERNOON)
        for place in grid.fill(practitioner, window, ROOMS_OF[practitioner], wishes(rng, practitioner, 0.4))
    ]


def _in_the_way(one: Break, day: date, place: Place, end: int) -> bool:
    concerns = one.practitioner == place.practitioner or (one.room is not None and one.room == place.room)
    return one.day == day and concerns and place.start < one.stretch[1] and one.stretch[0] < end


def _visit(rng: Random, patient: Patient, clinic: Clinic, place: Place, starts: DateTime, ahead: int) -> Appointment:
    service = clinic.services[place.service]
    if ahead > 0:
        status = Status.CANCELLED if rng.random() < 0.03 else Status.BOOKED
        if status is Status.BOOKED and ahead <= 3 and rng.random() < 0.6:
            status = Status.CONFIRMED
    else:
        status = rng.choices(list(_PAST), list(_PAST.values()))[0]
    facts, retentions = _history(rng, service, starts, status, ahead)
    return Appointment(
        id=0,
        version=1,
        patient=patient,
        practitioner=clinic.practitioners[place.practitioner],
        service=service,
        room=clinic.rooms[place.room],
        status=status,
        starts=starts,
        retention_minutes=service.planned_retention,
        facts=facts,
        retentions=retentions,
        cancelled_by=(Canceller.PATIENT if facts.reason else Canceller.CLINIC) if status is Status.CANCELLED else "",
    )


def _history(
    rng: Random, service: Service, starts: DateTime, status: Status, ahead: int
) -> tuple[Facts, tuple[Retention, ...]]:
    """What must have happened for a visit to stand where it stands."""
    day_before = starts.subtract(minutes=rng.randint(1100, 1500))
    if status is Status.BOOKED:
        return Facts(), ()
    if status is Status.CONFIRMED:
        return Facts(confirmed_at=starts.subtract(days=ahead + 1, minutes=5)), ()
    if status is Status.CANCELLED:
        reason = rng.choice(("ill", "at work", "away", ""))
        # Who is ill wakes up so: the place is free too late for anybody else.
        late = reason == "ill" and ahead <= 0
        ended = starts.subtract(hours=2) if late else starts.subtract(days=max(ahead, 0) + 1)
        return Facts(ended_at=ended, reason=reason), ()
    if status is Status.NO_SHOW:
        return Facts(confirmed_at=day_before, ended_at=starts.add(minutes=20)), ()
    arrived = starts.subtract(seconds=rng.randint(30, 540))
    if status is Status.LEFT:
        return Facts(arrived_at=arrived, ended_at=starts.add(minutes=15), reason="could not wait"), ()
    began = starts.add(seconds=rng.randint(30, 120))
    in_at = starts.add(minutes=service.consultation + service.insertion, seconds=rng.randint(-60, 60))
    out_at = in_at.add(minutes=service.planned_retention, seconds=rng.randint(-90, 45))
    facts = Facts(
        confirmed_at=day_before if rng.random() < 0.6 else None,
        arrived_at=arrived,
        roomed_at=starts.add(seconds=rng.randint(0, 25)),
        began_at=began,
        ended_at=out_at.add(minutes=service.removal, seconds=rng.randint(0, 40)),
    )
    return facts, (_retention(rng, service, in_at, out_at, ahead),)


def _retention(rng: Random, service: Service, in_at: DateTime, out_at: DateTime, ahead: int) -> Retention:
    count = rng.randint(5, 16)
    kept = 2 if rng.random() < 0.02 else 0
    missing = 1 if rng.random() < 0.004 else 0
    removal = out_at.add(days=KEPT_DAYS)
    return Retention(
        id=0,
        in_at=in_at,
        count_in=count,
        planned_minutes=service.planned_retention,
        earliest_minutes=service.retention_earliest,
        latest_minutes=service.retention_latest,
        out_at=out_at,
        count_out=count - kept - missing,
        kept=kept,
        told=bool(kept),
        remove_on=removal.date() if kept else None,
        kept_out_at=removal if kept and ahead < -KEPT_DAYS else None,
        missing=missing,
        missing_reason="not found under the table nor in the sheets" if missing else "",
        missing_by="Ana" if missing else "",
    )
