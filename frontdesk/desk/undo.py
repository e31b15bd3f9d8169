"""Takes back the last step of a visit, and says what it took back. A needle count is never taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from frontdesk.desk.claims import another_room, fit_again, occupancy_over, own_room_first, practitioner_is_taken
from frontdesk.desk.coming import put_away_again
from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.entry_words import BOOKINGS, SILENT, TAKEN_BACK
from frontdesk.desk.meanwhile import unchanged
from frontdesk.desk.outcome import Outcome
from frontdesk.desk.packages import give_back
from frontdesk.desk.recalls import forget
from frontdesk.desk.rooming import Cleared, clear_room, holders_besides, replan_rooms, taken_by
from frontdesk.desk.steps import logged, save
from frontdesk.desk.undo_retention import RETENTION, TIMERS, undo_retention, undo_timer
from frontdesk.desk.undo_series import group_of, undo_group
from frontdesk.desk.waiting_entries import back_on_the_list
from frontdesk.desk.words import on_day
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import local_day
from frontdesk.domain.packing import NoFit
from frontdesk.domain.visit import ENDED, IN_ROOM, WAITING, Status
from frontdesk.store import appointment_writes, appointments, audit, recalls
from frontdesk.store.audit import Entry
from frontdesk.store.engine import Writing
from frontdesk.store.subjects import subject_of

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable

_COUNTS = frozenset({"needles.in", "needles.out", "needles.count", "needles.recount"})


class Undo:
    """Takes steps back, each once, newest first; the undo itself is in the log."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def last(self, appointment_id: int, *, version: int | None = None, contact_id: int | None = None) -> Outcome:
        """Undoes the last step of a visit; raises `Refused` where that is a count or nothing is left to undo.

        With `contact_id` that of the call which ended with it too, unless somebody took it back before: both or none.

        With `version` given, raises `Stale` when someone took another step since: nobody undoes what they did not see.
        """
        with self._context.writing() as writing:
            _, visit = unchanged(writing, appointment_id, version)
            entry = self._last_entry(writing.connection, visit)
            group = group_of(writing.connection, visit, entry)
            if group is not None:
                done = undo_group(writing, visit, group, self._last_entry, self._take_back)
            else:
                done = self._take_back(writing, visit, entry)
            contact = recalls.get(writing.connection, contact_id) if contact_id is not None else None
            if contact is not None:
                forget(writing, contact)
            return done

    def _take_back(self, writing: Writing, visit: Appointment, entry: Entry) -> Outcome:
        done = self._step_back(writing, visit, entry)
        waited = (entry.after or {}).get("waiting")
        again = back_on_the_list(writing, waited) if waited is not None else ""
        return replace(done, also=(*done.also, again)) if again else done

    def _step_back(self, writing: Writing, visit: Appointment, entry: Entry) -> Outcome:
        words = f"{visit.patient.name}: undid {TAKEN_BACK[entry.what]}"
        if entry.what in RETENTION:
            done, also = undo_retention(writing, visit, entry)
            return Outcome(done, words, also)
        if entry.what in TIMERS:
            return Outcome(undo_timer(writing, visit, entry), words)
        if entry.what in BOOKINGS:
            values: dict[str, Any] = {"status": Status.ENTERED_IN_ERROR.value, "ended_at": writing.at}
            undone = save(writing, visit, "visit.undo", values, undoes=entry.seq)
            return Outcome(undone, words, put_away_again(writing, visit.patient.id, entry))
        if entry.what == "visit.hand-over":
            back = {"holder_id": (entry.before or {}).get("holder_id")}
            return Outcome(save(writing, visit, "visit.undo", back, undoes=entry.seq), words)
        return self._undo_step(writing, visit, entry, words)

    def _last_entry(self, connection: Askable, visit: Appointment) -> Entry:
        entries = audit.of_subject(connection, subject_of(visit.id))
        undone = audit.undone(connection, [entry.seq for entry in entries])
        for entry in entries:
            if entry.seq in undone or entry.undoes is not None or entry.what in SILENT:
                continue
            if entry.what in _COUNTS:
                raise Refused(
                    f"a needle count is never undone; correct the count of {visit.patient.name} instead"
                    if visit.needles_are_in
                    else f"a needle count is never undone; if needles are in {visit.patient.name}, put them in again"
                )
            if entry.what in TAKEN_BACK:
                return entry
        raise Refused(f"nothing is left to undo for {visit.patient.name}")

    def _undo_step(self, writing: Writing, visit: Appointment, entry: Entry, words: str) -> Outcome:
        connection = writing.connection
        clinic = clinic_of(connection)
        refused = f"can't undo {TAKEN_BACK[entry.what]} of {visit.patient.name}"
        old = appointment_writes.row_of(connection, visit.id)
        restored = {**old, **(entry.before or {})}
        holder = holders_besides(connection, visit.id).get(restored["room_id"])
        if holder is not None and holder.room and _in_its_room(restored):
            raise Refused(f"{refused}: {taken_by(holder.room, holder)}")
        # As it would be, before the database is asked to take it back: the place it had may be somebody else's now.
        then = appointments.as_row_says(connection, restored)
        also: tuple[str, ...] = ()
        cleared: Cleared = {}
        if then.status in WAITING:
            had_time = visit.status not in ENDED and entry.what not in ("visit.move", "visit.retention")
            place = self._room_only(writing, clinic, then) if had_time else self._place_again(writing, clinic, then)
            if isinstance(place, NoFit):
                raise Refused(f"{refused}: {place.words}")
            if place["room_id"] != restored["room_id"]:
                also = (_room_words(clinic, place["room_id"]),)
        else:
            place, also, cleared = self._as_it_went(writing, then)
        appointment_writes.restore_row(connection, visit.id, visit.version, {**(entry.before or {}), **place})
        also += replan_rooms(writing, clinic, cleared)
        if entry.what == "visit.checkout":
            given = give_back(writing, visit)
            also += (given,) if given else ()
        if entry.what == "visit.move":
            words += f", back to {on_day(clinic, then.starts, local_day(writing.at, clinic.timezone))}"
        return Outcome(logged(writing, visit.id, "visit.undo", old, undoes=entry.seq), words, also)

    def _as_it_went(self, writing: Writing, visit: Appointment) -> tuple[dict[str, Any], tuple[str, ...], Cleared]:
        """A visit that took place is not refused for what was planned into its time since: others make way."""
        connection = writing.connection
        crowded = practitioner_is_taken(occupancy_over(connection, visit.room_span, writing.at), visit)
        in_room = visit.room if visit.holds_room else None
        cleared = clear_room(connection, visit, in_room) if in_room is not None else {}
        return ({"squeezed": True}, ("squeezed in",), cleared) if crowded else ({}, (), cleared)

    def _room_only(self, writing: Writing, clinic: Clinic, visit: Appointment) -> dict[str, Any]:
        """A visit that kept its time all along needs its room back, or any other, or waits without one."""
        occupancy = occupancy_over(writing.connection, visit.room_span, writing.at)
        room = another_room(occupancy, visit, own_room_first(clinic, visit))
        return {"room_id": room.id if room else None}

    def _place_again(self, writing: Writing, clinic: Clinic, visit: Appointment) -> dict[str, Any] | NoFit:
        """A visit that gave its time back must fit anew, squeezed only if it was."""
        fit = fit_again(writing.connection, clinic, visit, writing.at, squeeze=visit.squeezed)
        if isinstance(fit, NoFit):
            return fit
        return {"room_id": fit.room.id, "retention_minutes": fit.plan.retention_minutes}


def _in_its_room(row: Mapping[str, Any]) -> bool:
    return row["status"] in IN_ROOM and row["ready_at"] is None


def _room_words(clinic: Clinic, room_id: int | None) -> str:
    name = next((room.name for room in clinic.rooms if room.id == room_id), None)
    return f"now planned for {name}" if name else "left without a room"
