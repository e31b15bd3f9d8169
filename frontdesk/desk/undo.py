"""Takes back the last step of a visit, and says what it took back. A needle count is never taken back."""

from __future__ import annotations

from typing import Any

from frontdesk.desk.claims import fit_again, hold, occupancy_over, release
from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.outcome import Outcome
from frontdesk.desk.steps import save, subject_of
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.domain.packing import NoFit
from frontdesk.domain.visit import ENDED_UNSEEN, Status
from frontdesk.store import appointments, audit
from frontdesk.store.audit import Entry
from frontdesk.store.engine import Connection, Writing

_WORDS = {
    "visit.book": "the booking",
    "visit.confirm": "the confirmation",
    "visit.arrive": "the arrival",
    "visit.room": "the rooming",
    "visit.begin": "the practitioner going in",
    "visit.ready": "the room being ready",
    "visit.checkout": "the check-out",
    "visit.cancel": "the cancelling",
    "visit.no-show": "the no-show",
    "visit.left": "the leaving",
    "visit.error": "the entered-in-error mark",
    "visit.move": "the move",
    "visit.extend": "the change of the retention",
    "visit.silence": "the silencing",
    "visit.check": "the check",
    "visit.replan-room": "the change of room",
}
_COUNTS = frozenset({"needles.in", "needles.out", "needles.count", "needles.recount"})
_PASSED_OVER = frozenset({"visit.needles-in", "visit.needles-out"})
_RETENTION = frozenset({"visit.extend", "visit.silence", "visit.check"})


class Undo:
    """Takes steps back, each once, newest first; the undo itself is in the log."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def last(self, appointment_id: int) -> Outcome:
        """Undoes the last step of a visit; raises `Refused` where that is a count or nothing is left to undo."""
        with self._context.writing() as writing:
            visit = appointments.get(writing.connection, appointment_id)
            entry = self._last_entry(writing.connection, visit)
            words = f"{visit.patient.name}: undid {_WORDS[entry.what]}"
            if entry.what in _RETENTION:
                return Outcome(self._undo_retention(writing, visit, entry), words)
            if entry.what == "visit.book":
                values: dict[str, Any] = {"status": Status.ENTERED_IN_ERROR.value, "ended_at": writing.at}
                done = save(writing, visit, "visit.undo", values, undoes=entry.seq)
                release(writing.connection, visit.id)
                return Outcome(done, words)
            return self._undo_step(writing, visit, entry, words)

    def _last_entry(self, connection: Connection, visit: Appointment) -> Entry:
        entries = audit.of_subject(connection, subject_of(visit.id))
        undone = audit.undone(connection, [entry.seq for entry in entries])
        for entry in entries:
            if entry.seq in undone or entry.undoes is not None or entry.what in _PASSED_OVER:
                continue
            if entry.what in _COUNTS:
                raise Refused(
                    f"a needle count is never undone; correct the count of {visit.patient.name} instead"
                    if visit.needles_are_in
                    else f"a needle count is never undone; if needles are in {visit.patient.name}, put them in again"
                )
            if entry.what in _WORDS:
                return entry
        raise Refused(f"nothing is left to undo for {visit.patient.name}")

    def _undo_retention(self, writing: Writing, visit: Appointment, entry: Entry) -> Appointment:
        before = dict(entry.before or {})
        retention_id = before.pop("retention_id")
        retention = visit.retention
        if retention is None or retention.id != retention_id or not retention.is_in:
            raise Refused(f"the needles of {visit.patient.name} are out: the retention can't be changed any more")
        row = appointments.retention_row(writing.connection, retention_id)
        appointments.restore_retention(writing.connection, retention_id, before)
        writing.log(
            "visit.undo",
            subject_of(visit.id),
            before={"retention_id": retention_id, **{key: row[key] for key in before}},
            after={"retention_id": retention_id, **before},
            undoes=entry.seq,
        )
        return appointments.get(writing.connection, visit.id)

    def _undo_step(self, writing: Writing, visit: Appointment, entry: Entry, words: str) -> Outcome:
        connection = writing.connection
        clinic = clinic_of(connection)
        before = dict(entry.before or {})
        old = appointments.row_of(connection, visit.id)
        release(connection, visit.id)
        appointments.restore_row(connection, visit.id, visit.version, before)
        done = appointments.get(connection, visit.id)
        writing.log(
            "visit.undo",
            subject_of(visit.id),
            before={key: old.get(key) for key in before},
            after=before,
            undoes=entry.seq,
        )
        if done.status in ENDED_UNSEEN:
            return Outcome(done, words)
        if done.holds_room and done.room is not None:
            occupancy = occupancy_over(connection, done.room_span, writing.at)
            taken = occupancy.room_is_taken(done.room.id, done.room_span, ignore_appointment=done.id)
            hold(connection, done, room=not taken)
            return Outcome(done, words)
        fit = fit_again(connection, clinic, done, writing.at)
        if isinstance(fit, NoFit) or (fit.squeezed and not done.squeezed):
            taken_since = fit.words if isinstance(fit, NoFit) else f"{done.practitioner.name} is booked then"
            raise Refused(f"can't undo {_WORDS[entry.what]} of {visit.patient.name}: {taken_since}")
        if done.room is None or fit.room.id != done.room.id:
            appointments.update(connection, done.id, done.version, {"room_id": fit.room.id})
            done = appointments.get(connection, done.id)
        hold(connection, done)
        also = () if done.room is None or old["room_id"] == done.room.id else (f"now in {done.room.name}",)
        return Outcome(done, words, also)
