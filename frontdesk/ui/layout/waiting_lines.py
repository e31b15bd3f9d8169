"""The waiting list as rows: who fits a place that became free, who waits, and the whole of what is marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.desk.waiting import Listed
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.hours import local_day
from frontdesk.domain.packing import Slot
from frontdesk.domain.time_text import clock_of, column_day, moment_text, short_day
from frontdesk.domain.waiting import Fitting, Freed, Waiting
from frontdesk.text import visible
from frontdesk.ui.layout.cells import MORE_CELLS, Line, Span, cut, cut_list, fit, line_width, pad, width, wrapped
from frontdesk.ui.layout.patient_words import PHONE_CELLS

_CURSOR, _WHEN, _MARK, _WAITS = 2, 17, 2, 6
_AT_END = MORE_CELLS - 1
"""Cells that the end of a row leaves free, beside its own blank."""
_ANY = "any day, any time"


class _Columns(Struct, frozen=True):
    """How wide the parts of a row are in a window of so many columns."""

    name: int
    phone: int
    """From 100 columns on there is room for a number of any country."""
    whole: bool = False
    """Whether there is room for whole names, and what is at the right edge elsewhere stands beside the rest."""


def _columns(cells: int) -> _Columns:
    if cells < 100:
        return _Columns(12, 14)
    return _Columns(20, 17) if cells < 150 else _Columns(30, 17, whole=True)


def fitting_line(one: Fitting, clinic: Clinic, cells: int, *, first: bool) -> tuple[Line, Line]:
    """Who fits a freed place: when, who, their phone, what becomes of it; with whom and where. `first` of its place.

    Where the names are too long for all of it, that of the practitioner gives way.
    """
    entry, place, columns = one.entry, one.place, _columns(cells)
    does = earlier_words(entry, clinic)
    day = column_day(place.starts.in_timezone(clinic.timezone))
    left = (
        Span(pad(f"{day} {clock_of(place.starts, clinic.timezone)}", _WHEN), "strong" if first else "dim"),
        *_who(entry, columns),
        Span(f"{pad(phone_of(entry), columns.phone)} ", "dim"),
    )
    room = cells - _CURSOR - _AT_END - line_width(left)
    if columns.whole:
        does = pad(does, min(36, room // 2))
    where = _place_words(place, room - min(width(does), max(16, room // 2)) - 2)
    if columns.whole:
        return (*left, Span(f"{does} ", "dim"), Span(where, "text")), ()
    return (*left, Span(cut(does, room - width(where) - 2), "dim")), (Span(f" {where} ", "text"),)


def listed_line(listed: Listed, clinic: Clinic, now: DateTime, cells: int) -> tuple[Line, Line]:
    """Somebody who waits: since when, who, their phone, what for; at the right the first place that would do.

    Of what they wait for as many whole parts are named as `cells` columns have room for.
    """
    entry, columns = listed.entry, _columns(cells)
    place = Span("nothing free yet", "dim")
    if listed.over:
        place = Span(cut(listed.over, 34), "warn")
    elif listed.place is not None:
        place = Span(moment_text(listed.place.starts, clinic.timezone), "done")
    left = (
        Span(pad(waits_words(entry, now), _WAITS), "dim"),
        *_who(entry, columns),
        # There is room here for a number of any country, beside fewer words.
        Span(f"{pad(phone_of(entry), max(columns.phone, PHONE_CELLS))} ", "dim"),
    )
    room = cells - _CURSOR - _AT_END - line_width(left) - width(place.text) - 2
    if columns.whole:
        wish = pad(short_wish(entry, clinic, room), min(36 + _WHEN - _WAITS, room))
        return (*left, Span(f"{wish} ", "dim"), place), ()
    return (*left, Span(short_wish(entry, clinic, room), "dim")), (Span(" "), place, Span(" "))


def _who(entry: Waiting, columns: _Columns) -> Line:
    """`! Garcia M`: who, and whether it is urgent, by sign as well as by colour."""
    mark = "‼ " if entry.wish.urgent else "  "
    name = entry.patient.name if columns.whole else entry.patient.short_name
    return (Span(mark, "warn"), Span(f"{pad(name, columns.name)} ", "strong"))


def _place_words(place: Slot, cells: int) -> str:
    """`Dr Lin, R2` in at most so many cells."""
    room = f", {cut(place.room.short_name, max(2, cells // 2 - 2))}"
    return cut(place.practitioner.name, max(1, cells - width(room))) + room


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
    return said.rstrip(",")


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
        fit((Span(f" {pad(label, 10)}", "dim"), Span(cut_list(said, cells - 12), role)), cells)
        for label, said, role in words
    )
