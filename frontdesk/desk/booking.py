"""Finding a place and taking it: free places, booking, moving."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.desk.again import unless_taken
from frontdesk.desk.answering import answer_to, refused
from frontdesk.desk.claims import taken_over
from frontdesk.desk.coming import comes_already, mark_of, refuse_the_dead, take_back_into_use
from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.meanwhile import unchanged
from frontdesk.desk.names import pick_practitioner, pick_service
from frontdesk.desk.outcome import Outcome
from frontdesk.desk.replan import make_room
from frontdesk.desk.request import Answer, MoveWish, Request
from frontdesk.desk.steps import logged, save, step_values
from frontdesk.desk.words import on_day
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic, Practitioner
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import Span, local_day, local_instant
from frontdesk.domain.packing import Slot, best_places, free_places
from frontdesk.domain.visit import NOT_BEGUN, Action, Status
from frontdesk.store import appointment_writes, appointments, patients
from frontdesk.store.engine import Writing
from frontdesk.store.subjects import subject_of

__all__ = ["MOST_DAYS", "Answer", "Booking", "Request"]

MOST_DAYS = 400
"""How far ahead free places are looked for, in days."""


class Booking:
    """Free places, booking and moving; each method is one transaction."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def slots(
        self,
        service: str,
        practitioner: str | None = None,
        *,
        first_day: date | None = None,
        days: int = 14,
        limit: int = 20,
        patient_id: int | None = None,
        best: bool = False,
        leave_by: int | None = None,
    ) -> tuple[Slot, ...]:
        """The next free places for a service, from now or `first_day` on, over at most `days` days.

        By start; with `best`, those of each day first by which the day loses fewest further visits of the service.
        `leave_by`, in minutes after local midnight, is when the patient must be gone.
        """
        if not 1 <= days <= MOST_DAYS:
            raise Refused(f"free places are looked for over 1 to {MOST_DAYS} days, not {days}")
        with self._context.store.glance() as connection:
            clinic = clinic_of(connection)
            now = self._context.clock.now()
            today = self._context.today(clinic.timezone)
            first = max(first_day or today, today)
            search: dict[str, Any] = {
                "service": pick_service(clinic, service),
                "practitioners": _practitioners(clinic, practitioner),
                "rooms": clinic.open_rooms,
                "not_before": now,
                "patient_id": patient_id,
                "leave_by": leave_by,
            }
            found: list[Slot] = []
            for later, count in _weeks(days):
                begins = first + timedelta(days=later)
                starts = local_instant(begins, 0, clinic.timezone)
                taken = taken_over(connection, clinic, Span(starts, starts.add(days=count + 1)), now, patient_id)
                if best:
                    for day in (begins + timedelta(days=n) for n in range(count)):
                        if len(found) < limit:
                            found += best_places(clinic, taken, day=day, limit=limit - len(found), **search)
                else:
                    found += free_places(
                        clinic, taken, first_day=begins, days=count, limit=limit - len(found), **search
                    )
                if len(found) >= limit:
                    break
            return tuple(found)

    def check(self, request: Request, *, moving: int | None = None) -> Answer:
        """Whether a request fits now, without booking it; `moving` is the appointment that would move there.

        Of one that would move, what `move` would do: it keeps its room where that is free.
        Raises `Refused` for what no other place would mend: a day that has passed, a name that is not there.
        """
        with self._context.store.glance() as connection:
            clinic, now = clinic_of(connection), self._context.clock.now()
            patient = patients.get(connection, request.patient_id)
            if moving is None:
                refuse_the_dead(patient)
            self._not_a_slip(clinic, request.starts)
            if moving is None:
                comes = comes_already(connection, clinic, patient, request.starts, now)
                return replace(answer_to(connection, clinic, request, now), remarks=comes)
            visit = appointments.get(connection, moving)
            wish = MoveWish(request.starts, request.room, request.practitioner, request.squeeze, request.leave_by)
            own = visit.room.name if visit.room else None
            return answer_to(connection, clinic, wish.asked_of(clinic, visit), now, moving=visit, first_room=own)

    def book(self, request: Request) -> Outcome:
        """Books, or raises `Refused` with what clashes and the nearest places that work."""
        return unless_taken(lambda: self._book(request), lambda: self.why_not(request))

    def _book(self, request: Request) -> Outcome:
        with self._context.writing() as writing:
            return self.book_in(writing, request)

    def book_in(
        self, writing: Writing, request: Request, *, more: Mapping[str, Any] | None = None, here: bool = False
    ) -> Outcome:
        """Books as a part of a transaction; `more` goes into the log's entry.

        With `here` the patient stands at the desk: the visit is theirs from the moment they came in.
        """
        connection = writing.connection
        clinic = clinic_of(connection)
        patient = patients.get(connection, request.patient_id)
        service = pick_service(clinic, request.service)
        practitioner = pick_practitioner(clinic, request.practitioner)
        self._not_a_slip(clinic, request.starts)
        again = take_back_into_use(writing, patient, comes_again=request.comes_again or here)
        answer = answer_to(connection, clinic, request, self._context.clock.now())
        if answer.fit is None:
            raise refused(clinic, answer, self._context.today(clinic.timezone))
        fit = answer.fit
        also = (*make_room(writing, fit), *again)
        appointment_id = appointment_writes.insert(
            connection,
            patient_id=patient.id,
            practitioner_id=practitioner.id,
            service_id=service.id,
            room_id=fit.room.id,
            starts=request.starts,
            retention_minutes=fit.plan.retention_minutes,
            squeezed=fit.squeezed,
            status=Status.ARRIVED if here else Status.BOOKED,
            at=writing.at,
            leave_by=request.leave_by,
            arrived_at=writing.at if here else None,
        )
        booked = appointments.get(connection, appointment_id)
        row = appointment_writes.row_of(connection, appointment_id)
        kept = mark_of(patient, again)
        writing.log(
            "visit.walk-in" if here else "visit.book",
            subject_of(appointment_id),
            after={**row, **kept, **(more or {})},
        )
        return Outcome(booked, f"{patient.name}: booked {self.place_words(clinic, booked)}", also)

    def move(
        self,
        appointment_id: int,
        *,
        starts: DateTime | None = None,
        room: str | None = None,
        practitioner: str | None = None,
        squeeze: bool = False,
        version: int | None = None,
        leave_by: DateTime | None = None,
    ) -> Outcome:
        """Moves an appointment that has not begun to another time, room or practitioner; its id stays.

        One that was squeezed in stays so where its time does; anywhere else that is asked anew. `leave_by` replaces the
        time the patient must be gone; the old one holds on its own day alone. With `version` given, raises `Stale` when
        someone else changed it since it was read.
        """
        if starts is None and room is None and practitioner is None and leave_by is None:
            raise Refused("say where to: another time, room or practitioner", option="--at, --room, --with")
        asked: list[Request] = []
        change = MoveWish(starts, room, practitioner, squeeze, leave_by)
        return unless_taken(
            lambda: self._move(appointment_id, change, version, asked),
            lambda: self.why_not(asked[-1], moving=appointment_id),
        )

    def _move(self, appointment_id: int, change: MoveWish, version: int | None, asked: list[Request]) -> Outcome:
        with self._context.writing() as writing:
            return self.move_in(writing, appointment_id, change, version, asked)

    def move_in(
        self,
        writing: Writing,
        appointment_id: int,
        change: MoveWish,
        version: int | None,
        asked: list[Request],
        *,
        more: Mapping[str, Any] | None = None,
    ) -> Outcome:
        """Moves as a part of a transaction; `more` goes into the log's entry, what was asked for into `asked`."""
        connection = writing.connection
        clinic, visit = unchanged(writing, appointment_id, version)
        if visit.status not in NOT_BEGUN:
            begun = f"{visit.patient.name} is {visit.status.words}"
            raise Refused(f"{begun}: only a visit not yet begun can be moved; book another")
        own = visit.room.name if visit.room else None
        request = change.asked_of(clinic, visit)
        asked.append(request)
        self._not_a_slip(clinic, request.starts)
        answer = answer_to(connection, clinic, request, self._context.clock.now(), moving=visit, first_room=own)
        if answer.fit is None:
            raise refused(clinic, answer, self._context.today(clinic.timezone))
        values = {
            "starts": request.starts,
            "room_id": answer.fit.room.id,
            "practitioner_id": pick_practitioner(clinic, request.practitioner).id,
            "retention_minutes": answer.fit.plan.retention_minutes,
            "squeezed": answer.fit.squeezed,
            "leave_by": request.leave_by,
        }
        old = appointment_writes.set_aside(connection, visit.id)
        also = make_room(writing, answer.fit)
        appointment_writes.update(connection, visit.id, visit.version, values)
        moved = logged(writing, visit.id, "visit.move", old, more=more)
        if visit.leave_by is not None and moved.leave_by is None:
            gone_by = on_day(clinic, visit.leave_by, self._context.today(clinic.timezone))
            also = (*also, f"to be gone by {gone_by} no longer holds")
        return Outcome(moved, f"{moved.patient.name}: moved to {self.place_words(clinic, moved)}", also)

    def reinstate(self, appointment_id: int, *, version: int | None = None) -> Outcome:
        """Puts a visit that was called off, or a no-show, back where it was; in another room if need be.

        Raises `Refused` with what is in the way and the nearest places that are free. `version` is as for `move`.
        """
        with self._context.writing() as writing:
            connection = writing.connection
            clinic, visit = unchanged(writing, appointment_id, version)
            values = step_values(writing, visit, Action.REINSTATE)
            name, when = visit.patient.name, on_day(clinic, visit.starts, self._context.today(clinic.timezone))
            take_back_into_use(writing, patients.get(connection, visit.patient.id), comes_again=False)
            if local_day(visit.starts, clinic.timezone) < self._context.today(clinic.timezone):
                raise Refused(f"{when} has passed: book {name} anew")
            own = visit.room.name if visit.room else None
            minutes = visit.retention_minutes if visit.retention_minutes in visit.service.retention_choices else None
            request = Request(
                visit.patient.id,
                visit.service.name,
                visit.practitioner.name,
                visit.starts,
                squeeze=visit.squeezed,
                retention_minutes=minutes,
                leave_by=visit.leave_by,
            )
            answer = answer_to(connection, clinic, request, self._context.clock.now(), moving=visit, first_room=own)
            if answer.fit is None:
                why = refused(clinic, answer, self._context.today(clinic.timezone)).reason
                raise Refused(f"{name} can't be put back at {when}: {why}")
            values |= {
                "room_id": answer.fit.room.id,
                "retention_minutes": answer.fit.plan.retention_minutes,
                "squeezed": answer.fit.squeezed,
            }
            also = make_room(writing, answer.fit)
            done = save(writing, visit, "visit.reinstate", values)
            return Outcome(done, f"{name}: put back, {self.place_words(clinic, done)}", also)

    def why_not(self, request: Request, *, moving: int | None = None) -> Refused | None:
        """That a request does not fit now, in the planner's words; None where it does."""
        answer = self.check(request, moving=moving)
        if answer.fit is not None:
            return None
        with self._context.store.glance() as connection:
            clinic = clinic_of(connection)
        return refused(clinic, answer, self._context.today(clinic.timezone))

    def _not_a_slip(self, clinic: Clinic, starts: DateTime) -> None:
        """Earlier today may be written down late; another day that has passed is a slip, as are seconds."""
        if starts.second or starts.microsecond:
            raise Refused("a visit starts on a whole minute: leave the seconds out")
        today = self._context.today(clinic.timezone)
        if local_day(starts, clinic.timezone) < today:
            raise Refused(f"{on_day(clinic, starts, today)} has passed; name today or a day to come")

    def place_words(self, clinic: Clinic, visit: Appointment) -> str:
        """`Thu 26 Nov 10:20 with Dr Lin, Room 2`."""
        room = f", {visit.room.name}" if visit.room else ""
        squeezed = ", squeezed" if visit.squeezed else ""
        when = on_day(clinic, visit.starts, self._context.today(clinic.timezone))
        return f"{when} with {visit.practitioner.name}{room}{squeezed}"


def _weeks(days: int) -> Iterator[tuple[int, int]]:
    """A stretch of days in parts, each twice as long as the one before: most who ask find a place in the first."""
    later, count = 0, 7
    while later < days:
        yield later, min(count, days - later)
        later, count = later + count, 2 * count


def _practitioners(clinic: Clinic, named: str | None) -> Sequence[Practitioner]:
    return clinic.active_practitioners if named is None else (pick_practitioner(clinic, named),)
