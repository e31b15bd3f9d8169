"""The card of a place where nobody is booked: how long it is free, and what fits."""

from __future__ import annotations

from collections.abc import Sequence

from pendulum import DateTime

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.clinic import Practitioner, Room
from frontdesk.domain.packing import DayPlaces, Slot
from frontdesk.domain.phases import Service
from frontdesk.domain.time_text import clock_of
from frontdesk.domain.visit import Status
from frontdesk.ui.layout.cells import Line
from frontdesk.ui.layout.day_card import words_card
from frontdesk.ui.layout.day_sight import DaySight
from frontdesk.ui.layout.day_words import stretch_words
from frontdesk.ui.live_keys import key_of


class FreePlaces:
    """Where visits fit on the day as it is laid; a cursor that goes down a column asks the same at every row."""

    def __init__(self) -> None:
        self._day: DayPlaces | None = None
        self._found: dict[tuple[Service, Practitioner | None, Room | None], tuple[Slot, ...]] = {}

    def places(
        self, day: DayPlaces, service: Service, practitioner: Practitioner | None, room: Room | None
    ) -> tuple[Slot, ...]:
        """As `DayPlaces.places`, worked out once for as long as it is the same day as it was laid."""
        if day is not self._day:
            self._day = day
            self._found.clear()
        asked = (service, practitioner, room)
        found = self._found.get(asked)
        if found is None:
            found = self._found[asked] = day.places(service, practitioner, room)
        return found


def free_card(sight: DaySight, cells: int, free: FreePlaces) -> tuple[Line, ...]:
    """What may be booked at the cursor; `free` remembers where."""
    sheet, start, grid = sight.sheet, sight.start, sight.grid
    if sheet is None or start is None or grid is None:
        return ()
    zone = sheet.clinic.timezone
    person, room = sight.practitioner, sight.room
    whose = person.name if person else room.name if room else ""
    until = sight.free_until
    title = f"{clock_of(start, zone)} {whose}".rstrip()
    if sight.is_list:
        # What to do is said above the list; here it is until when one might come.
        open_ = ", ".join(str(one) for one in sheet.clinic.hours.on(sheet.day))
        return words_card(f"Open {open_}", (), cells) if sheet.clinic.opens_on(sheet.day) else ()
    if until is None:
        return words_card(title, [("not free: closed, past, or too short for a visit", "dim")], cells)
    minutes = int((until - start).total_seconds() // 60)
    off = called_off_here(sight)
    words = [(f"free {stretch_words(minutes)}, until {clock_of(until, zone)}", "done")]
    if off is not None:
        words.append((f"{key_of('book.reinstate')} puts {off.patient.short_name} back, cancelled", "text"))
    words.append(("", "text"))
    for service in sheet.clinic.active_services:
        coming = [slot for slot in free.places(grid.places, service, person, room) if slot.starts >= start]
        words.append(_fits(service, coming, start, zone))
    words += [("", "text"), (f"{key_of('book.new')} books here", "dim")]
    return words_card(title, words, cells)


def called_off_here(sight: DaySight) -> Appointment | None:
    """The visit that was to begin at the free place under the cursor, had it not been cancelled; the newest of several.

    The columns show no cancelled visits, so that this is where one is put back; the list shows each on its row.
    """
    sheet, grid, cursor = sight.sheet, sight.grid, sight.cursor
    if sheet is None or grid is None or sight.is_list or cursor.key is not None:
        return None
    person, room = sight.practitioner, sight.room
    found = [
        visit
        for visit in sheet.appointments
        if visit.status is Status.CANCELLED
        and grid.row_of(grid.axis.minute(visit.starts)) == grid.row_of(cursor.minute)
        and (person is None or visit.practitioner.id == person.id)
        and (room is None or (visit.room is not None and visit.room.id == room.id))
    ]
    return max(found, key=lambda visit: visit.id, default=None)


def _fits(service: Service, coming: Sequence[Slot], start: DateTime, zone: str) -> tuple[str, str]:
    """Whether a service fits at a start, until when, or when it does next."""
    if not coming:
        return f"✗ {service.name}: no more that day", "dim"
    first = coming[0]
    if first.starts > start:
        return f"✗ {service.name}: next {clock_of(first.starts, zone)}", "dim"
    return f"✓ {service.name}: until {clock_of(first.ends, zone)}, {first.room.name}", "text"
