"""The waiting list at the desk: put on, change, take off, and book the moment a place is free."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.desk.again import unless_taken
from frontdesk.desk.answering import never_squeezing
from frontdesk.desk.booking import Booking
from frontdesk.desk.claims import taken_over
from frontdesk.desk.coming import take_back_into_use
from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.differing import differing
from frontdesk.desk.freed import freed_by, freed_places
from frontdesk.desk.outcome import Outcome
from frontdesk.desk.request import MoveWish, Request
from frontdesk.desk.waiting_entries import fields_of, on_the_list_again, subject_of_waiting, twin, wish_of
from frontdesk.desk.words import on_day, taken_down
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused, Stale
from frontdesk.domain.hours import Span, local_day, local_instant
from frontdesk.domain.packing import Slot
from frontdesk.domain.visit import NOT_BEGUN
from frontdesk.domain.waiting import DAYS_AHEAD, Ending, FreedEvent, FreedPlace, Places, Waiting, Wish, in_order
from frontdesk.store import appointments, audit, patients, waiting_writes
from frontdesk.store import waiting as rows
from frontdesk.store.audit import Entry
from frontdesk.store.engine import Writing

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable

_UNDONE = {
    "waiting.add": "being put on the waiting list",
    "waiting.change": "the change",
    "waiting.end": "being taken off",
}


class Listed(Struct, frozen=True):
    """Somebody on the list, with the first place that would do; `over` says why nothing can come of it any more."""

    entry: Waiting
    over: str = ""
    place: Slot | None = None


class WaitingSheet(Struct, frozen=True):
    """The whole list as of one moment: who waits, in the order they are called, and what became free for whom."""

    clinic: Clinic
    at: DateTime
    listed: tuple[Listed, ...] = ()
    freed: tuple[FreedPlace, ...] = ()
    """Places that became free and that somebody fits, by when they begin."""


class Openings(Struct, frozen=True):
    """What is free for those who wait, as of one moment: `waiting` people could be given some place now."""

    clinic: Clinic
    at: DateTime
    waiting: int = 0
    events: frozenset[FreedEvent] = frozenset()
    """Everything that became free and has not passed."""
    freed: tuple[FreedPlace, ...] = ()
    """Of that, what somebody fits, by when it begins; without what the asker knew."""


class Kept(Struct, frozen=True):
    """What was written down, in words, and the number of its entry in the log, by which it is taken back."""

    entry: Waiting
    words: str
    seq: int


class WaitingList:
    """Each method is one transaction and one entry in the log."""

    def __init__(self, context: Context, booking: Booking) -> None:
        self._context, self._booking = context, booking

    def look(self) -> WaitingSheet:
        """The list now, with whom each place that became free would do."""
        with self._context.store.glance() as connection:
            clinic = clinic_of(connection)
            now = self._context.clock.now()
            entries = in_order(rows.open_ones(connection))
            today = local_day(now, clinic.timezone)
            live = [one for one in entries if not one.over_words(today)]
            if not live:
                return WaitingSheet(clinic, now, tuple(Listed(one, one.over_words(today)) for one in entries))
            places = self._places(connection, clinic, now, live)
            freed = freed_places(connection, now)
        fitting = [places.who_fits(one, live) for one in freed]
        listed = [
            Listed(one, one.over_words(today), next(iter(places.places(one)), None) if one in live else None)
            for one in entries
        ]
        return WaitingSheet(clinic, now, tuple(listed), tuple(one for one in fitting if one.fitting))

    def openings(self, known: Collection[FreedEvent] | None = ()) -> Openings:
        """For how many of the list some place is free, and who fits what became free.

        That is not asked of what is `known` already, and of nothing with None: it is what takes long.
        """
        with self._context.store.glance() as connection:
            clinic = clinic_of(connection)
            now = self._context.clock.now()
            today = local_day(now, clinic.timezone)
            live = [one for one in rows.open_ones(connection) if not one.over_words(today)]
            if not live:
                return Openings(clinic, now)
            places = self._places(connection, clinic, now, live)
            freed = freed_places(connection, now)
        asked = [] if known is None else [one for one in freed if one.event not in known]
        found = [places.who_fits(one, live) for one in asked]
        could = {one.patient.id for one in live if places.places(one)}
        events = frozenset(one.event for one in freed)
        return Openings(clinic, now, len(could), events, tuple(one for one in found if one.fitting))

    def who_fits(self, appointment_id: int) -> FreedPlace | None:
        """Who of the list fits the place that the last step of a visit left; None where it left none."""
        with self._context.store.glance() as connection:
            clinic = clinic_of(connection)
            now = self._context.clock.now()
            freed = freed_by(connection, appointment_id, now)
            if freed is None:
                return None
            today = local_day(now, clinic.timezone)
            live = [one for one in rows.open_ones(connection) if not one.over_words(today)]
            if not live:
                return FreedPlace(freed)
            around = freed.visit.room_span
            places = self._places(connection, clinic, now, live, Span(min(now, around.starts), around.ends))
        return places.who_fits(freed, live)

    def places(self, waiting_id: int, limit: int = 9) -> tuple[Slot, ...]:
        """Places that somebody on the list would take, in the coming days: a few of each day, the soonest first.

        Raises `Refused` where they are not on the list any more.
        """
        with self._context.store.glance() as connection:
            clinic = clinic_of(connection)
            entry = self._open(connection, waiting_id, None)
            now = self._context.clock.now()
            return self._places(connection, clinic, now, [entry]).choice(entry, limit=limit)

    def fits(self, patient_id: int, wish: Wish, appointment_id: int | None = None) -> tuple[Slot, ...]:
        """What is free already for a wish that is about to be written down."""
        with self._context.store.glance() as connection:
            clinic = clinic_of(connection)
            now = self._context.clock.now()
            patient = patients.get(connection, patient_id)
            visit = None if appointment_id is None else appointments.get(connection, appointment_id)
            entry = Waiting(0, 1, patient, wish, now, self._context.actor, visit)
            return self._places(connection, clinic, now, [entry]).choice(entry, limit=4)

    def of_patient(self, patient_id: int) -> tuple[Waiting, ...]:
        """What a patient waits for now, in order."""
        with self._context.store.glance() as connection:
            return in_order(one for one in rows.of_patient(connection, patient_id) if one.ended_at is None)

    def get(self, waiting_id: int) -> Waiting:
        """One entry, open or ended."""
        with self._context.store.glance() as connection:
            return rows.get(connection, waiting_id)

    def add(self, patient_id: int, wish: Wish, *, appointment_id: int | None = None) -> Kept:
        """Puts somebody on the list: for `appointment_id` earlier, or else for one visit more.

        Raises `Refused` where they are on it for the same already, or the appointment is not one they could move.
        """
        with self._context.writing() as writing:
            clinic = clinic_of(writing.connection)
            patient = patients.get(writing.connection, patient_id)
            wish = self._checked(writing, clinic, wish)
            again = take_back_into_use(writing, patient, comes_again=True)
            if appointment_id is not None:
                visit = appointments.get(writing.connection, appointment_id)
                if visit.patient.id != patient_id:
                    raise Refused(f"appointment {appointment_id} is {visit.patient.name}'s, not {patient.name}'s")
                if visit.status not in NOT_BEGUN:
                    raise Refused(f"{patient.name} is {visit.status.words}: that visit can't be moved any more")
                wish = replace(wish, service=visit.service)
            self._refuse_twice(writing.connection, patient_id, wish, appointment_id)
            key = waiting_writes.insert(
                writing.connection,
                patient_id,
                wish,
                appointment_id=appointment_id,
                since=writing.at,
                who=writing.who,
            )
            entry = rows.get(writing.connection, key)
            seq = writing.log("waiting.add", subject_of_waiting(entry), after={"waiting": key, **fields_of(entry)})
            words = "; ".join((f"{patient.name}: on the waiting list, {self.words_of(clinic, entry)}", *again))
            return Kept(entry, words, seq)

    def change(self, waiting_id: int, version: int, wish: Wish) -> Kept:
        """Another wish in its place; since when they wait stays."""
        with self._context.writing() as writing:
            clinic = clinic_of(writing.connection)
            entry = self._open(writing.connection, waiting_id, version)
            wish = self._checked(writing, clinic, wish)
            if entry.visit is not None:
                wish = replace(wish, service=entry.wish.service)
            elif wish.service != entry.wish.service:
                self._refuse_twice(writing.connection, entry.patient.id, wish, None)
            waiting_writes.update(writing.connection, entry, wish)
            new = rows.get(writing.connection, waiting_id)
            was, now = differing(fields_of(entry), fields_of(new))
            seq = writing.log(
                "waiting.change",
                subject_of_waiting(new),
                before={"waiting": new.id, **was},
                after={"waiting": new.id, **now},
            )
            return Kept(new, f"{new.patient.name}: waits for {self.words_of(clinic, new)}", seq)

    def withdraw(self, waiting_id: int, reason: str, version: int | None = None) -> Kept:
        """Takes somebody off the list; the reason is asked for, so that nobody is dropped without a word."""
        with self._context.writing() as writing:
            entry = self._open(writing.connection, waiting_id, version)
            said = taken_down("the reason", reason)
            if not said:
                raise Refused(f"why is {entry.patient.name} taken off the waiting list? say it in a word")
            return self._end(writing, entry, said)

    def book(self, waiting_id: int, place: Slot, version: int | None = None) -> Outcome:
        """Gives somebody on the list a place: their later visit moves there, or a new one is booked.

        In one step with taking them off the list; undo takes both back.
        """
        asked: list[Request] = []
        moving: list[int] = []
        with never_squeezing():
            return unless_taken(
                lambda: self._book(waiting_id, place, version, asked, moving),
                lambda: self._booking.why_not(asked[-1], moving=moving[-1] if moving else None),
            )

    def undo(self, seq: int) -> str:
        """Takes back what was written down with that number, and says what; refused where more was done since."""
        with self._context.writing() as writing:
            entry = audit.get(writing.connection, seq)
            if entry is None or entry.what not in _UNDONE:
                raise Refused("nothing of the waiting list can be taken back there")
            if audit.undone(writing.connection, [seq]):
                raise Refused("that has been taken back already")
            now = rows.get(writing.connection, (entry.after or {})["waiting"])
            if self._last(writing.connection, now) != entry.seq:
                raise Stale(f"the wish of {now.patient.name} was changed meanwhile; look at the waiting list again")
            after = self._take_back(writing, entry, now)
            writing.log(
                "waiting.undo", subject_of_waiting(now), after={"waiting": after.id, **fields_of(after)}, undoes=seq
            )
            return f"{now.patient.name}: undid {_UNDONE[entry.what]}"

    def words_of(self, clinic: Clinic, entry: Waiting) -> str:
        """`earlier than Thu 26 Nov 10:20, Mon before 12:00`, `Follow-up: any day, any time`."""
        urgent = "urgent, " if entry.wish.urgent else ""
        if entry.visit is None:
            return f"{urgent}{entry.wish.service.name}: {entry.wish.words}"
        today = self._context.today(clinic.timezone)
        return f"{urgent}earlier than {on_day(clinic, entry.visit.starts, today)}, {entry.wish.words}"

    def _book(
        self, waiting_id: int, place: Slot, version: int | None, asked: list[Request], moving: list[int]
    ) -> Outcome:
        with self._context.writing() as writing:
            entry = self._open(writing.connection, waiting_id, version)
            more = {"waiting": entry.id}
            if entry.visit is not None:
                moving.append(entry.visit.id)
                change = MoveWish(place.starts, place.room.name, place.practitioner.name, squeeze=False, leave_by=None)
                if entry.visit.starts <= place.starts:
                    raise Refused(f"{entry.patient.name} comes before that already: that place is no earlier")
                done = self._booking.move_in(writing, entry.visit.id, change, entry.visit.version, asked, more=more)
            else:
                request = Request(
                    entry.patient.id,
                    entry.wish.service.name,
                    place.practitioner.name,
                    place.starts,
                    place.room.name,
                    retention_minutes=place.retention_minutes,
                )
                asked.append(request)
                done = self._booking.book_in(writing, request, more=more)
            waiting_writes.end(writing.connection, entry, Ending.BOOKED, at=writing.at, booked_id=done.appointment.id)
            return replace(done, words=f"{done.words}, from the waiting list")

    def _take_back(self, writing: Writing, entry: Entry, now: Waiting) -> Waiting:
        connection = writing.connection
        if entry.what == "waiting.add":
            waiting_writes.end(connection, now, Ending.WITHDRAWN, at=writing.at, reason="put on by mistake")
            return rows.get(connection, now.id)
        if entry.what == "waiting.end":
            return on_the_list_again(writing, now)
        clinic = clinic_of(connection)
        was = {**fields_of(now), **{key: value for key, value in (entry.before or {}).items() if key != "waiting"}}
        waiting_writes.update(connection, now, wish_of(clinic, was))
        return rows.get(connection, now.id)

    def _end(self, writing: Writing, entry: Waiting, reason: str) -> Kept:
        waiting_writes.end(writing.connection, entry, Ending.WITHDRAWN, at=writing.at, reason=reason)
        seq = writing.log(
            "waiting.end",
            subject_of_waiting(entry),
            before=fields_of(entry),
            after={"waiting": entry.id, "reason": reason},
        )
        ended = rows.get(writing.connection, entry.id)
        return Kept(ended, f"{entry.patient.name}: off the waiting list ({reason})", seq)

    def _last(self, connection: Askable, entry: Waiting) -> int:
        """The newest entry of the log about one wish."""
        for one in audit.of_subject(connection, subject_of_waiting(entry)):
            if one.what.startswith("waiting.") and (one.after or {}).get("waiting") == entry.id:
                return one.seq
        return 0

    def _open(self, connection: Askable, waiting_id: int, version: int | None) -> Waiting:
        entry = rows.get(connection, waiting_id)
        if entry.ended_at is not None:
            raise Refused(f"{entry.patient.name} is not on the waiting list any more ({entry.ending})")
        if version is not None and version != entry.version:
            raise Stale(f"the wish of {entry.patient.name} was changed meanwhile; look at the waiting list again")
        return entry

    def _refuse_twice(self, connection: Askable, patient_id: int, wish: Wish, appointment_id: int | None) -> None:
        """The database holds this too; here it is said with what to do."""
        other = twin(connection, patient_id, wish, appointment_id)
        if other is not None:
            raise Refused(
                f"{other.patient.name} is on the waiting list for that already: change that one",
                option=f"entry {other.id}",
            )

    def _checked(self, writing: Writing, clinic: Clinic, wish: Wish) -> Wish:
        today = local_day(writing.at, clinic.timezone)
        if wish.last_day is not None and wish.last_day < max(today, wish.first_day or today):
            raise Refused(f"they would wait until {wish.last_day}, which is before they could come: name a later day")
        if wish.earliest > wish.latest:
            raise Refused("the wished time ends before it begins: say it like 9 to 12, before 12 or after 15")
        return replace(wish, note=taken_down("the note", wish.note))

    def _places(
        self, connection: Askable, clinic: Clinic, now: DateTime, entries: list[Waiting], span: Span | None = None
    ) -> Places:
        if span is None:
            midnight = local_instant(local_day(now, clinic.timezone), 0, clinic.timezone)
            span = Span(midnight, midnight.add(days=DAYS_AHEAD + 1))
        people = {one.patient.id for one in entries}
        return Places(clinic, taken_over(connection, clinic, span, now, patients=people), now)
