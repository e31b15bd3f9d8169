"""A patient in one row: enough to tell two people of one name apart."""

from __future__ import annotations

from datetime import date

from frontdesk.domain.patient import Patient
from frontdesk.domain.privacy import is_private
from frontdesk.text import visible
from frontdesk.ui.layout.cells import Line, Span


def found_line(patient: Patient, today: date) -> tuple[Line, Line]:
    """Name and what they are called at the left; birth date and phone, which decide who it is, at the right.

    In privacy mode initials and number: whoever must be sure looks for a moment.
    """
    details = patient.shown
    left = [Span(visible(patient.name), "strong")]
    if details.known_as:
        left.append(Span(f" “{visible(details.known_as)}”"))
    if details.flags_on(today):
        left.append(Span(" ⚠", "warn"))
    if details.deceased_on:
        left.append(Span(" † deceased", "warn"))
    if is_private():
        return tuple(left), ()
    born = f"{details.birth_date:%d.%m.%Y}" if details.birth_date else "birth date unknown"
    phone = visible(details.phones[0]) if details.phones else "no phone"
    return tuple(left), (Span(f" {born}  {phone} ", "dim"),)
