"""`frontdesk off PRACTITIONER` and `frontdesk close [DAY]`: the end of a shift and of the day."""

from __future__ import annotations

from argparse import Namespace

from frontdesk.cli import as_json
from frontdesk.cli.common import day_said, the_desk, today_of
from frontdesk.cli.output import document, out, table
from frontdesk.desk.close_page import day_words, needle_words, recall_words
from frontdesk.desk.closing import CloseSheet
from frontdesk.desk.words import closed_words
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.day_asked import day_to_look_back_to
from frontdesk.domain.errors import Refused
from frontdesk.domain.kept import removal_words
from frontdesk.domain.plurals import number_of
from frontdesk.domain.time_text import long_day


def off(options: Namespace) -> None:
    """Somebody goes off, or is back."""
    with the_desk(options) as desk:
        change = desk.hand_over
        done = change.back(options.practitioner) if options.back else change.go_off(options.practitioner, options.to)
        out(done.words)


def close(options: Namespace) -> None:
    """Closes a day, or prints what is open of it and is refused."""
    with the_desk(options) as desk:
        clinic = desk.clinic.get()
        today = today_of(desk, clinic)
        day = day_said(options.day, day_to_look_back_to, today) or today
        if options.dry_run:
            _print(desk.closing.look(day), options)
            return
        before = desk.closing.look(day)
        try:
            found = desk.closing.close(day, no_shows=options.no_shows)
        except Refused:
            _print(desk.closing.look(day), options)
            raise
        _print(found, options)
        if before.is_closed and not options.json:
            out("nothing has changed since; it stays closed")


def _print(found: CloseSheet, options: Namespace) -> None:
    if options.json:
        document(as_json.day_close(found))
        return
    day, close, zone = found.sheet.day, found.close, found.sheet.clinic.timezone
    out(f"{found.sheet.clinic.name} · {long_day(day)} {day.year} · {closed_words(found.sheet)}")
    table(
        [
            [one.need.words, f"{one.visit.id}", *_row(one.visit, zone), _place(one.visit), one.visit.in_charge.name]
            for one in close.open
        ]
    )
    for kept in found.kept:
        out(f"{kept.patient.name} has {number_of(kept.kept, 'needle')} in by plan, {removal_words(kept, day)}")
    for one in close.missing:
        why = "; ".join(f"{side.missing_reason} ({side.missing_by})" for side in one.retentions if side.missing)
        lost = sum(side.missing for side in one.retentions)
        out(f"{one.patient.name}: {number_of(lost, 'needle')} missing: {why}")
    out(day_words(found))
    out(needle_words(found))
    if found.recalls:
        out(recall_words(found))
    for wanting in found.unbooked:
        far = f"{wanting.progress.done} of {wanting.progress.plan.details.planned}"
        out(f"{wanting.patient.name} has nothing booked: plan {far}, expected {wanting.progress.expected_on:%Y-%m-%d}")
    following = found.next_day
    if not found.next_visits:
        out("nothing is booked in the next seven days")
        return
    out(f"next: {long_day(following)}")
    table([["", *_row(one, zone), one.practitioner.name, one.service.name] for one in found.next_visits])


def _row(visit: Appointment, timezone: str) -> list[str]:
    return [f"{visit.starts.in_timezone(timezone):%H:%M}", visit.patient.name]


def _place(visit: Appointment) -> str:
    return visit.room.name if visit.room is not None and visit.holds_room else ""
