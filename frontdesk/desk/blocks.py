"""Lunch, meetings, time off: time taken without a patient, written, moved, made longer, removed and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from pendulum import DateTime

from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.names import pick_practitioner, pick_rooms
from frontdesk.desk.words import at_clock, day_alone, on_day, taken_down
from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.block import BlockKind, Draft, runs_into, weekly
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused, Stale
from frontdesk.domain.hours import Span, local_day, local_instant
from frontdesk.store import appointments, audit, block_writes, blocks
from frontdesk.store.engine import Writing

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable

MOST_NAMED = 3
"""Visits in the way that are named in one line; of more, how many."""


class BlockRequest(Struct, frozen=True):
    """What is to be blocked: the named practitioners' time, a room's, or everybody's."""

    starts: DateTime
    ends: DateTime
    practitioners: tuple[str, ...] = ()
    room: str | None = None
    everyone: bool = False
    kind: BlockKind = BlockKind.OTHER
    title: str = ""
    all_day: bool = False
    weeks: int = 1


class BlockOutcome(Struct, frozen=True):
    """The blocks as they are now, what was done in one line, the visits they run into, and the log's number of it."""

    blocks: tuple[Block, ...]
    words: str
    runs_into: tuple[Appointment, ...]
    seq: int

    @property
    def line(self) -> str:
        """Everything in one line, for the message line."""
        return f"{self.words}; {_over(self.runs_into)}" if self.runs_into else self.words


def _over(visits: Sequence[Appointment]) -> str:
    """`over Garcia, Maria and 2 more: nobody was moved`."""
    names = [one.patient.name for one in visits[:MOST_NAMED]]
    more = len(visits) - len(names)
    return f"over {'; '.join(names)}{f' and {more} more' if more else ''}: nobody was moved"


