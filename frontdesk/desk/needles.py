"""Needles in, needles out, and the retention between: nothing here may ever be lost or guessed."""

from __future__ import annotations

from pendulum import DateTime

from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.outcome import Outcome
from frontdesk.desk.rooming import seat, stays_in
from frontdesk.desk.steps import save, step_values, subject_of
from frontdesk.desk.words import at_clock, taken_down
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused
from frontdesk.domain.retention import SILENCE_MINUTES, Alarm, Retention
from frontdesk.domain.visit import Action, Status
from frontdesk.store import appointments
from frontdesk.store.engine import Writing

MOST_NEEDLES = 200
"""A count above this is a slip of the finger."""
LONGEST_RETENTION = 180
"""Minutes; a longer retention is a slip of the finger."""


class Needles:
    """Counts and retentions of visits; each method is one transaction."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def put_in(
        self,
        appointment_id: int,
        count: int,
        *,
        minutes: int | None = None,
        leave_by: DateTime | None = None,
        room: str | None = None,
    ) -> Outcome:
        """Counts needles in and starts the retention; while they are in, corrects the count instead.

        `minutes` is the planned retention and `leave_by` when the patient must be gone, else the appointment's; steps
        that were skipped get the same instant.
        """
        _check_count(count)
        if minutes is not None:
            _check_minutes(minutes)
        with self._context.writing() as writing:
            clinic = clinic_of(writing.connection)
            visit = appointments.get(writing.connection, appointment_id)
            if leave_by is not None and leave_by <= writing.at:
                raise Refused(f"must-leave-by {at_clock(clinic, leave_by)} has passed already")
            if visit.needles_are_in:
                stays_in(clinic, visit, room)
                return self._recount(writing, clinic, visit, count, minutes, leave_by)
            if visit.count_owed:
                raise Refused(f"the needle count of {visit.patient.name} is owed: give it before needles go in again")
            values = step_values(writing, visit, Action.NEEDLES_IN)
            planned = minutes if minutes is not None else visit.retention_minutes
            boot, boot_ms = self._context.time.boot_at(writing.at)
            retention_id = appointments.insert_retention(
                writing.connection,
                visit.id,
                in_at=writing.at,
                count_in=count,
                planned_minutes=planned,
                earliest_minutes=min(visit.service.retention_earliest, planned),
                latest_minutes=visit.service.retention_latest,
                leave_by=leave_by or _as_booked(visit, writing.at),
                boot=boot,
                boot_ms=boot_ms,
            )
            writing.log(
                "needles.in",
                subject_of(visit.id),
                after={
                    "retention_id": retention_id,
                    "count_in": count,
                    "planned_minutes": planned,
                    "version": visit.version + 1,
                },
            )
            done, also = seat(writing, clinic, visit, "visit.needles-in", values, room)
            retention = done.retention
            assert retention is not None
            words = f"{done.patient.name}: needles in, {count}, out at {at_clock(clinic, retention.next_due_at)}"
            return Outcome(done, words, also)

    def take_out(
        self,
        appointment_id: int,
        count: int | None,
        *,
        kept: int = 0,
        told: bool = False,
        missing_reason: str = "",
        missing_by: str = "",
    ) -> Outcome:
        """Ends a retention and accounts for every needle; `count` None is the faint: out now, count later.

        In must equal out, plus kept by plan (the patient told), plus missing (a reason and a second name). Raises
        `Refused` naming how many are not accounted for.
        """
        with self._context.writing() as writing:
            visit = appointments.get(writing.connection, appointment_id)
            retention = visit.retention
            if retention is None or not (visit.needles_are_in or visit.count_owed):
                step_values(writing, visit, Action.NEEDLES_OUT)
                raise Refused(f"no needles are in {visit.patient.name}")
            reason = taken_down("the reason", missing_reason)
            second = taken_down("the second name", missing_by)
            if count is None:
                if kept or reason or second:
                    raise Refused("say what is kept or missing together with the count, when it is given later")
                return self._count_later(writing, visit, retention)
            missing = _settle(retention, count, kept, told, reason, second)
            changes = {
                "out_at": retention.out_at or self._stored(retention, writing.at),
                "count_out": count,
                "kept": kept,
                "missing": missing,
                "missing_reason": reason,
                "missing_by": second,
            }
            what = "needles.count" if visit.count_owed else "needles.out"
            done = self._change(writing, visit, retention, what, changes)
            if done.status is Status.NEEDLES_IN:
                done = save(writing, done, "visit.needles-out", step_values(writing, done, Action.NEEDLES_OUT))
            extra = "".join(
                (f", {kept} kept by plan" if kept else "", f", {missing} missing: {reason}" if missing else "")
            )
            return Outcome(done, f"{done.patient.name}: needles out, {count} of {retention.count_in}{extra}")

    def check(self, appointment_id: int) -> Outcome:
        """Somebody looked in on the patient."""
        with self._context.writing() as writing:
            visit, retention = self._running(writing, appointment_id)
            done = self._change(
                writing, visit, retention, "visit.check", {"checked_at": self._stored(retention, writing.at)}
            )
            return Outcome(done, f"{visit.patient.name}: checked")

    def extend(self, appointment_id: int, minutes: int) -> Outcome:
        """Moves the planned end by `minutes`, later or (negative) sooner; the latest minute stays what it is."""
        with self._context.writing() as writing:
            clinic = clinic_of(writing.connection)
            visit, retention = self._running(writing, appointment_id)
            planned = retention.planned_minutes + minutes
            if minutes == 0:
                raise Refused("say by how many minutes, like 5 or -5")
            _check_minutes(planned)
            done = self._change(writing, visit, retention, "visit.extend", {"planned_minutes": planned})
            assert done.retention is not None
            changed = self._context.time.retention(done.retention)
            past = " (past the latest minute)" if planned > retention.latest_minutes else ""
            words = f"{visit.patient.name}: {minutes:+} min, out at {at_clock(clinic, changed.due_at)}{past}"
            return Outcome(done, words)

    def silence(self, appointment_id: int) -> Outcome:
        """Hushes the sound of the present level on every screen for three minutes; its looks stay."""
        with self._context.writing() as writing:
            visit, retention = self._running(writing, appointment_id)
            level = self._context.time.retention(retention).alarm(writing.at)
            if level is Alarm.NONE:
                raise Refused(f"nothing sounds for {visit.patient.name}")
            changes = {
                "silenced_level": level.value,
                "silenced_until": self._stored(retention, writing.at.add(minutes=SILENCE_MINUTES)),
            }
            done = self._change(writing, visit, retention, "visit.silence", changes)
            return Outcome(done, f"{visit.patient.name}: silenced for {SILENCE_MINUTES} min")

    def _recount(
        self,
        writing: Writing,
        clinic: Clinic,
        visit: Appointment,
        count: int,
        minutes: int | None,
        leave_by: DateTime | None,
    ) -> Outcome:
        """The practitioner added or took a needle while they are in."""
        retention = visit.retention
        assert retention is not None
        changes: dict[str, object] = {"count_in": count}
        if minutes is not None:
            changes["planned_minutes"] = minutes
        if leave_by is not None:
            changes["leave_by"] = self._stored(retention, leave_by)
        done = self._change(writing, visit, retention, "needles.recount", changes)
        assert done.retention is not None
        changed = self._context.time.retention(done.retention)
        until = f", out at {at_clock(clinic, changed.next_due_at)}" if len(changes) > 1 else ""
        return Outcome(done, f"{visit.patient.name}: {count} needles in (was {retention.count_in}){until}")

    def _count_later(self, writing: Writing, visit: Appointment, retention: Retention) -> Outcome:
        if visit.status is not Status.NEEDLES_IN:
            raise Refused(f"the needles of {visit.patient.name} are out already; the count is owed: give it")
        done = self._change(writing, visit, retention, "needles.out", {"out_at": self._stored(retention, writing.at)})
        done = save(writing, done, "visit.needles-out", step_values(writing, done, Action.NEEDLES_OUT))
        return Outcome(done, f"{visit.patient.name}: needles out, COUNT OWED ({retention.count_in} in)")

    def _stored(self, retention: Retention, instant: DateTime) -> DateTime:
        """An instant of the clock as it is now on the clock by which this retention is stored."""
        return instant.subtract(microseconds=self._context.time.retention(retention).shift_ms * 1000)

    def _running(self, writing: Writing, appointment_id: int) -> tuple[Appointment, Retention]:
        visit = appointments.get(writing.connection, appointment_id)
        retention = visit.retention
        if not visit.needles_are_in or retention is None:
            raise Refused(f"no needles are in {visit.patient.name} ({visit.status.words})")
        return visit, retention

    def _change(
        self, writing: Writing, visit: Appointment, retention: Retention, what: str, changes: dict[str, object]
    ) -> Appointment:
        """Changes the facts of a retention; the visit's version moves on too, so that others notice."""
        old = appointments.retention_row(writing.connection, retention.id)
        appointments.update_retention(writing.connection, retention.id, changes)
        appointments.update(writing.connection, visit.id, visit.version, {})
        new = appointments.retention_row(writing.connection, retention.id)
        changed = [key for key in new if new[key] != old.get(key)]
        writing.log(
            what,
            subject_of(visit.id),
            before={"retention_id": retention.id, **{key: old.get(key) for key in changed}},
            after={"retention_id": retention.id, **{key: new[key] for key in changed}, "version": visit.version + 1},
        )
        return appointments.get(writing.connection, visit.id)


