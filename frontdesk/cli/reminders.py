"""`frontdesk reminders [DAY]` and `frontdesk calendar APPOINTMENT`: who is to be reminded, and what they are sent."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from pendulum import DateTime

from frontdesk.cli import as_json
from frontdesk.cli.common import day_said, the_desk, today_of
from frontdesk.cli.output import document, out, table
from frontdesk.desk.reminders import ReminderSheet, Sent
from frontdesk.domain.day_asked import day_to_see
from frontdesk.domain.errors import Refused
from frontdesk.domain.reminder import Reminder, Reminding, Result
from frontdesk.domain.time_text import iso_day, iso_instant, long_day


def reminders(options: Namespace) -> None:
    """The list of a day; with `--send` the mails go out first, without it only who would get one is said."""
    with the_desk(options) as desk:
        clinic = desk.clinic.get()
        day = day_said(options.day, day_to_see, today_of(desk, clinic))
        if options.to is not None:
            made = desk.reminders.export(Path(options.to), day)
            if options.json:
                document({"file": str(made)})
            else:
                out(f"the list with the texts is in {made}: names and numbers, readable by you alone")
            return
        for given, result in ((options.message, Result.MESSAGE), (options.no_answer, Result.NO_ANSWER)):
            if given is not None:
                desk.reminders.note(given, result)
        if options.not_sent is not None:
            desk.reminders.was_not_sent(options.not_sent)
        sent = desk.reminders.send(day) if options.send else None
        sheet, now = desk.reminders.look(day), desk.clock.now()
        if options.json:
            document(_json(sheet, sent, now))
        else:
            _print(sheet, sent, now)
    if sent is not None and (sent.failed or sent.unsure):
        raise Refused(sent.words)


def calendar(options: Namespace) -> None:
    """Writes one appointment as an iCalendar file."""
    with the_desk(options) as desk:
        made = desk.reminders.calendar(options.appointment, Path(options.to))
        if options.json:
            document({"appointment": options.appointment, "file": str(made)})
        else:
            out(f"appointment {options.appointment} is in {made}")


def _print(sheet: ReminderSheet, sent: Sent | None, now: DateTime) -> None:
    day, zone = sheet.day, sheet.clinic.timezone
    out(f"{sheet.clinic.name} · reminders for {long_day(day)} {day.year}")
    table([_row(one, zone, now) for one in sheet.rows])
    if not sheet.rows:
        out("nobody is booked")
    elif sent is not None:
        out(sent.words)
    else:
        due = sheet.by_mail(now)
        if due and sheet.clinic.reminders.mail is not None:
            out(f"a mail would go to {len(due)} of them; --send sends")


def _row(one: Reminding, zone: str, now: DateTime) -> list[str]:
    details = one.visit.patient.details
    starts = one.visit.starts.in_timezone(zone)
    phone = next(iter(details.phones), "")
    who = one.visit.patient.name
    return [f"{starts:%H:%M}", f"{one.visit.id}", one.words(now), who, phone, one.contact.language, one.how]


def _json(sheet: ReminderSheet, sent: Sent | None, now: DateTime) -> dict[str, Any]:
    zone = sheet.clinic.timezone
    return {
        "day": sheet.day.isoformat(),
        "reminders": [
            {
                "appointment": one.visit.id,
                "start": iso_instant(one.visit.starts, zone),
                "patient": as_json.person(one.visit.patient),
                "phone": next(iter(one.visit.patient.details.phones), None),
                "email": one.visit.patient.details.email or None,
                "language": one.contact.language or None,
                "preferred_contact": one.contact.by.value if one.contact.by else None,
                "no_reminders_since": iso_day(one.contact.no_reminders_since),
                "state": one.reached(now).value,
                "mail": one.why_no_mail(now) is None,
                "why_no_mail": one.why_no_mail(now),
                "text": sheet.text(one),
                "tried": [_tried(each, zone, now) for each in one.tried],
            }
            for one in sheet.rows
        ],
        "sent": None if sent is None else [one.visit.id for one in sent.sent],
        "failed": None if sent is None else [{"appointment": one.visit.id, "reason": why} for one, why in sent.failed],
        "unsure": None if sent is None else [{"appointment": one.visit.id, "reason": why} for one, why in sent.unsure],
    }


def _tried(one: Reminder, zone: str, now: DateTime) -> dict[str, Any]:
    return {
        "at": iso_instant(one.at, zone),
        "who": one.who,
        "by": one.channel.value,
        "result": one.stands(now).value,
        "of": iso_instant(one.starts, zone),
        "reason": one.reason or None,
    }
