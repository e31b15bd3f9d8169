"""Who ought to be called about coming again, the most urgent first, and what a booking for them begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from pendulum import DateTime

from frontdesk.desk.context import Context, clinic_of
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.hours import local_day, local_instant, local_minute
from frontdesk.domain.patient import Patient
from frontdesk.domain.recall import RecallReason
from frontdesk.domain.reminder import Contact as Reach
from frontdesk.domain.standing import Standing, State, standing
from frontdesk.domain.visit import ENDED_UNSEEN
from frontdesk.store import appointments, patients, reminders
from frontdesk.store.recall_facts import facts_of, lapsed

if TYPE_CHECKING:
    pass

MOST_SHOWN = 500
"""Rows of the list; nobody calls more in a day, and the counts say how many there are."""
_USUAL_MINUTE = 10 * 60
"""When somebody is offered who was never here."""
_LOOKED_AT = 20
"""Of a patient's visits, for the one they had last."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """One row of the list: who, why, and how they want to be reached."""

    patient: Patient
    standing: Standing
    reach: Reach


@dataclass(frozen=True, slots=True)
class RecallSheet:
    """The list as of one day."""

    today: date
    clinic: Clinic
    rows: tuple[Recalled, ...]
    """Those to be called now, then those whose day has not come; at most `MOST_SHOWN`."""
    due: int
    later: int

    def next_after(self, patient_id: int | None) -> int | None:
        """The patient to go to next: the first to be called now after one, else the first of all."""
        ids = [one.patient.id for one in self.rows]
        begin = ids.index(patient_id) + 1 if patient_id in ids else 0
        turned = (*self.rows[begin:], *self.rows[:begin])
        return next(
            (one.patient.id for one in turned if one.standing.is_due(self.today) and one.patient.id != patient_id), None
        )


@dataclass(frozen=True, slots=True)
class RecallWish:
    """What a booking begins with: what the plan says, or what they had last. `practitioner` None is anybody."""

    patient: Patient
    service: str
    practitioner: str | None
    starts: DateTime
    after: int | None = None
    """The visit after which the plan has a next one; None where no plan wants any, nothing was yet, or needles are in
    that wait for no plan."""


class RecallList:
    """Reads; what comes of a call is written down by `Recalls`."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def look(self, limit: int = MOST_SHOWN) -> RecallSheet:
        """Whom to call, the most urgent first."""
        with self._context.store.glance() as connection:
            clinic, now = clinic_of(connection), self._context.clock.now()
            today, zone, rules = local_day(now, clinic.timezone), clinic.timezone, clinic.recalls
            facts = facts_of(connection, zone, now, rules, with_lapsed=False)
            others = lapsed(connection, zone, now, rules, besides=facts)
            # Of those who lapsed only as many are looked at as can be shown: all of them are due, and they come last.
            looked, unlooked = tuple(islice(others, limit)), sum(1 for _ in others)
            facts |= facts_of(connection, zone, now, rules, looked)
            listed = [one for fact in facts.values() if (one := standing(fact, today, rules)).state is State.LISTED]
            listed.sort(key=lambda one: one.urgency(today))
            shown = listed[:limit]
            people = patients.by_ids(connection, [one.patient_id for one in shown])
            reach = reminders.contacts(connection, list(people))
            due = sum(one.is_due(today) for one in listed) + unlooked
            rows = (
                Recalled(people[one.patient_id], one, reach.get(one.patient_id, Reach()))
                for one in shown
                if one.patient_id in people
            )
            return RecallSheet(today, clinic, tuple(rows), due, len(listed) + unlooked - due)

    def wish(self, patient_id: int) -> RecallWish:
        """What a booking for somebody begins with: the plan's next day, at the time they came last."""
        with self._context.store.glance() as connection:
            clinic, now = clinic_of(connection), self._context.clock.now()
            today = local_day(now, clinic.timezone)
            facts = facts_of(connection, clinic.timezone, now, clinic.recalls, (patient_id,))[patient_id]
            patient = patients.get(connection, patient_id)
            last = next(
                (
                    one
                    for one in appointments.of_patient(connection, patient_id, limit=_LOOKED_AT)
                    if one.status not in ENDED_UNSEEN
                ),
                None,
            )
            far = facts.progress
            details = far.plan.details if far is not None else None
            service = details.service if details is not None else last.service if last is not None else None
            person = details.practitioner if details is not None else last.practitioner if last is not None else None
            stands = standing(facts, today, clinic.recalls)
            tomorrow = today + timedelta(days=1)
            day = max(tomorrow, far.expected_on) if far is not None else tomorrow
            minute = _minute(clinic, last)
            if details is not None and details.from_minute is not None:
                minute = details.from_minute
            starts = local_instant(day, minute, clinic.timezone)
            needles = stands.state is State.LISTED and stands.about is RecallReason.NEEDLES
            if needles:
                # Needles that are to come out wait for no plan: today, as soon as somebody can be here.
                starts = max(local_instant(today, minute, clinic.timezone), _next_slot(clinic, now))
            return RecallWish(
                patient,
                service.name if service is not None and not service.retired else clinic.active_services[0].name,
                person.name if person is not None and not person.retired else None,
                starts,
                last.id if last is not None and far is not None and far.wants_booking(today) and not needles else None,
            )


def _next_slot(clinic: Clinic, now: DateTime) -> DateTime:
    """The first of the clinic's slots that has not begun."""
    slot = -(-(local_minute(now, clinic.timezone) + 1) // clinic.slot_minutes) * clinic.slot_minutes
    return local_instant(local_day(now, clinic.timezone), min(slot, 1439), clinic.timezone)


def _minute(clinic: Clinic, last: Appointment | None) -> int:
    return _USUAL_MINUTE if last is None else local_minute(last.starts, clinic.timezone)
