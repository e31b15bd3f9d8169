"""The waiting list as rows: who fits a place that became free, who waits, and the whole of what is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pendulum import DateTime

from frontdesk.desk.waiting import Listed
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.hours import local_day
from frontdesk.domain.packing import Slot
from frontdesk.domain.time_text import moment_text, short_day
from frontdesk.domain.waiting import Fitting, Freed, Waiting
from frontdesk.text import visible
from frontdesk.ui.layout.cells import Line, Span, cut, fit, line_width, pad, width, wrapped

WHEN_CELLS, NAME_CELLS, PHONE_CELLS = 17, 13, 14
_WIDE, _WHOLE_PHONE = 100, 17
"""Columns from which there is room for a number of any country; how long that is."""
_CURSOR, _WAITS = 2, 6
_ANY = "any day, any time"


def fitting_line(freed: Freed, one: Fitting, clinic: Clinic, cells: int, *, first: bool) -> tuple[Line, Line]:
    """Who fits a freed place: when, who, their phone; at the right with whom and where. `first` of its place."""
    del freed
    entry, place = one.entry, one.place
    left = (
        Span(pad(moment_text(place.starts, clinic.timezone), WHEN_CELLS), "strong" if first else "dim"),
        *who_spans(entry),
        Span(f"{pad(phone_of(entry), _phone_cells(cells))} ", "dim"),
        Span(earlier_words(entry, clinic), "dim"),
    )
    return left, (Span(f" {place_words(place)} ", "text"),)


def listed_line(listed: Listed, clinic: Clinic, now: DateTime, cells: int) -> tuple[Line, Line]:
    """Somebody who waits: since when, who, their phone, what for; at the right the first place that would do.

    Of what they wait for as many whole parts are named as `cells` columns have room for.
    """
    entry = listed.entry
    right = (Span(" nothing free yet ", "dim"),)
    if listed.over:
        right = (Span(f" {cut(listed.over, 34)} ", "warn"),)
    elif listed.place is not None:
        right = (Span(f" {moment_text(listed.place.starts, clinic.timezone)} ", "done"),)
    room = cells - _CURSOR - _WAITS - 2 - NAME_CELLS - 1 - _phone_cells(cells) - 1 - line_width(right)
    left = (
        Span(pad(waits_words(entry, now), _WAITS), "dim"),
        *who_spans(entry),
        Span(f"{pad(phone_of(entry), _phone_cells(cells))} ", "dim"),
        Span(short_wish(entry, clinic, room), "dim"),
    )
    return left, right


def who_spans(entry: Waiting) -> Line:
    """`! Garcia M`: who, and whether it is urgent, by sign as well as by colour."""
    mark = "‼ " if entry.wish.urgent else "  "
    return (Span(mark, "warn"), Span(f"{pad(entry.patient.short_name, NAME_CELLS)} ", "strong"))


def place_words(place: Slot) -> str:
    """`Dr Lin, R2`."""
    return f"{visible(place.practitioner.name)}, {visible(place.room.short_name)}"


def _phone_cells(cells: int) -> int:
    return _WHOLE_PHONE if cells >= _WIDE else PHONE_CELLS


def phone_of(entry: Waiting) -> str:
    """The number to ring; empty in privacy mode."""
    phones = entry.patient.shown.phones
    return phones[0] if phones else ""


def earlier_words(entry: Waiting, clinic: Clinic) -> str:
    """What becomes of them: which visit moves, or what is booked."""
    if entry.visit is None:
        return f"books {entry.wish.service.name}"
    return f"moves {_day(entry.visit.starts, clinic)}"


def short_wish(entry: Waiting, clinic: Clinic, cells: int) -> str:
    """`before Thu 26 Nov · Mon until 12:00`: the wish as far as it narrows anything and there is room for it."""
    wish = entry.wish
    said = wish.service.name if entry.visit is None else f"before {_day(entry.visit.starts, clinic)}"
    narrow = replace(wish, practitioners=()) if entry.visit is not None else wish
    if narrow.words == _ANY:
        return said
    for number, part in enumerate(narrow.parts):
        longer = f"{said}{' · ' if number == 0 else ' '}{part}"
        if width(longer) > cells:
            break
        said = longer
    return said


def _day(instant: DateTime, clinic: Clinic) -> str:
    return short_day(instant.in_timezone(clinic.timezone))


def wish_words(entry: Waiting, clinic: Clinic) -> str:
    """`earlier than Thu 26 Nov 10:20 · Mon until 12:00`."""
    what = entry.wish.service.name
    if entry.visit is not None:
        what = f"earlier than {moment_text(entry.visit.starts, clinic.timezone)}"
    return f"{what} · {entry.wish.words}"


def waits_words(entry: Waiting, now: DateTime) -> str:
    """How long they have waited: `3 d`, `5 h`, `now`."""
    hours = int((now - entry.since).total_seconds() // 3600)
    return f"{hours // 24} d" if hours >= 24 else f"{hours} h" if hours else "now"


def freed_words(freed: Freed, clinic: Clinic) -> str:
    """`Mon 23 Nov 10:20 with Dr Lin, Room 2: cancelled at 09:31 (Novak P)`."""
    visit, zone = freed.visit, clinic.timezone
    at = freed.at.in_timezone(zone)
    same = local_day(freed.at, zone) == local_day(visit.starts, zone)
    when = f"at {at:%H:%M}" if same else f"on {short_day(at)}"
    room = f", {visit.room.name}" if visit.room else ""
    where = f"{moment_text(visit.starts, zone)} with {visit.practitioner.name}{room}"
    return f"{where}: {freed.why} {when} ({visit.patient.short_name})"


def detail_lines(
    entry: Waiting | None, freed: Freed | None, place: Slot | None, clinic: Clinic, today: date, cells: int
) -> tuple[Line, ...]:
    """Everything of what is marked: who, what they want, whose place it was, what Enter does."""
    if entry is None:
        return ()
    details = entry.patient.shown
    phones = " · ".join(details.phones[:3])
    lines: list[list[Span]] = [
        [Span(f" {visible(entry.patient.name)}", "strong"), Span(f"  {visible(phones)}" if phones else "")]
    ]
    if place is not None:
        does = "moves their visit to" if entry.visit is not None else f"books {entry.wish.service.name} for"
        words = f"{does} {moment_text(place.starts, clinic.timezone)}, {place.practitioner.name}, {place.room.name}"
        first, *more = wrapped(visible(words), cells - 8)
        lines += [[Span(" Enter ", "key"), Span(first, "done")], *([Span(f"       {row}", "done")] for row in more)]
    flags = details.flags_on(today)
    if flags:
        lines += _rows(f"⚠ {' · '.join(visible(flag.words) for flag in flags)}", cells, "warn")
    wants = f"{'urgent, ' if entry.wish.urgent else ''}{wish_words(entry, clinic)}"
    lines += _rows(f"{wants}; since {moment_text(entry.since, clinic.timezone)}", cells, "text")
    if entry.shown_note:
        lines += _rows(f"“{entry.shown_note}”", cells, "dim")
    if freed is not None:
        lines += _rows(freed_words(freed, clinic), cells, "dim")
    return tuple(fit(line, cells) for line in lines)


def _rows(words: str, cells: int, role: str) -> list[list[Span]]:
    return [[Span(f" {row}", role)] for row in wrapped(visible(words), cells - 2, indent="  ")]


def understood_lines(words: Sequence[tuple[str, str, str]], cells: int) -> tuple[Line, ...]:
    """Parts of a wish as it was understood: label, words, role."""
    return tuple(
        fit((Span(f" {pad(label, 10)}", "dim"), Span(visible(said), role)), cells) for label, said, role in words
    )
