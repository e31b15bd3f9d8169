"""Which room a patient is taken to, and what that does to the rooms planned for others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pendulum import DateTime

from frontdesk.desk.claims import another_room, occupancy_over
from frontdesk.desk.names import pick_rooms
from frontdesk.desk.steps import logged, save
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic, Room
from frontdesk.domain.errors import Refused
from frontdesk.domain.packing import wrong_kind
from frontdesk.domain.visit import WAITING
from frontdesk.store import appointment_writes, appointments
from frontdesk.store.engine import Writing

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable, Connection


def seat(
    writing: Writing,
    clinic: Clinic,
    visit: Appointment,
    what: str,
    values: dict[str, object],
    named: str | None,
) -> tuple[Appointment, tuple[str, ...]]:
    """Saves a step that needs the patient in a room, choosing one where they are in none yet.

    A room of another kind than the service needs is taken where somebody names it or no other is empty, and said.
    """
    if visit.holds_room and visit.room is not None:
        stays_in(clinic, visit, named)
        return save(writing, visit, what, values), ()
    room = _choose_room(writing.connection, clinic, visit, named, writing.at)
    values = {**values, "room_id": room.id, "ready_at": None}
    if visit.facts.ready_at is not None:
        values["roomed_at"] = writing.at
    waiting = clear_room(writing.connection, visit, room)
    done = save(writing, visit, what, values)
    wrong = wrong_kind(room, visit.service)
    return done, (*(() if wrong is None else (wrong.words,)), *replan_rooms(writing, clinic, waiting))


def stays_in(clinic: Clinic, visit: Appointment, named: str | None) -> None:
    """Refuses a room named for somebody who is in another: nobody is moved without a word."""
    if named is not None and visit.room is not None and visit.room not in pick_rooms(clinic, named):
        raise Refused(f"{visit.patient.name} is in {visit.room.name} already")


def _choose_room(connection: Askable, clinic: Clinic, visit: Appointment, named: str | None, now: DateTime) -> Room:
    """The room to take a patient to: the named one, else the planned one, else the first free for the whole stay.

    Raises `Refused` when the named room, or every room, has somebody in it.
    """
    holders = holders_besides(connection, visit.id)
    if named is not None:
        candidates = pick_rooms(clinic, named)
        for room in candidates:
            if room.id not in holders:
                return room
        raise Refused("; ".join(taken_by(room, holders[room.id]) for room in candidates))
    if visit.room is not None and visit.room.id not in holders:
        return visit.room
    empty = [room for room in clinic.open_rooms if room.id not in holders]
    if not empty:
        raise Refused("every room has somebody in it; take a patient out first, or wait")
    free = another_room(occupancy_over(connection, visit.room_span, now), visit, empty)
    return free or next((room for room in empty if room.suits(visit.service)), empty[0])


def holders_besides(connection: Askable, appointment_id: int) -> dict[int, Appointment]:
    """Who is in each room that has somebody in it, by the room's id; the appointment itself left out."""
    visits = appointments.in_house(connection)
    return {one.room.id: one for one in visits if one.room and one.holds_room and one.id != appointment_id}


def taken_by(room: Room, holder: Appointment) -> str:
    """`Room 1 is taken by Garcia, Maria (needles out)`."""
    return f"{room.name} is taken by {holder.patient.name} ({holder.status.words})"


Cleared = dict[int, dict[str, Any]]
"""Appointments that gave up their room, by id, each with its row as it was before."""


def clear_room(connection: Connection, visit: Appointment, room: Room) -> Cleared:
    """Takes `room` from those planned for it during a visit's stay who are not in it yet; `replan_rooms` follows."""
    cleared: Cleared = {}
    for other in appointments.between(connection, visit.room_span, WAITING):
        if other.id == visit.id or other.room is None or other.room.id != room.id:
            continue
        if other.room_span.overlaps(visit.room_span):
            cleared[other.id] = appointment_writes.row_of(connection, other.id)
            appointment_writes.without_room(connection, other.id)
    return cleared


def replan_rooms(writing: Writing, clinic: Clinic, cleared: Cleared) -> tuple[str, ...]:
    """Finds other rooms for those who lost theirs; their starts never move. Returns what had to change, in words."""
    return tuple(_replan(writing, clinic, appointment_id, row) for appointment_id, row in cleared.items())


def _replan(writing: Writing, clinic: Clinic, appointment_id: int, row: Mapping[str, Any]) -> str:
    connection = writing.connection
    other = appointments.get(connection, appointment_id)
    room = another_room(occupancy_over(connection, other.room_span, writing.at), other, clinic.open_rooms)
    appointment_writes.update(connection, other.id, other.version, {"room_id": room.id if room else None})
    logged(writing, other.id, "visit.replan-room", row)
    if room is None:
        return f"{other.patient.name} is left without a room"
    return f"{other.patient.name} is now planned for {room.name}"
