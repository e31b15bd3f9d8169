"""`frontdesk visit ACTION APPOINTMENT`: one step of a visit."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable

from frontdesk.cli import as_json
from frontdesk.cli.common import at_words, day_said, leave_by_of, the_desk, today_of
from frontdesk.cli.output import document, out
from frontdesk.desk.next_visits import NextVisit
from frontdesk.desk.open import Desk
from frontdesk.desk.outcome import Outcome
from frontdesk.domain.areas import Areas, area_of, parse_areas
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.day_asked import day_asked
from frontdesk.domain.timer import TimerKind
from frontdesk.domain.when import parse_moment

_GIVE_UP = frozenset({"cancel", "no-show", "left", "error", "move", "retention", "extend"})
"""The steps after which a place may be free for somebody else."""


def visit(options: Namespace) -> None:
    """Takes the step and says what was done."""
    with the_desk(options) as desk:
        clinic = desk.clinic.get()
        done = _step(desk, clinic, options)
        next_ = desk.next_visits.after(options.appointment) if options.action == "checkout" else None
        if options.json:
            more = {} if next_ is None else {"next_visit": as_json.next_visit(next_, clinic.timezone)}
            document({**as_json.appointment(done.appointment, clinic.timezone), **more})
        else:
            out(done.line)
            if next_ is not None:
                _tell_what_is_next(next_, clinic)
            if options.action in _GIVE_UP:
                _tell_who_fits(desk, done)


def _tell_what_is_next(found: NextVisit, clinic: Clinic) -> None:
    """Which visit is coming; or what the plan would have next and where that fits, which `book` books."""
    if found.coming is not None:
        out(f"  comes next: {at_words(found.coming.starts, clinic)}, {found.coming.practitioner.name}")
    if not found.wanted or found.progress is None or found.wished is None:
        return
    plan = found.progress.plan.details
    wished = at_words(found.wished, clinic) + (f" ({found.why[0]})" if found.why else "")
    out(f"  the plan ({found.progress.words}, {plan.cadence.words}) says {wished}; free are:")
    for place in found.places:
        out(f"    {at_words(place.starts, clinic)}, {place.practitioner.name}, {place.room.name}")
    if not found.places:
        out("    no place around then: `frontdesk slots` looks further")


def _tell_who_fits(desk: Desk, done: Outcome) -> None:
    """Whom of the waiting list to ring up for the place that is free now."""
    found = desk.waiting.who_fits(done.appointment.id)
    for one in found.fitting if found is not None else ():
        phone = next(iter(one.entry.patient.shown.phones), "no telephone")
        out(f"  waits and fits here: {one.entry.patient.name}, {phone} (waiting list, entry {one.entry.id})")


def _step(desk: Desk, clinic: Clinic, options: Namespace) -> Outcome:
    number: int = options.appointment
    steps: dict[str, Callable[[], Outcome]] = {
        "confirm": lambda: desk.visits.confirm(number),
        "arrive": lambda: desk.visits.arrive(number),
        "room": lambda: desk.visits.room(number, options.room),
        "begin": lambda: desk.visits.begin(number, options.room),
        "needles-in": lambda: _needles_in(desk, clinic, options),
        "recount": lambda: _recount(desk, options),
        "check": lambda: desk.timers.check(number),
        "retention": lambda: desk.lengthening.plan_retention(number, options.minutes),
        "extend": lambda: desk.timers.extend(number, options.minutes),
        "patient-decides": lambda: desk.timers.patient_decides(number),
        "timer": lambda: desk.timers.start(number, TimerKind(options.kind), options.minutes, confirmed=options.confirm),
        "timer-off": lambda: desk.timers.stop(number, TimerKind(options.kind)),
        "silence": lambda: desk.timers.silence(number),
        "needles-out": lambda: _needles_out(desk, clinic, options),
        "kept-out": lambda: desk.needles.kept_out(number),
        "ready": lambda: desk.visits.ready(number),
        "checkout": lambda: desk.visits.checkout(number),
        "cancel": lambda: desk.visits.cancel(number, options.reason, by=options.by),
        "reinstate": lambda: desk.booking.reinstate(number),
        "no-show": lambda: desk.visits.no_show(number),
        "left": lambda: desk.visits.left(number, options.reason),
        "error": lambda: desk.visits.error(number, options.reason),
        "move": lambda: _move(desk, clinic, options),
        "hand-over": lambda: desk.hand_over.visit(number, options.to),
        "undo": lambda: desk.undo.last(number),
    }
    return steps[options.action]()


def _needles_in(desk: Desk, clinic: Clinic, options: Namespace) -> Outcome:
    return desk.needles.put_in(
        options.appointment,
        options.count,
        areas=_areas(options.areas),
        minutes=options.minutes,
        open_end=options.patient_decides,
        leave_by=leave_by_of(options, desk.clock.now(), clinic),
        room=options.room,
    )


def _recount(desk: Desk, options: Namespace) -> Outcome:
    number: int = options.appointment
    if options.count is not None:
        return desk.needles.recount(number, options.count, areas=_areas(options.areas))
    return desk.needles.adjust(
        number, options.add or -options.take, area_of(options.area) if options.area is not None else None
    )


def _areas(text: str | None) -> Areas:
    return parse_areas(text) if text is not None else ()


def _needles_out(desk: Desk, clinic: Clinic, options: Namespace) -> Outcome:
    remove_on = day_said(options.remove_on, day_asked, today_of(desk, clinic))
    return desk.needles.take_out(
        options.appointment,
        None if options.count_later else options.count,
        areas=_areas(options.areas),
        went_in=options.went_in,
        kept=options.kept,
        told=options.told,
        remove_on=remove_on,
        missing_reason=options.missing,
        missing_by=options.by,
    )


def _move(desk: Desk, clinic: Clinic, options: Namespace) -> Outcome:
    starts = parse_moment(options.at, today_of(desk, clinic), clinic.timezone) if options.at is not None else None
    leave_by = None
    if options.leave_by is not None:
        leave_by = leave_by_of(options, starts or desk.visits.get(options.appointment).starts, clinic)
    return desk.booking.move(
        options.appointment,
        starts=starts,
        room=options.room,
        practitioner=options.practitioner,
        squeeze=options.squeeze,
        leave_by=leave_by,
    )
