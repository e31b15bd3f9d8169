"""Needles in, needles out, needles kept: nothing here may ever be lost or guessed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from pendulum import DateTime

from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.counting import (
    Rest,
    as_json,
    change_retention,
    check_minutes,
    check_removal,
    counted,
    missing_of,
)
from frontdesk.desk.outcome import Outcome
from frontdesk.desk.rooming import seat, stays_in
from frontdesk.desk.steps import save, step_values
from frontdesk.desk.words import at_clock, taken_down
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.areas import Area, Areas, area_words, changed, differing, total
from frontdesk.domain.cautions import needle_cautions
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import local_day
from frontdesk.domain.kept import KeptNeedles
from frontdesk.domain.retention import KEPT_DAYS, Retention
from frontdesk.domain.time_text import short_day
from frontdesk.domain.timer import CHECK_AFTER, TimerKind, see_off
from frontdesk.domain.visit import Action, Status
from frontdesk.store import appointment_writes, appointments, kept_needles, timer_writes
from frontdesk.store.engine import Writing
from frontdesk.store.subjects import subject_of


class Needles:
    """Counts of needles; each method is one transaction."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def put_in(
        self,
        appointment_id: int,
        count: int | None = None,
        *,
        areas: Areas = (),
        minutes: int | None = None,
        open_end: bool = False,
        leave_by: DateTime | None = None,
        room: str | None = None,
    ) -> Outcome:
        """Counts needles in and starts the retention and the first check; while they are in, corrects the count.

        `minutes` is the planned retention, else the appointment's; with `open_end` the patient decides, up to the
        latest minute. Without `leave_by` the one told when it was booked holds. Steps that were skipped get the same
        instant. A risk of fainting is named in the outcome and in the log, minutes outside the service's window in the
        outcome: the needles are in, and nothing keeps their time from being taken.
        """
        count = counted(count, areas)
        if minutes is not None:
            check_minutes(minutes)
        with self._context.writing() as writing:
            clinic = clinic_of(writing.connection)
            visit = appointments.get(writing.connection, appointment_id)
            if leave_by is not None and leave_by <= writing.at:
                raise Refused(f"must-leave-by {at_clock(clinic, leave_by)} has passed already")
            if visit.needles_are_in:
                stays_in(clinic, visit, room)
                return self._correct(writing, clinic, visit, count, areas, minutes, leave_by)
            if visit.count_owed:
                raise Refused(f"the needle count of {visit.patient.name} is owed: give it before needles go in again")
            values = step_values(writing, visit, Action.NEEDLES_IN)
            day = local_day(writing.at, clinic.timezone)
            cautions = [one for one in needle_cautions(visit.patient, writing.at, day) if one.key not in visit.asked]
            if cautions:
                values["asked"] = sorted({*visit.asked, *(one.key for one in cautions)})
            after = self._insert(writing, visit, count, areas, minutes, open_end, leave_by)
            if cautions:
                after["cautions"] = "; ".join(one.words for one in cautions)
            writing.log("needles.in", subject_of(visit.id), after=after)
            done, also = seat(writing, clinic, visit, "visit.needles-in", values, room)
            words = f"{_in_words(clinic, done)}{_doubt(visit, minutes)}"
            return Outcome(done, words, (*(f"⚠ {one.shown}" for one in cautions), *also))

    def recount(self, appointment_id: int, count: int | None = None, *, areas: Areas = ()) -> Outcome:
        """Corrects a count in: either way while the needles are in; while the count out is owed it can be raised."""
        count = counted(count, areas)
        with self._context.writing() as writing:
            clinic = clinic_of(writing.connection)
            visit, retention = self._open(writing, appointment_id)
            if visit.needles_are_in:
                return self._correct(writing, clinic, visit, count, areas, None, None)
            _raised(retention, count)
            changes = {"count_in": count, "areas_in": as_json(areas)}
            done = change_retention(writing, visit, retention, "needles.recount", changes)
            return Outcome(done, f"{done.patient.name}: {count} went in (was {retention.count_in}), COUNT OWED")

    def adjust(self, appointment_id: int, by: int, area: Area | None = None) -> Outcome:
        """The practitioner added needles, or took some, while the others stay in.

        Where needles were counted by area, `area` is needed; raises `Refused` for taking the last one.
        """
        with self._context.writing() as writing:
            clinic = clinic_of(writing.connection)
            visit, retention = self._open(writing, appointment_id)
            if not visit.needles_are_in:
                raise Refused(f"no needles are in {visit.patient.name} ({visit.status.words})")
            count = retention.count_in + by
            if count < 1:
                raise Refused("that is the last needle: give the count out")
            if area is None and retention.areas_in:
                raise Refused(f"they were counted by area: say which of {area_words(retention.areas_in)}")
            areas: Areas = ()
            if area is not None and retention.areas_in:
                areas = changed(retention.areas_in, area, by)
            return self._correct(writing, clinic, visit, counted(count, areas), areas, None, None)

    def take_out(
        self,
        appointment_id: int,
        count: int | None,
        *,
        areas: Areas = (),
        went_in: int | None = None,
        kept: int = 0,
        told: bool = False,
        remove_on: date | None = None,
        missing_reason: str = "",
        missing_by: str = "",
    ) -> Outcome:
        """Ends a retention and accounts for every needle; `count` None is the faint: out now, count later.

        In must equal out, plus kept by plan (the patient told, and the day they come out), plus missing (a reason and a
        second name). `went_in` raises a count in that turns out to have been too low. Raises `Refused` naming how many
        are not accounted for.
        """
        with self._context.writing() as writing:
            clinic = clinic_of(writing.connection)
            visit = appointments.get(writing.connection, appointment_id)
            retention = visit.retention
            if retention is None or not (visit.needles_are_in or visit.count_owed):
                step_values(writing, visit, Action.NEEDLES_OUT)
                raise Refused(f"no needles are in {visit.patient.name}")
            rest = Rest(
                kept,
                told,
                remove_on,
                taken_down("the reason", missing_reason),
                taken_down("the second name", missing_by),
            )
            if count is None:
                if kept or rest.reason or rest.second:
                    raise Refused("say what is kept or missing together with the count, when it is given later")
                return self._count_later(writing, visit, retention)
            return self._settle(writing, clinic, visit, retention, count, areas, went_in, rest)

    def kept(self) -> tuple[KeptNeedles, ...]:
        """Every needle kept by plan that has not come out yet, the soonest removal day first."""
        with self._context.store.glance() as connection:
            return kept_needles.still_in(connection)

    def kept_out(self, appointment_id: int) -> Outcome:
        """The needles that a patient was let go with have come out."""
        with self._context.writing() as writing:
            visit = appointments.get(writing.connection, appointment_id)
            still = [one for one in visit.retentions if one.kept and one.kept_out_at is None]
            if not still:
                raise Refused(f"{visit.patient.name} has no needles kept from that visit")
            done = visit
            for retention in still:
                done = change_retention(writing, done, retention, "needles.kept-out", {"kept_out_at": writing.at})
            kept = sum(one.kept for one in still)
            needles = "1 kept needle is" if kept == 1 else f"{kept} kept needles are"
            return Outcome(done, f"{done.patient.name}: {needles} out")

    def _insert(
        self,
        writing: Writing,
        visit: Appointment,
        count: int,
        areas: Areas,
        minutes: int | None,
        open_end: bool,
        leave_by: DateTime | None,
    ) -> dict[str, Any]:
        """Writes the retention and its first check; gives what the log says of them."""
        service = visit.service
        planned = minutes if minutes is not None else visit.retention_minutes
        latest = service.retention_latest
        if open_end:
            planned = latest = max(latest, 1)
        told = visit.leave_by if visit.leave_by is not None and visit.leave_by > writing.at else None
        boot = self._context.time.boot_at(writing.at)
        row: dict[str, Any] = {
            "count_in": count,
            "areas_in": as_json(areas),
            "planned_minutes": planned,
            "earliest_minutes": min(service.retention_earliest, planned),
            "latest_minutes": latest,
            "open_end": open_end,
            "leave_by": leave_by or told,
            "boot": boot[0],
            "boot_ms": boot[1],
        }
        retention_id = appointment_writes.insert_retention(writing.connection, visit.id, in_at=writing.at, **row)
        if planned > CHECK_AFTER and all(one.kind is not TimerKind.CHECK for one in visit.timers):
            connection, at, who = writing.connection, writing.at, writing.who
            timer_writes.start(connection, visit.id, TimerKind.CHECK, CHECK_AFTER, at=at, who=who, boot=boot)
        said = {key: value for key, value in row.items() if key in ("count_in", "areas_in", "planned_minutes")}
        if open_end:
            said["open_end"] = True
        return {"retention_id": retention_id, **said, "version": visit.version + 1}

    def _correct(
        self,
        writing: Writing,
        clinic: Clinic,
        visit: Appointment,
        count: int,
        areas: Areas,
        minutes: int | None,
        leave_by: DateTime | None,
    ) -> Outcome:
        """The practitioner added or took a needle while they are in, or the first count was wrong."""
        retention = visit.retention
        assert retention is not None
        changes: dict[str, Any] = {"count_in": count}
        if areas or count != retention.count_in:
            changes["areas_in"] = as_json(areas)
        if minutes is not None:
            changes |= {"planned_minutes": minutes, "open_end": False}
        if leave_by is not None:
            changes["leave_by"] = self._context.time.stored(retention, leave_by)
        done = change_retention(writing, visit, retention, "needles.recount", changes)
        assert done.retention is not None
        now = self._context.time.retention(done.retention)
        until = f", out at {at_clock(clinic, now.next_due_at)}" if minutes is not None or leave_by is not None else ""
        by_area = f": {area_words(now.areas_in)}" if areas else ""
        words = f"{visit.patient.name}: {count} needles in (was {retention.count_in}){by_area}{until}"
        return Outcome(done, f"{words}{_doubt(visit, minutes)}")

    def _settle(
        self,
        writing: Writing,
        clinic: Clinic,
        visit: Appointment,
        retention: Retention,
        count: int,
        areas: Areas,
        went_in: int | None,
        rest: Rest,
    ) -> Outcome:
        if areas and total(areas) != count:
            raise Refused(f"{area_words(areas)} are {total(areas)} needles, not {count}")
        count_in = retention.count_in
        if went_in is not None:
            count_in = counted(went_in, ())
            _raised(retention, count_in)
        missing = missing_of(retention, count_in, count, rest, writing.who)
        today = local_day(writing.at, clinic.timezone)
        remove_on = None
        if rest.kept:
            remove_on = rest.remove_on or today + timedelta(days=KEPT_DAYS)
            check_removal(remove_on, today)
        changes: dict[str, Any] = {
            "out_at": retention.out_at or self._context.time.stored(retention, writing.at),
            "count_in": count_in,
            "count_out": count,
            "areas_out": as_json(areas),
            "kept": rest.kept,
            "told": bool(rest.kept),
            "remove_on": remove_on,
            "missing": missing,
            "missing_reason": rest.reason,
            "missing_by": rest.second,
        }
        if count_in != retention.count_in:
            changes["areas_in"] = None
        what = "needles.count" if visit.count_owed else "needles.out"
        ended = _what_ends(visit)
        change_retention(writing, visit, retention, what, changes, also=ended)
        done = self._end_timers(writing, visit)
        if done.status is Status.NEEDLES_IN:
            done = save(writing, done, "visit.needles-out", step_values(writing, done, Action.NEEDLES_OUT))
        parts = [f"{count} of {count_in}"]
        if count_in != retention.count_in:
            parts.append(f"count in raised from {retention.count_in}")
        if remove_on is not None:
            unsaid = "" if rest.remove_on else f" (in {KEPT_DAYS} days, as no day was said)"
            parts.append(f"{rest.kept} kept by plan, to come out {short_day(remove_on)}{unsaid}")
        if missing:
            parts.append(f"{missing} missing: {rest.reason}")
        # The total is right, but not where they were: somebody should look again.
        also = tuple(
            f"{area.value} {out} of {went}" for area, went, out in differing(retention.areas_in, areas) if areas
        )
        off = see_off(visit.timers) if ended else ()
        return Outcome(done, f"{done.patient.name}: needles out, {', '.join(parts)}", (*also, *off))

    def _count_later(self, writing: Writing, visit: Appointment, retention: Retention) -> Outcome:
        if visit.status is not Status.NEEDLES_IN:
            raise Refused(f"the needles of {visit.patient.name} are out already; the count is owed: give it")
        out = {"out_at": self._context.time.stored(retention, writing.at)}
        change_retention(writing, visit, retention, "needles.out", out, also=_what_ends(visit))
        done = self._end_timers(writing, visit)
        done = save(writing, done, "visit.needles-out", step_values(writing, done, Action.NEEDLES_OUT))
        words = f"{done.patient.name}: needles out, COUNT OWED ({retention.count_in} in)"
        return Outcome(done, words, see_off(visit.timers))

    def _end_timers(self, writing: Writing, visit: Appointment) -> Appointment:
        """Whoever takes needles out is with the patient: what was timed ends with them."""
        if _what_ends(visit):
            timer_writes.end_all(writing.connection, visit.id, at=writing.at, who=writing.who)
        return appointments.get(writing.connection, visit.id)

    def _open(self, writing: Writing, appointment_id: int) -> tuple[Appointment, Retention]:
        """A visit with needles in or their count owed, and that retention."""
        visit = appointments.get(writing.connection, appointment_id)
        retention = visit.retention
        if retention is None or not (visit.needles_are_in or visit.count_owed):
            raise Refused(f"no needles are in {visit.patient.name} ({visit.status.words}), and no count is owed")
        return visit, retention


