"""Verbs that find a place and take it."""

from __future__ import annotations

from argparse import Namespace

from frontdesk.cli import as_json
from frontdesk.cli.common import at_words, day_said, leave_by_of, the_desk, today_of
from frontdesk.cli.output import document, out, table
from frontdesk.desk.booking import Request
from frontdesk.desk.coming import COMES_AGAIN
from frontdesk.desk.saying import Choice, Understood
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.day_asked import day_to_see
from frontdesk.domain.time_text import moment_text
from frontdesk.domain.when import parse_moment, parse_time


def slots(options: Namespace) -> None:
    """The next free places for a service."""
    with the_desk(options) as desk:
        clinic = desk.clinic.get()
        first = day_said(options.first_day, day_to_see, today_of(desk, clinic))
        free = desk.booking.slots(
            options.service,
            options.practitioner,
            first_day=first,
            days=options.days,
            limit=options.limit,
            best=options.best,
            leave_by=None if options.leave_by is None else parse_time(options.leave_by),
        )
        if options.json:
            document([as_json.slot(one, clinic.timezone) for one in free])
            return
        table(
            [
                [
                    at_words(one.starts, clinic),
                    one.practitioner.name,
                    one.room.name,
                    f"retention {one.retention_minutes} min",
                ]
                for one in free
            ]
        )
        if not free:
            out(f"no free place in {options.days} days; look further with --days")


def book(options: Namespace) -> None:
    """Books an appointment, or says why not and what works."""
    with the_desk(options) as desk:
        clinic = desk.clinic.get()
        starts = parse_moment(options.at, today_of(desk, clinic), clinic.timezone)
        done = desk.booking.book(
            Request(
                options.patient,
                options.service,
                options.practitioner,
                starts,
                options.room,
                squeeze=options.squeeze,
                retention_minutes=options.retention,
                leave_by=leave_by_of(options, starts, clinic),
                comes_again=options.comes_again,
            )
        )
        if options.json:
            document(as_json.appointment(done.appointment, clinic.timezone))
        else:
            out(f"{done.line} (appointment {done.appointment.id})")


def say(options: Namespace) -> None:
    """Books what one line says; with `--dry-run` only shows what was understood, and whether it fits."""
    with the_desk(options) as desk:
        clinic = desk.clinic.get()
        text = " ".join(options.line)
        choice = Choice(comes_again=options.comes_again)
        understood = desk.saying.understand(text, choice)
        done = None if options.dry_run else desk.saying.book(text, choice)
        if options.json:
            shown = as_json.understood(understood, clinic.timezone)
            if done is not None:
                shown["appointment"] = as_json.appointment(done.appointment, clinic.timezone)
            document(shown)
        elif done is not None:
            out(f"{done.line} (appointment {done.appointment.id})")
        else:
            _tell(understood, clinic)


def _tell(understood: Understood, clinic: Clinic) -> None:
    line = understood.line
    table(
        [
            ["patient", understood.patient.name if understood.patient else "?"],
            ["service", line.service.name if line.service else "?"],
            ["with", line.practitioner.name if line.practitioner else "?"],
            ["room", line.rooms[0].name if line.rooms else "any"],
            ["when", at_words(line.starts, clinic) if line.starts else "?"],
        ]
    )
    if understood.missed.words:
        out(f"so far: {understood.missed.words}")
    if understood.request is not None and understood.request.leave_by is not None:
        out(f"must leave by {understood.request.leave_by.in_timezone(clinic.timezone):%H:%M}")
    for number, place in enumerate(understood.course.places if understood.course else (), 1):
        out(f"  {number}. {at_words(place.starts, clinic)}, {place.room.name}")
    again = f" ({COMES_AGAIN})" if understood.comes_no_more and understood.fits else ""
    out("it fits" if not understood.why_not else "; ".join(understood.why_not) + again)
    for place in understood.alternatives:
        at = moment_text(place.starts, clinic.timezone)
        out(f"  free: {at} with {place.practitioner.name}, {place.room.name}")
