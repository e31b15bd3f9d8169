"""What is timed beside the needles, and how long those stay in: started, ended, moved, hushed, looked in on."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.counting import change_retention, check_minutes
from frontdesk.desk.lengthening import given_up
from frontdesk.desk.outcome import Outcome
from frontdesk.desk.words import at_clock
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.cautions import timer_cautions
from frontdesk.domain.errors import Refused
from frontdesk.domain.hand_over import owner_of
from frontdesk.domain.hours import local_day
from frontdesk.domain.lengthening import check_ahead
from frontdesk.domain.retention import SILENCE_MINUTES, Alarm, Retention
from frontdesk.domain.timer import LONGEST_TIMER, Timer, TimerKind
from frontdesk.store import appointment_writes, appointments, timer_writes
from frontdesk.store.engine import Writing
from frontdesk.store.subjects import subject_of


class Timers:
    """Retentions that run and what is timed beside them; each method is one transaction."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def start(
        self, appointment_id: int, kind: TimerKind, minutes: int | None = None, *, confirmed: bool = False
    ) -> Outcome:
        """Starts timing; what runs already of that kind ends and begins anew.

        Raises `Refused` naming the flag it does not go with, until it is `confirmed`: once a visit, and in the log.
        """
        length = minutes if minutes is not None else kind.usual_minutes
        if not 1 <= length <= LONGEST_TIMER:
            raise Refused(f"{kind.words} runs 1 to {LONGEST_TIMER} minutes, not {length}")
        with self._context.writing() as writing:
            clinic = clinic_of(writing.connection)
            visit = appointments.get(writing.connection, appointment_id)
            if not visit.holds_room:
                raise Refused(
                    f"{visit.patient.name} is in no room ({visit.status.words}): nothing can be timed for them"
                )
            day = local_day(writing.at, clinic.timezone)
            cautions = [one for one in timer_cautions(kind, visit.patient, day) if one.key not in visit.asked]
            if cautions and not confirmed:
                told = "; ".join(one.shown for one in cautions)
                raise Refused(f"{told}. If that is meant, confirm it", option="--confirm")
            values: dict[str, Any] = {}
            if cautions:
                values["asked"] = sorted({*visit.asked, *(one.key for one in cautions)})
            before = _of_kind(visit, kind)
            boot = self._context.time.boot_at(writing.at)
            timer_id = timer_writes.next_id(writing.connection)
            appointment_writes.update(writing.connection, visit.id, visit.version, values)
            after: dict[str, Any] = {"timer_id": timer_id, "kind": kind.value, "minutes": length}
            if cautions:
                after["confirmed"] = "; ".join(one.words for one in cautions)
            self._log(writing, visit, "timer.start", {"timer_id": before.id} if before else {}, after)
            if before is not None:
                timer_writes.end(writing.connection, before, at=writing.at, who=writing.who)
            timer_writes.start(
                writing.connection, visit.id, kind, length, at=writing.at, who=writing.who, boot=boot, timer_id=timer_id
            )
            done = appointments.get(writing.connection, visit.id)
            until = at_clock(clinic, writing.at.add(minutes=length))
            return Outcome(done, f"{done.patient.name}: {kind.words} on, {length} min, until {until}")

    def stop(self, appointment_id: int, kind: TimerKind) -> Outcome:
        """It is off, or was done."""
        with self._context.writing() as writing:
            visit = appointments.get(writing.connection, appointment_id)
            timer = _of_kind(visit, kind)
            if timer is None:
                runs = ", ".join(one.kind.words for one in visit.timers) or "nothing"
                raise Refused(f"{visit.patient.name} has no {kind.words} running; what runs: {runs}")
            appointment_writes.update(writing.connection, visit.id, visit.version, {})
            gone = {"timer_id": timer.id, "kind": kind.value}
            self._log(writing, visit, "timer.stop", gone, gone)
            timer_writes.end(writing.connection, timer, at=writing.at, who=writing.who)
            done = appointments.get(writing.connection, visit.id)
            return Outcome(done, f"{done.patient.name}: {kind.words} {'done' if kind is TimerKind.CHECK else 'off'}")

    def check(self, appointment_id: int) -> Outcome:
        """Somebody looked in on the patient; the check that was timed is done by that."""
        with self._context.writing() as writing:
            visit, retention = _running(writing, appointment_id)
            timer = _of_kind(visit, TimerKind.CHECK)
            also = {} if timer is None else {"timer_id": timer.id}
            checked = {"checked_at": self._context.time.stored(retention, writing.at)}
            change_retention(writing, visit, retention, "visit.check", checked, also=also)
            if timer is not None:
                timer_writes.end(writing.connection, timer, at=writing.at, who=writing.who)
            return Outcome(appointments.get(writing.connection, visit.id), f"{visit.patient.name}: checked")

    def extend(self, appointment_id: int, minutes: int) -> Outcome:
        """Moves the planned end by `minutes`, later or (negative) sooner; the latest minute stays what it is.

        Later means ahead of now: the alarm of an end that has passed is not put off to another that has passed too.

        What the visit will not need of its planned time when it ends sooner, others may have.
        """
        with self._context.writing() as writing:
            clinic = clinic_of(writing.connection)
            visit, retention = _running(writing, appointment_id)
            planned = retention.planned_minutes + minutes
            if minutes == 0:
                raise Refused("say by how many minutes, like 5 or -5")
            check_minutes(planned)
            check_ahead(self._context.time.retention(retention), minutes, writing.at, clinic.timezone)
            changes: dict[str, Any] = {"planned_minutes": planned, "open_end": False}
            changes["earliest_minutes"] = min(retention.earliest_minutes, planned)
            fewer = None
            if minutes < 0:
                due = self._context.time.retention(replace(retention, planned_minutes=planned)).due_at
                fewer = given_up(writing.connection, clinic, visit, due, writing.at)
            done = change_retention(writing, visit, retention, "visit.extend", changes, planned=fewer)
            assert done.retention is not None
            changed = self._context.time.retention(done.retention)
            doubt = " (past the latest minute)" if planned > retention.latest_minutes else ""
            doubt = " (before the earliest minute)" if planned < retention.earliest_minutes else doubt
            words = f"{visit.patient.name}: {minutes:+} min, out at {at_clock(clinic, changed.due_at)}{doubt}"
            by = changed.leave_by
            hurry = (f"must leave by {at_clock(clinic, by)}",) if by is not None and by < changed.due_at else ()
            return Outcome(done, words, hurry)

    def patient_decides(self, appointment_id: int) -> Outcome:
        """No target any more: the needles come out when the patient says so, at the latest minute at the latest."""
        with self._context.writing() as writing:
            clinic = clinic_of(writing.connection)
            visit, retention = _running(writing, appointment_id)
            if retention.open_end:
                raise Refused(f"{visit.patient.name} decides already; extend gives a target again")
            seen = self._context.time.retention(retention)
            latest = at_clock(clinic, seen.latest_at)
            if seen.latest_at <= writing.at:
                raise Refused(f"the latest for {visit.patient.name} was {latest}: extend, or needles out")
            changes = {"planned_minutes": retention.latest_minutes, "open_end": True}
            done = change_retention(writing, visit, retention, "visit.extend", changes)
            return Outcome(done, f"{visit.patient.name}: the patient decides, at the latest {latest}")

    def silence(self, appointment_id: int) -> Outcome:
        """Hushes the sounds of a visit's present levels on every screen for three minutes; their looks stay."""
        with self._context.writing() as writing:
            visit = appointments.get(writing.connection, appointment_id)
            retention = visit.retention if visit.needles_are_in else None
            time = self._context.time
            level = time.retention(retention).alarm(writing.at) if retention is not None else Alarm.NONE
            if retention is not None and owner_of(visit, clinic_of(writing.connection), writing.at) is None:
                # That nobody has the patient is an alarm of its own, and what is heard of the room.
                level = max(level, Alarm.MEDIUM, key=lambda one: one.rank)
            until = writing.at.add(minutes=SILENCE_MINUTES)
            running = [time.timer(one) for one in visit.timers if visit.holds_room]
            ringing = [one for one in running if one.kind.rings and one.alarm(writing.at) is not Alarm.NONE]
            if level is Alarm.NONE and not ringing:
                raise Refused(f"nothing sounds for {visit.patient.name}")
            for timer in ringing:
                stored = until.subtract(microseconds=timer.shift_ms * 1000)
                changes = {"silenced_level": timer.alarm(writing.at), "silenced_until": stored}
                timer_writes.update(writing.connection, timer.id, changes)
            also = {"timer_ids": [one.id for one in ringing]} if ringing else {}
            if retention is not None and level is not Alarm.NONE:
                hushed = {"silenced_level": level.value, "silenced_until": time.stored(retention, until)}
                done = change_retention(writing, visit, retention, "visit.silence", hushed, also=also)
            else:
                appointment_writes.update(writing.connection, visit.id, visit.version, {})
                self._log(writing, visit, "timer.silence", {}, also)
                done = appointments.get(writing.connection, visit.id)
            return Outcome(done, f"{visit.patient.name}: silenced for {SILENCE_MINUTES} min")

    def _log(
        self, writing: Writing, visit: Appointment, what: str, before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        writing.log(what, subject_of(visit.id), before=before or None, after={**after, "version": visit.version + 1})


def _of_kind(visit: Appointment, kind: TimerKind) -> Timer | None:
    return next((one for one in visit.timers if one.kind is kind), None)


def _running(writing: Writing, appointment_id: int) -> tuple[Appointment, Retention]:
    visit = appointments.get(writing.connection, appointment_id)
    retention = visit.retention
    if not visit.needles_are_in or retention is None:
        raise Refused(f"no needles are in {visit.patient.name} ({visit.status.words})")
    return visit, retention
