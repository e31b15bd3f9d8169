"""The card of a place where nobody is booked: how long it is free, and what fits."""

from __future__ import annotations

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
    title = f"{clock_of(start, zone)} {whose}".rstrip()
    if sight.is_list:
        return words_card("Nothing booked", [("n books, g goes to another day", "dim")], cells)
    if until is None:
        return words_card(title, [("not free: closed, past, or too short for a visit", "dim")], cells)
    minutes = int((until - start).total_seconds() // 60)
    words = [(f"free {stretch_words(minutes)}, until {clock_of(until, zone)}", "done"), ("", "text")]
    for service in sheet.clinic.active_services:
        needed = _needed(service) if person else service.room_minutes()
        fits = needed <= minutes
        mark = "✓" if fits else "✗"
        hint = f"needs {stretch_words(needed)}"
        words.append((f"{mark} {service.name}: {hint}", "text" if fits else "dim"))
    words += [("", "text"), ("n books here", "dim")]
    return words_card(title, words, cells)


def _needed(service: Service) -> int:
    """How long the practitioner is needed at the start; the removal comes later and is checked when booking."""
    return service.consultation + service.insertion or service.patient_minutes()
