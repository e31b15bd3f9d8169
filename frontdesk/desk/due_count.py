"""How many patients are to be called today, for the header: kept, and changed by what the log says was done since.

The same rule as the list's (`RecallList`), asked of everybody when the day begins, of nobody while nothing is written,
and of a patient or two after most writes: a list of thousands is not read because a note was saved.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING

from pendulum import DateTime

from frontdesk.desk.context import Context, clinic_of
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.hours import local_day
from frontdesk.domain.recall_rules import RecallRules
from frontdesk.domain.standing import RecallFacts, standing
from frontdesk.store import audit
from frontdesk.store.appointments import patients_of
from frontdesk.store.audit import Entry
from frontdesk.store.recall_facts import facts_of, lapsed
from frontdesk.store.rows import may_be_id

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable

EVERY_S = 300
"""Seconds after which everybody is asked again: a visit that nobody came to passes without a word in the log."""
MOST = 200
"""Entries of the log after which everybody is asked: an import writes thousands, and is one of them."""
_OF_NOBODY = frozenset({"block", "clock", "reminders", "sheet"})
"""What an entry may be about that no patient's recall depends on."""
_OF_MANY = frozenset({"patient.merge", "patient.part"})
"""The kinds of entries about a patient that change another one too."""


class DueCount:
    """Reads; safe to be asked by several threads."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._lock = Lock()
        self._due: set[int] = set()
        self._lapsed = array("q")
        """Whom there is no more to know of than that they were here long ago, by number, as of when all were asked: in
        a large clinic tens of thousands, of whom a set would take megabytes."""
        self._parted: set[int] = set()
        """Of these, who has been looked at since: whether they are due is in `_due`."""
        self._basis: tuple[date, str, RecallRules] | None = None
        self._seq = 0
        self._asked_at: DateTime | None = None

    def read(self, *, anew: bool = False) -> int:
        """How many are to be called now; with `anew` what was kept is not believed: the log may not say all."""
        with self._lock, self._context.store.glance() as connection:
            clinic, now = clinic_of(connection), self._context.clock.now()
            today, seq = local_day(now, clinic.timezone), audit.last_seq(connection)
            basis = (today, clinic.timezone, clinic.recalls)
            fresh = self._asked_at is not None and 0 <= (now - self._asked_at).total_seconds() < EVERY_S
            touched = None
            if fresh and not anew and basis == self._basis and self._seq <= seq <= self._seq + MOST:
                touched = _touched(connection, audit.since(connection, self._seq))
            if touched is None:
                # Nothing of it stands if this fails half-way.
                self._basis = None
                self._ask_of_all(connection, clinic, now, today)
                self._asked_at = now
            elif touched:
                facts = facts_of(connection, clinic.timezone, now, clinic.recalls, touched)
                self._due = (self._due - touched) | _due(facts.values(), today, clinic.recalls)
                self._parted |= {one for one in touched if _is_in(self._lapsed, one)}
            self._basis, self._seq = basis, seq
            return len(self._due) + len(self._lapsed) - len(self._parted)

    def _ask_of_all(self, connection: Askable, clinic: Clinic, now: DateTime, today: date) -> None:
        zone, rules = clinic.timezone, clinic.recalls
        facts = facts_of(connection, zone, now, rules, with_lapsed=False)
        self._due = _due(facts.values(), today, rules)
        self._lapsed = array("q", sorted(array("q", lapsed(connection, zone, now, rules, besides=facts))))
        self._parted = set()


def _is_in(numbers: array[int], number: int) -> bool:
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number


def _due(facts: Iterable[RecallFacts], today: date, rules: RecallRules) -> set[int]:
    return {one.patient_id for one in facts if standing(one, today, rules).is_due(today)}


def _touched(connection: Askable, entries: Collection[Entry]) -> set[int] | None:
    """Whose recall may be another since; None where it may be anybody's."""
    patients: set[int] = set()
    visits: set[int] = set()
    for entry in entries:
        about, _, number = entry.subject.partition(" ")
        if about in _OF_NOBODY:
            continue
        if about not in ("patient", "appointment") or entry.what in _OF_MANY:
            return None
        if not (number.isdecimal() and may_be_id(int(number))):
            return None
        (patients if about == "patient" else visits).add(int(number))
        for fields in (entry.before, entry.after):
            # A visit may have been somebody else's before.
            if fields and isinstance(whose := fields.get("patient_id"), int):
                patients.add(whose)
    return patients | patients_of(connection, visits)
