"""The day as a plain list, one appointment a row in the order of time: for narrow windows and screen readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.day import DaySheet
from frontdesk.domain.hours import local_day
from frontdesk.domain.time_text import clock_of
from frontdesk.domain.visit import ENDED, ENDED_UNSEEN, Status
from frontdesk.ui.layout.cells import MORE_CELLS, Line, Span, aligned, cut, fit, line_width, pad, width, with_more
from frontdesk.ui.layout.day_entries import Key
from frontdesk.ui.layout.day_words import block_words, status_span

_FREE = 1
"""Cells that a row leaves free at its end."""
NO_WORDS: Mapping[int, str] = MappingProxyType({})


class ListRow(Struct, frozen=True):
    """A row of the list: an appointment, or a block."""

    key: Key
    starts: DateTime
    visit: Appointment | None = None
    block: Block | None = None


def list_rows(sheet: DaySheet) -> tuple[ListRow, ...]:
    """Everything of a day by start; what was cancelled or entered in error stays in sight, in its place."""
    rows = [ListRow(("visit", visit.id), visit.starts, visit=visit) for visit in sheet.appointments]
    rows += [ListRow(("block", block.id), block.starts, block=block) for block in sheet.blocks if not block.cancelled]
    return tuple(sorted(rows, key=lambda row: (row.starts, row.block is None, row.key)))


def now_index(rows: tuple[ListRow, ...], now: DateTime) -> int:
    """Before which row the now-line lies."""
    return next((index for index, row in enumerate(rows) if row.starts > now), len(rows))


def list_lines(
    sheet: DaySheet,
    rows: tuple[ListRow, ...],
    now: DateTime,
    chosen: Key | None,
    cells: int,
    top: int,
    height: int,
    slips: Mapping[int, str] = NO_WORDS,
    misfits: Mapping[int, str] = NO_WORDS,
) -> tuple[Line, ...]:
    """The rows in sight and, between them, the now-line; `top` counts rows of the list with the now-line in it.

    `slips` says by visit when one that slips is expected, `misfits` why its place is no place for it.
    """
    zone = sheet.clinic.timezone
    taken = cells - (MORE_CELLS - _FREE) * (height < list_height(sheet, rows, now))
    columns = _columns(sheet.clinic, taken)
    lines: list[Line] = []
    line_at = now_index(rows, now) if sheet.span.starts <= now < sheet.span.ends else -1
    shown = [*rows[:line_at], None, *rows[line_at:]] if line_at >= 0 else list(rows)
    for row in shown[top : top + height]:
        if row is None:
            clock = clock_of(now, zone)
            lines.append(fit((Span(f"►{clock} ", "now"), Span("─" * (cells - 7), "now")), cells))
        else:
            under = row.key == chosen
            line = _line(row, sheet.clinic, now, taken, columns, slips, misfits, chosen=under)
            lines.append(fit(line, cells, "cursor" if under else "text"))
    return tuple(with_more(lines, above=top > 0, below=top + height < len(shown)))


def list_height(sheet: DaySheet, rows: tuple[ListRow, ...], now: DateTime) -> int:
    """How many rows the whole list takes, the now-line included."""
    return len(rows) + (sheet.span.starts <= now < sheet.span.ends)


def list_place(sheet: DaySheet, rows: tuple[ListRow, ...], now: DateTime, key: Key | None) -> int:
    """On which row of the whole list a key stands; the now-line's own row where it is not there."""
    line_at = now_index(rows, now) if sheet.span.starts <= now < sheet.span.ends else -1
    for index, row in enumerate(rows):
        if row.key == key:
            return index + (0 <= line_at <= index)
    return max(0, line_at)


