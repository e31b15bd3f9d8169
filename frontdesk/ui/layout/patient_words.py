"""A patient in one row: enough to tell two people of one name apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from frontdesk.domain.history import Missed
from frontdesk.domain.patient import NO_MARKS, Found, Marks, Part, Patient
from frontdesk.domain.privacy import is_private
from frontdesk.domain.time_text import date_text
from frontdesk.text import visible
from frontdesk.ui.keys import action
from frontdesk.ui.layout.cells import Line, Span, fit, line_width

PHONE_CELLS = 17
"""What a phone number takes, one from abroad with its country too."""
NO_PHONE = Span("no phone", "dim")
FILE_HIDDEN = f"the file is hidden; {action('look').key_words} shows it for a moment"
"""What stands in a file's place in privacy mode."""


def phone_cells(people: Iterable[Found]) -> int:
    """What the longest of the numbers takes that are shown of these."""
    shown = (phone_spans(one.patient.shown.phones, one.marks) or (NO_PHONE,) for one in people)
    return max(map(line_width, shown), default=PHONE_CELLS)


def found_line(
    patient: Patient, today: date, found: Found | None = None, cells: int = PHONE_CELLS
) -> tuple[Line, Line]:
    """Name and what they are called at the left; birth date and phone, which decide who it is, at the right.

    The phone is `cells` wide, so that those of a list stand one under another and names get the rest.
    What was typed is marked in one who was `found`. In privacy mode initials and number: whoever must be sure looks
    for a moment.
    """
    left = called(patient, today, found)
    if is_private():
        return left, ()
    details, marks = patient.shown, found.marks if found else NO_MARKS
    # One under another, so that two rows are compared at a glance.
    born = fit((Span(date_text(details.birth_date) if details.birth_date else "born ?", _dim(marks.is_born)),), 10)
    phone = fit(phone_spans(details.phones, marks) or (NO_PHONE,), cells, "dim")
    return left, (Span(" ", "dim"), *born, Span("  ", "dim"), *phone, Span(" ", "dim"))


def called(patient: Patient, today: date, found: Found | None = None) -> Line:
    """Name, what they are called, and what must be seen at once: flags, who has died, whose file is put away."""
    details, marks = patient.shown, found.marks if found and not is_private() else NO_MARKS
    is_guess = found is not None and not found.is_sure
    # Before the name, which may be long: whoever is only guessed at must never look as if they were meant.
    left = [Span("≈ ", "warn")] if is_guess else []
    left += marked(patient.name, marks.name, "text" if is_guess else "strong")
    # What must be seen stands before what may be cut where the row is short.
    if details.flags_on(today):
        left.append(Span(" ⚠", "warn"))
    if details.deceased_on:
        left.append(Span(" † deceased", "warn"))
    elif details.retired:
        left.append(Span(" retired", "warn"))
    if details.known_as:
        left += [Span(" “"), *marked(details.known_as, marks.known_as, "text"), Span("”")]
    if marks.original_name:
        left += [Span(" "), *marked(details.original_name, marks.original_name, "text")]
    if marks.former_name:
        left += [Span(" was ", "dim"), *marked(details.former_name, marks.former_name, "text")]
    if marks.is_email:
        left += [Span(" "), Span(visible(details.email), "match")]
    if marks.is_record:
        left += [Span(" "), Span(f"#{patient.id}", "match")]
    return tuple(left)


COMES_NO_MORE = "Retired, comes no more: Enter again books."
"""Asked once before something is booked for them."""


def standing_spans(patient: Patient) -> Line:
    """That somebody has died or comes no more; empty for everybody else."""
    details = patient.shown
    if details.deceased_on:
        return (Span(" † deceased: nothing is booked", "warn"),)
    return (Span(" retired: comes no more", "warn"),) if details.retired else ()


def missed_spans(missed: Missed) -> Line:
    """`∅ 2 no-shows, 1 late cancellation`: what whoever books should know; nothing of it in privacy mode."""
    return (Span(f" ∅ {missed.words} ", "warn"),) if missed.words else ()


def phone_spans(phones: Sequence[str], marks: Marks) -> Line:
    """The number that was typed, or the first one."""
    if not phones:
        return ()
    place, part = marks.phones[0] if marks.phones else (0, None)
    return tuple(marked(phones[place], (part,) if part else (), "dim"))


def marked(text: str, parts: Iterable[Part], role: str) -> Iterator[Span]:
    """A text whose matched parts stand out, cleared of what a terminal would obey piece by piece."""
    at = 0
    for first, last in parts:
        if first > at:
            yield Span(visible(text[at:first]), role)
        if last > max(first, at):
            yield Span(visible(text[max(first, at) : last]), "match")
        at = max(at, last)
    if at < len(text):
        yield Span(visible(text[at:]), role)


def _dim(is_match: bool) -> str:
    return "match" if is_match else "dim"
