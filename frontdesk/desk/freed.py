"""Places that became free: of visits that were called off, did not happen or ended early, were moved or shortened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.hours import Span
from frontdesk.domain.visit import ENDED
from frontdesk.domain.waiting import DAYS_AHEAD, FREED_BY, Freed
from frontdesk.store import appointments, audit
from frontdesk.store.subjects import subject_of

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable

_GIVES_UP = {
    "visit.move": "moved away",
    "visit.retention": "shortened",
    "visit.replan-retention": "shortened",
    "visit.extend": "shortened",
}
"""The steps that may leave some of a visit's time to others, with the words for it."""
_LOOKED_AT = 5_000
"""Entries of the log, from the newest back, among which moves are looked for: some days' worth."""
_BACK_DAYS = 7
"""How long ago a visit may have been moved from a place that is still free."""


def freed_places(connection: Askable, now: DateTime) -> tuple[Freed, ...]:
    """Every place of the coming days that became free and has not passed; by when it begins.

    One that was given away and became free once more is one place, since when it did so last.
    """
    ahead = Span(now, now.add(days=DAYS_AHEAD))
    found = {one.key: one for one in _moved(connection, now)}
    for visit in appointments.between(connection, ahead, tuple(FREED_BY)):
        one = _ended(visit, now)
        if one is not None:
            found[one.key] = one
    latest = {(one.visit.starts, one.visit.practitioner.id): one for one in sorted(found.values(), key=_since)}
    return tuple(sorted(latest.values(), key=lambda one: (one.visit.starts, one.visit.id)))


def freed_by(connection: Askable, appointment_id: int, now: DateTime) -> Freed | None:
    """The place that the last step of a visit left to others; None where it left none, or it has passed."""
    visit = appointments.get(connection, appointment_id)
    if visit.status in FREED_BY:
        return _ended(visit, now)
    return next((one for one in _given_up(connection, visit, now, only_last=True)), None)


def _since(freed: Freed) -> tuple[DateTime, int]:
    return freed.at, freed.visit.id


def _ended(visit: Appointment, now: DateTime) -> Freed | None:
    why = FREED_BY.get(visit.status)
    if why is None or visit.room_span.ends <= now:
        return None
    return Freed(visit, visit.facts.ended_at or visit.starts, why)


def _moved(connection: Askable, now: DateTime) -> Iterator[Freed]:
    since = now.subtract(days=_BACK_DAYS)
    entries = audit.of_kinds(connection, tuple(_GIVES_UP), since=since, within=_LOOKED_AT)
    for subject in dict.fromkeys(entry.subject for entry in entries):
        visit = appointments.get(connection, int(subject.rpartition(" ")[2]))
        if visit.status not in ENDED:
            yield from _given_up(connection, visit, now)


def _given_up(connection: Askable, visit: Appointment, now: DateTime, *, only_last: bool = False) -> Iterator[Freed]:
    """Where a visit was before each of its moves, the latest first, as far as that has not passed."""
    row: Mapping[str, Any] = appointments.row_of(connection, visit.id)
    for entry in audit.of_subject(connection, subject_of(visit.id)):
        if not entry.what.startswith("visit."):
            continue
        before = {key: value for key, value in (entry.before or {}).items() if key in row}
        earlier = {**row, **before}
        if entry.what in _GIVES_UP and _leaves_time(earlier, row):
            was = appointments.as_row_says(connection, earlier)
            if was.room_span.ends > now:
                yield Freed(was, entry.at, _GIVES_UP[entry.what])
        if only_last:
            return
        row = earlier


def _leaves_time(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    moved = any(before[name] != after[name] for name in ("starts", "practitioner_id", "room_id"))
    return bool(moved or before["retention_minutes"] > after["retention_minutes"])
