"""The rules of a plan, counted from the rows themselves: what the planner and the database are held to.

Nothing here is taken from the program but the names of its columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import sqlalchemy as sa
from pendulum import DateTime

from frontdesk.store import schema
from frontdesk.store.engine import Store

OVER = ("checked_out", "left", "cancelled", "no_show", "entered_in_error")
BEFORE = ("booked", "confirmed", "arrived")
Stretch = tuple[int, int]
"""First minute and the one after the last, counted from 1970."""


@dataclass(frozen=True)
class Row:
    """An appointment as it is stored, with the lengths of its service."""

    id: int
    patient: int
    practitioner: int
    room: int | None
    room_kind: str
    status: str
    squeezed: bool
    turned_over: bool
    starts: int
    retention: int
    lengths: tuple[int, int, int, int]
    window: tuple[int, int]
    kinds: tuple[str, ...]
    equipment: tuple[int, ...]
    series: int | None

    @property
    def hands_on(self) -> tuple[Stretch, Stretch]:
        consultation, insertion, removal, _ = self.lengths
        needled = self.starts + consultation + insertion
        return (self.starts, needled), (needled + self.retention, needled + self.retention + removal)

    @property
    def in_room(self) -> Stretch:
        return self.starts, self.starts + sum(self.lengths) + self.retention

    @property
    def with_patient(self) -> Stretch:
        return self.starts, self.starts + sum(self.lengths[:3]) + self.retention

    @property
    def with_equipment(self) -> Stretch:
        return self.starts + self.lengths[0], self.with_patient[1]


def minute_of(instant: DateTime) -> int:
    return int(instant.timestamp()) // 60


def rows_of(store: Store) -> dict[int, Row]:
    """Every appointment there is, by id."""
    appointment, service, room = schema.appointment, schema.service, schema.room
    columns = (
        appointment,
        service.c.consultation,
        service.c.insertion,
        service.c.removal,
        service.c.turnover,
        service.c.retention_earliest,
        service.c.retention_latest,
        service.c.room_kinds,
        service.c.equipment,
        room.c.kind,
    )
    joined = appointment.join(service, appointment.c.service_id == service.c.id).outerjoin(
        room, appointment.c.room_id == room.c.id
    )
    with store.read() as connection:
        found = connection.execute(sa.select(*columns).select_from(joined)).all()
    return {
        one.id: Row(
            one.id,
            one.patient_id,
            one.practitioner_id,
            one.room_id,
            one.kind or "",
            one.status,
            one.squeezed,
            one.ready_at is not None,
            minute_of(one.starts),
            one.retention_minutes,
            (one.consultation, one.insertion, one.removal, one.turnover),
            (one.retention_earliest, one.retention_latest),
            tuple(one.room_kinds),
            tuple(one.equipment),
            one.series_id,
        )
        for one in found
    }


def broken(rows: Sequence[Row], pieces: dict[int, int]) -> list[str]:
    """Every rule that the appointments break; `pieces` is how many there are of each equipment."""
    going = [one for one in rows if one.status not in OVER]
    wrong = [words for one, other in combinations(going, 2) for words in _between(one, other)]
    for thing, count in pieces.items():
        using = [one.with_equipment for one in going if thing in one.equipment]
        for stretch in using:
            at_once = sum(1 for other in using if other[0] <= stretch[0] < other[1])
            if at_once > count:
                wrong.append(f"{at_once} use equipment {thing} at once, there are {count}")
    for one in going:
        first, last = one.window
        if one.status in BEFORE and not first <= one.retention <= last:
            wrong.append(f"{one.id} rests {one.retention} minutes, outside {first} to {last}")
        if one.status in BEFORE and one.kinds and one.room is not None and one.room_kind not in one.kinds:
            wrong.append(f"{one.id} is in a room of the wrong kind")
    return wrong


def _between(one: Row, other: Row) -> Iterator[str]:
    names = f"{one.id} and {other.id}"
    room = one.room if one.room == other.room and not (one.turned_over or other.turned_over) else None
    if room is not None and overlap(one.in_room, other.in_room):
        yield f"{names} are in room {room} at once"
    if one.patient == other.patient and overlap(one.with_patient, other.with_patient):
        yield f"{names} are the same patient at once"
    hands = one.practitioner == other.practitioner and not (one.squeezed or other.squeezed)
    if hands and any(overlap(mine, theirs) for mine in one.hands_on for theirs in other.hands_on):
        yield f"{names} need practitioner {one.practitioner} at once"


def overlap(one: Stretch, other: Stretch) -> bool:
    return one[0] < other[1] and other[0] < one[1]