def _what_ends(visit: Appointment) -> dict[str, str]:
    """What is timed and ends when the needles come out, for the log."""
    if not visit.needles_are_in or not visit.timers:
        return {}
    return {"timers_ended": ", ".join(one.kind.value for one in visit.timers)}


def _raised(retention: Retention, count: int) -> None:
    if retention.is_in or count > retention.count_in:
        return
    raise Refused(
        f"{retention.count_in} went in: once the needles are out a count in can only be raised, not to {count}; "
        "what is not found is kept or missing"
    )


def _doubt(visit: Appointment, minutes: int | None) -> str:
    """That other minutes were said than the service plans with."""
    outside = visit.service.outside_window(minutes) if minutes is not None else ""
    return f" ({outside})" if outside else ""


def _in_words(clinic: Clinic, visit: Appointment) -> str:
    retention = visit.retention
    assert retention is not None
    until = at_clock(clinic, retention.next_due_at)
    out = f"the patient decides, at the latest {until}" if retention.open_end else f"out at {until}"
    by = retention.leave_by
    hurry = " (must leave by then)" if by is not None and by == retention.next_due_at else ""
    where = f" ({area_words(retention.areas_in)})" if retention.areas_in else ""
    return f"{visit.patient.name}: needles in, {retention.count_in}{where}, {out}{hurry}"
