"""The demo's time without patients: a meeting, a course, a day off, a room under repair."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from frontdesk.demo.clinic import HADDAD, LIN, OKAFOR, ROOM_NAMES
from frontdesk.demo.grid import Stretch


class Break(Struct, frozen=True):
    """Minutes after opening on a day that are taken, of a practitioner or of a room (numbers in the set-up)."""

    day: date
    stretch: Stretch
    title: str
    practitioner: int | None = None
    room: int | None = None


def breaks(today: date) -> tuple[Break, ...]:
    """Everything that is in the way around today."""
    tomorrow, next_week = today + timedelta(days=1), today + timedelta(days=7)
    return (
        *(Break(today, (300, 330), "Team meeting", practitioner) for practitioner in (LIN, OKAFOR, HADDAD)),
        Break(today, (480, 510), "Calls", HADDAD),
        Break(tomorrow, (360, 600), "Time off: course", OKAFOR),
        Break(tomorrow, (0, 120), "Window repair", room=ROOM_NAMES.index("Room 5")),
        Break(next_week, (0, 600), "Time off", LIN),
    )
