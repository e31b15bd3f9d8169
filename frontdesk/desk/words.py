"""How the desk says a time, in the clinic's own zone, and what it takes down of what it is told."""

from __future__ import annotations

from datetime import date

from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.day import DaySheet
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import local_day
from frontdesk.domain.time_text import clock_of, short_day
from frontdesk.text import objection


def at_clock(clinic: Clinic, instant: DateTime) -> str:
    """`10:40`."""
    return clock_of(instant, clinic.timezone)


def day_alone(clinic: Clinic, instant: DateTime, today: date) -> str:
    """`Tue 24 Nov`, with the year where it is another than today's."""
    local = instant.in_timezone(clinic.timezone)
    year = "" if local.year == today.year else f" {local.year}"
    return f"{short_day(local)}{year}"


def on_day(clinic: Clinic, instant: DateTime, today: date) -> str:
    """`Tue 24 Nov 10:40`, with the year where it is another than today's."""
    return f"{day_alone(clinic, instant, today)} {at_clock(clinic, instant)}"


def here_already(clinic: Clinic, visit: Appointment) -> Refused:
    """That somebody can't come once more while this visit of theirs has not ended: who, how far, when and with whom."""
    booked = f"{at_clock(clinic, visit.starts)} with {visit.practitioner.name}"
    return Refused(
        f"{visit.patient.name} is in the house already: {visit.status.words}, {booked}; end that visit first",
        option=f"appointment {visit.id}",
    )


def closed_words(sheet: DaySheet) -> str:
    """What a day says of its close: `closed at 18:05 by Ana`; `open` while it was never closed."""
    closed, clinic = sheet.closed, sheet.clinic
    if closed is None:
        return "open"
    same = local_day(closed.at, clinic.timezone) == sheet.day
    when = at_clock(clinic, closed.at) if same else on_day(clinic, closed.at, sheet.day)
    return f"closed at {when} by {closed.who}{'; it has changed since' if closed.changed_since else ''}"


def taken_down(what: str, text: str) -> str:
    """One line that somebody gave, as it is kept; raises `Refused` naming `what` holds that can't be kept."""
    problem = objection(text)
    if problem:
        raise Refused(f"{what} {problem}")
    return " ".join(text.split())
