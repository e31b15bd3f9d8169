"""Between rows and values: rooms, practitioners and services, which every read of a day needs.

They are few, so a read takes each table whole instead of repeating it in every row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontdesk.domain.clinic import Equipment, Practitioner, Room
from frontdesk.domain.hours import week_hours
from frontdesk.domain.phases import Service
from frontdesk.domain.visit import LATE_CANCEL_HOURS as USUAL_HOURS
from frontdesk.store.question import Question, as_document, as_instant

if TYPE_CHECKING:
    from frontdesk.store.question import Askable

LATE_CANCEL_HOURS = f"coalesce((SELECT late_cancel_hours FROM clinic), {USUAL_HOURS})"
"""Hours before a visit from which calling it off is late, inside of a query."""
LATE_CANCEL_MS = f"{LATE_CANCEL_HOURS} * 3600000"
"""The same in milliseconds."""


def late_cancel_hours(conn: Askable) -> int:
    """The same by itself."""
    found: int = Question(conn).first(f"SELECT {LATE_CANCEL_HOURS}")[0]
    return found


def rooms(conn: Askable) -> dict[int, Room]:
    """Every room by id, in the order of the set-up, retired ones too: old visits were in them."""
    found = Question(conn).rows("SELECT id, name, room_group, retired, kind FROM room ORDER BY position, id")
    return {key: Room(key, name, group, bool(retired), kind) for key, name, group, retired, kind in found}


def practitioners(conn: Askable) -> dict[int, Practitioner]:
    """Every practitioner by id, in the order of the set-up, retired ones too."""
    words = "SELECT id, name, hours, retired, last_start, off_at FROM practitioner ORDER BY position, id"
    return {
        key: Practitioner(
            key,
            name,
            None if hours is None else week_hours(as_document(hours)),
            bool(retired),
            last_start,
            as_instant(off_at),
        )
        for key, name, hours, retired, last_start, off_at in Question(conn).rows(words)
    }


def services(conn: Askable) -> dict[int, Service]:
    """Every service by id, in the order of the set-up, retired ones too."""
    words = (
        "SELECT id, name, consultation, insertion, retention_earliest, retention_latest, planned_retention, removal,"
        " turnover, retired, room_kinds, equipment, last_start FROM service ORDER BY position, id"
    )
    found: dict[int, Service] = {}
    for key, name, *minutes, retired, kinds, equipment, last_start in Question(conn).rows(words):
        consultation, insertion, earliest, latest, planned, removal, turnover = minutes
        found[key] = Service(
            key,
            name,
            consultation,
            insertion,
            earliest,
            latest,
            planned,
            removal,
            turnover,
            bool(retired),
            tuple(as_document(kinds)),
            tuple(as_document(equipment)),
            last_start,
        )
    return found


def equipment(conn: Askable) -> dict[int, Equipment]:
    """Everything that there is a count of by id, in the order of the set-up, retired ones too."""
    found = Question(conn).rows("SELECT id, name, count, retired FROM equipment ORDER BY position, id")
    return {key: Equipment(key, name, count, bool(retired)) for key, name, count, retired in found}


def may_be_id(number: int) -> bool:
    """Whether a column can hold a number that somebody gave for an id: 64 bits, of which ids use the positive half."""
    return 0 < number < 2**63
