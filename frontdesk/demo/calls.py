"""What came of the calls that the demo's receptionist has made so far: for tomorrow, and about coming again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from pendulum import DateTime

from frontdesk.demo.clinic import ZONE
from frontdesk.desk.context import clinic_of
from frontdesk.desk.open import Desk
from frontdesk.domain.hours import local_day
from frontdesk.domain.recall import ContactResult, RecallReason
from frontdesk.domain.reminder import Reached, Result
from frontdesk.domain.standing import Standing, State, standing
from frontdesk.store.recall_facts import facts_of

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable

_CAME_OF = (Result.MESSAGE, Result.NO_ANSWER, Result.MESSAGE)
_TRIED = ((9, 8, 6), (3,), (1,), (4, 2))
"""How many working days ago nobody answered, of one patient after another."""
_SATURDAY = 5
_WAITS, _STOPS = 1, 2
"""How many working days ago one asked to be called later, and one to be called no more."""
_MINUTES = 3
"""Between one call and the next."""
_LATER = timedelta(days=10)


class Call(Struct, frozen=True):
    """One call: when, whom, and what came of it."""

    at: DateTime
    patient_id: int
    result: ContactResult


def call_for_tomorrow(desk: Desk) -> None:
    """The first of those who have not confirmed were called: a message was left, or nobody answered."""
    now = desk.clock.now()
    left = [one for one in desk.reminders.look().rows if one.reached(now) is Reached.NOT]
    for one, result in zip(left, _CAME_OF, strict=False):
        desk.reminders.note(one.visit.id, result)


def calls_about_coming(connection: Askable, at: DateTime, expected: Collection[int]) -> list[Call]:
    """Some whose plan says come were called in the days before: tried in vain, asked to be called later, stopped.

    `expected` come today, which is not booked yet. First to last.
    """
    first = local_day(_working_days_before(at, max(max(days) for days in _TRIED)), ZONE)
    long = [
        one.patient_id
        for one in _listed(connection, at)
        if one.patient_id not in expected and one.about is RecallReason.PLAN and (one.since or first) < first
    ]
    calls = [(ago, key, ContactResult.NO_ANSWER) for key, days in zip(long[1::2], _TRIED, strict=False) for ago in days]
    calls += [(_WAITS, key, ContactResult.WAIT) for key in long[0:1]]
    calls += [(_STOPS, key, ContactResult.STOP) for key in long[2:3]]
    made = sorted(calls, reverse=True)
    return [
        Call(_working_days_before(at, ago).add(minutes=_MINUTES * number), key, result)
        for number, (ago, key, result) in enumerate(made)
    ]


def make_call(desk: Desk, call: Call) -> None:
    """Writes down what came of a call."""
    match call.result:
        case ContactResult.WAIT:
            desk.recalls.wait(call.patient_id, local_day(desk.clock.now(), ZONE) + _LATER, "on holiday")
        case ContactResult.STOP:
            desk.recalls.stop(call.patient_id, "moved away")
        case _:
            desk.recalls.no_answer(call.patient_id)


def _working_days_before(at: DateTime, count: int) -> DateTime:
    found = at
    while count:
        found = found.subtract(days=1)
        count -= found.in_timezone(ZONE).weekday() < _SATURDAY
    return found


def _listed(connection: Askable, at: DateTime) -> list[Standing]:
    clinic, today = clinic_of(connection), local_day(at, ZONE)
    found = [standing(fact, today, clinic.recalls) for fact in facts_of(connection, ZONE, at, clinic.recalls).values()]
    return sorted((one for one in found if one.state is State.LISTED), key=lambda one: one.urgency(today))
