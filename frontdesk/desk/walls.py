"""Which part of the clinic a wall board is for, by the names a person gives."""

from __future__ import annotations

from frontdesk.desk.names import pick_practitioner, pick_rooms
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused
from frontdesk.domain.wall import Wall


def wall_of(clinic: Clinic, practitioner: str | None, rooms: str | None, *, urgent_first: bool = False) -> Wall:
    """One practitioner's, or some rooms' (names or groups, with commas between), both or all; raises `Refused`."""
    who = pick_practitioner(clinic, practitioner) if practitioner is not None else None
    if rooms is None:
        return Wall(None, who, who.name if who else "", urgent_first)
    names = [name.strip() for name in rooms.split(",") if name.strip()]
    if not names:
        raise Refused("--rooms needs the name of a room, or several with commas between")
    chosen = [room for name in names for room in pick_rooms(clinic, name)]
    words = ", ".join(dict.fromkeys(room.group or room.name for room in chosen))
    return Wall(frozenset(room.id for room in chosen), who, f"{who.name}, {words}" if who else words, urgent_first)
