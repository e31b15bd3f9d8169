"""The card of a place where nobody is booked: how long it is free, and what fits."""

from __future__ import annotations

from collections.abc import Sequence

from pendulum import DateTime

from frontdesk.domain.packing import DayPlaces, Slot
from frontdesk.domain.phases import Service
from frontdesk.ui.layout.cells import Line
from frontdesk.ui.layout.day_card import words_card
from frontdesk.ui.layout.day_sight import DaySight
from frontdesk.ui.layout.day_words import clock_of, stretch_words


def free_card(sight: DaySight, cells: int) -> tuple[Line, ...]:
    """What may be booked at the cursor."""
    sheet, start = sight.sheet, sight.start
    if sheet is None or start is None:
        return ()
    zone = sheet.clinic.timezone
    person, room = sight.practitioner, sight.room
    whose = person.name if person else room.name if room else ""
    until = sight.free_until
    places = sight.grid.places if sight.grid is not None else DayPlaces.of(sheet, start)
    title = f"{clock_of(start, zone)} {whose}".rstrip()
    if sight.is_list:
        return words_card("Nothing booked", [("n books, g goes to another day", "dim")], cells)
    if until is None:
        return words_card(title, [("not free: closed, past, or too short for a visit", "dim")], cells)
    minutes = int((until - start).total_seconds() // 60)
    words = [(f"free {stretch_words(minutes)}, until {clock_of(until, zone)}", "done"), ("", "text")]
    for service in sheet.clinic.active_services:
        coming = [slot for slot in places.places(service, person, room) if slot.starts >= start]
        words.append(_fits(service, coming, start, zone))
    words += [("", "text"), ("n books here", "dim")]
    return words_card(title, words, cells)


def _fits(service: Service, coming: Sequence[Slot], start: DateTime, zone: str) -> tuple[str, str]:
    """Whether a service fits at a start, until when, or when it does next."""
    if not coming:
        return f"✗ {service.name}: no more that day", "dim"
    first = coming[0]
    if first.starts > start:
        return f"✗ {service.name}: next {clock_of(first.starts, zone)}", "dim"
    return f"✓ {service.name}: until {clock_of(first.ends, zone)}, {first.room.name}", "text"
