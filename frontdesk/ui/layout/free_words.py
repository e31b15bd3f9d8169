"""What the message line says of places that became free: when, with whom, how many who wait fit, and the key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from frontdesk.domain.clinic import Clinic
from frontdesk.domain.hours import local_day
from frontdesk.domain.time_text import clock_of, moment_text
from frontdesk.domain.waiting import FreedPlace
from frontdesk.text import visible
from frontdesk.ui.layout.cells import Line, Span, cut


def free_forms(free: Sequence[FreedPlace], clinic: Clinic, today: date, key: str) -> tuple[Line, ...]:
    """The same in fewer and fewer words, the longest first; none where nothing is free. It names no patient."""
    if not free:
        return ()
    people = len({one.entry.patient.id for place in free for one in place.fitting})
    fit = "fits" if people == 1 else "fit"
    waits = f"{people} who wait{'s' if people == 1 else ''} {fit}"
    said: tuple[tuple[str, str], ...]
    if len(free) > 1:
        said = ((f"{len(free)} places are free: {waits}", " show them"), (f"{len(free)} free: {people} {fit}", ""))
    else:
        # Of a visit that was shortened, or that should be under way, only what is left of it can be given to anybody.
        place = free[0].fitting[0].place
        local = place.starts.in_timezone(clinic.timezone)
        clock, is_today = clock_of(place.starts, clinic.timezone), local_day(place.starts, clinic.timezone) == today
        moment = f"Today {clock}" if is_today else moment_text(place.starts, clinic.timezone)
        who, room = cut(place.practitioner.name, 20), f", {visible(place.room.short_name)}"
        short = clock if is_today else f"{local:%a} {clock}"
        said = (
            (f"{moment} with {who}{room} is free: {waits}", " show them"),
            (f"{moment} with {who} is free: {waits}", " show"),
            (f"{moment} is free: {people} {fit}", " show"),
            (f"{short} free: {people} {fit}", ""),
        )
    return tuple((Span(words, "offer"), Span(f" {key}", "key"), Span(f"{more} ", "dim")) for words, more in said)
