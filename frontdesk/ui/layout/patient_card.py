"""A patient's card as lines: who they are, how to reach them, what to look out for; and their visits as rows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.patient import Found, Patient
from frontdesk.domain.privacy import is_private
from frontdesk.domain.scores import courses
from frontdesk.domain.time_text import column_day, date_text
from frontdesk.domain.visit import Status
from frontdesk.text import visible, visible_lines
from frontdesk.ui.layout.cells import Line, Span, cut, fit, width, wrapped, wrapped_spans
from frontdesk.ui.layout.course import course_line
from frontdesk.ui.layout.day_words import SIGNS, ended_words, status_span
from frontdesk.ui.layout.patient_words import FILE_HIDDEN, PHONE_CELLS, called, missed_spans, phone_spans
from frontdesk.ui.layout.plan_lines import here_for, package_lines, plan_lines

if TYPE_CHECKING:
    from frontdesk.desk.patients import PatientCard

ROOM_FOR_WORDS = 54
"""Cells in which a visit's row has room for the words of its status beside all else."""
_AS_PLANNED = (Status.BOOKED, Status.CONFIRMED, Status.CHECKED_OUT)
_MOST_NOTES = 4
"""Rows of notes and of an address on the card."""


def result_line(found: Found, today: date) -> tuple[Line, Line]:
    """One result: name, what they are called and whether there are flags; birth date, age and phone at the right.

    The parts that were typed are marked.
    """
    patient = found.patient
    left = called(patient, today, found)
    if is_private() or not (patient.shown.birth_date or patient.shown.phones):
        return left, ()
    born = fit((Span(_born(patient, today), "match" if found.marks.is_born else "dim"),), 16, "dim")
    phone = fit(phone_spans(patient.shown.phones, found.marks), PHONE_CELLS, "dim")
    return left, (Span(" ", "dim"), *born, Span(" ", "dim"), *phone)


def card_lines(
    patient: Patient, today: date, cells: int, more: PatientCard | None = None, zone: str = "UTC"
) -> tuple[Line, ...]:
    """The file in as many rows as it takes, flags directly beneath the name; scores and plan once `more` is read."""
    details = patient.shown
    known = f" “{visible(details.known_as)}”" if details.known_as else ""
    lines = wrapped_spans((Span(f" {visible(patient.name)}", "strong"), Span(known, "text")), cells - 1, indent=" ")
    sex = f" · {details.sex.value}" if details.sex else ""
    hidden = is_private()
    known_by = FILE_HIDDEN if hidden else f"{_born(patient, today) or 'birth date unknown'}{sex} · #{patient.id}"
    lines += [(Span(f" {row}", "dim"),) for row in wrapped(known_by, cells - 2)]
    if details.deceased_on:
        when = "" if hidden else f" {date_text(details.deceased_on)}"
        lines.append((Span(f" † deceased{when}", "warn"),))
    for flag in details.flags_on(today):
        for number, row in enumerate(wrapped(visible(flag.words), cells - 4)):
            lines.append((Span(f" {'⚠' if number == 0 else ' '} {row}", "warn"),))
    reach = [*details.phones, *((details.email,) if details.email else ())]
    joined = " · ".join(visible(one) for one in reach)
    rows = [joined] if width(joined) <= cells - 2 else [cut(one, cells - 2) for one in reach]
    lines.extend((Span(f" {row}"),) for row in rows if row)
    if not reach and not hidden:
        lines.append((Span(" no phone, no e-mail", "dim"),))
    for text in (", ".join(details.address.splitlines()), details.notes):
        rows = [row for part in visible_lines(text).splitlines() for row in wrapped(part, cells - 2)]
        if len(rows) > _MOST_NOTES:
            rows = [*rows[: _MOST_NOTES - 1], f"{cut(rows[_MOST_NOTES - 1], cells - 4)} …"]
        lines.extend((Span(f" {row}", "dim"),) for row in rows)
    if more is not None and not hidden:
        lines.extend(plan_lines(more.plan, today, zone, cells, here_for((*more.coming, *more.past))))
        lines.extend(package_lines(more.packages, today, cells))
        if more.missed.words:
            lines.append(missed_spans(more.missed))
        # Last: in a low window they are what is cut, so that visits stay in sight.
        lines.extend(
            (Span(" "), *course_line(scale.value.capitalize(), points, cells - 2))
            for scale, points in courses(more.taken)
        )
    return tuple(lines)


def visit_row(
    visit: Appointment, clinic: Clinic, now: DateTime, *, coming: bool, cells: int = ROOM_FOR_WORDS
) -> tuple[Line, Line]:
    """One visit: its day, time, service and practitioner; its status by sign and word at the right.

    In fewer cells than `ROOM_FOR_WORDS` what goes as planned has its sign alone, as in the calendar, so that who and
    what for are whole.
    """
    local = visit.starts.in_timezone(clinic.timezone)
    year = "" if local.year == now.in_timezone(clinic.timezone).year else f" {local.year}"
    when = f"{column_day(local)}{year} {local.hour:02}:{local.minute:02}"
    left = (
        Span(f"{when} ", "strong" if coming else "text"),
        Span(cut(visit.service.name, 12), "text"),
        Span(f" · {cut(visit.practitioner.name, 14)}", "dim"),
    )
    status = status_span(visit, clinic, now) if coming else Span(f"{SIGNS[visit.status]} {ended_words(visit)}", "dim")
    if cells < ROOM_FOR_WORDS and status.text in (f"{SIGNS[one]} {one.words}" for one in _AS_PLANNED):
        status = replace(status, text=status.text[:1])
    return left, (Span(f" {status.text} ", status.role),)


def _born(patient: Patient, today: date) -> str:
    born = patient.shown.birth_date
    return f"{date_text(born)} ({patient.age_on(today)})" if born else ""