def _line(
    row: ListRow,
    clinic: Clinic,
    now: DateTime,
    cells: int,
    columns: _Columns,
    slips: Mapping[int, str],
    misfits: Mapping[int, str],
    *,
    chosen: bool,
) -> Line:
    zone = clinic.timezone
    clock = clock_of(row.starts, zone)
    mark = "▸" if chosen else " "
    if row.block is not None:
        clock = "  day" if row.block.all_day else clock
        words = block_words(row.block, zone, times=False)
        until = "" if row.block.all_day else f"until {clock_of(row.block.ends, zone)} "
        line = aligned((Span(f"{mark}{clock} ▒ {words}", "dim"),), (Span(f" {until}", "dim"),), cells)
        return _chosen(line) if chosen else line
    visit = row.visit
    if visit is None:
        raise ValueError("a row of the list is a visit or a block")
    status = status_span(visit, clinic, now, slips.get(visit.id, ""))
    over = visit.status in ENDED_UNSEEN
    done = visit.status in ENDED
    ink = "dim" if done else "text"
    squeezed = " »" if visit.squeezed else ""
    misfit = " ‼" if visit.id in misfits else ""
    flags = " ⚠" if visit.patient.shown.flags_on(local_day(now, zone)) and not over else ""
    # The name gets what the other columns leave, and they give way in the order of what matters least at the desk.
    name_cells = columns.name
    tail: list[Span] = []
    if columns.what:
        tail.append(Span(f"{pad(visit.service.name, columns.what)} ", "dim"))
    if columns.who:
        tail.append(Span(f"{pad(visit.practitioner.name, columns.who)} ", "dim"))
    name = visit.patient.name if width(visit.patient.name) <= name_cells - 4 else visit.patient.short_name
    left = (
        Span(f"{mark}{clock} ", "strong" if not done else "dim"),
        Span(cut(name, name_cells - 1 - width(flags) - width(squeezed) - width(misfit)), ink if done else "strong"),
        Span(misfit, "warn"),
        Span(squeezed, "squeeze"),
        Span(flags, "warn"),
    )
    filled = (*left, Span(" " * max(0, name_cells + 7 - line_width(left))))
    room = Span(
        f"{pad(visit.room.short_name if visit.room and not over else '–', columns.room)} ", "dim" if done else "text"
    )
    if visit.status is Status.CANCELLED and visit.facts.shown_reason:
        status = Span(f"{status.text}: {visit.facts.shown_reason}", status.role)
    line = fit((*filled, *tail, room, Span(pad(status.text, columns.status - _FREE), status.role)), cells)
    return _chosen(line) if chosen else line


class _Columns(Struct, frozen=True, gc=False):
    """Cells of each column, without the blank behind it; 0 where there is no room for it."""

    name: int
    what: int
    who: int
    room: int
    status: int


def _columns(clinic: Clinic, cells: int) -> _Columns:
    """Each a cell wider than what stands in it, within bounds; the status takes of what that leaves the name."""
    most_what, most_who = (24, 20) if cells >= 120 else (12, 11)
    what = _widest((one.name for one in clinic.services), most_what)
    who = _widest((one.name for one in clinic.practitioners), most_who)
    room = _widest((one.short_name for one in clinic.rooms), 5)
    status = 20
    name = cells - 8 - room - status
    if name - what - who - 2 >= 19:
        name -= what + who + 2
    else:
        what = 0
        if name - who - 1 >= 18:
            name -= who + 1
        else:
            who = 0
    # Up to 22 cells are the name's before the status has what it says at most, and 62 before a name is left behind it.
    more = max(min(max(0, name - 22), 6), name - 62) if who else 0
    return _Columns(name - more, what, who, room, status + more)


def _widest(texts: Iterable[str], most: int) -> int:
    return min(most, max(map(width, texts), default=0) + 1)


def _chosen(line: Line) -> Line:
    """The row under the cursor; an alarm keeps its own look, so that it is never hidden by being chosen."""
    keep = ("alarm-medium", "alarm-high", "owed")
    return tuple(
        span if span.role in keep else Span(span.text, "cursor-dim" if span.role == "dim" else "cursor")
        for span in line
    )