class Blocks:
    """Time taken without a patient; each method that writes is one transaction with one entry in the log."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def look(self, request: BlockRequest) -> tuple[Appointment, ...]:
        """The visits that a block would run into, by start; raises `Refused` as `add` does."""
        with self._context.store.glance() as connection:
            drafts = self._drafts(clinic_of(connection), request)
            return _in_the_way(connection, drafts)

    def add(self, request: BlockRequest) -> BlockOutcome:
        """Writes the blocks, over whatever is booked: visits stay where they are and are told."""
        with self._context.writing() as writing:
            connection = writing.connection
            clinic = clinic_of(connection)
            drafts = self._drafts(clinic, request)
            ids = [
                block_writes.insert(
                    connection,
                    title=one.title,
                    starts=one.span.starts,
                    ends=one.span.ends,
                    practitioner_id=one.practitioner.id if one.practitioner else None,
                    room_id=one.room.id if one.room else None,
                    all_day=one.all_day,
                    kind=one.kind.value,
                )
                for one in drafts
            ]
            weeks = f", {request.weeks} weeks" if request.weeks > 1 else ""
            return self._written(writing, clinic, "block.add", {}, ids, f"blocked{weeks}")

    def move(
        self, block_id: int, starts: DateTime, *, practitioner: str | None = None, room: str | None = None,
        version: int | None = None,
    ) -> BlockOutcome:  # fmt: skip
        """Moves a block to another start, and to another practitioner or room where one is named; its length stays."""
        with self._context.writing() as writing:
            clinic = clinic_of(writing.connection)
            block = _unchanged(writing, block_id, version)
            self._not_past(clinic, starts)
            values: dict[str, Any] = {"starts": starts, "ends": starts + (block.ends - block.starts)}
            if practitioner is not None and block.practitioner is not None:
                values["practitioner_id"] = pick_practitioner(clinic, practitioner).id
            if room is not None and block.room is not None:
                values["room_id"] = pick_rooms(clinic, room)[0].id
            return self._change(writing, clinic, block, "block.move", values, "moved")

    def lengthen(self, block_id: int, minutes: int, *, version: int | None = None) -> BlockOutcome:
        """Moves a block's end by `minutes`, later or (negative) sooner; of whole days by one day."""
        with self._context.writing() as writing:
            clinic = clinic_of(writing.connection)
            block = _unchanged(writing, block_id, version)
            if block.all_day:
                day = local_day(block.ends, clinic.timezone) + timedelta(days=1 if minutes > 0 else -1)
                span = Span(block.starts, local_instant(day, 0, clinic.timezone))
            else:
                span = Span(block.starts, block.ends.add(minutes=minutes))
            if span.starts >= span.ends:
                raise Refused(f"{block.called} can't be shorter; remove it instead")
            return self._change(writing, clinic, block, "block.lengthen", {"ends": span.ends}, "now")

    def remove(self, block_id: int, *, version: int | None = None) -> BlockOutcome:
        """Takes a block out; it stays in the log, and a calendar that brought it in does not bring it again."""
        with self._context.writing() as writing:
            clinic = clinic_of(writing.connection)
            block = _unchanged(writing, block_id, version)
            return self._change(writing, clinic, block, "block.remove", {"cancelled": True}, "removed")

    def undo(self, seq: int) -> BlockOutcome:
        """Takes back what an entry of the log did to blocks; raises `Stale` where somebody changed them since."""
        with self._context.writing() as writing:
            connection = writing.connection
            clinic = clinic_of(connection)
            entry = audit.get(connection, seq)
            if entry is None or entry.what not in _UNDO or audit.undone(connection, [seq]):
                raise Refused("nothing is left to undo there: it was undone already, or nothing was blocked")
            after = {int(key): row for key, row in (entry.after or {}).items()}
            before = {int(key): row for key, row in (entry.before or {}).items()}
            for key, row in after.items():
                found = block_writes.row_of(connection, key)
                if {**found, "version": 0} != {**row, "version": 0}:
                    raise Stale(f"{row['title']} was changed by somebody else since; nothing was undone")
                block_writes.save(
                    connection, key, found["version"], block_writes.stored(before[key]) if key in before else _GONE
                )
            return self._written(writing, clinic, "block.undo", after, list(after), _UNDO[entry.what], undoes=seq)

    def _drafts(self, clinic: Clinic, request: BlockRequest) -> list[Draft]:
        spans = weekly(clinic, Span(request.starts, request.ends), request.weeks)
        self._not_past(clinic, request.ends)
        title = taken_down("the title", request.title) or request.kind.words
        people = [pick_practitioner(clinic, name) for name in request.practitioners]
        if request.everyone:
            people = list(clinic.active_practitioners)
        rooms = pick_rooms(clinic, request.room) if request.room is not None else ()
        if not people and not rooms:
            raise Refused("say whose time it takes: a practitioner, a room, or everyone")
        return [
            Draft(title, request.kind, span, person, room, request.all_day)
            for span in spans
            for person, room in (*((one, None) for one in dict.fromkeys(people)), *((None, one) for one in rooms))
        ]

    def _not_past(self, clinic: Clinic, instant: DateTime) -> None:
        today = self._context.today(clinic.timezone)
        if local_day(instant, clinic.timezone) < today:
            raise Refused(f"{on_day(clinic, instant, today)} has passed; name today or a day to come")

    def _change(
        self, writing: Writing, clinic: Clinic, block: Block, what: str, values: dict[str, Any], words: str
    ) -> BlockOutcome:
        before = {block.id: block_writes.row_of(writing.connection, block.id)}
        block_writes.save(writing.connection, block.id, block.version, values)
        return self._written(writing, clinic, what, before, [block.id], words)

    def _written(
        self,
        writing: Writing,
        clinic: Clinic,
        what: str,
        before: dict[int, dict[str, Any]],
        ids: list[int],
        words: str,
        *,
        undoes: int | None = None,
    ) -> BlockOutcome:
        """Logs blocks as they are now and tells what was done."""
        connection = writing.connection
        subject = f"block {ids[0]}"
        after = {str(key): block_writes.row_of(connection, key) for key in ids}
        earlier = {str(key): row for key, row in before.items()}
        seq = writing.log(what, subject, before=earlier or None, after=after, undoes=undoes)
        written = tuple(blocks.get(connection, key) for key in ids)
        over = _in_the_way(connection, [one for one in written if one.blocks])
        return BlockOutcome(written, f"{_named(written)}: {words}{self._when(clinic, written[0])}", over, seq)

    def _when(self, clinic: Clinic, block: Block) -> str:
        """When a block is, after what was done to it: from which day to which, or from which time to which."""
        if block.cancelled:
            return ""
        today = self._context.today(clinic.timezone)
        if not block.all_day:
            return f" {on_day(clinic, block.starts, today)}-{at_clock(clinic, block.ends)}"
        first = day_alone(clinic, block.starts, today)
        last = day_alone(clinic, block.ends.subtract(minutes=1), today)
        return f" {first}" if first == last else f" {first} to {last}"


_GONE: dict[str, Any] = {"cancelled": True}
_UNDO = {
    "block.add": "undid the block",
    "block.move": "undid the move,",
    "block.lengthen": "undid the change,",
    "block.remove": "put back",
}


def _named(written: Sequence[Block]) -> str:
    """What was written and whose time it takes: `Lunch, Dr Lin, Dr Okafor`."""
    whose = [one.practitioner or one.room for one in written]
    return ", ".join((written[0].called, *dict.fromkeys(one.name for one in whose if one is not None)))


def _unchanged(writing: Writing, block_id: int, version: int | None) -> Block:
    block = blocks.get(writing.connection, block_id)
    if block.cancelled:
        raise Refused(f"{block.called} is removed already; look at the day again")
    if version is not None and version != block.version:
        raise Stale(f"{block.called} was changed by somebody else meanwhile; look again")
    return block


def _in_the_way(connection: Askable, taken: Sequence[Draft | Block]) -> tuple[Appointment, ...]:
    found: dict[int, Appointment] = {}
    for one in taken:
        wide = Span(one.span.starts.subtract(days=1), one.span.ends.add(days=1))
        for visit in runs_into([one], appointments.between(connection, wide)):
            found[visit.id] = visit
    return tuple(sorted(found.values(), key=lambda visit: (visit.starts, visit.id)))
