"""Who ought to be called about coming again, the most urgent first, and what a booking for them begins with."""

from __future__ import annotations

from datetime import date
from itertools import islice

from msgspec import Struct

from frontdesk.desk.context import Context, clinic_of
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.hours import local_day
from frontdesk.domain.patient import Patient
from frontdesk.domain.recall_wish import RecallWish, recall_wish
from frontdesk.domain.reminder import Contact as Reach
from frontdesk.domain.standing import Standing, State, standing
from frontdesk.domain.visit import ENDED_UNSEEN
from frontdesk.store import appointments, patients, reminders
from frontdesk.store.recall_facts import facts_of, lapsed

MOST_SHOWN = 500
"""Rows of the list; nobody calls more in a day, and the counts say how many there are."""
_LOOKED_AT = 20
"""Of a patient's visits, for the one they had last."""


class Recalled(Struct, frozen=True):
    """One row of the list: who, why, and how they want to be reached."""

    patient: Patient
    standing: Standing
    reach: Reach


class RecallSheet(Struct, frozen=True):
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
        """What a booking for somebody begins with; raises `Refused` where nothing can be booked."""
        with self._context.store.glance() as connection:
            clinic, now = clinic_of(connection), self._context.clock.now()
            facts = facts_of(connection, clinic.timezone, now, clinic.recalls, (patient_id,))
            visits = appointments.of_patient(connection, patient_id, limit=_LOOKED_AT)
            last = next((one for one in visits if one.status not in ENDED_UNSEEN), None)
            return recall_wish(patients.get(connection, patient_id), facts[patient_id], last, clinic, now)