def _check_count(count: int) -> None:
    if not 1 <= count <= MOST_NEEDLES:
        raise Refused(f"a needle count is 1 to {MOST_NEEDLES}, not {count}")


def _check_minutes(planned: int) -> None:
    if not 1 <= planned <= LONGEST_RETENTION:
        raise Refused(f"a retention lasts 1 to {LONGEST_RETENTION} minutes, not {planned}")


def _settle(retention: Retention, count: int, kept: int, told: bool, reason: str, second: str) -> int:
    """How many needles are missing, once everything given adds up; raises `Refused` where it does not."""
    if count < 0 or kept < 0:
        raise Refused("a count can't be below nothing")
    if kept and not told:
        raise Refused(f"{kept} kept by plan: the patient must be told first (--told)")
    left = retention.count_in - count - kept
    if left < 0:
        first = "correct the count in first, if more went in" if retention.is_in else "the count in stands by now"
        raise Refused(f"{retention.count_in} needles went in, {count + kept} are too many; {first}")
    if left == 0:
        if reason or second:
            raise Refused(f"nothing is missing: {retention.count_in} in, {count + kept} accounted for")
        return 0
    if reason and second:
        return left
    if reason or second:
        raise Refused(f"{left} missing: give the reason and a second name (--missing TEXT --by NAME)")
    noun = "needle is" if left == 1 else "needles are"
    raise Refused(
        f"{retention.count_in} in, {count} out: {left} {noun} not accounted for; find it, "
        "or say --kept N --told, or --missing TEXT --by NAME"
    )


def _as_booked(visit: Appointment, now: DateTime) -> DateTime | None:
    """When the patient must be gone as told at booking, where that is not past."""
    return visit.leave_by if visit.leave_by is not None and visit.leave_by > now else None
