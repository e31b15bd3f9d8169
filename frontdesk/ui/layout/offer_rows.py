"""The places to choose from by digit, as rows or side by side: as many as there is room for, a day under its name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from pendulum import DateTime

from frontdesk.domain.packing import Slot
from frontdesk.domain.time_text import clock_of, short_day
from frontdesk.text import visible
from frontdesk.ui.layout.cells import Line, Span, fit, pad, width

COLUMN = 19
"""Cells below which a day gets no column of its own: digit, time and most of a name."""
DAY_CELLS = 12
_BEFORE = 3 + DAY_CELLS + 7
"""Cells before the practitioner's name: digit, day, time."""
LISTED = 42
"""Cells that a row with practitioner and room takes."""
SIDE_FROM = 118
"""Columns from which a booking stands at the side, so that the day is seen and shows where the service fits."""


def side_cells(window: int) -> int:
    """Cells of a booking that stands at the side; in a wide window it hides the card whole."""
    return 50 if window < 160 else 52


def day_words(day: date, today: date) -> str:
    """`today`, `tomorrow`, `Wed 25 Nov`, with the year where it is another one."""
    away = (day - today).days
    if away in (0, 1):
        return ("today", "tomorrow")[away]
    year = "" if day.year == today.year else f" {day.year}"
    return f"{short_day(day)}{year}"


def offer_rows(
    offers: Sequence[Slot], chosen: DateTime | None, zone: str, today: date, cells: int, rows: int
) -> tuple[Line, ...]:
    """The offers in `cells` by `rows`; the one that starts at `chosen` is marked."""
    if len(offers) <= rows or cells < 2 * COLUMN:
        return _listed(offers, chosen, zone, today, cells)[:rows]
    side = _side_by_side(offers, chosen, zone, today, cells)
    return side if len(side) <= rows else _close_together(offers, chosen, zone, today, cells)[:rows]


def _listed(offers: Sequence[Slot], chosen: DateTime | None, zone: str, today: date, cells: int) -> tuple[Line, ...]:
    lines = []
    before = None
    # Names get what rooms leave, up to the longest there is.
    longest = max((width(visible(slot.practitioner.name)) for slot in offers), default=0)
    rooms = min(max((width(visible(slot.room.name)) for slot in offers), default=0), 14)
    who = max(12, min(longest, cells - _BEFORE - rooms - 1))
    # Where there is no room for both, one name for all of them says nothing.
    tight = cells < LISTED and len({slot.practitioner.name for slot in offers}) == 1
    for number, slot in enumerate(offers, 1):
        day = slot.starts.in_timezone(zone).date()
        words = pad(day_words(day, today) if day != before else "", DAY_CELLS)
        line = (
            _number(number, slot, chosen),
            Span(words, "dim"),
            Span(f"{clock_of(slot.starts, zone)}  ", "strong"),
            *(() if tight else (Span(f"{pad(slot.practitioner.name, who)} ", "text"),)),
            Span(slot.room.name, "dim"),
        )
        lines.append(_marked(line, slot, chosen, cells))
        before = day
    return tuple(lines)


def _side_by_side(
    offers: Sequence[Slot], chosen: DateTime | None, zone: str, today: date, cells: int
) -> tuple[Line, ...]:
    """A column a day; days that get none follow beneath."""
    numbers = list(enumerate(offers, 1))
    days = [list(group) for _, group in groupby(numbers, key=lambda one: one[1].starts.in_timezone(zone).date())]
    across = max(1, min(len(days), cells // COLUMN))
    each = cells // across
    lines: list[Line] = []
    for first in range(0, len(days), across):
        band = days[first : first + across]
        for row in range(-1, max(len(day) for day in band)):
            line: list[Span] = []
            for day in band:
                if row < 0:
                    words = day_words(day[0][1].starts.in_timezone(zone).date(), today)
                    line.append(Span(pad(f"   {words}", each), "dim"))
                elif row < len(day):
                    number, slot = day[row]
                    cell = (
                        _number(number, slot, chosen),
                        Span(f"{clock_of(slot.starts, zone)} ", "strong"),
                        Span(slot.practitioner.name, "text"),
                    )
                    line += [*_marked(cell, slot, chosen, each - 1), Span(" ")]
                else:
                    line.append(Span(" " * each))
            lines.append(fit(line, cells))
    return tuple(lines)


def _close_together(
    offers: Sequence[Slot], chosen: DateTime | None, zone: str, today: date, cells: int
) -> tuple[Line, ...]:
    """As many in a row as there is room for, each with its day and without a name: every digit that works is seen."""
    cellfuls = []
    for number, slot in enumerate(offers, 1):
        day = day_words(slot.starts.in_timezone(zone).date(), today)
        cell = (
            _number(number, slot, chosen),
            Span(f"{day} ", "dim"),
            Span(clock_of(slot.starts, zone), "strong"),
        )
        cellfuls.append((*_marked(cell, slot, chosen, COLUMN), Span(" ")))
    across = max(1, (cells + 1) // (COLUMN + 1))
    bands = (cellfuls[first : first + across] for first in range(0, len(cellfuls), across))
    return tuple(fit([span for cell in band for span in cell], cells) for band in bands)


def _number(number: int, slot: Slot, chosen: DateTime | None) -> Span:
    mark = "▸" if slot.starts == chosen else " "
    return Span(f"{mark}{number} ", "key")


def _marked(line: Sequence[Span], slot: Slot, chosen: DateTime | None, cells: int) -> Line:
    if slot.starts != chosen:
        return fit(line, cells)
    cursor = [Span(span.text, "cursor-dim" if span.role == "dim" else "cursor") for span in line]
    return fit(cursor, cells, "cursor")
