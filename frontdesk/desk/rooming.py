"""Which room a patient is taken to, and what that does to the rooms planned for others."""

from __future__ import annotations

from pendulum import DateTime

from frontdesk.desk.claims import another_room, hold, occupancy_over, release
from frontdesk.desk.names import pick_rooms
from frontdesk.desk.steps import save
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic, Room
from frontdesk.domain.errors import Refused
from frontdesk.domain.visit import ENDED_UNSEEN, WAITING
from frontdesk.store import appointments
from frontdesk.store.engine import Connection, Writing


def seat(
    writing: Writing,
    clinic: Clinic,
    visit: Appointment,
    what: str,
    values: dict[str, object],
    named: str | None,
) -> tuple[Appointment, tuple[str, ...]]:
    """Saves a step that needs the patient in a room, choosing one where they are in none yet."""
    if visit.holds_room and visit.room is not None:
        stays_in(clinic, visit, named)
        return save(writing, visit, what, values), ()
    room = _choose_room(writing.connection, clinic, visit, named, writing.at)
    values = {**values, "room_id": room.id, "ready_at": None}
    if visit.facts.ready_at is not None:
        values["roomed_at"] = writing.at
    done = save(writing, visit, what, values)
    return done, take_room(writing, clinic, done, room)


def stays_in(clinic: Clinic, visit: Appointment, named: str | None) -> None:
    """Refuses a room named for somebody who is in another: nobody is moved without a word."""
    if named is not None and visit.room is not None and visit.room not in pick_rooms(clinic, named):
        raise Refused(f"{visit.patient.name} is in {visit.room.name} already")


def _choose_room(connection: Connection, clinic: Clinic, visit: Appointment, named: str | None, now: DateTime) -> Room:
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
    return another_room(occupancy_over(connection, visit.room_span, now), visit, empty) or empty[0]


def holders_besides(connection: Connection, appointment_id: int) -> dict[int, Appointment]:
    """Who is in each room that has somebody in it, by the room's id; the appointment itself left out."""
    visits = appointments.in_house(connection)
    return {one.room.id: one for one in visits if one.room and one.holds_room and one.id != appointment_id}


def taken_by(room: Room, holder: Appointment) -> str:
    """`Room 1 is taken by Garcia, Maria (needles out)`."""
    return f"{room.name} is taken by {holder.patient.name} ({holder.status.words})"


def take_room(writing: Writing, clinic: Clinic, visit: Appointment, room: Room) -> tuple[str, ...]:
    """Gives `room` to a visit whose row carries it already, and re-plans whoever was to use it and is not in it yet.

    Returns what had to change, in words. Visits that are over keep their history but not their hold on the room.
    """
    connection = writing.connection
    waiting: list[Appointment] = []
    for other in appointments.between(connection, visit.room_span):
        if other.id == visit.id or other.room is None or other.room.id != room.id:
            continue
        if not other.room_span.overlaps(visit.room_span) or other.status in ENDED_UNSEEN:
            continue
        if other.status in WAITING:
            release(connection, other.id)
            waiting.append(other)
        else:
            hold(connection, other, room=False)
    hold(connection, visit)
    return tuple(_replan(writing, clinic, other) for other in waiting)


def _replan(writing: Writing, clinic: Clinic, other: Appointment) -> str:
    """Finds another room for a visit that has lost its own; its start never moves."""
    connection = writing.connection
    occupancy = occupancy_over(connection, other.room_span, writing.at)
    room = another_room(occupancy, other, clinic.open_rooms)
    moved = save(writing, other, "visit.replan-room", {"room_id": room.id if room else None})
    hold(connection, moved)
    if room is None:
        return f"{other.patient.name} is left without a room"
    return f"{other.patient.name} is now planned for {room.name}"
