"""What a line was understood as, part by part, and what can be chosen beneath it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from frontdesk.domain.packing import Mark, Slot
from frontdesk.domain.time_text import moment_text
from frontdesk.text import visible
from frontdesk.ui.layout.cells import Line, Span, aligned, cut_list, fit, pad, wrapped
from frontdesk.ui.layout.day_fits import with_changes
from frontdesk.ui.layout.patient_words import found_line, missed_spans

if TYPE_CHECKING:
    from frontdesk.desk.saying import Understood
    from frontdesk.desk.series import SeriesPlan

LABEL = 10
"""Cells of a part's name."""
PARTS = 6
"""Rows of what was understood: five parts, and the patient's flags."""


def part_lines(understood: Understood | None, zone: str, cells: int, today: date) -> tuple[Line, ...]:
    """A row a part, with a sign that says whether it is certain; before anything is typed, how it is typed."""
    if understood is None:
        return tuple(fit((Span(f" {pad(name, LABEL)}", "dim"), Span(words, "dim")), cells) for name, words in _HOW)
    line = understood.line
    patient = understood.patient
    lines = []
    if patient is None or understood.question("patient"):
        # A long question goes on where the flags would stand.
        first, *more = wrapped(visible(_who(understood)), cells - LABEL - 4) or [""]
        lines.append(_asked("Patient", first, cells))
        flags: Line = (Span(" ".join(more), "warn"),)
    else:
        left, right = found_line(patient, today)
        lines.append(aligned((*_head("Patient", True), *left), right, cells))
        flags = tuple(Span(f"⚠ {visible(flag.words)}  ", "warn") for flag in patient.shown.flags_on(today))
    lapsed = missed_spans(understood.missed)
    lines.append(aligned((Span(" " * (LABEL + 3)), *flags), lapsed, cells))
    lines.append(_part("Service", line.service.name if line.service else None, understood.question("service"), cells))
    lines.append(
        _part("With", line.practitioner.name if line.practitioner else None, understood.question("practitioner"), cells)
    )
    when = _when(understood, zone) if line.starts and not understood.question("when") else None
    lines.append(_part("When", when, understood.question("when").removeprefix("when? "), cells))
    room = line.rooms[0] if line.rooms else None
    named = (room.group if len(line.rooms) > 1 else room.name) if room else None
    fits = understood.answer.fit if understood.answer else None
    lines.append(_part("Room", fits.room.name if fits else named or "any that is free", "", cells))
    return tuple(lines)


_HOW = (
    ("Patient", "part of the name, phone or #number"),
    ("", ""),
    ("Service", "its name or the beginning of it"),
    ("With", "a word of the name"),
    ("When", "thu 10:20 · tomorrow 3pm · +2w fri 9:30 · thu afternoon · asap"),
    ("Room", "any, unless you say one"),
)


def _when(understood: Understood, zone: str) -> str:
    """The moment, and what was said aside: when they must leave, how often they come."""
    line, request = understood.line, understood.request
    assert line.starts is not None
    words = moment_text(line.starts, zone)
    if request is not None and request.leave_by is not None:
        words += f", must leave by {request.leave_by.in_timezone(zone):%H:%M}"
    if line.asides.cadence is not None and line.asides.count is not None:
        words += f", {line.asides.cadence.words}, {line.asides.count} visits"
    return words


def _who(understood: Understood) -> str:
    if not understood.line.patient:
        return "who is it for?"
    if understood.patient is None and len(understood.candidates) > 1 and not understood.line.doubtful:
        return f"{len(understood.candidates)}{' or more' * understood.may_be_others} fit: ↓ chooses, or type more"
    return understood.question("patient")


def _head(name: str, certain: bool) -> tuple[Span, ...]:
    return Span(f" {pad(name, LABEL)}", "dim"), Span("✓ " if certain else "? ", "done" if certain else "warn")


def _part(name: str, words: str | None, question: str, cells: int) -> Line:
    if not words or question:
        return _asked(name, question or "", cells)
    return fit((*_head(name, True), Span(visible(words), "strong")), cells)


def _asked(name: str, question: str, cells: int) -> Line:
    return fit((*_head(name, False), Span(cut_list(question, cells - LABEL - 4), "warn")), cells)


def place_line(place: Slot, zone: str) -> tuple[Line, Line]:
    """A place that can be had."""
    return (
        (Span(moment_text(place.starts, zone), "strong"), Span(f"  {visible(place.practitioner.name)}")),
        (Span(f"{visible(place.room.name)} ", "dim"),),
    )


def verdict_words(understood: Understood, zone: str) -> tuple[str, str]:
    """Whether the line fits as it stands, in at most two lines, and the role they are shown in."""
    answer = understood.answer
    if understood.course is not None:
        return _course_words(understood, understood.course, zone)
    if answer is None or understood.line.starts is None:
        return _offered(understood)
    if answer.fit is not None and answer.fit.squeezed:
        squeezed = "» squeezed in over the practitioner's time: Enter books it"
        return with_changes(squeezed, replace(answer, also=()))[0], "squeeze"
    if answer.fit is not None:
        return with_changes("✓ it fits: Enter books it", answer)
    first, *others = answer.why_not or ("it does not fit",)
    return "\n".join([f"✗ {first}", *([f"  {'; '.join(others)}"] if others else [])]), "warn"


def _course_words(understood: Understood, course: SeriesPlan, zone: str) -> tuple[str, str]:
    """How many of a course's dates there are, those that are not as wished, and what they would change of others."""
    moved = [one.proposed.starts for one in course.dates if one.mark is Mark.MOVED and one.proposed is not None]
    rows = []
    if understood.fits:
        left = f", {len(course.asked)} left out" if course.asked else ""
        rows.append(f"✓ {len(course.places)} visits{left}: Enter books them")
    else:
        first, *_ = understood.unsettled
        days = ", ".join(moment_text(one.wished, zone) for one in understood.unsettled)
        rows.append(f"✗ {days}: {first.why[0] if first.why else first.mark}")
    besides = []
    if moved:
        days = ", ".join(moment_text(one, zone).partition(" ")[2] for one in moved)
        besides.append(f"{len(moved)} moved: {days}")
    changes = [words for one in course.dates for words in course.also.get(one.wished, ())]
    if changes:
        besides.append(f"! {'; '.join(changes)}")
    if besides:
        rows.append(f"  {'; '.join(besides)}")
    return "\n".join(rows), "done" if understood.fits and not changes else "warn"


def _offered(understood: Understood) -> tuple[str, str]:
    if understood.patient is None and len(understood.candidates) > 1:
        return "", "dim"
    if understood.offers:
        return "Free then: ↓ chooses", "dim"
    window = understood.line.window
    if window is not None and understood.line.service is not None and not understood.line.doubtful:
        return f"Nothing is free: {window.words}", "warn"
    return "", "dim"
