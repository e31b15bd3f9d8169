"""What stands above the day: what concerns all of it, its name, and what to do where there is nothing to show."""

from __future__ import annotations

from datetime import date

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.time_text import short_day
from frontdesk.ui.layout.cells import Line, Span, cut
from frontdesk.ui.layout.day_grid import DayGrid
from frontdesk.ui.layout.day_words import block_words
from frontdesk.ui.live_keys import key_of


def day_notes(grid: DayGrid, cells: int, *, is_list: bool) -> list[Line]:
    """The lines above the columns; a list has the day's notes among its rows."""
    sheet, zone = grid.sheet, grid.sheet.clinic.timezone
    lines: list[Line] = []
    another = f"{key_of('day.go')} goes to another day"
    closure = sheet.clinic.closure_on(sheet.day)
    if closure is not None:
        reason = f": {closure.reason}" if closure.reason else ""
        lines.append((Span(f" Closed{reason}. ", "warn"), Span(another, "dim")))
    elif not sheet.clinic.active_practitioners:
        adds = f"{key_of('screen.setup')} adds somebody"
        lines.append((Span(" Nobody is set up to treat. ", "warn"), Span(adds, "dim")))
    elif not any(column.open for column in grid.columns) and not sheet.appointments:
        lines.append((Span(" Nobody works on this day. ", "warn"), Span(another, "dim")))
    elif not sheet.appointments:
        lines.append((Span(" Nothing is booked yet. "), Span(f"{key_of('book.new')} books here, {another}", "dim")))
    if not is_list and grid.notes:
        words = " · ".join(block_words(block, zone) for block in grid.notes)
        lines.append((Span(" ▒ ", "turnover"), Span(cut(words, cells - 4))))
    return lines


def name_of(one: Appointment | Block) -> str:
    """Who or what is being moved."""
    return one.patient.short_name if isinstance(one, Appointment) else one.called


def heading(day: date, today: date | None) -> str:
    """`Mon 23 Nov 2026`; another day says how far off it is, and its year where that is another one."""
    away = (day - today).days if today is not None else 0
    whole = short_day(day)
    if today is None or not away or day.year != today.year:
        whole += f" {day.year:04}"
    word = {0: "", 1: "tomorrow", -1: "yesterday"}.get(away, f"{away:+} days")
    return f"{whole}, {word}" if word else whole
