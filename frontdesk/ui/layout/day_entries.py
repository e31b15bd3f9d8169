"""What stands in a day and in which column: visits cut into phases, blocks, and the free time between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.clinic import Practitioner, Room
from frontdesk.domain.day import DaySheet
from frontdesk.domain.instants import from_ms, to_ms
from frontdesk.domain.packing import DayPlaces
from frontdesk.domain.phases import PhaseName, Service, plan_visit
from frontdesk.domain.visit import ENDED, ENDED_UNSEEN, IN_ROOM, Status
from frontdesk.ui.layout.day_axis import Axis, axis_of

_MINUTE = 60_000

SHORTEST_FREE = 10
"""Minutes below which a gap is not offered: nobody is treated in less."""

Stretch = tuple[int, int]
Key = tuple[str, int]
"""What a cell stands for, whatever row it is on: `("visit", 12)`, `("block", 3)`, `("free", 615)`."""


class View(StrEnum):
    """How the day is laid out."""

    PRACTITIONERS = "practitioners"
    ROOMS = "rooms"
    LIST = "list"


class Kind(StrEnum):
    """What a stretch of a column is to whom the column belongs to."""

    HANDS_ON = "hands-on"
    REST = "rest"
    TURNOVER = "turnover"
    BLOCK = "block"
    FREE = "free"


class Piece(Struct, frozen=True, gc=False):
    """One stretch of an entry, in minutes of the axis."""

    start: int
    end: int
    kind: Kind


class Entry(Struct, frozen=True):
    """One visit, block or free gap of a column; its pieces lie back to back from `start` to `end`."""

    key: Key
    start: int
    end: int
    pieces: tuple[Piece, ...]
    visit: Appointment | None = None
    block: Block | None = None

    @property
    def is_free(self) -> bool:
        """Whether it is a gap that may be booked."""
        return self.key[0] == "free"


class Column(Struct, frozen=True):
    """One practitioner's or room's day. `open` is when they work; id 0 is for visits without a room."""

    id: int
    title: str
    entries: tuple[Entry, ...]
    open: tuple[Stretch, ...]

    @property
    def visits(self) -> tuple[Appointment, ...]:
        """Whose visits stand here."""
        return tuple(entry.visit for entry in self.entries if entry.visit is not None)


def columns_of(places: DayPlaces, view: View) -> tuple[Column, ...]:
    """The columns of a day; one who neither works nor has anything that day is left out.

    Free is what the planner calls free, less what is drawn there: a visit that runs late is drawn as it runs.
    """
    axis = axis_of(places.sheet.day, places.sheet.clinic.timezone)
    now_minute = axis.minute(places.now)
    if view is View.ROOMS:
        return _by_room(places, axis, now_minute)
    return _by_practitioner(places, axis, now_minute)


def notes_of(sheet: DaySheet, view: View) -> tuple[Block, ...]:
    """The blocks that stand in no column of a view: a clinic-wide note, or time off in the view by rooms."""
    return tuple(
        block
        for block in sheet.blocks
        if not block.cancelled and (block.room if view is View.ROOMS else block.practitioner) is None
    )


def visit_pieces(visit: Appointment, axis: Axis, now_minute: int) -> tuple[Piece, ...]:
    """The phases of a visit as they went so far, and as planned from there on; turnover last.

    Needles that are in rest until they are due, or until now where nobody has taken them out yet.
    """
    at = axis.minute(visit.starts)
    plan = [
        Piece(*axis.cut(at + first, at + end), kind)
        for first, end, kind in _shape(visit.service, visit.retention_minutes)
    ]
    retention = visit.retention
    if visit.status not in IN_ROOM and visit.status not in ENDED:
        return _cut(plan, axis.length)
    start = plan[0].start if plan else axis.minute(visit.starts)
    began = visit.facts.began_at or visit.facts.roomed_at
    if began is not None:
        start = min(start, max(0, axis.minute(began)))
    pieces: list[Piece] = []
    if retention is None:
        end = max(piece.end for piece in plan) if plan else start + 1
        pieces = [replace(plan[0], start=start), *plan[1:]] if plan else [Piece(start, end, Kind.HANDS_ON)]
    else:
        after = visit.service
        rest_from = max(start, axis.minute(visit.retentions[0].in_at))
        if retention.out_at is None:
            rest_end = max(axis.minute(retention.due_at), now_minute)
        else:
            rest_end = axis.minute(retention.out_at)
        rest_end = max(rest_from, rest_end)
        end = rest_end + after.removal
        pieces = [
            Piece(start, rest_from, Kind.HANDS_ON),
            Piece(rest_from, rest_end, Kind.REST),
            Piece(rest_end, end, Kind.HANDS_ON),
            Piece(end, end + after.turnover, Kind.TURNOVER),
        ]
    if visit.facts.ended_at is not None and visit.status not in ENDED_UNSEEN:
        ended = max(start + 1, axis.minute(visit.facts.ended_at))
        turned = [piece for piece in pieces if piece.kind is Kind.TURNOVER]
        pieces = [replace(piece, end=min(piece.end, ended)) for piece in pieces if piece.kind is not Kind.TURNOVER]
        # The patient may have rested on in the room: what was planned last goes on until they left.
        if pieces and pieces[-1].end < ended and visit.status is Status.CHECKED_OUT:
            pieces[-1] = replace(pieces[-1], end=min(ended, pieces[-1].end + 30))
        if visit.facts.ready_at is None and visit.facts.roomed_at is not None:
            last = max((piece.end for piece in pieces), default=ended)
            pieces.extend(Piece(last, last + piece.end - piece.start, piece.kind) for piece in turned)
    return _cut(pieces, axis.length)


@lru_cache(maxsize=512)
def _shape(service: Service, retention_minutes: int) -> tuple[tuple[int, int, Kind], ...]:
    """The phases of a visit in minutes from its start: the same for every visit of a service with that retention."""
    return tuple(
        (to_ms(phase.starts) // _MINUTE, to_ms(phase.ends) // _MINUTE, _kind(phase.name))
        for phase in plan_visit(service, from_ms(0), retention_minutes).phases
    )


def _kind(phase: PhaseName) -> Kind:
    return {PhaseName.RETENTION: Kind.REST, PhaseName.TURNOVER: Kind.TURNOVER}.get(phase, Kind.HANDS_ON)


def _cut(pieces: Iterable[Piece], length: int) -> tuple[Piece, ...]:
    """Only what lies in the day, without empty pieces, touching ones of a kind joined."""
    kept: list[Piece] = []
    for piece in pieces:
        start, end = max(0, piece.start), min(length, piece.end)
        if start >= end:
            continue
        if kept and kept[-1].kind is piece.kind and kept[-1].end == start:
            kept[-1] = replace(kept[-1], end=end)
        else:
            kept.append(Piece(start, end, piece.kind))
    return tuple(kept)


def _visit_entry(visit: Appointment, axis: Axis, now_minute: int, *, turnover: bool) -> Entry:
    pieces = visit_pieces(visit, axis, now_minute)
    if not turnover:
        pieces = tuple(piece for piece in pieces if piece.kind is not Kind.TURNOVER)
    if not pieces:
        start = min(max(0, axis.minute(visit.starts)), axis.length - 1)
        pieces = (Piece(start, start + 1, Kind.HANDS_ON),)
    return Entry(("visit", visit.id), pieces[0].start, pieces[-1].end, pieces, visit=visit)


def _block_entry(block: Block, axis: Axis) -> Entry:
    start, end = axis.stretch(block.span)
    start, end = min(start, axis.length - 1), max(end, min(start, axis.length - 1) + 1)
    return Entry(("block", block.id), start, end, (Piece(start, end, Kind.BLOCK),), block=block)


def _by_practitioner(places: DayPlaces, axis: Axis, now_minute: int) -> tuple[Column, ...]:
    sheet, clinic = places.sheet, places.sheet.clinic
    people: dict[int, Practitioner] = {one.id: one for one in clinic.active_practitioners}
    for visit in sheet.taking:
        people.setdefault(visit.practitioner.id, visit.practitioner)
    columns = []
    soonest = _soonest(sheet, now_minute)
    for person in people.values():
        opened = tuple(axis.stretch(span) for span in clinic.hours_of(person, sheet.day))
        entries = [
            _visit_entry(visit, axis, now_minute, turnover=False)
            for visit in sheet.taking
            if visit.practitioner.id == person.id
        ]
        entries += [
            _block_entry(block, axis)
            for block in sheet.blocks
            if block.practitioner is not None and block.practitioner.id == person.id and not block.cancelled
        ]
        busy = [
            (piece.start, piece.end)
            for entry in entries
            if entry.block is None or entry.block.blocks
            for piece in entry.pieces
            if piece.kind is not Kind.REST and not _is_over(entry.visit, piece, now_minute)
        ]
        free = [axis.stretch(span) for span in places.hands_free(person)]
        columns.append(Column(person.id, person.name, _with_free(entries, _from(free, soonest), busy), opened))
    used = tuple(column for column in columns if column.open or column.entries)
    return used or tuple(columns)


def _by_room(places: DayPlaces, axis: Axis, now_minute: int) -> tuple[Column, ...]:
    sheet, clinic = places.sheet, places.sheet.clinic
    rooms: dict[int, Room] = {room.id: room for room in clinic.open_rooms}
    for visit in sheet.taking:
        if visit.room is not None:
            rooms.setdefault(visit.room.id, visit.room)
        elif 0 not in rooms:
            rooms[0] = Room(0, "no room yet")
    hours = () if clinic.closure_on(sheet.day) else clinic.hours.spans_on(sheet.day, clinic.timezone)
    opened = tuple(axis.stretch(span) for span in hours)
    columns = []
    soonest = _soonest(sheet, now_minute)
    for room in rooms.values():
        entries = [
            _visit_entry(visit, axis, now_minute, turnover=True)
            for visit in sheet.taking
            if (visit.room.id if visit.room else 0) == room.id
        ]
        entries += [
            _block_entry(block, axis)
            for block in sheet.blocks
            if block.room is not None and block.room.id == room.id and not block.cancelled
        ]
        busy = [(entry.start, entry.end) for entry in entries if entry.block is None or entry.block.blocks]
        free = [axis.stretch(span) for span in places.room_free(room)]
        shown = _with_free(entries, _from(free, soonest), busy) if room.id else tuple(entries)
        columns.append(Column(room.id, room.name, shown, opened))
    return tuple(columns)


def _is_over(visit: Appointment | None, piece: Piece, now_minute: int) -> bool:
    """Whether a hands-on stretch that was planned will not come: the visit has ended before it."""
    return visit is not None and visit.status in ENDED and piece.start >= now_minute


def _soonest(sheet: DaySheet, now_minute: int) -> int:
    """The first minute that can still be booked, on the clinic's grid: what has passed is not offered as free."""
    slot = sheet.clinic.slot_minutes
    return -(-max(0, now_minute) // slot) * slot


def _from(opened: Iterable[Stretch], minute: int) -> list[Stretch]:
    return [(max(start, minute), end) for start, end in opened if end > minute]


def _with_free(entries: Sequence[Entry], opened: Sequence[Stretch], busy: Sequence[Stretch]) -> tuple[Entry, ...]:
    gaps = [
        Entry(("free", start), start, end, (Piece(start, end, Kind.FREE),))
        for start, end in gaps_of(opened, busy)
        if end - start >= SHORTEST_FREE
    ]
    return tuple(sorted((*entries, *gaps), key=lambda entry: (entry.is_free, entry.start, entry.key)))


def gaps_of(opened: Iterable[Stretch], busy: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """What is left of the open stretches when the busy ones are cut out."""
    taken = sorted(busy)
    gaps: list[Stretch] = []
    for start, end in opened:
        at = start
        for first, last in taken:
            if last <= at or first >= end:
                continue
            if first > at:
                gaps.append((at, first))
            at = max(at, last)
        if at < end:
            gaps.append((at, end))
    return tuple(gaps)
