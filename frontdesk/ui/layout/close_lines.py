"""The close of the day as lines: who is still open, and beside it how the day went and who comes next."""

from __future__ import annotations

from frontdesk.desk.closing import CloseSheet
from frontdesk.desk.words import closed_words
from frontdesk.domain.closing import Need, Open
from frontdesk.domain.kept import removal_words
from frontdesk.text import visible
from frontdesk.ui.layout.cells import Line, Span, cut, fit, pad
from frontdesk.ui.layout.day_words import clock_of

ROLES = {
    Need.NEEDLES_IN: "alarm-medium",
    Need.COUNT_OWED: "owed",
    Need.IN_ROOM: "warn",
    Need.NOT_CHECKED_OUT: "warn",
    Need.NO_SHOW: "strong",
    Need.EXPECTED: "dim",
}
_NEED_CELLS, _NAME_CELLS = 18, 20
MOST_KEPT = 6
"""Patients with needles in by plan that are named, the soonest removal day first."""


def open_line(one: Open, timezone: str) -> Line:
    """One visit that is open: why, when, who, where, whose."""
    visit = one.visit
    room = visit.room.short_name if visit.room is not None and visit.holds_room else ""
    return (
        Span(f" {one.need.words} ", ROLES[one.need]),
        Span(" " * max(1, _NEED_CELLS - len(one.need.words) - 2)),
        Span(f"{clock_of(visit.starts, timezone)} ", "dim"),
        Span(pad(visit.patient.short_name, _NAME_CELLS), "strong"),
        Span(f" {pad(room, 4)} {visible(visit.in_charge.name)}", "dim"),
    )


def summary_lines(found: CloseSheet, cells: int, rows: int) -> tuple[Line, ...]:
    """How the day stands, what went home, what is missing, and the next day's list as far as there is room."""
    close, zone, day = found.close, found.sheet.clinic.timezone, found.sheet.day
    lines: list[list[Span]] = [[Span(f" {day:%A} {day.day} {day:%B}", "strong")]]
    if found.is_closed:
        lines.append([Span(f" ■ {closed_words(found.sheet)}", "done")])
    else:
        if found.closed is not None:
            lines.append([Span(f" {closed_words(found.sheet)}", "warn")])
        left = len(close.open)
        lines.append([Span(f" {left} still open" if left else " nobody is left: c closes the day", "warn")])
    counts = (("seen", close.seen), ("no-show", close.no_shows), ("cancelled", close.cancelled), ("left", close.left))
    lines.append([Span(f" {', '.join(f'{count} {words}' for words, count in counts)}", "text")])
    for one in close.missing:
        for side in one.retentions:
            if side.missing:
                words = f"{one.patient.listed}: {side.missing} MISSING{side.why_missing}"
                lines.append([Span(f" {visible(words)}", "error")])
    if found.kept:
        lines += [[], [Span(" Needles in by plan", "strong")]]
        most = MOST_KEPT if rows >= 15 else 1
        for kept in found.kept[:most]:
            late = kept.is_due(day)
            words = f"{visible(kept.patient.listed)}: {kept.kept}, {removal_words(kept, day)}"
            lines.append([Span(f" {words}", "warn" if late else "text")])
        if len(found.kept) > most:
            lines.append([Span(f" and {len(found.kept) - most} more", "dim")])
    following = found.next_day
    booked = f"{len(found.next_visits)} booked" if found.next_visits else "nothing booked in the next seven days"
    lines += [[], [Span(f" {following:%A} {following.day} {following:%B}: ", "strong"), Span(booked, "text")]]
    for visit in found.next_visits:
        lines.append(
            [
                Span(f" {clock_of(visit.starts, zone)} ", "dim"),
                Span(pad(visit.patient.short_name, 16)),
                Span(f" {cut(visit.practitioner.name, 12)} · {visit.service.name}", "dim"),
            ]
        )
    if rows < 15:
        lines = [line for line in lines if line]
    if len(lines) > rows > 1:
        more = len(lines) - rows + 1
        lines = [*lines[: rows - 1], [Span(f" and {more} more", "dim")]]
    return tuple(fit(line, cells) for line in lines[:rows])
