"""The steps of a visit at the desk: who came, where they are, who left."""

from __future__ import annotations

from frontdesk.desk.cancelling import cancelled_words, give_up
from frontdesk.desk.claims import fit_again
from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.meanwhile import unchanged
from frontdesk.desk.outcome import Outcome
from frontdesk.desk.packages import use_one
from frontdesk.desk.rooming import seat
from frontdesk.desk.steps import save, step_values
from frontdesk.desk.words import at_clock, taken_down
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused
from frontdesk.domain.packing import Fit
from frontdesk.domain.timer import see_off
from frontdesk.domain.visit import Action, Status
from frontdesk.store import appointments, patient_writes


class Visits:
    """Steps that change no needles; each is one transaction and comes back with its words."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def get(self, appointment_id: int) -> Appointment:
        """One appointment as it is now."""
        with self._context.store.glance() as connection:
            return appointments.get(connection, appointment_id)

    def confirm(self, appointment_id: int) -> Outcome:
        """The patient said yes."""
        with self._context.writing() as writing:
            visit = appointments.get(writing.connection, appointment_id)
            done = save(writing, visit, "visit.confirm", step_values(writing, visit, Action.CONFIRM))
            return Outcome(done, f"{visit.patient.name}: confirmed")

    def arrive(self, appointment_id: int) -> Outcome:
        """The patient is here; one marked as no-show who came late takes their place again, if it is free."""
        with self._context.writing() as writing:
            clinic = clinic_of(writing.connection)
            visit = appointments.get(writing.connection, appointment_id)
            values = step_values(writing, visit, Action.ARRIVE)
            if visit.status is not Status.NO_SHOW:
                done = save(writing, visit, "visit.arrive", values)
                return Outcome(done, f"{done.patient.name}: arrived {at_clock(clinic, writing.at)}")
            fit = fit_again(writing.connection, clinic, visit, writing.at, squeeze=True)
            if isinstance(fit, Fit):
                retention = fit.plan.retention_minutes
                values |= {"room_id": fit.room.id, "squeezed": fit.squeezed, "retention_minutes": retention}
                also = ("squeezed in",) if fit.squeezed else ()
            else:
                values |= {"room_id": None, "squeezed": True}
                also = (f"squeezed in without a room: {fit.words}",)
            done = save(writing, visit, "visit.arrive", values)
            return Outcome(done, f"{done.patient.name}: arrived late, {at_clock(clinic, writing.at)}", also)

    def room(self, appointment_id: int, room: str | None = None) -> Outcome:
        """The patient is taken to a room: the named one, the planned one, or the first that is free."""
        return self._into_room(appointment_id, Action.ROOM, room)

    def begin(self, appointment_id: int, room: str | None = None) -> Outcome:
        """The practitioner is in."""
        return self._into_room(appointment_id, Action.BEGIN, room)

    def ready(self, appointment_id: int) -> Outcome:
        """The room is turned over: the next patient may be taken in, even while this one still pays."""
        with self._context.writing() as writing:
            visit = appointments.get(writing.connection, appointment_id)
            if visit.facts.roomed_at is None or visit.room is None:
                raise Refused(f"{visit.patient.name} has no room to turn over")
            if visit.facts.ready_at is not None:
                raise Refused(f"{visit.room.name} is ready already")
            if visit.needles_are_in:
                raise Refused(f"needles are in: {visit.room.name} can't be turned over")
            if visit.count_owed:
                raise Refused(f"the needle count of {visit.patient.name} is owed: give it before the room is freed")
            if visit.status not in (Status.NEEDLES_OUT, Status.CHECKED_OUT, Status.LEFT):
                raise Refused(f"{visit.patient.name} is still in {visit.room.name} ({visit.status.words})")
            done = save(writing, visit, "visit.ready", {"ready_at": writing.at})
            return Outcome(done, f"{visit.room.name} is ready")

    def checkout(self, appointment_id: int) -> Outcome:
        """The patient leaves; refused while a needle is in or a count is owed."""
        with self._context.writing() as writing:
            visit = appointments.get(writing.connection, appointment_id)
            if visit.count_owed:
                raise Refused(
                    f"the needle count of {visit.patient.name} is owed: give it before checking out",
                    option="needles-out --count N",
                )
            values = step_values(writing, visit, Action.CHECKOUT)
            done = save(writing, visit, "visit.checkout", values)
            patient_writes.mark_seen(writing.connection, visit.patient.id, writing.at)
            taken = use_one(writing, visit)
            also = (*((taken,) if taken else ()), *see_off(visit.timers))
            return Outcome(done, f"{visit.patient.name}: checked out", also)

    def left(self, appointment_id: int, reason: str = "") -> Outcome:
        """The patient left before or during care, with no needle in."""
        with self._context.writing() as writing:
            visit = appointments.get(writing.connection, appointment_id)
            if visit.count_owed:
                raise Refused(f"the needle count of {visit.patient.name} is owed: give it first")
            values = {**step_values(writing, visit, Action.LEFT), "reason": taken_down("the reason", reason)}
            done = save(writing, visit, "visit.left", values)
            return Outcome(done, f"{visit.patient.name}: left", see_off(visit.timers))

    def cancel(self, appointment_id: int, reason: str = "", *, by: str = "", version: int | None = None) -> Outcome:
        """The place is given back; `by` is who called it off (`Canceller`), empty where nobody says.

        With `version` given, raises `Stale` with what others did since it was read.
        """
        with self._context.writing() as writing:
            _, visit = unchanged(writing, appointment_id, version)
            done = give_up(writing, visit, reason, by)
            return Outcome(done, f"{visit.patient.name}: {cancelled_words(done)}")

    def no_show(self, appointment_id: int) -> Outcome:
        """The patient did not come; the place is given back."""
        return self._give_back(appointment_id, Action.NO_SHOW, "no-show", "")

    def error(self, appointment_id: int, reason: str = "") -> Outcome:
        """It should never have been written; it stays in the log."""
        return self._give_back(appointment_id, Action.ERROR, "entered in error", reason)

    def _give_back(self, appointment_id: int, action: Action, words: str, reason: str) -> Outcome:
        with self._context.writing() as writing:
            visit = appointments.get(writing.connection, appointment_id)
            values = {**step_values(writing, visit, action), "reason": taken_down("the reason", reason)}
            done = save(writing, visit, f"visit.{action.value}", values)
            return Outcome(done, f"{visit.patient.name}: {words}")

    def _into_room(self, appointment_id: int, action: Action, named: str | None) -> Outcome:
        with self._context.writing() as writing:
            clinic = clinic_of(writing.connection)
            visit = appointments.get(writing.connection, appointment_id)
            values = step_values(writing, visit, action)
            done, also = seat(writing, clinic, visit, f"visit.{action.value}", values, named)
            room = done.room.name if done.room else "a room"
            words = f"in {room}" if action is Action.ROOM else f"{done.practitioner.name} is in, {room}"
            return Outcome(done, f"{done.patient.name}: {words}", also)
