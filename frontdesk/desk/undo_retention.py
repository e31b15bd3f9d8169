"""Taking back what changes no count: how long needles stay in, what is timed beside them, what was hushed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from frontdesk.desk.context import clinic_of
from frontdesk.desk.lengthening import fits_as_long
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.domain.retention import Alarm
from frontdesk.store import appointment_writes, appointments, timer_writes
from frontdesk.store.audit import Entry
from frontdesk.store.engine import Writing
from frontdesk.store.subjects import subject_of

RETENTION = frozenset({"visit.extend", "visit.silence", "visit.check"})
"""Entries about the facts of a retention."""
TIMERS = frozenset({"timer.start", "timer.stop", "timer.silence"})
"""Entries about what is timed beside it."""


def undo_retention(writing: Writing, visit: Appointment, entry: Entry) -> tuple[Appointment, tuple[str, ...]]:
    """Puts the facts back that an entry changed; raises `Refused` once the needles are out.

    Time that was given up is planned again where nobody has it since; what else is to be said comes with the visit.
    """
    before = dict(entry.before or {})
    retention_id = before.pop("retention_id")
    retention = visit.retention
    if retention is None or retention.id != retention_id or not retention.is_in:
        raise Refused(f"the needles of {visit.patient.name} are out: the retention can't be changed any more")
    after = entry.after or {}
    planned, also = _planned_again(writing, visit, before.pop("retention_minutes", None))
    row = appointment_writes.retention_row(writing.connection, retention_id) | {
        "retention_minutes": visit.retention_minutes
    }
    appointment_writes.restore_retention(writing.connection, retention_id, before)
    before |= planned
    if "timer_id" in after:
        timer_writes.run_again(writing.connection, after["timer_id"])
    _unhush(writing, visit, after.get("timer_ids", ()))
    told = {"retention_id": retention_id, **{key: row[key] for key in before}}
    return _logged(writing, visit, entry, told, {"retention_id": retention_id, **before}, planned), also


def _planned_again(writing: Writing, visit: Appointment, minutes: int | None) -> tuple[dict[str, int], tuple[str, ...]]:
    if minutes is None:
        return {}, ()
    connection = writing.connection
    if fits_as_long(connection, clinic_of(connection), visit, minutes, writing.at):
        return {"retention_minutes": minutes}, ()
    return {}, ("the time that it gave up is somebody else's now",)


def undo_timer(writing: Writing, visit: Appointment, entry: Entry) -> Appointment:
    """Ends what was started, lets run again what was ended, lets sound what was hushed."""
    before, after = entry.before or {}, entry.after or {}
    told = {key: value for key, value in after.items() if key in ("timer_id", "timer_ids", "kind")}
    _logged(writing, visit, entry, told, told)
    if entry.what == "timer.start":
        _end(writing, visit, after["timer_id"])
        if "timer_id" in before:
            timer_writes.run_again(writing.connection, before["timer_id"])
    elif entry.what == "timer.stop":
        if not visit.holds_room:
            raise Refused(f"{visit.patient.name} is in no room any more: nothing can be timed for them")
        timer_writes.run_again(writing.connection, after["timer_id"])
    else:
        _unhush(writing, visit, after["timer_ids"])
    return appointments.get(writing.connection, visit.id)


def _end(writing: Writing, visit: Appointment, timer_id: int) -> None:
    for timer in visit.timers:
        if timer.id == timer_id:
            timer_writes.end(writing.connection, timer, at=writing.at, who=writing.who)


def _unhush(writing: Writing, visit: Appointment, timer_ids: Iterable[int]) -> None:
    running = {timer.id for timer in visit.timers}
    for timer_id in running.intersection(timer_ids):
        timer_writes.update(writing.connection, timer_id, {"silenced_level": Alarm.NONE, "silenced_until": None})


def _logged(
    writing: Writing,
    visit: Appointment,
    entry: Entry,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    row: Mapping[str, Any] | None = None,
) -> Appointment:
    appointment_writes.update(writing.connection, visit.id, visit.version, row or {})
    writing.log(
        "visit.undo",
        subject_of(visit.id),
        before=before,
        after={**after, "version": visit.version + 1},
        undoes=entry.seq,
    )
    return appointments.get(writing.connection, visit.id)
