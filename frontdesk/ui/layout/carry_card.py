"""The card while something is moved: from where, whether it fits at the cursor, the places offered by digit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pendulum import DateTime

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.packing import Slot
from frontdesk.domain.time_text import clock_of, moment_text
from frontdesk.ui.layout.cells import Line, Span, fit
from frontdesk.ui.layout.day_card import words_card
from frontdesk.ui.layout.offer_rows import day_words, offer_rows
from frontdesk.ui.live_keys import key_of

FEW_ROWS = 12
"""Rows below which the card says only what is decided by: the verdict, and the offers in a line."""


def carry_card(
    one: Appointment | Block,
    said: tuple[str, str],
    offers: Sequence[Slot],
    chosen: DateTime | None,
    zone: str,
    today: date,
    cells: int,
    rows: int,
) -> tuple[Line, ...]:
    """`said` is the verdict and its role; `chosen` the start of the offer that the cursor stands on."""
    text, role = said
    name = one.patient.name if isinstance(one, Appointment) else one.called
    what = f"{one.service.name} with {one.practitioner.name}" if isinstance(one, Appointment) else ""
    was = f"from {moment_text(one.starts, zone)}"
    if rows < FEW_ROWS:
        title = (Span(f" Moving {name}", "strong"), Span(f" {was}", "dim"))
        lines = [fit(title, cells)]
        lines += [
            fit((Span(f" {row.strip()}", role if not at else "text"),), cells)
            for at, row in enumerate(text.splitlines())
        ]
        return (*lines[: max(2, rows - 2)], *_in_a_line(offers, chosen, zone, today, cells))[:rows]
    verdict = [(row.strip(), role if not at else "text") for at, row in enumerate(text.splitlines())]
    before = [(what, "text")] if what else []
    card = words_card(f"Moving {name}", [*before, (was, "dim"), *verdict, ("", "text")], cells)
    how = f"Enter puts it here · {key_of('book.move')} types a time · Esc leaves it"
    hint = words_card("", [(how, "dim")], cells)[1:]
    left = max(0, rows - len(card) - len(hint) - 1)
    return (*card, *offer_rows(offers, chosen, zone, today, cells, left), fit((), cells), *hint)


def _in_a_line(offers: Sequence[Slot], chosen: DateTime | None, zone: str, today: date, cells: int) -> tuple[Line, ...]:
    """`1 today 11:00  2 12:10  3 tomorrow 08:05`, in as many rows as it takes."""
    rows: list[list[Span]] = [[]]
    left, before = cells, None
    for number, slot in enumerate(offers, 1):
        day = slot.starts.in_timezone(zone).date()
        words = f"{day_words(day, today)} " if day != before else ""
        size = 4 + len(words) + 6
        if size > left:
            rows.append([])
            left, words = cells, f"{day_words(day, today)} "
        role = "cursor" if slot.starts == chosen else "text"
        rows[-1] += [Span(f" {number} ", "key"), Span(words, "dim"), Span(clock_of(slot.starts, zone), role), Span(" ")]
        left -= size
        before = day
    return tuple(fit(row, cells) for row in rows if row)
