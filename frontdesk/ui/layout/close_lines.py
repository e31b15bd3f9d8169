"""The close of the day as lines: who is still open, and beside it how the day went and who comes next."""

from __future__ import annotations

from frontdesk.desk.close_page import HOW_IT_WENT, STILL_OPEN, close_sections, day_words, needle_words, recall_words
from frontdesk.desk.closing import CloseSheet
from frontdesk.desk.words import closed_words
from frontdesk.domain.closing import Need, Open
from frontdesk.domain.time_text import clock_of, long_day
from frontdesk.text import visible
from frontdesk.ui.layout.cells import Line, Span, fit, pad, wrapped

ROLES = {
    Need.NEEDLES_IN: "alarm-medium",
    Need.COUNT_OWED: "owed",
    Need.IN_ROOM: "warn",
    Need.NOT_CHECKED_OUT: "warn",
    Need.NO_SHOW: "strong",
    Need.EXPECTED: "dim",
}
_NEED_CELLS, _NAME_CELLS, _ROOM_CELLS = 18, 20, 4
_NARROW = 62
"""Cells of a row below which a name has fewer, so that the practitioner's has some."""


def open_line(one: Open, timezone: str, cells: int) -> Line:
    """One visit that is open, in a row of `cells`: why, when, who, where, whose."""
    visit = one.visit
    room = visit.room.short_name if visit.room is not None and visit.holds_room else ""
    need, name, where = _NEED_CELLS, _NAME_CELLS, _ROOM_CELLS
    if cells < _NARROW:
        need, name, where = need - 1, name - 5, where - 1
    return (
        Span(f" {one.need.words} ", ROLES[one.need]),
        Span(" " * (need - len(one.need.words) - 2)),
        Span(f"{clock_of(visit.starts, timezone)} ", "dim"),
        Span(pad(visit.patient.short_name, name), "strong"),
        Span(f" {pad(room, where)} {visible(visit.in_charge.name)}", "dim"),
    )


def page_lines(found: CloseSheet, cells: int) -> tuple[Line, ...]:
    """How the day went, section by section, without who is open, whom the list beside it has."""
    day, close = found.sheet.day, found.close
    lines: list[Line] = [(Span(f" {long_day(day)}", "strong"),)]
    if found.is_closed:
        lines.append((Span(f" ■ {closed_words(found.sheet)}", "done"),))
    else:
        if found.closed is not None:
            lines.append((Span(f" {closed_words(found.sheet)}", "warn"),))
        # That nobody is left is said by the list beside it.
        lines += [(Span(f" {len(close.open)} still open", "warn"),)] if close.open else []
    lines += [(Span(f" {row}", "text"),) for row in wrapped(day_words(found), cells - 1)]
    unwell = close.needles.missing or close.needles.owed
    lines += [(Span(f" {row}", "warn" if unwell else "text"),) for row in wrapped(needle_words(found), cells - 1)]
    if found.recalls:
        lines += [(Span(f" {row}", "text"),) for row in wrapped(recall_words(found), cells - 1)]
    for section in close_sections(found, lambda patient: patient.listed):
        if section.title in (STILL_OPEN, HOW_IT_WENT):
            continue
        lines += [(), (Span(f" {section.title}", "strong"),)]
        for line in section.lines:
            role = "error" if "MISSING" in line else "warn" if "OVERDUE" in line or ", due out" in line else "text"
            lines += [(Span(f"  {row}", role),) for row in wrapped(visible(line), cells - 2, indent="  ")]
    return tuple(fit(line, cells) for line in lines)
